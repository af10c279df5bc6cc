"""Files that cannot be read, each with the code that the service must answer with."""

from __future__ import annotations

import io
from random import Random

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from demo.papers.drawn import Drawn


def _unreadable(code: str) -> dict[str, object]:
    return {"status": "unreadable", "problem": code}


def broken_pdf(seed: int = 1) -> Drawn:
    """The beginning of a PDF, then what a torn connection left: no page can be found."""
    noise = bytes(Random(seed).randrange(256) for _ in range(6000))
    return Drawn("scan_0007.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + noise, _unreadable("damaged"))


def empty_file() -> Drawn:
    """Nothing at all: an upload that stopped before it began."""
    return Drawn("IMG_20261103.jpg", b"", _unreadable("empty"))


def locked_pdf() -> Drawn:
    """A statement that asks for a password nobody gave."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("910412", canPrint=0), invariant=1)
    canvas.drawString(72, 720, "Account statement")
    canvas.save()
    return Drawn("交易明细-加密.pdf", out.getvalue(), _unreadable("password_protected"))
