"""Whether statements hold together (indicators.md §10): the share of links in the chain of balances that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from extract.indicators.frame import Figure, NoValue, Papers, family, indicator, quality_of
from records.facts import Check, Input, Outcome, Paper, Period, State, Verdict

ROWS = re.compile(r"(\d+)(?:–(\d+))?")


@family("authenticity")
def gather(papers: Papers) -> list[tuple[str, Paper]] | None:
    """The bank statements on file that print a balance beside their rows."""
    found = [(document, paper) for document, paper in papers if paper.type.startswith("bank_statement_")]
    return found or None


@indicator(
    "statement_authenticity",
    ("流水真实性", "Statement holds together"),
    "ratio",
    "余额链成立的环节 / 全部环节；结合文件痕迹与结息核对",
    family="authenticity",
)
def statement_authenticity(statements: list[tuple[str, Paper]]) -> Figure:
    held = broken = 0
    remarks: list[str] = []
    inputs: list[Input] = []
    for document, paper in statements:
        for check in paper.checks:
            if check.identity == "row_chain":
                held += _links(check) if check.state is Outcome.HOLDS else 0
                broken += check.state is Outcome.FAILS
            elif check.identity == "interest_plausible" and check.state is Outcome.FAILS:
                remarks.append("结息与日均余额不符")
        if paper.tampering is not None and paper.tampering.verdict is Verdict.SIGNS:
            remarks += [sign.message for sign in paper.tampering.signs]
        inputs.append(Input("transactions", paper.pages[0], document or None))
    if not held + broken:
        raise NoValue("流水没有可以核对的余额")
    states = [State.CONFLICT] if broken or remarks else [State.VERIFIED]
    period = next((paper.period for _, paper in statements if paper.period), None)
    quality = quality_of(states)
    return Figure(
        Decimal(held) / (held + broken), period, tuple(inputs), quality, "；".join(dict.fromkeys(remarks)) or None
    )


@indicator(
    "doc_chain_continuity",
    ("跨期衔接", "Statements that follow on"),
    "count",
    "同一账户相邻两份流水之间期末余额 ≠ 下一份期初余额的处数",
    family="authenticity",
)
def doc_chain_continuity(statements: list[tuple[str, Paper]]) -> Figure:
    pairs = list(_followers(statements))
    if not pairs:
        raise NoValue("没有同一账户前后相接的两份流水")
    breaks: list[str] = []
    states: list[State] = []
    for (_, before), (_, after) in pairs:
        closing, opening = before.fields.get("closing_balance"), after.fields.get("opening_balance")
        if closing is None or opening is None:
            raise NoValue("流水缺期初或期末余额")
        states += [closing.state, opening.state]
        gap = Decimal(str(opening.value)) - Decimal(str(closing.value))
        if gap:
            day = after.period.start if after.period else None
            breaks.append(f"{day} 前断档：期末 {closing.value}，下期期初 {opening.value}，差 {gap:f} 元")
    first, last = pairs[0][0][1].period, pairs[-1][1][1].period
    period = Period(first.start, last.end) if first and last else None
    inputs = tuple(Input("opening_balance", after.pages[0], name or None) for _, (name, after) in pairs)
    return Figure(Decimal(len(breaks)), period, inputs, quality_of(states), "；".join(breaks) or None)


Named = tuple[str, Paper]


def _followers(statements: list[Named]) -> Iterator[tuple[Named, Named]]:
    """Each statement with the next of its account and currency, where the next begins on the day after the last ended."""
    books: dict[tuple[str, str], list[Named]] = {}
    for document, paper in statements:
        number, currency = paper.fields.get("account_no"), paper.fields.get("currency")
        if number is not None and paper.period is not None:
            books.setdefault((str(number.value), str(currency.value) if currency else ""), []).append((document, paper))
    for papers in books.values():
        ordered = sorted(
            papers, key=lambda named: (named[1].period.start, named[1].period.end) if named[1].period else ()
        )
        for before, after in pairwise(ordered):
            one, other = before[1].period, after[1].period
            if one and other and other.start - one.end == timedelta(days=1):
                yield before, after


def _links(check: Check) -> int:
    """How many links a check of holding rows speaks for: its rows, each tied to the one before."""
    counted = sum(int(last or first) - int(first) + 1 for first, last in ROWS.findall(check.where or ""))
    return max(1, counted - 1)
