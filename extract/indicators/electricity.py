"""Indicators of electricity (indicators.md §7): how much a works uses, against last month and against last year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of, ratio
from extract.indicators.statements import whole
from extract.statements.entries import decimal_of
from records.facts import Field, Month, Paper, Period, State

TYPE = "electricity_bill"


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill: whose meter, which month, how much, for how much money."""

    user_no: str
    month: Month
    kwh: Field
    peak: Field | None
    sharp: Field | None
    amount: Field | None
    document: str

    @property
    def used(self) -> Decimal:
        return Decimal(str(self.kwh.value))


@dataclass(frozen=True, slots=True)
class Supply:
    """All bills of a customer by month; two bills of one meter and month are one unless they differ."""

    months: dict[Month, tuple[Bill, ...]]

    @property
    def period(self) -> Period:
        return Period(whole(min(self.months)).start, whole(max(self.months)).end)

    def kwh(self, month: Month) -> Decimal:
        return sum((bill.used for bill in self.months[month]), Decimal(0))

    def meters(self, month: Month) -> frozenset[str]:
        return frozenset(bill.user_no for bill in self.months[month])


@family("electricity")
def gather(papers: Papers) -> Supply | None:
    """The bills on file by month and meter."""
    found: dict[tuple[Month, str], Bill] = {}
    for document, paper in papers:
        bill = _bill(document, paper) if paper.type == TYPE else None
        if bill is not None:
            found.setdefault((bill.month, bill.user_no), bill)
    if not found:
        return None
    months: dict[Month, tuple[Bill, ...]] = {}
    for (month, _), bill in sorted(found.items()):
        months[month] = (*months.get(month, ()), bill)
    return Supply(months)


def _bill(document: str, paper: Paper) -> Bill | None:
    fields = paper.fields
    if "bill_month" not in fields or "kwh_total" not in fields:
        return None
    value = fields["bill_month"].value
    month = value if isinstance(value, Month) else Month(*(int(part) for part in str(value).split("-")))
    user = next((str(fields[name].value) for name in ("user_no", "room") if name in fields), "")
    return Bill(
        user,
        month,
        fields["kwh_total"],
        fields.get("kwh_peak"),
        fields.get("kwh_sharp"),
        fields.get("amount_total"),
        document,
    )


def figure(value: Decimal, period: Period, bills: Iterable[Bill], names: tuple[str, ...] = ("kwh_total",)) -> Figure:
    """A figure over these bills; a reading in conflict gives none."""
    inputs, states = [], []
    for bill in bills:
        for name, field in (
            ("kwh_total", bill.kwh),
            ("kwh_peak", bill.peak),
            ("kwh_sharp", bill.sharp),
            ("amount_total", bill.amount),
        ):
            if name in names and field is not None:
                inputs.append(cited(field, bill.document, name))
                states.append(field.state)
    if State.CONFLICT in states:
        raise NoValue("有电量处于冲突状态，先复核再计算")
    return Figure(value, period, tuple(inputs), quality_of(states))


@indicator("kwh_month", ("月用电量", "Power used"), "kWh", "Σ 各户号总电量", family="electricity")
def kwh_month(supply: Supply) -> Iterable[Figure]:
    for month, bills in supply.months.items():
        yield figure(supply.kwh(month), whole(month), bills)


def _change(supply: Supply, back: int) -> Iterable[Figure]:
    """Each month against the one ``back`` months earlier, where both are on file for the same meters."""
    for month, bills in supply.months.items():
        before = month.plus(-back)
        if before not in supply.months or supply.meters(before) != supply.meters(month):
            continue
        earlier = supply.kwh(before)
        if earlier > 0:
            yield figure(supply.kwh(month) / earlier - 1, whole(month), (*bills, *supply.months[before]))


@indicator(
    "kwh_yoy", ("用电量同比", "Power used, year on year"), "ratio", "本月电量 / 上年同月电量 − 1", family="electricity"
)
def kwh_yoy(supply: Supply) -> Iterable[Figure]:
    return _change(supply, 12)


@indicator(
    "kwh_mom", ("用电量环比", "Power used, month on month"), "ratio", "本月电量 / 上月电量 − 1", family="electricity"
)
def kwh_mom(supply: Supply) -> Iterable[Figure]:
    return _change(supply, 1)


@indicator("peak_share", ("峰电占比", "Share of peak power"), "ratio", "(尖 + 峰) / 总电量", family="electricity")
def peak_share(supply: Supply) -> Iterable[Figure]:
    for month, bills in supply.months.items():
        if all(bill.peak is not None for bill in bills) and supply.kwh(month) > 0:
            top = sum((decimal_of(f) or Decimal(0) for bill in bills for f in (bill.peak, bill.sharp)), Decimal(0))
            yield figure(top / supply.kwh(month), whole(month), bills, ("kwh_total", "kwh_peak", "kwh_sharp"))


@indicator("avg_price_kwh", ("平均电价", "Average price"), "CNY/kWh", "电费 / 电量", family="electricity")
def avg_price_kwh(supply: Supply) -> Iterable[Figure]:
    for month, bills in supply.months.items():
        if all(bill.amount is not None for bill in bills) and supply.kwh(month) > 0:
            cost = sum((decimal_of(bill.amount) or Decimal(0) for bill in bills), Decimal(0))
            yield figure(ratio(cost, supply.kwh(month), "电量"), whole(month), bills, ("kwh_total", "amount_total"))
