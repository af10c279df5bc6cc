"""Tables by geometry: columns by the white between them, rows by their key, whatever is printed around them."""

from __future__ import annotations

import pytest

from extract.reading import read_document
from records.document import Document
from records.facts import Paper
from tests.paper import page, pages, paper

TITLE = ("云洲银行账户交易明细", "户名：沈某某 账号：6228489999000004568")


def rows(document: Document) -> list[dict[str, str]]:
    read: Paper = read_document(document).papers[0]
    return [{name: str(cell.value) for name, cell in row.items()} for row in read.tables["transactions"]]


@pytest.mark.parametrize(
    ("head", "line", "amount"),
    [
        ("交易日期|摘要|交易金额|余额", "2026-05-01|消费|-12.00|88.00", "-12.00"),
        ("交易日期|摘要|收入|支出|余额", "2026-05-01|消费||12.00|88.00", "-12.00"),
        ("交易日期|摘要|借方发生额|贷方发生额|余额", "2026-05-01|消费|12.00|0.00|88.00", "-12.00"),
        ("交易日期|摘要|借贷标志|发生额|余额", "2026-05-01|消费|借|12.00|88.00", "-12.00"),
        ("交易日期|摘要|借贷标志|发生额|余额", "2026-05-01|工资|贷|12.00|112.00", "12.00"),
        ("交易日期|摘要|借方金额（收）|贷方金额（支）|余额", "2026-05-01|工资|12.00||112.00", "12.00"),
        ("日期|摘要|借方发生额|贷方发生额|余额", "20260501|红字冲正|-12.00||112.00", "12.00"),
        ("Date|Description|Paid out|Paid in|Balance", "1 May 2026|card|12.00||88.00", "-12.00"),
    ],
)
def test_money_has_one_sign_whatever_the_columns(head: str, line: str, amount: str):
    assert [row["amount"] for row in rows(paper(*TITLE, head, line))] == [amount]


def test_amounts_without_any_sign_take_it_from_the_balances():
    read = rows(
        paper(
            *TITLE,
            "期初余额：100.00",
            "交易日期|摘要|发生额|余额",
            "2026-05-01|a|12.00|88.00",
            "2026-05-02|b|30.00|118.00",
        )
    )

    assert [row["amount"] for row in read] == ["-12.00", "30.00"]


def test_a_lone_time_column_holds_the_day_too():
    (row,) = rows(paper(*TITLE, "交易时间|摘要|交易金额|余额", "2026-05-01 08:24|消费|-12.00|88.00"))

    assert (row["date"], row["time"]) == ("2026-05-01", "08:24:00")


def test_totals_carried_balances_and_footers_are_no_rows():
    read = rows(
        paper(
            *TITLE, "交易日期|摘要|交易金额|余额", "2026-05-01|承前页||100.00", "2026-05-01|消费|-12.00|88.00",
            "本页小计||-12.00", "合计||-12.00|88.00", "第1页，共1页",
        )
    )  # fmt: skip

    assert [row["amount"] for row in read] == ["-12.00"]


def test_the_head_may_be_repeated_or_missing_on_later_pages():
    head = "交易日期|摘要|交易金额|余额"
    first = page(*TITLE, head, "2026-05-01|消费|-12.00|88.00")
    again = page(head, "2026-05-02|消费|-8.00|80.00")
    bare = page("2026-05-03|消费|-5.00|75.00")

    assert [row["amount"] for row in rows(pages(first, again, bare))] == ["-12.00", "-8.00", "-5.00"]


def test_a_head_on_two_lines_in_two_languages():
    read = rows(
        paper(
            *TITLE, "交易日期|交易金额|余额|摘要", "Date|Amount|Balance|Type", "2026-05-01|-12.00|88.00|消费",
        )
    )  # fmt: skip

    assert read == [{"date": "2026-05-01", "amount": "-12.00", "balance": "88.00", "summary": "消费"}]


def test_a_parent_head_over_two_columns():
    read = rows(paper(*TITLE, "|  记账金额|||", "交易日期|(收入)|(支出)|余额|摘要", "2026-05-01||12.00|88.00|消费"))

    assert [row.get("amount") for row in read] == ["-12.00"]


def test_a_cell_that_cannot_be_read_is_told_and_not_guessed():
    read = read_document(paper(*TITLE, "交易日期|摘要|交易金额|余额", "2026-05-01|消费|-1.2.00|88.00")).papers[0]

    assert "amount" not in read.tables["transactions"][0]
    assert [f.message for f in read.findings if f.code == "cell_unreadable"] == [
        "“交易金额”一栏的“-1.2.00”读不出数值。"
    ]


def test_units_over_the_table_are_multiplied_out():
    (row,) = rows(paper(*TITLE, "单位：万元", "交易日期|摘要|交易金额|余额", "2026-05-01|货款|12.50|88.00"))

    assert (row["amount"], row["balance"]) == ("125000.00", "880000.00")
