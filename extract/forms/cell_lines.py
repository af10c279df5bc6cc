"""Ruled forms read cell by cell: text that wraps inside a cell goes on below, not into the cell beside it.

A printed line of a form runs through all its cells. Where one of them wraps, its halves stand on lines with the halves of its
neighbours, and neither a label nor a sentence can be told from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.layout import Strip
from records.borders import Borders
from records.document import Box, Line, Word

_FULL = 2.2  # ems: a line that ends this near its cell's right border was broken by it
_LONG = 16  # letters: more than a label holds
_SAME_ROW = 0.004  # of the page


@dataclass(slots=True)
class Cell:
    """A cell with what stands in it, line by line."""

    box: Box
    lines: list[tuple[Strip, list[Word]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(Line(tuple(words)).text for _, words in self.lines)


def cells_of(strips: Sequence[Strip], borders: Borders) -> list[tuple[Strip, list[Cell | None]]]:
    """Every line with the cells its words stand in, left to right; None for words outside all cells."""
    known: dict[Box, Cell] = {}
    found = []
    for strip in strips:
        mine: list[Cell | None] = []
        for word in strip.words:
            box = borders.cell_at(word.box.middle[0], strip.middle)
            cell = known.setdefault(box, Cell(box)) if box else None
            if cell is not None and not (cell.lines and cell.lines[-1][0] is strip):
                cell.lines.append((strip, []))
            if cell is not None:
                cell.lines[-1][1].append(word)
            mine.append(cell)
        found.append((strip, mine))
    return found


#: A line as a reader reads it: pieces of printed lines, each with its words.
Pieces = list[tuple[Strip, list[Word]]]


def lines_by_cell(strips: Sequence[Strip], borders: Borders) -> list[Line]:
    """The lines of a ruled page as a reader reads them: a row with wrapped cells cell by cell, any other line as it stands.

    A row of cells stands between empty lines: no sentence goes on from one row into the next.
    """
    lines: list[Line] = []
    for pieces, in_row in _read(strips, borders):
        line = Line(tuple(word for _, words in pieces for word in words))
        lines += [Line(()), line, Line(())] if in_row else [line]
    return lines


def pieces_by_cell(strips: Sequence[Strip], borders: Borders) -> list[Pieces]:
    """The same lines in the pieces they are printed in."""
    return [pieces for pieces, _ in _read(strips, borders)]


def _read(strips: Sequence[Strip], borders: Borders) -> Iterator[tuple[Pieces, bool]]:
    """Line by line, and whether it is the whole of what a row of several cells says there."""
    rows: list[list[tuple[Strip, list[Cell | None]]]] = []
    for strip, cells in cells_of(strips, borders):
        wrapped = any(cell is not None and len(cell.lines) > 1 and cell.lines[0][0] is not strip for cell in cells)
        if wrapped and rows:
            rows[-1].append((strip, cells))
        else:
            rows.append([(strip, cells)])
    for row in rows:
        lines = list(_row(row))
        several = len({id(cell) for _, mine in row for cell in mine if cell is not None}) > 1
        yield from ((line, several and len(lines) == 1) for line in lines)


def _row(row: Sequence[tuple[Strip, list[Cell | None]]]) -> Iterator[Pieces]:
    cells = {id(cell): cell for _, mine in row for cell in mine if cell is not None}
    outside = any(cell is None for _, mine in row for cell in mine)
    if len(row) == 1 or len(cells) < 2 or outside:
        yield from ([(strip, list(strip.words))] for strip, _ in row)
        return
    line: Pieces = []
    last: Cell | None = None
    for cell in sorted(cells.values(), key=lambda one: (round(one.box.y0 / _SAME_ROW), one.box.x0)):
        if last is not None and line and (cell.box.y0 - last.box.y0 > _SAME_ROW or len(last.text) > _LONG):
            yield line
            line = []
        for strip, words in cell.lines:
            line.append((strip, words))
            if strip is not cell.lines[-1][0] and words[-1].box.x1 < cell.box.x1 - _FULL * strip.em():
                yield line
                line = []
        last = cell
    if line:
        yield line
