"""What the index holds: one card per page, risk event, indicator and entry, each saying whom and what it is about."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from records.document import Box


class Kind(StrEnum):
    """The kinds of hits, in the order of the tabs: 单据, 事件, 指标, 记录."""

    PAGE = "page"
    EVENT = "event"
    INDICATOR = "indicator"
    ENTRY = "entry"


#: Events of which only the class is shown: 重大疾病, 离婚, 失业 (archive.md §6).
SENSITIVE = frozenset({"serious_illness", "divorce", "job_loss"})
RANKS = {"light": 1, "moderate": 2, "severe": 3}
NEVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that can be found. The truth stays in the archive; a card can be thrown away and written again."""

    key: str  #: unique: "page:d1:3", "event:e1", "indicator:d1:...", "entry:..."
    source: str  #: what it was made from and is replaced with, all at once: "document:d1", "loan:JJ1"
    kind: Kind
    text: str = ""  #: what is searched; of pages it is not kept in the index
    title: str = ""
    heading: str = ""  #: searched beside the text, never shown: names, numbers, type and file name
    document_id: str | None = None
    page: int | None = None
    box: Box | None = None
    customers: tuple[str, ...] = ()
    customer_name: str | None = None
    loans: tuple[str, ...] = ()
    type: str | None = None
    event_id: str | None = None
    event_type: str | None = None
    severity: str | None = None
    polarity: str | None = None
    status: str | None = None
    day: date | None = None  #: what it is sorted by: the day of the event, the last day of a paper's period
    starts: date | None = None
    ends: date | None = None
    amount: str | None = None  #: the figure to show: of an event, or an indicator's value
    unit: str | None = None
    file_name: str | None = None
    sealed: tuple[tuple[int, int], ...] = ()  #: stretches of ``text`` that only some may read
    amounts: tuple[int, ...] = ()  #: every distinct sum of money, in cents, without sign
    ids: tuple[str, ...] = ()  #: accounts, credit codes, identity, case and contract numbers, without blanks
    suggest: tuple[str, ...] = ()  #: spellings under which type-ahead offers it: "lyjx|customer|C001|临屿机械"

    @property
    def open_text(self) -> str:
        """The text with what is sealed painted over, length unchanged."""
        text = self.text
        for start, end in self.sealed:
            text = text[:start] + "█" * (end - start) + text[end:]
        return text

    @property
    def sealed_text(self) -> str:
        """Only what is sealed."""
        return "\n".join(self.text[start:end] for start, end in self.sealed)

    @property
    def sort_date(self) -> int:
        """A number that orders by day, newest highest, and is different for every card."""
        return ((self.day or NEVER) - NEVER).days << 44 | _unique(self.key)

    @property
    def sort_severity(self) -> int:
        """A number that orders by severity, then by day."""
        return RANKS.get(self.severity or "", 0) << 60 | self.sort_date


def _unique(key: str) -> int:
    """44 bits that stay the same whenever the card is written again."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") & (1 << 44) - 1


_SEARCHED_ONLY = {"heading", "amounts", "ids", "suggest"}


def face(card: Card) -> str:
    """What the index keeps of a card to show it: everything but what is only searched and the text of pages."""
    data = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in ((field.name, getattr(card, field.name)) for field in fields(card))
        if value not in (None, (), "") and name not in _SEARCHED_ONLY and not isinstance(value, Box)
    }
    if card.kind is Kind.PAGE:
        data.pop("text", None)
    elif card.sealed:
        data["text"] = card.open_text
    if card.box:
        data["box"] = asdict(card.box)
    return json.dumps(data, ensure_ascii=False, default=str)


def card_of(text: str) -> Card:
    """The card that ``face`` wrote."""
    data: dict[str, Any] = json.loads(text)
    for name in ("day", "starts", "ends"):
        if name in data:
            data[name] = date.fromisoformat(data[name])
    for name in ("customers", "loans"):
        data[name] = tuple(data.get(name, ()))
    data["sealed"] = tuple((start, end) for start, end in data.get("sealed", ()))
    data["kind"] = Kind(data["kind"])
    if "box" in data:
        data["box"] = Box(**data["box"])
    return Card(**data)
