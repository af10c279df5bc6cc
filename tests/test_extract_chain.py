"""The running balance: what it proves, what it accuses, and that a wrong value is never called verified."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.proof.equations import Equation, without, witnessed
from extract.reading import read_document
from records.document import Document
from records.facts import Paper, State
from tests.paper import page, pages, paper

HEAD = ("云洲银行账户交易明细", "户名：沈某某 账号：6228489999000004568", "交易日期|摘要|交易金额|余额")
yuan = st.integers(-10_000_000, 10_000_000).filter(bool).map(lambda cents: Decimal(cents).scaleb(-2))


def rows(amounts: list[Decimal], opening: Decimal = Decimal("500000.00")) -> list[str]:
    """Printed rows whose balances are true."""
    lines, balance = [], opening
    for number, amount in enumerate(amounts):
        balance += amount
        lines.append(f"2026-05-{number % 28 + 1:02d}|消费|{amount:+,.2f}|{balance:,.2f}")
    return lines


def read(*lines: str) -> Paper:
    return read_document(paper(*HEAD, *lines)).papers[0]


def states(read_paper: Paper, column: str) -> list[State]:
    return [row[column].state for row in read_paper.tables["transactions"]]


def test_every_link_that_holds_proves_its_amount_and_the_balances_between():
    statement = read(
        *rows([Decimal("-12.34"), Decimal("12860.00"), Decimal("-4312.56"), Decimal("70.00"), Decimal("-1.00")])
    )

    assert states(statement, "amount")[2:-1] == [State.VERIFIED] * 2
    assert states(statement, "balance")[1:-1] == [State.VERIFIED] * 3


def test_at_the_ends_of_a_chain_amount_and_balance_could_be_wrong_together_and_are_not_proved():
    statement = read(*rows([Decimal("-12.34"), Decimal("12860.00"), Decimal("-4312.56")]))

    assert states(statement, "balance") == [State.CONSISTENT, State.VERIFIED, State.CONSISTENT]
    assert states(statement, "amount") == [State.CONSISTENT] * 3
    assert str(statement.fields["opening_balance"].value) == "500000.00"
    assert statement.fields["opening_balance"].state is State.CONSISTENT


def test_printed_balances_at_both_ends_prove_them():
    statement = read("期初余额：500,000.00 期末余额：512,847.66", *rows([Decimal("-12.34"), Decimal("12860.00")]))

    # the opening balance and the first amount could still be wrong by the same sum: nothing else contains either alone
    assert states(statement, "amount") == [State.CONSISTENT, State.VERIFIED]
    assert states(statement, "balance") == [State.VERIFIED] * 2
    assert statement.fields["closing_balance"].state is State.VERIFIED


def test_two_misread_figures_that_agree_are_not_verified():
    """800.00 read as 300.00 and the balance after it 1,800.00 as 1,300.00: the last link still holds."""
    printed = rows([Decimal("100.00")] * 5)
    printed[4] = printed[4].replace("+100.00", "+600.00").replace("500,500.00", "501,000.00")
    statement = read(*printed)

    assert not [check for check in statement.checks if check.state.value == "fails"]
    assert states(statement, "amount")[4] is State.CONSISTENT
    assert states(statement, "balance")[4] is State.CONSISTENT


def test_equal_amounts_without_signs_follow_the_days():
    """Balances 300, 200, 100 with amounts of 100: newest first it is money in, oldest first money out."""
    newest = ["2026-05-03|转账|100.00|300.00", "2026-05-02|转账|100.00|200.00", "2026-05-01|转账|100.00|100.00"]
    statement = read(*newest)

    assert [str(row["amount"].value) for row in statement.tables["transactions"]][:2] == ["100.00", "100.00"]


def test_equal_amounts_without_signs_on_one_day_go_either_way_and_nobody_guesses():
    same = ["2026-05-03|转账|100.00|300.00", "2026-05-03|转账|100.00|200.00", "2026-05-03|转账|100.00|100.00"]
    statement = read(*same)

    assert State.VERIFIED not in states(statement, "amount")
    assert "direction_unknown" in {finding.code for finding in statement.findings}


def test_newest_first_is_the_same_chain():
    printed = rows([Decimal("-12.34"), Decimal("12860.00"), Decimal("-4312.56")])
    statement = read(*reversed(printed))

    assert [check.state.value for check in statement.checks if check.identity == "row_chain"] == ["holds"]
    assert str(statement.fields["closing_balance"].value) == "508535.10"


def test_an_altered_amount_is_singled_out():
    printed = rows([Decimal("100.00")] * 6)
    printed[3] = printed[3].replace("+100.00", "+900.00")
    statement = read(*printed)

    assert [n for n, state in enumerate(states(statement, "amount")) if state is State.CONFLICT] == [3]
    assert State.CONFLICT not in states(statement, "balance")
    assert [f.message for f in statement.findings] == [
        "第 4 行余额不衔接：应为 501200.00，印着 500400.00，差 -800.00 元。"
    ]


def test_an_altered_balance_is_singled_out():
    printed = rows([Decimal("100.00")] * 6)
    printed[3] = printed[3].replace("500,400.00", "500,480.00")
    statement = read(*printed)

    assert [n for n, state in enumerate(states(statement, "balance")) if state is State.CONFLICT] == [3]
    assert State.CONFLICT not in states(statement, "amount")


def test_a_missing_page_is_found_with_the_money_that_is_missing():
    printed = rows([Decimal("100.00")] * 9)
    document = pages(page(*HEAD, *printed[:3]), page(*HEAD, *printed[6:]))
    statement = read_document(document).papers[0]

    assert [f.message for f in statement.findings] == ["第 1 页与第 2 页之间余额不连续，缺少 300.00 元的流水。"]


def test_rows_of_two_accounts_have_chains_of_their_own():
    head = ("云洲银行账户交易明细", "户名：沈某某", "交易日期|账号|交易金额|余额")
    lines = ("2026-05-01|62220001|+10.00|110.00", "2026-05-01|62220002|+5.00|1,005.00", "2026-05-02|62220001|-20.00|90.00",
             "2026-05-03|62220002|-1,000.00|5.00", "2026-05-04|62220001|-1.00|89.00",
             "2026-05-05|62220001|+4.00|93.00")  # fmt: skip
    statement = read_document(paper(*head, *lines)).papers[0]

    assert not [check for check in statement.checks if check.state.value == "fails"]
    assert [check.where for check in statement.checks if check.identity == "row_chain"] == [
        "rows 1, 3, 5–6",
        "rows 2, 4",
    ]
    assert [n for n, state in enumerate(states(statement, "balance")) if state is State.VERIFIED] == [2, 4]


@settings(max_examples=60, deadline=None)
@given(amounts=st.lists(yuan, min_size=2, max_size=14))
def test_any_true_statement_is_read_and_chains(amounts: list[Decimal]):
    statement = read(*rows(amounts))

    assert [Decimal(str(row["amount"].value)) for row in statement.tables["transactions"]] == amounts
    assert not [check for check in statement.checks if check.state.value == "fails"]


@settings(max_examples=120, deadline=None)
@given(data=st.data(), amounts=st.lists(yuan, min_size=2, max_size=10))
def test_one_misread_digit_is_never_verified(data: st.DataObject, amounts: list[Decimal]):
    """The first promise: whatever single figure is misread, its value is not called proved."""
    printed = rows(amounts)
    truth = [line.split("|") for line in printed]
    row = data.draw(st.integers(0, len(printed) - 1))
    column = data.draw(st.sampled_from([2, 3]))
    text = truth[row][column]
    place = data.draw(st.sampled_from([n for n, character in enumerate(text) if character.isdigit()]))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    wrong = text[:place] + other + text[place + 1 :]
    changed = [*truth[row][:column], wrong, *truth[row][column + 1 :]]
    statement = read(*printed[:row], "|".join(changed), *printed[row + 1 :])

    for number, cells in enumerate(statement.tables["transactions"]):
        for index, name in ((2, "amount"), (3, "balance")):
            value = cells.get(name)
            right = Decimal(truth[number][index].replace(",", ""))
            if value is not None and Decimal(str(value.value)) != right:
                assert value.state is not State.VERIFIED, (number, name)


@pytest.mark.parametrize("confidence", [0.85, 0.7])
def test_a_scanned_balance_that_was_hardly_legible_is_not_proved_by_its_neighbours(confidence: float):
    document: Document = paper(*HEAD, *rows([Decimal("100.00")] * 4), confidence=confidence, source="ocr")
    statement = read_document(document).papers[0]

    assert State.VERIFIED not in states(statement, "balance")


# --- an opening balance that does not fit -----------------------------------------------------------------------------


MOVED = [Decimal("1200.00"), Decimal("-300.00"), Decimal("55.50"), Decimal("-12.00")]


@pytest.mark.parametrize(
    ("head", "accused", "amount"),
    [
        (
            "期初余额：510,000.00",
            True,
            State.LOW_CONFIDENCE,
        ),  # nothing else speaks for either: the amount stays in doubt
        ("期初余额：510,000.00 收入合计：1,255.50", True, State.LOW_CONFIDENCE),  # the sum speaks for the amount
        ("期初余额：500,000.00 期末余额：500,943.50 收入合计：1,255.50 支出合计：312.00", False, State.CONFLICT),
    ],
)
def test_an_altered_opening_balance_does_not_accuse_the_first_amount(head: str, accused: bool, amount: State):
    printed = rows(MOVED)
    if not accused:  # here it is the first amount that was altered
        printed[0] = printed[0].replace("+1,200.00", "+11,200.00")
    statement = read(head, *printed)

    assert (statement.fields["opening_balance"].state is State.CONFLICT) == accused
    assert states(statement, "amount")[0] is amount
    assert any("差" in finding.message for finding in statement.findings)


def test_a_clear_balance_that_was_replaced_proves_no_amount_beside_it():
    """Two amounts misread by as much and the right balance between them replaced: everything fits, nothing is proved."""
    link = [("opening", 1), ("a", 1), ("b", -1)], [("b", 1), ("c", 1), ("end", -1)]
    equations = [Equation("row_chain", tuple(terms), True) for terms in link]
    sums = Equation("credits_add_up", (("a", 1), ("c", 1), ("total", -1)), True)

    assert witnessed([*equations, sums]) >= {"a", "b", "c"}
    assert dict(without(equations, ["b"])[0].terms) == {"opening": 1, "a": 1, "c": 1, "end": -1}
    assert not witnessed(without([*equations, sums], ["b"])) & {"a", "c"}
