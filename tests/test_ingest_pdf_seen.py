"""What a person sees of a PDF: covered, white, tiny and cut-off text is not read as a value, and is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.opening import open_file
from tests.ingest_papers import pdf, statement, texts


def read(draw: Callable[[Canvas], None]) -> tuple[list[str], list[tuple[str, str]]]:
    document = open_file(pdf(draw), "a.pdf", ocr="off")
    return texts(document.pages[0]), [(notice.code, notice.message) for notice in document.notices]


def base(canvas: Canvas) -> None:
    statement(canvas)
    canvas.setFont("sans", 10)


def covered(canvas: Canvas, width: float = 80) -> None:
    canvas.drawString(60, 500, "余额 1,000.00")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(85, 495, width, 16, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(85, 500, "9,000.00")


def test_a_number_under_a_white_box_is_not_read_but_the_one_typed_over_it():
    seen, notices = read(lambda canvas: (base(canvas), covered(canvas)))  # type: ignore[func-returns-value]

    assert "9,000.00" in seen
    assert not any("1,000.00" in text for text in seen)
    ((code, message),) = notices
    assert code == "covered_text"
    assert "1,000.00" in message


@pytest.mark.parametrize("colour", [(1, 1, 1), (0.97, 0.98, 1)])
def test_white_text_on_white_is_not_read(colour):
    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.setFillColorRGB(*colour)
        canvas.drawString(60, 500, "贷款余额 8,888.88")

    seen, notices = read(draw)
    assert "8,888.88" not in seen
    assert [code for code, _ in notices] == ["hidden_text"]


def test_white_text_on_a_dark_cell_is_read():
    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(55, 490, 300, 22, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 497, "交易日期 余额")

    seen, notices = read(draw)
    assert seen.count("余额") == 2
    assert notices == []


def test_text_on_its_own_colour_is_not_read():
    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(55, 490, 300, 22, stroke=0, fill=1)
        canvas.drawString(60, 497, "交易金额 7,777.77")

    assert "7,777.77" not in read(draw)[0]


def test_cells_painted_before_their_text_hide_nothing():
    def draw(canvas: Canvas) -> None:
        for row in range(10):
            canvas.setFillColorRGB(0.9, 0.95, 1 if row % 2 else 0.9)
            canvas.rect(55, 700 - 20 * row, 300, 20, stroke=1, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.drawString(60, 706 - 20 * row, f"行{row} {row},000.00")

    seen, notices = read(draw)
    assert [text for text in seen if text.endswith(".00")] == [f"{row},000.00" for row in range(10)]
    assert notices == []


def test_tiny_text_is_not_read():
    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.setFont("sans", 1)
        canvas.drawString(60, 500, "余额 6,666.66 元整")

    seen, notices = read(draw)
    assert not any("6,666.66" in text for text in seen)
    assert [code for code, _ in notices] == ["hidden_text"]


@pytest.mark.parametrize(("alpha", "is_read"), [(90, True), (255, False)])
def test_a_stamp_lets_text_through_and_a_pasted_picture_does_not(tmp_path, alpha, is_read):
    stamp = Image.new("RGBA", (200, 60), (220, 30, 30, alpha))
    stamp.save(tmp_path / "stamp.png")

    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.drawString(60, 500, "5,555.55")
        canvas.drawImage(str(tmp_path / "stamp.png"), 50, 480, 120, 40, mask="auto")

    seen, notices = read(draw)
    assert ("5,555.55" in seen) == is_read
    assert [code for code, _ in notices] == ([] if is_read else ["covered_text"])


def test_a_see_through_marker_hides_nothing():
    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.drawString(60, 500, "5,555.55")
        canvas.setFillColorRGB(1, 1, 0)
        canvas.setFillAlpha(0.4)
        canvas.rect(55, 495, 120, 16, stroke=0, fill=1)

    assert "5,555.55" in read(draw)[0]


def test_text_that_is_not_drawn_is_not_read_beside_text_that_is():
    def draw(canvas: Canvas) -> None:
        base(canvas)
        line = canvas.beginText(60, 500)
        line.setTextRenderMode(3)
        line.textLine("贷款余额 4,444.44")
        canvas.drawText(line)

    seen, notices = read(draw)
    assert "4,444.44" not in seen
    assert [code for code, _ in notices] == ["hidden_text"]


def test_long_numbers_are_masked_where_hidden_text_is_told():
    def draw(canvas: Canvas) -> None:
        base(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 500, "证件号码 330106199003070000")

    ((_, message),) = read(draw)[1]
    assert "330106199003070000" not in message
    assert "330****00" in message
