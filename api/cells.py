"""Where the cells of a spreadsheet stand on the picture of its page: a reading names them (C12), the kept words have places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from records.document import Box
from records.facts import Field, Paper, Printed

NEAR = 0.3  #: of a row: how far a word may stand from the middle of its row


def places(papers: Iterable[Paper], page: int, words: Sequence[Sequence[Any]]) -> dict[str, Box]:
    """Cell name -> its box on this page. Rows are of one height, so one sure cell tells the height of all."""
    printed = dict(_printed(papers, page))
    at: dict[str, list[Box]] = {}
    for _, text, *box in words:
        at.setdefault(str(text).strip(), []).append(Box(*box))
    heights = [_middle(at[raw][0]) / (_row(cell) - 0.5) for cell, raw in printed.items() if len(at.get(raw, ())) == 1]
    if not heights:
        return {}
    height, found = median(heights), {}
    for cell, raw in sorted(printed.items(), key=lambda one: (_row(one[0]), _column(one[0]))):
        middle = (_row(cell) - 0.5) * height
        near = [box for box in at.get(raw, ()) if abs(_middle(box) - middle) < NEAR * height]
        if near:  # the same text twice in one row: the columns in their order
            found[cell] = min(near, key=lambda box: box.x0)
            at[raw].remove(found[cell])
    return found


def _printed(papers: Iterable[Paper], page: int) -> Iterable[tuple[str, str]]:
    for paper in papers:
        rows: list[Mapping[str, Field]] = [paper.fields, *(row for table in paper.tables.values() for row in table)]
        for row in rows:
            for field in row.values():
                source = field.source
                if isinstance(source, Printed) and source.cell and source.page == page:
                    yield source.cell, source.raw.strip()


def _row(cell: str) -> int:
    return int("".join(letter for letter in cell if letter.isdigit()) or 1)


def _column(cell: str) -> int:
    number = 0
    for letter in cell:
        if letter.isalpha():
            number = number * 26 + ord(letter.upper()) - 64
    return number


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2
