"""Layouts that differ in order, words and rulings: tax letters, assessed profits, bills passed on by parks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from demo.papers import (
    customs_prints,
    income_tax,
    invoice_kinds,
    invoice_paper,
    park,
    park_piped,
    tax_letters,
    tax_prints,
)
from extract.indicators.electricity import gather
from extract.reading import read_document, read_file
from records.contract import to_json
from tests.paper import paper
from tests.types_read import checks, read, states, wrong

MORE = Decimal("9000.00")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("style", tax_letters.STYLES)
def test_a_certificate_is_read_to_the_last_tax_whatever_it_looks_like(style, seed):
    drawn = tax_letters.tax_letter(style, seed=seed)
    found = read(drawn)

    assert found["type"] == "tax_payment_certificate"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert {"total_num", "total_cn"} <= states(found, "verified")


@pytest.mark.parametrize("style", tax_letters.STYLES)
def test_a_changed_tax_is_told(style):
    found = read(tax_letters.tax_letter(style, altered=MORE))

    assert checks(found, "fails") == ["lines_add_up"]


def test_a_letter_with_an_amount_that_nobody_understood_accuses_nothing():
    found = _only(
        "税收完税证明",
        "(261)云证明00012345",
        "某某有限公司（纳税人识别号：91330106MA2TEXT017）：",
        "你单位在我局缴纳：增值税，所属时期2026.01.01-2026.01.31，实缴金额1,000.00元；",
        "某种新税费实缴金额234.00元。",
        "合计人民币（大写）壹仟贰佰叁拾肆元整（¥1,234.00）。",
        "税务机关：国家税务总局某某税务局 填发日期：2026年7月6日",
    )

    assert [row["amount"]["value"] for row in found["tables"]["lines"]] == ["1000.00"]
    assert found["fields"]["taxpayer_name"]["value"] == "某某有限公司"
    assert checks(found, "fails") == []


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("style", income_tax.STYLES)
def test_an_income_tax_return_is_read_whatever_form_it_is(style, seed):
    drawn = income_tax.income_tax(style, seed=seed)
    found = read(drawn)

    assert found["type"] == "cit_return"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


def test_the_quarter_before_the_year_so_far_is_not_taken_for_it():
    found = read(income_tax.income_tax("middle"))["fields"]

    assert found["revenue"]["value"] == "17885450.18"
    assert found["revenue_quarter"]["value"] == "6617616.57"


@pytest.mark.parametrize("style", ["assessed", "older", "export", "costs"])
def test_what_is_due_by_assessment_must_follow(style):
    assert "due_follows" in checks(read(income_tax.income_tax(style, altered=MORE)), "fails")


def test_a_product_of_an_assessed_rate_that_does_not_hold_accuses_its_factors():
    found = _only(
        "中华人民共和国企业所得税月（季）度预缴和年度纳税申报表（B类）",
        "纳税人识别号：91330106MA2TEXT017 纳税人名称：某某商行 税款所属期间：2026年1月1日至2026年3月31日",
        "行次|项目|本年累计金额",
        "1|收入总额|100,000.00",
        "2|减：不征税收入|0.00",
        "3|减：免税收入|0.00",
        "12|应税收入额（1-2-3）\\成本费用总额|100,000.00",
        "13|税务机关核定的应税所得率（%）|10",
        "14|应纳税所得额|9,000.00",
        "15|税率（25%）|25%",
        "16|应纳所得税额（14×15）|2,250.00",
    )

    assert found["fields"]["assessed_rate"]["value"] == "0.10"
    assert checks(found, "fails") == ["assessed_follows"]
    assert {"assessed_rate", "taxable_income"} <= states(found, "conflict")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("style", park.POWER)
def test_a_power_bill_is_read_whoever_sends_it(style, seed):
    drawn = park.power_bill(style, seed=seed)
    found = read(drawn)

    assert found["type"] == "electricity_bill"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


@pytest.mark.parametrize("style", ["southern", "park", "shared", "slip"])
def test_a_changed_reading_of_a_meter_is_told(style):
    assert "meter_advance" in checks(read(park.power_bill(style, altered=7)), "fails")


def test_rooms_of_one_tenant_are_supply_points_of_their_own():
    bills = [read_file(drawn.bytes, drawn.name).papers[0] for drawn in (_bill(1), _bill(13))]
    supply = gather([("a", bills[0]), ("b", bills[1])])

    assert supply is not None
    (month,) = supply.months
    assert len(supply.meters(month)) == 2


def _bill(seed: int):
    """Two seeds twelve apart are bills of one month."""
    return park.power_bill("park", seed=seed)


@pytest.mark.parametrize("kind", ["water", "gas"])
@pytest.mark.parametrize("style", park_piped.PIPED)
def test_water_and_gas_that_a_park_passes_on_are_read(style, kind):
    drawn = park_piped.piped_bill(kind, style, seed=2)
    found = read(drawn)

    assert found["type"] == f"{kind}_bill"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


@pytest.mark.parametrize("style", park_piped.PIPED)
def test_a_changed_reading_of_a_tenant_is_told(style):
    assert "meter_advance" in checks(read(park_piped.piped_bill("water", style, altered=100)), "fails")


def _only(*lines: str):
    return to_json(read_document(paper(*lines)))["papers"][0]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("style", invoice_kinds.STYLES)
def test_invoices_of_special_trades_are_read_with_their_parties(style, seed):
    drawn = invoice_kinds.special_invoice(style, seed=seed)
    found = read(drawn)

    assert found["type"] == "vat_invoice"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


def test_a_number_in_a_box_belongs_to_the_party_named_before_it():
    found = _only(
        "二手车销售统一发票",
        "发票代码：099992600117 发票号码：00012345",
        "开票日期：2026年3月12日",
        "买方单位/个人|某某有限公司|单位代码/身份证号码|",
        "卖方单位/个人|另一有限公司|单位代码/身份证号码|91330106MA2TEXT017",
        "车价合计（大写）|叁万元整|小写|¥30,000.00",
        "二手车市场|某某二手车交易市场有限公司|纳税人识别号|91440300MA5DEMQ12M",
    )["fields"]

    assert found["seller_id"]["value"] == "91330106MA2TEXT017"
    assert "buyer_id" not in found or found["buyer_id"]["value"] is None


PRINTS = {
    "vat_return_general": (tax_prints.general_print, tax_prints.GENERAL_STYLES),
    "vat_return_small": (tax_prints.small_print, tax_prints.SMALL_STYLES),
    "iit_record": (tax_prints.record_print, tax_prints.RECORD_STYLES),
    "tax_payment_voucher": (tax_prints.voucher_print, tax_prints.VOUCHER_STYLES),
    "customs_declaration": (customs_prints.customs_print, customs_prints.STYLES),
}


@pytest.mark.parametrize(("kind", "style"), [(kind, style) for kind, (_, styles) in PRINTS.items() for style in styles])
def test_the_same_papers_in_other_prints(kind, style):
    drawn = PRINTS[kind][0](style, seed=3)
    found = read(drawn)

    assert found["type"] == kind
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


@pytest.mark.parametrize("style", customs_prints.STYLES)
def test_a_changed_total_of_a_declaration_is_told(style):
    assert checks(read(customs_prints.customs_print(style, altered=MORE)), "fails")


def test_a_number_behind_the_owner_is_proved_by_its_check_digit():
    found = read(customs_prints.customs_print("yuan"))

    assert "owner_id" in states(found, "verified")


@pytest.mark.parametrize("style", invoice_paper.STYLES)
def test_an_invoice_on_paper_is_read_in_the_words_of_its_time(style):
    drawn = invoice_paper.paper_invoice(style, seed=2)
    found = read(drawn)

    assert found["type"] == "vat_invoice"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


def test_a_declaration_with_a_total_proves_its_lines():
    """数量 × 单价 = 总价 and Σ总价 = 合计; quantity and price may have changed places."""
    lines = (
        "中华人民共和国海关出口货物报关单",
        "海关编号：310120250512345678 申报日期：2025-09-20 出口日期：2025-09-22",
        "境内发货人：云洲恒屿精密机械有限公司 监管方式：一般贸易 0110 成交方式：FOB",
        "项号|商品编号|商品名称|数量及单位|单价|总价",
        "1|7606122000|铝板材|{first}千克|3.12|38,996.88",
        "2|7607119000|铝箔|8481千克|4.05|34,348.05",
        "|合计||||73,344.93",
    )  # fmt: skip

    def told(first: str) -> dict[str, Any]:
        found: dict[str, Any] = to_json(read_document(paper(*(line.format(first=first) for line in lines))))["papers"][
            0
        ]
        return found

    whole, changed = told("12499"), told("11499")

    assert whole["fields"]["mode"]["value"] == "0110 一般贸易"
    assert {f"items[{n}].total" for n in (0, 1)} <= states(whole, "verified")
    assert not {f"items[{n}].{name}" for n in (0, 1) for name in ("qty", "price")} & states(whole, "verified")
    assert checks(changed, "fails") == ["line_total"]
    assert "items[0].total" not in states(changed, "verified")
