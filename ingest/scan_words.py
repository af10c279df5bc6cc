"""Lines as an engine read them become words with boxes, cut where columns part; what is too small is not believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ingest.ocr import Glyph, Reading
from records.document import Box, Word

if TYPE_CHECKING:
    from ingest.ocr import Pixels

_CUT = 0.6  # of the height of the text: a wider gap parts columns
_PADDED = 0.66  # of the height of a line's box is the size of its print; engines leave a margin (1.4 to 1.6 measured)
_LINES = 1.2  # of the height of the text: characters further apart along a line stand in rows of their own
_SIDEWAYS = 0.75  # confidence of a figure that was read lying on its side
_FAR = 1.65  # of the usual step: between two like digits so far apart stood another
_LOST = 0.75  # confidence of a number that may have lost a digit
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
    return rejoined([word for reading in readings for word in _words(reading, sight)])


def rejoined(words: Sequence[Word]) -> list[Word]:
    """Words that an engine read in two pieces which lie over each other (壹拾伍万捌仟贰, 捌仟贰佰元) are one word again. Figures
    never: there the same digits may well stand twice."""
    found: list[Word] = []
    for word in words:
        at = next((i for i, other in enumerate(found) if _joined(other, word) or _joined(word, other)), None)
        if at is None:
            found.append(word)
            continue
        whole = _joined(found[at], word) or _joined(word, found[at])
        assert whole is not None
        found[at] = whole
    return found


def _joined(left: Word, right: Word) -> Word | None:
    """Both as one, where the right one begins inside the left one with the letters that the left one ends with."""
    if not (left.edges and right.edges and left.box.x0 < right.box.x0 < left.box.x1 < right.box.x1):
        return None
    if left.box.shared_height(right.box) < 0.5 * min(left.box.height, right.box.height):
        return None
    pitch = right.box.width / len(right.text)
    for common in range(min(len(left.text), len(right.text)), 1, -1):
        shared = left.text[-common:]
        near = abs(left.edges[-common - 1] - right.box.x0) < 1.5 * pitch
        if shared == right.text[:common] and near and not any(map(str.isdigit, shared)):
            edges = (*left.edges[: -common - 1], *right.edges)
            confidence = min(left.confidence, right.confidence)
            return Word(left.text[:-common] + right.text, left.box.joined(right.box), confidence, edges=edges)
    return None


def text_height(reading: Reading) -> float:
    """How high the text of a line stands, in pixels."""
    (ax, ay), _, _, (dx, dy) = reading.corners[:4]
    return float(((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5 * _PADDED)


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
    if reading.runs_down and _apart_below(reading, height, length):
        yield from _below_one_another(reading, sight)
        return
    if not reading.glyphs or reading.runs_down:
        yield from _whole(reading, sight, height)
        return
    for start, end in _cut(reading.glyphs, _CUT * height / length):
        yield _word(reading, start, end, sight, believed(1.0, height * min(1.0, sight.native)))


def _apart_below(reading: Reading, height: float, length: float) -> bool:
    """Whether figures that seem to run down the page are single ones in the rows of a narrow column: as far apart as lines."""
    single = len(reading.glyphs) > 1 and all(glyph.text.isdigit() for glyph in reading.glyphs)
    middles = [(glyph.start + glyph.end) / 2 * length for glyph in reading.glyphs]
    return single and all(lower - upper > _LINES * height for upper, lower in pairwise(middles))


def _below_one_another(reading: Reading, sight: Sight) -> Iterator[Word]:
    """Such figures as words of their own; they were read lying on their side, so never surely."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = reading.corners
    for glyph in reading.glyphs:
        ends = (glyph.start, glyph.end)
        points = [sight.at(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
                  for (x0, y0, x1, y1) in ((ax, ay, bx, by), (dx, dy, cx, cy)) for share in ends]  # fmt: skip
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(max(0.0, min(xs)), max(0.0, min(ys)), min(1.0, max(xs)), min(1.0, max(ys)))
        yield Word(glyph.text, box, round(min(_SIDEWAYS, glyph.confidence), 4))


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
    if _digit_lost(text, edges):
        confidence = min(confidence, _LOST)
    whole = edges if len(edges) == len(text) + 1 else ()
    return Word(text, box, round(confidence, 4), _alternatives(reading, start, end, text), whole)


_NUMBER = re.compile(r"\d{10,}")


def _digit_lost(text: str, edges: Sequence[float]) -> bool:
    """Whether a long number seems to have lost one of several like digits (0000 read as 000): where two like digits stand as far
    apart as any other does from the next but one."""
    if len(edges) != len(text) + 1:
        return False
    for found in _NUMBER.finditer(text):
        steps = [b - a for a, b in pairwise(edges[found.start() : found.end()])]
        usual = median(steps)
        like = [step for step, (one, other) in zip(steps, pairwise(found.group()), strict=True) if one == other]
        if max(like, default=0.0) > _FAR * usual:
            return True
    return False


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
