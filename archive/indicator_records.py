"""Indicators on file, as last computed from all papers of a customer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive import tables
from records.contract import indicator_from
from records.facts import Indicator


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """An indicator of a customer for one period."""

    id: str  #: of this record; stays when the figure changes
    customer_no: str
    indicator: Indicator
    computed_at: str


def indicators_of(conn: sa.Connection, customer_no: str) -> Sequence[IndicatorRecord]:
    """All indicators of a customer, by id, then by period."""
    table = tables.indicator
    rows = conn.execute(sa.select(table).where(table.c.customer_no == customer_no).order_by(table.c.key))
    return [
        IndicatorRecord(row.id, row.customer_no, indicator_from(json.loads(row.json)), row.computed_at) for row in rows
    ]
