"""The story of one document, from the bytes at the door to facts about a loan, top to bottom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import feed, tables
from archive.blobs import Blobs
from archive.history import note
from archive.links import place_of
from archive.on_file import Receipt, Status
from archive.stamps import new_id, now
from archive.together import Together


class Queue(Protocol):
    """Takes work inside the caller's transaction: it is recorded if and only if that commits."""

    def enqueue(self, conn: sa.Connection, document_id: str, attempt: int, priority: int = 10) -> None: ...


class Steps(Protocol):
    """What happens to a document, in steps that a worker makes durable."""

    def begin(self, document_id: str, attempt: int) -> bool: ...
    def read(self, document_id: str, attempt: int) -> None: ...
    def keep(self, document_id: str, attempt: int) -> list[str]: ...
    def assess(self, customer_no: str) -> None: ...
    def finish(self, document_id: str, attempt: int) -> None: ...


def story(document_id: str, attempt: int, steps: Steps) -> None:
    """Read it; keep the reading, link its papers and open its events at once; compute figures; say that it is read.

    Killed between any two lines, the next worker goes on at the first step that is not recorded as done. The order of
    steps is part of the recorded log: see ``archive.jobs.PIPELINE`` before changing it.
    """
    if not steps.begin(document_id, attempt):
        return
    steps.read(document_id, attempt)
    for customer_no in steps.keep(document_id, attempt):
        steps.assess(customer_no)
    steps.finish(document_id, attempt)


@dataclass(frozen=True, slots=True)
class Upload:
    """What came in with the bytes."""

    name: str
    by: str
    customer_no: str | None
    loan_note_no: str | None
    type: str | None
    received_from: str | None
    password: str | None
    priority: int


_SAME_BYTES = sa.select(tables.document).where(tables.document.c.sha256 == sa.bindparam("digest")).with_for_update()
_INSERT = sa.insert(tables.document)


class Intake:
    """The door: takes bytes, and answers when they are safe and the work is recorded."""

    def __init__(self, engine: Engine, blobs: Blobs, jobs: Queue) -> None:
        self.engine, self.blobs, self.jobs = engine, blobs, jobs
        self._together = Together(engine)

    def accept(
        self,
        data: bytes,
        name: str,
        *,
        by: str,
        loan_note_no: str | None = None,
        customer_no: str | None = None,
        type: str | None = None,
        received_from: str | None = None,
        password: str | None = None,
        priority: int = 10,
    ) -> Receipt:
        """Keep the bytes (on disk before anything else), then the document, its feed item and its job together.

        The password is needed until the file is read: it stands in a row of its own that is deleted with the step that
        keeps the reading, and never in the document, the job, the feed or the history.
        """
        upload = Upload(base_name(name), by, customer_no, loan_note_no, type, received_from, password or None, priority)
        self._check_hints(upload)
        digest = self.blobs.keep(data)
        try:
            return self._together.write(lambda conn: self._record(conn, digest, len(data), upload))
        except sa.exc.IntegrityError:  # the same bytes came in elsewhere at the same moment, and were first
            return self._together.write(lambda conn: self._record(conn, digest, len(data), upload))

    def _check_hints(self, upload: Upload) -> None:
        """A customer or loan that does not exist is a slip of the uploader, who is still there to hear of it."""
        if not upload.loan_note_no and not upload.customer_no:
            return
        with self.engine.connect() as conn:
            if upload.loan_note_no:
                place_of(conn, "loan", upload.loan_note_no)
            if upload.customer_no:
                place_of(conn, "customer", upload.customer_no)

    def _record(self, conn: sa.Connection, digest: str, size: int, upload: Upload) -> Receipt:
        first = conn.execute(_SAME_BYTES, {"digest": digest}).one_or_none()
        if first is not None:
            status = meet_again(conn, self.jobs, first, upload)
            return Receipt(first.id, first.sha256, status, first.id, first.name)
        document_id = new_id("d")
        conn.execute(_INSERT, new_row(document_id, digest, size, upload))
        receive(conn, self.jobs, document_id, size, upload)
        return Receipt(document_id, digest, "received", None, upload.name)


