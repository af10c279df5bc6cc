"""Receipts, payrolls and customs declarations: whose account is whose, rows that add up, cells with several figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demo.papers.payments import bank_receipt, customs_declaration, payroll
from extract.reading import read_document
from records.contract import to_json
from tests.paper import paper
from tests.types_read import checks, read, states, wrong


@pytest.mark.parametrize("style", ["boxes", "lines", "sides"])
def test_a_receipt_tells_who_paid_whom(style):
    drawn = bank_receipt(style, seed=2)
    found = read(drawn)

    assert found["type"] == "bank_receipt"
    assert wrong(drawn, found) == {}
    assert {"amount_num", "amount_cn"} <= states(found, "verified")


def test_figures_that_are_not_the_words_are_in_doubt():
    found = read(bank_receipt(altered=Decimal("1000.00")))

    assert {"amount_num", "amount_cn"} <= states(found, "conflict")


def test_a_payment_in_hand_is_no_payment():
    findings = [finding["code"] for finding in read(bank_receipt(status="处理中"))["findings"]]

    assert findings == ["not_paid"]


def test_the_receiving_side_may_stand_first():
    found = to_json(
        read_document(
            paper(
                "某某银行业务回单（收款）",
                "收款方户名：杭州临屿机械有限公司 收款方账号：33050100000000012345",
                "付款方户名：绍兴瑶川纺织有限公司 付款方账号：1202026209900012345",
                "交易金额（小写）：486,000.00",
                "交易金额（大写）：人民币肆拾捌万陆仟元整",
                "入账日期：2024-05-06 业务流水号：20240506000187 附言：货款",
            )
        )
    )["papers"][0]
    values = {name: found["fields"][name]["value"] for name in ("payer_name", "payee_name", "amount_num", "purpose")}

    assert found["type"] == "bank_receipt"
    assert values == {
        "payer_name": "绍兴瑶川纺织有限公司",
        "payee_name": "杭州临屿机械有限公司",
        "amount_num": "486000.00",
        "purpose": "货款",
    }
    assert "words_and_figures_agree" in checks(found, "holds")


def test_two_receipts_on_one_sheet_are_never_mixed():
    lines = ["云洲银行电子回单", "付款人户名：甲公司 收款人户名：乙公司", "小写金额：100.00", *[""] * 12]
    lines += ["云洲银行电子回单", "付款人户名：丙公司 收款人户名：丁公司", "小写金额：200.00", "摘要：货款"]
    found = to_json(read_document(paper(*lines)))["papers"][0]

    assert found["fields"]["amount_num"]["value"] == "100.00"
    assert "second_receipt" in [finding["code"] for finding in found["findings"]]
    assert found["fields"]["purpose"]["value"] is None  # the second receipt's purpose is not the first one's


@pytest.mark.parametrize(
    "drawn", [payroll(seed=2), payroll(medium="xlsx", seed=2), payroll("person", seed=2)], ids=["pdf", "xlsx", "person"]
)
def test_a_payroll_is_read_to_the_last_row(drawn):
    found = read(drawn)

    assert found["type"] == "payroll_statement"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert states(found, "conflict") == set()


def test_every_amount_of_a_payroll_with_totals_is_proved_without_them_none():
    whole, alone = read(payroll(seed=2)), read(payroll("person", seed=2))

    assert {"rows[0].gross", "rows[0].deductions", "rows[0].net"} <= states(whole, "verified")
    assert "rows[0].net" not in states(alone, "verified")  # 应发 and 实发 may be misread by the same sum


def test_a_raised_salary_breaks_its_row_and_the_total():
    found = read(payroll(altered={2: Decimal(1000)}))

    assert "rows[2].net" in states(found, "conflict")
    assert set(checks(found, "fails")) == {"net_follows", "net_adds_up"}


def test_a_payslip_without_a_table_is_one_row():
    lines = (
        "工资条",
        "姓名：沈某某 部门：一车间",
        "月份：2024年5月",
        "应发工资：12,000.00",
        "扣款合计：2,000.00",
        "实发工资：10,000.00",
    )
    found = to_json(read_document(paper(*lines)))["papers"][0]
    row = {column: cell["value"] for column, cell in found["tables"]["rows"][0].items()}

    assert row == {
        "month": "2024-05",
        "name": "沈某某",
        "gross": "12000.00",
        "deductions": "2000.00",
        "net": "10000.00",
    }
    assert checks(found, "holds") == ["net_follows"]


def test_whom_a_payroll_is_about():
    assert read(payroll("person"))["subject"]["name"] == "顾听澜"
    assert read(payroll())["subject"]["name"] == "云洲恒屿精密机械有限公司"


@pytest.mark.parametrize("style", ["export", "import"])
def test_a_declaration_is_read_with_its_goods(style):
    drawn = customs_declaration(style, seed=2)
    found = read(drawn)

    assert found["type"] == "customs_declaration"
    assert wrong(drawn, found) == {}
    assert "line_total" in checks(found, "holds")
    assert "items[0].total" not in states(found, "verified")  # price and total may both have lost their point


def test_a_changed_total_of_a_declaration_is_in_doubt():
    found = read(customs_declaration("import", altered=Decimal("500.00")))

    assert "items[0].total" in states(found, "conflict")
    assert "items[1].total" in states(found, "verified")
