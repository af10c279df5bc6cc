"""Documents as they are on file: what state each is in, its reading, its text, its links and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from records.facts import FileReading, Problem
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
    counts: Mapping[str, int]  #: verified, consistent, conflict, low_confidence, absent, checks_failed, findings, events
    version: int  #: which reading counts, from 1; 0 until there is one
    links: tuple[LinkRecord, ...] = ()  #: the standing ones
    unclaimed: bool = False  #: at least one of its papers waits in the queue


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
    what: str  #: received, duplicate, reading, read, unreadable, failed, linked, unlinked, queued, reread, cancelled ...
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


__all__ = ["CandidateLink", "DocumentRecord", "FileReading", "HistoryLine", "LinkRecord", "Receipt", "Status", "Unclaimed"]
