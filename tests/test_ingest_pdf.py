"""The text layer of PDFs: words by the places of their characters, lines, turned pages, layers that are not to be believed."""

from __future__ import annotations

import pytest
from PIL import Image

from ingest.opening import open_file
from ingest.pdf import read_pdf
from records.document import Notice, Page
from tests.ingest_papers import ROWS, lines, pdf, picture_of, scanned_pdf, statement, texts, words


def page(data: bytes) -> Page:
    return open_file(data, "a.pdf", ocr="off").pages[0]


def test_a_statement_becomes_words_in_lines():
    read = page(pdf(statement))

    assert lines(read)[2:] == [["交易日期", "摘要", "金额", "余额"], *map(list, ROWS)]
    assert read.source == "text"
    assert read.engine is None


def test_every_word_knows_its_place_and_that_of_its_characters():
    word = next(word for word in page(pdf(statement)).words if word.text == "12,345.67")

    assert word.box.x0 == pytest.approx(330 / 595, abs=0.001)
    assert word.box.y0 < 1 - 672 / 842 < word.box.y1
    assert len(word.edges) == len(word.text) + 1
    assert list(word.edges) == sorted(word.edges)


def test_printed_lines_are_found():
    rulings = page(pdf(statement)).rulings

    assert len(rulings) == 5
    assert all(ruling.y0 == ruling.y1 for ruling in rulings)
    assert rulings[0].x0 == pytest.approx(55 / 595, abs=0.002)


def test_a_grid_drawn_as_one_path_gives_its_lines():
    def grid(canvas):
        statement(canvas)
        canvas.rect(50, 500, 400, 100)
        canvas.grid([50, 150, 250], [300, 320, 340])

    rulings = page(pdf(grid)).rulings
    assert sum(ruling.x0 == ruling.x1 for ruling in rulings) == 2 + 3


def test_a_page_turned_by_the_file_is_read_as_it_is_shown():
    def turned(canvas):
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(60, -100, "余额 100.00")
        canvas.drawString(60, -130, "合计 200.00")

    read = page(pdf(turned))
    assert lines(read) == [["余额", "100.00"], ["合计", "200.00"]]
    assert read.rotation == 0


@pytest.mark.parametrize(("angle", "rotation"), [(90, 90), (180, 180), (270, 270)])
def test_text_that_lies_on_its_side_is_turned_upright(angle, rotation):
    def sideways(canvas):
        canvas.translate(300, 420)
        canvas.rotate(angle)
        canvas.drawString(-100, 20, "余额 100.00")
        canvas.drawString(-100, 0, "合计 200.00")

    read = page(pdf(sideways))
    assert lines(read) == [["余额", "100.00"], ["合计", "200.00"]]
    assert read.rotation == rotation
    assert (read.width < read.height) == (angle == 180)


def test_letter_spaced_print_is_put_together_by_its_even_distance():
    def spaced(canvas):
        line = canvas.beginText(60, 700)
        line.setCharSpace(6)
        line.textLine("余额合计12345")
        canvas.drawText(line)

    assert texts(page(pdf(spaced))) == ["余额合计12345"]


def test_latin_words_stay_apart():
    assert texts(page(pdf(words("Paid in and paid out: 1,234.50 GBP")))) == [
        *("Paid", "in", "and", "paid", "out:", "1,234.50", "GBP")
    ]


def test_print_made_bold_by_printing_twice_is_read_once():
    def twice(canvas):
        canvas.drawString(60, 700, "合计")
        canvas.drawString(60.3, 700, "合计")

    assert texts(page(pdf(twice))) == ["合计"]


def test_a_slanted_watermark_does_not_mix_with_the_text():
    def marked(canvas):
        statement(canvas)
        canvas.translate(150, 500)
        canvas.rotate(35)
        canvas.drawString(0, 0, "仅供查询使用")

    document = open_file(pdf(marked), "a.pdf")
    assert "仅供查询使用" not in "".join(texts(document.pages[0]))
    assert [(notice.code, "仅供查询使用" in notice.message) for notice in document.notices] == [("watermark", True)]


# --- layers that are not to be believed ---------------------------------------------------------------------------------


def reader(picture: Image.Image, number: int, native: float) -> tuple[Page, tuple[Notice, ...]]:
    """Stands in for OCR: says that it was asked, and at what resolution."""
    return Page(number, (), "ocr", engine="asked", width=float(picture.width), legibility=native), ()


def read_by(data: bytes) -> tuple[str | None, list[str]]:
    pages, notices = read_pdf(data, "a.pdf", reader)
    return pages[0].engine, [notice.code for notice in notices]


def test_a_page_that_is_a_picture_goes_to_ocr_and_only_that_page():
    scan = picture_of(pdf(statement))
    pages, _ = read_pdf(scanned_pdf(scan), "a.pdf", reader)

    assert [page.engine for page in pages] == ["asked"]
    assert pages[0].width == pytest.approx(scan.width, abs=2)  # at the resolution of the scan, no more
    assert read_by(pdf(statement)) == (None, [])


def test_a_running_head_over_a_scan_is_no_text_layer():
    assert read_by(scanned_pdf(picture_of(pdf(statement)), text="Scan 0007"))[0] == "asked"


def test_an_invisible_layer_over_a_picture_is_read_and_trusted_less():
    layer = "户名：张三 账号：6222020000001234566 " * 3
    pages, notices = read_pdf(scanned_pdf(picture_of(pdf(statement)), text=layer, mode=3), "a.pdf", reader)

    assert [notice.code for notice in notices] == ["invisible_text"]
    assert "户名：张三" in texts(pages[0])
    assert {word.confidence for word in pages[0].words} == {0.85}


def test_a_garbled_layer_goes_to_ocr():
    def garbled(canvas):
        for line in range(20):
            canvas.drawString(60, 780 - 20 * line, "\ue001\ue002\ue003\ue004\ue005 123")

    assert read_by(pdf(garbled)) == ("asked", ["text_layer_garbled"])


def test_outlines_without_any_text_go_to_ocr():
    def drawn(canvas):
        for stroke in range(60):
            canvas.bezier(60 + stroke, 700, 70 + stroke, 720, 80, 690, 90 + stroke, 700)

    assert read_by(pdf(drawn))[0] == "asked"


def test_a_blank_page_between_others_stays_blank():
    document = open_file(pdf(words("一"), lambda canvas: None, words("三")), "a.pdf")

    assert [texts(page) for page in document.pages] == [["一"], [], ["三"]]


def test_what_was_typed_into_a_form_is_read():
    def form(canvas):
        canvas.drawString(60, 740, "Amount")
        canvas.acroForm.textfield(name="amount", x=150, y=730, width=200, height=24, value="1,234.50", forceBorder=True)

    assert "1,234.50" in texts(page(pdf(form)))
