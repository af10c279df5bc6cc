"""The table of risk events (what they are called, how bad by default, what to do), and the events that figures alone raise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from extract.lexicon import tables
from records.facts import Cue, Evidence, Indicator, Month, Polarity, Quality, RiskEvent, Severity

#: What a loan officer is told to do (风险事件 §13).
DISPOSITIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "D1": ("增加回访频率/提醒还款", "Visit more often, remind of payment"),
        "D2": ("补充资料/核实", "Ask for papers, verify"),
        "D3": ("协商调整还款计划/展期/续贷/宽限期", "Agree on a new repayment plan"),
        "D4": ("追加担保/补充押品/提前偿还部分", "More security or partial repayment"),
        "D5": ("压降额度/停止发放", "Reduce the limit, stop drawing"),
        "D6": ("提前收回", "Call the loan"),
        "D7": ("催收", "Collect"),
        "D8": ("诉讼/保全", "Sue, secure assets"),
        "D9": ("抵质押物处置", "Realise the collateral"),
        "D10": ("上报合规/整改", "Report to compliance, remedy"),
    }
)


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event: its names, its default severity, and what is prescribed."""

    id: str
    zh: str
    en: str
    severity: Severity
    family: str
    dispositions: tuple[str, ...]
    sensitive: bool = False  #: a personal fact: masked in listings
    natural: tuple[str, ...] = ()  #: parties in whose name it is told although it bears on the borrower
    others: tuple[str, ...] = ()  #: parties tied to the loan whose event of this kind is another's all the same

    @property
    def name_zh(self) -> str:
        return self.zh

    @property
    def name_en(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """A bound on an indicator; a figure that passes it is an event."""

    id: str
    zh: str
    en: str
    family: str
    indicator: str
    says: str  #: what the figure is, in the words of the sentence
    severity: Severity
    dispositions: tuple[str, ...]
    over: Decimal | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    worse_over: Decimal | None = None  #: one level up
    worse_below: Decimal | None = None
    severe_over: Decimal | None = None  #: 重度
    under: Decimal | None = None  #: with at_least: but below this
    months: int = 1  #: how many calendar months in a row
    min_days: int = 0  #: the period must cover so many days
    needs: str = ""  #: an indicator that must be there and not zero
    recent: int = 0  #: the mean of so many last months ...
    prior: int = 0  #: ... as a share of the mean of so many before

    def bound(self, value: Decimal) -> str | None:
        """The bound this value passes, as it is written in the sentence; None when it keeps them all."""
        passed = {
            f"> {self.over}": self.over is not None and value > self.over,
            f"< {self.below}": self.below is not None and value < self.below,
            f"≥ {self.at_least}": self.at_least is not None
            and value >= self.at_least
            and (self.under is None or value < self.under),
            f"≤ {self.at_most}": self.at_most is not None and value <= self.at_most,
        }
        return next((bound for bound, is_passed in passed.items() if is_passed), None)

    def level(self, value: Decimal) -> Severity:
        if self.severe_over is not None and value > self.severe_over:
            return Severity.SEVERE
        worse = (self.worse_over is not None and value > self.worse_over) or (
            self.worse_below is not None and value < self.worse_below
        )
        order = (Severity.LIGHT, Severity.MODERATE, Severity.SEVERE)
        return order[min(2, order.index(self.severity) + worse)]


_DECIMALS = ("over", "below", "at_least", "at_most", "under", "worse_over", "worse_below", "severe_over")


def _rule(raw: Mapping[str, Any]) -> Rule:
    known: dict[str, Any] = {name: Decimal(value) if name in _DECIMALS else value for name, value in raw.items()}
    return Rule(**known | {"severity": Severity(raw["severity"]), "dispositions": tuple(raw["dispositions"])})


def _kind(raw: Mapping[str, Any]) -> EventKind:
    lists = {name: tuple(raw.get(name, ())) for name in ("dispositions", "natural", "others")}
    return EventKind(**{**raw, **lists, "severity": Severity(raw["severity"])})


RULES: tuple[Rule, ...] = tuple(_rule(raw) for raw in tables()["rule"])

#: Every event this project can raise, by id: 38 told in text, the others following from figures.
EVENTS: Mapping[str, EventKind] = MappingProxyType(
    {raw["id"]: _kind(raw) for raw in tables()["event"]}
    | {rule.id: EventKind(rule.id, rule.zh, rule.en, rule.severity, rule.family, rule.dispositions) for rule in RULES}
)


def rule_events(indicators: Sequence[Indicator]) -> list[RiskEvent]:
    """Events that follow from verified or consistent figures over whole periods, each told once, by its latest figure."""
    sound = [one for one in indicators if _sound(one)]
    events = []
    for rule in RULES:
        figures = [one for one in sound if one.id == rule.indicator and _covers(rule, one)]
        if rule.needs and not any(one.id == rule.needs and Decimal(one.value or "0") for one in sound):
            continue
        told = _drop(rule, figures) if rule.recent else _passing(rule, figures)
        if told is not None:
            events.append(_event(rule, *told))
    return events


def _sound(indicator: Indicator) -> bool:
    """A figure that may raise an event: there, a number, proved or at least not contradicted."""
    if indicator.value is None or indicator.quality not in (Quality.VERIFIED, Quality.CONSISTENT):
        return False
    return indicator.value.lstrip("-").replace(".", "", 1).isdigit()


def _covers(rule: Rule, indicator: Indicator) -> bool:
    return not rule.min_days or (indicator.period is not None and indicator.period.days >= rule.min_days)


_Told = tuple[Sequence[Indicator], Decimal]  #: the figures to show, and the value held against the bound


def _passing(rule: Rule, figures: Sequence[Indicator]) -> _Told | None:
    """The latest figure that passes, or the latest run of as many months in a row as the rule asks for."""
    passing = sorted((one for one in figures if rule.bound(_value(one)) is not None), key=_when)
    if rule.months == 1:
        return (passing[-1:], _value(passing[-1])) if passing else None
    latest = [run for run in _runs(passing) if len(run) >= rule.months]
    return (latest[-1], _value(latest[-1][-1])) if latest else None


def _drop(rule: Rule, figures: Sequence[Indicator]) -> _Told | None:
    """The mean of the last months against the mean of those before; at least as many before as after."""
    run = (_runs(sorted(figures, key=_when)) or [[]])[-1][-(rule.recent + rule.prior) :]
    before, last = run[: -rule.recent], run[-rule.recent :]
    if len(before) < rule.recent:
        return None
    base = sum(map(_value, before), Decimal(0)) / len(before)
    share = sum(map(_value, last), Decimal(0)) / len(last) / base if base > 0 else None
    return (run, share.quantize(Decimal("0.0001"))) if share is not None and rule.bound(share) else None


def _runs(figures: Sequence[Indicator]) -> list[list[Indicator]]:
    """Figures of single calendar months, cut where a month is missing."""
    runs: list[list[Indicator]] = []
    for one in figures:
        if one.period is None or one.period.days > 31:
            continue
        if runs and _next_month(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _value(indicator: Indicator) -> Decimal:
    return Decimal(indicator.value or "0")


def _when(indicator: Indicator) -> date:
    return indicator.period.end if indicator.period else date.min


def _next_month(one: Indicator, other: Indicator) -> bool:
    if one.period is None or other.period is None:
        return False
    start = one.period.start
    following = Month(start.year, start.month).plus(1)
    return (other.period.start.year, other.period.start.month) == (following.year, following.month)


def _event(rule: Rule, figures: Sequence[Indicator], value: Decimal) -> RiskEvent:
    last = figures[-1]
    bound = rule.bound(value) or ""
    told = "，".join(f"{one.period or ''} {rule.says} {one.value}".strip() for one in figures)
    share = f"，近{rule.recent}月均值为此前的 {value}" if rule.recent else ""
    page = next((source.page for one in figures for source in one.inputs if source.page is not None), 1)
    return RiskEvent(
        type=rule.id,
        polarity=Polarity.ASSERTED,
        severity=rule.level(value),
        evidence=Evidence(page, f"{told}{share}（{last.formula}），{bound}"),
        rule=rule.id,
        source="rule",
        args={"indicator": last.id, "value": f"{value:f}", "unit": last.unit, "threshold": bound},
        date=last.period.end if last.period else None,
        cues=(Cue(f"{last.id} {bound}", rule.level(value).value, rule.id),),
    )
