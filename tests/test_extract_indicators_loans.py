"""Indicators that need the loan book: deposits to loans, money paid as agreed, sales collected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extract.indicators import compute
from records.facts import Indicator, Paper, Period, Quality, State
from records.loans import Loan
from tests.test_extract_indicators import field, statement

LOAN = Loan(
    "JJ1", "C1", "corporate_business", Decimal("500000.00"), Decimal("400000.00"), date(2026, 4, 8), date(2027, 4, 7),
    account="1", purpose="采购钢材", payees=("云洲钢材有限公司",),
)  # fmt: skip
ROWS = [
    ("2026-04-01", "100000.00", "甲公司", "货款"),
    ("2026-04-08", "500000.00", "某银行", "贷款发放"),
    ("2026-04-09", "-450000.00", "云洲钢材有限公司", "采购钢材"),
    ("2026-04-10", "-50000.00", "某置业有限公司", "购房款"),
    ("2026-05-15", "-60000.00", "云洲钢材有限公司", "采购钢材"),
]  # fmt: skip


def paper(rows=ROWS, start="2026-04-01", end="2026-05-31", **more) -> Paper:
    return statement(rows, start, end, **more)


def declared(revenue: str, start: str = "2026-04-01", end: str = "2026-04-30") -> Paper:
    fields = {"declared_revenue": field("declared_revenue", Decimal(revenue))}
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    return Paper("vat_return_general", 1.0, (), (1, 1), period, None, fields, {})


def figures(*papers: Paper, loans=(LOAN,)) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for one in compute([(f"d{number}", each) for number, each in enumerate(papers)], None, loans):
        found.setdefault(one.id, []).append(one)
    return found


def test_deposits_to_loans_is_the_daily_average_over_what_is_still_owed():
    (one,) = figures(paper([("2026-04-16", "60000.00", "甲公司", "货款")], end="2026-04-30"))["balance_deposit_ratio"]

    assert (one.value, one.quality) == ("0.0750", Quality.VERIFIED)  # 30,000 a day / 400,000
    assert [(put.field, put.document, put.value) for put in one.inputs] == [
        ("transactions", "d0", None), ("loan_balance[JJ1]", None, "400000.00"),
    ]  # fmt: skip


def test_deposits_elsewhere_are_not_with_the_bank_and_a_missing_account_makes_it_partial():
    elsewhere = paper([("2026-04-01", "900000.00", "甲公司", "货款")], account="9", end="2026-04-30")
    here = paper([("2026-04-01", "40000.00", "甲公司", "货款")], end="2026-04-30")
    collecting = replace(LOAN, collection_account="2")

    assert figures(here, elsewhere)["balance_deposit_ratio"][0].value == "0.1000"
    (one,) = figures(here, elsewhere, loans=(collecting,))["balance_deposit_ratio"]
    assert (one.value, one.quality) == ("0.1000", Quality.PARTIAL)


@pytest.mark.parametrize(
    ("loan", "says"),
    [
        (replace(LOAN, account=None), "没有登记还款账号"),
        (replace(LOAN, account="7"), "没有流水在档"),
        (replace(LOAN, settled=date(2026, 5, 1)), "没有未结清"),
        (replace(LOAN, balance=Decimal(0)), "分母为零：贷款余额"),
    ],
)
def test_no_deposits_to_loans_without_what_it_needs(loan, says):
    (one,) = figures(paper(), loans=(loan,))["balance_deposit_ratio"]

    assert one.value is None
    assert says in (one.reason or "")


def test_money_paid_as_agreed_is_what_went_to_the_payee_within_thirty_days():
    (one,) = figures(paper())["loan_proceeds_match"]

    assert (one.value, one.quality, one.loan_note_no) == ("0.9000", Quality.VERIFIED, "JJ1")
    assert str(one.period) == str(Period(date(2026, 4, 8), date(2026, 5, 8)))
    assert one.inputs[-1].field == "loan_amount[JJ1]"


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([("2026-04-09", "-800000.00", "云洲钢材有限公司", "采购钢材")], "1.0000"),  # more than was lent
        ([("2026-04-09", "-500000.00", "云洲钢材有限公司", "银证转账")], "0.0000"),  # the payee, but not the purpose
        ([("2026-04-09", "-500000.00", "云洲钢铁有限公司", "采购钢材")], "0.0000"),  # a like name is another company
        ([("2026-04-07", "-500000.00", "云洲钢材有限公司", "采购钢材")], "0.0000"),  # before the money came
    ],
)
def test_what_counts_as_paid_as_agreed(rows, value):
    drawn = [("2026-04-01", "900000.00", "甲公司", "货款"), ROWS[1]]
    (one,) = figures(paper(sorted([*drawn, *rows])))["loan_proceeds_match"]

    assert one.value == value


def test_one_payment_counts_for_one_loan_only():
    drawn = [ROWS[1], ("2026-04-08", "200000.00", "某银行", "贷款发放"), ROWS[2], ROWS[3]]
    second = replace(LOAN, loan_note_no="JJ2", amount=Decimal("200000.00"))
    found = figures(paper(drawn), loans=(second, LOAN))["loan_proceeds_match"]

    assert [(one.loan_note_no, one.value) for one in found] == [("JJ1", "0.9000"), ("JJ2", "0.0000")]


@pytest.mark.parametrize(
    ("loan", "says"),
    [
        (replace(LOAN, payees=()), "没有登记约定收款方"),
        (replace(LOAN, granted=date(2026, 1, 8)), "没有覆盖放款日的流水"),
        (replace(LOAN, amount=Decimal("480000.00")), "没有这笔贷款入账"),
    ],
)
def test_no_match_without_what_it_needs(loan, says):
    (one,) = figures(paper(), loans=(loan,))["loan_proceeds_match"]

    assert one.value is None
    assert says in (one.reason or "")
    assert one.loan_note_no == "JJ1"


def test_a_statement_that_ends_too_soon_gives_a_part_of_the_match():
    (one,) = figures(paper(ROWS[:4], end="2026-04-20"))["loan_proceeds_match"]

    assert (one.value, one.quality) == ("0.9000", Quality.PARTIAL)


def test_sales_collected_are_those_on_the_accounts_with_the_bank():
    elsewhere = paper([("2026-04-02", "900000.00", "乙公司", "货款")], account="9")
    (one,) = figures(paper(), elsewhere, declared("250000.00"))["collection_ratio"]

    assert (one.value, one.quality) == ("0.4000", Quality.VERIFIED)  # not the loan, not the other bank
    assert [put.field for put in one.inputs] == ["transactions", "declared_revenue"]


def test_sales_collected_over_a_part_of_the_time_are_partial_and_none_of_it_is_nothing():
    found = figures(
        paper(), declared("250000.00", "2026-04-01", "2026-06-30"), declared("1.00", "2026-01-01", "2026-03-31")
    )

    assert [one.quality for one in found["collection_ratio"]] == [Quality.PARTIAL]


def test_a_month_declared_as_zero_has_no_share_collected():
    (one,) = figures(paper(), declared("0.00"))["collection_ratio"]

    assert (one.value, one.reason) == (None, "分母为零：申报收入")


def test_an_amount_in_conflict_feeds_neither():
    found = figures(paper(state=State.CONFLICT), declared("250000.00"))

    assert found["collection_ratio"][0].value is None
    assert found["loan_proceeds_match"][0].value is None


def test_without_a_loan_there_is_none_of_them():
    assert not {"balance_deposit_ratio", "loan_proceeds_match", "collection_ratio"} & set(figures(paper(), loans=()))
