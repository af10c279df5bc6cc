"""Whether statements hold together (indicators.md §10): the share of links in the chain of balances that hold."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, family, indicator, quality_of
from extract.statements.entries import currencies
from extract.statements.succession import successions
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
    "同一账户相邻两份流水之间期末余额 ≠ 下一份期初余额的处数 + 两份流水所记不同的天数",
    family="authenticity",
)
def doc_chain_continuity(statements: list[tuple[str, Paper]]) -> Figure:
    books = list(successions(statements, currencies))
    if not any(book.joints or book.twice or not book.whole for book in books):
        raise NoValue("没有同一账户前后相接的两份流水")
    told = [stretch for book in books for stretch in book.stretches]
    ends = [end for book in books for one, other in book.joints for end in (one.closing, other.opening)]
    states = [end[1] for end in ends if end is not None] + [State.CONFLICT for book in books if book.disputes]
    periods = [stretch.paper.period for stretch in told if stretch.paper.period]
    period = Period(min(p.start for p in periods), max(p.end for p in periods)) if periods else None
    inputs = tuple(Input("opening_balance", stretch.paper.pages[0], stretch.document or None) for stretch in told)
    count = sum(len(book.breaks) + len(book.disputes) + book.strangers for book in books)
    says = "；".join(one for book in books for one in book.says)
    return Figure(Decimal(count), period, inputs, quality_of(states or [State.CONSISTENT]), says or None)


def _links(check: Check) -> int:
    """How many links a check of holding rows speaks for: its rows, each tied to the one before."""
    counted = sum(int(last or first) - int(first) + 1 for first, last in ROWS.findall(check.where or ""))
    return max(1, counted - 1)
