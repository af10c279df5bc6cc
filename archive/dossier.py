"""The archive of a loan as people ask for it: papers by stage, completeness, timeline, indicators, events, entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from records.facts import Indicator, RiskEvent

#: 待确认 → 已确认 / 误报 → 已处置 → 已解除. What is no risk (negated, hypothetical ...) is kept as "recorded" (不计入风险).
EventStatus = Literal["open", "confirmed", "dismissed", "disposed", "resolved", "recorded"]


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """An indicator of a customer, as last computed from all its papers."""

    id: str  #: of this record
    customer_no: str
    indicator: Indicator
    computed_at: str


@dataclass(frozen=True, slots=True)
class EventChange:
    """One step in the life of an event."""

    at: str
    by: str
    status: EventStatus
    reason: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A risk event with where it was read, whom it is about, and its life so far."""

    id: str
    event: RiskEvent
    status: EventStatus
    document_id: str | None  #: None for rules over several papers (see the inputs of the indicators named in args)
    document_name: str | None
    paper: int | None
    customer_no: str | None
    customer_name: str | None
    loan_note_no: str | None
    current: bool  #: False when the paper was read or linked otherwise since; kept because a person had decided on it
    opened_at: str
    changed_at: str
    due: str | None  #: the day by which it must be acted on (重 1, 中 5, 轻 10 working days); None when not open
    history: tuple[EventChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One of the mandatory records of a loan, in its latest version."""

    id: str
    version: int
    loan_note_no: str
    kind: str  #: inspection, contact, analysis, disposition
    happened_at: str
    by: str
    machine: bool
    content: Mapping[str, Any]
    at: str
    reason: str | None
    earlier: tuple[EntryRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing in the life of a loan."""

    at: str  #: a day or a moment
    kind: str  #: granted, due, settled, paper, event, inspection, contact, analysis, disposition
    title: str
    text: str
    by: str
    machine: bool
    document_id: str | None = None
    event_id: str | None = None
    entry_id: str | None = None
    severity: str | None = None
