"""Tables with a line for each of several meters and a line of totals: what they used together, what they cost together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from extract.families.power_meters import SHARES
from extract.grammar import Bearing, Reading
from extract.tables.totals import figure, total_under, under_column
from records.document import Line
from records.facts import Check, Field, Finding, Outcome, Printed

SAYS = {"kwh": "电量", "volume": "用量", "fee": "电费", "amount": "费用"}


def several(reading: Reading, table: str) -> bool:
    """Whether every line is a meter of its own: two readings, and no share of the day or whole of another line."""
    rows = reading.tables.get(table, [])
    return len(rows) > 1 and all({"last", "this"} <= set(row) and not _share(row) for row in rows)


def _share(row: Mapping[str, Field]) -> bool:
    name = str(row["kind"].value) if "kind" in row else ""
    return any(mark in name for mark in (*SHARES, "总", "无功", "反向", "有功"))


def together(reading: Reading, table: str, sums: Mapping[str, str]) -> Iterator[Bearing]:
    """Σ of each column = what the line of totals says. ``sums``: the columns with the fields that hold their totals."""
    for column, name in sums.items() if several(reading, table) else ():
        total = total_under(reading, table, column)
        if total is not None and all(column in row for row in reading.tables[table]):
            yield _sum(reading, table, column, total, name)


def _sum(reading: Reading, table: str, column: str, total: Field, name: str) -> Bearing:
    """Lines without a meter (公摊线损) stand between; with them, a difference may be due to what was not understood."""
    says, due, others = f"Σ各表{SAYS[column]} = 合计", figure(total), _others(reading, table, column, total)
    rows = reading.tables[table]
    computed = sum((figure(row[column]) or Decimal(0) for row in rows), sum(others, Decimal(0)))
    held = reading.fields.get(name)
    own = name if held is not None and str(held.value) == str(total.value) else f"#{column}"
    paths = tuple(f"{table}[{number}].{column}" for number in range(len(rows)))
    holds = computed == due
    state = Outcome.HOLDS if holds else Outcome.CANNOT_TELL if others else Outcome.FAILS
    check = Check(f"{column}_adds_up", state, says, f"{computed:f}", f"{due:f}", f"rows 1–{len(rows)}")
    if state is Outcome.FAILS:
        told = f"明细合计 {computed:f}，印着 {due:f}，差 {abs((due or 0) - computed):f}。"
        reading.findings.append(Finding("sum_differs", told, reading.sheet.first_page))
        return Bearing(check, accuses=(*paths, *((name,) if own == name else ())))
    terms = ((own, -1), *((path, 1) for path in paths), *((f"#{column} {n}", 1) for n in range(len(others))))
    return Bearing(check, (own, *paths) if holds else (), terms=terms)


def _others(reading: Reading, table: str, column: str, total: Field) -> list[Decimal]:
    """What stands in the column above the total in lines that are no rows."""
    places = [row[column].source for row in reading.tables[table]]
    boxes = [place for place in places if isinstance(place, Printed) and place.box is not None]
    end = total.source
    if not isinstance(end, Printed) or end.box is None or not boxes:
        return []
    kind, found = reading.table_specs()[table].columns[column], list[Decimal]()
    for strip in reading.sheet.by_page[end.page]:
        y = strip.middle
        mine = any(place.page == end.page and place.box and place.box.y0 <= y <= place.box.y1 for place in boxes)
        first = min((place.box.y0 for place in boxes if place.box and place.page == end.page), default=0.0)
        if mine or not first <= y < end.box.y0 or not (words := under_column(strip, boxes)):
            continue
        picked = kind.pick(Line(tuple(words)).text, reading.money_unit)
        if picked is not None and (value := figure(picked[0])) is not None:
            found.append(value)
    return found
