"""Tables read by geometry: columns by where their heads and their words stand, rows by the line that carries their key.

Copes with wrapped cells, heads repeated on every page or missing on later ones, page totals and carried balances, several
tables on one page, and sheets whose cells are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.grammar import Reading, Rows, Table
from extract.kinds import Money
from extract.layout import Strip, folded, squeezed
from extract.tables.abreast import abreast
from extract.tables.bands import Band, bands_of, is_total
from extract.tables.grid import Grid, is_anchor, is_note
from extract.tables.grown import parted
from extract.tables.headers import Header, find_headers
from extract.tables.labels import labels_of
from extract.tables.misread_heads import with_misread_heads
from extract.tables.parting import first_grid, grid_of
from extract.tables.row_cells import row_of
from extract.tables.sharing import is_entry
from extract.tables.upright import stood_up
from records.document import Line, Page
from records.facts import Field, Printed, State
from records.values.days import clock


def read_tables(reading: Reading) -> None:
    """Read every table the type declares, on every page."""
    for name, table in reading.table_specs().items():
        reading.tables[name] = read_table(reading, table)


def read_table(reading: Reading, table: Table) -> Rows:
    """The rows of one table, on every page."""
    labels = labels_of(table)
    rows: Rows = []
    last: Header | None = None
    for page in reading.sheet.pages:
        strips = stood_up(reading.sheet.by_page[page.number])
        sides = abreast(strips, table, labels, page.rulings)
        if sides:
            rows += _side_by_side(reading, table, page, sides)
            continue
        headers = find_headers(strips, table, labels)
        if not headers and last is not None:
            rows += _body(reading, table, page, strips, last, rows[-1] if rows else {})
            continue
        if strips and strips[0].scanned:
            headers = [with_misread_heads(header, labels) for header in headers]
        if last is not None and table.each:
            above = _going_on(strips[: headers[0].first], first_grid(last), table, reading)
            rows += _body(reading, table, page, above, last, rows[-1] if rows else {})
        for index, header in enumerate(headers):
            _head_taken(reading, page, strips[header.first : header.last + 1])
            end = headers[index + 1].first if index + 1 < len(headers) else len(strips)
            rows += _body(reading, table, page, strips[header.last + 1 : end], header, rows[-1] if rows else {})
            last = header
    return rows


def _head_taken(reading: Reading, page: Page, strips: Sequence[Strip]) -> None:
    """The lines of a head are of the table, and tell nothing by themselves."""
    lines = {(page.number, strip.number) for strip in strips}
    reading.taken |= lines
    reading.heads |= lines


def _going_on(strips: Sequence[Strip], grid: Grid, table: Table, reading: Reading) -> Sequence[Strip]:
    """What goes on above a head of this page: up to the last line with a key by itself, a day and perhaps its hour."""
    last = 0
    for number, strip in enumerate(strips, 1):
        for name in table.key:
            cell = Line(tuple(word for word in strip.words if grid.columns[grid.of(word)] == name)).text
            picked = table.columns[name].pick(cell, reading.money_unit) if cell else None
            rest = cell.replace(picked[1], "").strip() if picked else "?"
            last = number if not rest or clock(rest) else last
    return strips[:last]


def _side_by_side(reading: Reading, table: Table, page: Page, sides: Sequence[Sequence[Strip]]) -> Rows:
    """The rows of two stretches of a table, line by line and left before right; of a ledger one stretch after the other."""
    rows: Rows = []
    for strips in sides:
        for header in find_headers(strips, table, labels_of(table))[:1]:
            _head_taken(reading, page, strips[header.first : header.last + 1])
            rows += _body(reading, table, page, strips[header.last + 1 :], header, {})
    return (
        rows if table.each else sorted(rows, key=_line_of)
    )  # of a ledger the right stretch goes on where the left one ends


def _line_of(row: Mapping[str, Field]) -> float:
    """How far down a row stands; rows of one line keep their order."""
    boxes = [field.source.box for field in row.values() if isinstance(field.source, Printed) and field.source.box]
    return round(min((box.middle[1] for box in boxes), default=0.0), 2)


def _body(
    reading: Reading, table: Table, page: Page, body: Sequence[Strip], header: Header, above: Mapping[str, Field]
) -> Rows:
    """The rows under one head; ``above`` is the row before them, whose key goes on where they print none."""
    body = parted(_before_end(body, table))
    if not body:
        return []
    grid = first_grid(header)
    anchors = [strip for strip in body if is_anchor(strip, grid, table, reading)]
    keyless = [s for s in body if is_entry(s, grid, table, reading)] if table.each and above else []
    lines = sorted({s.number: s for s in (*anchors, *keyless)}.values(), key=lambda s: s.number)
    if not lines:
        return []
    grid = grid_of(header, _around(lines, body), page.rulings, body[0].cells)
    anchors = [strip for strip in body if is_anchor(strip, grid, table, reading)]
    if not anchors and not keyless:  # between the better borders no line carries the key any more: it was no table
        return []
    rows: Rows = []
    for band in bands_of(body, anchors, grid, table, page.rulings, reading):
        row = row_of(reading, table, band)
        text = squeezed(" ".join(folded(word.text) for word in band.strips[0].words))
        if row and table.each:
            row = _keyed(row, rows[-1] if rows else above, table)
        if is_total(band, grid, text):
            continue
        if table.each and not (all(name in row for name in table.key) and _moves_money(band, table)):
            continue
        reading.taken.update((strip.page, strip.number) for strip in band.strips)
        if row:
            rows.append(row)
    return rows


def _moves_money(band: Band, table: Table) -> bool:
    """Whether a figure stands where every row has one: a day by itself (printed on, from … to …) is no row."""
    figured = {name for name, kind in table.columns.items() if isinstance(kind, Money)}
    return any(
        any(character.isdigit() for word in words for character in folded(word.text))
        for name in figured
        for words in band.cells.get(name, [])
    )


def _before_end(body: Sequence[Strip], table: Table) -> Sequence[Strip]:
    """The lines above the one that ends the table, where the table says how it ends."""
    for index, strip in enumerate(body if table.ends else ()):
        if squeezed(strip.text).startswith(table.ends):
            return body[:index]
    return body


def _around(lines: Sequence[Strip], body: Sequence[Strip]) -> list[Strip]:
    """The lines of the table with their neighbours above and below, when these stand close enough to be of it."""
    first, last = lines[0], lines[-1]

    def near(strip: Strip) -> bool:
        if strip.number == first.number - 1:
            return first.top - strip.box.y1 < 1.2 * first.height
        if strip.number == last.number + 1:
            return strip.top - last.box.y1 < 1.2 * last.height
        return first.number <= strip.number <= last.number

    return [strip for strip in body if near(strip) and not is_note(strip)]


def _keyed(row: dict[str, Field], above: Mapping[str, Field], table: Table) -> dict[str, Field]:
    """The date of the row above is the date of this one too; on a scan it may as well be a date that was not read."""
    carried = {}
    for name in table.key:
        if name not in row and name in above:
            source = above[name].source
            sure = isinstance(source, Printed) and source.confidence == 1.0
            carried[name] = above[name] if sure else replace(above[name], state=State.LOW_CONFIDENCE)
    return carried | row
