"""Documents as they are on file: state, reading, text, links, history; and what people do to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import feed, intake, links, tables
from archive.assess import read_papers, reading_text, touch
from archive.blobs import Blobs
from archive.database import writing
from archive.document_rows import in_state, of_customer, of_loan, row_of
from archive.events import put_text_events
from archive.history import note
from archive.inside import MemberRecord, containers_of, members_in
from archive.listing import Listing, read_cursor, write_cursor
from archive.on_file import (
    CandidateLink,
    DocumentRecord,
    HistoryLine,
    LinkRecord,
    Receipt,
    Status,
    Unclaimed,
    documents_from,
    links_where,
    unclaimed_from,
)
from archive.stamps import now
from records import contract
from records.errors import NotFound, Refused
from records.facts import FileReading

__all__ = [
    "CandidateLink",
    "DocumentRecord",
    "Documents",
    "HistoryLine",
    "LinkRecord",
    "MemberRecord",
    "Receipt",
    "Status",
    "Unclaimed",
]


class Work(intake.Queue, Protocol):
    """What documents ask of the jobs."""

    def assess(self, conn: sa.Connection, customer_no: str, revision: int) -> None: ...
    def cancel(self, document_id: str, attempt: int) -> None: ...


class Documents:
    """Ask about documents, and act on them: link, unlink, read again, cancel."""

    def __init__(self, engine: Engine, blobs: Blobs, jobs: Work | None = None) -> None:
        if jobs is None:
            from archive.queue import Jobs

            jobs = Jobs(engine)
        self.engine, self.blobs, self.jobs = engine, blobs, jobs

    # --- asking ---------------------------------------------------------------------------------------------------

    def get(self, document_id: str) -> DocumentRecord:
        """One document, or ``NotFound``."""
        with self.engine.connect() as conn:
            return documents_from(conn, [row_of(conn, document_id)])[0]

    def find(self, ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Several documents at once, by id; unknown ids are left out."""
        document = tables.document
        with self.engine.connect() as conn:
            rows = conn.execute(sa.select(document).where(document.c.id.in_(list(ids)))).all()
            return {record.id: record for record in documents_from(conn, rows)}

    def list(
        self,
        state: str | None = None,
        customer: str | None = None,
        loan: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Listing[DocumentRecord]:
        """Documents, newest first. ``state`` is a status, or ``attention``: what a person must look at.

        Those of a ``loan`` are those linked to it and those of its customer as a whole.
        """
        document = tables.document
        wanted = [in_state(state), of_customer(customer), of_loan(loan)]
        condition = sa.and_(*[one for one in wanted if one is not None], sa.true())
        with self.engine.connect() as conn:
            total = conn.execute(sa.select(sa.func.count()).select_from(document).where(condition)).scalar_one()
            if cursor:
                at, last = read_cursor(cursor, 2)
                earlier = sa.and_(document.c.received_at == at, document.c.id < last)
                condition = sa.and_(condition, sa.or_(document.c.received_at < at, earlier))
            newest = (document.c.received_at.desc(), document.c.id.desc())
            rows = conn.execute(sa.select(document).where(condition).order_by(*newest).limit(limit + 1)).all()
            more = write_cursor(rows[limit - 1].received_at, rows[limit - 1].id) if len(rows) > limit else None
            return Listing(tuple(documents_from(conn, rows[:limit])), total, more)

    def counts(self) -> dict[str, int]:
        """How many documents are in each state, how many need attention, and how many papers wait unclaimed."""
        document = tables.document
        with self.engine.connect() as conn:
            by_state = conn.execute(sa.select(document.c.status, sa.func.count()).group_by(document.c.status))
            found = dict.fromkeys(("received", "reading", "read", "unreadable", "failed", "cancelled"), 0)
            found |= {row[0]: row[1] for row in by_state}
            attention = in_state("attention")
            counted = (
                sa.select(sa.func.count()).select_from(document).where(sa.true() if attention is None else attention)
            )
            found["attention"] = conn.execute(counted).scalar_one()
            found["unclaimed"] = conn.execute(sa.select(sa.func.count()).select_from(tables.unclaimed)).scalar_one()
            return found

    def reading_json(self, document_id: str) -> str:
        """The reading that counts, as the contract writes it; ``NotFound`` until there is one."""
        with self.engine.connect() as conn:
            row = row_of(conn, document_id)
            if not row.version:
                raise NotFound(f"a reading of document {document_id}: it is {row.status}")
            return reading_text(conn, document_id, row.version)

    def reading(self, document_id: str) -> FileReading:
        """The reading that counts."""
        return contract.loads(self.reading_json(document_id))

    def original(self, document_id: str) -> bytes:
        """The very bytes received."""
        with self.engine.connect() as conn:
            digest = row_of(conn, document_id).sha256
        return self.blobs.fetch(digest)

    def text(self, document_id: str) -> Sequence[tuple[int, str]]:
        """The plain text, page by page; empty until read."""
        page = tables.page_text
        with self.engine.connect() as conn:
            row = row_of(conn, document_id)
            found = conn.execute(
                sa.select(page.c.page, page.c.text)
                .where(page.c.document_id == document_id, page.c.version == row.version)
                .order_by(page.c.page)
            )
            return [(one.page, one.text) for one in found]

    def words(self, document_id: str, page: int) -> Sequence[Sequence[Any]]:
        """The words of one page: [start in the page's text, word, x0, y0, x1, y1] each."""
        table = tables.page_text
        with self.engine.connect() as conn:
            row = row_of(conn, document_id)
            found = conn.execute(
                sa.select(table.c.words).where(
                    table.c.document_id == document_id, table.c.version == row.version, table.c.page == page
                )
            ).scalar()
        if found is None:
            raise NotFound(f"page {page} of document {document_id}")
        words: Sequence[Sequence[Any]] = json.loads(found)
        return words

    def links(self, document_id: str, removed: bool = False) -> Sequence[LinkRecord]:
        """Where its papers belong; with those removed, if asked for."""
        condition = tables.link.c.document_id == document_id
        with self.engine.connect() as conn:
            row_of(conn, document_id)
            return links_where(conn, condition if removed else sa.and_(condition, tables.link.c.removed_at.is_(None)))

    def history(self, document_id: str) -> Sequence[HistoryLine]:
        """What happened to it, oldest first."""
        table = tables.document_history
        with self.engine.connect() as conn:
            row_of(conn, document_id)
            rows = conn.execute(sa.select(table).where(table.c.document_id == document_id).order_by(table.c.id))
            return [HistoryLine(row.at, row.by, row.what, row.detail) for row in rows]

    def members(self, document_id: str) -> Sequence[MemberRecord]:
        """The files inside it, in their order, as they stand; none when it holds none."""
        with self.engine.connect() as conn:
            row_of(conn, document_id)
            return members_in(conn, document_id)

    def containers(self, ids: Iterable[str]) -> set[str]:
        """The documents in which these were found."""
        with self.engine.connect() as conn:
            return {one.id for found in containers_of(conn, list(ids)).values() for one in found}

    def unlinked(self, limit: int = 1000) -> Sequence[Unclaimed]:
        """The queue 待认领, oldest first, with candidates and reasons."""
        table, document = tables.unclaimed, tables.document
        with self.engine.connect() as conn:
            order = (table.c.at, table.c.document_id, table.c.paper)
            rows = conn.execute(sa.select(table).order_by(*order).limit(limit)).all()
            ids = [row.document_id for row in rows]
            known = documents_from(conn, conn.execute(sa.select(document).where(document.c.id.in_(ids))).all())
        by_id = {record.id: record for record in known}
        return [unclaimed_from(row, by_id[row.document_id]) for row in rows]

    # --- acting ---------------------------------------------------------------------------------------------------

    def link(
        self,
        document_id: str,
        *,
        loan_note_no: str | None = None,
        customer_no: str | None = None,
        by: str,
        reason: str,
        paper: int = 0,
        role: str = "borrower",
    ) -> LinkRecord:
        """A person says to which loan (or which customer as a whole) a paper belongs; events and figures follow."""
        if (loan_note_no is None) == (customer_no is None):
            raise Refused("say either a loan or a customer")
        to_kind, to = ("loan", loan_note_no) if loan_note_no else ("customer", customer_no or "")
        with writing(self.engine) as conn:
            papers = self._papers(conn, document_id)
            if not 0 <= paper < len(papers):
                raise NotFound(f"paper {paper} of document {document_id}: it holds {len(papers)}")
            before = links.customers_of(conn, document_id)
            made = links.link_by_hand(conn, document_id, paper, to_kind, to, role=role, by=by, reason=reason)
            self._follow(conn, document_id, before)
            return links_where(conn, tables.link.c.id == made)[0]

    def unlink(self, document_id: str, link_id: str, *, by: str, reason: str) -> None:
        """A person says that a paper does not belong there; it waits in the queue again, and its history stays."""
        with writing(self.engine) as conn:
            before = links.customers_of(conn, document_id)
            links.unlink_by_hand(conn, document_id, link_id, by=by, reason=reason)
            self._follow(conn, document_id, before)

    def reread(self, document_id: str, *, by: str, password: str | None = None, type: str | None = None) -> int:
        """Read again, with the readers of today; the number of the new attempt."""
        document = tables.document
        with writing(self.engine) as conn:
            row = row_of(conn, document_id)
            if row.status in ("received", "reading"):
                raise Refused(f"document {document_id} is being read already")
            intake.keep_password(conn, document_id, password)
            if type:
                conn.execute(sa.update(document).where(document.c.id == document_id).values(hint_type=type))
            return intake.want_again(conn, self.jobs, document_id, by, "人工要求重新识读")

    def cancel(self, document_id: str, *, by: str) -> None:
        """Stop reading it. What was kept of an earlier reading stays."""
        document = tables.document
        with writing(self.engine) as conn:
            row = conn.execute(
                sa.update(document)
                .where(document.c.id == document_id, document.c.status.in_(("received", "reading")))
                .values(status="cancelled", step=None, changed_at=now())
                .returning(document.c.attempt, document.c.name)
            ).one_or_none()
            if row is None:
                raise Refused(f"document {document_id} is {row_of(conn, document_id).status}; there is nothing to stop")
            conn.execute(sa.delete(tables.secret).where(tables.secret.c.document_id == document_id))
            note(conn, document_id, by, "cancelled", {"version": row.attempt})
            feed.append(conn, "document.cancelled", {"document_id": document_id}, {"name": row.name, "by": by})
        self.jobs.cancel(document_id, row.attempt)

    def _papers(self, conn: sa.Connection, document_id: str) -> tuple[Any, ...]:
        row = row_of(conn, document_id)
        return read_papers(reading_text(conn, document_id, row.version)) if row.version else ()

    def _follow(self, conn: sa.Connection, document_id: str, before: Iterable[str]) -> None:
        """After a change of links: events move with their paper, and every customer concerned is computed anew."""
        put_text_events(conn, document_id, self._papers(conn, document_id))
        for customer_no in sorted({*before, *links.customers_of(conn, document_id)}):
            self.jobs.assess(conn, customer_no, touch(conn, customer_no))
