"""What bills of water and gas call things: the labels of readings, of the supply point, of the consumer, of the sum due."""

from __future__ import annotations

import re

from extract.grammar import Table
from extract.kinds import Count, Digits, LooseMoney, Money, MonthOf, Quantity, Text, Whole

#: How the lines of a price by steps are called.
STEP = re.compile(r"阶梯|第[一二三四1234]档|[一二三四]档|[一二三四]级|第[一二三四]阶")


def fees_table(*items: str) -> Table:
    """Lines of fees or of price steps: what for, how much, at which price, how much money."""
    return Table(
        key=("item", "amount"),
        needs=(("item",), ("amount",)),
        item=Text(
            "收费项目",
            "费用项目",
            "费用名称",
            "项目",
            "项目名称",
            "费用明细",
            "阶梯",
            "阶梯水量",
            "阶梯气量",
            "档次",
            "档位",
            "分档",
            "计费项目",
            "名称",
            *items,
            "表号",
            "表名",
        ),
        last=Quantity(
            "上期止码",
            "上次止码",
            "上期示数",
            "上次示数",
            "上月底数",
            "上期底数",
            "上月表底",
            "上次读数",
            "上期读数",
            "上月读数",
            "上次抄表数",
            "起码",
        ),
        this=Quantity(
            "本期止码",
            "本次止码",
            "本期示数",
            "本次示数",
            "本月底数",
            "本期底数",
            "本月表底",
            "本次读数",
            "本期读数",
            "本月读数",
            "本次抄表数",
            "止码",
        ),
        multiplier=Count("倍率"),
        volume=Quantity(
            "水量", "用水量", "气量", "用气量", "实用量", "数量", "用量", "计费量", "阶梯量", "计费水量", "计费气量"
        ),
        unit_price=Quantity("单价", "水价", "气价", "单价(元)", "价格"),
        amount=Money("金额", "费用", "金额(元)", "小计", "应收金额", "费用(元)"),
    )


def last_readings(*more: str) -> Whole:
    return Whole(
        "上期读数",
        "上次读数",
        "上次抄码",
        "上期抄码",
        "上期示数",
        "上月读数",
        "上次示数",
        "起码",
        "起度",
        "上期行度",
        "上月底数",
        "上月表底",
        "上期表读数",
        "上期表数",
        "上次表数",
        "上次表读数",
        "上期止码",
        "上期表底",
        "上期底数",
        "上次抄表数",
        *more,
    )


def this_readings(*more: str) -> Whole:
    return Whole(
        "本期读数",
        "本次读数",
        "本次抄码",
        "本期抄码",
        "本期示数",
        "本月读数",
        "本次示数",
        "止码",
        "止度",
        "本期行度",
        "本月底数",
        "本月表底",
        "本期表读数",
        "本期表数",
        "本次表数",
        "本次表读数",
        "本期止码",
        "本期表底",
        "本期底数",
        "本次抄表数",
        *more,
    )


def supply_points(*more: str) -> Digits:
    """The number of the supply point; ``more``: what this supplier calls it besides."""
    return Digits(
        "用户号",
        "户号",
        "用户编号",
        "客户编号",
        "客户号",
        *more,
        "缴费号",
        "用户代码",
        "客户代码",
        "缴费编号",
        "缴费户号",
        required=True,
    )


def consumers(*more: str) -> Text:
    return Text(
        "户名", "用户名称", "客户名称", "用户名", "客户名", *more, "姓名", "租户名称", "租户", "承租单位", "承租方", "业主/租户",
        "商户名称", "缴费单位", required=True,
    )  # fmt: skip


def billed_months(*more: str) -> MonthOf:
    first, *others = more
    return MonthOf(
        first, "账单月份", "计费月份", "结算月份", "账单年月", *others, "抄表年月", "账期", "费用年月", "抄表月份", "月份",
        "费用月份",
        required=True,
    )  # fmt: skip


def sums_due(*more: str) -> LooseMoney:
    return LooseMoney(
        "应缴合计", "应缴金额", "合计金额", "合计", "总金额", "本期应缴", "应付金额", "费用合计", "应收合计",
        *more, "本期应付", "应收金额", "总计", "金额合计", "实收金额", "实收合计", "本期合计", "应缴费用", "应缴总额",
        required=True,
    )  # fmt: skip
