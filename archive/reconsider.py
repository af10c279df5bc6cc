"""Papers that wait unclaimed are looked at again when the loan book changes, and figures that rest on the book computed anew.

A follower of the feed like any other: it remembers the last change of the book that it has acted upon, so whoever changes
the book need not know of it. Killed half-way it begins anew, and what is placed already does not wait any more.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import tables
from archive.assess import papers_in_reading, touch
from archive.book import LoanBook
from archive.database import writing
from archive.documents import Work
from archive.events import put_text_events
from archive.linking import Hint, Linked, decide
from archive.links import place_papers, refused_by_people
from records.facts import Paper

COUNTER = "reconsidered"
BOOK = ("customer.changed", "loan.changed")
SOME = 20  #: documents looked at before the caller is let go on


class Reconsider:
    """One worker's eye on the book. ``step`` does a little and says whether there is more to do."""

    def __init__(self, engine: Engine, jobs: Work) -> None:
        self.engine, self.jobs = engine, jobs
        self._waiting: list[str] = []
        self._changed: list[str] = []  #: customers whose own or whose loans' lines of the book are new
        self._until: int | None = None  #: the change of the book that the round answers to

    def step(self) -> bool:
        """Look at a few again; a worker calls this between two looks at its lease."""
        if self._until is None and not self._begin():
            return False
        for document_id in self._waiting[:SOME]:
            with writing(self.engine) as conn:
                place_again(conn, self.jobs, document_id)
        del self._waiting[:SOME]
        if self._changed:
            with writing(self.engine) as conn:
                for customer_no in self._changed[:SOME]:
                    self.jobs.assess(conn, customer_no, touch(conn, customer_no))
            del self._changed[:SOME]
        if not self._waiting and not self._changed:
            self._end()
        return bool(self._waiting or self._changed)

    def _begin(self) -> bool:
        with self.engine.connect() as conn:
            changed = last_change(conn)
            if changed <= _acted_upon(conn):
                return False
            unclaimed = tables.unclaimed
            self._waiting = list(
                conn.execute(sa.select(unclaimed.c.document_id).distinct().order_by(unclaimed.c.document_id)).scalars()
            )
            self._changed = _with_papers(conn, _customers_changed(conn, changed))
        self._until = changed
        return True

    def _end(self) -> None:
        counter = tables.counter
        with writing(self.engine) as conn:
            conn.execute(sa.delete(counter).where(counter.c.name == COUNTER))
            conn.execute(sa.insert(counter).values(name=COUNTER, value=self._until))
        self._until = None


def last_change(conn: sa.Connection) -> int:
    """The number of the latest feed item that tells of a change of the book; 0 when there was none."""
    feed = tables.feed
    after = feed.c.seq > _acted_upon(conn)
    return int(conn.execute(sa.select(sa.func.max(feed.c.seq)).where(after, feed.c.type.in_(BOOK))).scalar() or 0)


def _customers_changed(conn: sa.Connection, until: int) -> set[str]:
    """Whose lines of the book changed since."""
    feed = tables.feed
    told = sa.select(feed.c.subject).where(feed.c.seq > _acted_upon(conn), feed.c.seq <= until, feed.c.type.in_(BOOK))
    return {str(subject["customer_no"]) for subject in conn.execute(told).scalars()}


def _with_papers(conn: sa.Connection, customers: set[str]) -> list[str]:
    """Those of them who have papers on file: there is nothing to compute for the others, and a book has many lines."""
    link, loan = tables.link, tables.loan
    owner = sa.func.coalesce(loan.c.customer_no, link.c.to_no)
    held = sa.select(owner).outerjoin(loan, sa.and_(link.c.kind == "loan", loan.c.loan_note_no == link.c.to_no))
    found = conn.execute(held.where(link.c.removed_at.is_(None)).distinct()).scalars()
    return sorted(customers.intersection(found))


def _acted_upon(conn: sa.Connection) -> int:
    counter = tables.counter
    return int(conn.execute(sa.select(counter.c.value).where(counter.c.name == COUNTER)).scalar() or 0)


def place_again(conn: sa.Connection, jobs: Work, document_id: str) -> None:
    """Place the papers of a waiting document, if the book of today knows more of them; otherwise leave all as it is."""
    document = tables.document
    row = conn.execute(
        sa.select(document).where(document.c.id == document_id, document.c.status == "read").with_for_update()
    ).one_or_none()
    if row is None or not row.version:
        return  # being read anew, and placed then
    papers = papers_in_reading(conn, document_id, row.version)
    hint = Hint(row.hint_customer, row.hint_loan)
    if not _news(conn, document_id, papers, hint):
        return
    touched = place_papers(conn, document_id, papers, hint)
    put_text_events(conn, document_id, papers)
    for customer_no in sorted(touched):
        jobs.assess(conn, customer_no, touch(conn, customer_no))


def _news(conn: sa.Connection, document_id: str, papers: Sequence[Paper], hint: Hint) -> bool:
    """Whether a waiting paper would be linked now, or waits for another reason than it did."""
    unclaimed, book, refused = tables.unclaimed, LoanBook(conn), refused_by_people(conn, document_id)
    for row in conn.execute(sa.select(unclaimed).where(unclaimed.c.document_id == document_id)):
        decision = decide(papers[row.paper], book, hint)
        no = {(kind, to) for paper, kind, to in refused if paper == row.paper}
        if isinstance(decision, Linked):
            if (decision.link.kind.value, decision.link.to) not in no:
                return True
        elif not no and [decision.kind, *decision.reasons] != [row.kind, *row.reasons]:
            return True
    return False
