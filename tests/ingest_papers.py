"""Small real files for the tests of ingest: PDFs drawn on the spot, pictures of them, workbooks, Word documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
FONT = ROOT / "ingest" / "fonts" / "sans.ttf"

A4 = (595.0, 842.0)
ROWS = [
    ("2024-01-03", "转账存入", "1,280.00", "5,300.21"),
    ("2024-01-05", "消费", "-300.21", "5,000.00"),
    ("2024-01-09", "代发工资", "12,345.67", "17,345.67"),
    ("2024-01-21", "利息", "0.88", "17,346.55"),
]


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF of as many pages as there are things to draw."""
    if "sans" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("sans", str(FONT)))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, **options)
    for draw in pages:
        canvas.setFont("sans", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def statement(canvas: Canvas) -> None:
    """A small ruled bank statement."""
    canvas.setFont("sans", 15)
    canvas.drawString(200, 790, "个人账户交易明细")
    canvas.setFont("sans", 10)
    canvas.drawString(60, 760, "户名：张三")
    canvas.drawString(300, 760, "账号：6222020000001234566")
    y = 730.0
    for row in [("交易日期", "摘要", "金额", "余额"), *ROWS]:
        for x, text in zip((60, 180, 330, 450), row, strict=True):
            canvas.drawString(x, y, text)
        canvas.setLineWidth(0.5)
        canvas.line(55, y - 5, 540, y - 5)
        y -= 20


def words(*texts: str) -> Callable[[Canvas], None]:
    """Lines of text, one below the other."""

    def draw(canvas: Canvas) -> None:
        for line, text in enumerate(texts):
            canvas.drawString(60, 780 - 24 * line, text)

    return draw


def picture_of(data: bytes, page: int = 1, dpi: int = 150) -> Image.Image:
    """A page of a PDF as it comes from a scanner."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        image: Image.Image = document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")
        return image


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def scanned_pdf(*images: Image.Image, text: str = "", mode: int = 0) -> bytes:
    """A PDF whose pages are pictures; ``text`` is laid over each, drawn in this render mode."""

    def page(image: Image.Image) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawInlineImage(image, 0, 0, *A4)
            if text:
                shown = canvas.beginText(60, 700)
                shown.setFont("sans", 9)
                shown.setTextRenderMode(mode)
                shown.textLine(text)
                canvas.drawText(shown)

        return draw

    return pdf(*map(page, images))


_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>%s</w:body></w:document>'
)


def docx(body: str, **others: str) -> bytes:
    """A Word document with this body, as Word would zip it; ``others`` are further members (header1=...)."""
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": _DOCUMENT % body}
        | {f"word/{name}.xml": content for name, content in others.items()}
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """An xlsx with one sheet, and further ones by name."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """A workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def texts(page: Any) -> list[str]:
    """The words of a page."""
    return [word.text for word in page.words]


def lines(page: Any) -> list[list[str]]:
    """The words of a page by line."""
    return [[word.text for word in line.words] for line in page.lines()]


def answer(data: bytes, name: str, **options: Any) -> str:
    """``read``, or the code of the refusal; anything else that is raised is a bug and passes through."""
    from ingest.opening import open_file
    from records.errors import UnreadableFile

    try:
        open_file(data, name, ocr="off", **options)
    except UnreadableFile as refusal:
        return refusal.code
    return "read"
