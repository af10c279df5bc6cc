"""The characters of an OFD page, each with its place: from TextCode, its shorthand of distances, and the matrices around it."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.ofd_marks import Matrix, TextMark, at, times
from ingest.ofd_tree import numbers
from ingest.xml_tree import children
from records.document import is_cjk

_ASCENT, _DESCENT = 0.86, 0.14  # of the size, as Song and Kai have it; the file seldom brings its fonts
_WIDE = frozenset("MWmw@%&—…“”")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its corner on the baseline, how far it reaches, and how its object lies on the page."""

    char: str
    x: float  #: in the object's units
    y: float
    width: float
    size: float
    matrix: Matrix

    def corners(self) -> list[tuple[float, float]]:
        """Where it stands on the page: top left, top right, bottom right, bottom left as the character sees it."""
        top, bottom = -_ASCENT * self.size, _DESCENT * self.size
        corners = ((0.0, top), (self.width, top), (self.width, bottom), (0.0, bottom))
        return [at(self.matrix, x, y) for x, y in corners]

    @property
    def angle(self) -> float:
        """How far it is turned, with the clock, in radians from 0 to 2π."""
        return math.atan2(self.matrix[1], self.matrix[0]) % (2 * math.pi)


def glyphs_of(mark: TextMark) -> Iterator[list[Glyph]]:
    """The characters of a text object, one list for each of its TextCodes."""
    thing = mark.element
    size = (numbers(thing.get("Size")) or [3.0])[0]
    if not 0 < size < 1e4:
        return
    reading = round((numbers(thing.get("ReadDirection")) or [0.0])[0] / 90) % 4
    x = y = 0.0
    for code in children(thing, "TextCode"):
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        yield list(_placed(thing, code, mark.matrix, x, y, size, reading))


def _placed(
    thing: Element, code: Element, matrix: Matrix, x: float, y: float, size: float, reading: int
) -> Iterator[Glyph]:
    text = _text(code)
    scale = (numbers(thing.get("HScale")) or [1.0])[0] or 1.0
    turn = math.radians((numbers(thing.get("CharDirection")) or [0.0])[0])
    across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
    if reading and across is not None and down is None:  # distances along the way of reading, whatever they are called
        across, down = _along(across, reading)
    width = 0.0
    for index, char in enumerate(text):
        ahead = 0.0 if across is None else across[index]
        natural = _natural(char, size) * scale
        if index and index == len(text) - 1:  # no distance of its own: as wide as its like before it
            width = width if _natural(text[index - 1], size) == natural / scale else natural
        else:
            width = ahead if 0.2 * natural < ahead < _loosest(char, size) else natural
        yield Glyph(char, x, y, width, size, _turned(matrix, x, y, turn))
        if across is None and down is None:
            dx, dy = _unit(reading)
            x, y = x + dx * natural, y + dy * natural
        else:
            x += ahead
            y += 0.0 if down is None else down[index]


def _text(code: Element) -> str:
    """The characters; line breaks and what surrounds them belong to the layout of the XML."""
    text = code.text or ""
    if "\n" in text or "\r" in text or "\t" in text:
        text = "".join(line.strip() for line in text.replace("\t", " ").splitlines())
    return text


def _steps(shorthand: str | None, count: int) -> list[float] | None:
    """The distance behind each character: ``g 3 1.5`` is 1.5 three times; the last one goes on."""
    if shorthand is None or not shorthand.strip():
        return None
    steps: list[float] = []
    words = shorthand[: 24 * count + 64].split()
    index = 0
    while index < len(words) and len(steps) < count:
        if words[index].lower() == "g":
            pair = numbers(" ".join(words[index + 1 : index + 3]))
            if len(pair) == 2:
                steps += [pair[1]] * min(count - len(steps), max(0, int(pair[0])))
            index += 3
        else:
            steps += numbers(words[index])[:1]
            index += 1
    steps = steps or [0.0]
    return steps + [steps[-1]] * (count - len(steps))


def _unit(reading: int) -> tuple[int, int]:
    """The way of reading as a step: to the right, down, to the left, up."""
    return ((1, 0), (0, 1), (-1, 0), (0, -1))[reading]


def _along(steps: list[float], reading: int) -> tuple[list[float], list[float]]:
    dx, dy = _unit(reading)
    return [dx * step for step in steps], [dy * step for step in steps]


def _natural(char: str, size: float) -> float:
    """How wide a character usually stands."""
    return size * (1.0 if _full(char) else 0.85 if char in _WIDE else 0.5)


def _full(char: str) -> bool:
    """Whether Chinese fonts give it a full square: Chinese, and signs such as × that they share with others."""
    return is_cjk(char) or (char > "\x7f" and unicodedata.east_asian_width(char) in "WFA")


def _loosest(char: str, size: float) -> float:
    """Beyond this distance there is white between a character and the next."""
    return size * (1.3 if _full(char) else 1.05 if char in _WIDE else 0.75)


def _turned(matrix: Matrix, x: float, y: float, turn: float) -> Matrix:
    """The matrix of one character: turned by itself, moved to its corner, then placed with its object."""
    cosine, sine = math.cos(turn), math.sin(turn)
    return times((cosine, sine, -sine, cosine, x, y), matrix)


@dataclass(slots=True)
class Lettering:
    """The characters of a page as the word reader wants them: loose boxes, y upwards."""

    height: float
    text: str = ""
    left: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    angles: list[float] = field(default_factory=list)

    def angle(self, index: int) -> float:
        """How far one character is turned, with the clock, in radians."""
        return self.angles[index]

    def face(self, index: int) -> str:
        """Unknown: an OFD names its fonts by resources that say nothing of the one that was really used."""
        return ""


def lettering(glyphs: Iterable[Glyph], origin: tuple[float, float], height: float) -> Lettering:
    """All these characters on a page of this height."""
    letters = Lettering(height)
    chars: list[str] = []
    for glyph in glyphs:
        x0, y0, x1, y1 = extent(glyph.corners())
        chars.append(glyph.char)
        letters.left.append(x0 - origin[0])
        letters.right.append(x1 - origin[0])
        letters.top.append(height - (y0 - origin[1]))
        letters.bottom.append(height - (y1 - origin[1]))
        letters.angles.append(glyph.angle)
    letters.text = "".join(chars)
    return letters


def extent(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The upright rectangle around these points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether level characters stand below one another: 购买方信息 beside its block."""
    solid = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if len(solid) < 2 or min(solid[0].angle, 2 * math.pi - solid[0].angle) > 0.07 or not solid[1].y > solid[0].y:
        return False
    places = [extent(glyph.corners()) for glyph in solid]
    size = places[0][3] - places[0][1]
    return all(
        abs(below[0] - above[0]) < 0.4 * size and 0.7 * size < below[1] - above[1] < 3 * size
        for above, below in itertools.pairwise(places)
    )
