"""Indicators of statements (indicators.md §5): what comes in, what goes out, what stays, and with whom.

Averages count full months only; a statement with a broken chain or rows that could not be read gives partial figures; an
amount in conflict gives no figure at all, since it must never feed a rule silently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, family, indicator, quality_of, ratio
from extract.statements.entries import Entry
from extract.statements.transactions import Account, Flow, flow_of
from records.facts import Input, Month, Period, State

ZERO = Decimal(0)
#: Inflows that are no income of the business.
NOT_OPERATING = ("loan_in", "own", "related", "invest", "refund", "reversal", "interest")


@family("statements")
def gather(papers: Papers) -> Flow | None:
    """All statements of the customer as one flow of money."""
    return flow_of(papers)


def figure(
    flow: Flow, value: Decimal | None, entries: Iterable[Entry], *, period: Period | None = None, banked: bool = True
) -> Figure:
    """A figure over these rows; one input per file, naming its transactions."""
    used = list(entries)
    if any(entry.state is State.CONFLICT for entry in used):
        raise NoValue("有金额处于冲突状态，先复核再计算")
    period = period or flow.period
    complete = banked and not any(account.incomplete for account in flow.accounts) and all_covered(flow, period)
    states = [entry.state for entry in used] or [State.CONSISTENT]
    return Figure(value, period, inputs_of(used or flow.gross), quality_of(states, complete=complete))


def all_covered(flow: Flow, period: Period) -> bool:
    """Whether every account on file is covered from the first to the last day; else the figure is a part of the truth."""
    if len(flow.accounts) == 1:
        return True  # one account speaks for the time it covers
    days = {period.start + timedelta(days=n) for n in range(min(period.days, 3700))}
    return all(days <= days_of(account) for account in flow.accounts)


def days_of(account: Account) -> set[date]:
    """Every day that the statements of one account cover."""
    return {p.start + timedelta(days=n) for p in account.periods for n in range(min(p.days, 3700))}


def inputs_of(entries: Iterable[Entry]) -> tuple[Input, ...]:
    """One input per document: its transactions, at the page of the first."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.document, entry)
    return tuple(Input("transactions", e.page, e.document or None) for e in first.values())


def came(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.amount > 0]


def went(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.amount < 0]


def total(entries: Iterable[Entry]) -> Decimal:
    return sum((abs(entry.amount) for entry in entries), ZERO)


def operating(flow: Flow) -> list[Entry]:
    """Money earned: what came in, less loans, own transfers, redemptions, refunds and interest."""
    return [entry for entry in came(flow.clean) if entry.kind not in NOT_OPERATING]


def full_months(flow: Flow) -> list[Month]:
    """The calendar months that the statements cover from the first day to the last."""
    days = covered_days(flow)
    months = sorted({Month(day.year, day.month) for day in days})
    return [month for month in months if _days_of(month) <= days]


def covered_days(flow: Flow) -> set[date]:
    """Every day that at least one statement covers."""
    return set().union(*(days_of(account) for account in flow.accounts))


def whole(month: Month) -> Period:
    """A month as a period."""
    after = month.plus(1)
    return Period(date(month.year, month.month, 1), date(after.year, after.month, 1) - timedelta(days=1))


def _days_of(month: Month) -> set[date]:
    first = date(month.year, month.month, 1)
    after = month.plus(1)
    return {first + timedelta(days=n) for n in range((date(after.year, after.month, 1) - first).days)}


def month_of(entry: Entry) -> Month:
    return Month(entry.day.year, entry.day.month)


def months_apart(entries: Iterable[Entry]) -> Mapping[Month, list[Entry]]:
    """The entries of each month; an empty list for a month in which nothing moved."""
    found: defaultdict[Month, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[month_of(entry)].append(entry)
    return found


def by_month(entries: Iterable[Entry], months: Sequence[Month]) -> list[Decimal]:
    """The sum of each month, zero where nothing moved."""
    sums = dict.fromkeys(months, ZERO)
    for entry in entries:
        if month_of(entry) in sums:
            sums[month_of(entry)] += abs(entry.amount)
    return [sums[month] for month in months]


def months_or_why(flow: Flow, least: int = 1) -> list[Month]:
    months = full_months(flow)
    if len(months) < least:
        raise NoValue(f"完整月份不足：需要 {least} 个月，已有 {len(months)} 个月")
    return months


def deviation(values: Sequence[Decimal]) -> Decimal:
    """The sample standard deviation, exact until the root."""
    mean = sum(values, ZERO) / len(values)
    return (sum(((value - mean) ** 2 for value in values), ZERO) / (len(values) - 1)).sqrt()


@indicator("inflow_total", ("流入总额", "Total inflow"), "CNY", "Σ 收入", family="statements")
def inflow_total(flow: Flow) -> Figure:
    return figure(flow, total(came(flow.gross)), came(flow.gross))


@indicator("outflow_total", ("流出总额", "Total outflow"), "CNY", "Σ 支出", family="statements")
def outflow_total(flow: Flow) -> Figure:
    return figure(flow, total(went(flow.gross)), went(flow.gross))


@indicator(
    "inflow_operating",
    ("有效经营流入", "Operating inflow"),
    "CNY",
    "Σ 收入 − 贷款 − 自转 − 关联往来 − 理财赎回 − 退款 − 结息",
    family="statements",
)
def inflow_operating(flow: Flow) -> Iterable[Figure]:
    """Each full month, then the whole window."""
    entries = months_apart(operating(flow))
    for month in full_months(flow):
        used = entries[month]
        yield figure(flow, total(used), used, period=whole(month))
    yield figure(flow, total(operating(flow)), operating(flow) or came(flow.clean))


@indicator(
    "monthly_inflow_avg",
    ("月均流入", "Monthly inflow"),
    "CNY/month",
    "完整月份的有效流入 / 完整月数",
    family="statements",
)
def monthly_inflow_avg(flow: Flow) -> Figure:
    months = months_or_why(flow)
    used = [entry for entry in operating(flow) if month_of(entry) in months]
    return figure(flow, total(used) / len(months), used)


@indicator(
    "monthly_outflow_avg",
    ("月均流出", "Monthly outflow"),
    "CNY/month",
    "完整月份的流出 / 完整月数",
    family="statements",
)
def monthly_outflow_avg(flow: Flow) -> Figure:
    months = months_or_why(flow)
    used = [entry for entry in went(flow.clean) if month_of(entry) in months]
    return figure(flow, total(used) / len(months), used)


@indicator("net_flow", ("净流量", "Net flow"), "CNY", "流入总额 − 流出总额", family="statements")
def net_flow(flow: Flow) -> Iterable[Figure]:
    """Each full month, then the whole window.

    A wallet prints no balance and is filled from a bank card without a row of its own, so that by itself it always seems to lose
    money: without a bank's statement beside it the figure is a part of the truth and raises nothing.
    """
    entries = months_apart(flow.gross)
    banked = any(entry.balance is not None for entry in flow.gross)
    for month in full_months(flow):
        used = entries[month]
        yield figure(flow, sum((entry.amount for entry in used), ZERO), used, period=whole(month), banked=banked)
    yield figure(flow, sum((entry.amount for entry in flow.gross), ZERO), flow.gross, banked=banked)


@indicator("inflow_cv", ("流入波动系数", "Inflow variation"), "ratio", "月有效流入的标准差 / 均值", family="statements")
def inflow_cv(flow: Flow) -> Figure:
    sums = by_month(operating(flow), months_or_why(flow, 2))
    mean = sum(sums, ZERO) / len(sums)
    return figure(flow, ratio(deviation(sums), mean, "月均流入"), operating(flow))
