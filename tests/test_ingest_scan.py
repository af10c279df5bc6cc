"""Scans and photos: geometry without an engine first, then real pages through the real one."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from demo.papers.electricity import electricity_bill
from ingest import scan, scan_image
from ingest.flat import flattened, flattening, two_pages
from ingest.ocr import Glyph, Reading, page_reader
from ingest.ocr_rapid import _others, _placed
from ingest.opening import open_file
from ingest.picture import page_picture
from ingest.scan_image import bare, fitted, pixels, seals, skew, strips, without_red
from ingest.scan_spread import parted
from ingest.scan_words import Sight, believed, words_of
from records.document import Box, Ruling, Word
from records.errors import Refused
from tests.ingest_papers import encoded, lines, pdf, picture_of, scanned_pdf, statement
from tests.test_ingest_picture import ink, opened


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    return picture_of(pdf(statement))


def on_a_desk(paper: Image.Image) -> Image.Image:
    """Photographed from the hand: a dark desk around, the sheet leaning and narrowing."""
    sheet = pixels(paper)
    height, width = sheet.shape[:2]
    seen = np.array([[190, 130], [width + 80, 100], [width + 150, height + 120], [110, height + 170]], np.float32)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, seen)
    photo = cv2.warpPerspective(sheet, matrix, (width + 280, height + 290), borderValue=(60, 75, 95))
    return Image.fromarray(np.ascontiguousarray(photo[:, :, ::-1]))


def stamped(paper: Image.Image, x: int, y: int) -> Image.Image:
    """With a red seal over what is printed there; ink shows through."""
    red = Image.new("RGB", paper.size, "white")
    pencil = ImageDraw.Draw(red)
    pencil.ellipse((x - 110, y - 110, x + 110, y + 110), outline=(215, 40, 40), width=8)
    for ray in range(0, 360, 72):
        pencil.pieslice((x - 40, y - 40, x + 40, y + 40), ray, ray + 24, fill=(215, 40, 40))
    both = np.minimum(np.asarray(paper), np.asarray(red))
    return Image.fromarray(both)


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages on one sheet."""
    sheet = Image.new("RGB", (left.width + right.width, left.height), "white")
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width, 0))
    return sheet


def table(*columns: int, title: str = "") -> Image.Image:
    """A landscape table without rules, its columns at these places."""
    sheet = Image.new("RGB", (1754, 1240), "white")
    pencil = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(20)
    pencil.text((877, 50), title, font=font, fill="black", anchor="mm")
    for row in range(30):
        for column in columns:
            pencil.text((column, 100 + 34 * row), f"{(row * 7919 + column) % 100003:,}.00", font=font, fill="black")
    return sheet


def bare_back(paper: Image.Image) -> Image.Image:
    """The empty back of a page through which its front can be seen."""
    front = np.asarray(paper).astype(np.float32)[:, ::-1]
    back = cv2.GaussianBlur(250 - (255 - front) * 0.2, (0, 0), 1.2)
    return Image.fromarray(np.clip(back, 0, 255).astype(np.uint8))


def empty(paper: Image.Image) -> Image.Image:
    """A blank page from the glass: noise, two punched holes, a shadow at the edge."""
    chance = np.random.default_rng(7)
    page = 248 + chance.normal(0, 5, (paper.height, paper.width, 3))
    page[:, :8] = 60
    picture = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    for y in (500, 1200):
        ImageDraw.Draw(picture).ellipse((30, y, 80, y + 50), fill=(40, 40, 40))
    return picture


def notes(canvas) -> None:
    """A page of running text, its lines at other heights than those of the statement."""
    canvas.setFont("sans", 11)
    for line in range(14):
        canvas.drawString(70, 770 - 37 * line, f"第{line + 1}条 借款人应当按照约定的用途使用贷款，并接受贷款人的检查。")


# --- without an engine --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [-8.0, -3.0, -0.8, 0.0, 1.5, 4.0])
def test_the_lean_of_a_page_is_seen(paper, angle):
    leaning = paper.rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC)

    assert skew(pixels(leaning)) == pytest.approx(-angle, abs=0.25)


def test_a_sheet_on_a_desk_is_laid_flat(paper):
    photo = pixels(on_a_desk(paper))
    matrix = flattening(photo)

    assert matrix is not None
    assert flattening(flattened(photo, matrix)) is None


def test_a_bright_part_of_a_page_is_no_sheet_on_a_desk():
    """A bill printed with a coloured head: its white part has four corners too, but no line of print runs along them."""
    scan = picture_of(electricity_bill(style="grid", medium="scan", seed=21).bytes, dpi=200)
    matrix = flattening(fitted(pixels(scan))[0])

    assert matrix is not None
    assert matrix[2].tolist() == [0.0, 0.0, 1.0]  # turned, not squared


