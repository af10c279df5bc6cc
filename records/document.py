"""A file once it is opened: pages, words, and where each word stands.

All boxes are fractions of the page as a reader would hold it (after rotation), origin top left.
Spreadsheets and texts without pages of their own get pages whose geometry follows rows and columns,
so that everything downstream can reason by place and never needs to ask which kind of file it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from records.cells import PageTable

PageSource = Literal["text", "ocr", "cells", "text file"]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in fractions of its width and height."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def joined(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def shared_width(self, other: Box) -> float:
        """How much of the horizontal extent both have in common (0 when apart)."""
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def shared_height(self, other: Box) -> float:
        """How much of the vertical extent both have in common (0 when apart)."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def as_list(self) -> list[float]:
        """The four numbers as a reading carries them: rounded to a ten-thousandth of the page."""
        return [round(number, 4) for number in (self.x0, self.y0, self.x1, self.y1)]


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these; there must be one at least."""
    first, *others = boxes
    if not others:
        return first
    x0, y0, x1, y1 = first.x0, first.y0, first.x1, first.y1
    for box in others:
        x0, y0, x1, y1 = min(x0, box.x0), min(y0, box.y0), max(x1, box.x1), max(y1, box.y1)
    return Box(x0, y0, x1, y1)


@dataclass(frozen=True, slots=True)
class Word:
    """One run of characters as printed, and how sure its reader was."""

    text: str
    box: Box
    confidence: float = 1.0  #: 1.0 when the file itself carried the text.
    alternatives: tuple[str, ...] = ()  #: Other readings an OCR engine considered, best first.
    edges: tuple[float, ...] = ()  #: x of every character border, len(text) + 1 of them, where known.
    cell: str | None = None  #: "C12" when the word is (in) a spreadsheet cell.
    number: bool = False  #: Whether the cell keeps it as a number: zeros before an identifier are not there any more.
    font: str = ""  #: "Helvetica 8.0" where the file says how an amount was set; "" where it does not.


class Ruling(NamedTuple):
    """A printed line, horizontal or vertical, as fractions of the page. A page of a ruled table has hundreds."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, left to right."""

    words: tuple[Word, ...]

    @property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    @property
    def text(self) -> str:
        """The words joined as a person reads them: a space where the paper leaves one."""
        return self.words[0].text if len(self.words) == 1 else _joined(self.words)[0]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words in reading order, and who read it. It does not know what the words mean."""

    number: int  #: From 1.
    words: tuple[Word, ...]
    source: PageSource
    engine: str | None = None  #: Which OCR engine, when one was needed.
    rotation: int = 0  #: Degrees clockwise the page was turned to be upright: 0, 90, 180 or 270.
    legibility: float = 1.0  #: Mean confidence, lowered where text is too small to be trusted; 0 to 1.
    width: float = 595.0  #: In points (or pixels of a picture); only the ratio matters downstream.
    height: float = 842.0
    rulings: tuple[Ruling, ...] = ()

    def lines(self) -> tuple[Line, ...]:
        """Group the words into printed lines, top to bottom."""
        return lines_of(self.words)

    def tables(self) -> tuple[PageTable, ...]:
        """The tables of the page as cells, found by printed lines and by alignment."""
        from records.cells import tables_of

        return tables_of(self)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the file that its reader noticed and a person should know (a blank page dropped ...)."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that a file carries as data: what the file calls it, and where it is printed when that is known."""

    label: str  #: its way in the data: ``Buyer/BuyerName``, ``GoodsInfos/GoodsInfo[2]/Amount``
    value: str
    page: int | None = None
    box: Box | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Embedded:
    """Data that a file carries beside what it prints, such as the official XML of an e-invoice. Nobody checked its signature."""

    name: str  #: of the part that holds it
    entries: tuple[Entry, ...]
    pages: tuple[int, int]  #: first and last page it speaks of, inclusive
    #: ``data`` was written apart from the page; ``tags`` name texts of the page itself and so cannot contradict it.
    kind: Literal["data", "tags"] = "data"


