"""Indicators of returns, utilities and customs: exact, with inputs, and without a value where there is none to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extract.indicators import compute
from records.facts import Field, Indicator, Month, Paper, Period, Printed, Quality, State

PLACE = Printed(1, None, "")
MAY = Period(date(2024, 5, 1), date(2024, 5, 31))


def a_paper(kind: str, period: Period | None = MAY, state: State = State.VERIFIED, **values: object) -> Paper:
    fields = {name: Field(name, _value(value), PLACE, state) for name, value in values.items()}
    return Paper(kind, 1.0, (), (1, 1), period, None, fields, {})


def _value(value: object) -> object:
    return (
        Decimal(value)
        if isinstance(value, str) and value.lstrip("-").replace(".", "").isdigit() and "." in value
        else value
    )


def figures(*papers: Paper) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for indicator in compute([(f"d{n}", paper) for n, paper in enumerate(papers)]):
        found.setdefault(indicator.id, []).append(indicator)
    return found


def general(period: Period = MAY, state: State = State.VERIFIED, **more: object) -> Paper:
    """The miniature of documents.md §14.4."""
    values: Mapping[str, object] = {
        "taxpayer_id": "91330106MA2TEXT017", "line_1_cur": "3650000.00", "line_8_cur": "162000.00", "line_11_cur": "474500.00",
        "line_12_cur": "381260.45", "line_13_cur": "12044.10", "line_20_cur": "0.00", "line_24_cur": "82695.45",
        "declared_revenue": "3812000.00", **more,
    }  # fmt: skip
    return a_paper("vat_return_general", period, state, **values)


def test_what_a_return_of_a_month_says():
    found = figures(general())

    assert found["declared_revenue_month"][0].value == "3812000.00"
    assert found["vat_burden"][0].value == "0.0227"  # 82,695.45 / 3,650,000
    assert found["input_output_ratio"][0].value == "0.8035"
    assert found["credit_cf_growth"][0].value == "-1.0000"
    assert found["zero_filing_months"][0].value == "0"
    assert found["declared_revenue_month"][0].quality is Quality.VERIFIED
    assert [i.field for i in found["input_output_ratio"][0].inputs] == ["line_12_cur", "line_11_cur"]


def test_a_correction_takes_the_place_of_what_it_corrects():
    first = general(fill_date=date(2024, 6, 13))
    second = general(fill_date=date(2024, 7, 2), declared_revenue="3900000.00")

    assert [i.value for i in figures(second, first)["declared_revenue_month"]] == ["3900000.00"]


def test_a_value_in_doubt_gives_no_figure():
    (figure,) = figures(general(state=State.CONFLICT))["declared_revenue_month"]

    assert figure.value is None
    assert figure.reason == "申报表里有金额处于冲突状态，先复核再计算"


def test_a_quarter_without_sales_is_three_months_of_zero():
    quarter = Period(date(2024, 4, 1), date(2024, 6, 30))
    found = figures(a_paper("vat_return_small", quarter, declared_revenue="0.00"))

    assert found["zero_filing_months"][0].value == "3"


def test_no_sales_give_no_burden():
    assert "vat_burden" not in figures(general(line_1_cur="0.00"))


def test_the_two_returns_are_held_against_each_other_where_they_end_on_one_day():
    year = Period(date(2024, 1, 1), date(2024, 5, 31))
    found = figures(
        general(declared_revenue_ytd="10340000.00"),
        a_paper("cit_return", year, revenue="11800000.00", tax_payable="106200.00"),
    )

    assert found["rev_vat_vs_cit"][0].value == "0.8763"
    assert found["declared_revenue_cit"][0].value == "11800000.00"
    assert found["income_tax_burden"][0].value == "0.0090"


def test_power_for_each_ten_thousand_of_sales():
    bill = a_paper("electricity_bill", MAY, user_no="1", bill_month=Month(2024, 5), kwh_total="128400")
    found = figures(general(declared_revenue="4120000.00"), bill)

    assert found["kwh_per_revenue"][0].value == "311.65"


@pytest.mark.parametrize(("kind", "id"), [("water_bill", "water_m3_yoy"), ("gas_bill", "gas_m3_yoy")])
def test_a_month_against_the_same_one_a_year_earlier(kind, id):
    now = a_paper(kind, MAY, user_no="1", month=Month(2024, 5), volume="660")
    then = a_paper(kind, MAY, user_no="1", month=Month(2023, 5), volume="1000")
    other = a_paper(kind, MAY, user_no="2", month=Month(2023, 5), volume="1000")

    assert figures(now, then)[id][0].value == "-0.3400"
    assert id not in figures(now, other)


def test_arrears_count_the_last_notice_of_every_meter():
    notices = [
        a_paper("utility_arrears_notice", Period(day, day), user_no=user, notice_date=day, arrears_amount=amount)
        for user, day, amount in (
            ("1", date(2024, 5, 1), "500.00"), ("1", date(2024, 6, 1), "800.00"), ("2", date(2024, 5, 9), "50.00"),
        )
    ]  # fmt: skip

    assert figures(*notices)["utility_arrears_amount"][0].value == "850.00"


def test_a_declaration_counts_once():
    one = a_paper("customs_declaration", MAY, customs_no="310120240519876543", declare_date=date(2024, 5, 19))
    two = a_paper("customs_declaration", MAY, customs_no="310120240519876544", declare_date=date(2024, 5, 20))

    assert figures(one, one, two)["customs_count"][0].value == "2"


# --- exports ----------------------------------------------------------------------------------------------------------------


def an_export(number, day, total, *, currency="USD", terms="FOB", direction="0", state=State.VERIFIED):
    """A declaration of one item."""
    paper = a_paper("customs_declaration", MAY, customs_no=f"31012024{direction}51987{number}", declare_date=day,
                    currency=currency, terms=terms)  # fmt: skip
    return replace(paper, tables={"items": ({"total": Field("total", Decimal(total), PLACE, state)},)})


def test_exports_against_the_same_month_a_year_earlier_each_declaration_once():
    now = [an_export("6543", date(2024, 5, 19), "3000"), an_export("6543", date(2024, 5, 19), "3000"),
           an_export("6544", date(2024, 5, 30), "3000")]  # fmt: skip
    then = an_export("6545", date(2023, 5, 2), "8000.00")
    an_import = an_export("6546", date(2024, 5, 2), "99999", direction="1")

    assert figures(*now, then, an_import)["export_amount_yoy"][0].value == "-0.2500"


@pytest.mark.parametrize(
    ("differs", "reason"),
    [
        ({"currency": "EUR"}, "币种不一，未配置月均汇率"),
        ({"state": State.CONFLICT}, "有金额处于冲突状态，先复核再计算"),
    ],
)
def test_exports_that_cannot_be_compared_say_why(differs, reason):
    now, then = an_export("1", date(2024, 5, 19), "3000"), an_export("2", date(2023, 5, 2), "8000", **differs)
    (found,) = figures(now, then)["export_amount_yoy"]

    assert (found.value, found.quality, found.reason) == (None, Quality.PARTIAL, reason)


@pytest.mark.parametrize(
    ("currency", "terms", "value", "reason"),
    [
        ("CNY", "FOB", "0.9700", None),
        ("USD", "FOB", None, "报关单为外币，未配置月均汇率"),
        ("CNY", "CIF", None, "成交方式不是 FOB，运保费未扣除"),
    ],
)
def test_exports_beside_line_7_of_the_return(currency, terms, value, reason):
    goods = an_export("1", date(2024, 5, 19), "97000.00", currency=currency, terms=terms)
    (found,) = figures(general(line_7_cur="100000.00"), goods)["export_vs_vat7"]

    assert (found.value, found.reason) == (value, reason)