def test_a_straight_scan_is_left_alone(paper):
    assert flattening(pixels(paper)) is None


@pytest.mark.parametrize("turn", [0.0, 1.5])
def test_two_pages_of_one_sheet_are_laid_one_under_the_other(paper, turn):
    sheet = side_by_side(paper, picture_of(pdf(notes))).rotate(
        turn, fillcolor="white", resample=Image.Resampling.BICUBIC
    )
    image, scale = fitted(pixels(sheet))
    pages = two_pages(pixels(sheet), image, scale, flattening(image))

    assert pages is not None
    assert pages.shape[0] == 2 * paper.height
    assert pages.shape[1] == pytest.approx(paper.width, rel=0.03)


def test_two_pages_of_one_kind_are_two_pages(paper):
    assert parted(pixels(side_by_side(paper, paper))) is not None


@pytest.mark.parametrize("columns", [(120, 420, 1000, 1400), (300, 1000), (80, 250, 480, 980, 1200, 1500)])
def test_a_table_that_leaves_its_middle_free_is_one_page(columns):
    assert parted(pixels(table(*columns))) is None
    assert parted(pixels(table(*columns, title="账户交易明细 Statement of account"))) is None


def test_a_page_held_upright_is_never_parted(paper):
    assert parted(pixels(paper)) is None


def test_bare_paper_is_told_from_printed(paper):
    assert bare(pixels(empty(paper)))
    assert not bare(pixels(paper))


def test_a_seal_is_found_and_its_red_taken_away(paper):
    page = pixels(stamped(paper, 800, 300))
    (seal,) = seals(page)

    assert (seal.x, seal.y) == (pytest.approx(800, abs=6), pytest.approx(300, abs=6))
    assert not seals(without_red(page))


def test_print_in_red_ink_is_no_seal():
    red = Image.new("RGB", (1240, 1754), "white")
    pencil = ImageDraw.Draw(red)
    for line in range(40):
        pencil.text((100, 60 + 40 * line), "balance carried forward 1,234.50 " * 3, fill=(210, 30, 30))
    pencil.rectangle((80, 40, 1150, 1700), outline=(210, 30, 30), width=3)

    assert seals(pixels(red)) == []


def test_a_long_screenshot_is_cut_between_its_lines():
    tall = Image.new("RGB", (400, 3000), "white")
    pencil = ImageDraw.Draw(tall)
    for line in range(0, 3000, 40):
        pencil.rectangle((20, line, 380, line + 20), fill="black")
    image, scale = fitted(pixels(tall))
    parts = strips(image)

    assert scale == 1.0
    assert len(parts) > 3
    assert sum(strip.shape[0] for _, strip in parts) == 3000
    assert all(top % 40 > 20 for top, _ in parts[1:])


def test_what_is_too_small_to_be_read_is_never_believed():
    assert believed(1.0, 20) == 1.0
    assert believed(1.0, 9) == 0.5
    assert 0.5 < believed(1.0, 13) < 0.95
    assert believed(0.3, 9) == 0.3


def reading(text: str, starts: list[float], width: float = 0.05, sure: float = 0.99, **more) -> Reading:
    glyphs = tuple(Glyph(char, x, x + width, sure) for char, x in zip(text, starts, strict=True))
    return Reading(text, ((100, 100), (500, 100), (500, 140), (100, 140)), sure, glyphs, **more)


def test_a_line_is_cut_at_blanks_and_wide_gaps():
    line = reading("日期 12余", [0.0, 0.06, 0.12, 0.2, 0.25, 0.6])
    found = words_of([line], Sight(1000, 1000))

    assert [word.text for word in found] == ["日期", "12", "余"]
    assert found[1].box.x0 == pytest.approx(0.18)
    assert len(found[1].edges) == 3


def test_a_number_is_as_sure_as_its_least_sure_figure():
    glyphs = tuple(Glyph(char, i / 10, (i + 1) / 10, 0.6 if char == "8" else 0.99) for i, char in enumerate("1,280.00"))
    (word,) = words_of([Reading("1,280.00", ((0, 0), (400, 0), (400, 40), (0, 40)), 0.95, glyphs)], Sight(500, 500))

    assert word.confidence == 0.6


def test_other_readings_of_a_line_become_those_of_the_word():
    line = reading("余额18", [0.0, 0.05, 0.5, 0.55], alternatives=("余额13", "佘额18", "余额183"))
    first, second = words_of([line], Sight(1000, 1000))

    assert first.alternatives == ("佘额",)
    assert second.alternatives == ("13", "183")


def test_characters_meet_half_way():
    glyphs = _placed("12余额", [0.1, 0.2, 0.4, 0.6], [1.0] * 4, 0.25)

    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(glyphs))
    assert [glyph.text for glyph in glyphs] == list("12余额")


