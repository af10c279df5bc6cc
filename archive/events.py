"""Risk events as rows: opened by readings and rules, decided by people; a decision outlives every new reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import sqlalchemy as sa

from archive import feed, tables
from archive.links import MACHINE, Place, places
from archive.stamps import new_id, now
from records.contract import event_json
from records.errors import NotFound, Refused
from records.facts import Paper, Polarity, RiskEvent
from records.values.text import company

#: 待确认 → 已确认 / 误报 → 已处置 → 已解除. What is no risk (negated, hypothetical ...) is "recorded" (不计入风险).
EventStatus = Literal["open", "confirmed", "dismissed", "disposed", "resolved", "recorded"]
STATUSES: tuple[str, ...] = get_args(EventStatus)
GONE = "依据已变化（重新识读、归入变更或指标重算），不再成立"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An event that should stand now."""

    key: str
    event: RiskEvent
    document_id: str | None
    paper: int | None
    place: Place | None

    @property
    def asserted(self) -> bool:
        return self.event.polarity is Polarity.ASSERTED


def put_text_events(conn: sa.Connection, document_id: str, papers: Sequence[Paper]) -> None:
    """Make the events on file those that the present reading of a document tells, at the borrower it belongs to now.

    Rule events of a single paper stay in its reading; on file they come from all papers of the customer together.
    """
    where, wanted = places(conn, document_id), []
    for number, paper in enumerate(papers):
        seen: dict[str, int] = {}
        for event in paper.events:
            if event.source == "text":
                facts = (
                    f"{document_id}|{number}|{event.type}|{event.polarity}|{event.evidence.page}|{event.evidence.quote}"
                )
                seen[facts] = seen.get(facts, 0) + 1
                key = _key(f"{facts}|{seen[facts]}")
                place = where.get(number)
                wanted.append(_Wanted(key, _for(conn, event, place), document_id, number, place))
    _replace(conn, tables.event.c.document_id == document_id, wanted)


def _for(conn: sa.Connection, event: RiskEvent, place: Place | None) -> RiskEvent:
    """The event as it concerns the borrower whose paper it is: a judgment against somebody else is no risk of the claimant's."""
    against = event.args.get("respondent")
    if not against or place is None or event.polarity is not Polarity.ASSERTED:
        return event
    key = tables.customer_key
    called = sa.select(key.c.key).where(key.c.customer_no == place.customer_no, key.c.kind.in_(("name", "alias")))
    if {company(name) for name in against.split("、")} & set(conn.execute(called).scalars()):
        return event
    return replace(event, polarity=Polarity.OTHER_PARTY, severity=None, subject_role="counterparty")


def put_rule_events(conn: sa.Connection, customer_no: str, events: Sequence[RiskEvent]) -> None:
    """Make the rule events of a customer those that its indicators raise now."""
    wanted = {}
    for event in events:
        about = {
            name: value
            for name, value in event.args.items()
            if name in ("indicator", "period", "month", "start", "end")
        }
        facts = f"{customer_no}|{event.type}|{event.rule}|{event.date}|{json.dumps(about, sort_keys=True)}"
        wanted[_key(facts)] = _Wanted(_key(facts), event, None, None, Place(customer_no))
    scope = sa.and_(tables.event.c.customer_no == customer_no, tables.event.c.source == "rule")
    _replace(conn, scope, list(wanted.values()))


def _key(facts: str) -> str:
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def _replace(conn: sa.Connection, scope: sa.ColumnElement[bool], wanted: Sequence[_Wanted]) -> None:
    known = {row.key: row for row in conn.execute(sa.select(tables.event).where(scope))}
    for one in wanted:
        row = known.pop(one.key, None)
        if row is None:
            _open(conn, one)
        else:
            _keep(conn, row, one)
    for row in known.values():
        _drop(conn, row)


def _row(one: _Wanted) -> dict[str, Any]:
    event, place = one.event, one.place
    return {
        "document_id": one.document_id,
        "paper": one.paper,
        "customer_no": place.customer_no if place else None,
        "loan_note_no": place.loan_note_no if place else None,
        "type": event.type,
        "polarity": event.polarity.value,
        "severity": event.severity.value if event.severity else None,
        "source": event.source,
        "json": json.dumps(event_json(event), ensure_ascii=False, sort_keys=True),
        "current": True,
    }


