"""Risk events as callers see them: the event, where it was read, whom it is about, its deadline and its life so far."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from archive import tables
from archive.events import EventStatus
from archive.listing import Listing, read_cursor, write_cursor
from archive.stamps import day_of
from records.contract import event_from
from records.facts import RiskEvent
from records.loans import Loan

#: Working days within which somebody must act (archive.md §11).
DAYS_TO_ACT = {"severe": 1, "moderate": 5, "light": 10}


@dataclass(frozen=True, slots=True)
class EventChange:
    """One step in the life of an event."""

    at: str
    by: str
    status: EventStatus
    reason: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A risk event with where it was read, whom it is about, and its life so far."""

    id: str
    event: RiskEvent
    status: EventStatus
    document_id: str | None  #: None for rules over several papers (see the indicator named in its args)
    document_name: str | None
    paper: int | None
    customer_no: str | None
    customer_name: str | None
    loan_note_no: str | None
    current: bool  #: False when what it rested on was read or linked otherwise since
    opened_at: str
    changed_at: str
    due: str | None  #: the day by which somebody must act; None when not open
    history: tuple[EventChange, ...] = ()


_RANK = sa.case({"severe": 0, "moderate": 1, "light": 2}, value=tables.event.c.severity, else_=3)
_ORDER = (_RANK, tables.event.c.opened_at, tables.event.c.id)


def of_loan(loan: Loan) -> sa.ColumnElement[bool]:
    """Events of a loan itself, and of its borrower as a whole; not those of the borrower's other loans."""
    event = tables.event
    own = sa.or_(event.c.loan_note_no.is_(None), event.c.loan_note_no == loan.loan_note_no)
    return sa.and_(event.c.customer_no == loan.customer_no, own)


def where(conn: sa.Connection, condition: sa.ColumnElement[bool]) -> Sequence[EventRecord]:
    """The events for which the condition holds; severe ones first, then the longest open."""
    return _records(conn, conn.execute(_select().where(condition).order_by(*_ORDER)).all())


def listing(
    conn: sa.Connection, condition: sa.ColumnElement[bool], cursor: str | None, limit: int
) -> Listing[EventRecord]:
    """One page of them."""
    total = conn.execute(sa.select(sa.func.count()).select_from(tables.event).where(condition)).scalar_one()
    query = _select().where(condition)
    if cursor:
        rank, opened_at, event_id = read_cursor(cursor, 3)
        after = sa.tuple_(sa.literal(int(rank)), sa.literal(opened_at), sa.literal(event_id))
        query = query.where(sa.tuple_(*_ORDER) > after)
    rows = conn.execute(query.order_by(*_ORDER).limit(limit + 1)).all()
    page = rows[:limit]
    more = write_cursor(str(page[-1].rank), page[-1].opened_at, page[-1].id) if len(rows) > limit else None
    return Listing(tuple(_records(conn, page)), total, more)


def _select() -> sa.Select[Any]:
    event, document, customer = tables.event, tables.document, tables.customer
    return (
        sa.select(
            event, _RANK.label("rank"), document.c.name.label("document_name"), customer.c.name.label("customer_name")
        )
        .outerjoin(document, document.c.id == event.c.document_id)
        .outerjoin(customer, customer.c.customer_no == event.c.customer_no)
    )


def _records(conn: sa.Connection, rows: Sequence[Any]) -> Sequence[EventRecord]:
    history = tables.event_history
    lives: dict[str, list[EventChange]] = {}
    ids = [row.id for row in rows]
    for step in conn.execute(sa.select(history).where(history.c.event_id.in_(ids)).order_by(history.c.id)):
        lives.setdefault(step.event_id, []).append(EventChange(step.at, step.by, step.status, step.reason))
    return [
        EventRecord(
            id=row.id,
            event=event_from(json.loads(row.json)),
            status=row.status,
            document_id=row.document_id,
            document_name=row.document_name,
            paper=row.paper,
            customer_no=row.customer_no,
            customer_name=row.customer_name,
            loan_note_no=row.loan_note_no,
            current=bool(row.current),
            opened_at=row.opened_at,
            changed_at=row.changed_at,
            due=_due(row),
            history=tuple(lives.get(row.id, ())),
        )
        for row in rows
    ]


def _due(row: Any) -> str | None:
    if row.status not in ("open", "confirmed") or row.severity is None:
        return None
    return working_days_after(day_of(row.opened_at), DAYS_TO_ACT[row.severity]).isoformat()


def working_days_after(day: date, count: int) -> date:
    """The day that many working days later, Saturdays and Sundays left out (holidays are not known here)."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
