"""Periods whose two days stand apart: 所属期起 and 所属期止, each in a column or behind a label of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from extract.grammar import Reading
from records.facts import Field, Period, State

_WHICH = (
    "税款所属期",
    "税款所属时期",
    "税款所属期间",
    "税款所属时间",
    "税(费)款所属期",
    "所属期",
    "所属时期",
    "所属期间",
)
BEGINS = tuple(f"{which}{end}" for which in _WHICH for end in ("起", "起始", "始", "(起)", "起始日期", "起日"))
ENDS = tuple(f"{which}{end}" for which in _WHICH for end in ("止", "终止", "终", "(止)", "终止日期", "止日"))


def spanned(reading: Reading, table: str) -> None:
    """Give the rows of a table the period that their two days make."""
    for row in reading.tables.get(table, []):
        found = joined(row, "_begins", "_ends")
        if found is not None and "period" not in row:
            row["period"] = found


def joined(values: Mapping[str, Field], begins: str, ends: str) -> Field | None:
    """The period of two days; None where one is missing or they stand the wrong way round."""
    first, last = values.get(begins), values.get(ends)
    if first is None or last is None or not isinstance(first.value, date) or not isinstance(last.value, date):
        return None
    if first.value > last.value:
        return None
    state = State.LOW_CONFIDENCE if State.LOW_CONFIDENCE in (first.state, last.state) else State.CONSISTENT
    return Field("period", Period(first.value, last.value), first.source, state)
