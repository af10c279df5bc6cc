"""Indicators that hold declared sales against other papers (indicators.md §7, §10): power used, and the other tax return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators import electricity, returns
from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of
from extract.statements.entries import decimal_of
from records.facts import Month, State


@dataclass(frozen=True, slots=True)
class SalesAndPower:
    """Declared sales beside the bills of the same months."""

    filed: tuple[returns.Filed, ...]
    supply: electricity.Supply


@family("sales_and_power")
def gather(papers: Papers) -> SalesAndPower | None:
    """Returns and bills; nothing where one of the two is not on file."""
    filed, supply = returns.gather(papers), electricity.gather(papers)
    return SalesAndPower(filed.filed, supply) if filed and supply else None


def _within(item: returns.Filed) -> list[Month]:
    month, found = Month(item.period.start.year, item.period.start.month), []
    while (month.year, month.month) <= (item.period.end.year, item.period.end.month):
        found.append(month)
        month = month.plus(1)
    return found


@indicator(
    "kwh_per_revenue",
    ("万元收入电耗", "Power per ¥10,000 of sales"),
    "kWh",
    "电量 / (申报收入 / 10⁴)",
    family="sales_and_power",
)
def kwh_per_revenue(both: SalesAndPower) -> Iterable[Figure]:
    """For every return whose months all have their bills."""
    for item in both.filed:
        field, months = item.field("declared_revenue"), _within(item)
        if field is None or not all(month in both.supply.months for month in months):
            continue
        sales = decimal_of(field) or Decimal(0)
        bills = [bill for month in months for bill in both.supply.months[month]]
        states = [field.state, *(bill.kwh.state for bill in bills)]
        if State.CONFLICT in states:
            raise NoValue("有数值处于冲突状态，先复核再计算")
        if sales <= 0:
            continue
        kwh = sum((both.supply.kwh(month) for month in months), Decimal(0))
        inputs = (cited(field, item.document), *(cited(bill.kwh, bill.document, "kwh_total") for bill in bills))
        yield Figure((kwh * 10_000 / sales).quantize(Decimal("0.01")), item.period, inputs, quality_of(states))


@dataclass(frozen=True, slots=True)
class TwoReturns:
    """Returns of both taxes that speak of the same year so far."""

    pairs: tuple[tuple[returns.Filed, returns.Filed], ...]


@family("two_returns")
def gather_two(papers: Papers) -> TwoReturns | None:
    """VAT returns that end on the day an income tax return of the year so far ends."""
    vat, cit = returns.gather(papers), returns.gather_cit(papers)
    if vat is None or cit is None:
        return None
    pairs = [(v, c) for v in vat.filed for c in cit.filed if v.period.end == c.period.end and c.period.start.month == 1]
    return TwoReturns(tuple(pairs)) if pairs else None


@indicator(
    "rev_vat_vs_cit",
    ("增值税与所得税收入比", "VAT sales to income tax revenue"),
    "ratio",
    "增值税本年累计申报收入 / 所得税申报营业收入",
    family="two_returns",
)
def rev_vat_vs_cit(both: TwoReturns) -> Iterable[Figure]:
    for vat, cit in both.pairs:
        sales, revenue = vat.field("declared_revenue_ytd"), cit.field("revenue")
        if sales is None or revenue is None or (decimal_of(revenue) or 0) <= 0:
            continue
        if State.CONFLICT in (sales.state, revenue.state):
            raise NoValue("申报表里有金额处于冲突状态，先复核再计算")
        value = (decimal_of(sales) or Decimal(0)) / (decimal_of(revenue) or Decimal(1))
        inputs = cited(sales, vat.document), cited(revenue, cit.document)
        yield Figure(value, cit.period, inputs, quality_of([sales.state, revenue.state]))
