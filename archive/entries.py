"""The four mandatory records of a loan: inspection, contact, analysis, disposition. Append-only; corrections are versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from archive import feed, tables
from archive.stamps import CHINA, moment, new_id, now
from records.errors import NotFound, Refused

EntryKind = Literal["inspection", "contact", "analysis", "disposition"]
KINDS: tuple[str, ...] = get_args(EntryKind)
TITLES = {"inspection": "检查", "contact": "沟通", "analysis": "风险分析", "disposition": "处置"}


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One of the mandatory records of a loan, in its latest version."""

    id: str
    version: int
    loan_note_no: str
    kind: str  #: inspection, contact, analysis, disposition
    happened_at: str  #: as claimed
    by: str
    machine: bool
    content: Mapping[str, Any]
    at: str  #: when it was written down, by the server's clock
    reason: str | None  #: of the correction
    earlier: tuple[EntryRecord, ...] = ()


def add(
    conn: sa.Connection,
    loan_no: str,
    kind: str,
    content: Mapping[str, Any],
    by: str,
    happened_at: str | None = None,
    corrects: str | None = None,
    reason: str | None = None,
) -> str:
    """Write a record; its id. A correction needs a reason and keeps the id of what it corrects."""
    if kind not in KINDS:
        raise Refused(f"kind {kind!r}; known: {', '.join(KINDS)}")
    if not content:
        raise Refused("a record needs content")
    entry_id, version = (new_id("n"), 1) if corrects is None else _next_version(conn, loan_no, kind, corrects, reason)
    row = {
        "id": entry_id,
        "version": version,
        "loan_note_no": loan_no,
        "kind": kind,
        "happened_at": _claimed(happened_at),
        "by": by,
        "machine": False,
        "content": dict(content),
        "reason": reason if corrects else None,
        "at": now(),
    }
    conn.execute(sa.insert(tables.entry).values(row))
    owner = conn.execute(sa.select(tables.loan.c.customer_no).where(tables.loan.c.loan_note_no == loan_no)).scalar_one()
    subject = {"entry_id": entry_id, "loan_note_no": loan_no, "customer_no": owner}
    feed.append(conn, "entry.added", subject, {"kind": kind, "version": version, "by": by})
    return entry_id


def _next_version(conn: sa.Connection, loan_no: str, kind: str, corrects: str, reason: str | None) -> tuple[str, int]:
    entry = tables.entry
    rows = conn.execute(sa.select(entry).where(entry.c.id == corrects, entry.c.loan_note_no == loan_no)).all()
    if not rows:
        raise NotFound(f"entry {corrects} of loan {loan_no}")
    if not (reason or "").strip():
        raise Refused("a correction needs a reason")
    if rows[0].kind != kind:
        raise Refused(f"entry {corrects} is of kind {rows[0].kind}, which a correction cannot change")
    return corrects, max(row.version for row in rows) + 1


def _claimed(happened_at: str | None) -> str:
    """When it happened, as claimed: a day stays a day, a moment becomes UTC; now, when nothing is claimed."""
    if happened_at is None:
        return now()
    try:
        told = datetime.fromisoformat(happened_at)
    except ValueError:
        raise Refused(f"happened_at {happened_at!r} is no day and no moment") from None
    if len(happened_at) == 10:
        return happened_at
    return moment(told if told.tzinfo else told.replace(tzinfo=CHINA))


def of_loan(conn: sa.Connection, loan_no: str) -> Sequence[EntryRecord]:
    """The records of a loan in their latest versions, newest first."""
    entry = tables.entry
    rows = conn.execute(
        sa.select(entry).where(entry.c.loan_note_no == loan_no).order_by(entry.c.id, entry.c.version)
    ).all()
    latest: dict[str, EntryRecord] = {}
    for row in rows:
        record = EntryRecord(
            row.id,
            row.version,
            row.loan_note_no,
            row.kind,
            row.happened_at,
            row.by,
            bool(row.machine),
            row.content,
            row.at,
            row.reason,
        )
        before = latest.get(row.id)
        earlier = (*before.earlier, replace(before, earlier=())) if before else ()
        latest[row.id] = replace(record, earlier=earlier)
    return sorted(latest.values(), key=lambda record: (record.happened_at, record.at), reverse=True)


def entry_json(entry: EntryRecord) -> dict[str, Any]:
    """A record as JSON, with its earlier versions."""
    return {
        "id": entry.id,
        "version": entry.version,
        "loan_note_no": entry.loan_note_no,
        "kind": entry.kind,
        "happened_at": entry.happened_at,
        "by": entry.by,
        "machine": entry.machine,
        "content": dict(entry.content),
        "at": entry.at,
        "reason": entry.reason,
        "earlier": [entry_json(version) for version in entry.earlier],
    }
