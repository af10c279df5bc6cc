"""The papers in the file of a loan: its own, and those of its borrower as a whole, each with why it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from archive import tables
from archive.assess import papers_in_reading
from archive.keeping import counts
from archive.marks import marks_of
from archive.on_file import DocumentRecord, LinkRecord, documents_from, links_where
from archive.stamps import day_of
from records.facts import Outcome, Paper, Period, State
from records.loans import Loan


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """One paper of a document, linked to the loan or its borrower."""

    document: DocumentRecord
    number: int  #: which paper of the document, from 0
    type: str
    subject: str | None
    pages: tuple[int, int]
    spoken: Period | None  #: the period it covers, or the day it was made
    received: date
    link: LinkRecord
    readable: bool
    conflict: bool  #: an identity fails, or a value contradicts another
    counts: Mapping[str, int]

    @property
    def loan_note_no(self) -> str | None:
        return self.link.to if self.link.kind == "loan" else None

    def as_json(self) -> dict[str, Any]:
        """The paper as the archive of a loan shows it."""
        spoken = self.spoken
        return {
            "document_id": self.document.id,
            "paper": self.number,
            "name": self.document.name,
            "type": self.type,
            "subject": self.subject,
            "pages": list(self.pages),
            "period": {"start": spoken.start.isoformat(), "end": spoken.end.isoformat()} if spoken else None,
            "received_at": self.document.received_at,
            "status": self.document.status,
            "conflict": self.conflict,
            "counts": dict(self.counts),
            "link": {
                "id": self.link.id,
                "kind": self.link.kind,
                "to": self.link.to,
                "role": self.link.role,
                "confidence": self.link.confidence,
                "by": self.link.by,
                "reason": self.link.reason,
                "reasons": [{"kind": r.kind, "value": r.value, "weight": r.weight} for r in self.link.reasons],
            },
        }


def papers_of_loan(conn: sa.Connection, loan: Loan) -> Sequence[FiledPaper]:
    """Papers linked to the loan or to its borrower, oldest first."""
    link = tables.link
    belongs = sa.or_(
        sa.and_(link.c.kind == "loan", link.c.to_no == loan.loan_note_no),
        sa.and_(link.c.kind == "customer", link.c.to_no == loan.customer_no),
    )
    found = links_where(conn, sa.and_(belongs, link.c.removed_at.is_(None)))
    document = tables.document
    ids = {one.document_id for one in found}
    rows = conn.execute(sa.select(document).where(document.c.id.in_(ids), document.c.version > 0)).all()
    records = {record.id: record for record in documents_from(conn, rows)}
    filed = [_filed(conn, records[one.document_id], one) for one in found if one.document_id in records]
    return sorted((paper for paper in filed if paper), key=lambda one: (one.document.received_at, one.number))


def _filed(conn: sa.Connection, document: DocumentRecord, link: LinkRecord) -> FiledPaper | None:
    papers = papers_in_reading(conn, document.id, document.version)
    if link.paper >= len(papers):
        return None
    paper = papers[link.paper]
    return FiledPaper(
        document=document,
        number=link.paper,
        type=paper.type,
        subject=paper.subject.name if paper.subject else None,
        pages=paper.pages,
        spoken=paper.period or marks_of(paper).day,
        received=day_of(document.received_at),
        link=link,
        readable=document.status == "read" and not any(finding.code == "illegible" for finding in paper.findings),
        conflict=_conflict(paper),
        counts=counts([paper]),
    )


def _conflict(paper: Paper) -> bool:
    failed = any(check.state is Outcome.FAILS for check in paper.checks)
    return failed or any(field.state is State.CONFLICT for field in paper.fields.values())
