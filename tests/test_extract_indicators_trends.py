"""Declared sales against money that came in and power used; how many bills were not paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extract.indicators import compute
from extract.indicators.utilities import months_in
from records.facts import Indicator, Month, Paper, Period, Quality
from tests.test_extract_indicators import bill, field, statement

APRIL = ("2026-04-01", "2026-04-30")
CAME = [("2026-04-02", "640000.00", "甲公司", "货款"), ("2026-04-08", "500000.00", "某银行", "贷款发放")]


def declared(revenue: str, start: str, end: str, **lines: str) -> Paper:
    fields = {name: field(name, Decimal(value)) for name, value in {"declared_revenue": revenue, **lines}.items()}
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    return Paper("vat_return_general", 1.0, (), (1, 1), period, None, fields, {})


def notice(months: str, user: str = "1") -> Paper:
    fields = {"user_no": field("user_no", user), "months": field("months", months)}
    return Paper("utility_arrears_notice", 1.0, (), (1, 1), None, None, fields, {})


def figures(*papers: Paper) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for one in compute([(f"d{number}", each) for number, each in enumerate(papers)]):
        found.setdefault(one.id, []).append(one)
    return found


def test_money_earned_is_held_against_sales_with_their_tax():
    (one,) = figures(statement(CAME, *APRIL), declared("1034000.00", *APRIL, line_11_cur="134420.00"))["inflow_vs_rev"]

    assert (one.value, one.quality) == ("0.5477", Quality.VERIFIED)  # 640 / (1,034 × 1.13), indicators.md §12


def test_an_account_that_is_covered_in_part_makes_it_partial():
    short = statement(CAME, "2026-04-01", "2026-04-20")
    (one,) = figures(short, declared("1000.00", *APRIL, line_11_cur="130.00"))["inflow_vs_rev"]

    assert one.quality is Quality.PARTIAL


def test_without_the_tax_on_sales_there_is_a_reason():
    (one,) = figures(statement(CAME, *APRIL), declared("1000.00", *APRIL))["inflow_vs_rev"]

    assert (one.value, one.reason) == (None, "申报表没有读到销项税额")


def test_sales_that_rise_while_power_falls_are_a_gap():
    found = figures(
        declared("1060.00", *APRIL), declared("1000.00", "2025-04-01", "2025-04-30"),
        bill("2026-04", "660"), bill("2025-04", "1000"),
    )  # fmt: skip

    (one,) = found["kwh_vs_rev_trend"]
    assert (one.value, one.quality) == ("0.4000", Quality.VERIFIED)  # indicators.md §12: 0.06 − (−0.34)
    assert len(one.inputs) == 4


def test_no_gap_over_other_meters_or_without_a_month():
    now, then = declared("1060.00", *APRIL), declared("1000.00", "2025-04-01", "2025-04-30")

    assert "kwh_vs_rev_trend" not in figures(now, then, bill("2026-04", "660"), bill("2025-04", "1000", user="2"))
    assert "kwh_vs_rev_trend" not in figures(now, then, bill("2026-04", "660"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2026年5月", 1), ("2026-03至2026-05", 3), ("2026年3月、4月", 2), ("2026年11月、2026年12月、2027年1月", 3),
        ("202603", 1), ("2026年3-5月", 3), ("三个月", 0), ("2026年3月、若干", 0), ("2026年3月、3月", 1),
    ],
)  # fmt: skip
def test_months_that_a_notice_names(text, count):
    assert len(months_in(text)) == count


def test_bills_unpaid_are_counted_over_all_supply_points():
    (one,) = figures(notice("2026年3月、4月"), notice("2026年4月", user="2"))["utility_arrears_months"]

    assert one.value == "3"


def earned(name: str = "顾临川", **months: str) -> Paper:
    rows = tuple(
        {
            "period": field("period", Month(2026, int(month[1:]))),
            "income": field("income", Decimal(income)),
            "amount": field("amount", Decimal("90.00")),
        }
        for month, income in months.items()
    )
    return Paper("iit_record", 1.0, (), (1, 1), None, None, {"name": field("name", name)}, {"lines": rows})


def salary() -> Paper:
    rows = [("2026-04-10", "9000.00", "某公司", "代发工资"), ("2026-05-10", "9000.00", "某公司", "代发工资")]
    return statement(rows, "2026-04-01", "2026-05-31", kind="personal", holder="顾临川")


def test_salary_is_held_against_the_income_of_the_months_that_both_tell_of():
    (one,) = figures(salary(), earned(m4="10000.00", m5="10000.00", m6="10000.00"))["income_vs_iit"]

    assert (one.value, one.quality, str(one.period)) == ("0.9000", Quality.VERIFIED, "2026-04-01 ~ 2026-05-31")


def test_two_records_of_one_month_count_it_once_and_another_persons_not_at_all():
    twice = figures(salary(), earned(m4="10000.00", m5="10000.00"), earned(m5="10000.00"), earned("别人", m4="5.00"))

    assert twice["income_vs_iit"][0].value == "0.9000"
    assert "income_vs_iit" not in figures(salary(), earned("别人", m4="5.00"))


def test_salary_and_income_of_different_months_cannot_be_compared():
    (one,) = figures(salary(), earned(m9="10000.00"))["income_vs_iit"]

    assert (one.value, one.reason) == (None, "流水的完整月份与个税记录没有重合")


def paid(kind: str, amount: str, start: str, end: str) -> Paper:
    span = Period(date.fromisoformat(start), date.fromisoformat(end))
    row = {
        name: field(name, value)
        for name, value in {"tax_type": kind, "amount": Decimal(amount), "period": span}.items()
    }
    return Paper("tax_payment_certificate", 1.0, (), (1, 1), None, None, {}, {"lines": (row,)})


def test_tax_on_sales_is_held_against_power_with_its_sign():
    bills = bill("2026-04", "950"), bill("2025-04", "1000")
    vat = paid("增值税", "500.00", *APRIL), paid("增值税", "1000.00", "2025-04-01", "2025-04-30")

    (one,) = figures(*vat, *bills)["tax_vs_kwh"]
    assert one.value == "-0.4500"  # tax −0.50, power −0.05: sales may be left out
    assert len(one.inputs) == 4


def test_a_tax_that_does_not_follow_sales_is_no_measure_of_power():
    bills = bill("2026-04", "950"), bill("2025-04", "1000")
    stamps = paid("印花税", "500.00", *APRIL), paid("印花税", "1000.00", "2025-04-01", "2025-04-30")

    assert "tax_vs_kwh" not in figures(*stamps, *bills)
    assert "tax_vs_kwh" not in figures(paid("增值税", "500.00", *APRIL), *bills)
