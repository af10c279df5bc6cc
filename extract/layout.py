"""The paper as labels and values see it: lines of folded text in which every character knows its word.

Everything here is geometry on words; nothing knows a document type. Lengths across the page are measured in *ems* (the height
of the text at hand), so that a fraction of a wide page and of a narrow one mean the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

from records.borders import Borders
from records.document import Box, Document, Line, Page, Ruling, Word, around
from records.facts import Printed
from records.values.text import fold


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """One word, folded for matching; the same words come again on every page."""
    return fold(text)


@dataclass(slots=True)
class Strip:
    """One printed line. ``text`` holds the folded words joined by single blanks; ``starts`` says where each begins."""

    page: int
    number: int  #: position among the lines of its page
    words: tuple[Word, ...]
    ratio: float  #: page height / page width: turns heights into widths
    cells: bool = False  #: whether the words are cells of a sheet
    scanned: bool = False  #: whether an OCR engine found the words: narrow gaps between them may be lost
    text: str = field(init=False)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.text = ""
        self.starts = []
        for word in self.words:
            if self.text:
                self.text += " "
            self.starts.append(len(self.text))
            self.text += folded(word.text)

    @property
    def box(self) -> Box:
        return around(word.box for word in self.words)

    @property
    def top(self) -> float:
        return min(word.box.y0 for word in self.words)

    @property
    def middle(self) -> float:
        return sum(word.box.y0 + word.box.y1 for word in self.words) / (2 * len(self.words))

    @property
    def height(self) -> float:
        return max(word.box.height for word in self.words)

    def em(self) -> float:
        """The height of this line's text as a fraction of the page's width."""
        return max(1e-6, self.height * self.ratio)

    def word_at(self, position: int) -> int:
        """Which word the character at this position of ``text`` belongs to."""
        index = 0
        for number, start in enumerate(self.starts):
            if start > position:
                break
            index = number
        return index

    def gap_before(self, index: int) -> float:
        """The white space in front of a word, in ems."""
        if index == 0:
            return float("inf")
        return (self.words[index].box.x0 - self.words[index - 1].box.x1) / self.em()


class Sheet:
    """A run of pages of one document, as strips, top to bottom."""

    _borders: dict[int, Borders] | None = None

    def __init__(self, document: Document, pages: Sequence[Page]) -> None:
        self.document = document
        self.pages = tuple(pages)
        self.strips: list[Strip] = []
        self.by_page: dict[int, list[Strip]] = {}
        for page in self.pages:
            ratio = page.height / page.width if page.width else 1.0
            strips = [
                Strip(page.number, number, line.words, ratio, page.source == "cells", page.source == "ocr")
                for number, line in enumerate(page.lines())
            ]
            self.by_page[page.number] = strips
            self.strips += strips
        self._squeezed: str | None = None
        self._lowered: str | None = None

    def part(self, pages: Sequence[Page]) -> Sheet:
        """A run of these pages; lines that were grouped already are not grouped again."""
        if all(any(page is own for own in self.pages) for page in pages):
            found = Sheet.__new__(Sheet)
            found.document, found.pages = self.document, tuple(pages)
            found.by_page = {page.number: self.by_page[page.number] for page in pages}
            found.strips = [strip for page in pages for strip in self.by_page[page.number]]
            found._squeezed = found._lowered = None
            return found
        return Sheet(self.document, pages)

    def head_of(self, strips: Sequence[Strip]) -> Sheet:
        """The same pages with only these lines to look for labels in."""
        found = Sheet.__new__(Sheet)
        found.document, found.pages, found.by_page = self.document, self.pages, self.by_page
        found.strips = list(strips)
        found._squeezed = found._lowered = None
        return found

    def rulings(self, page: int) -> tuple[Ruling, ...]:
        """The printed lines of a page."""
        return next((p.rulings for p in self.pages if p.number == page), ())

    def borders(self, page: int) -> Borders | None:
        """The printed lines of a page as borders of cells; None where it has none."""
        if self._borders is None:
            self._borders = {}
        if page not in self._borders:
            self._borders[page] = Borders(self.rulings(page))
        found = self._borders[page]
        return found if found.level and found.upright else None

    def title_lines(self, lines: int = 12) -> str:
        """The first lines that could be titles: short, and no running text."""
        found = [squeezed(strip.text) for strip in self.strips[:lines]]
        return "\n".join(text for text in found if len(text) <= 40 and not any(mark in text for mark in "，。,;；"))

    @property
    def first_page(self) -> int:
        return self.pages[0].number

    @cached_property
    def by_ocr(self) -> bool:
        return any(page.source == "ocr" for page in self.pages)

    def head(self, lines: int = 12) -> str:
        """The first lines, squeezed: where titles stand."""
        return "\n".join(squeezed(strip.text) for strip in self.strips[:lines])

    def squeezed(self) -> str:
        """All text without blanks, one printed line per line."""
        if self._squeezed is None:
            self._squeezed = "\n".join(squeezed(strip.text) for strip in self.strips)
        return self._squeezed

    def lowered(self) -> str:
        """The same in lower case."""
        if self._lowered is None:
            self._lowered = self.squeezed().lower()
        return self._lowered


def squeezed(text: str) -> str:
    """Folded text without any blank: what anchors are looked up in."""
    return text.replace(" ", "")


def printed(words: Sequence[Word], page: int, raw: str | None = None) -> Printed:
    """The source of a value that these words carry."""
    if len(words) == 1:
        (word,) = words
        return Printed(page, word.box, word.text if raw is None else raw, word.confidence, word.cell, word.alternatives)
    text = raw if raw is not None else Line(tuple(words)).text
    return Printed(page, around(w.box for w in words), text, min(w.confidence for w in words), words[0].cell)


def part(word: Word, start: int, end: int) -> Word:
    """A piece of a word, with its own box: cut at the character borders where they are known."""
    if start <= 0 and end >= len(word.text):
        return word
    length = len(word.text)
    start, end = max(0, start), min(length, end)
    if len(word.edges) == length + 1:
        edges = word.edges[start : end + 1]
    else:
        step = word.box.width / length
        edges = tuple(word.box.x0 + step * index for index in range(start, end + 1))
    box = Box(edges[0], word.box.y0, edges[-1], word.box.y1)
    edges = edges if word.edges else ()
    return Word(word.text[start:end], box, word.confidence, (), edges, word.cell, number=word.number)


def cut_words(strip: Strip, start: int, end: int) -> list[Word]:
    """The words of ``strip.text[start:end]``, the first and last cut where the range cuts them."""
    found: list[Word] = []
    for begin, word in zip(strip.starts, strip.words, strict=True):
        length = len(folded(word.text))
        if begin >= end or begin + length <= start:
            continue
        piece = part(word, *_unfolded(word.text, start - begin, end - begin))
        if piece.text.strip():
            found.append(piece)
    return found


def _unfolded(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a stretch of folded text stands in the text as printed, sign by sign (㎡ folds to two); all of it where signs fold
    together."""
    ends = list(accumulate(len(folded(sign)) for sign in text))
    whole = len(folded(text))
    if whole == len(text):
        return start, end
    if ends[-1] != whole:
        return 0, len(text)
    return bisect_right(ends, max(0, start)), bisect_left(ends, min(end, whole)) + 1


def clusters(words: Iterable[Word], ratio: float, gap: float) -> list[list[Word]]:
    """Words of one line in groups that stand closer than ``gap`` ems; a sheet's cells never join."""
    groups: list[list[Word]] = []
    for word in words:
        if groups:
            last = groups[-1][-1]
            space = (word.box.x0 - last.box.x1) / max(1e-6, max(word.box.height, last.box.height) * ratio)
            if space < gap and (word.cell is None or word.cell == last.cell):
                groups[-1].append(word)
                continue
        groups.append([word])
    return groups
