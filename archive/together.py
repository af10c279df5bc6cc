"""Many small writes in one transaction: whoever comes first writes for all who wait behind.

A commit waits for the disk, and SQLite lets one write at a time. Fifty uploads at once would queue for fifty commits; so
they share a few. Each still gets its own answer or its own error, and gets it only after the commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.database import writing

T = TypeVar("T")
AT_ONCE = 50  #: so that workers get their turn in between


class _Ticket(Generic[T]):
    """One write that waits, and what came of it."""

    def __init__(self, work: Callable[[sa.Connection], T]) -> None:
        self.work = work
        self.answer: T | None = None
        self.error: BaseException | None = None
        self.done = False

    def result(self) -> T:
        if self.error is not None:
            raise self.error
        return cast(T, self.answer)


class Together:
    """Runs writes of concurrent callers in shared transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._turn = threading.Lock()
        self._waiting: list[_Ticket[object]] = []

    def write(self, work: Callable[[sa.Connection], T]) -> T:
        """Run ``work`` in a transaction and return its answer once that is committed; what it raises is raised here."""
        ticket = _Ticket(work)
        self._waiting.append(cast("_Ticket[object]", ticket))
        while not ticket.done:
            with self._turn:
                if not ticket.done:
                    self._write_all()
        return ticket.result()

    def _write_all(self) -> None:
        """Write for everybody who waits by now. If the transaction itself fails, it fails for all of them."""
        tickets, self._waiting[:AT_ONCE] = self._waiting[:AT_ONCE], []
        try:
            with writing(self.engine) as conn:
                _each(conn, tickets)
        except BaseException as problem:
            for ticket in tickets:
                ticket.error = ticket.error or problem
            raise
        finally:
            for ticket in tickets:
                ticket.done = True


def _each(conn: sa.Connection, tickets: Sequence[_Ticket[object]]) -> None:
    """One after the other, each behind a savepoint: one that fails takes nothing of the others with it."""
    for ticket in tickets:
        try:
            with conn.begin_nested():
                ticket.answer = ticket.work(conn)
        except Exception as problem:  # noqa: BLE001 - it belongs to its caller, who gets it
            ticket.error = problem