def receive(
    conn: sa.Connection,
    jobs: Queue,
    document_id: str,
    size: int,
    upload: Upload,
    within: Mapping[str, str] | None = None,
) -> None:
    """Tell of a document whose row is new, and have it read."""
    if upload.password:
        keep_password(conn, document_id, upload.password)
    told: dict[str, Any] = {
        "name": upload.name,
        "bytes": size,
        "by": upload.by,
        "received_from": upload.received_from,
    }
    inside = {"within": dict(within)} if within else {}
    note(conn, document_id, upload.by, "received", told | inside)
    # Whoever follows the feed learns which container it came from; its folders are for those who may read papers.
    tie = {"within": {"id": within["id"]}} if within else {}
    feed.append(conn, "document.received", {"document_id": document_id}, told | tie)
    jobs.enqueue(conn, document_id, 1, upload.priority)


def meet_again(
    conn: sa.Connection, jobs: Queue, first: Any, upload: Upload, within: Mapping[str, str] | None = None
) -> Status:
    """The same bytes once more: one document, one more line in its history.

    It is read again only if this upload brings what the first one lacked: a password, a borrower to a paper that
    nobody could place, or simply a second chance after a failure.
    """
    told: dict[str, Any] = {"name": upload.name, "received_from": upload.received_from}
    told |= {"within": dict(within)} if within else {}
    note(conn, first.id, upload.by, "duplicate", told)
    locked = first.status == "unreadable" and (first.problem or {}).get("code") == "password_protected"
    placed = first.status == "read" and _brings_a_place(conn, first.id, upload)
    if first.status in ("failed", "cancelled") or (locked and upload.password) or placed:
        keep_password(conn, first.id, upload.password)
        want_again(conn, jobs, first.id, upload.by, "同一文件再次上传", upload.priority)
        return "received"
    status: Status = first.status
    return status


def _brings_a_place(conn: sa.Connection, document_id: str, upload: Upload) -> bool:
    """Take over where the uploader says a waiting paper belongs; whether there was something to take over."""
    waits = conn.execute(
        sa.select(tables.unclaimed.c.paper).where(tables.unclaimed.c.document_id == document_id)
    ).first()
    if waits is None or not (upload.loan_note_no or upload.customer_no):
        return False
    hints = {"hint_customer": upload.customer_no, "hint_loan": upload.loan_note_no}
    conn.execute(sa.update(tables.document).where(tables.document.c.id == document_id).values(hints))
    return True


def keep_password(conn: sa.Connection, document_id: str, password: str | None) -> None:
    """Hold a password until the reading that needs it is kept."""
    conn.execute(sa.delete(tables.secret).where(tables.secret.c.document_id == document_id))
    if password:
        conn.execute(sa.insert(tables.secret).values(document_id=document_id, password=password))


def want_again(conn: sa.Connection, jobs: Queue, document_id: str, by: str, reason: str, priority: int = 10) -> int:
    """Have a document read once more, as its next attempt."""
    document = tables.document
    row = conn.execute(
        sa.update(document)
        .where(document.c.id == document_id)
        .values(attempt=document.c.attempt + 1, status="received", step=None, problem=None, changed_at=now())
        .returning(document.c.attempt, document.c.name)
    ).one()
    note(conn, document_id, by, "reread", {"version": row.attempt, "reason": reason})
    data = {"name": row.name, "status": "received", "pages_done": 0, "pages_total": None}
    feed.append(conn, "document.reading", {"document_id": document_id}, data)
    jobs.enqueue(conn, document_id, row.attempt, priority)
    return int(row.attempt)


def new_row(document_id: str, digest: str, size: int, upload: Upload) -> dict[str, Any]:
    moment = now()
    return {
        "id": document_id,
        "sha256": digest,
        "name": upload.name,
        "bytes": size,
        "status": "received",
        "types": [],
        "counts": {},
        "by": upload.by,
        "received_from": upload.received_from,
        "hint_customer": upload.customer_no,
        "hint_loan": upload.loan_note_no,
        "hint_type": upload.type,
        "received_at": moment,
        "changed_at": moment,
    }


def named(upload: Upload, name: str) -> Upload:
    """The same upload under another name: what a file inside inherits from its container."""
    return replace(upload, name=name)


def base_name(name: str) -> str:
    """The file's own name, whatever path its sender's machine put before it."""
    base = PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "").strip()
    return base or hashlib.sha256(name.encode()).hexdigest()[:8]
