"""The totals row of a table: what stands under a column in the line that says 合计, and whether the column adds up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.forms.fields import make_field
from extract.grammar import Bearing, Fieldset, Reading
from extract.layout import Strip, clusters, squeezed
from records.document import Line, Word
from records.facts import Check, Field, Finding, Outcome, Printed, Value

TOTAL = re.compile(r"^\S{0,4}?(?:合计|总计|共计|总额)|^total", re.IGNORECASE)


#: Where the line of the total begins when it was taken for the end of the last row.
SUM_LINE = re.compile(r"(?:金额|税款|税额)?(?:合计|总计)")


class TotalsLine(Fieldset):
    """Gives the line that says 合计 back to the labels when a table took it for a row, or for the end of the last one."""

    def __init__(self, table: str) -> None:
        self.table = table

    def read(self, reading: Reading) -> None:
        rows = [
            row for row in reading.tables.get(self.table, []) if not any(_says_total(cell) for cell in row.values())
        ]
        reading.tables[self.table] = [
            *rows[:-1],
            *({name: _cut(cell) for name, cell in row.items()} for row in rows[-1:]),
        ]
        for strip in reading.sheet.strips:
            if SUM_LINE.match(squeezed(strip.text)):
                reading.taken.discard((strip.page, strip.number))


def _says_total(cell: Field) -> bool:
    return isinstance(cell.value, str) and SUM_LINE.match(cell.value) is not None


def _cut(cell: Field) -> Field:
    """A cell without the total that had grown into it."""
    if not isinstance(cell.value, str):
        return cell
    found = SUM_LINE.search(cell.value)
    return replace(cell, value=cell.value[: found.start()]) if found and found.start() else cell


def total_under(reading: Reading, table: str, column: str) -> Field | None:
    """The value in the totals row under a column; None where there is no such row or nothing stands there."""
    rows = reading.tables.get(table, [])
    places = [row[column].source for row in rows if column in row]
    printed = [place for place in places if isinstance(place, Printed) and place.box is not None]
    if not printed:
        return None
    last = printed[-1]
    kind = reading.table_specs()[table].columns[column]
    for strip in reading.sheet.by_page[last.page]:
        if (
            last.box is None
            or strip.top < last.box.y1 - 0.5 * last.box.height
            or not TOTAL.search(squeezed(strip.text))
        ):
            continue
        words = under_column(strip, printed)
        text = Line(tuple(words)).text if words else ""
        picked = kind.pick(text, reading.money_unit) if text else None
        if picked is not None:
            return make_field(kind, picked[0], words, strip.page, text)
    return None


def under_column(strip: Strip, places: Sequence[Printed]) -> list[Word]:
    """The words of a line that stand in the column of these cells."""
    letters = {re.sub(r"\d", "", place.cell) for place in places if place.cell}
    if letters and strip.cells:
        return [word for word in strip.words if re.sub(r"\d", "", word.cell or "") in letters]
    left = min(place.box.x0 for place in places if place.box)
    right = max(place.box.x1 for place in places if place.box)
    groups = clusters(strip.words, strip.ratio, 0.6)
    under = [
        g for g in groups if min(right, g[-1].box.x1) - max(left, g[0].box.x0) > 0.3 * (g[-1].box.x1 - g[0].box.x0)
    ]
    return under[-1] if under and any(letter.isdigit() for letter in Line(tuple(under[-1])).text) else []


def adds_up(
    reading: Reading, table: str, column: str, says: str, total: Field | None = None, name: str = ""
) -> Iterator[Bearing]:
    """Σ column = total: a single wrong figure on either side breaks it. ``name``: the field that holds the total."""
    total = total or total_under(reading, table, column)
    rows = reading.tables.get(table, [])
    paths = tuple(f"{table}[{number}].{column}" for number, row in enumerate(rows) if column in row)
    identity = f"{column}_adds_up"
    due = figure(total)
    if due is None or not paths:
        yield Bearing(Check(identity, Outcome.CANNOT_TELL, says, where="缺明细" if total else "缺合计"))
        return
    computed = sum((figure(row[column]) or Decimal(0) for row in rows if column in row), Decimal(0))
    holds = computed == due
    check = Check(
        identity,
        Outcome.HOLDS if holds else Outcome.FAILS,
        says,
        f"{computed:f}",
        f"{due:f}",
        f"rows 1–{len(paths)}",
        values=(name,) if name else (),
    )
    every = (*paths, name) if name else paths
    if not holds:
        unit = " 元" if total is not None and isinstance(total.value, Decimal) else ""
        says_so = f"明细合计 {computed:f}，印着 {due:f}，差 {abs(due - computed):f}{unit}。"
        reading.findings.append(Finding("sum_differs", says_so, reading.sheet.first_page))
    terms = (*((path, 1) for path in paths), (name or f"#{identity}", -1))
    yield Bearing(check, every if holds else (), () if holds else every, terms)


def figure(held: Field | Value | None) -> Decimal | None:
    """The number that a cell or its value is: money, or a quantity kept as digits."""
    value = held.value if isinstance(held, Field) else held
    if isinstance(value, str) and re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return Decimal(value)
    return value if isinstance(value, Decimal) else None