@dataclass(frozen=True, slots=True)
class Revision:
    """Figures that a later save of the same file took off a page, and those that then stood there anew."""

    page: int
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """What a file says about its own making: no part of what it tells, but of whether to believe it."""

    producer: str = ""
    creator: str = ""
    created: str | None = None  #: ISO day
    modified: str | None = None  #: ISO day
    revisions: int = 1  #: how often the file was saved on top of itself, the first time included
    changes: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file, opened. The sha256 of the bytes as received is its identity; it is never changed in place."""

    sha256: str
    name: str
    media_type: str
    size: int  #: bytes as received
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...] = field(default=())
    embedded: tuple[Embedded, ...] = field(default=())
    traits: Traits | None = None  #: None where the format carries none


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Group words into lines by the height they share; lines top to bottom, words left to right.

    A word joins the line with which it shares most of its height, and more than half of the smaller one. Tall words
    (seals, titles set over two lines) start lines of their own rather than glueing neighbours together.
    """
    lines: list[list[Word]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: (w.box.y0 + w.box.y1, w.box.x0)):
        top, bottom = word.box.y0, word.box.y1
        best: tuple[float, int] | None = None
        for index in range(len(lines) - 1, max(-1, len(lines) - 6), -1):
            upper, lower = bands[index]
            shared = min(bottom, lower) - max(top, upper)
            smaller = min(bottom - top, lower - upper)
            larger = max(bottom - top, lower - upper)
            if shared > 0.5 * smaller and larger < 2.2 * smaller and (best is None or shared / larger > best[0]):
                best = shared / larger, index
                if best[0] > 0.8:  # no other can share more
                    break
        if best is None:
            lines.append([word])
            bands.append((top, bottom))
            continue
        upper, lower = bands[best[1]]
        lines[best[1]].append(word)
        count = len(lines[best[1]])
        bands[best[1]] = (upper + (top - upper) / count, lower + (bottom - lower) / count)
    order = sorted(range(len(lines)), key=lambda i: bands[i][0] + bands[i][1])
    return tuple(Line(tuple(sorted(lines[i], key=lambda w: w.box.x0))) for i in order)


def is_cjk(character: str) -> bool:
    """Whether a character is written without spaces around it: Han, kana, full-width punctuation."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def _joined(words: Sequence[Word]) -> tuple[str, list[int]]:
    """The text of a line and where each word begins in it."""
    text, starts = "", []
    previous: Word | None = None
    for word in words:
        if previous is not None and _apart(previous, word):
            text += " "
        starts.append(len(text))
        text += word.text
        previous = word
    return text, starts


def _apart(left: Word, right: Word) -> bool:
    """Whether a reader sees a gap: always between Latin words, between Chinese ones unless they are letters spaced out."""
    if not left.text or not right.text:
        return False
    if left.cell is not None and left.cell != right.cell:
        return True
    gap = right.box.x0 - left.box.x1
    if is_cjk(left.text[-1]) or is_cjk(right.text[0]):
        size = max(left.box.width / len(left.text), right.box.width / len(right.text))
        spaced_letters = len(left.text) == 1 and len(right.text) == 1
        return gap > (1.2 if spaced_letters else 0.15) * size
    return True


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page in which every character still knows its word.

    ``box(start, end)`` answers where a quotation stands, so that evidence found in running text can be shown on paper.
    """

    page: int
    text: str
    starts: tuple[int, ...]  #: Offset in ``text`` at which each word begins, ascending.
    words: tuple[Word, ...]  #: The words in the order of ``starts``.

    def between(self, start: int, end: int) -> list[Word]:
        """The words that ``text[start:end]`` touches."""
        return [word for _, word in self.touched(start, end)]

    def box(self, start: int, end: int) -> Box | None:
        """The place of ``text[start:end]``, cut inside words where character borders are known."""
        boxes = []
        for begin, word in self.touched(start, end):
            first, last = max(0, start - begin), min(len(word.text), end - begin)
            if len(word.edges) == len(word.text) + 1:
                x0, x1 = word.edges[first], word.edges[last]
            else:
                step = word.box.width / len(word.text)
                x0, x1 = word.box.x0 + first * step, word.box.x0 + last * step
            boxes.append(Box(x0, word.box.y0, x1, word.box.y1))
        return around(boxes) if boxes else None

    def touched(self, start: int, end: int) -> Iterator[tuple[int, Word]]:
        """The words of a stretch with where they begin; words do not overlap, so the search starts at the one before it."""
        for number in range(max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)):
            begin, word = self.starts[number], self.words[number]
            if begin + len(word.text) > start:
                yield begin, word


def text_of(page: Page, lines: Sequence[Line] | None = None) -> PageText:
    """The page as running text: one line per printed line (or per line as a reader of its cells found them), each character
    tied to its word."""
    parts: list[str] = []
    starts: list[int] = []
    words: list[Word] = []
    offset = 0
    for line in page.lines() if lines is None else lines:
        text, begins = _joined(line.words)
        starts += [offset + begin for begin in begins]
        words += line.words
        parts.append(text)
        offset += len(text) + 1
    return PageText(page.number, "\n".join(parts), tuple(starts), tuple(words))


def usual_height(words: Iterable[Word]) -> float:
    """The median height of these words, as a fraction of the page; 0.012 when there are none."""
    heights = [word.box.height for word in words]
    return median(heights) if heights else 0.012
