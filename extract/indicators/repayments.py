"""Indicators of repaying (indicators.md §5): what an account holds when instalments fall due, and where a loan's money went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from statistics import median

from extract.indicators.balances import balance_figure, end_of_day, one_account
from extract.indicators.frame import Figure, NoValue, indicator, ratio
from extract.indicators.statements import ZERO, came, figure, total, went
from extract.statements.entries import Entry
from extract.statements.transactions import Flow
from records.values.text import squeeze

#: Money that comes and goes within so many days of an instalment, and is so much of it, was borrowed for the day.
AROUND, MOST = timedelta(days=3), Decimal("0.8")
BACK = timedelta(days=30)
FIRM = ("公司", "厂", "店", "行", "部", "社", "中心", "集团", "银行", "基金", "局", "院", "所")


def instalments(flow: Flow) -> list[Entry]:
    """The repayments of loans, in time order."""
    found = [entry for entry in went(flow.clean) if entry.kind == "loan_out"]
    if not found:
        raise NoValue("流水中没有还贷")
    return sorted(found, key=lambda entry: (entry.day, entry.row))


def of_a_person(entry: Entry) -> bool:
    """Whether the other side is a person by its name."""
    name = squeeze(entry.party)
    return 1 < len(name) <= 4 and not any(word in name for word in FIRM)


@indicator(
    "low_balance_days",
    ("低余额天数", "Days of low balance"),
    "days",
    "日终余额 < 月供（还款中位数）的天数",
    family="statements",
)
def low_balance_days(flow: Flow) -> Figure:
    due = median([abs(entry.amount) for entry in instalments(flow)])
    balances = end_of_day(one_account(flow))
    return balance_figure(flow, Decimal(sum(balance < due for balance in balances.values())))


@indicator(
    "repay_before_low",
    ("还款日前垫付", "Repayments bridged by persons"),
    "count",
    "还款前 3 天内个人转入且后 3 天内转出，均不低于还款额 80% 的次数",
    family="statements",
)
def repay_before_low(flow: Flow) -> Figure:
    used, count = instalments(flow), 0
    for due in used:
        least = MOST * abs(due.amount)
        before = [e for e in came(flow.clean) if due.day - AROUND <= e.day <= due.day and of_a_person(e)]
        after = [e for e in went(flow.clean) if due.day <= e.day <= due.day + AROUND and of_a_person(e)]
        count += total(before) >= least and total(after) >= least
    return figure(flow, Decimal(count), used)


@indicator(
    "proceeds_backflow",
    ("回流金额", "Loan money that came back"),
    "CNY",
    "放款后 30 天内付出、又在 30 天内由同一对方转回的金额",
    family="statements",
)
def proceeds_backflow(flow: Flow) -> Figure:
    loans = [entry for entry in came(flow.clean) if entry.kind == "loan_in"]
    if not loans:
        raise NoValue("流水中没有放款")
    paid = [e for e in went(flow.clean) if e.party and any(loan.day <= e.day <= loan.day + BACK for loan in loans)]
    back = ZERO
    used: list[Entry] = [*loans]
    for party in sorted({entry.party for entry in paid}):
        outs = [entry for entry in paid if entry.party == party]
        returned = [e for e in came(flow.clean) if e.party == party and e.kind != "loan_in" and _after(outs, e)]
        back += min(total(outs), total(returned))
        used += [*outs, *returned] if returned else []
    return figure(flow, back, used)


def _after(outs: Sequence[Entry], entry: Entry) -> bool:
    return any(out.day <= entry.day <= out.day + BACK for out in outs)


@indicator(
    "related_flow_ratio",
    ("关联往来占比", "Dealings with related parties"),
    "ratio",
    "与关联方（摘要注明股东、关联、往来借款）往来 / 全部往来",
    family="statements",
)
def related_flow_ratio(flow: Flow) -> Figure:
    related = [entry for entry in flow.clean if entry.kind == "related"]
    if not related:
        raise NoValue("流水未注明关联方，需关联方名单")
    return figure(flow, ratio(total(related), total(flow.clean), "往来"), flow.clean)
