"""What every OCR engine must do. A new engine is done when it passes this file."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ingest.ocr import Engine, engine
from ingest.scan import read_page
from ingest.scan_image import pixels
from records.errors import BackendUnavailable
from tests.ingest_papers import pdf, picture_of, statement

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["rapid", "tesseract"])
def reader(request) -> Engine:
    try:
        return engine(request.param)
    except BackendUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    return picture_of(pdf(statement), dpi=200)


def test_has_a_name(reader):
    assert reader.name


def test_finds_nothing_on_an_empty_page(reader):
    assert reader.look(np.full((400, 300, 3), 255, np.uint8)).readings() == []


def test_reads_the_numbers_of_a_statement(reader, paper):
    read = "".join(reading.text for reading in reader.look(pixels(paper)).readings()).replace(" ", "")

    assert all(number in read for number in ("2024-01-03", "1,280.00", "12,345.67", "17,346.55"))


def test_says_where_and_how_sure(reader, paper):
    image = pixels(paper)
    for reading in reader.look(image).readings():
        assert len(reading.corners) == 4
        assert all(-2 <= x <= image.shape[1] + 2 and -2 <= y <= image.shape[0] + 2 for x, y in reading.corners)
        assert 0.0 <= reading.confidence <= 1.0
        assert [glyph.text for glyph in reading.glyphs] in ([], list(reading.text))


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_knows_which_way_up_a_page_is(reader, paper, quarter):
    image = np.ascontiguousarray(np.rot90(pixels(paper), quarter))  # against the clock

    assert reader.look(image).quarter() == quarter


def test_sees_print_of_the_back_and_only_that(reader, paper):
    front = pixels(paper)
    back = np.ascontiguousarray(front[:, ::-1])
    read = reader.look(back).readings()

    assert reader.mirrored(front, reader.look(front).readings()) == []
    assert 2 * len(reader.mirrored(back, read)) > sum(len(reading.text) > 1 for reading in read)


def test_changes_nothing_in_the_picture(reader, paper):
    image = pixels(paper)
    before = image.copy()
    reader.look(image).readings()

    assert (image == before).all()


def test_reads_the_same_twice(reader, paper):
    image = pixels(paper)

    assert reader.look(image).readings() == reader.look(image).readings()


def test_a_whole_page_comes_out_in_lines(reader, paper):
    page, _ = read_page(paper, 1, reader)
    (row,) = [line for line in page.lines() if "12,345.67" in line.text]

    assert row.text.startswith("2024-01-09")
    assert row.text.endswith("17,345.67")


def test_a_second_opinion_weighs_and_never_replaces(reader, paper):
    from ingest.ocr_tesseract import languages, numeric, second_opinion

    if not languages():
        pytest.skip("the tesseract program is not installed")
    page, _ = read_page(paper, 1, reader)
    again = second_opinion(pixels(paper), page.words)

    assert [(word.text, word.box) for word in again] == [(word.text, word.box) for word in page.words]
    raised = [b.confidence >= a.confidence for a, b in zip(page.words, again, strict=True) if numeric(a)]
    assert sum(raised) >= 0.8 * len(raised)
