"""Labels on a paper: what announces a value, and those that wrap inside their cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.forms.cell_lines import Cell, cells_of
from extract.kinds import Kind
from extract.layout import Sheet, Strip, clusters, cut_words
from records.document import Line, Word
from records.values.text import fold

_LONGEST = 24  # letters: no label is longer
_CLOSE = 1.0  # ems between a label and a value printed right behind it
_NARROW = 10.0  # ems: the least width of a column of text
_FULL = 2.5  # ems: a line that ends this near what stands to its right was broken by it
_STOPS = "。;；.!！?？"
_MOST_LINES = 4
_TABLE = 5  # times as many lines as stand outside its tables: such a page is a table from top to foot and holds no form


@dataclass(frozen=True, slots=True)
class Label:
    """A label found on a line: which field it announces and where its value would begin."""

    kind: Kind[Any]
    rank: int  #: place among the synonyms of its kind: the first is the best
    strip: Strip
    start: int
    end: int  #: where the value begins in ``strip.text``
    colon: bool


def wrapped_labels(
    sheet: Sheet, kinds: Sequence[Kind[Any]], found: Sequence[Label], taken: set[tuple[int, int]]
) -> list[Label]:
    """Labels that fill a cell over several of its lines, outside the tables; each stands where its last line does."""
    owners: dict[str, list[tuple[Kind[Any], int]]] = {}
    for kind in kinds:
        for rank, text in enumerate(kind.labels):
            owners.setdefault(fold(text).replace(" ", ""), []).append((kind, rank))
    labels = []
    for page in sheet.pages:
        lines = sheet.by_page[page.number]
        strips = [strip for strip in lines if (strip.page, strip.number) not in taken]
        table_only = len(lines) > _TABLE * len(strips)
        borders = None if table_only else sheet.borders(page.number)
        if borders is None:
            continue
        cells = {id(c): c for _, mine in cells_of(strips, borders) for c in mine if c is not None}
        for cell in cells.values():
            letters = max(len(Line(tuple(words)).text) for _, words in cell.lines)
            if len(cell.lines) < 2 or len(cell.text) > _LONGEST or letters < 2:  # 备 over 注: set upright, not wrapped
                continue
            text = re.sub(r"\([^()]*\)$", "", fold(cell.text).replace(" ", "").rstrip(":"))
            labels += [_label(cell, kind, rank) for kind, rank in owners.get(text, ()) if not _known(cell, kind, found)]
    return labels


def _label(cell: Cell, kind: Kind[Any], rank: int) -> Label:
    strip, words = cell.lines[-1]
    first, last = (next(i for i, word in enumerate(strip.words) if word is one) for one in (words[0], words[-1]))
    return Label(kind, rank, strip, strip.starts[first], strip.starts[last] + len(strip.words[last].text), colon=False)


def _known(cell: Cell, kind: Kind[Any], found: Sequence[Label]) -> bool:
    """Whether this label was found in this cell already, on one of its lines."""
    return any(
        label.kind is kind and label.strip is strip and _begins_in(cell, label)
        for label in found
        for strip, _ in cell.lines
    )


def _begins_in(cell: Cell, label: Label) -> bool:
    words = cut_words(label.strip, label.start, label.start + 1)
    return bool(words) and cell.box.x0 <= words[0].box.x0 < cell.box.x1


def flowing_on(
    words: list[Word],
    label: Label,
    sheet: Sheet,
    starts: Mapping[tuple[int, int], Sequence[int]],
    taken: Collection[tuple[int, int]],
) -> list[Word]:
    """A value right behind its label with the lines it goes on in below the label, where its own line was full.

    In a column of a page without ruled cells the text wraps back to where the label begins. Lines of a table (``taken``) and
    columns too narrow to hold a value that wraps are no such text.
    """
    strip = label.strip
    name = cut_words(strip, label.start, label.end)
    if not name or not words or (words[0].box.x0 - name[-1].box.x1) / strip.em() > _CLOSE:
        return words
    left, right = name[0].box.x0, _right_of(words[-1], strip, sheet)
    if right - left < _NARROW * strip.em():
        return words
    result, last = list(words), words[-1]
    for lower in sheet.by_page[strip.page][strip.number + 1 : strip.number + 1 + _MOST_LINES]:
        if (lower.page, lower.number) in taken:
            break
        close = lower.top - last.box.y1 < 0.95 * strip.height and last.text[-1:] not in _STOPS
        more = _begins_at(left, right, lower, starts) if close else []
        if not more or right - last.box.x1 > (_FULL + _whole(more[0])) * strip.em():
            break
        result += more
        last = more[-1]
    return result


def _whole(word: Word) -> float:
    """How much of a word (in ems, roughly) goes to the next line as one: a number, a Latin word."""
    found = re.match(r"[!-~]{2,}", word.text)
    return 0.55 * len(found.group()) if found else 0.0


def _right_of(word: Word, strip: Strip, sheet: Sheet) -> float:
    """Where what stands to the right begins, on this line or in the column beside it; else where the text of the page ends."""
    lines = sheet.by_page[strip.page]
    beside = [other.box.x0 for other in strip.words]
    for near in lines[max(0, strip.number - 1) : strip.number + 2]:
        beside += [group[0].box.x0 for group in clusters(near.words, near.ratio, _CLOSE)]
    return min((x for x in beside if x >= word.box.x1), default=max(line.words[-1].box.x1 for line in lines))


def _begins_at(left: float, right: float, lower: Strip, starts: Mapping[tuple[int, int], Sequence[int]]) -> list[Word]:
    """The words of a line that begin at this place and announce nothing of their own."""
    em = lower.em()
    group = next((g for g in clusters(lower.words, lower.ratio, _CLOSE) if abs(g[0].box.x0 - left) <= 0.6 * em), [])
    if not group or group[-1].box.x1 > right + 0.3 * em or ":" in Line(tuple(group)).text.replace("：", ":"):
        return []
    heads = (lower.words[lower.word_at(start)] for start in starts.get((lower.page, lower.number), ()))
    return [] if any(head is word for head in heads for word in group) else group
