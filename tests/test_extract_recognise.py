"""Which type a paper is: look-alikes told apart, close races admitted, mentioning not taken for being."""

from __future__ import annotations

import pytest

from extract.layout import Sheet
from extract.reading import read_document
from extract.recognise import all_types, recognise
from records.document import Document
from tests.paper import paper

ROWS = ("2026-05-01|消费|-12.00|88.00", "2026-05-02|消费|-8.00|80.00")
HEAD = "交易日期|摘要|交易金额|余额"


def type_of(document: Document, wanted: str | None = None) -> str:
    found = recognise(Sheet(document, document.pages), wanted)
    return found.type.type_id if found.type else "unknown"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("云洲银行账户交易明细", "户名：沈某某", HEAD, *ROWS), "bank_statement_personal"),
        (("云洲银行账户交易明细", "户名：云洲恒屿精密机械有限公司", HEAD, *ROWS), "bank_statement_corporate"),
        (("云洲银行企业存款对账单", "户名：云洲恒屿精密机械有限公司", HEAD, *ROWS), "bank_statement_corporate"),
        (
            ("中华人民共和国税收完税证明", "填发日期：2026-05-03 税务机关：国家税务总局云洲市税务局"),
            "tax_payment_certificate",
        ),
        (("云洲供电公司电费账单", "户号：9901234567 电费年月：2026-05", "总电量：100 千瓦时"), "electricity_bill"),
        (
            ("贷后检查报告", "客户名称：云洲恒屿 检查日期：2026-05-03", "检查人：周岚", "检查结论：正常"),
            "post_loan_inspection",
        ),
        (
            ("首次检查报告", "客户名称：云洲恒屿 放款日期：2026-05-03", "检查人：周岚 约定用途：采购"),
            "first_inspection",
        ),
        (("云洲银行电子回单", "付款人：甲公司 收款人：乙公司", "金额：100.00"), "bank_receipt"),
        (
            ("税收缴款书", "税票号码：333 纳税人名称：甲公司", "填发日期：2026-05-03 税务机关：某税务局"),
            "tax_payment_voucher",
        ),
        (("自来水公司水费账单", "户号：123 用水量：30 立方米"), "water_bill"),
        (("走访记录", "客户：云洲恒屿 日期：2026-05-03", "老板说车间忙。"), "visit_note"),
        (("5月3日上午走访云洲恒屿精密机械有限公司。", "老板说车间忙，现场看机器都开着。"), "visit_note"),
    ],
)
def test_papers_are_recognised(lines: tuple[str, ...], kind: str):
    assert type_of(paper(*lines)) == kind


@pytest.mark.parametrize(
    "lines",
    [
        (
            "京东账单",
            "京东账号名：jd_1",
            "交易时间|商户名称|交易说明|金额|收/支|交易订单号",
            "2026-05-01 10:00|甲|乙|1.00|支出|12345",
        ),
        ("计划检修停电通知", "云洲供电公司 因设备检修", "停电时间：2026-05-05"),
        ("存款证明", "兹证明客户在我行存款余额 100.00 元"),
        ("信用卡账单", "账单日：2026-05-05 最低还款额：500.00", "交易日期|交易说明|金额", "2026-05-01|消费|12.00"),
        ("今天的会议改到下午三点。",),
        ("",),
    ],
)
def test_look_alikes_and_strangers_are_unknown(lines: tuple[str, ...]):
    assert type_of(paper(*lines)) == "unknown"


def test_mentioning_a_paper_is_not_being_it():
    report = paper(
        "贷后检查报告",
        "客户名称：云洲恒屿 检查日期：2026-05-03 检查人：周岚",
        "已核对银行账户交易明细与完税证明，未见异常。",
        "检查结论：正常",
    )

    assert type_of(report) == "post_loan_inspection"


@pytest.mark.parametrize(
    "lines",
    [
        ("2025年办税日历", "4月18日 企业所得税季度预缴申报截止", "个人所得税综合所得年度汇算：3月1日至6月30日"),
        (
            "出口企业报关须知",
            "1. 报关单应如实填写商品编号、监管方式。",
            "2. 境内收发货人须完成海关备案。",
            "3. 成交方式请与合同一致。",
        ),
        ("业主大会会议纪要", "时间：2025年9月12日", "一、讨论公共区域电费分摊办法。", "二、讨论水费由物业代收的问题。"),
    ],
    ids=["calendar", "rules", "minutes of owners"],
)
def test_a_paper_that_speaks_of_papers_is_none_of_them(lines: tuple[str, ...]):
    assert [found.type for found in read_document(paper(*lines)).papers] == ["unknown"]


def test_a_form_without_a_value_keeps_its_type_on_a_scan_or_by_a_persons_word():
    """Nothing could be read of it, which is another thing than nothing being there."""
    lines = (
        "出口企业报关须知",
        "1. 报关单应如实填写商品编号、监管方式。",
        "2. 境内收发货人须完成海关备案。",
        "3. 成交方式请与合同一致。",
    )

    assert read_document(paper(*lines, source="ocr")).papers[0].type == "customs_declaration"
    assert read_document(paper(*lines), "customs_declaration").papers[0].type == "customs_declaration"


def test_an_export_without_a_holder_is_told_by_its_movements():
    person = paper(HEAD, "2026-05-01|代发工资|+12.00|88.00", "2026-05-02|快捷支付消费|-8.00|80.00")
    company = paper(
        HEAD, "2026-05-01|货款|+12.00|88.00", "2026-05-02|缴税|-8.00|80.00", "2026-05-02|采购款|-8.00|72.00"
    )

    assert type_of(person) == "bank_statement_personal"
    assert type_of(company) == "bank_statement_corporate"


def test_a_persons_word_settles_a_close_race_and_never_beats_the_paper():
    certificate = paper("中华人民共和国税收完税证明", "填发日期：2026-05-03 税务机关：国家税务总局云洲市税务局")

    assert type_of(certificate, wanted="electricity_bill") == "tax_payment_certificate"


def test_candidates_are_named_with_their_scores():
    document = paper("云洲银行账户交易明细", "户名：沈某某", HEAD, *ROWS)
    found = recognise(Sheet(document, document.pages))

    assert next(c.type for c in found.candidates) == "bank_statement_personal"
    assert len(found.candidates) <= 3
    assert all(0 <= c.score <= 1 for c in found.candidates)


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.type_id)
def test_every_type_says_what_it_is(kind: type):
    assert kind.__doc__
    assert kind.__module__ == f"extract.types.{kind.type_id}"  # type: ignore[attr-defined]
