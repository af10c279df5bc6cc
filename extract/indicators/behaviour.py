"""Indicators of behaviour (indicators.md §5): how money moves, and into what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from extract.indicators.frame import Figure, NoValue, indicator, ratio
from extract.indicators.statements import ZERO, came, days_of, figure, month_of, months_or_why, total, went
from extract.statements.entries import Entry
from extract.statements.transactions import Account, Flow


def _within_a_day(entry: Entry, out: Entry) -> bool:
    """Whether money went out after it came in and less than 24 hours later; without times the same day counts."""
    if out.day == entry.day:
        return not entry.time or not out.time or out.time >= entry.time
    return bool(entry.time and out.time and out.time <= entry.time)


@indicator(
    "same_day_in_out",
    ("快进快出率", "In and out within a day"),
    "ratio",
    "Σ min(进, 24小时内出, ±5%) / Σ 流入",
    family="statements",
)
def same_day_in_out(flow: Flow) -> Figure:
    outs: dict[tuple[str, date], list[Entry]] = {}
    for out in went(flow.clean):
        outs.setdefault((out.account, out.day), []).append(out)
    passed = ZERO
    for entry in came(flow.clean):
        days = (entry.day, entry.day + timedelta(days=1))
        for out in [out for day in days for out in outs.get((entry.account, day), ())]:
            if _within_a_day(entry, out) and abs(abs(out.amount) - entry.amount) <= entry.amount / 20:
                outs[entry.account, out.day].remove(out)
                passed += min(entry.amount, abs(out.amount))
                break
    return figure(flow, ratio(passed, total(came(flow.clean)), "流入"), flow.clean)


@indicator(
    "round_number_ratio", ("整数交易占比", "Round amounts"), "ratio", "万元整数倍的笔数 / 笔数", family="statements"
)
def round_number_ratio(flow: Flow) -> Figure:
    count = sum(entry.amount % 10000 == 0 and entry.amount != 0 for entry in flow.gross)
    return figure(flow, ratio(Decimal(count), Decimal(len(flow.gross)), "笔数"), flow.gross)


@indicator(
    "night_tx_ratio",
    ("夜间交易占比", "Night transactions"),
    "ratio",
    "23:00–05:00 的笔数 / 有时间的笔数",
    family="statements",
)
def night_tx_ratio(flow: Flow) -> Figure:
    timed = [entry for entry in flow.gross if entry.time]
    if not timed:
        raise NoValue("流水没有交易时间")
    count = sum(entry.time >= "23:00:00" or entry.time < "05:00:00" for entry in timed if entry.time)
    return figure(flow, Decimal(count) / len(timed), timed)


def _share_out(flow: Flow, kind: str) -> Figure:
    outs = went(flow.clean)
    return figure(flow, ratio(total(e for e in outs if e.kind == kind), total(outs), "流出"), outs)


@indicator("cash_ratio_out", ("取现占比", "Cash withdrawals"), "ratio", "取现 / 流出", family="statements")
def cash_ratio_out(flow: Flow) -> Figure:
    return _share_out(flow, "cash")


def _sum_out(flow: Flow, kind: str) -> Figure:
    used = [entry for entry in went(flow.clean) if entry.kind == kind]
    return figure(flow, total(used), used or went(flow.clean))


@indicator(
    "invest_outflow", ("投资类流出", "Outflow to investments"), "CNY", "Σ 流向证券、期货、理财", family="statements"
)
def invest_outflow(flow: Flow) -> Figure:
    return _sum_out(flow, "invest")


@indicator(
    "property_outflow",
    ("购房类流出", "Outflow to property"),
    "CNY",
    "Σ 流向房地产、契税、维修基金",
    family="statements",
)
def property_outflow(flow: Flow) -> Figure:
    return _sum_out(flow, "property")


@indicator(
    "gambling_like", ("疑似高风险娱乐", "High-risk entertainment"), "CNY", "Σ 彩票、游戏、直播打赏", family="statements"
)
def gambling_like(flow: Flow) -> Figure:
    return _sum_out(flow, "gambling")


@indicator(
    "lender_count_flow", ("多头借贷数", "Lenders seen in the flow"), "count", "近6月放款机构数", family="statements"
)
def lender_count_flow(flow: Flow) -> Figure:
    start = flow.period.end - timedelta(days=182)
    used = [e for e in came(flow.clean) if e.kind == "loan_in" and e.day >= start]
    return figure(flow, Decimal(len({e.party or e.text for e in used})), used or came(flow.clean))


@indicator(
    "debt_service_out", ("还贷支出", "Debt service"), "CNY/month", "完整月份的还款 / 完整月数", family="statements"
)
def debt_service_out(flow: Flow) -> Figure:
    months = months_or_why(flow)
    used = [e for e in went(flow.clean) if e.kind == "loan_out" and month_of(e) in months]
    return figure(flow, total(used) / len(months), used or went(flow.clean))


@indicator(
    "statement_gap_days",
    ("流水断档天数", "Uncovered days"),
    "days",
    "首末两日之间没有流水覆盖的天数 + 同一份流水内超过 45 天没有交易、又没有结息的天数",
    family="statements",
)
def statement_gap_days(flow: Flow) -> Figure:
    missing = 0
    for account in flow.accounts:
        days = days_of(account)
        if days:
            missing = max(missing, (max(days) - min(days)).days + 1 - len(days) + _silent_days(account))
    return figure(flow, Decimal(missing), flow.gross)


#: An account that lives moves within this many days, or its bank books interest.
_SILENT = 45


def _silent_days(account: Account) -> int:
    """Days without a row between two rows of one statement, where they are many and neither row is interest: a statement that was
    shortened. Wallets bear no interest and may lie idle."""
    rows = sorted((entry for entry in account.entries if entry.balance is not None), key=lambda entry: entry.day)
    return sum(
        (later.day - earlier.day).days - 1
        for earlier, later in pairwise(rows)
        if (later.day - earlier.day).days > _SILENT
        and "interest" not in (earlier.kind, later.kind)
        and any(period.start <= earlier.day and later.day <= period.end for period in account.periods)
    )
