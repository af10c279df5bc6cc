"""Tables of a page as cells, found by geometry: by printed lines where there are some, else by words that stand under words.

Copes with merged cells, missing outer borders, double lines and coloured grounds (their edges arrive as lines). Text that runs
over a border is cut between its characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from records.borders import NEAR, Stroke, cut, strokes_of
from records.document import Box, Line, Page, Ruling, Word, around, lines_of

_COVERS = 0.6  # of its side that a line must border for two cells to be apart
_MOST = 20_000  # squares of a grid; a chart's millimetre paper is no table
_WHITE = 1.0  # heights of the text between two columns without a line


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: rows and columns from 0, how many of each it spans, its place, what stands in it."""

    row: int
    column: int
    box: Box
    text: str
    words: tuple[Word, ...] = ()
    high: int = 1
    wide: int = 1


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its cells by row and column, empty ones too."""

    cells: tuple[TableCell, ...]
    box: Box
    ruled: bool  #: found by printed lines, not by alignment

    @property
    def rows(self) -> int:
        return max(cell.row + cell.high for cell in self.cells)

    @property
    def columns(self) -> int:
        return max(cell.column + cell.wide for cell in self.cells)


def tables_of(page: Page) -> tuple[PageTable, ...]:
    """Every table of a page, top to bottom."""
    named = [word for word in page.words if word.cell]
    if named:
        return (_of_a_sheet(named),)
    ruled = [table for table in (_ruled(part, page) for part in _parts(page.rulings)) if table is not None]
    free = [w for w in page.words if not any(_inside(w.box, table.box) for table in ruled)]
    ratio = page.height / page.width if page.width else 1.0
    return tuple(sorted([*ruled, *_aligned(free, ratio)], key=lambda table: (table.box.y0, table.box.x0)))


def _inside(inner: Box, outer: Box) -> bool:
    x, y = inner.middle
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


# --- printed lines -----------------------------------------------------------------------------------------------------


def _parts(rulings: Sequence[Ruling]) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Lines that touch one another, table by table."""
    upright, level = strokes_of(rulings)
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    for across in level:
        touching = [g for g in groups if any(u.covers(across.at) and across.covers(u.at) for u in g[0])]
        mine: tuple[list[Stroke], list[Stroke]] = ([], [across])
        for group in touching:
            groups.remove(group)
            mine = (mine[0] + group[0], mine[1] + group[1])
        for one in upright:
            if one not in mine[0] and one.covers(across.at) and across.covers(one.at):
                mine[0].append(one)
        groups.append(mine)
    for up, across_all in groups:
        if len(up) >= 1 and len(across_all) >= 2:
            yield up, across_all


