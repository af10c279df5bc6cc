"""The embedded index: tantivy in a folder, one writer by lock, any number of readers in any process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from typing import Any

import tantivy
from tantivy import Document
from tantivy import Query as Engine

from archive.listing import write_cursor
from records.errors import BackendUnavailable, IndexBusy, Refused
from search import analyzer
from search.cards import Card, card_of, face
from search.clauses import FACETS, Query, Scope, Sort
from search.folder import Folder, build_schema, opened
from search.index import Found, RawHit, cursor_place
from search.translate import ORDERS, Translator, day

_HEAP = 48_000_000
_BUCKETS = 1000
_DEEPEST = 10_000  #: by relevance one can leaf so far; by date without end
_MARK = "#seq"  #: the card that keeps the feed number; written in the same commit as what it speaks of


class TantivyIndex:
    """An index in a folder. Any number of these may stand on the same folder; the first to write is the writer."""

    def __init__(self, path: Path | str, *, beside: Folder | None = None) -> None:
        self.folder = beside or Folder(Path(path))
        self._schema = build_schema()
        self._open: tuple[Path, tantivy.Index] | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._batch: Path | None = None  #: where what is not committed yet went
        self._lock = RLock()

    # --- writing --------------------------------------------------------------------------------------------------

    def put(self, source: str, cards: Sequence[Card]) -> None:
        """From the next ``commit`` on these are the cards of this source, and no others."""
        with self._lock:
            writer, self._batch = self._writing(), self._place()
            self._guarded(writer.delete_documents_by_term, "source", source)
            for card in cards:
                self._guarded(writer.add_document, Document.from_dict(_fields(card), self._schema))

    def commit(self, seq: int) -> None:
        """Make everything since the last commit visible and durable, together with this feed number."""
        with self._lock:
            writer = self._writing()
            self._guarded(writer.delete_documents_by_term, "key", _MARK)
            self._guarded(writer.add_document, Document.from_dict({"key": [_MARK], "seq": [seq]}, self._schema))
            self._guarded(writer.commit)
            self._batch = None

    def _writing(self) -> tantivy.IndexWriter:
        index = self._index()
        if self._batch not in (None, self._place()):
            self._batch = None  # another process rebuilt the index between a put and its commit
            raise BackendUnavailable(f"the search index in {self.folder.path} was replaced meanwhile")
        if self._writer is None:
            try:
                self._writer = index.writer(_HEAP, 1)
            except ValueError as error:
                if "LockBusy" in str(error):
                    raise IndexBusy(str(self.folder.path)) from error
                raise self._lost(error) from error
        return self._writer

    def _guarded(self, call: Any, *given: Any) -> None:
        try:
            call(*given)
        except ValueError as error:
            raise self._lost(error) from error

    def _lost(self, error: ValueError) -> BackendUnavailable:
        """What was not committed is lost: let go of everything; opened again, it is followed from the last commit."""
        with self._lock:
            self._writer = self._open = self._batch = None
        return BackendUnavailable(f"the search index in {self.folder.path}: {error}")

    # --- reading --------------------------------------------------------------------------------------------------

    def seq(self) -> int:
        """The feed number of the last commit, by any process; 0 when new."""
        return _seq(self._searcher(), self._schema)

    def search(self, query: Query, scope: Scope) -> Found:
        """Hits, total and facets of what this scope may see."""
        searcher = self._searcher()
        translator = Translator(self._schema, scope)
        engine = translator.query(query)
        if query.order is Sort.RELEVANCE:
            hits, cursor = self._by_relevance(searcher, engine, query)
        else:
            hits, cursor = self._by_key(searcher, engine, query, translator)
        total = _count(searcher, engine)
        return Found(
            tuple(hits), total, self._facets(searcher, query, translator), cursor, _seq(searcher, self._schema)
        )

    def _by_key(
        self, searcher: tantivy.Searcher, engine: Engine, query: Query, translator: Translator
    ) -> tuple[list[RawHit], str | None]:
        field, order = ORDERS[query.order]
        if query.cursor:
            engine = translator.after(engine, query.order, cursor_place(query.cursor, query.order))
        found = searcher.search(engine, query.limit + 1, count=False, order_by_field=field, order=order).hits
        hits = [RawHit(_card(searcher, address), 0.0) for _, address in found[: query.limit]]
        more = len(found) > query.limit
        return hits, write_cursor(query.order, str(found[query.limit - 1][0])) if more else None

    def _by_relevance(
        self, searcher: tantivy.Searcher, engine: Engine, query: Query
    ) -> tuple[list[RawHit], str | None]:
        begin = cursor_place(query.cursor, Sort.RELEVANCE) if query.cursor else 0
        end = begin + query.limit
        if end > _DEEPEST:
            raise Refused(f"beyond the first {_DEEPEST} hits sort by date, or narrow the search")
        found = _best(searcher, engine, end)
        hits = [RawHit(_card(searcher, address), score) for score, address in found[begin:end]]
        return hits, write_cursor(Sort.RELEVANCE, str(end)) if len(found) > end else None

    def _facets(
        self, searcher: tantivy.Searcher, query: Query, translator: Translator
    ) -> dict[str, list[tuple[str, int]]]:
        """Counts by value; a facet that is itself filtered counts as if it were not, so that one can change over."""
        filtered = {name for name, _ in query.filters}
        open_ones = [name for name in FACETS if name not in filtered]
        counts = _counts(searcher, translator.query(query), open_ones)
        for name in filtered.intersection(FACETS):
            counts |= _counts(searcher, translator.query(query.without(name)), [name])
        return {name: counts[name] for name in FACETS}

    def suggest(self, prefix: str, scope: Scope, limit: int = 8) -> list[tuple[str, int]]:
        """The spellings that begin so, with the number of cards that carry them."""
        translator = Translator(self._schema, scope)
        found = self._searcher().terms_with_prefix("suggest", prefix, translator.scope(), limit)
        return [(term, count) for term, count in found if count]

    # --- the folder -----------------------------------------------------------------------------------------------

    def begin(self) -> TantivyIndex:
        """A new, empty index beside this one. Only one process builds anew at a time."""
        return TantivyIndex(self.folder.path, beside=self.folder.beside())

    def switch(self, new: TantivyIndex) -> None:
        """Point at the new folder, for every process, and delete the others."""
        new.close()
        with self._lock:
            self._writer = self._open = None
            new.folder.become_current()

    def close(self) -> None:
        """Give back the right to write. Reading goes on."""
        with self._lock:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.wait_merging_threads()

    def _searcher(self) -> tantivy.Searcher:
        index = self._index()
        try:
            index.reload()
        except ValueError as error:
            raise self._lost(error) from error
        return index.searcher()

    def _place(self) -> Path | None:
        return self._open[0] if self._open else None

    def _index(self) -> tantivy.Index:
        """The index that counts now; another process may have switched since we looked."""
        with self._lock:
            place = self.folder.place()
            if self._open is None or self._open[0] != place:
                self._writer = None
                self._open = place, opened(self._schema, place)
            return self._open[1]


def _seq(searcher: tantivy.Searcher, schema: tantivy.Schema) -> int:
    marks = searcher.search(Engine.term_query(schema, "key", _MARK, "basic"), 1, count=False).hits
    return int(searcher.doc(marks[0][1]).get_first("seq") or 0) if marks else 0


def _best(searcher: tantivy.Searcher, engine: Engine, count: int) -> list[tuple[float, Any]]:
    """More than the ``count`` best, ties in the same order whatever the segments: newest first."""
    wanted = count + 1
    while True:
        found = searcher.search(engine, wanted, count=False).hits
        if len(found) < wanted or found[-1][0] < found[count - 1][0]:
            break
        wanted *= 2
    keys = searcher.fast_field_values("sort_date", [address for _, address in found])
    ranked = sorted(zip(found, keys, strict=True), key=lambda pair: (-pair[0][0], -int(pair[1] or 0)))
    return [hit for hit, _ in ranked]


def _counts(searcher: tantivy.Searcher, engine: Engine, names: list[str]) -> dict[str, list[tuple[str, int]]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": _BUCKETS}} for name in names}
    answer = searcher.aggregate(engine, asked)
    return {
        name: sorted(
            ((str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[name]["buckets"]),
            key=lambda pair: (-pair[1], pair[0]),
        )
        for name in names
    }


def _count(searcher: tantivy.Searcher, engine: Engine) -> int:
    return int(searcher.search(engine, 1).count)  # type: ignore[attr-defined]  # missing in the stubs


def _card(searcher: tantivy.Searcher, address: Any) -> Card:
    kept: Any = searcher.doc(address).get_first("face")
    return card_of(bytes(kept).decode())


def _fields(card: Card) -> dict[str, list[Any]]:
    """A card as the engine takes it."""
    first, last = card.starts or card.day, card.ends or card.day
    fields: dict[str, list[Any]] = {
        "key": [card.key],
        "source": [card.source],
        "kind": [card.kind.value],
        "customer": list(card.customers),
        "loan": list(card.loans),
        "type": [card.type],
        "event": [card.event_type],
        "severity": [card.severity],
        "polarity": [card.polarity or "none"],
        "month": [card.day.isoformat()[:7] if card.day else None],
        "id": [one[::-1] for one in card.ids],
        "suggest": list(card.suggest),
        "text": [" ".join(analyzer.terms(card.open_text))],
        "heading": [" ".join(analyzer.terms(card.heading))],
        "sealed": [" ".join(analyzer.terms(card.sealed_text))],
        "face": [face(card).encode()],
        "amount": list(card.amounts),
        "starts": [day(first.year, first.month, first.day)] if first else [],
        "ends": [day(last.year, last.month, last.day)] if last else [],
        "sort_date": [card.sort_date],
        "sort_severity": [card.sort_severity],
    }
    return {name: values for name, values in fields.items() if values and values[0] not in (None, "")}
