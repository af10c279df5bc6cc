"""Loan notes, plans of repayment, settlement certificates, orders to pay: read whole, proved by their own arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from demo.papers import Drawn
from demo.papers.loans import entrusted_payment, loan_note, repayment
from extract.reading import read_file
from records.contract import to_json
from records.facts import Outcome, Paper, State
from tests.test_extract_statements import same

DRAWN: dict[str, Callable[[int], Drawn]] = {
    "note, form": lambda seed: loan_note(seed=seed),
    "note, print": lambda seed: loan_note("lines", seed=seed),
    "plan, equal principal": lambda seed: repayment(seed=seed),
    "plan, no rulings": lambda seed: repayment("level", seed=seed),
    "plan, workbook": lambda seed: repayment(seed=seed, medium="xlsx"),
    "settlement": lambda seed: repayment("settled", seed=seed),
    "order to pay, form": lambda seed: entrusted_payment(seed=seed),
    "order to pay, letter": lambda seed: entrusted_payment("letter", seed=seed),
}


def of(drawn: Drawn) -> Paper:
    (paper,) = read_file(drawn.bytes, drawn.name).papers
    return paper


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_every_layout_is_read_whole(draw: Callable[[int], Drawn], seed: int):
    drawn = draw(seed)
    (paper,) = to_json(read_file(drawn.bytes, drawn.name))["papers"]

    assert paper["type"] == drawn.truth["type"]
    for name, value in drawn.truth["fields"].items():
        assert same(paper["fields"][name]["value"], value), name
    for table, rows in drawn.truth.get("tables", {}).items():
        read = paper["tables"][table]
        assert [[same(row[key]["value"], true[key]) for key in true] for row, true in zip(read, rows, strict=True)] == [
            [True] * len(true) for true in rows
        ]


def test_a_plan_proves_what_is_left_and_what_was_lent():
    paper = of(repayment(seed=1))

    assert paper.fields["amount_num"].state is State.VERIFIED
    assert all(row["remaining"].state is State.VERIFIED for row in paper.tables["rows"])
    assert all(check.state is not Outcome.FAILS for check in paper.checks)


def test_interest_and_instalment_may_share_a_misread_digit_and_are_not_called_verified():
    paper = of(repayment(seed=1))

    assert {row["interest"].state for row in paper.tables["rows"]} == {State.CONSISTENT}


@pytest.mark.parametrize(
    "drawn",
    [
        loan_note(altered=Decimal(9000)),
        entrusted_payment("letter", altered=Decimal(9000)),
        repayment(altered={3: Decimal(9000)}),
    ],
    ids=lambda drawn: drawn.name,
)
def test_an_altered_figure_is_told(drawn: Drawn):
    assert any(check.state is Outcome.FAILS for check in of(drawn).checks)


def test_a_note_that_falls_due_before_it_was_drawn_is_told():
    text = (
        "借款借据\n借据编号：JJ20260318000101\n借款人：云洲恒屿精密机械有限公司\n借款金额（小写）：50,000.00\n"
        "放款日期：2026年03月18日\n到期日期：2025年03月17日\n年利率：3.95%\n"
    )
    (paper,) = read_file(text.encode(), "note.txt").papers

    assert [finding.code for finding in paper.findings] == ["days_reversed"]


@pytest.mark.parametrize(("printed", "rate"), [("3.95%", "0.0395"), ("月利率3.6‰", None), ("日利率0.05%", None)])
def test_only_a_rate_by_the_year_is_the_rate(printed: str, rate: str | None):
    text = f"借款借据\n借据编号：JJ20260318000101\n借款人：云洲恒屿精密机械有限公司\n执行利率：{printed}\n放款日期：2026-03-18\n"
    (paper,) = read_file(text.encode(), "note.txt").papers

    assert (str(paper.fields["rate"].value) if "rate" in paper.fields else None) == rate
