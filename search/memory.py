"""An index in memory: small, plain, and bound by the same contract as the real ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from archive.listing import write_cursor
from search.analyzer import terms
from search.cards import Card, Kind
from search.clauses import (
    FACETS,
    Among,
    AmountIn,
    AnyOf,
    Clause,
    DateIn,
    IdEnds,
    Noisy,
    Phrase,
    Query,
    Scope,
    Sort,
    Words,
)
from search.index import Found, RawHit, cursor_place


@dataclass(frozen=True)
class _Kept:
    """A card and its terms by field."""

    card: Card
    texts: tuple[list[str], list[str], list[str]]  #: text, heading, sealed

    def fields(self, scope: Scope) -> tuple[list[str], ...]:
        return self.texts if scope.sealed else self.texts[:2]


@dataclass
class MemoryIndex:
    """Every question looks at every card."""

    _kept: dict[str, list[_Kept]] = field(default_factory=dict)
    _waiting: dict[str, list[_Kept]] = field(default_factory=dict)
    _seq: int = 0

    def put(self, source: str, cards: Sequence[Card]) -> None:
        """From the next ``commit`` on these are the cards of this source, and no others."""
        self._waiting[source] = [
            _Kept(card, (terms(card.open_text), terms(card.heading), terms(card.sealed_text))) for card in cards
        ]

    def commit(self, seq: int) -> None:
        """Make everything since the last commit visible, together with this feed number."""
        self._kept = {source: kept for source, kept in (self._kept | self._waiting).items() if kept}
        self._waiting, self._seq = {}, seq

    def seq(self) -> int:
        """The feed number of the last commit; 0 when new."""
        return self._seq

    def search(self, query: Query, scope: Scope) -> Found:
        """Hits, total and facets of what this scope may see."""
        visible = self._visible(scope)
        found = [kept for kept in visible if _matches(kept, query, scope)]
        ranked = sorted(((self._score(kept, query, scope), kept.card) for kept in found), key=_order(query.order))
        begin, end = _place(ranked, query)
        cursor = _cursor(ranked, end, query) if end < len(ranked) else None
        hits = tuple(RawHit(_shown(card), score) for score, card in ranked[begin:end])
        return Found(
            hits,
            len(ranked),
            self._facets(visible, query, scope),
            cursor,
            self._seq,
        )

    def suggest(self, prefix: str, scope: Scope, limit: int = 8) -> list[tuple[str, int]]:
        """The spellings that begin so, with the number of cards that carry them."""
        count = Counter(one for kept in self._visible(scope) for one in kept.card.suggest if one.startswith(prefix))
        return sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def begin(self) -> MemoryIndex:
        """A new, empty index."""
        return MemoryIndex()

    def switch(self, new: MemoryIndex) -> None:
        """Answer from the new one from now on."""
        self._kept, self._waiting, self._seq = new._kept, {}, new._seq

    def close(self) -> None:
        """Nothing to give back."""

    def _visible(self, scope: Scope) -> list[_Kept]:
        every = (kept for several in self._kept.values() for kept in several)
        return [kept for kept in every if scope.customers is None or scope.customers & set(kept.card.customers)]

    def _facets(self, visible: list[_Kept], query: Query, scope: Scope) -> dict[str, list[tuple[str, int]]]:
        facets = {}
        for name in FACETS:
            asked = query.without(name)
            count = Counter(v for kept in visible if _matches(kept, asked, scope) for v in values(kept.card, name))
            facets[name] = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
        return facets

    def _score(self, kept: _Kept, query: Query, scope: Scope) -> float:
        """BM25 over the words asked for, field by field as Lucene does it."""
        if query.order is not Sort.RELEVANCE:
            return 0.0
        asked = [term for clause in query.clauses for term in _asked(clause)]
        return sum(self._bm25(kept, place, asked) for place in range(len(kept.fields(scope))))

    def _bm25(self, kept: _Kept, place: int, asked: list[str]) -> float:
        every = [one.texts[place] for several in self._kept.values() for one in several]
        mean = sum(map(len, every)) / len(every) or 1.0
        own, total = kept.texts[place], 0.0
        for term in asked:
            times, holders = own.count(term), sum(term in one for one in every)
            rarity = math.log(1 + (len(every) - holders + 0.5) / (holders + 0.5))
            total += rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * len(own) / mean))
        return total


def values(card: Card, name: str) -> tuple[str, ...]:
    """The exact values of a card in a field that can be filtered and counted."""
    match name:
        case "customer":
            return card.customers
        case "loan":
            return card.loans
        case "kind":
            return (card.kind.value,)
        case "polarity":
            return (card.polarity or "none",)
        case "month":
            return (card.day.isoformat()[:7],) if card.day else ()
        case "event":
            return (card.event_type,) if card.event_type else ()
        case "type":
            return (card.type,) if card.type else ()
        case "severity":
            return (card.severity,) if card.severity else ()
        case _:
            raise ValueError(f"no field {name!r} that could be filtered")


def _matches(kept: _Kept, query: Query, scope: Scope) -> bool:
    asked = [*query.clauses, *(clause for _, clause in query.filters)]
    return all(_holds(clause, kept, scope) for clause in asked)


def _holds(clause: Clause, kept: _Kept, scope: Scope) -> bool:
    card, fields = kept.card, kept.fields(scope)
    match clause:
        case Words(text):
            return _all_in(terms(text), fields)
        case Phrase(text):
            return any(_runs(terms(text), field) for field in fields)
        case Noisy(text, share):
            asked = terms(text)
            return sum(any(term in field for field in fields) for term in asked) >= max(1, int(len(asked) * share))
        case AmountIn(low, high):
            return any(low <= amount <= high for amount in card.amounts)
        case DateIn(first, last):
            starts, ends = card.starts or card.day, card.ends or card.day
            return starts is not None and ends is not None and starts <= last and ends >= first
        case IdEnds(tail):
            return any(one.endswith(tail) for one in card.ids)
        case Among(name, wanted):
            return not set(wanted).isdisjoint(values(card, name))
        case AnyOf(clauses):
            return any(_holds(one, kept, scope) for one in clauses)


def _all_in(asked: list[str], fields: tuple[list[str], ...]) -> bool:
    if len(asked) == 1 and len(asked[0]) == 1 and not asked[0].isascii():
        return any(asked[0] in term and len(term) <= 2 for field in fields for term in field)
    return all(any(term in field for field in fields) for term in asked)


def _runs(asked: list[str], field: list[str]) -> bool:
    return bool(asked) and any(field[at : at + len(asked)] == asked for at in range(len(field) - len(asked) + 1))


def _asked(clause: Clause) -> list[str]:
    match clause:
        case Words(text) | Phrase(text) | Noisy(text):
            return terms(text)
        case AnyOf(clauses):
            return [term for one in clauses for term in _asked(one)]
        case _:
            return []


_Ranked = tuple[float, Card]


def _order(sort: Sort) -> Callable[[_Ranked], tuple[float, int]]:
    match sort:
        case Sort.NEWEST:
            return lambda pair: (0, -pair[1].sort_date)
        case Sort.OLDEST:
            return lambda pair: (0, pair[1].sort_date)
        case Sort.SEVERITY:
            return lambda pair: (0, -pair[1].sort_severity)
        case Sort.RELEVANCE:
            return lambda pair: (-pair[0], -pair[1].sort_date)


def _key(card: Card, sort: Sort) -> int:
    return card.sort_severity if sort is Sort.SEVERITY else card.sort_date


def _place(ranked: list[_Ranked], query: Query) -> tuple[int, int]:
    """From where to where, in this order, the page asked for reaches."""
    begin = 0
    if query.cursor:
        place = cursor_place(query.cursor, query.order)
        if query.order is Sort.RELEVANCE:
            begin = place
        elif query.order is Sort.OLDEST:
            begin = sum(_key(card, query.order) <= place for _, card in ranked)
        else:
            begin = sum(_key(card, query.order) >= place for _, card in ranked)
    return begin, begin + query.limit


def _cursor(ranked: list[_Ranked], end: int, query: Query) -> str:
    place = end if query.order is Sort.RELEVANCE else _key(ranked[end - 1][1], query.order)
    return write_cursor(query.order, str(place))


def _shown(card: Card) -> Card:
    """What an index gives back: of a page the text stays in the archive."""
    return replace(card, text="" if card.kind is Kind.PAGE else card.open_text)
