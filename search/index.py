"""What every search index must do; the embedded one, the one in memory and (later) Elasticsearch are interchangeable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from archive.listing import read_cursor
from records.errors import Refused
from search.cards import Card
from search.clauses import Query, Scope, Sort


@dataclass(frozen=True, slots=True)
class RawHit:
    """A card that answers the question. Of a page the text is not with it: it is fetched from the archive."""

    card: Card
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of an index."""

    hits: tuple[RawHit, ...]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]  #: most frequent first, ties by key
    cursor: str | None  #: where the next page begins; None after the last
    seq: int  #: how far the feed was followed when this was answered


class Index(Protocol):
    """A derived thing: it may be lost at any time and is written again from the archive."""

    def put(self, source: str, cards: Sequence[Card]) -> None:
        """From the next ``commit`` on these are the cards of this source, and no others; none at all takes it out.

        Putting the same thing twice changes nothing. One writer at a time: another one gets ``IndexBusy``.
        """

    def commit(self, seq: int) -> None:
        """Make everything since the last commit visible and durable, all at once, together with this feed number."""

    def seq(self) -> int:
        """The feed number of the last commit, by any process; 0 when new."""

    def search(self, query: Query, scope: Scope) -> Found:
        """Hits, total and facets of what this scope may see, and nothing of what it may not."""

    def suggest(self, prefix: str, scope: Scope, limit: int = 8) -> list[tuple[str, int]]:
        """The spellings that begin so, with the number of cards that carry them, most first."""

    def begin(self) -> Self:
        """A new, empty index beside this one, to be filled while this one goes on answering."""

    def switch(self, new: Self) -> None:
        """Answer from the new one from now on, in every process, and forget the old one."""

    def close(self) -> None:
        """Give back the right to write. Reading goes on."""


def cursor_place(cursor: str, sort: Sort) -> int:
    """The place in this order; a cursor of another order is refused."""
    order, place = read_cursor(cursor, 2)
    if order != sort or not place.lstrip("-").isdigit():
        raise Refused(f"cursor {cursor!r} belongs to another order; start again without it")
    return int(place)
