"""What papers of one page share: the firm they are about, and how a finished sheet becomes a file of some medium."""

from __future__ import annotations

from decimal import Decimal

from demo.draw import Sheet
from demo.draw_photo import photo_jpeg, scan_pdf
from demo.papers.drawn import Drawn

CENT = Decimal("0.01")
COMPANY, USCC = "云洲恒屿精密机械有限公司", "91999901MA9HENGY0D"


def one_page() -> float:
    """What a table calls when its page is full."""
    raise RuntimeError("this paper has one page")


def done(sheet: Sheet, name: str, value: dict[str, object], medium: str, seed: int) -> Drawn:
    """The file: text PDF, scan (a PDF of pictures) or photo."""
    pdf = sheet.finish()
    if medium == "scan":
        return Drawn(f"{name}-scan.pdf", scan_pdf(pdf, seed=seed), value).pictured()
    if medium == "photo":
        return Drawn(f"{name}-photo.jpg", photo_jpeg(pdf, seed=seed), value).pictured()
    return Drawn(f"{name}.pdf", pdf, value)
