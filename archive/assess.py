"""Indicators and rule events of a customer, computed from all its papers together and written only where they changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import feed, tables
from archive.database import writing
from archive.events import put_rule_events
from archive.loans import loans_by
from archive.stamps import new_id, now
from records import contract
from records.facts import Indicator, Paper, RiskEvent, Subject
from records.loans import Loan

TRIES = 3


def touch(conn: sa.Connection, customer_no: str) -> int:
    """Say that the file of a customer changed; its new revision. What was being computed from the old one is dropped."""
    customer = tables.customer
    return int(
        conn.execute(
            sa.update(customer)
            .where(customer.c.customer_no == customer_no)
            .values(revision=customer.c.revision + 1)
            .returning(customer.c.revision)
        ).scalar_one()
    )


def assess(engine: Engine, customer_no: str) -> None:
    """Compute outside any transaction, write in a short one, and only if the file has not changed meanwhile.

    If it has, whoever changed it assesses it too; trying again a few times just keeps figures fresh under load. Doing
    this twice changes nothing the second time.
    """
    for _ in range(TRIES):
        with engine.connect() as conn:
            revision, assessed = _revisions(conn, customer_no)
            if assessed == revision:
                return
            papers, whose = papers_of(conn, customer_no), _whose(conn, customer_no)
            loans = loans_by(conn, tables.loan.c.customer_no == customer_no)
        indicators, events = computed(papers, whose, loans)
        with writing(engine) as conn:
            if _take(conn, customer_no, revision):
                _put_indicators(conn, customer_no, indicators)
                put_rule_events(conn, customer_no, events)
                return


def _whose(conn: sa.Connection, customer_no: str) -> Subject:
    """The borrower, as papers name it."""
    customer = tables.customer
    row = conn.execute(
        sa.select(customer.c.name, customer.c.uscc, customer.c.id_no).where(customer.c.customer_no == customer_no)
    ).one()
    return Subject(row.name, row.uscc, row.id_no)


def computed(
    papers: Sequence[tuple[str, Paper]], whose: Subject | None = None, loans: Sequence[Loan] = ()
) -> tuple[list[Indicator], list[RiskEvent]]:
    """The one place where the archive asks for indicators and the events they raise."""
    from extract.indicators import compute
    from extract.risks import rule_events

    indicators = compute(papers, whose, loans)
    return list(indicators), list(rule_events(indicators))


def _revisions(conn: sa.Connection, customer_no: str) -> tuple[int, int]:
    customer = tables.customer
    row = conn.execute(
        sa.select(customer.c.revision, customer.c.assessed).where(customer.c.customer_no == customer_no)
    ).one()
    return row.revision, row.assessed


def _take(conn: sa.Connection, customer_no: str, revision: int) -> bool:
    customer = tables.customer
    taken = conn.execute(
        sa.update(customer)
        .where(customer.c.customer_no == customer_no, customer.c.revision == revision, customer.c.assessed != revision)
        .values(assessed=revision)
    )
    return bool(taken.rowcount)


def papers_of(conn: sa.Connection, customer_no: str) -> list[tuple[str, Paper]]:
    """Every paper linked to a customer or its loans as the borrower's own, with its document id, in a fixed order."""
    link, document = tables.link, tables.document
    notes = sa.select(tables.loan.c.loan_note_no).where(tables.loan.c.customer_no == customer_no)
    belongs = sa.or_(
        sa.and_(link.c.kind == "customer", link.c.to_no == customer_no),
        sa.and_(link.c.kind == "loan", link.c.to_no.in_(notes)),
    )
    rows = conn.execute(
        sa.select(link.c.document_id, link.c.paper, document.c.version)
        .join(document, document.c.id == link.c.document_id)
        .where(belongs, link.c.removed_at.is_(None), link.c.role == "borrower", document.c.version > 0)
        .order_by(document.c.received_at, link.c.document_id, link.c.paper)
    ).all()
    found = []
    for row in dict.fromkeys(rows):  # once, even if linked to the customer and to a loan of it
        papers = papers_in_reading(conn, row.document_id, row.version)
        if row.paper < len(papers):
            found.append((row.document_id, papers[row.paper]))
    return found


def papers_in_reading(conn: sa.Connection, document_id: str, version: int) -> tuple[Paper, ...]:
    """The papers of a reading; readings never change, so those of a busy customer are parsed once."""
    cached = _CACHE.get((document_id, version))
    if cached is None:
        cached = read_papers(reading_text(conn, document_id, version))
        _CACHE[(document_id, version)] = cached
        while len(_CACHE) > 128:
            _CACHE.pop(next(iter(_CACHE)))
    return cached


_CACHE: dict[tuple[str, int], tuple[Paper, ...]] = {}


def reading_text(conn: sa.Connection, document_id: str, version: int) -> str:
    """A reading as the contract writes it."""
    reading = tables.reading
    return str(
        conn.execute(
            sa.select(reading.c.json).where(reading.c.document_id == document_id, reading.c.version == version)
        ).scalar_one()
    )


def read_papers(text: str) -> tuple[Paper, ...]:
    """The papers of a reading's text."""
    return contract.loads(text).papers


def _put_indicators(conn: sa.Connection, customer_no: str, indicators: Sequence[Indicator]) -> None:
    table = tables.indicator
    known = {row.key: row for row in conn.execute(sa.select(table).where(table.c.customer_no == customer_no))}
    for key, one in _keyed(indicators):
        text = json.dumps(contract.indicator_json(one), ensure_ascii=False)
        old = known.pop(key, None)
        if old is not None and old.json == text:
            continue
        indicator_id = old.id if old is not None else new_id("i")
        if old is None:
            row = {"id": indicator_id, "customer_no": customer_no, "key": key, "json": text, "computed_at": now()}
            conn.execute(sa.insert(table).values(row))
        else:
            conn.execute(sa.update(table).where(table.c.id == old.id).values(json=text, computed_at=now()))
        _tell(conn, customer_no, indicator_id, contract.indicator_json(one))
    for old in known.values():
        conn.execute(sa.delete(table).where(table.c.id == old.id))
        gone = json.loads(old.json) | {"value": None, "quality": "partial", "reason": "单据不在档，不再计算"}
        _tell(conn, customer_no, old.id, gone | {"removed": True})


def _keyed(indicators: Sequence[Indicator]) -> Iterator[tuple[str, Indicator]]:
    """Each indicator with what makes it the same one next time: its id and period, and its place among equals."""
    seen: dict[str, int] = {}
    for one in indicators:
        key = f"{one.id}|{one.period.start}|{one.period.end}" if one.period else one.id
        key = f"{key}|{one.loan_note_no}" if one.loan_note_no else key
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key}|{seen[key]}"), one


def _tell(conn: sa.Connection, customer_no: str, indicator_id: str, told: dict[str, object]) -> None:
    names = ("id", "loan_note_no", "value", "unit", "period", "quality", "reason", "removed")
    subject = {"indicator_id": indicator_id, "customer_no": customer_no}
    feed.append(conn, "indicator.computed", subject, {name: told[name] for name in names if name in told})
