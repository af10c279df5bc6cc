"""Tables read by geometry: columns by where their heads and their words stand, rows by the line that carries their key.

Copes with wrapped cells, heads repeated on every page or missing on later ones, page totals and carried balances, several
tables on one page, and sheets whose cells are exact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.grammar import Reading, Rows, Table
from extract.kinds import Money
from extract.layout import Strip, clusters, folded, squeezed
from extract.tables.abreast import abreast
from extract.tables.bands import Band, bands_of, is_total
from extract.tables.grid import Grid, is_anchor, is_note
from extract.tables.grown import parted
from extract.tables.headers import Head, Header, find_headers, labels_of
from extract.tables.misread_heads import with_misread_heads
from extract.tables.row_cells import row_of
from extract.tables.sharing import is_entry
from extract.tables.upright import stood_up
from records.document import Line, Page, Ruling
from records.facts import Field, Printed, State
from records.values.days import clock


def read_tables(reading: Reading) -> None:
    """Read every table the type declares, on every page."""
    for name, table in reading.table_specs().items():
        reading.tables[name] = _read(reading, table)


def _read(reading: Reading, table: Table) -> Rows:
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
            above = _going_on(strips[: headers[0].first], _first_grid(last), table, reading)
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
    grid = _first_grid(header)
    anchors = [strip for strip in body if is_anchor(strip, grid, table, reading)]
    keyless = [s for s in body if is_entry(s, grid, table, reading)] if table.each and above else []
    lines = sorted({s.number: s for s in (*anchors, *keyless)}.values(), key=lambda s: s.number)
    if not lines:
        return []
    grid = _grid(header, _around(lines, body), page.rulings, body[0].cells)
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


# --- columns ----------------------------------------------------------------------------------------------------------


def _first_grid(header: Header) -> Grid:
    """Borders half-way between the heads: enough to see which lines carry the key."""
    heads = header.heads
    bounds = [(left.box.x1 + right.box.x0) / 2 for left, right in pairwise(heads)]
    return Grid([head.column for head in heads], bounds)


def _grid(header: Header, strips: Sequence[Strip], rulings: Sequence[Ruling], cells: bool) -> Grid:
    """Borders on a printed ruling where there is one, else in the white between the words of neighbouring columns."""
    heads = header.heads
    if cells:
        return _first_grid(header)
    apart = [[(word.box.x0, word.box.x1) for word in strip.words] for strip in strips]
    lines = [[(g[0].box.x0, g[-1].box.x1) for g in clusters(strip.words, strip.ratio, 0.6)] for strip in strips]
    bands = _covered(sorted(span for line in lines for span in line))
    owners = [(band, _heads_over(band, heads)) for band in bands]
    if len(_owned(owners)) < len(heads):  # columns may stand closer than the words of a cell
        finer = [(band, _heads_over(band, heads)) for band in _covered(sorted(span for line in apart for span in line))]
        ordered = _in_order(bands, heads) or _in_order([band for band, _ in finer], heads)
        owners = ordered or (finer if len(_owned(finer)) > len(_owned(owners)) else owners)
    if len(_owned(owners)) < len(heads):
        owners = _shared(owners, [_things(strip, line) for strip, line in zip(strips, lines, strict=True)], len(heads))
    upright = _upright(rulings, strips)
    bounds: list[float] = []
    printed: set[float] = set()
    for index, (left, right) in enumerate(pairwise(heads)):
        middle = (left.box.x1 + right.box.x0) / 2
        drawn = [x for x in upright if left.box.middle[0] < x < right.box.middle[0]]
        bound = min(drawn, key=lambda x: abs(x - middle)) if drawn else _white(owners, index, apart, heads, middle)
        bounds.append(max(bound, bounds[-1]) if bounds else bound)
        if drawn:
            printed.add(bounds[-1])
    return Grid([head.column for head in heads], bounds, frozenset(printed))


#: Pieces of one upright line stand as near to each other as this, in widths of the page.
_SAME_LINE = 0.002


def _upright(rulings: Sequence[Ruling], strips: Sequence[Strip]) -> list[float]:
    """Where upright lines pass through these rows, through half of them at least: one that stands elsewhere on the page parts
    other things, and the rim of a seal is a line too, a short one."""
    top, bottom = min((s.top for s in strips), default=0.0), max((s.box.y1 for s in strips), default=1.0)
    long: dict[float, float] = {}
    for r in rulings:
        low, high = max(top, min(r.y0, r.y1)), min(bottom, max(r.y0, r.y1))
        if abs(r.x1 - r.x0) < 0.004 and abs(r.y1 - r.y0) > 0.008 and low < high:
            x = round((r.x0 + r.x1) / 2, 4)
            near = next((known for known in long if abs(known - x) < _SAME_LINE), x)
            long[near] = long.get(near, 0.0) + high - low
    return sorted(x for x, length in long.items() if length > 0.5 * (bottom - top))


def _covered(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The bands of the page's width that words cover, left to right, with white between them."""
    bands: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if bands and x0 <= bands[-1][1] + 0.0015:
            bands[-1] = (bands[-1][0], max(bands[-1][1], x1))
        else:
            bands.append((x0, x1))
    return bands


