"""The rows of a table: which lines carry one, which lines go on with it, and which are only about the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.grammar import Reading, Table
from extract.layout import Strip, folded, squeezed
from extract.tables.grid import TOTALS, Grid, goes_on, is_note
from extract.tables.ruled import between_lines
from extract.tables.sharing import sharing
from records.document import Ruling, Word

_LINE = 0.3  # of a word: further down it stands on another line, further over it stands under another word


#: A year that stands before the words of a carried balance: 2026 OPENING BALANCE.
YEAR = re.compile(r"^(?:19|20)\d{2}(?=\D)")


@dataclass(slots=True)
class Band:
    """One row of a table: its lines, and its words by column."""

    strips: list[Strip]
    cells: dict[str, list[list[Word]]] = field(default_factory=dict)


def is_total(band: Band, grid: Grid, text: str) -> bool:
    """Whether a row is a subtotal or a carried balance: said at its beginning or in one of its text cells."""
    if TOTALS.search(text):
        return True
    return any(
        TOTALS.search(YEAR.sub("", squeezed(" ".join(folded(word.text) for word in words))))
        for name, lines in band.cells.items()
        if name in ("summary", "_direction", "remark", "tax_type", "voucher_no")
        for words in lines
    )


def bands_of(
    body: Sequence[Strip],
    anchors: Sequence[Strip],
    grid: Grid,
    table: Table,
    rulings: Sequence[Ruling],
    reading: Reading,
) -> list[Band]:
    """Rows: each anchor with the lines that continue its cells, above or below."""
    told = sharing(body, anchors, grid, table, reading)
    if not told and anchors:
        told = between_lines(body, anchors, grid, table, rulings, reading)
    bands = [Band(strips) for strips in told or ([strip] for strip in anchors)]
    if not told and anchors and not anchors[0].cells:
        _adopt(body, bands, grid, table)
    for band in bands:
        for strip in sorted(band.strips, key=lambda s: s.number):
            by_column: dict[str, list[Word]] = {}
            for word in grid.pieces(strip.words):
                column = grid.columns[grid.of(word)]
                if column:
                    by_column.setdefault(column, []).append(word)
            for column, words in by_column.items():
                band.cells.setdefault(column, []).extend(_lines(words) if strip.scanned else [words])
    return bands


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """The lines of a cell among its words on one line of the page: of a scan two narrow lines may have run into one, and words
    that stand one over the other cannot be neighbours."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.y0 + w.box.y1):
        if lines and not any(_over(word, other) for other in lines[-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]


def _over(one: Word, other: Word) -> bool:
    """Whether two words stand one over the other: on other heights, and over more than their rims."""
    apart = abs(one.box.middle[1] - other.box.middle[1]) > _LINE * min(one.box.height, other.box.height)
    return apart and one.box.shared_width(other.box) > _LINE * min(one.box.width, other.box.width)


def _adopt(body: Sequence[Strip], bands: list[Band], grid: Grid, table: Table) -> None:
    """Give every continuing line to the row it belongs to: the nearer one; a footer ends the table."""
    own = {strip.number: index for index, strip in enumerate(band.strips[0] for band in bands)}
    current: int | None = None
    waiting: list[Strip] = []
    for strip in body:
        if strip.number in own:
            current = own[strip.number]
            for line in reversed(waiting):
                if bands[current].strips[0].top - line.box.y1 < 0.8 * line.height:
                    bands[current].strips.insert(0, line)
            waiting = []
            continue
        if is_note(strip) or not _continues(strip, grid, table):
            current, waiting = None, []
            continue
        following = next(
            (bands[own[s.number]].strips[0] for s in body if s.number > strip.number and s.number in own), None
        )
        above = strip.top - bands[current].strips[-1].box.y1 if current is not None else float("inf")
        below = following.top - strip.box.y1 if following is not None else float("inf")
        if above <= below + 0.15 * strip.height and above < 1.1 * strip.height:
            assert current is not None
            bands[current].strips.append(strip)
        elif below < 1.1 * strip.height:
            waiting.append(strip)


def _continues(strip: Strip, grid: Grid, table: Table) -> bool:
    """Whether all words of a line stand in columns whose cells may wrap."""
    for word in strip.words:
        column = grid.columns[grid.of(word)]
        if column is None:
            continue
        if not goes_on(word, table.columns[column]):
            return False
    return True
