"""Forms of numbered lines, and the tax returns that are made of them: labels, columns, formulas, what they prove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.papers.returns import Filing, general_filing, small_filing, small_return, vat_return
from demo.papers.taxes import cit_figures, cit_return
from extract.forms.form_heads import FormColumn
from extract.forms.form_lines import FormLine, Lines
from extract.forms.line_form import LineForm
from extract.reading import read_document
from records.contract import to_json
from tests.paper import paper
from tests.types_read import checks, read, states, wrong

HEAD = ("增值税及附加税费申报表", "（一般纳税人适用）", "税款所属时间：自2024年5月1日至2024年5月31日")
WHO = "纳税人识别号：91330106MA2TEXT017 纳税人名称：杭州临屿机械有限公司"


@pytest.mark.parametrize("style", ["official", "list"])
@pytest.mark.parametrize("medium", ["pdf", "xlsx"])
def test_a_return_of_a_general_taxpayer_is_read_to_the_last_cell(style, medium):
    drawn = vat_return(style=style, medium=medium, seed=3)
    found = read(drawn)

    assert found["type"] == "vat_return_general"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert {"line_11_cur", "line_17_cur", "line_19_cur", "line_24_ytd", "line_34_cur"} <= states(found, "verified")
    assert not {"line_12_cur", "line_13_cur"} & states(
        found, "verified"
    )  # one misread as much too high as the other too low


@pytest.mark.parametrize("style", ["official", "list"])
def test_a_return_of_a_small_taxpayer_may_have_either_head_on_top(style):
    drawn = small_return(style=style, seed=4)
    found = read(drawn)

    assert found["type"] == "vat_return_small"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


@pytest.mark.slow
def test_a_scanned_return_is_read_and_proved():
    drawn = vat_return(medium="scan", seed=3)
    found = read(drawn)

    assert wrong(drawn, found) == {}
    assert "line_17_cur" in states(found, "verified")


@pytest.mark.parametrize("seed", range(12))
def test_a_figure_that_was_changed_is_in_doubt_and_proves_nothing(seed):
    rng = Random(seed)
    number = rng.choice([11, 12, 13, 14, 17, 18, 19, 20, 21, 24, 25, 27, 28, 30, 32, 34])
    name = f"line_{number}_cur"
    was = general_filing(seed).columns["cur"][number]
    drawn = vat_return(general_filing(seed, alter={name: was + rng.choice([Decimal(1000), Decimal("-0.90")])}))
    found = read(drawn)

    assert name in states(found, "conflict")
    assert checks(found, "fails")
    assert name not in states(found, "verified")


def test_what_leans_on_a_value_in_doubt_is_not_proved():
    """19 = 11 − 18 still holds, but 18 is in doubt: it can prove neither 11 nor 19. The tax on the sales proves 11."""
    filing = general_filing(3)
    found = read(vat_return(general_filing(3, alter={"line_20_cur": filing.columns["cur"][20] + 1})))

    assert {"line_17_cur", "line_18_cur", "line_20_cur"} <= states(found, "conflict")
    assert not {"line_11_cur", "line_19_cur"} & states(found, "conflict")
    assert found["fields"]["line_11_cur"]["verified_by"] == ["levy"]


@pytest.mark.parametrize("change", ["0.01", "-0.01", "1000.00"])
def test_a_tax_that_is_not_its_rate_of_the_sales_is_not_proved_by_them(change):
    was = general_filing(3).columns["cur"][11]
    found = read(vat_return(general_filing(3, alter={"line_11_cur": was + Decimal(change)})))

    assert "line_11_cur" not in states(found, "verified")


def test_taxes_and_their_reliefs_are_their_rates_of_the_sales():
    """3 % in line 15, 2 % of relief in line 16; line 20 holds them together."""
    found = read(small_return(small_filing(3)))

    assert {"line_15_cur", "line_16_cur", "line_20_cur"} <= states(found, "verified")


def test_a_changed_figure_of_a_small_return_is_caught_in_its_own_column():
    was = small_filing(3).columns["service_cur"][16]
    found = read(small_return(small_filing(3, alter={"line_16_service_cur": was + 1000})))

    assert "line_16_service_cur" in states(found, "conflict")
    assert "line_20_cur" in states(found, "verified")


def test_the_miniature_holds_but_without_heads_nothing_is_proved():
    lines = (
        "1 （一）按适用税率计税销售额|||3,650,000.00", "8 （四）免税销售额|||162,000.00", "11 销项税额|||474,500.00",
        "12 进项税额|||381,260.45", "13 上期留抵税额|||12,044.10", "14 进项税额转出|||1,500.00",
        "17 应抵扣税额合计 17=12+13-14-15+16|||391,804.55", "18 实际抵扣税额|||391,804.55", "19 应纳税额 19=11-18|||82,695.45",
        "20 期末留抵税额 20=17-18|||0.00", "24 应纳税额合计 24=19+21-23|||82,695.45", "28 ①分次预缴税额|||20,000.00",
        "34 本期应补(退)税额 34=24-28-29|||62,695.45",
    )  # fmt: skip
    found = to_json(read_document(paper(*HEAD, WHO, *lines)))["papers"][0]

    assert checks(found, "holds") == ["line_17", "line_18", "line_19", "line_20", "line_24", "line_34", "levy"]
    assert found["fields"]["declared_revenue"]["value"] == "3812000.00"
    assert states(found, "verified") == {"taxpayer_id"}


def test_a_dash_is_no_zero_and_a_blank_is():
    drawn = vat_return(seed=3)
    found = read(drawn)

    assert "line_13_ytd" not in found["fields"]  # ——: does not apply
    assert found["fields"]["line_15_cur"]["value"] == "0.00"
    assert "line_17" in checks(found, "cannot_tell")  # of the year so far, where line 13 is struck out


def test_a_reissued_form_that_counts_anew_is_read_by_its_labels():
    lines = (
        "项目|栏次|一般项目本月数|一般项目本年累计",
        "销项税额|9|100.00|300.00",
        "进项税额|10|60.00|200.00",
        "应纳税额|17|40.00|100.00",
    )
    found = to_json(read_document(paper(*HEAD, WHO, "根据国家税收法律法规及增值税相关规定制定本表", *lines)))["papers"][
        0
    ]

    assert {name: found["fields"][name]["value"] for name in ("line_11_cur", "line_12_ytd", "line_19_cur")} == {
        "line_11_cur": "100.00",
        "line_12_ytd": "200.00",
        "line_19_cur": "40.00",
    }


# --- the mechanism --------------------------------------------------------------------------------------------------------

TWICE = Lines(
    [
        FormLine("goods", ("应税货物销售额",), 1),
        FormLine("check", ("纳税检查调整的销售额",), 2),
        FormLine("simple", ("按简易办法计税销售额",), 3),
        FormLine("check_again", ("纳税检查调整的销售额",), 4),
        FormLine("due", ("应纳税额",), 5),
        FormLine("total", ("应纳税额合计",), 6),
    ]
)


@pytest.mark.parametrize(
    ("texts", "number", "after", "key"),
    [
        (("其中：纳税检查调整的销售额",), 4, 0, "check_again"),
        (("其中：纳税检查调整的销售额",), None, 0, "check"),
        (("其中：纳税检查调整的销售额",), None, 2, "check_again"),
        (("应纳税额合计",), None, -1, "total"),
        (("应纳税额",), None, -1, "due"),
        (("按简易办法计税", "按简易办法计税销售额"), 3, -1, "simple"),
        (("按筒易办法计税销售额",), None, -1, "simple"),  # one letter misread
        (("应纳税额",), 17, -1, "due"),  # the whole label, another number: a re-issued form
        (("某项应纳税额之外的其他",), 17, -1, None),
        (("所属行业",), None, -1, None),
    ],
)
def test_a_row_finds_its_line(texts, number, after, key):
    line = TWICE.match(texts, number, after)

    assert (line.key if line else None) == key


def test_a_formula_that_names_no_line_is_refused_when_it_is_declared():
    with pytest.raises(TypeError, match="the line 9, which the form does not have"):
        LineForm(lines=[FormLine("a", ("甲",), 1)], columns=[FormColumn("", ("金额",))], formulas=["1=9"])


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2), st.decimals(0, 10**6, places=2))
def test_any_return_that_adds_up_still_adds_up_after_reading(out, into, off):
    lines = (
        "项目|栏次|一般项目本月数|一般项目本年累计",
        f"销项税额|11|{out:,.2f}|",
        f"进项税额|12|{into:,.2f}|",
        f"进项税额转出|14|{off:,.2f}|",
    )
    used = min(into - off, out)
    rest = (f"应抵扣税额合计|17|{into - off:,.2f}|", f"实际抵扣税额|18|{used:,.2f}|", f"应纳税额|19|{out - used:,.2f}|")
    found = to_json(read_document(paper(*HEAD, WHO, *lines, *rest)))["papers"][0]

    assert checks(found, "holds") == ["line_17", "line_18", "line_19"]
    assert checks(found, "fails") == []


# --- corporate income tax -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["quarter", "year"])
def test_an_income_tax_return_is_read_and_proved(kind):
    drawn = cit_return(kind, seed=5)
    found = read(drawn)

    assert found["type"] == "cit_return"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert ("total_profit" in states(found, "verified")) == (kind == "year")
    assert not {"tax_prepaid", "tax_due"} & states(found, "verified")  # both may be misread by the same sum


@pytest.mark.parametrize("name", ["total_profit", "nonop_in", "tax_payable", "tax_due", "adjust_up"])
def test_a_changed_figure_of_an_income_tax_return_is_in_doubt(name):
    was = cit_figures(Random(5), True)[name]
    found = read(cit_return("year", seed=5, alter={name: was + 1000}))

    assert name in states(found, "conflict")


def test_a_tax_that_needed_rounding_proves_nothing():
    figures = cit_figures(Random(1), False)
    found = read(cit_return(seed=1, alter={"tax_payable": figures["tax_payable"] + Decimal("0.01")}))

    assert "tax_rate" not in states(found, "verified")


def test_the_smaller_tax_of_small_firms_is_a_rate_of_the_income():
    """20 % of relief leave 5 %."""
    small = {"tax_relief": Decimal("316716.91"), "tax_prepaid": Decimal("50000.00"), "tax_due": Decimal("29179.23")}
    found = read(cit_return("quarter", seed=5, alter=small))

    assert checks(found, "fails") == []
    assert "levy" in found["fields"]["tax_relief"]["verified_by"]


# --- the year so far ------------------------------------------------------------------------------------------------------


def january(seed: int, **alter: Decimal) -> Filing:
    """The first return of a year: the month is the year so far."""
    filing = general_filing(seed)
    both = {"cur": filing.columns["cur"], "ytd": filing.columns["cur"]}
    return replace(filing, columns=both, start=date(2026, 1, 1), end=date(2026, 1, 31), alter=alter)


def test_in_the_first_month_the_year_so_far_proves_the_month():
    may, first = read(vat_return(general_filing(3))), read(vat_return(january(3)))

    assert not {"line_12_cur", "line_14_cur", "line_2_cur"} & states(may, "verified")
    assert {"line_12_cur", "line_14_cur", "line_2_cur", "line_12_ytd"} <= states(first, "verified")
    assert "line_9_cur" not in states(first, "verified")  # stands in no other identity: both may be misread alike


def test_what_differs_from_the_year_so_far_is_not_proved_by_it():
    was = january(3).columns["cur"][12]
    found = read(vat_return(january(3, line_12_ytd=was + 900)))

    assert checks(found, "fails") == []
    assert not {"line_12_cur", "line_12_ytd"} & states(found, "verified")


def test_tax_owed_from_before_is_never_less_than_nothing():
    lines = (
        "项目|栏次|一般项目本月数|一般项目本年累计",
        "应纳税额合计|24|900.00|",
        "期初未缴税额（多缴为负数）|25|{opening}|",
        "本期已缴税额|27|500.00|",
        "期末未缴税额（多缴为负数）|32|{left}|",
        "其中：欠缴税额（≥0）|33|{owed}|",
    )

    def told(opening: str, left: str, owed: str) -> dict[str, Any]:
        given = [line.format(opening=opening, left=left, owed=owed) for line in lines]
        found: dict[str, Any] = to_json(read_document(paper(*HEAD, WHO, *given)))["papers"][0]
        return found

    owing, ahead = told("700.00", "1,100.00", "200.00"), told("300.00", "700.00", "0.00")

    assert {"line_33_cur"} == states(owing, "verified") - {"taxpayer_id"}
    assert checks(ahead, "holds") == ["line_32", "line_33"]
    assert "line_33_cur" not in states(ahead, "verified")
    assert checks(told("300.00", "700.00", "200.00"), "fails") == ["line_33"]
