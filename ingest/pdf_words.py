"""Characters with boxes become words: a new word at a space, at a gap wider than 0.4 of the height, on a new baseline.

The text stream of a PDF is in no useful order and its spaces are not to be believed ("3,0 03.49"); places are.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from records.document import Box, Word

_GAP = 0.4  # of the height; measured in design/ocr.md §10
_HINTED = 0.18  # of the height, between two Latin letters where the library too saw a space; "Inte re st" has 0.11
_DROP = 0.35  # of the height: further than that from the baseline is another line (or a superscript)
_BLANK = frozenset(" \t\r\n\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\x00")
_CLEAN = {2: "-", 0xFFFE: "-", 0xAD: "-"} | {code: None for code in range(32) if code != 2}
_SLANT = math.radians(4)


class Characters(Protocol):
    """The characters of a page: their text in one string, their loose boxes in four lists of points, y upwards."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]

    def angle(self, index: int) -> float:
        """How far one character is turned, with the clock, in radians; -1 when unknown."""

    def face(self, index: int) -> str:
        """The font of one character and its size; empty when unknown."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own points lie under the page as a reader holds it."""

    left: float
    bottom: float
    width: float  #: of the unturned page
    height: float
    quarter: int  #: quarter turns clockwise, those of the file and our own together

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as held."""
        return (self.height, self.width) if self.quarter % 2 else (self.width, self.height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle in points (y upwards, y0 < y1) as fractions of the page as held."""
        return Box(*self.sides(x0, y0, x1, y1))

    def sides(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of such a rectangle, as fractions of the page as held."""
        u0, u1 = (x0 - self.left) / self.width, (x1 - self.left) / self.width
        v0, v1 = (y0 - self.bottom) / self.height, (y1 - self.bottom) / self.height
        match self.quarter:
            case 1:
                return v0, u0, v1, u1
            case 2:
                return 1 - u1, v0, 1 - u0, v1
            case 3:
                return 1 - v1, 1 - u1, 1 - v0, 1 - u0
            case _:
                return u0, 1 - v1, u1, 1 - v0


@dataclass(slots=True)
class Upright:
    """The characters of a page turned so that text runs left to right; in points, y upwards."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]


def turned(characters: Characters, frame: Frame) -> tuple[Upright, Frame]:
    """The boxes as they lie when the page is held by ``frame``; with the frame that then applies (no turn left)."""
    c = characters
    if frame.quarter == 0:
        return Upright(c.text, c.left, c.top, c.right, c.bottom), frame
    width, height = frame.width, frame.height
    west = [x - frame.left for x in c.left]
    east = [x - frame.left for x in c.right]
    south = [y - frame.bottom for y in c.bottom]
    north = [y - frame.bottom for y in c.top]
    if frame.quarter == 1:
        sides = Upright(c.text, south, [width - x for x in west], north, [width - x for x in east])
    elif frame.quarter == 2:
        sides = Upright(
            c.text,
            [width - x for x in east],
            [height - y for y in south],
            [width - x for x in west],
            [height - y for y in north],
        )
    else:
        sides = Upright(c.text, [height - y for y in north], east, [height - y for y in south], west)
    return sides, Frame(0.0, 0.0, *frame.size, 0)


def sample(text: str, count: int) -> list[int]:
    """Some characters that are no blanks, spread over the page."""
    step = max(1, len(text) // (2 * count))
    return [index for index in range(0, len(text), step) if not text[index].isspace()]


def sideways(characters: Characters, frame: Frame) -> int:
    """Quarter turns clockwise that bring most of the text upright, beyond what the file itself asks for."""
    quarters: Counter[int] = Counter()
    some = sample(characters.text, 40)
    for index in some:
        angle = characters.angle(index)
        if angle >= 0:
            quarters[round(angle / (math.pi / 2)) % 4] += 1
    if not quarters:
        return 0
    turned, votes = quarters.most_common(1)[0]
    if votes < 0.6 * len(some):
        return 0
    return (-turned - frame.quarter) % 4


def runs(characters: Upright) -> list[tuple[int, int]]:
    """Where words begin and end in the text, in the order of the text stream."""
    found: list[tuple[int, int]] = []
    start = stop = -1
    edge = base = size = 0.0
    previous, hinted = "", False
    blank = _BLANK
    for index, (char, x0, y1, x1, y0) in enumerate(
        zip(characters.text, characters.left, characters.top, characters.right, characters.bottom, strict=True)
    ):
        if char in blank:
            # A space of no width was made up by the library; whether there is a gap, the next character will tell.
            hinted = True
            if start >= 0 and x1 > x0:
                found.append((start, stop))
                start = -1
            continue
        if start >= 0:
            gap = x0 - edge
            if (
                gap > _GAP * size
                or gap < -0.6 * size
                or not -_DROP * size < y0 - base < _DROP * size
                or (hinted and gap > _HINTED * size and char.isascii() and char.isalpha() and previous.isalpha())
            ):
                found.append((start, stop))
                start = -1
        if start < 0:
            start = index
        stop = index + 1
        edge, base, size = x1, y0, y1 - y0
        previous, hinted = char, False
    if start >= 0:
        found.append((start, stop))
    return found


def words_of(characters: Characters, frame: Frame) -> tuple[list[Word], list[Word]]:
    """The words of a page, and apart from them the slanted ones (watermarks), each slanted run as one word."""
    upright, held = turned(characters, frame)
    quarter = frame.quarter * math.pi / 2
    level: list[Word] = []
    slanted: list[list[Word]] = []
    seen: set[tuple[str, int, int]] = set()
    last_angle = 0.0
    for start, end in runs(upright):
        word = _word(upright, held, start, end)
        if word is None:
            continue
        twin = (word.text, round(word.box.x0 * 700), round(word.box.y0 * 1000))
        if twin in seen:  # bold by printing twice
            continue
        seen.add(twin)
        # The angle counts with the clock, as the page lies in the file; turning the page adds to it.
        angle = _slant(characters.angle(start), quarter)
        if angle == 0.0:
            level.append(_in_font(word, characters.face(start)) if word.text[-3:-2] == "." else word)
        elif slanted and abs(angle - last_angle) < _SLANT:
            slanted[-1].append(word)
        else:
            slanted.append([word])
        last_angle = angle
    return rejoined(level, *held.size), [_watermark(run) for run in slanted]


def _in_font(word: Word, font: str) -> Word:
    return Word(word.text, word.box, font=font, edges=word.edges)


def _slant(angle: float, quarter: float) -> float:
    """How far a character stands off the horizontal, 0.0 when it lies level."""
    if angle < 0:
        return 0.0
    off = math.remainder(angle + quarter, 2 * math.pi)
    return 0.0 if abs(off) < _SLANT else off


def _word(characters: Upright, frame: Frame, start: int, end: int) -> Word | None:
    text = characters.text[start:end]
    lefts = characters.left[start:end]
    rights = characters.right[start:end]
    if " " in text or not text.isprintable():
        # Zero-width blanks and control characters take no part; keep text and edges in step.
        kept = [
            i for i, char in enumerate(text) if char not in _BLANK and (char.isprintable() or char.translate(_CLEAN))
        ]
        text = "".join(text[i].translate(_CLEAN) or "\ufffd" for i in kept)
        lefts, rights = [lefts[i] for i in kept], [rights[i] for i in kept]
    if not text:
        return None
    y0, y1 = min(characters.bottom[start:end]), max(characters.top[start:end])
    x0, x1 = lefts[0], max(rights)
    if not (x1 > x0 and y1 > y0):
        return None
    left, width = frame.left, frame.width
    lefts.append(x1)
    edges = tuple([(x - left) / width for x in lefts])
    top = frame.bottom + frame.height
    box = Box(edges[0], (top - y1) / frame.height, edges[-1], (top - y0) / frame.height)
    return Word(text, box, edges=edges)


def _watermark(run: list[Word]) -> Word:
    box = run[0].box
    for word in run[1:]:
        box = box.joined(word.box)
    return Word("".join(word.text for word in run), box)


def rejoined(words: list[Word], width: float, height: float) -> list[Word]:
    """Letter-spaced print ("A C C O U N T", "余 额 合 计") put together again: single characters at an even distance."""
    result: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and not (len(word.text) == 1 and _follows(run, word, width, height)):
            result += _closed(run)
            run = []
        if len(word.text) == 1:
            run.append(word)
        else:
            result.append(word)
    return result + _closed(run)


def _follows(run: list[Word], word: Word, width: float, height: float) -> bool:
    """Whether a single character continues a letter-spaced run: same line, same pitch."""
    last = run[-1]
    size = last.box.height * height
    if abs(word.box.y1 - last.box.y1) * height > 0.2 * size:
        return False
    pitch = (word.box.x0 - last.box.x0) * width
    if not 0 < pitch < 2.2 * size:
        return False
    if len(run) == 1:
        return True
    gap = (word.box.x0 - last.box.x1) * width
    first = (run[1].box.x0 - run[0].box.x1) * width
    return abs(gap - first) < 0.18 * size


def _closed(run: list[Word]) -> list[Word]:
    """Four and more are a spaced word; fewer may be columns of their own (N, Y, 1) and stay as they are."""
    if len(run) < 4:
        return run
    edges = (*(word.box.x0 for word in run), run[-1].box.x1)
    return [Word("".join(word.text for word in run), _watermark(run).box, edges=edges)]
