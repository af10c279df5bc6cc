"""Indicators that hold declared sales against money that came in and power that was used (indicators.md §10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from extract.indicators import electricity, returns
from extract.indicators.frame import Figure, Papers, cited, family, indicator, quality_of
from extract.indicators.sales_and_power import SalesAndPower
from extract.indicators.statements import ZERO, days_of, inputs_of, operating, total
from extract.statements.entries import decimal_of
from extract.statements.transactions import Flow, flow_of
from records.facts import Field, Month, Period, State

#: The tax that belongs to the declared sales, by kind of return: output tax and tax by the simple method.
TAX_ON_SALES = {returns.GENERAL: ("11", "21"), returns.SMALL: ("15",)}


@dataclass(frozen=True, slots=True)
class SalesAndMoney:
    """VAT returns beside the money that came in."""

    filed: tuple[returns.Filed, ...]
    flow: Flow


@family("sales_and_money")
def gather(papers: Papers) -> SalesAndMoney | None:
    """Returns and statements; nothing where one of the two is not on file."""
    filed = returns.gather(papers)
    flow = flow_of(papers) if filed else None
    return SalesAndMoney(filed.filed, flow) if filed and flow else None


@indicator(
    "inflow_vs_rev",
    ("流水有效流入与申报收入比", "Operating inflow to declared sales"),
    "ratio",
    "有效经营流入 / (申报收入 + 销项税额)",
    family="sales_and_money",
)
def inflow_vs_rev(both: SalesAndMoney) -> Iterable[Figure]:
    """Each return in whose time there are statements: partial where an account on file is not covered all the time."""
    for item in both.filed:
        sales, span = item.field("declared_revenue"), item.period
        days = {span.start + timedelta(days=n) for n in range(span.days)}
        if sales is None or not any(days & days_of(account) for account in both.flow.accounts):
            continue
        tax = item.cells(TAX_ON_SALES[item.paper.type])
        came = [entry for entry in operating(both.flow) if entry.day in days]
        states = [field.state for field in (sales, *tax)] + [entry.state for entry in came]
        gross = returns.total([sales, *tax])
        if not tax:
            yield _none(span, "申报表没有读到销项税额")
        elif State.CONFLICT in states:
            yield _none(span, "有金额处于冲突状态，先复核再计算")
        elif gross <= 0:
            yield _none(span, "分母为零：申报收入")
        else:
            covered = all(days <= days_of(account) for account in both.flow.accounts)
            whole = covered and not any(account.incomplete for account in both.flow.accounts)
            inputs = (*inputs_of(came), *(cited(field, item.document) for field in (sales, *tax)))
            yield Figure(total(came) / gross, span, inputs, quality_of(states, complete=whole))


def _none(period: Period, reason: str) -> Figure:
    return Figure(None, period, (), quality_of((), complete=False), reason)


# --- against last year ----------------------------------------------------------------------------------------------------


@family("trend_of_sales_and_power")
def gather_trend(papers: Papers) -> SalesAndPower | None:
    """Returns and bills; nothing where one of the two is not on file."""
    filed, supply = returns.gather(papers), electricity.gather(papers)
    return SalesAndPower(filed.filed, supply) if filed and supply else None


@indicator(
    "kwh_vs_rev_trend",
    ("用电量与收入趋势差", "Sales against power, year on year"),
    "ratio",
    "申报收入同比 − 用电量同比（同一时期、同一组户号）",
    family="trend_of_sales_and_power",
)
def kwh_vs_rev_trend(both: SalesAndPower) -> Iterable[Figure]:
    """Each return that has the one of a year earlier, and the bills of every month of both."""
    for now in both.filed:
        months = months_of(now.period)
        then = next((item for item in both.filed if item.paper.type == now.paper.type and _year_on(item, now)), None)
        if then is None or not same_supply(both.supply, months):
            continue
        sales = [(item.field("declared_revenue"), item.document) for item in (now, then)]
        fields = [(field, document) for field, document in sales if field is not None]
        bills = [
            (bill.kwh, bill.document) for month in (*months, *before(months)) for bill in both.supply.months[month]
        ]
        used, base = (sum((both.supply.kwh(month) for month in each), ZERO) for each in (months, before(months)))
        if len(fields) < 2 or base <= 0 or returns.total([fields[1][0]]) <= 0:
            continue
        yield _trend(now.period, [*fields, *bills], used / base - 1)


def _trend(period: Period, cells: Sequence[tuple[Field, str]], power: Decimal) -> Figure:
    states = [field.state for field, _ in cells]
    if State.CONFLICT in states:
        return _none(period, "有数值处于冲突状态，先复核再计算")
    sales = [decimal_of(field) or ZERO for field, _ in cells[:2]]
    inputs = tuple(cited(field, document) for field, document in cells)
    return Figure(sales[0] / sales[1] - 1 - power, period, inputs, quality_of(states))


def _year_on(item: returns.Filed, now: returns.Filed) -> bool:
    """Whether a return is about the same months a year earlier."""
    return months_of(item.period) == before(months_of(now.period))


def months_of(period: Period) -> tuple[Month, ...]:
    """The months that a period touches."""
    first = Month(period.start.year, period.start.month)
    count = (period.end.year - first.year) * 12 + period.end.month - first.month + 1
    return tuple(first.plus(n) for n in range(count))


def before(months: Sequence[Month]) -> tuple[Month, ...]:
    """The same months a year earlier."""
    return tuple(month.plus(-12) for month in months)


def same_supply(supply: electricity.Supply, months: Sequence[Month]) -> bool:
    """Whether all months of both years have their bills, of the same meters throughout."""
    every = (*months, *before(months))
    return all(month in supply.months for month in every) and len({supply.meters(month) for month in every}) == 1
