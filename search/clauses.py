"""What can be asked of an index, engine by engine the same: clauses, filters, scope, order and page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """All pairs of characters of this text, anywhere on the card."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """This text as it stands, in one piece."""

    text: str


@dataclass(frozen=True, slots=True)
class Noisy:
    """Most of the pairs of this text: forgives wrong characters, so it may only rank, never filter."""

    text: str
    share: float = 0.6


@dataclass(frozen=True, slots=True)
class AmountIn:
    """A sum of money between these, both included, in cents and without sign."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class DateIn:
    """The card's period touches these days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class IdEnds:
    """An account, identity, credit code, case or contract number that ends so (or is so)."""

    tail: str


@dataclass(frozen=True, slots=True)
class Among:
    """One of these exact values in a field of the card; no values means nothing matches."""

    field: str  #: kind, customer, loan, type, event, severity, polarity
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    clauses: tuple[Clause, ...]


Clause = Words | Phrase | Noisy | AmountIn | DateIn | IdEnds | Among | AnyOf


class Sort(StrEnum):
    """The orders of a result."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood, for a person to see and to take away again."""

    kind: str  #: words, phrase, amount, date, id, loan, number, or the name of a filter
    value: str
    zh: str
    en: str
    param: str = "q"  #: the parameter it came from
    rest: str = ""  #: what is left of that parameter without it
    default: bool = False  #: not said by the person: applies unless they say otherwise


@dataclass(frozen=True, slots=True)
class Hint:
    """Something about the question that the person should know."""

    code: str
    zh: str
    en: str


#: The facets of a result, each over one field.
FACETS = ("kind", "type", "event", "severity", "customer", "loan", "month")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood: every clause and every filter must hold."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[tuple[str, Clause], ...] = ()  #: by the name of the parameter, so that a facet can leave out its own
    sort: Sort = Sort.RELEVANCE
    cursor: str | None = None
    limit: int = 20
    text: str = ""  #: the box, as typed
    understood: tuple[Chip, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def order(self) -> Sort:
        """Without anything to be relevant to, the newest comes first."""
        return Sort.NEWEST if self.sort is Sort.RELEVANCE and not self.clauses else self.sort

    def without(self, name: str) -> Query:
        """The same question without one filter."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != name))


@dataclass(frozen=True, slots=True)
class Scope:
    """What the asker may see at all. It is applied before anything is counted, offered or quoted."""

    customers: frozenset[str] | None = None  #: None: everybody's, and papers that belong to nobody yet
    sealed: bool = False  #: may read what stands behind the class of a sensitive event (疾病, 离婚, 失业)


EVERYTHING = Scope()
