"""The archive of a loan as people ask for it: papers by stage, completeness, timeline, indicators, events, entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import entries, event_records, events, tables
from archive.book import LoanBook
from archive.checklist import STAGE_OF, STAGES, Completeness, HeldPaper, Item, completeness, period_key, requirements
from archive.database import writing
from archive.entries import EntryRecord
from archive.event_records import EventChange, EventRecord
from archive.events import EventStatus
from archive.indicator_records import IndicatorRecord, indicators_of
from archive.listing import Listing
from archive.papers import FiledPaper, papers_of_loan
from archive.stamps import now
from archive.stamps import today as today_at_the_bank
from archive.timeline import TimelineItem, timeline
from records.errors import NotFound, Refused
from records.loans import Borrower, Loan

__all__ = ["Dossier", "EntryRecord", "EventChange", "EventRecord", "EventStatus", "IndicatorRecord", "TimelineItem"]


class Dossier:
    """Everything on file about a loan or a customer, and what people add to it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def archive(self, loan_no: str, today: date | None = None) -> dict[str, Any]:
        """The archive of a loan on a day: papers by stage, entries, completeness, links with their reasons."""
        with self.engine.connect() as conn:
            loan, customer = _loan(conn, loan_no)
            papers = papers_of_loan(conn, loan)
            waived = _waivers(conn, loan_no)
            written = entries.of_loan(conn, loan_no)
        day = today or today_at_the_bank()
        held = completeness(loan, [_held(paper) for paper in papers], day, waived)
        return {
            "loan": _loan_json(loan),
            "customer": {"customer_no": customer.customer_no, "name": customer.name, "kind": customer.kind},
            "stages": [_stage_json(stage, papers) for stage in STAGES],
            "entries": [entries.entry_json(entry) for entry in written],
            "completeness": _completeness_json(held, waived),
        }

    def timeline(self, loan_no: str) -> Sequence[TimelineItem]:
        """Everything in the life of a loan, newest first."""
        with self.engine.connect() as conn:
            loan, _ = _loan(conn, loan_no)
            return timeline(
                loan,
                papers_of_loan(conn, loan),
                event_records.where(conn, event_records.of_loan(loan)),
                entries.of_loan(conn, loan_no),
            )

    def indicators(self, loan_no: str) -> Sequence[IndicatorRecord]:
        """The indicators of a loan: its own, and those of its borrower as a whole, by id and time."""
        with self.engine.connect() as conn:
            loan = _loan(conn, loan_no)[0]
            found = indicators_of(conn, loan.customer_no)
        return [one for one in found if one.indicator.loan_note_no in (None, loan.loan_note_no)]

    def customer_indicators(self, customer_no: str) -> Sequence[IndicatorRecord]:
        """The indicators of a customer, by id and time."""
        with self.engine.connect() as conn:
            _customer(conn, customer_no)
            return indicators_of(conn, customer_no)

    def events(self, loan_no: str) -> Sequence[EventRecord]:
        """Risk events of a loan: its own, and those of its borrower as a whole; severe ones first."""
        with self.engine.connect() as conn:
            return event_records.where(conn, event_records.of_loan(_loan(conn, loan_no)[0]))

    def customer_events(self, customer_no: str) -> Sequence[EventRecord]:
        """Risk events of a customer and all its loans; severe ones first."""
        with self.engine.connect() as conn:
            _customer(conn, customer_no)
            return event_records.where(conn, tables.event.c.customer_no == customer_no)

    def document_events(self, document_id: str) -> Sequence[EventRecord]:
        """Events that a document tells; severe ones first."""
        with self.engine.connect() as conn:
            return event_records.where(conn, tables.event.c.document_id == document_id)

    def all_events(
        self,
        *,
        customer: str | None = None,
        loan: str | None = None,
        type: str | None = None,
        severity: str | None = None,
        status: str | None = None,
        polarity: str | None = "asserted",
        cursor: str | None = None,
        limit: int = 50,
    ) -> Listing[EventRecord]:
        """Risk events over all loans; severe ones first, then the longest open. What no longer stands is left out."""
        event = tables.event
        equal = {"customer_no": customer, "type": type, "severity": severity, "status": status, "polarity": polarity}
        wanted = [event.c[name] == value for name, value in equal.items() if value is not None]
        with self.engine.connect() as conn:
            if loan is not None:
                wanted.append(event_records.of_loan(_loan(conn, loan)[0]))
            return event_records.listing(conn, sa.and_(event.c.current, *wanted), cursor, limit)

    def event(self, event_id: str) -> EventRecord:
        """One event, or ``NotFound``."""
        with self.engine.connect() as conn:
            found = event_records.where(conn, tables.event.c.id == event_id)
        if not found:
            raise NotFound(f"event {event_id}")
        return found[0]

    def decide_event(self, event_id: str, status: str, by: str, reason: str) -> EventRecord:
        """A person confirms, dismisses as false, disposes or resolves; who and why is kept."""
        with writing(self.engine) as conn:
            events.decide(conn, event_id, status, by, reason)
        return self.event(event_id)

    def entries(self, loan_no: str) -> Sequence[EntryRecord]:
        """The mandatory records of a loan, newest first, each with its earlier versions."""
        with self.engine.connect() as conn:
            _loan(conn, loan_no)
            return entries.of_loan(conn, loan_no)

    def add_entry(
        self,
        loan_no: str,
        kind: str,
        content: Mapping[str, Any],
        *,
        by: str,
        happened_at: str | None = None,
        corrects: str | None = None,
        reason: str | None = None,
    ) -> EntryRecord:
        """Add a record, or the next version of the one it ``corrects``; nothing is ever overwritten."""
        with writing(self.engine) as conn:
            _loan(conn, loan_no)
            entry_id = entries.add(conn, loan_no, kind, content, by, happened_at, corrects, reason)
            return next(entry for entry in entries.of_loan(conn, loan_no) if entry.id == entry_id)

    def waive(self, loan_no: str, requirement: str, period: str, *, by: str, reason: str) -> None:
        """Do without a required paper for a period (as the archive names it), for a reason."""
        if not reason.strip():
            raise Refused("a waiver needs a reason")
        with writing(self.engine) as conn:
            loan, _ = _loan(conn, loan_no)
            if requirement not in {need.id for need in requirements(loan)}:
                raise NotFound(f"requirement {requirement} of loan {loan_no}")
            row = {"loan_note_no": loan_no, "requirement": requirement, "period": period, "by": by, "reason": reason}
            conn.execute(sa.insert(tables.waiver).values(**row, at=now()))


