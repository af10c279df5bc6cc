"""One loan as its page shows it: open risks, figures with their series, time, what is held and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeGuard

from api import masks
from api.charts import Point
from api.formats import SHARES, day, number
from api.quotes import Piece, pieces, sealed
from archive.dossier import EventRecord, IndicatorRecord, TimelineItem
from records.facts import Indicator, Month, Period, Polarity

#: The figures that a loan officer looks at first; the others follow in the order of the catalogue.
FIRST = (
    "monthly_inflow_avg", "kwh_month", "net_flow", "tax_paid_total", "salary_avg", "avg_daily_balance", "kwh_yoy",
    "debt_service_out", "inflow_operating", "avg_price_kwh", "closing_balance", "statement_gap_days",
)  # fmt: skip
TILES = 8
RANK = {"severe": 0, "moderate": 1, "light": 2}
OPEN = ("open", "confirmed")
GAPS = ("missing", "expired", "unreadable", "conflict")
CLASSES = ("正常", "关注", "次级", "可疑", "损失")


@dataclass(frozen=True, slots=True)
class RiskCard:
    """A risk event with its words; of sensitive ones only the class."""

    record: EventRecord
    quote: tuple[Piece, ...]
    days_left: int | None

    @property
    def counts(self) -> bool:
        """Whether it is a risk that still stands."""
        return self.record.event.polarity is Polarity.ASSERTED and self.record.current


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator: its latest figure, how it came about, and the figures before it."""

    id: str
    latest: Indicator
    points: tuple[Point, ...]
    change: Decimal | None  #: against the figure before, as a share
    before: str
    level: str | None  #: severity of an open risk that rests on it
    several: int = 0  #: how many figures share one period (accounts, say): these are no series


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of paper that should be here and is not, or is of no use: for one period or for several."""

    title: str
    title_en: str
    state: str
    periods: tuple[str, ...]
    due: str  #: the earliest
    overdue: int
    documents: tuple[str, ...]


def cards(records: Sequence[EventRecord], today: date) -> list[RiskCard]:
    """All events; those that need somebody come first, severe before light, then by deadline."""
    made = [
        RiskCard(record, () if sealed(record.event) else pieces(record.event), _left(record.due, today))
        for record in records
    ]
    return sorted(made, key=_urgency)


def _urgency(card: RiskCard) -> tuple[int, int, str]:
    record = card.record
    standing = 0 if card.counts and record.status in OPEN else 1
    return standing, RANK.get(str(record.event.severity), 3), record.due or record.opened_at


def _left(due: str | None, today: date) -> int | None:
    return (date.fromisoformat(due[:10]) - today).days if due else None


def tiles(records: Sequence[IndicatorRecord], risks: Iterable[RiskCard]) -> list[Tile]:
    """One tile per indicator. What could not be computed comes last, with its reason."""
    levels: dict[str, str] = {}
    for card in risks:
        name = card.record.event.args.get("indicator")
        if name and card.counts and card.record.status in OPEN:
            levels.setdefault(name, str(card.record.event.severity))
    found = []
    by_id = sorted(records, key=lambda one: one.indicator.id)
    for name, group in groupby(by_id, key=lambda one: one.indicator.id):
        found.append(_tile(name, [record.indicator for record in group], levels.get(name)))
    return sorted(found, key=_importance)


def _importance(tile: Tile) -> tuple[bool, bool, int, str]:
    place = FIRST.index(tile.id) if tile.id in FIRST else len(FIRST)
    return tile.latest.value is None, tile.level is None, place, tile.id


def _tile(name: str, series: list[Indicator], level: str | None) -> Tile:
    series.sort(key=lambda one: (one.period.end, one.period.start) if one.period else (date.min, date.min))
    known = [one for one in series if one.value is not None]
    latest = known[-1] if known else series[-1]
    if len({one.period for one in series}) < len(series):
        several = sum(one.period == latest.period for one in series)
        return Tile(name, latest, (Point(period_label(latest.period), number(latest.value)),), None, "", level, several)
    now, then = number(latest.value), number(known[-2].value) if len(known) > 1 else None
    change = (now - then) / abs(then) if now is not None and then and latest.unit not in SHARES else None
    before = period_label(known[-2].period) if len(known) > 1 else ""
    return Tile(name, latest, _points(series), change, before, level)


def _points(series: Sequence[Indicator]) -> tuple[Point, ...]:
    """The figures in order; a month of which nothing is on file between two others stays a gap."""
    points = {one.period: Point(period_label(one.period), number(one.value)) for one in series}
    months = {Month(period.end.year, period.end.month): point for period, point in points.items() if _is_month(period)}
    if len(months) < len(points) or not months:
        return tuple(points.values())
    found, month = [], min(months)
    while month <= max(months):
        found.append(months.get(month, Point(str(month), None)))
        month = month.plus(1)
    return tuple(found)


def _is_month(period: Period | None) -> TypeGuard[Period]:
    return period is not None and (period.start.year, period.start.month) == (period.end.year, period.end.month)


def period_label(period: Period | None) -> str:
    """A month as 2026-07, a longer time by its two ends."""
    if period is None:
        return ""
    if _is_month(period):
        return f"{period.end:%Y-%m}"
    return f"{period.start:%Y-%m} ~ {period.end:%Y-%m}"


def gaps(completeness: Mapping[str, Any], today: date) -> list[Gap]:
    """What is of no use first, then what is missing, longest overdue first; the periods of one kind of paper together."""
    open_items = sorted(
        (item for item in completeness["items"] if item["state"] in GAPS),
        key=lambda item: (item["id"], item["state"], item["due"]),
    )
    found = [_gap(list(group), today) for _, group in groupby(open_items, key=lambda item: (item["id"], item["state"]))]
    return sorted(found, key=lambda gap: (gap.state == "missing", gap.due))


def _gap(items: list[Mapping[str, Any]], today: date) -> Gap:
    first = items[0]
    return Gap(
        title=first["title"],
        title_en=first["title_en"],
        state=first["state"],
        periods=tuple(_span(item["period"]) for item in items if item["period"]),
        due=first["due"],
        overdue=(today - date.fromisoformat(first["due"])).days,
        documents=tuple(id for item in items for id in item["documents"]),
    )


def _span(period: Mapping[str, str]) -> str:
    return period_label(Period(date.fromisoformat(period["start"]), date.fromisoformat(period["end"])))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline; papers of one kind that came on one day share it."""

    item: TimelineItem
    others: tuple[TimelineItem, ...] = ()


def months(items: Sequence[TimelineItem]) -> list[tuple[str, list[Line]]]:
    """The timeline in months, newest first."""
    lines = [_line(list(run)) for _, run in groupby(items, key=_together)]
    return [(month, list(group)) for month, group in groupby(lines, key=lambda line: day(line.item.at)[:7])]


def _together(item: TimelineItem) -> tuple[str, ...]:
    if item.kind == "paper":
        return (day(item.at), item.title, item.by)
    return (item.at, item.kind, item.event_id or item.entry_id or item.title)


def _line(run: list[TimelineItem]) -> Line:
    return Line(run[0], tuple(run[1:]))


def text_of(item: TimelineItem, private: frozenset[str]) -> str:
    """What an item says: of a paper its file, of a sensitive event nothing (its words stay on their paper)."""
    if item.event_id in private:
        return ""
    return masks.text(item.text.rpartition("（")[0] or item.text) if item.kind == "paper" else masks.text(item.text)
