"""Indicators of balances (indicators.md §5): what stays on the account, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, indicator, quality_of, ratio
from extract.indicators.statements import ZERO, days_of, inputs_of
from extract.statements.transactions import Account, Flow
from records.facts import Input, State


def one_account(flow: Flow) -> Account:
    """Balances of several accounts are not added: their coverage differs."""
    if len(flow.accounts) > 1:
        raise NoValue(f"有 {len(flow.accounts)} 个账户，余额按账户分别看")
    return flow.accounts[0]


def end_of_day(account: Account) -> dict[date, Decimal]:
    """The balance at the end of each covered day, carried forward; before the first row the opening balance."""
    known = [entry for entry in account.entries if entry.balance is not None]
    if not known or not account.periods:
        raise NoValue("没有余额")
    if any(entry.balance_state is State.CONFLICT for entry in known):
        raise NoValue("有余额处于冲突状态，先复核再计算")
    last: dict[date, Decimal] = {}
    for entry in known:
        assert entry.balance is not None
        last[entry.day] = entry.balance
    days = sorted(days_of(account))
    first = known[0]
    balance = account.opening if account.opening is not None else (first.balance or ZERO) - first.amount
    result: dict[date, Decimal] = {}
    for day in days:
        balance = last.get(day, balance)
        result[day] = balance
    return result


def balance_figure(flow: Flow, value: Decimal | date) -> Figure:
    """A figure over the balances of the one account."""
    account = one_account(flow)
    states = [entry.balance_state for entry in account.entries if entry.balance is not None]
    quality = quality_of(states, complete=not account.incomplete)
    return Figure(value, flow.period, inputs_of(account.entries), quality)


@indicator("avg_daily_balance", ("日均余额", "Average daily balance"), "CNY", "Σ(日终余额) / 天数", family="statements")
def avg_daily_balance(flow: Flow) -> Figure:
    balances = end_of_day(one_account(flow))
    return balance_figure(flow, sum(balances.values(), ZERO) / len(balances))


@indicator("min_balance", ("最低余额", "Lowest balance"), "CNY", "min(日终余额)", family="statements")
def min_balance(flow: Flow) -> Figure:
    return balance_figure(flow, min(end_of_day(one_account(flow)).values()))


@indicator(
    "min_balance_date", ("最低余额日", "Day of the lowest balance"), "date", "日终余额最低的第一天", family="statements"
)
def min_balance_date(flow: Flow) -> Figure:
    balances = end_of_day(one_account(flow))
    return balance_figure(flow, min(balances, key=lambda day: (balances[day], day)))


@indicator("closing_balance", ("期末余额", "Closing balance"), "CNY", "最后一行的余额", family="statements")
def closing_balance(flow: Flow) -> Iterable[Figure]:
    for account in flow.accounts:
        known = [entry for entry in account.entries if entry.balance is not None]
        if not known:
            raise NoValue("没有余额")
        last = known[-1]
        if last.balance_state is State.CONFLICT:
            raise NoValue("期末余额处于冲突状态")
        day = account.periods[-1] if account.periods else None
        yield Figure(
            last.balance,
            day,
            (Input("closing_balance", last.page, last.document or None),),
            quality_of([last.balance_state]),
        )


@indicator(
    "balance_drop", ("余额骤降幅度", "Balance drop"), "ratio", "1 − 近30天日均 / 前90天日均", family="statements"
)
def balance_drop(flow: Flow) -> Figure:
    balances = end_of_day(one_account(flow))
    days = sorted(balances)
    if len(days) < 120 or (days[-1] - days[-120]).days != 119:
        raise NoValue(f"需要连续 120 天，已有 {len(days)} 天")
    recent = sum((balances[day] for day in days[-30:]), ZERO) / 30
    before = sum((balances[day] for day in days[-120:-30]), ZERO) / 90
    return balance_figure(flow, 1 - ratio(recent, before, "前90天日均余额"))
