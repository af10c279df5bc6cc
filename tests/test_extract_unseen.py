"""Papers of tax, supply, trade and collateral on layouts that no sample has: prints from a screen, letters, tables of several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demo.papers import Drawn
from demo.papers.collateral import several_checked
from demo.papers.invoices import Invoice, line
from demo.papers.unruled import dated_certificate, one_row_gas, power_print, return_print, stepped_water
from demo.papers.unruled_trade import customs_above, stacked_invoice
from extract.reading import read_document
from records.contract import to_json
from records.facts import Polarity
from tests.paper import paper
from tests.types_read import checks, read, states, wrong

INVOICE = Invoice([line("*通用设备*滚珠丝杠", "12", "338.05"), line("*金属制品*轴承座", "7", "95.20")])
PRINTS = {
    "certificate": dated_certificate,
    "return, heads with their group": lambda: return_print("joined"),
    "return, number first": lambda: return_print("listed"),
    "power, app": lambda: power_print("app"),
    "power, message": lambda: power_print("message"),
    "water, steps": stepped_water,
    "gas, one row": one_row_gas,
    "customs, labels above": customs_above,
    "invoice, parties stacked": lambda: stacked_invoice(INVOICE),
    "collateral, several": several_checked,
}


def told(*lines: str) -> dict[str, object]:
    """The reading of a paper written here."""
    (found,) = to_json(read_document(paper(*lines)))["papers"]
    return dict(found)


def values(found: dict[str, object], *names: str) -> list[object]:
    fields = found["fields"]
    assert isinstance(fields, dict)
    return [fields[name]["value"] if name in fields else None for name in names]


@pytest.mark.parametrize("draw", PRINTS.values(), ids=PRINTS)
def test_a_print_from_a_screen_is_read_whole(draw):
    drawn: Drawn = draw()
    found = read(drawn)

    assert found["type"] == drawn.truth["type"]
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


@pytest.mark.parametrize(
    ("drawn", "identity"),
    [
        (dated_certificate(altered=Decimal(100)), "words_and_figures_agree"),
        (stepped_water(altered=100), "meter_advance"),
        (customs_above(altered=Decimal(9)), "line_total"),
    ],
    ids=["certificate", "water", "customs"],
)
def test_a_figure_that_was_altered_is_told(drawn, identity):
    assert identity in checks(read(drawn), "fails")


def test_the_fees_of_an_app_are_proved_by_their_products():
    assert {"amount_total", "basic_fee", "pf_adjust", "meters[0].last"} <= states(read(power_print("app")), "verified")


def test_price_steps_prove_what_was_used_and_what_it_cost():
    found = read(stepped_water())

    assert {"steps_amount", "steps_volume", "fees_add_up"} <= set(checks(found, "holds"))
    assert {"volume", "water_fee"} <= states(found, "verified")


def test_every_piece_of_collateral_in_a_table_is_read():
    found = read(several_checked())

    assert [row["state"]["value"] for row in found["tables"]["items"]] == ["完好", "出租", "空置"]
    assert not set(found["fields"]) & {"cert_no", "location"}  # no piece speaks for the others
    assert found["events"] == []  # 查封情况 over 无 asks, it tells nothing


def test_a_seizure_in_a_row_is_told_though_the_head_is_not():
    head = "押品编号|权证号|坐落|评估价值|现状|查封情况"
    rows = ("YP1|甲字第1号|云洲市甲路|1000.00|完好|无", "YP2|甲字第2号|云洲市乙路|2000.00|完好|已被法院查封")
    found = told("押品检查表", "检查日期：2026年10月20日", head, *rows)

    assert found["type"] == "collateral_inspection"
    events = found["events"]
    assert isinstance(events, list)
    assert [(event["type"], event["polarity"]) for event in events] == [("collateral_seizure", Polarity.ASSERTED.value)]


def test_one_piece_in_a_table_is_read_as_a_form_would_be():
    head, row = "押品编号|权证号|坐落|评估价值|现状", "YP1|甲字第1号|云洲市甲路|1000.00|完好"
    found = told("押品检查表", "检查日期：2026年10月20日", head, row)

    assert values(found, "collateral_no", "cert_no", "location", "total_value") == [
        "YP1",
        "甲字第1号",
        "云洲市甲路",
        "1000.00",
    ]


def test_a_letter_is_issued_on_the_day_that_stands_alone_under_it():
    found = told(
        "税收完税证明（文书式）",
        "云洲恒屿精密机械有限公司（纳税人识别号：91999901MA9HENGY0D）：",
        "你单位于2026年1月1日至2026年3月31日期间缴纳税款如下，特此证明。",
        "税种|税款所属时期|入库日期|实缴金额（元）",
        "增值税|2026-01-01至2026-03-31|2026-04-15|48,211.07",
        "合计（大写）：肆万捌仟贰佰壹拾壹元零柒分   （小写）¥48,211.07",
        "国家税务总局云洲市税务局",
        "二〇二六年五月十二日",
    )

    assert values(found, "issue_date", "total_num", "total_cn") == ["2026-05-12", "48211.07", "48211.07"]


def test_what_is_overdue_at_a_supplier_is_neither_a_loan_nor_a_tax():
    found = told(
        "电费催缴通知单",
        "云洲恒屿精密机械有限公司：",
        "贵户（户号3991177820）2026年8月、9月电费共计84,512.33元至今未缴，已属逾期，另计滞纳金。",
        "请于2026年10月25日前足额缴清。",
    )

    events = found["events"]
    assert isinstance(events, list)
    assert {event["type"] for event in events} <= {"utility_arrears", "rule_utility_arrears"}


def test_a_notice_that_cuts_the_gas_is_no_bill():
    found = told(
        "中止供气通知书",
        "霁川市锦泰纸业有限公司：",
        "贵单位（用户编号660012345）截至2026年10月31日累计拖欠燃气费人民币45,210.80元。",
        "限贵单位于2026年11月15日前付清欠款；逾期，我公司将自2026年11月20日起中止供气。",
        "霁川燃气有限公司",
    )

    assert found["type"] == "utility_arrears_notice"
    assert values(found, "arrears_amount", "cut_off_date") == ["45210.80", "2026-11-20"]


def test_nothing_owed_is_said_of_a_firm_too():
    found = told(
        "涉税信息查询结果告知书",
        "云洲恒屿精密机械有限公司（统一社会信用代码：91999901MA9HENGY0D）：",
        "经查询税收征管信息系统，截至二〇二六年七月三十一日，未发现你单位有欠税情形。",
        "国家税务总局云洲市税务局",
    )

    assert values(found, "arrears_amount", "as_of_date") == ["0.00", "2026-07-31"]


def test_a_line_of_fees_that_is_no_product_is_told_where_the_others_are():
    lines = ("峰段电费 1000 0.9000 900.00", "平段电费 2000 0.6000 1,200.00", "谷段电费 3000 0.3000 990.00")
    bill = ("电费账单", "户号：3301234567 户名：甲公司", "电费年月：2026-05", *lines, "应付电费：3,090.00")

    assert "fee_product" in checks(told(*bill), "fails")
    assert "fee_product" not in checks(told(*(text.replace("990.00", "900.00") for text in bill)), "fails")


def test_an_old_licence_has_its_code_under_the_title_and_its_capital_in_words():
    found = told(
        "营业执照",
        "91999901MA9HENGY0D",
        "名称：云洲恒屿精密机械有限公司",
        "注册资本：伍佰万元整",
        "成立日期：2015年9月1日",
        "经营范围：五金制品制造。",
    )

    assert values(found, "uscc", "registered_capital") == ["91999901MA9HENGY0D", "5000000.00"]


@pytest.mark.parametrize(
    "lines",
    [
        ("电子银行承兑汇票", "出票人：甲公司", "收款人：乙公司", "票据金额：人民币壹佰万元整", "汇票到期日：2026-11-06"),
        ("应收账款对账单", "日期|发票号码|金额|已收|余额", "2026-09-01|26990001|1,130.00|0.00|1,130.00"),
        ("社会保险费缴费申报表", "单位名称：甲公司", "征收项目|缴费人数|缴费基数|应缴费额", "养老保险|86|520000.00|83200.00"),
    ],
    ids=["draft", "receivables", "social insurance"],
)  # fmt: skip
def test_what_only_looks_alike_stays_unknown(lines):
    assert told(*lines)["type"] == "unknown"
