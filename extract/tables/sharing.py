"""Rows that share a key: where a table prints the date once for all of a day, its rows come apart by indent and by money.

A row of such a table is a run of lines with one amount among them. It begins at a line with a key, or at a line that stands
as far left as the text of those lines does; where nothing is indented, the place of the amount (on the first line of a row,
or on the last) says where rows end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.grammar import Reading, Table
from extract.kinds import Day
from extract.layout import Strip, folded
from extract.tables.grid import WRAPS, Grid, goes_on, is_note
from records.document import Line, Word
from records.values.days import clock

#: An amount on paper ends in its two decimals; a wrapped piece of one does not begin with them.
COMPLETE = re.compile(r"\d\.\d\d\D{0,3}$")
_FIGURES = 4  # digits that a misread key still has
_FAR = 2.0  # heights of a line: white space that ends a table
_NEAR = 0.6  # ems


def sharing(
    body: Sequence[Strip], anchors: Sequence[Strip], grid: Grid, table: Table, reading: Reading
) -> list[list[Strip]]:
    """The lines of each row, where rows without a key of their own stand among the others; else nothing."""
    if not table.each:
        return []
    keyed = {strip.number for strip in anchors}
    lines = _lines(body, keyed, grid, table, reading)
    if not any(is_entry(strip, grid, table, reading) for strip in lines if strip.number not in keyed):
        return []
    moneyed = {strip.number for strip in lines if amount_on(strip, grid, table, reading)}
    indent = _indent(lines, keyed, grid, table)
    first = indent is None and _money_comes_first(lines, keyed, moneyed)
    rows: list[list[Strip]] = []
    for strip in lines:
        money, open_row = strip.number in moneyed, bool(rows) and not moneyed & {s.number for s in rows[-1]}
        if strip.number in keyed:
            begins = True
        elif indent is not None:
            begins = (_left(strip, grid, table) <= indent + _NEAR * strip.em() or money) and not open_row
        else:
            begins = money if first else not open_row
        if begins or not rows:
            rows.append([strip])
        else:
            rows[-1].append(strip)
    return _settled(rows, keyed, moneyed)


def is_entry(strip: Strip, grid: Grid, table: Table, reading: Reading) -> bool:
    """Whether a line without a key is a row of its own, or the last line of one: an amount, and words that say what it is. On a
    scan its key may stand there and not be read."""
    columns = {grid.columns[grid.of(word)] for word in strip.words if not _hour(word, grid, table)}
    if (columns & set(table.key) and not _misread_key(strip, grid, table)) or is_note(strip):
        return False
    says = any(isinstance(table.columns[name], WRAPS) for name in columns if name)
    return says and amount_on(strip, grid, table, reading)


def _hour(word: Word, grid: Grid, table: Table) -> bool:
    """Whether a word is the time of day in the column of days: the day stands by itself over the rows of it."""
    name = grid.columns[grid.of(word)]
    return name in table.key and isinstance(table.columns[name or ""], Day) and clock(folded(word.text)) is not None


def _misread_key(strip: Strip, grid: Grid, table: Table) -> bool:
    """Whether what stands in the columns of the key is figures, of a line that is no anchor."""
    words = [word for word in grid.pieces(strip.words) if grid.columns[grid.of(word)] in table.key]
    return strip.scanned and sum(letter.isdigit() for word in words for letter in word.text) >= _FIGURES


def amount_on(strip: Strip, grid: Grid, table: Table, reading: Reading) -> bool:
    """Whether one, and only one, of the columns that every row fills holds a whole amount on this line."""
    found = 0
    for name in table.each:
        words = tuple(word for word in grid.pieces(strip.words) if grid.columns[grid.of(word)] == name)
        if not words:
            continue
        text = Line(words).text
        picked = table.columns[name].pick(text, reading.money_unit)
        if picked is None or not (strip.cells or COMPLETE.search(folded(text))):
            return False
        found += picked[0] != Decimal(0)
    return found == 1


def _lines(body: Sequence[Strip], keyed: set[int], grid: Grid, table: Table, reading: Reading) -> list[Strip]:
    """From the first row to where the table ends: a wide gap, or the end of the page; notes are left out."""
    lines: list[Strip] = []
    for strip in body:
        if not lines and strip.number not in keyed and not is_entry(strip, grid, table, reading):
            continue
        if strip.number not in keyed and is_note(strip):
            continue
        if lines and not strip.cells and strip.top - lines[-1].box.y1 > _FAR * strip.height:
            if any(number > strip.number for number in keyed):
                lines.append(strip)
                continue
            break
        lines.append(strip)
    while lines and lines[-1].number not in keyed and not _belongs(lines[-1], grid, table, reading):
        lines.pop()
    return lines


def _belongs(strip: Strip, grid: Grid, table: Table, reading: Reading) -> bool:
    """Whether the last line could be of the table: an amount, or words in columns that may wrap and nothing else."""
    if amount_on(strip, grid, table, reading):
        return True
    cells = [(word, table.columns[name]) for word in strip.words if (name := grid.columns[grid.of(word)])]
    return bool(cells) and all(goes_on(word, kind) for word, kind in cells)


def _left(strip: Strip, grid: Grid, table: Table) -> float:
    """Where the text of a line begins, its key left aside."""
    words = [word for word in strip.words if grid.columns[grid.of(word)] not in table.key]
    return words[0].box.x0 if words else 1.0


def _indent(lines: Sequence[Strip], keyed: set[int], grid: Grid, table: Table) -> float | None:
    """How far left rows begin, where the lines that go on with them stand further in; None where nothing tells them apart."""
    lefts = [_left(strip, grid, table) for strip in lines if strip.number in keyed]
    if not lefts or min(lefts) == 1.0:
        return None
    indent = min(lefts)
    others = [strip for strip in lines if strip.number not in keyed]
    further = [s for s in others if _left(s, grid, table) > indent + _NEAR * s.em()]
    return indent if further else None


def _money_comes_first(lines: Sequence[Strip], keyed: set[int], moneyed: set[int]) -> bool:
    beside = [strip.number in moneyed for strip in lines if strip.number in keyed]
    return 2 * sum(beside) >= len(beside)


def _settled(rows: list[list[Strip]], keyed: set[int], moneyed: set[int]) -> list[list[Strip]]:
    """Lines that came to no amount and have no key are told with the row above them."""
    result: list[list[Strip]] = []
    for row in rows:
        numbers = {strip.number for strip in row}
        if result and not numbers & moneyed and not numbers & keyed:
            result[-1] += row
        else:
            result.append(row)
    return result