def _ruled(part: tuple[list[Stroke], list[Stroke]], page: Page) -> PageTable | None:
    upright, level = part
    xs = _places([*(s.at for s in upright), min(s.start for s in level), max(s.end for s in level)])
    ys = _places([*(s.at for s in level), min(s.start for s in upright), max(s.end for s in upright)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns < 2 or rows < 1 or columns < 1 or rows * columns > _MOST:
        return None
    spans = _spans(xs, ys, upright, level)
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    held = _held([word for word in page.words if _inside(word.box, box)], xs, ys, spans)
    cells = []
    for (row, column), (high, wide) in sorted(spans.items()):
        place = Box(xs[column], ys[row], xs[column + wide], ys[row + high])
        words = held.get((row, column), [])
        cells.append(TableCell(row, column, place, _text(words), tuple(words), high, wide))
    if sum(bool(cell.words) for cell in cells) < 2:
        return None
    return PageTable(tuple(cells), box, True)


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 1.5 * NEAR:
            found.append(value)
    return found


Spans = dict[tuple[int, int], tuple[int, int]]


def _spans(xs: Sequence[float], ys: Sequence[float], upright: Sequence[Stroke], level: Sequence[Stroke]) -> Spans:
    """The cells by their first square, each with its height and width in squares: squares without a line between them are one."""
    taken: set[tuple[int, int]] = set()
    spans: Spans = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = 1
            while (
                column + wide < len(xs) - 1
                and (row, column + wide) not in taken
                and not _between(upright, xs[column + wide], ys[row], ys[row + 1])
            ):
                wide += 1
            high = 1
            while row + high < len(ys) - 1 and _goes_on(row + high, column, wide, xs, ys, upright, level, taken):
                high += 1
            spans[row, column] = (high, wide)
            taken.update((row + a, column + b) for a in range(high) for b in range(wide))
    return spans


def _goes_on(
    row: int, column: int, wide: int, xs: Sequence[float], ys: Sequence[float],
    upright: Sequence[Stroke], level: Sequence[Stroke], taken: set[tuple[int, int]],
) -> bool:  # fmt: skip
    """Whether a cell goes on over this row: no line above any of its squares, none between them."""
    squares = range(column, column + wide)
    if any((row, square) in taken or _between(level, ys[row], xs[square], xs[square + 1]) for square in squares):
        return False
    inner = any(_between(upright, xs[square], ys[row], ys[row + 1]) for square in squares if square > column)
    return not inner


def _between(strokes: Sequence[Stroke], at: float, start: float, end: float) -> bool:
    """Whether lines border most of this side."""
    covered = sum(max(0.0, min(s.end, end) - max(s.start, start)) for s in strokes if abs(s.at - at) <= 1.5 * NEAR)
    return covered > _COVERS * (end - start)


def _held(
    words: Sequence[Word], xs: Sequence[float], ys: Sequence[float], spans: Spans
) -> dict[tuple[int, int], list[Word]]:
    """The words of each cell, by its first square."""
    owner = {
        (row + a, column + b): (row, column)
        for (row, column), (high, wide) in spans.items()
        for a in range(high)
        for b in range(wide)
    }
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = min(max(0, bisect_right(ys, word.box.middle[1]) - 1), len(ys) - 2)
        borders = [
            xs[column]
            for column in range(1, len(xs) - 1)
            if word.box.x0 < xs[column] < word.box.x1 and owner[row, column - 1] != owner[row, column]
        ]
        for piece in cut(word, borders):
            column = min(max(0, bisect_right(xs, piece.box.middle[0]) - 1), len(xs) - 2)
            held.setdefault(owner[row, column], []).append(piece)
    return held


def _text(words: Sequence[Word]) -> str:
    return "\n".join(line.text for line in lines_of(words))


# --- words under words -------------------------------------------------------------------------------------------------


def _aligned(words: Sequence[Word], ratio: float) -> Iterator[PageTable]:
    """Three lines and more whose words leave the same white between them."""
    run: list[list[list[Word]]] = []
    bottom = 0.0
    for line in lines_of(words):
        groups = _groups(line, ratio)
        box = line.box
        if len(groups) >= 2 and (not run or box.y0 - bottom < 1.6 * box.height):
            run.append(groups)
        else:
            yield from _table(run)
            run = [groups] if len(groups) >= 2 else []
        bottom = box.y1
    yield from _table(run)


def _groups(line: Line, ratio: float) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in line.words:
        white = _WHITE * word.box.height * ratio
        if groups and word.box.x0 - groups[-1][-1].box.x1 < white:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _table(run: Sequence[Sequence[Sequence[Word]]]) -> Iterator[PageTable]:
    if len(run) < 3:
        return
    bands: list[tuple[float, float]] = []
    for x0, x1 in sorted((group[0].box.x0, group[-1].box.x1) for groups in run for group in groups):
        if bands and x0 <= bands[-1][1]:
            bands[-1] = bands[-1][0], max(bands[-1][1], x1)
        else:
            bands.append((x0, x1))
    if len(bands) < 2:
        return
    starts = [band[0] for band in bands]
    cells = []
    for row, groups in enumerate(run):
        by_column: dict[int, list[Word]] = {}
        for group in groups:
            by_column.setdefault(bisect_right(starts, group[0].box.middle[0]) - 1, []).extend(group)
        top, bottom = min(g[0].box.y0 for g in groups), max(g[0].box.y1 for g in groups)
        for column, (x0, x1) in enumerate(bands):
            held = by_column.get(column, [])
            cells.append(TableCell(row, column, Box(x0, top, x1, bottom), _text(held), tuple(held)))
    yield PageTable(tuple(cells), around(cell.box for cell in cells), False)


# --- sheets ------------------------------------------------------------------------------------------------------------


def _of_a_sheet(words: Sequence[Word]) -> PageTable:
    cells = []
    for word in words:
        found = re.fullmatch(r"([A-Z]+)(\d+)", word.cell or "")
        if found:
            column = 0
            for letter in found[1]:
                column = 26 * column + ord(letter) - 64
            cells.append(TableCell(int(found[2]) - 1, column - 1, word.box, word.text, (word,)))
    return PageTable(tuple(cells), around(cell.box for cell in cells), True)
