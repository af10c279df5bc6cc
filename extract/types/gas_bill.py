"""Gas bills: how much gas a works used in a month and what it cost; also what was charged on a card meter."""

from __future__ import annotations

from extract.families.meter_bills import MeterBill
from extract.families.meter_words import (
    billed_months,
    consumers,
    fees_table,
    last_readings,
    sums_due,
    supply_points,
    this_readings,
)
from extract.grammar import Anchors
from extract.kinds import LooseMoney, Quantity, Whole


class GasBill(MeterBill):
    """燃气费账单 (documents.md §4.3)."""

    type_id = "gas_bill"
    title = ("燃气费账单", "Gas bill")
    recognised_by = Anchors(
        titles=(
            "燃气费账单",
            "燃气费通知单",
            "天然气费",
            "燃气账单",
            "燃气费",
            "用气账单",
            "气费通知单",
            "燃气缴费通知",
            "管道燃气",
            "购气凭证",
        ),
        issuers=("燃气", "天然气", "华润燃气", "港华", "新奥"),
        words=("用气量", "燃气费", "立方米", "气费", "购气量", "燃气表", "阶梯", "m3", "用气性质", "气价"),
        against=("水费", "污水", "电量", "电费", "发票号码", "停气通知", "供气通知", "催缴"),
    )

    user_no = supply_points("用气户号", "燃气户号", "燃气编号", "卡号")
    name = consumers("用气户名", "用气单位", "用户姓名")
    month = billed_months("燃气费年月", "气费年月", "用气月份")
    last_reading = last_readings()
    this_reading = this_readings()
    volume = Whole(
        "用气量",
        "本期气量",
        "实用气量",
        "本期用气量",
        "结算气量",
        "计费气量",
        "合计气量",
        "总气量",
        "购气量",
        "气量",
        "用量",
        "本期用量",
        "实际用气量",
        required=True,
    )
    unit_price = Quantity("综合单价", "气价", "单价", "基本气价")
    gas_fee = LooseMoney("燃气费", "天然气费", "气费", "燃气费金额", "购气金额")
    amount_total = sums_due("应缴气费", "本期气费合计", "购气金额", "充值金额", "金额")
    fees = fees_table("气费项目")
    main_fee = "gas_fee"
    other_fees = {"penalty": "违约金|滞纳金"}  # noqa: RUF012 - declared once, never changed
    supply = "(?:燃气|天然气|气)费"
