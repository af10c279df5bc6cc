"""Clauses in tantivy's words."""

from __future__ import annotations

import re

import tantivy
from tantivy import FieldType, Occur, Order
from tantivy import Query as Engine

from search.analyzer import terms
from search.clauses import Among, AmountIn, AnyOf, Clause, DateIn, IdEnds, Noisy, Phrase, Query, Scope, Sort, Words

#: Fields that are filtered by exact value; each is also a facet.
EXACT = ("kind", "customer", "loan", "type", "event", "severity", "polarity", "month")
#: By which field, and which way round.
ORDERS = {
    Sort.NEWEST: ("sort_date", Order.Desc),
    Sort.OLDEST: ("sort_date", Order.Asc),
    Sort.SEVERITY: ("sort_severity", Order.Desc),
}


def day(year: int, month: int, day_of_month: int) -> int:
    """A day as the index keeps it: 20240630."""
    return year * 10000 + month * 100 + day_of_month


class Translator:
    """Makes engine queries for one schema and one scope."""

    def __init__(self, schema: tantivy.Schema, scope: Scope) -> None:
        self._schema = schema
        self._scope = scope
        self._texts = ("text", "heading", "sealed") if scope.sealed else ("text", "heading")

    def query(self, query: Query) -> Engine:
        """The whole question. The scope is part of it, always."""
        parts = [(Occur.Must, self.clause(clause)) for clause in query.clauses]
        parts += [(Occur.Must, Engine.const_score_query(self.clause(clause), 0.0)) for _, clause in query.filters]
        parts += [(Occur.Must, Engine.const_score_query(self.scope(), 0.0))]
        return Engine.boolean_query(parts)

    def scope(self) -> Engine:
        """Every card this asker may see (the mark that keeps the feed number has no kind and is never among them)."""
        if self._scope.customers is None:
            return Engine.exists_query("kind")
        return self._among("customer", tuple(sorted(self._scope.customers)))

    def clause(self, clause: Clause) -> Engine:
        """One clause."""
        match clause:
            case Words(text):
                return self._words(text)
            case Phrase(text):
                return self._any([self._phrase(field, terms(text)) for field in self._texts])
            case Noisy(text, share):
                return self._noisy(terms(text), share)
            case AmountIn(low, high):
                return Engine.const_score_query(self._range("amount", low, high), 1.0)
            case DateIn(first, last):
                starts = self._range("starts", None, day(last.year, last.month, last.day))
                ends = self._range("ends", day(first.year, first.month, first.day), None)
                return Engine.const_score_query(Engine.boolean_query([(Occur.Must, starts), (Occur.Must, ends)]), 1.0)
            case IdEnds(tail):
                pattern = re.escape(tail[::-1]) + ".*"
                return Engine.const_score_query(Engine.regex_query(self._schema, "id", pattern), 2.0)
            case Among(field, values):
                return Engine.const_score_query(self._among(field, values), 1.0)
            case AnyOf(clauses):
                return self._any([self.clause(one) for one in clauses])

    def _words(self, text: str) -> Engine:
        """Every pair somewhere; cards that hold the whole text in one piece come first."""
        found = terms(text)
        if len(found) == 1 and len(found[0]) == 1 and not found[0].isascii():
            pattern = f".?{found[0]}.?"
            return self._any([Engine.regex_query(self._schema, field, pattern) for field in self._texts])
        parts = [(Occur.Must, self._term(term)) for term in found]
        if len(found) > 1:
            parts += [(Occur.Should, self._phrase(field, found)) for field in self._texts]
        return Engine.boolean_query(parts) if found else Engine.all_query()

    def _noisy(self, found: list[str], share: float) -> Engine:
        needed = max(1, int(len(found) * share))
        return Engine.boolean_query([(Occur.Should, self._term(term)) for term in found], needed)

    def _term(self, term: str) -> Engine:
        return self._any([Engine.term_query(self._schema, field, term) for field in self._texts])

    def _phrase(self, field: str, found: list[str]) -> Engine:
        if len(found) > 1:
            return Engine.phrase_query(self._schema, field, list(found))
        return Engine.term_query(self._schema, field, found[0]) if found else Engine.empty_query()

    def _among(self, field: str, values: tuple[str, ...]) -> Engine:
        return self._any([Engine.term_query(self._schema, field, value, "basic") for value in values])

    def _range(self, field: str, low: int | None, high: int | None) -> Engine:
        return Engine.range_query(self._schema, field, FieldType.Integer, low, high)

    def _any(self, queries: list[Engine]) -> Engine:
        return (
            Engine.boolean_query([(Occur.Should, query) for query in queries], 1) if queries else Engine.empty_query()
        )

    def after(self, query: Engine, sort: Sort, key: int) -> Engine:
        """What comes after this key in this order."""
        field, order = ORDERS[sort]
        rest = self._range(field, None, key - 1) if order == Order.Desc else self._range(field, key + 1, None)
        return Engine.boolean_query([(Occur.Must, query), (Occur.Must, Engine.const_score_query(rest, 0.0))])
