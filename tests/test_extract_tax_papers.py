"""Tax vouchers, certificates of standing and records of personal income tax: fields, sums, and what must not be raised."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demo.papers.tax import tax_certificate, vat_lines
from demo.papers.taxes import iit_record, tax_status, tax_voucher
from extract.reading import read_document
from records.contract import to_json
from tests.paper import paper
from tests.types_read import checks, read, states, wrong


@pytest.mark.parametrize("style", ["bank", "office"])
def test_a_voucher_is_read_and_its_sum_proves_it(style):
    drawn = tax_voucher(style=style, seed=2)
    found = read(drawn)

    assert found["type"] == "tax_payment_voucher"
    assert wrong(drawn, found) == {}
    assert {"total_num", "total_cn", "items[0].amount"} <= states(found, "verified")


def test_a_changed_line_of_a_voucher_is_in_doubt_and_so_is_the_sum_without_words():
    found = read(tax_voucher(altered=Decimal("900.00")))

    assert "items[0].amount" in states(found, "conflict")
    assert checks(found, "fails") == ["amount_adds_up"]


def test_a_voucher_in_other_words_and_another_order():
    found = to_json(
        read_document(
            paper(
                "某某商业银行电子缴款凭证",
                "缴款日期：2024-05-15 电子税票号码：333016240500001111",
                "缴款单位名称：杭州临屿机械有限公司",
                "纳税人代码：91330106MA2TEXT017 扣款账号：33050100000000012345",
                "合计金额（小写）：30,000.50",
                "合计金额（大写）：叁万元零伍角整",
                "税种|所属日期||实缴税额",
                "增值税|2024.04.01-2024.04.30||28,000.00",
                "印花税|2024.04.01-2024.04.30||2,000.50",
            )
        )
    )["papers"][0]

    assert found["type"] == "tax_payment_voucher"
    values = {name: found["fields"][name]["value"] for name in ("voucher_no", "pay_date", "total_num", "payer_account")}
    assert values == {
        "voucher_no": "333016240500001111",
        "pay_date": "2024-05-15",
        "total_num": "30000.50",
        "payer_account": "33050100000000012345",
    }
    assert checks(found, "holds") == ["words_and_figures_agree", "amount_adds_up"]


def test_the_total_of_a_voucher_is_no_item_of_it():
    lines = (
        "税收缴款书（税务收现专用）",
        "纳税人识别号：91330106MA2TEXT017 纳税人名称：临屿机械",
        "税种|品目名称||实缴金额",
    )
    rows = ("增值税|商业||3,000.00", "印花税|合同||30.00", "金额合计|（大写）叁仟零叁拾元整||¥3,030.00")
    found = to_json(read_document(paper(*lines, *rows)))["papers"][0]

    assert [row["amount"]["value"] for row in found["tables"]["items"]] == ["3000.00", "30.00"]
    assert checks(found, "holds") == ["words_and_figures_agree", "amount_adds_up"]


@pytest.mark.parametrize("style", ["no_arrears", "reply", "grade"])
def test_a_certificate_of_standing_is_read(style):
    drawn = tax_status(style)
    found = read(drawn)

    assert found["type"] == "tax_status_certificate"
    assert wrong(drawn, found) == {}


def test_no_arrears_found_is_no_arrears():
    """未发现有欠税情形 must never become an event that stands."""
    asserted = {event["type"] for event in read(tax_status())["events"] if event["polarity"] == "asserted"}

    assert asserted == set()
    assert read(tax_status())["fields"]["arrears_amount"]["value"] == "0.00"


def test_arrears_that_are_there_are_read_and_raised():
    found = read(tax_status("reply"))

    assert found["fields"]["arrears_amount"]["value"] == "35210.66"
    assert ("tax_arrears", "asserted") in {(event["type"], event["polarity"]) for event in found["events"]}


def test_a_grade_told_in_a_sentence():
    found = to_json(
        read_document(
            paper(
                "纳税信用证明",
                "国家税务总局杭州市余杭区税务局",
                "杭州临屿机械有限公司（纳税人识别号：91330106MA2TEXT017）：",
                "经查询，你单位2023年度纳税信用级别评定为B级。",
                "特此证明。",
                "2024年5月6日",
            )
        )
    )["papers"][0]

    assert found["type"] == "tax_status_certificate"
    assert found["fields"]["credit_grade"]["value"] == "B"
    assert found["fields"]["taxpayer_name"]["value"] == "杭州临屿机械有限公司"
    assert found["fields"]["as_of_date"]["value"] == "2024-05-06"


@pytest.mark.parametrize("style", ["office", "app"])
def test_a_personal_record_is_read_with_its_months_without_tax(style):
    drawn = iit_record(style, seed=3)
    found = read(drawn)

    assert found["type"] == "iit_record"
    assert wrong(drawn, found) == {}
    assert found["tables"]["lines"][0]["amount"]["value"] == "0.00"
    assert "amount_adds_up" in checks(found, "holds")
    assert found["subject"]["id_no"] == drawn.truth["fields"]["id_no"]


RECORD = (
    "个人所得税纳税记录",
    "纳税人姓名：岑屿白 记录期间：2025年1月至2025年2月",
    "申报日期|实缴(退)金额|入(退)库日期|所得项目|税款所属期|入库税务机关",
    "2025-02-12|42.59|2025-02-13|工资薪金|2025-01|云洲市税务局",
    "2025-03-12|72.74|2025-03-13|工资薪金|2025-02|云洲市税务局",
)


@pytest.mark.parametrize(
    ("words", "state"), [("壹佰壹拾伍元叁角叁分", "verified"), ("壹佰贰拾伍元叁角叁分", "conflict")]
)
def test_a_record_that_writes_its_sum_out_is_proved_or_accused_by_the_words(words, state):
    lines = (*RECORD, f"金额合计（大写）：{words} （小写）¥115.33")
    found = to_json(read_document(paper(*lines)))["papers"][0]

    assert found["type"] == "iit_record"
    assert "total_num" in states(found, state)


def test_a_late_fee_is_no_base_of_the_surtaxes():
    found = read(tax_certificate(vat_lines(Decimal("88210.44"), 2026, 5, late=Decimal("35.28"))))

    assert checks(found, "cannot_tell") == []
    assert {f"lines[{number}].amount" for number in (1, 2, 3)} <= states(found, "verified")
