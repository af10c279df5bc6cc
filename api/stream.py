"""The feed as the front door offers it: by page, by waiting, and as a stream that a browser can follow."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool

from archive import feed
from archive.feed import FeedItem

LOOK_EVERY = 0.2  #: seconds between two looks at the feed while somebody waits
SIGN_OF_LIFE = 15.0  #: seconds of silence after which a stream says that it is still there
AT_ONCE = 200


def item_json(item: FeedItem) -> dict[str, Any]:
    """One feed item as the contract writes it."""
    return {
        "seq": item.seq,
        "id": item.id,
        "type": item.type,
        "time": item.time,
        "subject": dict(item.subject),
        "data": dict(item.data),
    }


class Feed:
    """Reads the feed; any number of callers wait for its next item at the price of one look per moment."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._closed = False
        self._seen = 0
        self._looked = 0.0

    def read(self, after: int, limit: int = AT_ONCE) -> list[FeedItem]:
        """The items that follow number ``after``."""
        with self.engine.connect() as conn:
            return feed.read(conn, after, limit)

    def last(self) -> int:
        """The number of the latest item."""
        with self.engine.connect() as conn:
            return feed.last(conn)

    def close(self) -> None:
        """Let everybody who waits go home: the service is stopping."""
        self._closed = True

    async def wait(self, after: int, seconds: float) -> bool:
        """Whether something follows ``after``, now or within so many seconds."""
        deadline = time.monotonic() + seconds
        while await self._latest() <= after:
            if self._closed or time.monotonic() >= deadline:
                return False
            await asyncio.sleep(min(LOOK_EVERY, max(0.0, deadline - time.monotonic())))
        return True

    async def _latest(self) -> int:
        """The latest number, at most a moment old: a hundred waiting callers ask the database once."""
        if time.monotonic() - self._looked >= LOOK_EVERY / 2:
            self._looked = time.monotonic()
            self._seen = await run_in_threadpool(self.last)
        return self._seen

    async def follow(self, after: int) -> AsyncIterator[list[FeedItem]]:
        """Everything after ``after``, for ever, as it comes; an empty list is a sign of life. Ends when the service stops."""
        while not self._closed:
            items = await run_in_threadpool(self.read, after)
            if items:
                after = items[-1].seq
                yield items
            elif not await self.wait(after, SIGN_OF_LIFE) and not self._closed:
                yield []


async def server_sent(
    batches: AsyncIterator[list[FeedItem]], wanted: Callable[[FeedItem], bool] = lambda _: True
) -> AsyncIterator[str]:
    """The feed in the text of ``text/event-stream``: after a break a browser asks again from ``Last-Event-ID``."""
    yield "retry: 2000\n\n"
    async for items in batches:
        yield "".join(_event(item) for item in items if wanted(item)) if items else ": still here\n\n"


def _event(item: FeedItem) -> str:
    text = json.dumps(item_json(item), ensure_ascii=False, separators=(",", ":"))
    return f"id: {item.seq}\nevent: {item.type}\ndata: {text}\n\n"


def as_json(items: Iterable[FeedItem]) -> list[dict[str, Any]]:
    """Many items as the contract writes them."""
    return [item_json(item) for item in items]
