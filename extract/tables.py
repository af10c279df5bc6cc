"""Tables read by geometry: columns by where their heads and their words stand, rows by the line that carries their key.

Copes with wrapped cells, heads repeated on every page or missing on later ones, page totals and carried balances, several
tables on one page, and sheets whose cells are exact.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from extract.fields import make_field
from extract.grammar import Reading, Rows, Table
from extract.headers import Head, Header, Labels, find_headers
from extract.kinds import Clock, Count, Digits, Kind, Money, Names, Quantity, Span, Text, Token
from extract.layout import Strip, clusters, folded, squeezed
from records.document import Line, Page, Ruling, Word
from records.facts import Field, Finding

#: Rows that are about rows: they never count as data (documents.md §0.6).
TOTALS = re.compile(
    r"^(?:本页|本月|本年|本期|当页)?(?:小计|合计|总计|累计|共计)|^承前页|^过次页|^上页结转|^转下页|^接上页|^结转下页"
    r"|^(?:收入|支出|借方|贷方|人民币)?(?:总计|合计|小计)|^期[初末]余额$|^上期余额|^(?:balance)?(?:brought|carried)forward|^total",
    re.IGNORECASE,
)
#: Lines that end a table: what stands under it on every page.
FOOTER = re.compile(
    r"^第\d+页|^共\d+页|^页码|^page\d*|^\d+/\d+$|^打印|^制表|^柜员|^操作员|^温馨提示|^说明|^备注[:：]|^注[:：]|^声明|^以下空白|^-+$|^以上|^妥善保管",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Grid:
    """Where the columns of a table stand on a page: ``bounds[i]`` is the right border of column i."""

    columns: list[str | None]
    bounds: list[float]

    def of(self, word: Word) -> int:
        return bisect_right(self.bounds, (word.box.x0 + word.box.x1) / 2)


@dataclass(slots=True)
class Band:
    """One row of a table: its lines, and its words by column."""

    strips: list[Strip]
    cells: dict[str, list[list[Word]]] = field(default_factory=dict)


def read_tables(reading: Reading) -> None:
    """Read every table the type declares, on every page."""
    for name, table in reading.table_specs().items():
        reading.tables[name] = _read(reading, table)


def _read(reading: Reading, table: Table) -> Rows:
    labels = Labels(table.columns)
    rows: Rows = []
    last: Header | None = None
    for page in reading.sheet.pages:
        strips = reading.sheet.by_page[page.number]
        headers = find_headers(strips, table, labels)
        if not headers and last is not None:
            rows += _body(reading, table, page, strips, 0, len(strips), last)
            continue
        for index, header in enumerate(headers):
            reading.taken.update((page.number, n) for n in range(header.first, header.last + 1))
            end = headers[index + 1].first if index + 1 < len(headers) else len(strips)
            rows += _body(reading, table, page, strips, header.last + 1, end, header)
            last = header
    return rows


def _body(
    reading: Reading, table: Table, page: Page, strips: Sequence[Strip], start: int, end: int, header: Header
) -> Rows:
    body = list(_before_end(strips[start:end], table))
    if not body:
        return []
    grid = _first_grid(header)
    anchors = [strip for strip in body if _is_anchor(strip, grid, table, reading)]
    if not anchors:
        return []
    near = [s for s in body if anchors[0].number - 1 <= s.number <= anchors[-1].number + 1 and not _is_note(s)]
    grid = _grid(header, near, page.rulings, body[0].cells)
    anchors = [strip for strip in body if _is_anchor(strip, grid, table, reading)]
    if not anchors:  # between the better borders no line carries the key any more: it was no table
        return []
    bands = _bands(body, anchors, grid, table)
    rows: Rows = []
    for band in bands:
        row = _row(reading, table, band, grid)
        text = squeezed(" ".join(folded(word.text) for word in band.strips[0].words))
        if is_total(band, grid, text):
            continue
        reading.taken.update((strip.page, strip.number) for strip in band.strips)
        if row:
            rows.append(row)
    return rows


def _before_end(body: Sequence[Strip], table: Table) -> Sequence[Strip]:
    """The lines above the one that ends the table, where the table says how it ends."""
    for index, strip in enumerate(body if table.ends else ()):
        if squeezed(strip.text).startswith(table.ends):
            return body[:index]
    return body


def is_total(band: Band, grid: Grid, text: str) -> bool:
    """Whether a row is a subtotal or a carried balance: said at its beginning or in one of its text cells."""
    if TOTALS.search(text):
        return True
    return any(
        TOTALS.search(squeezed(" ".join(folded(word.text) for word in words)))
        for name, lines in band.cells.items()
        if name in ("summary", "_direction", "remark", "tax_type", "voucher_no")
        for words in lines
    )


# --- columns ----------------------------------------------------------------------------------------------------------


def _is_note(strip: Strip) -> bool:
    """Whether a line is about the table, not of it: a total, a page number, a remark."""
    text = squeezed(strip.text)
    return bool(TOTALS.search(text) or FOOTER.search(text))


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
    spans = sorted((word.box.x0, word.box.x1) for strip in strips for word in strip.words)
    groups = [group for strip in strips for group in clusters(strip.words, strip.ratio, 0.6)]
    wholes = sorted((group[0].box.x0, group[-1].box.x1) for group in groups)
    owners = [(band, _heads_over(band, heads)) for band in _covered(wholes)]
    upright = sorted(
        {round((r.x0 + r.x1) / 2, 4) for r in rulings if abs(r.x1 - r.x0) < 0.004 and abs(r.y1 - r.y0) > 0.008}
    )
    bounds: list[float] = []
    for index, (left, right) in enumerate(pairwise(heads)):
        middle = (left.box.x1 + right.box.x0) / 2
        lines = [x for x in upright if left.box.middle[0] < x < right.box.middle[0]]
        bound = min(lines, key=lambda x: abs(x - middle)) if lines else _white(owners, index, spans, heads, middle)
        bounds.append(max(bound, bounds[-1]) if bounds else bound)
    return Grid([head.column for head in heads], bounds)


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


def _white(
    owners: Sequence[tuple[tuple[float, float], tuple[int, int]]],
    index: int,
    spans: Sequence[tuple[float, float]],
    heads: Sequence[Head],
    middle: float,
) -> float:
    """The border between column ``index`` and the next: between their bands, or, where one band covers both, where the fewest
    words are cut, near the middle between the heads."""
    for band, (first, last) in owners:
        if first <= index < last:
            low, high = max(band[0], heads[index].box.middle[0]), min(band[1], heads[index + 1].box.middle[0])
            return _fewest(spans, low, high, middle)
    left = max((band[1] for band, (_, last) in owners if last <= index), default=heads[index].box.x1)
    right = min((band[0] for band, (first, _) in owners if first > index), default=heads[index + 1].box.x0)
    return (left + right) / 2


def _fewest(spans: Sequence[tuple[float, float]], low: float, high: float, middle: float) -> float:
    crossed = [(x0, x1) for x0, x1 in spans if x1 > low and x0 < high]
    edges = sorted({low, high, *(x for span in crossed for x in span if low < x < high)})
    best: tuple[int, float, float] | None = None
    for x0, x1 in pairwise(edges):
        x = (x0 + x1) / 2
        count = sum(left < x < right for left, right in crossed)
        if best is None or (count, abs(x - middle)) < best[:2]:
            best = (count, abs(x - middle), x)
    return best[2] if best else middle


# --- rows -------------------------------------------------------------------------------------------------------------


def _is_anchor(strip: Strip, grid: Grid, table: Table, reading: Reading) -> bool:
    """Whether a line carries the key of a row: every key column holds a readable value on it."""
    for name in table.key:
        words = [word for word in strip.words if grid.columns[grid.of(word)] == name]
        if not words or table.columns[name].pick(Line(tuple(words)).text, reading.money_unit) is None:
            return False
    return True


#: Kinds whose cells may go on over several lines.
WRAPS = (Text, Token, Digits, Span, Clock, Names)


def _bands(body: Sequence[Strip], anchors: Sequence[Strip], grid: Grid, table: Table) -> list[Band]:
    """Rows: each anchor with the lines that continue its cells, above or below."""
    bands = [Band([strip]) for strip in anchors]
    if not anchors[0].cells:
        _adopt(body, bands, grid, table)
    for band in bands:
        for strip in sorted(band.strips, key=lambda s: s.number):
            by_column: dict[str, list[Word]] = {}
            for word in strip.words:
                column = grid.columns[grid.of(word)]
                if column:
                    by_column.setdefault(column, []).append(word)
            for column, words in by_column.items():
                band.cells.setdefault(column, []).append(words)
    return bands


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
        if _is_note(strip) or not _continues(strip, grid, table):
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
        kind = table.columns[column]
        if not isinstance(kind, WRAPS):
            return False
    return True


def _row(reading: Reading, table: Table, band: Band, grid: Grid) -> dict[str, Field]:
    row: dict[str, Field] = {}
    page = band.strips[0].page
    for name, kind in table.columns.items():
        lines = band.cells.get(name)
        if not lines:
            continue
        cell = _cell(kind, lines, page, reading)
        if cell is not None:
            row[name] = cell
    return row


def _cell(kind: Kind[Any], lines: list[list[Word]], page: int, reading: Reading) -> Field | None:
    words = [word for line in lines for word in line]
    texts = [Line(tuple(line)).text for line in lines]
    joined = _glued(texts)
    picked = kind.pick(joined, reading.money_unit)
    if picked is None and len(texts) > 1:
        picked = kind.pick(texts[0], reading.money_unit)
    if picked is None:
        if isinstance(kind, Money | Count | Quantity) and any(character.isdigit() for character in joined):
            reading.findings.append(
                Finding("cell_unreadable", f"“{kind.labels[0]}”一栏的“{joined}”读不出数值。", page, words[0].box)
            )
        return None
    return make_field(kind, picked[0], words, page, joined)


def _glued(texts: Sequence[str]) -> str:
    """The lines of a wrapped cell as one text: a blank only between Latin words."""
    result = ""
    for text in texts:
        if result and result[-1].isascii() and text[:1].isascii() and result[-1].isalpha() and text[:1].isalpha():
            result += " "
        result += text
    return result
