"""Water bills: how much water a works used in a month, what it cost, and what was charged with it."""

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


class WaterBill(MeterBill):
    """水费账单 (documents.md §4.2)."""

    type_id = "water_bill"
    title = ("水费账单", "Water bill")
    recognised_by = Anchors(
        titles=(
            "水费账单",
            "水费通知单",
            "水费单",
            "水费发票清单",
            "自来水费",
            "水费缴费通知",
            "水费清单",
            "水费明细",
            "用水账单",
            "水费收费通知单",
            "水费收据",
            "水费",
        ),
        issuers=("自来水", "供水", "水务", "水司"),
        words=("污水处理费", "立方米", "用水量", "水费", "水表", "用水性质", "水资源费", "用户号", "m3", "吨"),
        against=("电量", "电费", "燃气", "天然气", "发票号码", "停水通知", "供水通知", "催缴", "用气"),
    )

    user_no = supply_points("用水编号", "用水户号", "水表户号", "缴费户号")
    name = consumers("用水户名", "用水单位")
    month = billed_months("水费年月", "水费月份", "用水月份")
    last_reading = last_readings()
    this_reading = this_readings()
    volume = Whole(
        "用水量",
        "本期水量",
        "实用水量",
        "本期用水量",
        "结算水量",
        "计费水量",
        "合计水量",
        "总水量",
        "水量",
        "用量",
        "本期用量",
        "实际用水量",
        required=True,
    )
    unit_price = Quantity("综合单价", "水价", "单价", "基本水价")
    water_fee = LooseMoney("水费", "基本水费", "自来水费", "水费金额", "用水费")
    sewage_fee = LooseMoney("污水处理费", "污水费", "排污费")
    resource_fee = LooseMoney("水资源费", "水资源税", "水资源税(费)", "水资源费(税)")
    garbage_fee = LooseMoney("垃圾费", "垃圾处理费", "生活垃圾处理费")
    amount_total = sums_due("应缴水费", "本期水费合计")
    fees = fees_table("水费项目")
    main_fee = "water_fee"
    other_fees = {  # noqa: RUF012 - declared once, never changed
        "sewage_fee": "污水|排污",
        "resource_fee": "水资源",
        "garbage_fee": "垃圾",
        "penalty": "违约金|滞纳金",
    }
    supply = "水费"
