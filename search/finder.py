"""Finding: asks the index, fetches from the archive what the hits say, marks it, and says where it stands on paper."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import tables
from records.document import Box, around
from search.analyzer import terms
from search.cards import Card, Kind
from search.clauses import EVERYTHING, Clause, Hint, Noisy, Query, Scope, Sort, Words
from search.index import Index
from search.marking import Span, marks, passages
from search.results import Hit, Results
from search.spellings import Suggestion, suggestion, typed

__all__ = ["Finder", "Hit", "Results", "Suggestion"]

_Place = tuple[str, int]  #: document and page
_Sheet = tuple[str, str]  #: its text, and its words as JSON
_SIMILAR = 3  #: a name of so many pairs may be misspelt and still be meant
_COMMON = frozenset(
    terms("有限责任公司 股份有限公司 有限公司 公司 个体工商户")
)  #: pairs that nearly every company shares


class Finder:
    """Answers questions from one index and the archive beside it."""

    def __init__(self, engine: Engine, index: Index) -> None:
        self.engine, self.index = engine, index

    def search(self, query: Query, scope: Scope = EVERYTHING) -> Results:
        """What this asker may see of the answer."""
        found = self.index.search(query, scope)
        cards = [raw.card for raw in found.hits]
        sheets = self._sheets(cards)
        quotes = self._quotes(cards) if scope.sealed else {}
        asked = [*query.clauses, *(clause for name, clause in query.filters if name in ("amount", "id"))]
        hits = tuple(_hit(card, asked, sheets, quotes, scope) for card in cards)
        hints = query.hints if found.total else (*query.hints, *self._instead(query, scope))
        return Results(found.total, hits, found.facets, query.understood, found.cursor, hints, found.seq)

    def suggest(self, prefix: str, scope: Scope = EVERYTHING, limit: int = 8) -> list[Suggestion]:
        """What may be meant by the beginning of a name, in characters, pinyin or initials, or of a number."""
        begun = typed(prefix)
        if not begun:
            return []
        offered: dict[tuple[str, str], Suggestion] = {}
        for term, count in self.index.suggest(begun, scope, 4 * limit):
            one = suggestion(term, count)
            known = offered.get((one.kind, one.key))
            if known is None or known.count < one.count:
                offered[one.kind, one.key] = one
        return sorted(offered.values(), key=lambda one: (-one.count, one.label))[:limit]

    def _sheets(self, cards: Sequence[Card]) -> Mapping[_Place, _Sheet]:
        """Text and words of the pages found, as the archive has them now."""
        wanted = {(card.document_id, card.page) for card in cards if card.kind is Kind.PAGE and card.page}
        if not wanted:
            return {}
        page, document = tables.page_text, tables.document
        with self.engine.connect() as conn:
            rows = conn.execute(
                sa.select(page.c.document_id, page.c.page, page.c.text, page.c.words)
                .join(document, sa.and_(document.c.id == page.c.document_id, document.c.version == page.c.version))
                .where(sa.tuple_(page.c.document_id, page.c.page).in_(sorted(wanted)))
            )
            return {(row.document_id, row.page): (row.text, row.words) for row in rows}

    def _quotes(self, cards: Sequence[Card]) -> Mapping[str, str]:
        """The words of sensitive events, which the index does not keep, for those who may read them."""
        event = tables.event
        wanted = [card.event_id for card in cards if card.event_id and card.sealed]
        if not wanted:
            return {}
        with self.engine.connect() as conn:
            rows = conn.execute(sa.select(event.c.id, event.c.json).where(event.c.id.in_(wanted)))
            return {row.id: str(json.loads(row.json)["evidence"]["quote"]) for row in rows}

    def _instead(self, query: Query, scope: Scope) -> tuple[Hint, ...]:
        """Nothing was found: would another polarity, or a name that is nearly the same, have found something?"""
        if "polarity" in dict(query.filters):
            wider = self.index.search(replace(query.without("polarity"), cursor=None, limit=1), scope)
            if wider.total:
                return (
                    Hint(
                        "other_polarity",
                        f"另有 {wider.total} 条属于已否认、已解除、假设或他人",
                        f"{wider.total} more are negated, resolved, hypothetical or about somebody else",
                    ),
                )
        name = self._similar(query, scope)
        return (Hint("similar", f"是否要找：{name}", f"Did you mean {name}"),) if name else ()

    def _similar(self, query: Query, scope: Scope) -> str | None:
        """The customer whose name shares most pairs with what was typed."""
        for clause in query.clauses:
            if isinstance(clause, Words) and len(terms(clause.text)) >= _SIMILAR:
                guess = Query(clauses=(Noisy(clause.text),), sort=Sort.RELEVANCE, limit=1)
                best = self.index.search(guess, scope).hits
                name = best[0].card.customer_name if best else None
                if name and len({*terms(name)} & {*terms(clause.text)} - _COMMON) >= _SIMILAR - 1:
                    return name
        return None


def _hit(
    card: Card,
    asked: Sequence[Clause],
    sheets: Mapping[_Place, _Sheet],
    quotes: Mapping[str, str],
    scope: Scope,
) -> Hit:
    text, words = card.text, "[]"
    if card.kind is Kind.PAGE:
        text, words = sheets.get((card.document_id or "", card.page or 0), ("", "[]"))
        text = text if scope.sealed else replace(card, text=text).open_text
    elif card.sealed:
        text = quotes.get(card.event_id or "", "")
    spans = marks(text, asked)
    return Hit(
        kind=card.kind,
        document_id=card.document_id,
        page=card.page,
        box=card.box or (box_of(json.loads(words), spans[0]) if spans else None),
        title=card.title,
        passages=passages(text, spans),
        customer_no=card.customers[0] if card.customers else None,
        customer_name=card.customer_name,
        loan_note_no=card.loans[0] if len(card.loans) == 1 else None,
        type=card.type,
        event_type=card.event_type,
        severity=card.severity,
        polarity=card.polarity,
        date=card.day,
        amount=card.amount,
        file_name=card.file_name,
        unit=card.unit,
        status=card.status,
        event_id=card.event_id,
        customers=card.customers,
        loans=card.loans,
    )


def box_of(words: Sequence[Sequence[Any]], span: Span) -> Box | None:
    """Where a stretch of a page's text stands, cut inside words; of one that runs over lines, its first line."""
    start, end = span
    boxes: list[Box] = []
    for begin, word, x0, y0, x1, y1 in words:
        first, last = max(0, start - begin), min(len(word), end - begin)
        if first >= last:
            continue
        step = (x1 - x0) / len(word)
        box = Box(x0 + first * step, y0, x0 + last * step, y1)
        if not boxes or box.shared_height(boxes[0]) > 0:
            boxes.append(box)
    return around(boxes) if boxes else None
