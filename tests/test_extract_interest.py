"""Interest against daily balances, and what statements tell of repaying and of holding together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from extract.indicators import compute
from extract.reading import read_document
from extract.statements.interest import expected, implied_rate
from records.facts import Indicator, Paper, Quality
from tests.paper import paper
from tests.test_extract_indicators import field, statement

HEAD = ("云洲银行账户交易明细", "户名：沈某某 账号：6228489999000004568", "起止日期：2026-03-21 至 2026-06-30")
COLUMNS = "交易日期|摘要|交易金额|余额"


def test_the_vector_of_the_specification():
    # indicators.md §14, 14: 46,000 a day, 0.10 %, 92 days
    assert expected(Decimal("46000"), Decimal("0.001"), 92) == Decimal("11.76")
    rate = implied_rate(Decimal("11.76"), Decimal("46000"), 92)
    assert rate is not None
    assert rate.quantize(Decimal("0.00001")) == Decimal("0.00100")


def quarter(interest: str, start: str = "2026-03-21") -> Paper:
    """46,000.00 on the account for the whole quarter, then interest, then one more row."""
    after = Decimal("46000.00") + Decimal(interest)
    lines = (
        f"{start}|转账|+6,000.00|46,000.00",
        f"2026-06-21|结息|+{interest}|{after:,.2f}",
        f"2026-06-22|消费|-10.00|{after - 10:,.2f}",
    )
    return read_document(paper(*HEAD, COLUMNS, *lines)).papers[0]


@pytest.mark.parametrize(
    ("interest", "state"),
    [("11.76", "holds"), ("58.78", "holds"), ("2,300.00".replace(",", ""), "fails"), ("0.10", "fails")],
)
def test_interest_that_no_rate_explains_fails(interest: str, state: str):
    checks = {check.identity: check for check in quarter(interest).checks}

    assert checks["interest_plausible"].state.value == state
    assert checks["interest_plausible"].printed == interest


def test_a_quarter_that_is_not_on_paper_cannot_be_told():
    lines = (
        "2026-06-01|转账|+6,000.00|46,000.00",
        "2026-06-21|结息|+11.76|46,011.76",
        "2026-06-22|消费|-10.00|46,001.76",
    )
    head = (HEAD[0], HEAD[1], "起止日期：2026-06-01 至 2026-06-30")
    (found,) = [
        c for c in read_document(paper(*head, COLUMNS, *lines)).papers[0].checks if c.identity == "interest_plausible"
    ]

    assert found.state.value == "cannot_tell"


def of(papers: list[Paper], name: str) -> Indicator:
    return next(i for i in compute([("d", one) for one in papers]) if i.id == name)


REPAYING = [
    ("2026-01-02", "20000.00", "云洲恒屿精密机械有限公司", "货款"),
    ("2026-01-18", "9000.00", "李某某", "转账"),
    ("2026-01-20", "-10000.00", "云洲农村商业银行", "贷款还款"),
    ("2026-01-22", "-9000.00", "李某某", "转账"),
    ("2026-02-20", "-9500.00", "云洲农村商业银行", "贷款还款"),
]


def test_a_repayment_that_persons_bridged_is_counted():
    papers = [statement(REPAYING, "2026-01-01", "2026-02-28", holder="云洲甲有限公司")]

    assert of(papers, "repay_before_low").value == "1"


def test_days_below_the_instalment():
    papers = [statement(REPAYING, "2026-01-01", "2026-02-28", holder="云洲甲有限公司")]
    # 9,750.00 is the middle of the two: the account stood below it on 1 January and from 20 February on, 20–21 January at 19,000
    assert of(papers, "low_balance_days").value == str(1 + (date(2026, 2, 28) - date(2026, 2, 20)).days + 1)


def test_loan_money_that_came_back_from_the_payee():
    rows = [
        ("2026-01-02", "100000.00", "云洲农村商业银行", "贷款发放"),
        ("2026-01-05", "-80000.00", "云洲乙贸易有限公司", "货款"),
        ("2026-01-20", "50000.00", "云洲乙贸易有限公司", "往来款"),
        ("2026-03-20", "20000.00", "云洲乙贸易有限公司", "往来款"),
    ]
    assert (
        of([statement(rows, "2026-01-01", "2026-03-31", holder="云洲甲有限公司")], "proceeds_backflow").value
        == "50000.00"
    )


def test_without_repayments_there_is_no_figure_and_a_reason():
    figure = of([statement(REPAYING[:2], "2026-01-01", "2026-02-28", holder="云洲甲有限公司")], "repay_before_low")

    assert figure.value is None
    assert figure.reason == "流水中没有还贷"


def chained(break_at: int | None = None) -> Paper:
    lines, balance = [], Decimal("1000.00")
    for number in range(10):
        balance += 10
        amount = Decimal("90.00") if number == break_at else Decimal("10.00")
        lines.append(f"{date(2026, 4, 1) + timedelta(days=number)}|消费|{amount:+,.2f}|{balance:,.2f}")
    return read_document(paper(*HEAD, COLUMNS, *lines)).papers[0]


def test_the_share_of_links_that_hold():
    whole, broken = of([chained()], "statement_authenticity"), of([chained(5)], "statement_authenticity")

    assert (whole.value, whole.quality) == ("1.0000", Quality.VERIFIED)
    assert broken.quality is Quality.CONFLICT
    assert broken.value is not None
    assert Decimal(broken.value) < 1


def month(start: str, end: str, opening: str, amount: str) -> Paper:
    found = statement([(start, amount, "李某某", "转账")], start, end, opening=opening)
    closing = Decimal(opening) + Decimal(amount)
    return replace(found, fields={**found.fields, "closing_balance": field("closing_balance", closing)})


def test_one_statement_follows_on_another():
    may, june = (
        month("2026-05-01", "2026-05-31", "100.00", "20.00"),
        month("2026-06-01", "2026-06-30", "120.00", "5.00"),
    )

    assert of([june, may], "doc_chain_continuity").value == "0"


def test_what_happened_between_two_statements_is_told_with_the_money():
    may, june = month("2026-05-01", "2026-05-31", "100.00", "20.00"), month("2026-06-01", "2026-06-30", "90.00", "5.00")
    found = of([may, june], "doc_chain_continuity")

    assert found.value == "1"
    assert found.reason == "2026-06-01 前断档：期末 120.00，下期期初 90.00，差 -30.00 元"
