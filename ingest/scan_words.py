"""Lines as an engine read them become words with boxes, cut where columns part; what is too small is not believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from ingest.ocr import Glyph, Reading
from records.document import Box, Word

if TYPE_CHECKING:
    from ingest.ocr import Pixels

_CUT = 0.6  # of the height of the text: a wider gap parts columns
_PADDED = 0.66  # of the height of a line's box is the size of its print; engines leave a margin (1.4 to 1.6 measured)
_MARGIN = 0.1  # of a line's box, above and below, that is cut off: neighbours must not overlap
LEGIBLE = 14.5  # pixels of text height at which numbers were read without error
_ILLEGIBLE = 10.5  # pixels at which one number in six was wrong
_GUESS = 0.5  # confidence of what stands that small


@dataclass(frozen=True, slots=True)
class Sight:
    """How the pixels that were read lie under the page that is kept."""

    width: float  #: of the upright picture, in the pixels that were read
    height: float
    matrix: Pixels | None = None  #: 3 x 3, lays points flat; None where the page lies flat
    native: float = 1.0  #: pixels of the original for each pixel read; below 1 where it was enlarged

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point on the flat page, as fractions."""
        if self.matrix is not None:
            a, b, c = self.matrix
            w = c[0] * x + c[1] * y + c[2]
            x, y = (a[0] * x + a[1] * y + a[2]) / w, (b[0] * x + b[1] * y + b[2]) / w
        return float(x / self.width), float(y / self.height)


def words_of(readings: Sequence[Reading], sight: Sight) -> list[Word]:
    """The words of a page, in the order the engine found their lines."""
    return [word for reading in readings for word in _words(reading, sight)]


def text_height(reading: Reading) -> float:
    """How high the text of a line stands, in pixels."""
    (ax, ay), _, _, (dx, dy) = reading.corners[:4]
    return float(((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5 * _PADDED)


def slant(readings: Sequence[Reading], sight: Sight) -> float:
    """How far from level the lines are: the median rise from end to end, long lines only, in heights of the page."""
    rises = []
    for reading in readings:
        if _length(reading) > 5 * text_height(reading):
            (ax, ay), (bx, by) = sight.at(*reading.corners[0]), sight.at(*reading.corners[1])
            rises.append(abs(by - ay) / max(1e-6, abs(bx - ax)))
    return median(rises) if rises else 0.0


def _length(reading: Reading) -> float:
    (ax, ay), (bx, by) = reading.corners[:2]
    return float(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)


def believed(confidence: float, height: float) -> float:
    """The confidence that text of this height in pixels can deserve: never guessed from too few of them."""
    if height >= LEGIBLE:
        return confidence
    ceiling = _GUESS + (0.97 - _GUESS) * max(0.0, height - _ILLEGIBLE) / (LEGIBLE - _ILLEGIBLE)
    return min(confidence, ceiling)


def _words(reading: Reading, sight: Sight) -> Iterator[Word]:
    height, length = text_height(reading), max(1.0, _length(reading))
    if not reading.glyphs or reading.runs_down:
        yield from _whole(reading, sight, height)
        return
    for start, end in _cut(reading.glyphs, _CUT * height / length):
        yield _word(reading, start, end, sight, believed(1.0, height * min(1.0, sight.native)))


def _cut(glyphs: Sequence[Glyph], gap: float) -> Iterator[tuple[int, int]]:
    """Where words begin and end: at blanks, and at gaps wider than ``gap`` (a share of the line)."""
    start = -1
    for index, glyph in enumerate(glyphs):
        if glyph.text.isspace():
            if start >= 0:
                yield start, index
            start = -1
        elif start < 0:
            start = index
        elif glyph.start - glyphs[index - 1].end > gap:
            yield start, index
            start = index
    if start >= 0:
        yield start, len(glyphs)


def _word(reading: Reading, start: int, end: int, sight: Sight, ceiling: float) -> Word:
    glyphs = reading.glyphs[start:end]
    text = "".join(glyph.text for glyph in glyphs)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = reading.corners
    places = [*(glyph.start for glyph in glyphs), glyphs[-1].end]
    upper = [sight.at(ax + (bx - ax) * share, ay + (by - ay) * share) for share in places]
    lower = [sight.at(dx + (cx - dx) * share, dy + (cy - dy) * share) for share in places]
    edges = tuple(max(0.0, min(1.0, (u[0] + v[0]) / 2)) for u, v in zip(upper, lower, strict=True))
    # Upper and lower edge at the word's own middle: at the ends of a leaning line they would belong to its neighbours.
    top = (upper[0][1] + upper[-1][1]) / 2
    bottom = (lower[0][1] + lower[-1][1]) / 2
    top, bottom = top + _MARGIN * (bottom - top), bottom - _MARGIN * (bottom - top)
    box = Box(edges[0], max(0.0, top), edges[-1], min(1.0, bottom))
    sure = [glyph.confidence for glyph in glyphs]
    # One doubtful figure spoils a number; running text is as sure as the whole of it.
    confidence = min(ceiling, min(sure) if any(map(str.isdigit, text)) else sum(sure) / len(sure))
    whole = edges if len(edges) == len(text) + 1 else ()
    return Word(text, box, round(confidence, 4), _alternatives(reading, start, end, text), whole)


def _alternatives(reading: Reading, start: int, end: int, text: str) -> tuple[str, ...]:
    """Other readings of the line, where they differ within this word only."""
    found: dict[str, None] = {}
    after = len(reading.text) - end
    for other in reading.alternatives:
        if (
            len(other) - after > start
            and other[:start] == reading.text[:start]
            and other[len(other) - after :] == reading.text[end:]
            and not any(map(str.isspace, other[start : len(other) - after]))
        ):
            found[other[start : len(other) - after]] = None
    found.pop(text, None)
    return tuple(found)


def _whole(reading: Reading, sight: Sight, height: float) -> Iterator[Word]:
    """A reading in one piece: from an engine that gives no characters, or print that runs down the page."""
    corners = [sight.at(x, y) for x, y in reading.corners]
    x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
    y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
    text = reading.text.strip()
    if text:
        if not reading.glyphs:  # a tight box: there is no margin to be taken off
            height /= _PADDED
        confidence = believed(reading.confidence, height * min(1.0, sight.native))
        box = Box(max(0.0, x0), max(0.0, y0), min(1.0, x1), min(1.0, y1))
        yield Word(text, box, round(confidence, 4), reading.alternatives)