def _heads_over(band: tuple[float, float], heads: Sequence[Head]) -> tuple[int, int]:
    """The first and last head that a band stands under; the nearest one when it stands under none."""
    over = [i for i, head in enumerate(heads) if min(band[1], head.box.x1) - max(band[0], head.box.x0) > 0.001]
    if not over:
        nearest = min(range(len(heads)), key=lambda i: max(band[0] - heads[i].box.x1, heads[i].box.x0 - band[1]))
        return nearest, nearest
    return over[0], over[-1]


_Span = tuple[float, float]


def _in_order(bands: Sequence[_Span], heads: Sequence[Head]) -> list[tuple[_Span, tuple[int, int]]]:
    """As many bands as heads belong to them one by one, however far a short name stands from the middle of its wide column;
    nothing where a band stands under another head than its own."""
    if len(bands) != len(heads):
        return []
    owners = [(band, (index, index)) for index, band in enumerate(bands)]
    for band, (index, _) in owners:
        over = [i for i, head in enumerate(heads) if min(band[1], head.box.x1) - max(band[0], head.box.x0) > 0.001]
        if over and over != [index]:
            return []
    return owners


def _owned(owners: Sequence[tuple[_Span, tuple[int, int]]]) -> set[int]:
    """The heads that some band stands under."""
    return {index for _, (first, last) in owners for index in range(first, last + 1)}


def _things(strip: Strip, groups: Sequence[_Span]) -> list[_Span]:
    """What stands apart on a line: groups of words, and figures beside an amount however close (1850 55.2977)."""
    figures = [(w.box.x0, w.box.x1) for w in strip.words if re.fullmatch(r"[-¥￥]?[\d,]+(?:\.\d+)?", folded(w.text))]
    amounts = [(w.box.x0, w.box.x1) for w in strip.words if re.search(r"\d\.\d", w.text)]
    found: list[_Span] = []
    for x0, x1 in groups:
        inside = [span for span in figures if x0 <= span[0] and span[1] <= x1]
        found += inside if len(inside) > 1 and any(span in amounts for span in inside) else [(x0, x1)]
    return found


def _shared(
    owners: Sequence[tuple[_Span, tuple[int, int]]], lines: Sequence[Sequence[_Span]], heads: int
) -> list[tuple[_Span, tuple[int, int]]]:
    """A band that holds two things in one line is two columns grown together: the head beside it that has no band is its too
    (3 33333.33 in one row, 185055.29 in the next)."""
    owned = _owned(owners)
    found = []
    for band, (first, last) in owners:
        most = max(sum(band[0] <= (a + b) / 2 <= band[1] for a, b in line) for line in lines) if lines else 0
        while most > last - first + 1:
            beside = [index for index in (first - 1, last + 1) if 0 <= index < heads and index not in owned]
            if not beside:
                break
            owned.add(beside[0])
            first, last = min(first, beside[0]), max(last, beside[0])
        found.append((band, (first, last)))
    return found


def _white(
    owners: Sequence[tuple[_Span, tuple[int, int]]],
    index: int,
    lines: Sequence[Sequence[_Span]],
    heads: Sequence[Head],
    middle: float,
) -> float:
    """The border between column ``index`` and the next: between their bands, or, where one band covers both, where the fewest
    words are cut and the most lines parted, near the middle between the heads."""
    for band, (first, last) in owners:
        if first <= index < last:
            low, high = max(band[0], heads[index].box.middle[0]), min(band[1], heads[index + 1].box.middle[0])
            before = heads[index - 1].box.middle[0] if index else 0.0
            after = heads[index + 2].box.middle[0] if index + 2 < len(heads) else 1.0
            near = [[span for span in line if span[1] > before and span[0] < after] for line in lines]
            return _fewest(near, low, high, middle)
    left = max((band[1] for band, (_, last) in owners if last <= index), default=heads[index].box.x1)
    right = min((band[0] for band, (first, _) in owners if first > index), default=heads[index + 1].box.x0)
    return (left + right) / 2


def _fewest(lines: Sequence[Sequence[_Span]], low: float, high: float, middle: float) -> float:
    edges = sorted({low, high, *(x for line in lines for span in line for x in span if low < x < high)})
    best: tuple[int, float, float] | None = None
    for x0, x1 in pairwise(edges):
        x = (x0 + x1) / 2
        crossed = sum(left < x < right for line in lines for left, right in line)
        parted = sum(any(b <= x for _, b in line) and any(a >= x for a, _ in line) for line in lines)
        if best is None or (crossed - parted, abs(x - middle)) < best[:2]:
            best = (crossed - parted, abs(x - middle), x)
    return best[2] if best else middle