def _open(conn: sa.Connection, one: _Wanted) -> None:
    """A new event. The feed hears of it once it is known whose it is; only what is asserted is a risk."""
    status = "open" if one.asserted else "recorded"
    announced = one.asserted and one.place is not None
    row = _row(one) | {"id": new_id("e"), "key": one.key, "status": status, "announced": announced}
    conn.execute(sa.insert(tables.event).values(**row, opened_at=now(), changed_at=now()))
    if announced:
        feed.append(conn, "event.opened", _subject(row), _data(row))


def _keep(conn: sa.Connection, old: Any, one: _Wanted) -> None:
    """An event that stands already: its life goes on; the feed hears what is different."""
    row = _row(one) | {"id": old.id, "status": old.status, "announced": old.announced}
    if not old.current and old.status == "resolved" and one.asserted and _resolved_by_machine(conn, old.id):
        row["status"] = "open"
        _note(conn, old.id, MACHINE, "open", "依据再次成立")
    if one.asserted and one.place is not None and not old.announced:
        row["announced"] = True
    if all(getattr(old, name) == value for name, value in row.items()):
        return
    conn.execute(sa.update(tables.event).where(tables.event.c.id == old.id).values(**row, changed_at=now()))
    if row["announced"]:
        feed.append(conn, "event.changed" if old.announced else "event.opened", _subject(row), _data(row))


def _drop(conn: sa.Connection, old: Any) -> None:
    """An event nothing supports any more: forgotten if nobody ever heard of it, otherwise resolved and kept."""
    decided = conn.execute(
        sa.select(tables.event_history.c.id).where(tables.event_history.c.event_id == old.id)
    ).first()
    if not old.announced and decided is None:
        conn.execute(sa.delete(tables.event).where(tables.event.c.id == old.id))
        return
    if not old.current:
        return
    status = "resolved" if old.status == "open" else old.status
    conn.execute(
        sa.update(tables.event)
        .where(tables.event.c.id == old.id)
        .values(current=False, status=status, changed_at=now())
    )
    if status != old.status:
        _note(conn, old.id, MACHINE, status, GONE)
    row = old._asdict() | {"status": status, "current": False}
    feed.append(conn, "event.changed", _subject(row), _data(row) | {"reason": GONE, "by": MACHINE})


def _resolved_by_machine(conn: sa.Connection, event_id: str) -> bool:
    history = tables.event_history
    last = conn.execute(
        sa.select(history.c.by, history.c.status)
        .where(history.c.event_id == event_id)
        .order_by(history.c.id.desc())
        .limit(1)
    ).first()
    return last is not None and (last.by, last.status) == (MACHINE, "resolved")


def decide(conn: sa.Connection, event_id: str, status: str, by: str, reason: str) -> None:
    """A person confirms an event, dismisses it as false, disposes of it or resolves it, and says why."""
    event = tables.event
    row = conn.execute(sa.select(event).where(event.c.id == event_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"event {event_id}")
    if status not in STATUSES or status == "recorded":
        raise Refused(f"status {status!r}; known: open, confirmed, dismissed, disposed, resolved")
    if row.status == "recorded":
        raise Refused("this event is not counted as a risk; there is nothing to decide")
    if not reason.strip():
        raise Refused("say why")
    conn.execute(sa.update(event).where(event.c.id == event_id).values(status=status, changed_at=now()))
    _note(conn, event_id, by, status, reason)
    changed = row._asdict() | {"status": status}
    feed.append(conn, "event.changed", _subject(changed), _data(changed) | {"by": by, "reason": reason})


def _note(conn: sa.Connection, event_id: str, by: str, status: str, reason: str) -> None:
    conn.execute(
        sa.insert(tables.event_history).values(event_id=event_id, at=now(), by=by, status=status, reason=reason)
    )


def _subject(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("document_id", "customer_no", "loan_note_no")
    return {"event_id": row["id"]} | {name: row[name] for name in names if row[name] is not None}


def _data(row: Mapping[str, Any]) -> dict[str, Any]:
    told = json.loads(row["json"])
    return {
        "type": row["type"],
        "severity": row["severity"],
        "status": row["status"],
        "current": row["current"],
        "source": row["source"],
        "args": told["args"],
        "date": told["date"],
        "quote": told["evidence"]["quote"],
        "page": told["evidence"]["page"],
    }
