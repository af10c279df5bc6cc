"""Links and the queue of unclaimed papers, as rows: what the machine decided, and what people did about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import feed, tables
from archive.book import LoanBook
from archive.evidence import Candidate
from archive.history import note
from archive.linking import Conflict, Hint, Linked, Queued, decide
from archive.stamps import new_id, now
from records.errors import NotFound, Refused
from records.facts import Paper
from records.loans import LinkKind, LinkReason

MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper belongs: its customer, and the loan when it is about one."""

    customer_no: str
    loan_note_no: str | None = None


def place_papers(conn: sa.Connection, document_id: str, papers: Sequence[Paper], hint: Hint) -> set[str]:
    """Let the machine say where each paper belongs; the customers whose file changed by that.

    What a person linked stays, and what a person unlinked is not linked there again. Links of an earlier reading that
    still hold keep their id. The book cannot change meanwhile: a change comes before, and is seen, or after, and is
    followed by another look at what waits (``archive.reconsider``).
    """
    feed.hold(conn)
    book, touched = LoanBook(conn), set(customers_of(conn, document_id))
    standing = _rows(conn, document_id)
    conn.execute(sa.delete(tables.unclaimed).where(tables.unclaimed.c.document_id == document_id))
    for number, paper in enumerate(papers):
        mine = [row for row in standing if row.paper == number and row.removed_at is None]
        if any(row.by != MACHINE for row in mine):
            continue
        decision = decide(paper, book, hint)
        refused = {(kind, to) for refused_paper, kind, to in _refused(standing) if refused_paper == number}
        match decision:
            case Linked(link) if (link.kind.value, link.to) not in refused:
                _replace(conn, document_id, number, mine, decision)
            case Linked(link):
                again = Candidate(link.kind.value, link.to, _name(conn, link.kind.value, link.to), link.reasons)
                _withdraw(conn, mine)
                _queue(
                    conn, document_id, number, Queued("ambiguous", ("此前已由人工解除归入，等待人工确认",), (again,))
                )
            case Queued() | Conflict():
                _withdraw(conn, mine)
                _queue(conn, document_id, number, decision)
    _withdraw(conn, [row for row in standing if row.paper >= len(papers) and row.removed_at is None])
    return touched | set(customers_of(conn, document_id))


def refused_by_people(conn: sa.Connection, document_id: str) -> set[tuple[int, str, str]]:
    """From where people took papers of a document away, (paper, kind, to): the machine does not link them there again."""
    return _refused(_rows(conn, document_id))


def _refused(rows: Iterable[Any]) -> set[tuple[int, str, str]]:
    return {(row.paper, row.kind, row.to_no) for row in rows if row.removed_by not in (None, MACHINE)}


def _replace(conn: sa.Connection, document_id: str, paper: int, mine: Sequence[Any], decision: Linked) -> None:
    link = decision.link
    same = [row for row in mine if (row.kind, row.to_no, row.role) == (link.kind.value, link.to, link.role)]
    _withdraw(conn, [row for row in mine if row not in same])
    reasons = [_reason_json(reason) for reason in link.reasons]
    if same:
        conn.execute(
            sa.update(tables.link)
            .where(tables.link.c.id == same[0].id)
            .values(reasons=reasons, confidence=link.confidence)
        )
        return
    _insert(conn, document_id, paper, link.kind.value, link.to, link.role, reasons, link.confidence, MACHINE, None)


def _insert(
    conn: sa.Connection,
    document_id: str,
    paper: int,
    kind: str,
    to: str,
    role: str,
    reasons: list[dict[str, Any]],
    confidence: float,
    by: str,
    reason: str | None,
) -> str:
    link_id = new_id("l")
    conn.execute(
        sa.insert(tables.link).values(
            id=link_id,
            document_id=document_id,
            paper=paper,
            kind=kind,
            to_no=to,
            role=role,
            reasons=reasons,
            confidence=confidence,
            by=by,
            reason=reason,
            at=now(),
        )
    )
    note(
        conn, document_id, by, "linked", {"paper": paper, "kind": kind, "to": to, "reason": reason, "reasons": reasons}
    )
    feed.append(
        conn,
        "document.linked",
        subject_of(conn, document_id, kind, to),
        {"paper": paper, "kind": kind, "to": to, "role": role, "by": by, "confidence": confidence, "reasons": reasons},
    )
    return link_id


def _withdraw(conn: sa.Connection, rows: Iterable[Any], by: str = MACHINE, reason: str = "重新识读") -> None:
    for row in rows:
        conn.execute(
            sa.update(tables.link)
            .where(tables.link.c.id == row.id)
            .values(removed_at=now(), removed_by=by, removed_reason=reason)
        )
        note(conn, row.document_id, by, "unlinked", {"paper": row.paper, "to": row.to_no, "reason": reason})
        feed.append(
            conn,
            "document.unlinked",
            subject_of(conn, row.document_id, row.kind, row.to_no),
            {"paper": row.paper, "kind": row.kind, "to": row.to_no, "by": by, "reason": reason},
        )


