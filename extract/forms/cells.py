"""Values in ruled forms: in the label's own cell, in the cell to its right, or in the one below; never beyond.

A row of heads over a row of values is told from labels beside their values: then the value stands below its head.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.boxes import EMPTY, TICKED
from extract.layout import Sheet, Strip, clusters, cut_words
from records.borders import Borders, cut
from records.document import Box, Word
from records.values import days

_FRAME = 0.25  # of the page's height: a box as high as that frames a page or a part of it, it is no cell
_OVER = 0.01  # of the page's width: a word that reaches so far on both sides of a line was not written in its cell
_WHITE = 1.0  # ems between two heads
Starts = Mapping[tuple[int, int], Sequence[int]]


def in_cells(
    strip: Strip, start: int, end: int, sheet: Sheet, starts: Starts, *, below: bool, far: bool
) -> list[list[Word]] | None:
    """The places where the value of a label (``strip.text[start:end]``) may stand, best first; None outside ruled forms.

    ``far``: empty cells between label and value are passed over, as between 承前页 and its balance.
    """
    borders = sheet.borders(strip.page)
    words = cut_words(strip, start, max(start + 1, end)) if borders else []
    if borders is None or not words:
        return None
    own = borders.cell_at((words[0].box.x0 + words[-1].box.x1) / 2, strip.middle)
    if own is None or own.height > _FRAME or words[-1].box.x1 > own.x1 + 0.01:
        return None
    form = Form(sheet, borders, strip.page, starts)
    beside = borders.right_of(own)
    if beside is None and form.labels(own) > 1:
        return None
    places = [form.rest(own, strip, end)]
    named = ":" not in strip.text[start:end] and beside is not None and not form.labels(beside)
    if named and beside is not None and form.words(beside) and _foreign(places[0], strip):
        places = [[]]  # 纳税人名称 Taxpayer | 甲公司: the label once more in another language
    heads = below and form.heads_over_values(own)
    if beside is not None and not heads and not form.labels(beside):
        places.append(form.words(beside) or (form.beyond(beside) if far else []))
    elif beside is not None and not heads:
        places.append(form.before_labels(beside))
    elif below:
        under = borders.below(own)
        if under is not None and not form.labels(under) and (heads or beside is not None):
            places.append(form.words(under))
    if not places[0]:
        places.append(form.beneath(own, strip))
    found = [place for place in places if place]
    return found if found or beside is not None else None


def _foreign(words: Sequence[Word], strip: Strip) -> bool:
    """Whether these words are a label's translation: Latin letters only, on its line."""
    text = "".join(word.text for word in words)
    here = all(strip.top < word.box.middle[1] < strip.box.y1 for word in words)
    return bool(text) and here and re.fullmatch(r"[A-Za-z.()/&'’-]+", text) is not None


def _within(words: Sequence[Word], cell: Box) -> list[Word]:
    """The words between the left and the right border of a cell; one that runs over a border is cut there."""
    pieces = [
        piece for word in words for piece in cut(word, [x for x in (cell.x0, cell.x1) if word.box.x0 < x < word.box.x1])
    ]
    return [piece for piece in pieces if cell.x0 < piece.box.middle[0] < cell.x1]


def under_heads(strip: Strip, start: int, end: int, sheet: Sheet, starts: Starts) -> list[Word]:
    """The value under a label that stands in a row of heads without any lines: the next line begins where the heads do, and
    it is what holds the figures."""
    lines = sheet.by_page[strip.page]
    if strip.cells or strip.number + 1 >= len(lines) or any(c.isdigit() or c in ":：" for c in strip.text):
        return []
    lower = lines[strip.number + 1]
    close = lower.top - strip.box.y1 < 1.5 * strip.height
    if not close or (lower.page, lower.number) in starts or not any(c.isdigit() for c in lower.text):
        return []
    heads = clusters(strip.words, strip.ratio, _WHITE)
    values = clusters(lower.words, lower.ratio, _WHITE)
    if len(heads) < 2 or len(values) < 2 or _in_pairs(strip, heads, lines, starts):
        return []
    words = cut_words(strip, start, max(start + 1, end))
    left = words[0].box.x0 if words else -1.0
    beside = any(group[0].box.x0 > left for group in heads) or heads[-1][-1] is not words[-1]
    under = next((group for group in values if beside and abs(group[0].box.x0 - left) < 0.5 * strip.em()), [])
    alone = len(heads) == 2 and not any(other != start for other in starts.get((strip.page, strip.number), ()))
    if alone and not any(c.isdigit() for word in under for c in word.text):
        return []  # 规划用途  住宅 over 总层数  7: two labels with their values, and the lower one is none of ours
    return under


def _in_pairs(strip: Strip, heads: Sequence[Sequence[Word]], lines: Sequence[Strip], starts: Starts) -> bool:
    """Whether a line of two things is a label with its value: a line near it has its only label in the same place."""
    for number in (strip.number - 1, strip.number + 2):
        if len(heads) != 2 or not 0 <= number < len(lines) or len(starts.get((strip.page, number), ())) != 1:
            continue
        groups = clusters(lines[number].words, lines[number].ratio, _WHITE)
        if len(groups) == 2 and abs(groups[0][0].box.x0 - heads[0][0].box.x0) < 0.5 * strip.em():
            return True
    return False


