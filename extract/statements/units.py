"""万元 said in the head of a statement's table: every amount multiplied out, or none proved where the unit is not clear.

A chain holds in 万元 as well as in 元, so no arithmetic would ever notice a unit that was overlooked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extract.grammar import Reading
from extract.layout import Strip, squeezed
from records.facts import Field, Finding, Printed, State

#: 万元 as a unit: in brackets, behind a label or a currency; never behind a figure (500万元 is a sum).
SAID = re.compile(r"(?:[(:]|单位|人民币|币种|金额)(?:人民币)?万元")
TEN_THOUSAND = Decimal(10000)
COLUMNS = ("amount", "_in", "_out", "balance")
UNCLEAR = "unit_unclear"


def settle_unit(reading: Reading, table: str = "transactions") -> None:
    """Multiply out a unit that stands in the heads of the columns or over them and that the page's own unit line does not say."""
    rows = reading.tables.get(table, [])
    if reading.money_unit != 1 or not rows:
        return
    said = [strip for strip in _above(reading, rows[0]) if SAID.search(squeezed(strip.text))]
    if not said:
        return
    columns = {name for row in rows for name in COLUMNS if name in row}
    in_heads = sum(len(re.findall(r"\(万元\)", squeezed(strip.text))) for strip in said)
    if 0 < in_heads < len(columns) or any("(元)" in squeezed(strip.text) for strip in said):
        message = "表头的金额单位有“万元”也有“元”，金额按印着的数读取，请核对单位。"
        reading.findings.append(Finding(UNCLEAR, message, said[0].page))
        for row in rows:
            row.update({name: replace(row[name], state=State.LOW_CONFIDENCE) for name in COLUMNS if name in row})
        return
    reading.money_unit = TEN_THOUSAND
    for row in rows:
        row.update({name: _times(row[name]) for name in COLUMNS if name in row})
    for name in ("opening_balance", "closing_balance", "total_in", "total_out"):
        if name in reading.fields:
            reading.fields[name] = _times(reading.fields[name])


def _above(reading: Reading, first: dict[str, Field]) -> list[Strip]:
    """The lines over the first row, the head of the table included."""
    source = next(iter(first.values())).source
    if not isinstance(source, Printed) or source.box is None:
        return []
    top = source.box.y0
    return [strip for strip in reading.sheet.by_page[source.page] if strip.box.y1 <= top + 0.002][-25:]


def _times(field: Field) -> Field:
    """An amount multiplied out, unless it carries a unit of its own."""
    own = isinstance(field.source, Printed) and re.search(r"[万元]", field.source.raw)
    return field if own or not isinstance(field.value, Decimal) else replace(field, value=field.value * TEN_THOUSAND)
