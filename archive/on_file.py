"""What is on file about documents, as callers see it; and how it is made from rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from archive import tables
from archive.inside import Within, containers_of, held_in
from records.facts import Problem
from records.loans import LinkReason

Status = Literal["received", "reading", "read", "unreadable", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document (one distinct content) and where it stands."""

    id: str
    sha256: str
    name: str
    media_type: str | None  #: found from the content; None until read
    bytes: int
    status: Status
    pages_done: int
    pages_total: int | None
    problem: Problem | None  #: why it is unreadable or failed, and what a person can do
    type: str | None  #: type of its first paper
    types: tuple[str, ...]  #: of all its papers, in order
    title: str | None  #: what it turned out to be, in Chinese: 个人银行交易流水 · 沈某某
    received_at: str
    read_at: str | None
    received_from: str | None
    by: str  #: who uploaded it
    duplicate_of: str | None  #: always None here: the same bytes are one document; a receipt may name it
    counts: Mapping[
        str, int
    ]  #: verified, consistent, conflict, low_confidence, absent, checks_failed, findings, events
    version: int  #: which reading counts, from 1; 0 until there is one
    links: tuple[LinkRecord, ...] = ()  #: the standing ones
    unclaimed: bool = False  #: at least one of its papers waits in the queue
    within: tuple[Within, ...] = ()  #: the containers it was found in
    holds: Mapping[str, int] = field(default_factory=dict)  #: of a container: its members by status


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One paper of a document tied to a customer or a loan, and why."""

    id: str
    document_id: str
    paper: int
    kind: str  #: customer | loan
    to: str  #: customer_no or loan_note_no
    name: str  #: of the customer, for people
    customer_no: str
    role: str
    reasons: tuple[LinkReason, ...]
    confidence: float
    by: str  #: "machine" or a person
    reason: str | None  #: in words, when a person linked
    at: str
    removed_at: str | None = None
    removed_by: str | None = None
    removed_reason: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a document."""

    at: str
    by: str
    what: (
        str  #: received, duplicate, reading, read, unreadable, failed, linked, unlinked, queued, reread, cancelled ...
    )
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CandidateLink:
    """Where an unclaimed paper might belong: what it shares with the candidate, and what speaks against it."""

    kind: str  #: customer | loan
    to: str
    name: str
    shared: tuple[LinkReason, ...]
    against: tuple[str, ...]  #: in Chinese, one sentence each


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A paper in the queue 待认领."""

    document: DocumentRecord
    paper: int
    kind: Literal["ambiguous", "unknown", "conflict", "mismatch"]  #: 多笔可选, 查无客户, 冲突, 错挂
    reasons: tuple[str, ...]  #: in Chinese, one sentence each
    candidates: tuple[CandidateLink, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an upload: the bytes are safe and the work is recorded."""

    id: str
    sha256: str
    status: Status
    duplicate_of: str | None  #: the id of the document that already held these bytes (then equal to ``id``)
    name: str


def documents_from(conn: sa.Connection, rows: Sequence[Any]) -> list[DocumentRecord]:
    """Records of document rows, with their standing links, in the order given."""
    ids = [row.id for row in rows]
    links: dict[str, list[LinkRecord]] = {}
    for link in links_where(conn, sa.and_(tables.link.c.document_id.in_(ids), tables.link.c.removed_at.is_(None))):
        links.setdefault(link.document_id, []).append(link)
    waiting = set(
        conn.execute(sa.select(tables.unclaimed.c.document_id).where(tables.unclaimed.c.document_id.in_(ids))).scalars()
    )
    within, holds = containers_of(conn, ids), held_in(conn, ids)
    return [
        _document(
            row, tuple(links.get(row.id, ())), row.id in waiting, tuple(within.get(row.id, ())), holds.get(row.id, {})
        )
        for row in rows
    ]


def _document(
    row: Any, links: tuple[LinkRecord, ...], unclaimed: bool, within: tuple[Within, ...], holds: Mapping[str, int]
) -> DocumentRecord:
    problem = row.problem
    return DocumentRecord(
        id=row.id,
        sha256=row.sha256,
        name=row.name,
        media_type=row.media_type,
        bytes=row.bytes,
        status=row.status,
        pages_done=row.pages_done,
        pages_total=row.pages_total,
        problem=Problem(problem["code"], problem["message"], problem["remedy"]) if problem else None,
        type=row.type,
        types=tuple(row.types),
        title=row.title,
        received_at=row.received_at,
        read_at=row.read_at,
        received_from=row.received_from,
        by=row.by,
        duplicate_of=None,
        counts=row.counts,
        version=row.version,
        links=links,
        unclaimed=unclaimed,
        within=within,
        holds=holds,
    )


def links_where(conn: sa.Connection, condition: sa.ColumnElement[bool]) -> list[LinkRecord]:
    """The links for which the condition holds, with the customer behind each, oldest first."""
    link, loan, customer = tables.link, tables.loan, tables.customer
    owner = sa.func.coalesce(loan.c.customer_no, link.c.to_no)
    rows = conn.execute(
        sa.select(link, customer.c.customer_no, customer.c.name)
        .outerjoin(loan, sa.and_(link.c.kind == "loan", loan.c.loan_note_no == link.c.to_no))
        .join(customer, customer.c.customer_no == owner)
        .where(condition)
        .order_by(link.c.at, link.c.id)
    )
    return [
        LinkRecord(
            id=row.id,
            document_id=row.document_id,
            paper=row.paper,
            kind=row.kind,
            to=row.to_no,
            name=row.name,
            customer_no=row.customer_no,
            role=row.role,
            reasons=reasons_from(row.reasons),
            confidence=row.confidence,
            by=row.by,
            reason=row.reason,
            at=row.at,
            removed_at=row.removed_at,
            removed_by=row.removed_by,
            removed_reason=row.removed_reason,
        )
        for row in rows
    ]


def reasons_from(told: Iterable[Mapping[str, Any]]) -> tuple[LinkReason, ...]:
    """Link reasons as they stand in a row."""
    return tuple(LinkReason(reason["kind"], reason["value"], reason["weight"]) for reason in told)


def unclaimed_from(row: Any, document: DocumentRecord) -> Unclaimed:
    """A paper of the queue from its row."""
    candidates = tuple(
        CandidateLink(one["kind"], one["to"], one["name"], reasons_from(one["shared"]), tuple(one["against"]))
        for one in row.candidates
    )
    return Unclaimed(document, row.paper, row.kind, tuple(row.reasons), candidates, row.at)
