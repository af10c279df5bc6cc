"""Indicators of counterparties (indicators.md §5): how much hangs on whom."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, indicator, ratio
from extract.indicators.statements import ZERO, came, figure, month_of, months_or_why, operating, total, went
from extract.statements.entries import Entry
from extract.statements.transactions import Flow


def shares(entries: Sequence[Entry]) -> list[Decimal]:
    """What each counterparty has of the whole, largest first; the unnamed are one group."""
    sums: dict[str, Decimal] = {}
    for entry in entries:
        sums[entry.party] = sums.get(entry.party, ZERO) + abs(entry.amount)
    if set(sums) <= {""}:
        raise NoValue("流水没有对方户名")
    whole = sum(sums.values(), ZERO)
    return sorted((ratio(value, whole, "合计") for value in sums.values()), reverse=True)


@indicator(
    "counterparty_top1_in",
    ("第一大付款方占比", "Largest payer's share"),
    "ratio",
    "最大付款方 / 流入",
    family="statements",
)
def counterparty_top1_in(flow: Flow) -> Figure:
    used = came(flow.clean)
    return figure(flow, shares(used)[0], used)


@indicator(
    "counterparty_top5_in",
    ("前五大付款方占比", "Five largest payers' share"),
    "ratio",
    "前五大付款方 / 流入",
    family="statements",
)
def counterparty_top5_in(flow: Flow) -> Figure:
    used = came(flow.clean)
    return figure(flow, sum(shares(used)[:5], ZERO), used)


@indicator(
    "counterparty_top1_out",
    ("第一大收款方占比", "Largest payee's share"),
    "ratio",
    "最大收款方 / 流出",
    family="statements",
)
def counterparty_top1_out(flow: Flow) -> Figure:
    used = went(flow.clean)
    return figure(flow, shares(used)[0], used)


@indicator("counterparty_hhi", ("付款方集中度", "Payer concentration (HHI)"), "ratio", "Σ 占比²", family="statements")
def counterparty_hhi(flow: Flow) -> Figure:
    used = came(flow.clean)
    return figure(flow, sum((share * share for share in shares(used)), ZERO), used)


@indicator(
    "top_customer_drop",
    ("主要客户流失", "Loss of main customers"),
    "ratio",
    "前五大客户近3月流入 / 前3月 − 1",
    family="statements",
)
def top_customer_drop(flow: Flow) -> Figure:
    months = months_or_why(flow, 6)
    before, recent = months[-6:-3], months[-3:]
    earlier = [e for e in operating(flow) if month_of(e) in before and e.party]
    sums: dict[str, Decimal] = {}
    for entry in earlier:
        sums[entry.party] = sums.get(entry.party, ZERO) + entry.amount
    top = sorted(sums, key=lambda party: (-sums[party], party))[:5]
    now = [e for e in operating(flow) if month_of(e) in recent and e.party in top]
    change = ratio(total(now), sum((sums[party] for party in top), ZERO), "前3月主要客户流入") - 1
    return figure(flow, change, [*earlier, *now])
