"""Indicators of water, gas and what was not paid (indicators.md §7): against last year, arrears, penalties, declarations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of
from extract.indicators.statements import whole
from extract.statements.entries import day_of, decimal_of
from records.facts import Field, Month, Paper, Period, State
from records.values import days


@dataclass(frozen=True, slots=True)
class Used:
    """What was used in a month at one supply point."""

    user_no: str
    volume: Field
    document: str


Months = dict[Month, tuple[Used, ...]]


def _supply(papers: Papers, kind: str) -> Months | None:
    """The bills of one kind by month; two bills of one meter and month are one."""
    found: dict[tuple[Month, str], Used] = {}
    for document, paper in papers:
        month, volume = paper.fields.get("month"), paper.fields.get("volume")
        if paper.type != kind or month is None or volume is None:
            continue
        value = month.value
        when = value if isinstance(value, Month) else Month(*(int(part) for part in str(value).split("-")))
        user = str(paper.fields["user_no"].value) if "user_no" in paper.fields else ""
        found.setdefault((when, user), Used(user, volume, document))
    months: Months = {}
    for (when, _), used in sorted(found.items(), key=lambda pair: pair[0]):
        months[when] = (*months.get(when, ()), used)
    return months or None


@family("water")
def gather_water(papers: Papers) -> Months | None:
    """The water bills on file."""
    return _supply(papers, "water_bill")


@family("gas")
def gather_gas(papers: Papers) -> Months | None:
    """The gas bills on file."""
    return _supply(papers, "gas_bill")


def _against_last_year(months: Months) -> Iterable[Figure]:
    """Each month against the same one a year earlier, where both are on file for the same meters."""
    for month, used in months.items():
        before = months.get(month.plus(-12), ())
        if not before or {u.user_no for u in before} != {u.user_no for u in used}:
            continue
        now, then = (sum((Decimal(str(u.volume.value)) for u in each), Decimal(0)) for each in (used, before))
        both = (*used, *before)
        if then <= 0:
            continue
        if any(u.volume.state is State.CONFLICT for u in both):
            raise NoValue("有用量处于冲突状态，先复核再计算")
        inputs = tuple(cited(u.volume, u.document, "volume") for u in both)
        yield Figure(now / then - 1, whole(month), inputs, quality_of(u.volume.state for u in both))


@indicator(
    "water_m3_yoy", ("用水量同比", "Water used, year on year"), "ratio", "本月用水 / 上年同月用水 − 1", family="water"
)
def water_m3_yoy(months: Months) -> Iterable[Figure]:
    return _against_last_year(months)


@indicator("gas_m3_yoy", ("用气量同比", "Gas used, year on year"), "ratio", "本月用气 / 上年同月用气 − 1", family="gas")
def gas_m3_yoy(months: Months) -> Iterable[Figure]:
    return _against_last_year(months)


# --- what was not paid ----------------------------------------------------------------------------------------------------

BILLS = ("electricity_bill", "water_bill", "gas_bill")


@dataclass(frozen=True, slots=True)
class Owed:
    """The notices of arrears, and the penalties that bills and notices name."""

    notices: tuple[tuple[str, Paper], ...]
    penalties: tuple[tuple[str, Field], ...]

    @property
    def period(self) -> Period | None:
        days = [paper.period for _, paper in self.notices if paper.period]
        return Period(min(p.start for p in days), max(p.end for p in days)) if days else None


@family("arrears")
def gather_arrears(papers: Papers) -> Owed | None:
    """The last notice for every supply point, and every penalty on file."""
    last: dict[str, tuple[str, str, Paper]] = {}
    penalties = []
    for document, paper in papers:
        if paper.type == "utility_arrears_notice":
            user = str(paper.fields["user_no"].value) if "user_no" in paper.fields else document
            day = str(day_of(paper.fields.get("notice_date")) or (paper.period.end if paper.period else ""))
            if user not in last or day >= last[user][0]:
                last[user] = (day, document, paper)
        if paper.type in (*BILLS, "utility_arrears_notice") and "penalty" in paper.fields:
            penalties.append((document, paper.fields["penalty"]))
    notices = tuple((document, paper) for _, document, paper in last.values())
    return Owed(notices, tuple(penalties)) if notices or penalties else None


def _summed(fields: Iterable[tuple[str, Field]], period: Period | None) -> Figure:
    used = list(fields)
    if any(field.state is State.CONFLICT for _, field in used):
        raise NoValue("有金额处于冲突状态，先复核再计算")
    value = sum((decimal_of(field) or Decimal(0) for _, field in used), Decimal(0))
    inputs = tuple(cited(field, document) for document, field in used)
    return Figure(value, period, inputs, quality_of(field.state for _, field in used))


@indicator(
    "utility_arrears_amount",
    ("水电气拖欠金额", "Utility bills in arrears"),
    "CNY",
    "Σ 各户号最近一份催缴的欠费",
    family="arrears",
)
def utility_arrears_amount(owed: Owed) -> Iterable[Figure]:
    found = [
        (document, paper.fields["arrears_amount"])
        for document, paper in owed.notices
        if "arrears_amount" in paper.fields
    ]
    return [_summed(found, owed.period)] if found else []


@indicator(
    "utility_arrears_months",
    ("水电气拖欠期数", "Utility bills unpaid"),
    "count",
    "Σ 各户号最近一份催缴所列的欠费月数",
    family="arrears",
)
def utility_arrears_months(owed: Owed) -> Iterable[Figure]:
    """A notice that names its months in no way we can count says nothing of their number."""
    named = [(document, paper.fields["months"]) for document, paper in owed.notices if "months" in paper.fields]
    counted = [(document, field, months_in(str(field.value))) for document, field in named]
    known = [(document, field, months) for document, field, months in counted if months]
    if not known:
        return []
    inputs = tuple(cited(field, document, "months") for document, field, _ in known)
    quality = quality_of((field.state for _, field, _ in known), complete=len(known) == len(owed.notices))
    return [Figure(Decimal(sum(len(months) for _, _, months in known)), owed.period, inputs, quality)]


def months_in(text: str) -> set[Month]:
    """The months that a notice names: one, several, or from one to another; none where any part is not understood."""
    span = days.period(text)
    if span is not None:
        first, last = Month(span.start.year, span.start.month), Month(span.end.year, span.end.month)
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return {first.plus(n) for n in range(count)}
    found: set[Month] = set()
    year = ""
    for part in re.split(r"[、,，;；和及]|\s+", text.strip()):
        said = re.match(r"(20\d{2})年", part)
        year = said[1] if said else year
        month = days.month(part if said or "月" not in part else f"{year}年{part}")
        if month is None:
            return set()
        found.add(month)
    return found


@indicator("utility_penalty", ("水电气违约金", "Penalties on utility bills"), "CNY", "Σ 违约金", family="arrears")
def utility_penalty(owed: Owed) -> Iterable[Figure]:
    return [_summed(owed.penalties, owed.period)] if owed.penalties else []


# --- customs --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Declared:
    """Declarations by month, each number once."""

    months: dict[Month, tuple[tuple[str, Field], ...]]


@family("customs")
def gather_customs(papers: Papers) -> Declared | None:
    """Every declaration on file, by the month it was declared in."""
    found: dict[str, tuple[Month, str, Field]] = {}
    for document, paper in papers:
        day, number = day_of(paper.fields.get("declare_date")), paper.fields.get("customs_no")
        if paper.type == "customs_declaration" and day is not None and number is not None:
            found.setdefault(str(number.value), (Month(day.year, day.month), document, number))
    months: dict[Month, tuple[tuple[str, Field], ...]] = {}
    for month, document, number in sorted(found.values(), key=lambda item: (item[0], str(item[2].value))):
        months[month] = (*months.get(month, ()), (document, number))
    return Declared(months) if months else None


@indicator(
    "customs_count", ("报关单数", "Customs declarations"), "count", "每月报关单数（同号只计一次）", family="customs"
)
def customs_count(declared: Declared) -> Iterable[Figure]:
    for month, items in declared.months.items():
        inputs = tuple(cited(field, document, "customs_no") for document, field in items)
        yield Figure(Decimal(len(items)), whole(month), inputs, quality_of(field.state for _, field in items))
