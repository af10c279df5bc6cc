"""Tables read by geometry: columns by where their heads and their words stand, rows by the line that carries their key.

Copes with wrapped cells, heads repeated on every page or missing on later ones, page totals and carried balances, several
tables on one page, and sheets whose cells are exact.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.fields import make_field
from extract.grammar import Reading, Rows, Table
from extract.headers import Header, Labels, find_headers
from extract.kinds import Clock, Count, Digits, Kind, Money, Names, Quantity, Span, Text, Token
from extract.layout import Strip, folded, squeezed
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
            if index == 0 and last is not None and header.first > 0 and same_columns(last, header):
                # a row that began on the page before may go on above the repeated head
                pass
            rows += _body(reading, table, page, strips, header.last + 1, end, header)
            last = header
    return rows


def same_columns(one: Header, other: Header) -> bool:
    """Whether two heads name the same columns (a head repeated on the next page)."""
    return one.named() == other.named()


def _body(
    reading: Reading, table: Table, page: Page, strips: Sequence[Strip], start: int, end: int, header: Header
) -> Rows:
    body = list(strips[start:end])
    if not body:
        return []
    grid = _first_grid(header)
    anchors = [strip for strip in body if _is_anchor(strip, grid, table, reading)]
    if not anchors:
        return []
    grid = _grid(header, anchors, page.rulings, body[0].cells)
    anchors = [strip for strip in body if _is_anchor(strip, grid, table, reading)]
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


def is_total(band: Band, grid: Grid, text: str) -> bool:
    """Whether a row is a subtotal or a carried balance: said at its beginning or in one of its text cells."""
    if TOTALS.search(text):
        return True
    return any(
        TOTALS.search(squeezed(folded(words[0].text)))
        for name, lines in band.cells.items()
        if name in ("summary", "_direction", "remark", "tax_type", "voucher_no")
        for words in lines
    )


# --- columns ----------------------------------------------------------------------------------------------------------


def _first_grid(header: Header) -> Grid:
    """Borders half-way between the heads: enough to see which lines carry the key."""
    heads = header.heads
    bounds = [(left.box.x1 + right.box.x0) / 2 for left, right in zip(heads, heads[1:], strict=False)]
    return Grid([head.column for head in heads], bounds)


def _grid(header: Header, anchors: Sequence[Strip], rulings: Sequence[Ruling], cells: bool) -> Grid:
    """Borders where the fewest words are cut: in the white river between two columns, or on a printed ruling."""
    heads = header.heads
    if cells:
        return _first_grid(header)
    words = sorted((word.box.x0, word.box.x1) for strip in anchors for word in strip.words)
    upright = sorted(
        {round((r.x0 + r.x1) / 2, 4) for r in rulings if abs(r.x1 - r.x0) < 0.004 and abs(r.y1 - r.y0) > 0.008}
    )
    bounds = []
    for left, right in zip(heads, heads[1:], strict=False):
        a, b = (left.box.x0 + left.box.x1) / 2, (right.box.x0 + right.box.x1) / 2
        lines = [x for x in upright if a < x < b]
        if lines:
            middle = (left.box.x1 + right.box.x0) / 2
            bounds.append(min(lines, key=lambda x: abs(x - middle)))
        else:
            bounds.append(_river(words, a, b, (left.box.x1, right.box.x0)))
    return Grid([head.column for head in heads], bounds)


def _river(words: Sequence[tuple[float, float]], a: float, b: float, between: tuple[float, float]) -> float:
    """The middle of the widest gap that no word crosses between a and b; else where the fewest cross."""
    spans = [(max(a, x0), min(b, x1)) for x0, x1 in words if x1 > a and x0 < b]
    if not spans:
        return (between[0] + between[1]) / 2
    spans.sort()
    best, reach = (0.0, 0.0), a
    for x0, x1 in spans:
        if x0 - reach > best[0]:
            best = (x0 - reach, (x0 + reach) / 2)
        reach = max(reach, x1)
    if b - reach > best[0]:
        best = (b - reach, (b + reach) / 2)
    if best[0] > 0.002:
        return best[1]
    steps = [a + (b - a) * step / 40 for step in range(1, 40)]
    middle = (between[0] + between[1]) / 2
    return min(steps, key=lambda x: (sum(x0 < x < x1 for x0, x1 in spans), abs(x - middle)))


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
        text = squeezed(strip.text)
        if TOTALS.search(text) or FOOTER.search(text) or not _continues(strip, grid, table):
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
