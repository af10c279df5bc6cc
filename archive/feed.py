"""The feed: everything that happened, in order, without gaps, written in the transaction of the change itself.

The subject of an item names what it is about, as far as it applies: ``document_id``, ``customer_no``, ``loan_note_no``,
``event_id``, ``indicator_id``, ``entry_id``. The data is small; what is large is asked for by these names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa

from archive import tables
from archive.stamps import new_id, now

FeedType = Literal[
    "document.received",
    "document.reading",
    "document.read",
    "document.unreadable",
    "document.failed",
    "document.cancelled",
    "document.linked",
    "document.unlinked",
    "document.queued",
    "indicator.computed",
    "event.opened",
    "event.changed",
    "entry.added",
    "customer.changed",
    "loan.changed",
]
TYPES: tuple[str, ...] = get_args(FeedType)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One thing that happened. ``seq`` has no gaps; ``id`` is for receivers that must not act twice."""

    seq: int
    id: str
    type: str
    time: str
    subject: Mapping[str, Any]  #: what it is about: document, customer, loan, event ... by id
    data: Mapping[str, Any]


# Built once: an upload is acknowledged in milliseconds, and building statements is a good part of them.
_COUNTER = tables.counter
_DRAW = (
    sa.update(_COUNTER).where(_COUNTER.c.name == "feed").values(value=_COUNTER.c.value + 1).returning(_COUNTER.c.value)
)
_INSERT = sa.insert(tables.feed)


def append(conn: sa.Connection, type: FeedType, subject: Mapping[str, Any], data: Mapping[str, Any]) -> int:
    """Write the next item and return its number.

    The number is drawn under the counter row's lock, which is held until the transaction ends: whoever comes next
    waits, so a number never becomes visible before a smaller one, and a transaction rolled back leaves no gap.
    """
    seq = int(conn.execute(_DRAW).scalar_one())
    row = {"seq": seq, "id": new_id("f"), "type": type, "time": now(), "subject": dict(subject), "data": dict(data)}
    conn.execute(_INSERT, row)
    return seq


def hold(conn: sa.Connection) -> None:
    """Let nobody else write to the feed until this transaction ends, so that what it reads now is still so at its end."""
    conn.execute(sa.select(_COUNTER.c.value).where(_COUNTER.c.name == "feed").with_for_update())


def read(conn: sa.Connection, after: int = 0, limit: int = 500) -> list[FeedItem]:
    """The items that follow number ``after``, oldest first."""
    feed = tables.feed
    rows = conn.execute(sa.select(feed).where(feed.c.seq > after).order_by(feed.c.seq).limit(limit))
    return [FeedItem(row.seq, row.id, row.type, row.time, row.subject, row.data) for row in rows]


def last(conn: sa.Connection) -> int:
    """The number of the latest item; 0 when nothing has happened yet."""
    return int(conn.execute(sa.select(tables.counter.c.value).where(tables.counter.c.name == "feed")).scalar() or 0)