def test_a_doubtful_figure_may_be_another_or_none_and_a_faint_point_may_be_one():
    names = ["", "1", "8", "3", ".", "0"]
    shares = np.zeros((4, 6), np.float32)
    shares[0, 1] = 0.999  # 1
    shares[1, [2, 3, 0]] = 0.7, 0.2, 0.1  # 8, perhaps 3, perhaps nothing
    shares[2, [0, 4]] = 0.6, 0.4  # nothing, perhaps a point
    shares[3, 5] = 0.999  # 0

    assert _others("180", shares, np.array([0, 1, 3]), shares.argmax(axis=1), names) == ("18.0", "130", "10")


def test_an_engine_nobody_knows_is_refused():
    with pytest.raises(Refused, match="abacus"):
        page_reader("abacus")


# --- with the real engine -----------------------------------------------------------------------------------------------

DAMAGES = {
    "clean": lambda paper: paper,
    "quarter": lambda paper: paper.rotate(-90, expand=True),
    "upside down": lambda paper: paper.rotate(180),
    "three quarters": lambda paper: paper.rotate(90, expand=True),
    "leaning": lambda paper: paper.rotate(2, fillcolor="white", resample=Image.Resampling.BICUBIC),
    "photo": on_a_desk,
    "sealed": lambda paper: stamped(paper, 800, 300),
    "fax": lambda paper: paper.convert("1"),
}
ROTATION = {"quarter": 270, "upside down": 180, "three quarters": 90}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_statement_is_read_through_its_damage(paper, damage):
    data = encoded(DAMAGES[damage](paper))
    document = open_file(data, "scan.png")
    page = document.pages[0]
    expected = open_file(pdf(statement), "a.pdf").pages[0]

    assert lines(page)[2:] == lines(expected)[2:]
    assert page.rotation == ROTATION.get(damage, 0)
    assert page.source == "ocr"
    assert page.legibility > 0.9
    assert ("seal" in {notice.code for notice in document.notices}) == (damage == "sealed")
    shown = opened(page_picture(data, "scan.png", 1, rotation=page.rotation))
    assert all(ink(shown, word.box) > 0.04 for word in page.words)


@pytest.mark.slow
def test_the_lines_of_two_pages_on_one_sheet_never_mix(paper):
    data = encoded(side_by_side(picture_of(pdf(notes)), paper))
    document = open_file(data, "scan.png")
    (page,) = document.pages
    first, second = (open_file(pdf(draw), "a.pdf").pages[0] for draw in (notes, statement))

    assert [line.text[:3] for line in page.lines()][: len(first.lines())] == [line.text[:3] for line in first.lines()]
    assert lines(page)[-4:] == lines(second)[-4:]
    assert "two_pages" in {notice.code for notice in document.notices}
    shown = opened(page_picture(data, "scan.png", 1, rotation=page.rotation))
    assert all(ink(shown, word.box) > 0.03 for word in page.words)


@pytest.mark.slow
@pytest.mark.parametrize("made", [empty, bare_back])
def test_a_blank_page_is_not_read_into_words(paper, made):
    document = open_file(encoded(made(paper)), "scan.png")

    assert document.pages[0].words == ()
    assert document.pages[0].legibility == 1.0
    assert {notice.code for notice in document.notices} == {"blank_page", "no_text"}


@pytest.mark.slow
def test_a_scan_inside_a_pdf_is_read_at_its_own_resolution(paper):
    document = open_file(scanned_pdf(paper), "scan.pdf")

    assert lines(document.pages[0])[-1] == ["2024-01-21", "利息", "0.88", "17,346.55"]
    assert document.pages[0].rulings


@pytest.mark.slow
def test_print_too_small_to_read_is_said_to_be(paper):
    document = open_file(encoded(picture_of(pdf(statement), dpi=70)), "scan.png")

    assert "small_print" in {notice.code for notice in document.notices}
    assert max(word.confidence for word in document.pages[0].words) < 0.9
    assert document.pages[0].legibility < 0.8


@pytest.mark.slow
def test_the_same_scan_gives_the_same_page(paper):
    data = encoded(paper)

    assert open_file(data, "a.png") == open_file(data, "a.png")


def test_turning_and_turning_back_changes_nothing(paper):
    image = pixels(paper)

    assert (scan_image.turned(scan_image.turned(image, 1), 3) == image).all()


def test_strokes_of_characters_are_no_borders():
    word = Word("日期：2026年11月4日", Box(0.14, 0.20, 0.43, 0.23))
    stroke, border, level = Ruling(0.37, 0.2, 0.37, 0.235), Ruling(0.37, 0.19, 0.37, 0.25), Ruling(0.2, 0.21, 0.3, 0.21)
    assert scan._is_stroke(stroke, word)
    assert not scan._is_stroke(border, word)
    assert not scan._is_stroke(level, word)
    assert not scan._is_stroke(Ruling(0.44, 0.2, 0.44, 0.23), word)