class Form:
    """A ruled page with the labels that were found on it."""

    def __init__(self, sheet: Sheet, borders: Borders, page: int, starts: Starts) -> None:
        self.borders = borders
        self.strips = sheet.by_page[page]
        self.starts = starts

    def words(self, cell: Box) -> list[Word]:
        """Everything that stands in a cell, in reading order."""
        return [
            word
            for strip in self.strips
            if strip.box.y1 > cell.y0 and strip.top < cell.y1
            for word in _within(strip.words, cell)
            if cell.y0 < word.box.middle[1] < cell.y1
        ]

    def labels(self, cell: Box) -> int:
        """How many labels begin in a cell."""
        count = 0
        for strip in self.strips:
            if not cell.y0 < strip.middle < cell.y1:
                continue
            for start in self.starts.get((strip.page, strip.number), ()):
                box = strip.words[strip.word_at(start)].box
                count += cell.x0 - 0.004 <= box.x0 < cell.x1 and cell.y0 < box.middle[1] < cell.y1
        return count

    def rest(self, cell: Box, strip: Strip, end: int) -> list[Word]:
        """What stands behind a label in its own cell, up to the next label."""
        later = [s for s in self.starts.get((strip.page, strip.number), ()) if s >= end]
        words = _within(cut_words(strip, end, min(later, default=len(strip.text))), cell)
        if not words or any(strip.words[strip.word_at(s)].box.x0 < cell.x1 for s in later):
            return words
        return words + self.beneath(cell, strip)

    def before_labels(self, cell: Box) -> list[Word]:
        """What stands in a cell before its first label: 壹拾万元整 （小写）¥100,000.00."""
        words: list[Word] = []
        for strip in self.strips:
            if not cell.y0 < strip.middle < cell.y1:
                continue
            places = (strip.words[strip.word_at(s)].box.x0 for s in self.starts.get((strip.page, strip.number), ()))
            stop = min((x for x in places if cell.x0 - 0.004 <= x < cell.x1), default=cell.x1)
            words += [word for word in _within(strip.words, cell) if word.box.x0 < stop - 1e-6]
            if stop < cell.x1:
                break
        return words

    def beneath(self, cell: Box, strip: Strip) -> list[Word]:
        """What stands on the lower lines of a cell, up to the next label: forms print a small label over its value."""
        words: list[Word] = []
        for line in (s for s in self.strips if s.number > strip.number and s.middle < cell.y1):
            if (line.page, line.number) in self.starts and self.labels(Box(cell.x0, line.top, cell.x1, line.box.y1)):
                break
            words += _within(line.words, cell)
        return words

    def beyond(self, cell: Box) -> list[Word]:
        """What stands in the first cell to the right that is not empty, when it holds no label."""
        for _ in range(30):
            beside = self.borders.right_of(cell)
            if beside is None or self.labels(beside):
                return []
            if words := self.words(beside):
                return words
            cell = beside
        return []

    def heads_over_values(self, cell: Box) -> bool:
        """Whether a cell is a head: it and its neighbours name things, and what stands under each is no name."""
        row = [cell]
        while len(row) < 30 and (beside := self.borders.right_of(row[-1])) is not None:
            if abs(beside.y0 - cell.y0) > 0.004 or abs(beside.y1 - cell.y1) > 0.004:
                return False
            row.append(beside)
        if len(row) < 2 or not all(self._names(place) for place in row):
            return False
        if len(row) == 2 and not all(self.labels(place) for place in row):
            return False  # a label and its value, over the next label and value
        under = [self.borders.below(place) for place in row]
        if self._pairs(row, under):
            return False
        same = all(
            low is not None and abs(low.x0 - top.x0) < 0.006 and abs(low.x1 - top.x1) < 0.006
            for low, top in zip(under, row, strict=True)
        )
        if not same or any(low is not None and self._run_over(low) for low in under):
            return False
        texts = ["".join(word.text for word in self.words(low)) for low in under if low is not None]
        labelled = any(low is not None and self.labels(low) for low in under)
        return not labelled and any(texts) and (len(row) > 2 or any(any(c.isdigit() for c in text) for text in texts))

    def _run_over(self, cell: Box) -> bool:
        """Whether a word runs over the border of a cell: then it is no cell but a stretch of the page between two tables."""
        return any(
            word.box.x0 < edge - _OVER and edge + _OVER < word.box.x1
            for strip in self.strips
            if cell.y0 < strip.middle < cell.y1
            for word in strip.words
            for edge in (cell.x0, cell.x1)
        )

    def _pairs(self, row: Sequence[Box], under: Sequence[Box | None]) -> bool:
        """Whether labels stand beside their values, two and more to a row: every other cell is a label, and what stands below it
        may be one that nobody declared."""
        if len(row) % 2 or not all(bool(self.labels(place)) is (index % 2 == 0) for index, place in enumerate(row)):
            return False
        return all(low is not None and self._names(low) for low in under[::2])

    def _names(self, cell: Box) -> bool:
        text = "".join(word.text for word in self.words(cell))
        text = re.sub(r"(?<=[mM㎡])[23²³]", "", text)  # 用气量(m³) holds no figure
        if any(character.isdigit() or character in TICKED + EMPTY for character in text) or days.day(text) is not None:
            return False
        return 0 < len(text) <= 24 and text[-1] not in ":："
