"""Text layers that say something else than the page shows: wrong tables of characters, layers under scans, forms, attachments."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.opening import open_file
from ingest.pdf import read_pdf
from ingest.pdf_check import unusual
from records.document import Box, Document, Notice, Page, Word
from records.errors import PasswordProtected
from tests.ingest_papers import ROWS, pdf, picture_of, scanned_pdf, statement, texts, words


def drawn(canvas: Canvas) -> None:
    for number, row in enumerate(ROWS):
        canvas.drawString(60, 700 - 20 * number, "  ".join(row))
    canvas.drawString(60, 600, "账号 6222020000001234567890")


def sly(swapped: dict[str, str], pages: int = 1) -> bytes:
    """A PDF whose table of characters calls digits by others: {'1': '7'} says 7 where 1 is drawn."""
    data = pdf(*[drawn] * pages, pageCompression=0)
    for one, other in swapped.items():
        entry = "<%02X> <%04X>"
        wanted = (entry % (ord(one), ord(one))).encode()
        assert wanted in data
        data = data.replace(wanted, (entry % (ord(one), ord(other))).encode())
    return data


def reader(*said: str) -> Callable[[Image.Image, int, float], tuple[Page, tuple[Notice, ...]]]:
    """Stands in for OCR: reads these words whatever it is shown."""

    def read(picture: Image.Image, number: int, native: float) -> tuple[Page, tuple[Notice, ...]]:
        found = tuple(Word(text, Box(0.1, 0.1, 0.5, 0.12)) for text in said)
        return Page(number, found, "ocr", engine="stub"), ()

    return read


SHOWN = [text for row in ROWS for text in row] + ["6222020000001234567890"]


@pytest.mark.parametrize(
    "swapped", [{"1": "7", "7": "1"}, {"3": "5", "5": "3"}, {"0": "9", "9": "0"}, {"2": "4", "4": "2"}]
)
def test_digits_that_look_like_others_are_taken_from_the_picture(swapped):
    pages, notices = read_pdf(sly(swapped), "a.pdf", reader(*SHOWN))

    assert pages[0].engine == "stub"
    assert [notice.code for notice in notices] == ["text_layer_wrong"]


def test_a_sound_font_is_never_read_by_ocr():
    pages, notices = read_pdf(pdf(drawn, statement), "a.pdf", reader("anything"))

    assert [page.source for page in pages] == ["text", "text"]
    assert notices == ()


def test_a_layer_that_smells_but_agrees_stays():
    layer = [text.translate(str.maketrans("17", "71")) for text in SHOWN]
    pages, notices = read_pdf(sly({"1": "7", "7": "1"}), "a.pdf", reader(*layer))

    assert pages[0].source == "text"
    assert notices == ()


def test_a_layer_that_nobody_can_check_is_trusted_less():
    document = open_file(sly({"1": "7", "7": "1"}), "a.pdf", ocr="off")

    assert {word.confidence for word in document.pages[0].words} == {0.6}
    assert [notice.code for notice in document.notices] == ["text_layer_unchecked"]


def test_every_page_after_a_wrong_one_is_checked_too():
    pages, _ = read_pdf(sly({"1": "7", "7": "1"}, pages=3), "a.pdf", reader("全都不同"))

    assert [page.engine for page in pages] == ["stub"] * 3


@pytest.mark.slow
def test_real_ocr_finds_the_amounts_that_are_seen():
    document = open_file(sly({"1": "7", "7": "1"}), "a.pdf")

    assert "5,300.21" in "".join(texts(document.pages[0]))  # the layer says 5,300.27


def test_rare_characters_throughout_are_no_text():
    assert unusual("彧徜暾曚勰骐骢鬃魉鲧鲮鳎" * 5)
    assert not unusual("云洲农商银行个人账户交易明细户名账号转账存入消费代发工资利息" * 2)


LAYER = "户名：张三 账号：6222020000001234566 余额 5,300.21 " * 2


@pytest.mark.parametrize(
    ("seen", "engine", "says"),
    [
        (LAYER.split(), None, "抽查与图像一致"),
        (["完全", "不同的文字", "9,999.99"], "stub", "已按图像识别"),
        ([], None, "未必与图像一致"),
    ],
)
def test_a_layer_under_a_scan_is_held_against_a_sample(seen, engine, says):
    scan = scanned_pdf(picture_of(pdf(statement)), text=LAYER, mode=3)
    pages, notices = read_pdf(scan, "a.pdf", reader(*seen))

    assert pages[0].engine == engine
    assert [(notice.code, says in notice.message) for notice in notices] == [("invisible_text", True)]


def test_text_painted_under_a_scan_is_a_layer_under_a_scan():
    image = picture_of(pdf(statement))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("sans", 9)
        canvas.drawString(60, 700, LAYER)
        canvas.drawInlineImage(image, 0, 0, 595, 842)

    _, notices = read_pdf(pdf(draw), "a.pdf", reader())
    assert [notice.code for notice in notices] == ["invisible_text"]


# --- forms, annotations, what is beside the pages ------------------------------------------------------------------------


def form(canvas: Canvas) -> None:
    for row, (label, ticked) in enumerate((("正常", True), ("逾期", False))):
        canvas.drawString(100, 705 - 30 * row, label)
        canvas.acroForm.checkbox(name=f"box{row}", x=70, y=700 - 30 * row, size=16, checked=ticked)
    canvas.drawString(60, 640, "金额")
    canvas.acroForm.textfield(name="amount", x=150, y=630, width=200, height=24, value="1,234.50")


def test_ticks_stand_beside_their_labels():
    page = open_file(pdf(form), "a.pdf", ocr="off").pages[0]

    assert [[word.text for word in line.words] for line in page.lines()] == [
        ["☑", "正常"], ["□", "逾期"], ["金额", "1,234.50"],
    ]  # fmt: skip


def changed(data: bytes, change: Callable[[pypdfium2.PdfDocument], None]) -> bytes:
    """The file after some work on it."""
    with pypdfium2.PdfDocument(data) as document:
        change(document)
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


def test_attached_files_are_told():
    def attach(document: pypdfium2.PdfDocument) -> None:
        document.new_attachment("发票.xml").set_data(b"<x/>")

    notices = open_file(changed(pdf(statement), attach), "a.pdf").notices
    assert [(notice.code, "发票.xml" in notice.message) for notice in notices] == [("attachments", True)]


def test_a_number_typed_over_by_an_annotation_is_the_one_that_counts():
    def overtype(document: pypdfium2.PdfDocument) -> None:
        page = document[0]
        note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_STAMP)
        raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(80, 740, 200, 720))
        box = raw.FPDFPageObj_CreateNewRect(80, 720, 120, 20)
        raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
        raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_WINDING, 0)
        raw.FPDFAnnot_AppendObject(note, box)
        raw.FPDFPage_CloseAnnot(note)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("sans", 10)
        canvas.drawString(60, 760, "余额与合计")
        canvas.drawString(85, 725, "1,000.00")

    document = open_file(changed(pdf(draw), overtype), "a.pdf", ocr="off")
    assert "1,000.00" not in texts(document.pages[0])
    assert [notice.code for notice in document.notices] == ["covered_text"]


@pytest.mark.parametrize("strength", [40, 128])
def test_an_empty_user_password_needs_no_asking(strength):
    locked = pdf(statement, encrypt=StandardEncryption("", ownerPassword="geheim", strength=strength))
    assert "户名：张三" in texts(open_file(locked, "a.pdf").pages[0])

    asked = pdf(statement, encrypt=StandardEncryption("geheim", strength=strength))
    with pytest.raises(PasswordProtected):
        open_file(asked, "a.pdf")


def test_pages_of_one_file_may_lie_differently():
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(60, -100, "余额 200.00")

    document: Document = open_file(pdf(words("余额 100.00"), turned), "a.pdf")
    assert [texts(page) for page in document.pages] == [["余额", "100.00"], ["余额", "200.00"]]
