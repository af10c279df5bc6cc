"""Indicators of salary (indicators.md §5): whether it comes, how much, how steadily, from whom."""

from __future__ import annotations

from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, indicator, ratio
from extract.indicators.statements import (
    ZERO,
    by_month,
    came,
    deviation,
    figure,
    full_months,
    month_of,
    months_or_why,
    total,
)
from extract.statements.entries import Entry
from extract.statements.transactions import Flow


def _salary(flow: Flow) -> list[Entry]:
    """Salary credits on personal accounts."""
    personal = {account.number for account in flow.accounts if account.personal}
    if not personal:
        raise NoValue("没有个人账户流水")
    return [entry for entry in came(flow.clean) if entry.kind == "salary_in" and entry.account in personal]


@indicator("salary_avg", ("工资入账月均", "Average salary"), "CNY/month", "Σ 工资入账 / 完整月数", family="statements")
def salary_avg(flow: Flow) -> Figure:
    months = months_or_why(flow)
    used = [entry for entry in _salary(flow) if month_of(entry) in months]
    if not used:
        raise NoValue("没有工资入账")
    return figure(flow, total(used) / len(months), used)


@indicator(
    "salary_months", ("工资入账月数", "Months with salary"), "months", "近12个月中有工资入账的月数", family="statements"
)
def salary_months(flow: Flow) -> Figure:
    months = full_months(flow)[-12:]
    used = [entry for entry in _salary(flow) if month_of(entry) in months]
    if not months:
        raise NoValue("没有完整月份")
    return figure(flow, Decimal(len({month_of(entry) for entry in used})), used or came(flow.clean))


@indicator(
    "salary_stability",
    ("工资稳定性", "Stability of salary"),
    "ratio",
    "1 − 标准差 / 均值（不含奖金）",
    family="statements",
)
def salary_stability(flow: Flow) -> Figure:
    months = months_or_why(flow, 2)
    used = [entry for entry in _salary(flow) if month_of(entry) in months]
    middle = sorted(entry.amount for entry in used)[len(used) // 2] if used else ZERO
    plain = [entry for entry in used if entry.amount <= 2 * middle]
    sums = [value for value in by_month(plain, months) if value]
    if len(sums) < 2:
        raise NoValue("工资月份不足 2 个月")
    return figure(flow, 1 - ratio(deviation(sums), sum(sums, ZERO) / len(sums), "工资均值"), plain)


@indicator("employer_change", ("发薪单位数", "Paying employers"), "count", "不同发薪单位的个数", family="statements")
def employer_change(flow: Flow) -> Figure:
    used = _salary(flow)
    named = {entry.party for entry in used if entry.party}
    if not named:
        raise NoValue("工资入账没有对方户名")
    return figure(flow, Decimal(len(named)), used)
