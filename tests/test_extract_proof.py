"""The first promise under attack: two misread figures, lost signs, rows swapped, doubled, missing; nothing wrong is proved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.proof.equations import Equation, witnessed
from extract.reading import read_document
from records.facts import Paper, State
from tests.paper import page, pages, paper

HEAD = ("云洲银行账户交易明细", "户名：沈某某 账号：6228489999000004568")
COLUMNS = "交易日期|摘要|交易金额|余额"
yuan = st.integers(-999, 999).filter(bool).map(lambda number: Decimal(number * 100).scaleb(-2))
amounts_of = st.lists(yuan, min_size=3, max_size=8)


def printed(amounts: list[Decimal], opening: Decimal = Decimal("1000.00")) -> list[list[str]]:
    rows, balance = [], opening
    for number, amount in enumerate(amounts):
        balance += amount
        rows.append([f"2026-05-{number + 1:02d}", f"消费{number}", f"{amount:+,.2f}", f"{balance:,.2f}"])
    return rows


def head_of(amounts: list[Decimal], opening: Decimal = Decimal("1000.00")) -> list[str]:
    came, went = sum(a for a in amounts if a > 0), -sum(a for a in amounts if a < 0)
    return [
        f"期初余额：{opening:,.2f}",
        f"收入合计：{came:,.2f}",
        f"支出合计：{went:,.2f}",
        f"期末余额：{opening + came - went:,.2f}",
    ]


def read(summary: list[str], rows: list[list[str]]) -> Paper:
    return read_document(paper(*HEAD, *summary, COLUMNS, *("|".join(row) for row in rows))).papers[0]


def wrong_but_verified(statement: Paper, rows: list[list[str]], summary: list[str]) -> list[str]:
    """Every value called verified that is not what the paper says."""
    found = []
    for number, cells in enumerate(statement.tables["transactions"]):
        for index, name in ((2, "amount"), (3, "balance")):
            value = cells.get(name)
            if (
                value is not None
                and value.state is State.VERIFIED
                and value.value != Decimal(rows[number][index].replace(",", ""))
            ):
                found.append(f"{name}[{number}] = {value.value}")
    names = ("opening_balance", "total_in", "total_out", "closing_balance")
    for name, line in zip(names, summary, strict=False):
        value = statement.fields.get(name)
        if (
            value is not None
            and value.state is State.VERIFIED
            and value.value != Decimal(line.partition("：")[2].replace(",", ""))
        ):
            found.append(f"{name} = {value.value}")
    return found


def changed(text: str, data: st.DataObject) -> str:
    place = data.draw(st.sampled_from([n for n, character in enumerate(text) if character.isdigit()]))
    return text[:place] + data.draw(st.sampled_from("0123456789")) + text[place + 1 :]


@pytest.mark.parametrize("summary", [True, False], ids=["with a summary", "rows alone"])
@settings(max_examples=80, deadline=None)
@given(data=st.data(), amounts=amounts_of)
def test_two_misread_digits_are_never_verified(summary: bool, data: st.DataObject, amounts: list[Decimal]):
    rows, head = printed(amounts), head_of(amounts) if summary else []
    spots = [(n, column) for n in range(len(rows)) for column in (2, 3)] + [(-1, n) for n in range(len(head))]
    read_rows, read_head = [list(row) for row in rows], list(head)
    for row, column in data.draw(st.lists(st.sampled_from(spots), min_size=2, max_size=2, unique=True)):
        if row < 0:
            label, _, value = read_head[column].partition("：")
            read_head[column] = f"{label}：{changed(value, data)}"
        else:
            read_rows[row][column] = changed(read_rows[row][column], data)

    assert wrong_but_verified(read(read_head, read_rows), rows, head) == []


@pytest.mark.parametrize("summary", [True, False], ids=["with a summary", "rows alone"])
@settings(max_examples=60, deadline=None)
@given(data=st.data(), amounts=amounts_of)
def test_the_same_sum_too_much_in_any_two_places_is_never_verified(
    summary: bool, data: st.DataObject, amounts: list[Decimal]
):
    """The worst pair of errors: both by the same sum, so that whatever contains both still holds."""
    rows, head = printed(amounts), head_of(amounts) if summary else []
    spots = [(n, column) for n in range(len(rows)) for column in (2, 3)] + [(-1, n) for n in range(len(head))]
    off = data.draw(st.sampled_from([Decimal("500.00"), Decimal("-6.00")]))
    read_rows, read_head = [list(row) for row in rows], list(head)
    for row, column in data.draw(st.lists(st.sampled_from(spots), min_size=2, max_size=2, unique=True)):
        sign = data.draw(st.sampled_from([1, -1]))
        if row < 0:
            label, _, value = read_head[column].partition("：")
            read_head[column] = f"{label}：{Decimal(value.replace(',', '')) + sign * off:,.2f}"
        else:
            value = Decimal(read_rows[row][column].replace(",", "")) + sign * off
            read_rows[row][column] = f"{value:+,.2f}" if column == 2 else f"{value:,.2f}"

    assert wrong_but_verified(read(read_head, read_rows), rows, head) == []


@settings(max_examples=40, deadline=None)
@given(data=st.data(), amounts=amounts_of)
def test_a_lost_or_turned_sign_is_never_verified(data: st.DataObject, amounts: list[Decimal]):
    rows, head = printed(amounts), head_of(amounts)
    wrong = [list(row) for row in rows]
    row = data.draw(st.integers(0, len(rows) - 1))
    turned = {"+": "-", "-": "+"}[rows[row][2][0]]
    wrong[row][2] = turned + rows[row][2][1:]

    assert wrong_but_verified(read(head, wrong), rows, head) == []


@settings(max_examples=40, deadline=None)
@given(data=st.data(), amounts=amounts_of)
def test_amounts_that_slipped_a_row_are_never_verified(data: st.DataObject, amounts: list[Decimal]):
    rows, head = printed(amounts), head_of(amounts)
    wrong = [[*row[:2], rows[(n + 1) % len(rows)][2], row[3]] for n, row in enumerate(rows)]

    assert wrong_but_verified(read(head, wrong), rows, head) == []


def test_a_missing_row_proves_no_sum_that_lacks_it():
    amounts = [Decimal("10.00"), Decimal("-3.00"), Decimal("40.00"), Decimal("-5.00"), Decimal("7.00")]
    rows = printed(amounts)
    statement = read(head_of(amounts), rows[:2] + rows[3:])

    assert [f.code for f in statement.findings if f.code == "chain_broken"] == ["chain_broken"]
    assert {c.identity for c in statement.checks if c.state.value == "fails"} >= {"row_chain", "credits_add_up"}


def test_a_row_printed_twice_is_told_and_counted_once():
    amounts = [Decimal("10.00"), Decimal("-3.00"), Decimal("40.00"), Decimal("-5.00")]
    rows = printed(amounts)
    statement = read(head_of(amounts), [*rows[:3], rows[2], rows[3]])

    assert [(f.code, f.message) for f in statement.findings] == [
        ("row_doubled", "第 4 行重复打印，涉及 40.00 元，只计一次。")
    ]
    assert not [c for c in statement.checks if c.state.value == "fails"]
    assert len(statement.tables["transactions"]) == 5
    assert str(next(i for i in statement.indicators if i.id == "inflow_total").value) == "50.00"


def test_two_rows_that_changed_places_are_told_and_put_back_for_the_chain():
    amounts = [Decimal("10.00"), Decimal("-3.00"), Decimal("40.00"), Decimal("-5.00"), Decimal("7.00")]
    rows = printed(amounts)
    statement = read(head_of(amounts), [rows[0], rows[2], rows[1], *rows[3:]])

    assert {f.code for f in statement.findings} == {"rows_swapped"}
    assert not [c for c in statement.checks if c.state.value == "fails"]


def test_pages_in_the_wrong_order_are_told():
    rows = printed([Decimal("10.00")] * 12)
    lines = ["|".join(row) for row in rows]
    document = pages(*(page(*HEAD, COLUMNS, *lines[a : a + 4]) for a in (4, 0, 8)))
    statement = read_document(document).papers[0]

    assert [f.code for f in statement.findings] == ["pages_swapped"]
    assert str(statement.fields["closing_balance"].value) == "1120.00"


def test_a_page_scanned_twice_is_told_with_the_money_on_it():
    rows = printed([Decimal("10.00")] * 9)
    lines = ["|".join(row) for row in rows]
    document = pages(*(page(*HEAD, COLUMNS, *lines[a : a + 3]) for a in (0, 3, 3, 6)))
    statement = read_document(document).papers[0]

    assert [(f.code, f.message) for f in statement.findings] == [
        ("page_doubled", "第 3 页与前面的页重复，涉及 30.00 元，只计一次。")
    ]


def test_the_numbers_of_pages_tell_which_are_missing():
    rows = ["|".join(row) for row in printed([Decimal("10.00")] * 9)]
    document = pages(*(page(*HEAD, COLUMNS, *rows[a : a + 3], f"第 {n} 页 共 3 页") for a, n in ((0, 1), (6, 3))))
    statement = read_document(document).papers[0]

    assert {f.code for f in statement.findings} == {"page_missing", "pages_incomplete"}
    assert "缺第 2 页" in next(f.message for f in statement.findings if f.code == "pages_incomplete")


def test_days_run_down_and_rows_within_a_day_run_up():
    rows = printed([Decimal(n) for n in (10, -3, 40, -5, 7, 9)])
    for number, row in enumerate(rows):
        row[0] = f"2026-05-{number // 2 + 1:02d}"
    statement = read([], [*rows[4:6], *rows[2:4], *rows[0:2]])

    assert not [c for c in statement.checks if c.state.value == "fails"]
    assert str(statement.fields["opening_balance"].value) == "1000.00"
    assert str(statement.fields["closing_balance"].value) == "1058.00"


def test_a_day_with_one_balance_ties_its_rows_together_but_proves_none_of_them_alone():
    rows = printed([Decimal(n) for n in (10, -3, 40, -5, 7, 9)])
    rows[2][3] = ""
    statement = read([], rows)

    assert not [c for c in statement.checks if c.state.value == "fails"]
    cells = statement.tables["transactions"]
    assert cells[1]["amount"].state is State.CONSISTENT or cells[1]["balance"].state is State.VERIFIED
    assert cells[2]["amount"].state is State.CONSISTENT
    assert cells[3]["amount"].state is State.CONSISTENT
    assert cells[4]["amount"].state is State.VERIFIED


def test_a_value_is_proved_only_where_no_second_error_could_hide_its_own():
    link = [Equation("link", (("start", 1), ("amount", 1), ("end", -1)), holds=True)]
    assert witnessed(link) == set()

    more = [*link, Equation("next", (("end", 1), ("after", 1), ("last", -1)), holds=True)]
    assert witnessed(more) == {"end"}

    broken = [*link, Equation("next", (("end", 1), ("after", 1), ("last", -1)), holds=False)]
    assert witnessed(broken) == set()


TEN_THOUSANDS = ("2026-05-01|货款|+10.50|110.50", "2026-05-02|货款|-20.00|90.50", "2026-05-03|货款|+1.00|91.50")


@pytest.mark.parametrize(
    "head",
    [
        ("单位：万元", COLUMNS),
        ("金额单位：人民币万元", COLUMNS),
        ("币种：人民币 万元", COLUMNS),
        ("币种：人民币", "交易日期|摘要|交易金额(万元)|余额(万元)"),
    ],
    ids=["unit line", "unit of amounts", "beside the currency", "in the heads"],
)
def test_ten_thousands_are_multiplied_out_wherever_they_are_said(head: tuple[str, ...]):
    statement = read_document(paper(*HEAD, *head, *TEN_THOUSANDS)).papers[0]

    assert [str(row["balance"].value) for row in statement.tables["transactions"]] == [
        "1105000.00",
        "905000.00",
        "915000.00",
    ]


def test_amounts_in_one_unit_and_balances_in_another_are_never_verified():
    head = "交易日期|摘要|交易金额(万元)|余额(元)"
    statement = read_document(paper(*HEAD, head, *TEN_THOUSANDS)).papers[0]

    assert "unit_unclear" in {finding.code for finding in statement.findings}
    assert State.VERIFIED not in {c.state for row in statement.tables["transactions"] for c in row.values()}


def test_a_sum_in_ten_thousands_over_the_table_is_no_unit():
    statement = read_document(paper(*HEAD, "授信额度：500万元", COLUMNS, *TEN_THOUSANDS)).papers[0]

    assert [str(row["balance"].value) for row in statement.tables["transactions"]] == ["110.50", "90.50", "91.50"]


def test_a_balance_carried_to_the_next_page_is_held_against_the_one_before():
    rows = ["|".join(row) for row in printed([Decimal("10.00")] * 6)]

    def carrying(balance: str) -> Paper:
        first = page(*HEAD, COLUMNS, *rows[:3], "|过次页||1,030.00")
        return read_document(pages(first, page(*HEAD, COLUMNS, f"|承前页||{balance}", *rows[3:]))).papers[0]

    right, wrong = carrying("1,030.00"), carrying("1,080.00")
    assert [c.state.value for c in right.checks if c.identity == "page_carry"] == ["holds", "holds"]
    assert [c.state.value for c in wrong.checks if c.identity == "page_carry"] == ["holds", "fails"]
    assert len(right.tables["transactions"]) == 6
