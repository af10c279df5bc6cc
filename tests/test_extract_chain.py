"""The running balance: what it proves, what it accuses, and that a wrong value is never called verified."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    statement = read(*rows([Decimal("-12.34"), Decimal("12860.00"), Decimal("-4312.56")]))

    assert states(statement, "amount")[1:] == [State.VERIFIED] * 2
    assert states(statement, "balance") == [State.VERIFIED] * 3


def test_the_first_amount_is_not_proved_by_an_opening_balance_computed_from_it():
    statement = read(*rows([Decimal("-12.34"), Decimal("12860.00"), Decimal("-4312.56")]))

    assert str(statement.fields["opening_balance"].value) == "500000.00"
    assert statement.fields["opening_balance"].state is State.CONSISTENT
    assert states(statement, "amount")[0] is State.CONSISTENT


def test_a_printed_opening_balance_proves_it():
    statement = read("期初余额：500,000.00", *rows([Decimal("-12.34"), Decimal("12860.00")]))

    assert states(statement, "amount") == [State.VERIFIED] * 2
    assert statement.fields["opening_balance"].state is not State.ABSENT


def test_newest_first_is_the_same_chain():
    printed = rows([Decimal("-12.34"), Decimal("12860.00"), Decimal("-4312.56")])
    statement = read(*reversed(printed))

    assert [check.state.value for check in statement.checks if check.identity == "row_chain"] == ["holds", "holds"]
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
             "2026-05-03|62220002|-1,000.00|5.00")  # fmt: skip
    statement = read_document(paper(*head, *lines)).papers[0]

    assert not [check for check in statement.checks if check.state.value == "fails"]
    assert states(statement, "amount")[2:] == [State.VERIFIED] * 2


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