def _loan(conn: sa.Connection, loan_no: str) -> tuple[Loan, Borrower]:
    loan = LoanBook(conn).loan(loan_no)
    if loan is None:
        raise NotFound(f"loan {loan_no}")
    return loan, _customer(conn, loan.customer_no)


def _customer(conn: sa.Connection, customer_no: str) -> Borrower:
    customer = LoanBook(conn).customer(customer_no)
    if customer is None:
        raise NotFound(f"customer {customer_no}")
    return customer


def _waivers(conn: sa.Connection, loan_no: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Waived (requirement, period) → who and why."""
    table = tables.waiver
    rows = conn.execute(sa.select(table).where(table.c.loan_note_no == loan_no).order_by(table.c.id))
    return {(row.requirement, row.period): (row.by, row.reason) for row in rows}


def _held(paper: FiledPaper) -> HeldPaper:
    return HeldPaper(
        paper.document.id, paper.type, paper.spoken, paper.received, paper.loan_note_no, paper.readable, paper.conflict
    )


def _loan_json(loan: Loan) -> dict[str, Any]:
    return {
        "loan_note_no": loan.loan_note_no,
        "customer_no": loan.customer_no,
        "product": loan.product,
        "amount": f"{loan.amount:f}",
        "balance": f"{loan.balance:f}",
        "granted": loan.granted.isoformat(),
        "due": loan.due.isoformat(),
        "contract_no": loan.contract_no,
        "purpose": loan.purpose,
        "secured": loan.secured,
        "classification": loan.classification,
        "settled": loan.settled.isoformat() if loan.settled else None,
        "payees": list(loan.payees),
    }  # no account in full leaves the desk with a dossier


def _stage_json(stage: str, papers: Sequence[FiledPaper]) -> dict[str, Any]:
    title, title_en = STAGES[stage]
    mine = [paper.as_json() for paper in papers if STAGE_OF.get(paper.type, "S2") == stage]
    return {"stage": stage, "title": title, "title_en": title_en, "papers": mine}


def _completeness_json(found: Completeness, waived: Mapping[tuple[str, str], tuple[str, str]]) -> dict[str, Any]:
    states = ("held", "waived", "missing", "expired", "unreadable", "conflict", "not_due")
    return {
        "as_of": found.as_of.isoformat(),
        "held": found.held,
        "required": found.required,
        "counts": {state: sum(item.state == state for item in found.items) for state in states},
        "stages": [_stage_count(stage, found.items) for stage in STAGES],
        "items": [_item_json(item, waived) for item in found.items],
    }


def _stage_count(stage: str, items: Sequence[Item]) -> dict[str, Any]:
    due = [item for item in items if item.requirement.stage == stage and item.state != "not_due"]
    return {"stage": stage, "held": sum(item.state in ("held", "waived") for item in due), "required": len(due)}


def _item_json(item: Item, waived: Mapping[tuple[str, str], tuple[str, str]]) -> dict[str, Any]:
    need, key = item.requirement, period_key(item.period)
    by, reason = waived.get((need.id, key), (None, None))
    return {
        "id": need.id,
        "title": need.title,
        "title_en": need.title_en,
        "stage": need.stage,
        "types": sorted(need.types),
        "period": {"start": item.period.start.isoformat(), "end": item.period.end.isoformat()} if item.period else None,
        "period_key": key,
        "due": item.due.isoformat(),
        "state": item.state,
        "documents": list(item.documents),
        "waived": {"by": by, "reason": reason} if item.state == "waived" else None,
    }
