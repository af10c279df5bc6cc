"""Indicators: exact, with inputs and quality, and without a value where there is none to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from extract.indicators import compute, definitions
from extract.indicators.frame import NoValue, as_text, quality_of, ratio
from extract.statements.entries import Class, class_of, classes
from records.contract import from_json, to_json
from records.facts import Field, FileReading, Indicator, Month, Paper, Period, Printed, Quality, State

PLACE = Printed(1, None, "")


def field(name: str, value: object, state: State = State.VERIFIED) -> Field:
    return Field(name, value, PLACE, state)  # type: ignore[arg-type]


def statement(
    rows: Sequence[tuple[str, str, str, str]], start: str, end: str, *, opening: str = "0.00", kind: str = "corporate",
    account: str = "1", holder: str = "云洲恒屿精密机械有限公司", state: State = State.VERIFIED,
) -> Paper:  # fmt: skip
    """A statement of these rows (day, amount, counterparty, summary); the balances follow."""
    balance, table = Decimal(opening), []
    for day, amount, party, summary in rows:
        balance += Decimal(amount)
        table.append(
            {
                "date": field("date", date.fromisoformat(day)),
                "amount": field("amount", Decimal(amount), state),
                "balance": field("balance", balance),
                "counterparty_name": field("counterparty_name", party),
                "summary": field("summary", summary),
            }
        )
    fields = {
        "account_no": field("account_no", account),
        "account_name": field("account_name", holder),
        "opening_balance": field("opening_balance", Decimal(opening)),
    }
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    return Paper(f"bank_statement_{kind}", 1.0, (), (1, 1), period, None, fields, {"transactions": tuple(table)})


def bill(
    month: str,
    kwh: str,
    *,
    peak: str | None = None,
    amount: str = "0.00",
    user: str = "1",
    state: State = State.VERIFIED,
) -> Paper:
    fields = {
        "user_no": field("user_no", user),
        "bill_month": field("bill_month", Month(*(int(part) for part in month.split("-")))),
        "kwh_total": field("kwh_total", kwh, state),
        "amount_total": field("amount_total", Decimal(amount)),
    }
    if peak:
        fields["kwh_peak"] = field("kwh_peak", peak)
    return Paper("electricity_bill", 1.0, (), (1, 1), None, None, fields, {})


def figures(*papers: Paper) -> dict[str, Indicator]:
    """The last figure of each indicator."""
    return {found.id: found for found in compute([(str(number), paper) for number, paper in enumerate(papers)])}


APRIL = [
    ("2026-04-01", "100000.00", "甲公司", "货款"),
    ("2026-04-03", "300000.00", "乙公司", "货款"),
    ("2026-04-05", "-50000.00", "丙公司", "采购款"),
    ("2026-04-08", "500000.00", "某银行", "贷款发放"),
    ("2026-04-10", "20000.00", "云洲恒屿精密机械有限公司", "转账"),
    ("2026-04-12", "-1234.56", "丁公司", "运费"),
    ("2026-04-13", "1234.56", "丁公司", "冲正"),
    ("2026-04-20", "-16458.33", "贷款利息户", "贷款利息"),
]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("inflow_total", "921234.56"),
        ("outflow_total", "67692.89"),
        ("net_flow", "853541.67"),
        ("inflow_operating", "400000.00"),  # without the loan, the own transfer and the reversal
        ("monthly_inflow_avg", "400000.00"),
        ("monthly_outflow_avg", "66458.33"),
        ("debt_service_out", "16458.33"),
        ("closing_balance", "853541.67"),
        ("min_balance", "100000.00"),
        ("min_balance_date", "2026-04-01"),
        ("counterparty_top1_in", "0.5556"),
        ("lender_count_flow", "1"),
        ("statement_gap_days", "0"),
        ("round_number_ratio", "0.6250"),
    ],
)
def test_indicators_of_a_statement_are_exact(name: str, value: str):
    assert figures(statement(APRIL, "2026-04-01", "2026-04-30"))[name].value == value


def test_the_average_balance_carries_each_days_balance_forward():
    paper = statement([("2026-04-11", "100.00", "", "")], "2026-04-01", "2026-04-30", opening="50.00")

    # ten days at 50.00, twenty at 150.00
    assert figures(paper)["avg_daily_balance"].value == "116.67"


@pytest.mark.parametrize("days", [120, 119])
def test_a_fall_of_the_balance_needs_a_hundred_and_twenty_days(days: int):
    start = date(2026, 1, 1)
    rows = [
        (start.isoformat(), "862000.00", "", ""),
        ((start + timedelta(days=days - 30)).isoformat(), "-815800.00", "", ""),
    ]
    found = figures(statement(rows, start.isoformat(), (start + timedelta(days=days - 1)).isoformat()))["balance_drop"]

    # indicators.md §14 vector 8: 46,200 against 862,000
    assert found.value == ("0.9464" if days == 120 else None)
    assert found.reason == (None if days == 120 else "需要连续 120 天，已有 119 天")


def test_partial_months_are_left_out_of_averages():
    rows = [("2026-04-10", "1000.00", "甲", "货款"), ("2026-05-10", "9000.00", "甲", "货款")]
    found = figures(statement(rows, "2026-04-01", "2026-05-15"))

    assert found["monthly_inflow_avg"].value == "1000.00"
    assert found["inflow_cv"].value is None
    assert found["inflow_cv"].reason == "完整月份不足：需要 2 个月，已有 1 个月"


def test_the_same_rows_on_two_statements_count_once():
    twice = (statement(APRIL, "2026-04-01", "2026-04-30"), statement(APRIL[:4], "2026-04-01", "2026-04-08"))

    assert figures(*twice)["inflow_total"].value == "921234.56"


def test_moves_between_own_accounts_are_no_income():
    one = statement(
        [("2026-04-10", "-500.00", "云洲恒屿精密机械有限公司", "转账")], "2026-04-01", "2026-04-30", account="1"
    )
    other = statement(
        [("2026-04-10", "500.00", "云洲恒屿精密机械有限公司", "转账")], "2026-04-01", "2026-04-30", account="2"
    )

    assert figures(one, other)["inflow_operating"].value == "0.00"


def test_accounts_that_cover_different_times_give_a_part_of_the_truth():
    one = statement(APRIL, "2026-04-01", "2026-04-30", account="1")
    other = statement([("2026-05-10", "500.00", "甲", "货款")], "2026-05-01", "2026-05-31", account="2")
    found = figures(one, other)

    assert found["inflow_total"].quality is Quality.PARTIAL
    assert figures(one)["inflow_total"].quality is Quality.VERIFIED


def test_an_amount_in_conflict_gives_no_figure():
    found = figures(statement(APRIL, "2026-04-01", "2026-04-30", state=State.CONFLICT))["inflow_total"]

    assert (found.value, found.reason) == (None, "有金额处于冲突状态，先复核再计算")


def test_salary_is_found_and_bonuses_do_not_shake_its_stability():
    rows = [(f"2026-0{month}-10", "12860.00", "云洲恒屿精密机械有限公司", "代发工资") for month in range(1, 7)]
    rows.insert(3, ("2026-03-20", "60000.00", "云洲恒屿精密机械有限公司", "年终奖"))
    found = figures(statement(rows, "2026-01-01", "2026-06-30", kind="personal", holder="沈砚秋"))

    assert found["salary_months"].value == "6"
    assert found["salary_stability"].value == "1.0000"
    assert found["employer_change"].value == "1"


def test_power_used_year_on_year():
    # indicators.md §14 vector 4
    found = figures(bill("2025-10", "194545"), bill("2026-10", "128400"))

    assert found["kwh_yoy"].value == "-0.3400"
    assert [given.document for given in found["kwh_yoy"].inputs] == ["1", "0"]


def test_power_is_not_compared_over_different_meters():
    assert "kwh_yoy" not in figures(bill("2025-10", "100", user="1"), bill("2026-10", "50", user="2"))


def test_peak_share_and_price():
    found = figures(bill("2024-05", "128400", peak="55440", amount="107047.79"))

    assert (found["peak_share"].value, found["avg_price_kwh"].value) == ("0.4318", "0.8337")


def certificate(*lines: tuple[str, str, str, str], owner: str = "91330106MA2TEXT017") -> Paper:
    period = Period(date(2024, 4, 1), date(2024, 4, 30))
    rows = tuple(
        {
            "voucher_no": field("voucher_no", voucher),
            "tax_type": field("tax_type", kind),
            "item": field("item", item),
            "amount": field("amount", Decimal(amount)),
            "period": field("period", period),
        }
        for voucher, kind, item, amount in lines
    )
    return Paper(
        "tax_payment_certificate",
        1.0,
        (),
        (1, 1),
        period,
        None,
        {"taxpayer_id": field("taxpayer_id", owner)},
        {"lines": rows},
    )


LINES = (
    ("1", "增值税", "商业(13%)", "98765.43"),
    ("2", "城市维护建设税", "市区", "6913.58"),
    ("3", "增值税", "滞纳金", "120.00"),
    ("4", "个人所得税", "工资薪金所得", "5000.00"),
    ("5", "社会保险费", "基本养老", "8000.00"),
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tax_paid_total", "105679.01"),
        ("tax_late_fee", "120.00"),
        ("tax_paid_vat", "98765.43"),
        ("tax_paid_surtax", "6913.58"),
    ],
)
def test_tax_is_what_the_firm_itself_bears(name: str, value: str):
    assert figures(certificate(*LINES))[name].value == value


def test_the_same_voucher_on_two_certificates_is_one_payment():
    assert figures(certificate(*LINES), certificate(*LINES[:2]))["tax_paid_total"].value == "105679.01"


def test_two_equal_lines_of_one_certificate_are_two_payments():
    assert (
        figures(certificate(("", "印花税", "", "50.00"), ("", "印花税", "", "50.00")))["tax_paid_stamp"].value
        == "100.00"
    )


@pytest.mark.parametrize("below", ["0", "-5"])
def test_a_denominator_that_is_not_positive_gives_no_value_and_why(below: str):
    with pytest.raises(NoValue, match="分母为"):
        ratio(Decimal(1), Decimal(below), "流动负债")


@pytest.mark.parametrize(
    ("states", "quality"),
    [
        ([State.VERIFIED], Quality.VERIFIED),
        ([State.VERIFIED, State.CONSISTENT], Quality.CONSISTENT),
        ([State.VERIFIED, State.LOW_CONFIDENCE], Quality.PARTIAL),
        ([State.VERIFIED, State.CONFLICT], Quality.CONFLICT),
    ],
)
def test_a_figure_is_as_good_as_its_weakest_input(states: list[State], quality: Quality):
    assert quality_of(states) is quality


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("0.65325", "ratio", "0.6533"), ("1234.5", "CNY", "1234.50"), ("128400.0", "kWh", "128400"), ("3", "count", "3")],
)
def test_figures_are_written_as_the_contract_says(value: str, unit: str, text: str):
    assert as_text(Decimal(value), unit) == text


def test_indicators_come_out_the_same_from_a_reading_that_was_kept():
    paper = statement(APRIL, "2026-04-01", "2026-04-30")
    kept = from_json(to_json(FileReading("a.pdf", "0" * 64, "application/pdf", 1, (), (paper,)))).papers[0]

    assert compute([("d", kept)]) == compute([("d", paper)])


@pytest.mark.parametrize("name", sorted(definitions()))
def test_every_indicator_says_what_it_is(name: str):
    definition = definitions()[name]

    assert all(definition.title)
    assert definition.formula
    assert definition.unit


@pytest.mark.parametrize("item", classes(), ids=lambda item: item.name)
def test_every_class_of_transactions_does_what_its_own_example_says(item: Class):
    amount = Decimal(-1) if item.way == "out" else Decimal(1)

    assert class_of(item.example, amount) == item.name
    assert class_of(item.beside, amount) != item.name


def test_dollars_are_not_counted_as_yuan():
    dollars = statement([("2026-04-02", "5000.00", "某海外客户", "货款")], "2026-04-01", "2026-04-30", account="2")
    dollars = replace(dollars, fields={**dollars.fields, "currency": field("currency", "USD")})
    yuan = statement(APRIL, "2026-04-01", "2026-04-30")

    assert figures(yuan, dollars)["inflow_total"].value == figures(yuan)["inflow_total"].value
    assert "inflow_total" not in figures(dollars)


def test_of_a_statement_in_two_currencies_only_the_yuan_count():
    moves = [("2026-04-02", "5000.00", "某海外客户", "货款"), ("2026-04-03", "300.00", "甲公司", "货款")]
    mixed = statement([*moves, ("2026-04-05", "7.00", "乙公司", "货款")], "2026-04-01", "2026-04-30")
    named = [
        {**row, "currency": field("currency", code)} for row, code in zip(rows_of(mixed), ("USD", "CNY"), strict=False)
    ]
    two = replace(
        mixed, tables={"transactions": (*named, rows_of(mixed)[2])}
    )  # the third names none: it is of none we know
    abroad = replace(
        mixed, tables={"transactions": tuple({**row, "currency": field("currency", "USD")} for row in named)}
    )

    assert figures(two)["inflow_total"].value == "300.00"
    assert "inflow_total" not in figures(abroad)


def rows_of(paper: Paper) -> Sequence[dict[str, Field]]:
    return [dict(row) for row in paper.tables["transactions"]]


@pytest.mark.parametrize(
    ("summary", "first", "gap"),
    [("货款", "2026-01-05", "116"), ("结息", "2026-01-05", "0"), ("货款", "2026-03-20", "0")],
    ids=["silent for months", "only interest", "six weeks"],
)
def test_months_without_a_row_inside_one_statement_are_uncovered(summary: str, first: str, gap: str):
    rows = [(first, "100.00", "甲公司", summary), ("2026-05-02", "200.00", "甲公司", "货款")]
    assert figures(statement(rows, "2026-01-01", "2026-06-30"))["statement_gap_days"].value == gap


def test_months_between_two_statements_are_told_once():
    early = statement([("2026-01-05", "100.00", "甲公司", "货款")], "2026-01-01", "2026-01-31")
    late = statement([("2026-05-02", "200.00", "甲公司", "货款")], "2026-05-01", "2026-05-31", opening="100.00")

    assert (
        figures(early, late)["statement_gap_days"].value == "89"
    )  # 1 February to 30 April, and not the days without a row
