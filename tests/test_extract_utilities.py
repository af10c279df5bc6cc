"""Bills of water and gas, and notices of arrears: readings, prices, sums, and boilerplate that is no event."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demo.papers.shared_meters import STYLES, shared_bill
from demo.papers.utilities import arrears_notice, gas_bill, water_bill
from extract.reading import read_document
from records.contract import to_json
from tests.paper import paper
from tests.types_read import checks, read, states, wrong


@pytest.mark.parametrize("style", ["list", "fees", "slip"])
def test_a_water_bill_is_read_and_proved(style):
    drawn = water_bill(style, seed=2)
    found = read(drawn)

    assert found["type"] == "water_bill"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert ("volume" in states(found, "verified")) == (style != "slip")  # which prints no price
    assert not {"last_reading", "this_reading"} & states(found, "verified")  # both may be misread by as much


@pytest.mark.parametrize("style", ["list", "steps", "card"])
def test_a_gas_bill_is_read_and_proved(style):
    drawn = gas_bill(style, seed=2)
    found = read(drawn)

    assert found["type"] == "gas_bill"
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert ("volume" in states(found, "verified")) == (style != "card")


def test_a_changed_reading_is_in_doubt_with_all_it_touches():
    found = read(water_bill(altered=100))

    assert {"last_reading", "this_reading", "volume"} <= states(found, "conflict")
    assert "unit_price" not in states(found, "verified")  # 用量 × 单价 leans on a volume in doubt


def test_a_meter_that_ran_over_its_end_holds_without_proving():
    found = to_json(
        read_document(
            paper(
                "自来水公司水费通知单",
                "用户号：8812345678 户名：云洲恒屿",
                "水费年月：2026-05",
                "上期读数：9990 本期读数：15",
                "用水量：25立方米",
            )
        )
    )["papers"][0]

    assert "meter_advance" in checks(found, "holds")
    assert "volume" not in states(found, "verified")


def test_a_multiplier_belongs_to_the_advance():
    found = to_json(
        read_document(
            paper(
                "云洲燃气公司燃气费账单",
                "燃气户号：7712345678 用气单位：云洲恒屿精密机械有限公司",
                "抄表月份：2026年5月 倍率：10",
                "起码：100 止码：350 计费气量：2500m³",
                "应收合计：9,125.00",
            )
        )
    )["papers"][0]

    assert found["type"] == "gas_bill"
    assert "meter_advance" in checks(found, "holds")
    assert "volume" not in states(found, "verified")  # nothing else on the bill speaks for it


@pytest.mark.parametrize("style", ["letter", "form"])
def test_a_notice_of_arrears_is_read(style):
    drawn = arrears_notice(style, seed=3)
    found = read(drawn)

    assert found["type"] == "utility_arrears_notice"
    assert wrong(drawn, found) == {}
    assert ("utility_arrears", "asserted") in {(event["type"], event["polarity"]) for event in found["events"]}


def test_until_when_to_pay_is_not_when_supply_is_cut():
    lines = ("供电公司催费通知单", "户名：杭州临屿机械有限公司 户号：3301234567", "截止2024-06-01共欠费12,345.67元，")
    last = "请于2024年6月10日前缴清，逾期将依法停止供电。"
    fields = to_json(read_document(paper(*lines, last)))["papers"][0]["fields"]

    assert fields["deadline"]["value"] == "2024-06-10"
    assert fields["arrears_amount"]["value"] == "12345.67"
    assert "cut_off_date" not in fields


def test_principal_and_penalty_must_make_the_arrears():
    assert "principal_and_penalty" in checks(read(arrears_notice("form")), "holds")
    assert "arrears_amount" in states(read(arrears_notice("form", altered=Decimal("90.00"))), "conflict")


def test_what_will_happen_to_those_who_do_not_pay_is_no_arrears():
    """逾期未缴将按日加收违约金 stands on every bill."""
    events = read(water_bill("slip"))["events"]

    assert not [event for event in events if event["polarity"] == "asserted"]


def test_a_notice_of_works_is_no_notice_of_arrears():
    found = to_json(
        read_document(paper("停电通知", "云洲供电公司因计划检修，于2026年5月5日停电。", "户号：9901234567"))
    )

    assert found["papers"][0]["type"] == "unknown"


# --- lines of fees, sums in words ------------------------------------------------------------------------------------

POWER = (
    "国网云洲供电公司电费账单",
    "户号 9901234567 户名 云洲恒屿精密机械有限公司 电费年月 2026-02",
    "用电类别 大工业 计费容量 630kVA",
)
FEES = (
    "电量电费 峰 55360kWh × 0.8935 49,464.16",
    "电量电费 谷 36880kWh × 0.3012 11,108.26",
    "容量电费 630kVA × 30.00 18,900.00",
    "政府性基金及附加 92240kWh × 0.0292 2,693.41",
)


def power(*lines: str) -> dict:
    return to_json(read_document(paper(*POWER, *lines)))["papers"][0]


def test_a_product_under_every_fee_and_their_sum_prove_what_is_due():
    found = power(*FEES, "功率因数调整电费 (力率0.95, -0.75%) -596.04", "本期应付电费 81,569.79")

    assert {"amount_total", "basic_fee", "pf_adjust"} <= states(found, "verified")


def test_the_power_factor_proves_its_share_by_the_tariff_rules_where_no_share_is_printed():
    found = power(*FEES, "功率因数调整电费(实际力率0.95) -596.04", "本期应付电费 81,569.79", "功率因数 0.95")

    assert {"amount_total", "pf_adjust"} <= states(found, "verified")


def test_two_fees_that_nothing_but_the_sum_holds_prove_nothing():
    """上网环节 and 功率因数 could be off by the same amount in opposite directions."""
    found = power(*FEES, "上网环节线损费用 1,500.00", "功率因数调整电费 -96.04", "本期应付电费 83,569.79")

    assert "basic_fee" in states(found, "verified")  # its product and the sum
    assert not {"amount_total", "pf_adjust"} & states(found, "verified")


def test_a_fee_that_its_product_contradicts_is_not_proved_by_the_sum():
    found = power(*FEES[:2], "容量电费 630kVA × 30.00 18,300.00", FEES[3], "本期应付电费 81,565.83")

    assert not {"amount_total", "basic_fee"} & states(found, "verified")


def test_a_capacity_charged_for_half_a_month_is_no_contradiction():
    found = power(*FEES[:2], "容量电费 630kVA × 30.00 9,450.00", FEES[3], "本期应付电费 72,715.83")

    assert checks(found, "fails") == []
    assert "basic_fee" not in states(found, "conflict")


@pytest.mark.parametrize(
    ("written", "state"),
    [("捌万贰仟壹佰陆拾伍元捌角叁分", "verified"), ("捌万叁仟壹佰陆拾伍元捌角叁分", "conflict")],
)
def test_a_sum_written_out_in_words_proves_the_figures_or_accuses_them(written: str, state: str):
    found = power(f"应收电费（大写）：{written}", "应收电费合计：￥82,165.83")

    assert "amount_total" in states(found, state)


def test_the_words_of_another_sum_accuse_nothing():
    found = power("本期电费：￥82,165.83", "含往期欠费合计 ￥90,165.83（大写）：玖万零壹佰陆拾伍元捌角叁分")

    assert "amount_total" not in states(found, "conflict")
    assert checks(found, "fails") == []


def test_readings_are_proved_where_the_shares_of_the_day_add_up_to_the_whole():
    heads = "示数类型|上次示数|本次示数|倍率|抄见电量(kWh)"
    shares = ("峰|500.00|540.00|60|2400", "平|300.00|330.00|60|1800", "谷|200.00|230.00|60|1800")

    for whole, state in (
        ("有功(总)|1000.00|1100.00|60|6000", "verified"),
        ("有功(总)|1000.01|1100.01|60|6000", "consistent"),
    ):
        rows = power(heads, whole, *shares, "本期应付电费 82,165.83")["tables"]["meters"]

        assert len(rows) == 4
        assert {row[name]["state"] for row in rows for name in ("last", "this", "multiplier")} == {state}
        assert {row["kwh"]["state"] for row in rows} == {"verified"}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [1, 4])
def test_bills_of_several_meters_and_of_local_fees_are_read_and_proved(style, seed):
    drawn = shared_bill(style, seed=seed)
    found = read(drawn)

    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []
    assert "amount_total" in states(found, "verified")


def test_every_fee_of_a_local_name_is_in_the_sum():
    assert "fees_add_up" in checks(read(shared_bill("local fees")), "holds")
    assert "fees_add_up" in checks(read(shared_bill("local levies")), "holds")


@pytest.mark.parametrize("style", STYLES)
def test_a_changed_reading_of_such_a_bill_is_told(style):
    assert checks(read(shared_bill(style, altered=7)), "fails") == ["meter_advance"]


def test_the_meters_together_prove_their_prices():
    found = read(shared_bill("several power meters", seed=1))

    assert {"kwh_adds_up", "fee_adds_up"} <= set(checks(found, "holds"))
    assert {f"meters[{n}].{name}" for n in range(3) for name in ("kwh", "unit_price", "fee")} <= states(
        found, "verified"
    )
