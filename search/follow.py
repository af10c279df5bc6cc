"""The indexer: follows the feed, writes what changed, and survives whatever happens to the index or the database.

The number up to which the feed was followed lies in the index itself, in the same commit as what it speaks of. So a
crash between two commits costs nothing but doing the last piece again, and doing it again changes nothing.
"""

from __future__ import annotations

import logging
import threading
import time

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import feed
from records.errors import BackendUnavailable, IndexBusy
from search.index import Index
from search.source import all_sources, cards_of, sources_of

BATCH = 500  #: feed items in one commit
EVERY = 0.3  #: seconds between two looks at the feed; a commit takes about a tenth of one
LONGEST = 15.0  #: seconds to wait at most after failures in a row
_POLL = 0.02

log = logging.getLogger("postloan.search")


class Follower:
    """Keeps one index up with the feed. Any number may run; the one that got hold of the writer's lock works."""

    def __init__(self, engine: Engine, index: Index, *, every: float = EVERY) -> None:
        self.engine, self.index, self.every = engine, index, every
        self._lock = threading.Lock()

    @property
    def indexed_seq(self) -> int:
        """The feed item up to which everything can be found, whoever wrote it."""
        return self.index.seq()

    @property
    def lag(self) -> int:
        """How many feed items are waiting."""
        with self.engine.connect() as conn:
            return max(0, feed.last(conn) - self.index.seq())

    def step(self, limit: int = BATCH) -> int:
        """Follow the next items and make them visible together; how many there were."""
        with self._lock:
            seq = self.index.seq()
            with self.engine.connect() as conn:
                if seq > feed.last(conn):
                    log.warning("the index is at %d, beyond the feed: another archive; written anew", seq)
                    return self._rebuild()
                items = feed.read(conn, seq, limit)
                if not items:
                    return 0
                sources = dict.fromkeys(source for item in items for source in sources_of(conn, item))
                for source in sources:
                    _put(conn, self.index, source)
            self.index.commit(items[-1].seq)
            return len(items)

    def run(self, stop: threading.Event) -> None:
        """Follow until told to stop. Failures are waited out, longer each time, and what was not committed is done again."""
        failures = 0
        while not stop.is_set():
            try:
                worked = self.step()
                failures = 0
            except IndexBusy:
                worked = 0  # another process follows; should it die, its lock is free
            except (BackendUnavailable, sa.exc.DBAPIError, OSError):
                worked, failures = 0, failures + 1
                log.exception("the search index could not follow the feed; trying again")
            if worked < BATCH:
                stop.wait(min(LONGEST, self.every * 2**failures))
        self.index.close()

    def rebuild(self) -> None:
        """Write everything anew beside the index that answers, then switch. What happens meanwhile is followed after."""
        with self._lock:
            self._rebuild()

    def _rebuild(self) -> int:
        new = self.index.begin()
        with self.engine.connect() as conn:
            last = feed.last(conn)  # before anything is looked at: what changes later is in a later item
            count = 0
            for source in all_sources(conn):
                _put(conn, new, source)
                count += 1
        new.commit(last)
        self.index.switch(new)
        return count

    def wait_for(self, seq: int, timeout: float = 10.0) -> bool:
        """Until this feed item can be found; False when it took too long."""
        end = time.monotonic() + timeout
        while self.index.seq() < seq:
            if time.monotonic() > end:
                return False
            time.sleep(_POLL)
        return True


def _put(conn: sa.Connection, index: Index, source: str) -> None:
    """Replace a source. One that breaks our own code keeps its old cards and never holds up the others."""
    try:
        cards = cards_of(conn, source)
    except sa.exc.DBAPIError:
        raise
    except Exception:
        log.exception("%s could not be made into cards; what was found of it before stays", source)
        return
    index.put(source, cards)