def _queue(conn: sa.Connection, document_id: str, paper: int, decision: Queued | Conflict) -> None:
    candidates = [
        {
            "kind": candidate.kind,
            "to": candidate.to,
            "name": candidate.name,
            "shared": [_reason_json(reason) for reason in candidate.shared],
            "against": list(candidate.against),
        }
        for candidate in decision.candidates
    ]
    conn.execute(
        sa.insert(tables.unclaimed).values(
            document_id=document_id,
            paper=paper,
            kind=decision.kind,
            reasons=list(decision.reasons),
            candidates=candidates,
            at=now(),
        )
    )
    note(
        conn, document_id, MACHINE, "queued", {"paper": paper, "kind": decision.kind, "reasons": list(decision.reasons)}
    )
    data = {"paper": paper, "kind": decision.kind, "reasons": list(decision.reasons), "candidates": len(candidates)}
    feed.append(conn, "document.queued", {"document_id": document_id}, data)


def link_by_hand(
    conn: sa.Connection, document_id: str, paper: int, kind: str, to: str, *, role: str, by: str, reason: str
) -> str:
    """A person says where a paper belongs; the machine's own link of that paper gives way."""
    if kind not in (LinkKind.CUSTOMER, LinkKind.LOAN):
        raise Refused(f"a paper is linked to a customer or a loan, not to {kind!r}")
    if not reason.strip():
        raise Refused("a link by hand needs a reason")
    place_of(conn, kind, to)  # or NotFound
    standing = [row for row in _rows(conn, document_id) if row.paper == paper and row.removed_at is None]
    if any((row.kind, row.to_no, row.by != MACHINE) == (kind, to, True) for row in standing):
        raise Refused(f"the paper is linked to {to} already")
    _withdraw(conn, [row for row in standing if row.by == MACHINE], by, reason)
    conn.execute(_unclaimed_of(document_id, paper))
    shared = [_reason_json(LinkReason("person", by, 1.0))]
    return _insert(conn, document_id, paper, kind, to, role, shared, 1.0, by, reason)


def unlink_by_hand(conn: sa.Connection, document_id: str, link_id: str, *, by: str, reason: str) -> str:
    """A person says that a paper does not belong there; the customer whose file changed. It waits in the queue again."""
    if not reason.strip():
        raise Refused("unlinking needs a reason")
    rows = _rows(conn, document_id)
    row = next((row for row in rows if row.id == link_id and row.removed_at is None), None)
    if row is None:
        raise NotFound(f"link {link_id} of document {document_id}")
    _withdraw(conn, [row], by, reason)
    others = [other for other in rows if other.paper == row.paper and other.removed_at is None and other.id != link_id]
    if not others:
        conn.execute(_unclaimed_of(document_id, row.paper))
        _queue(conn, document_id, row.paper, Queued("unknown", (f"{by} 解除了归入：{reason}",)))
    return place_of(conn, row.kind, row.to_no).customer_no


def _unclaimed_of(document_id: str, paper: int) -> sa.Delete:
    table = tables.unclaimed
    return sa.delete(table).where(table.c.document_id == document_id, table.c.paper == paper)


def _rows(conn: sa.Connection, document_id: str) -> Sequence[Any]:
    link = tables.link
    return conn.execute(sa.select(link).where(link.c.document_id == document_id).order_by(link.c.at, link.c.id)).all()


def place_of(conn: sa.Connection, kind: str, to: str) -> Place:
    """The customer (and loan) behind a link's target, or ``NotFound``."""
    if kind == LinkKind.LOAN:
        owner = conn.execute(sa.select(tables.loan.c.customer_no).where(tables.loan.c.loan_note_no == to)).scalar()
        if owner is None:
            raise NotFound(f"loan {to}")
        return Place(owner, to)
    known = conn.execute(sa.select(tables.customer.c.customer_no).where(tables.customer.c.customer_no == to)).scalar()
    if known is None:
        raise NotFound(f"customer {to}")
    return Place(known)


def places(conn: sa.Connection, document_id: str) -> Mapping[int, Place]:
    """Where each linked paper of a document belongs; of several links the one to a loan tells most."""
    found: dict[int, Place] = {}
    for row in _rows(conn, document_id):
        if row.removed_at is None and row.role == "borrower":
            place = place_of(conn, row.kind, row.to_no)
            if row.paper not in found or (place.loan_note_no and not found[row.paper].loan_note_no):
                found[row.paper] = place
    return found


def customers_of(conn: sa.Connection, document_id: str) -> list[str]:
    """The customers to whose file a document belongs."""
    rows = [row for row in _rows(conn, document_id) if row.removed_at is None]
    return sorted({place_of(conn, row.kind, row.to_no).customer_no for row in rows})


def subject_of(conn: sa.Connection, document_id: str, kind: str, to: str) -> dict[str, str]:
    """The subject of a feed item about a document and where it belongs."""
    place = place_of(conn, kind, to)
    subject = {"document_id": document_id, "customer_no": place.customer_no}
    return subject | ({"loan_note_no": place.loan_note_no} if place.loan_note_no else {})


def _name(conn: sa.Connection, kind: str, to: str) -> str:
    customer = tables.customer
    no = place_of(conn, kind, to).customer_no
    return str(conn.execute(sa.select(customer.c.name).where(customer.c.customer_no == no)).scalar_one())


def _reason_json(reason: LinkReason) -> dict[str, Any]:
    return {"kind": reason.kind, "value": reason.value, "weight": reason.weight}
