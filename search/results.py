"""What a search gives back: hits with their place on paper and their words, facets, and how it was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from records.document import Box
from search.cards import Kind
from search.clauses import Chip, Hint
from search.marking import Passage, Piece


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: Kind
    document_id: str | None
    page: int | None
    box: Box | None  #: of the first marked words; of an event, where it was read
    title: str
    passages: tuple[Passage, ...]  #: pieces of text around what was found, numbers of persons masked
    customer_no: str | None
    customer_name: str | None
    loan_note_no: str | None  #: when there is only one
    type: str | None
    event_type: str | None
    severity: str | None
    polarity: str | None
    date: date | None
    amount: str | None
    file_name: str | None
    unit: str | None = None
    status: str | None = None  #: of an event
    event_id: str | None = None
    customers: tuple[str, ...] = ()
    loans: tuple[str, ...] = ()

    @property
    def fragments(self) -> tuple[Piece, ...]:
        """All passages in a row."""
        return tuple(piece for passage in self.passages for piece in passage)


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a question."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]  #: most frequent first
    understood: tuple[Chip, ...]
    cursor: str | None  #: where the next page begins; None after the last
    hints: tuple[Hint, ...] = ()
    seq: int = 0  #: how far the feed was followed when this was answered

    @property
    def hint(self) -> Hint | None:
        """The first thing the person should know, if there is any."""
        return self.hints[0] if self.hints else None
