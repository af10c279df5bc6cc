"""A picture of a page becomes a page: read, turned upright, laid flat, its seals read through, its print judged.

The story of one page, top to bottom. A few lines tell which way up it lies; then it is turned, and read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, mode
from typing import TYPE_CHECKING

from ingest import scan_image as look
from ingest.flat import flattened, flattening, two_pages
from ingest.ocr import Engine, Pixels, Reading, Seen
from ingest.scan_seals import moved, through_seals
from ingest.scan_words import LEGIBLE, Sight, text_height, words_of
from records.document import Notice, Page, Ruling, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALL = 14.0  # pixels of text height; below that a reduced picture is read again at its own size
_STROKE = 0.25  # of its height, how far a stroke of a character may reach beyond the box of its word


def read_page(
    picture: Image, number: int, engine: Engine, *, native: float = 1.0, second: bool = False
) -> tuple[Page, tuple[Notice, ...]]:
    """Read one page. ``native``: pixels of the original for each pixel given; ``second``: have the numbers checked."""
    original = look.pixels(picture)
    image, scale = look.fitted(original)
    seen = _seen(engine, image)
    quarter = mode(part.quarter() for _, part in seen)
    if quarter:
        original, image = look.turned(original, quarter), look.turned(image, quarter)
        seen = _seen(engine, image)
    matrix = flattening(image)
    pages = two_pages(original, image, scale, matrix)
    if pages is not None:
        original, (image, scale) = pages, look.fitted(pages)
        matrix, seen = flattening(image), _seen(engine, image)
    readings = _read(seen)
    back = engine.mirrored(image, readings)
    if not readings or 2 * len(back) > sum(len(reading.text) > 1 for reading in readings):
        return _without_words(image, number, engine, quarter, shows_through=bool(back))
    readings = [reading for reading in readings if reading not in back]
    if scale < 0.95 and median(map(text_height, readings)) < _SMALL:
        image, matrix, readings = _closer(engine, original, image, matrix)
    readings, seals = through_seals(engine, image, readings)
    sight = Sight(float(image.shape[1]), float(image.shape[0]), matrix, native)
    words = words_of(readings, sight)
    if second:
        from ingest.ocr_tesseract import second_opinion

        words = second_opinion(flattened(image, sight.matrix), words)
    page = Page(
        number,
        tuple(words),
        "ocr",
        engine=engine.name,
        rotation=90 * quarter,
        legibility=_legibility(words),
        width=sight.width,
        height=sight.height,
        rulings=_rulings(image, sight, words),
    )
    return page, (*_spread(pages, number), *_sealed(seals, number), *_judged(readings, sight, number))


def _without_words(
    image: Pixels, number: int, engine: Engine, quarter: int, *, shows_through: bool
) -> tuple[Page, tuple[Notice, ...]]:
    """A blank page, one whose back shows through, or one on which there is something that is no text."""
    height, width = map(float, image.shape[:2])
    blank = shows_through or look.bare(image)
    page = Page(
        number,
        (),
        "ocr",
        engine=engine.name,
        rotation=90 * quarter,
        legibility=float(blank),
        width=width,
        height=height,
    )
    if not blank:
        return page, ()
    said = "背面文字透印（镜像），正面空白" if shows_through else "空白页"
    return page, (Notice("blank_page", f"第 {number} 页为{said}，未读取内容。", number),)


def _seen(engine: Engine, image: Pixels) -> list[tuple[int, Seen]]:
    """The whole picture; a very long one strip by strip, each with the row it begins at."""
    return [(top, engine.look(strip)) for top, strip in look.strips(image)]


def _read(seen: list[tuple[int, Seen]]) -> list[Reading]:
    return [moved(reading, 0, top) if top else reading for top, part in seen for reading in part.readings()]


def _closer(
    engine: Engine, original: Pixels, image: Pixels, matrix: Pixels | None
) -> tuple[Pixels, Pixels | None, list[Reading]]:
    """Small print on a large scan: read again with more of its pixels."""
    closer, factor = look.enlarged(original, image)
    return closer, look.scaled(matrix, factor), _read(_seen(engine, closer))


def _spread(pages: Pixels | None, number: int) -> tuple[Notice, ...]:
    if pages is None:
        return ()
    return (Notice("two_pages", f"第 {number} 页并排印有两页，已按左页在上、右页在下阅读。", number),)


def _sealed(seals: int, number: int) -> tuple[Notice, ...]:
    if not seals:
        return ()
    return (Notice("seal", f"第 {number} 页有 {seals} 枚红色印章，印章覆盖处已去红后重新识别。", number),)


def _judged(readings: list[Reading], sight: Sight, number: int) -> tuple[Notice, ...]:
    if not readings:
        return ()
    usual = median(map(text_height, readings)) * min(1.0, sight.native)
    if usual >= LEGIBLE:  # below it the words are not believed either: say so once, and what to do
        return ()
    message = f"第 {number} 页文字过小（字高约 {usual:.0f} 像素），数字可能误读，请以 200–300 dpi 重新扫描。"
    return (Notice("small_print", message, number),)


def _legibility(words: list[Word]) -> float:
    """How far the page can be trusted: the mean over characters."""
    characters = sum(len(word.text) for word in words)
    if not characters:
        return 0.0
    return round(sum(word.confidence * len(word.text) for word in words) / characters, 4)


def _rulings(image: Pixels, sight: Sight, words: Sequence[Word]) -> tuple[Ruling, ...]:
    """The lines drawn on the page; upright strokes of large or handwritten characters look like them and are none."""
    rulings = []
    for x0, y0, x1, y1 in look.printed_lines(flattened(image, sight.matrix)):
        ruling = Ruling(x0 / sight.width, y0 / sight.height, x1 / sight.width, y1 / sight.height)
        if not any(_is_stroke(ruling, word) for word in words):
            rulings.append(ruling)
    return tuple(rulings)


def _is_stroke(ruling: Ruling, word: Word) -> bool:
    """Whether a ruling is upright, inside a word, and no taller than its characters: a border stands out above and below."""
    box = word.box
    beyond = _STROKE * (box.y1 - box.y0)
    inside = box.x0 < ruling.x0 < box.x1 and box.y0 - beyond <= ruling.y0 and ruling.y1 <= box.y1 + beyond
    return inside and ruling.x0 == ruling.x1 and ruling.y0 < ruling.y1
