"""Rows between printed lines: where a line is printed between any two rows, a row is all that stands between its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extract.grammar import Reading, Table
from extract.layout import Strip
from extract.tables.grid import Grid
from records.document import Line, Ruling, Word

_NEAR = 0.002  # of the page; lines as close as that are one


def between_lines(
    body: Sequence[Strip],
    anchors: Sequence[Strip],
    grid: Grid,
    table: Table,
    rulings: Sequence[Ruling],
    reading: Reading,
) -> list[list[Strip]]:
    """The lines of text of each row, where printed lines part all rows; else nothing."""
    if len(anchors) < 2 or anchors[0].cells:
        return []
    levels = _levels(rulings, _key_middle(anchors[0], grid, table))
    places = [bisect_right(levels, strip.middle) for strip in anchors]
    if len(levels) < 2 or len(set(places)) < len(places):
        return []
    keyed = set(places)
    rows: dict[int, list[Strip]] = {}
    for strip in body:
        rows.setdefault(bisect_right(levels, strip.middle), []).append(strip)
    inner = range(1, len(levels))
    return [
        row for place, row in rows.items() if place in keyed or (place in inner and _has_key(row, grid, table, reading))
    ]


def _key_middle(anchor: Strip, grid: Grid, table: Table) -> float:
    words = [word for word in grid.pieces(anchor.words) if grid.columns[grid.of(word)] in table.key]
    return words[0].box.middle[0]


def _levels(rulings: Sequence[Ruling], x: float) -> list[float]:
    """The heights of the level lines over a place of the page's width; the rim of a seal is a short one and none of them."""
    found: list[float] = []
    level = [r for r in rulings if abs(r.y1 - r.y0) < 0.004 and r.x0 <= x <= r.x1]
    longest = max((r.x1 - r.x0 for r in level), default=0.0)
    for y in sorted((r.y0 + r.y1) / 2 for r in level if r.x1 - r.x0 > 0.25 * longest):
        if not found or y - found[-1] > _NEAR:
            found.append(y)
    return found


def _has_key(row: Sequence[Strip], grid: Grid, table: Table, reading: Reading) -> bool:
    """Whether the lines of a row together hold its key (a date broken over two lines)."""
    for name in table.key:
        words: list[Word] = [w for strip in row for w in grid.pieces(strip.words) if grid.columns[grid.of(w)] == name]
        text = "".join(Line((word,)).text for word in words)
        if not words or table.columns[name].pick(text, reading.money_unit) is None:
            return False
    return True
