"""Whether statements hold together (indicators.md §10): the share of links in the chain of balances that hold."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, family, indicator, quality_of
from records.facts import Check, Input, Outcome, Paper, State, Verdict

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


def _links(check: Check) -> int:
    """How many links a check of holding rows speaks for: its rows, each tied to the one before."""
    counted = sum(int(last or first) - int(first) + 1 for first, last in ROWS.findall(check.where or ""))
    return max(1, counted - 1)
