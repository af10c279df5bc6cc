"""Inspections of collateral: whether it still stands, who uses it, what it is worth now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from extract.grammar import Anchors, Bearing, Reading, Table, identity
from extract.kinds import Choice, Count, Day, LooseMoney, Money, Names, Quantity, Ratio, Text, Token, YesNo
from extract.tables.totals import adds_up, total_under
from records.facts import Field, Finding

CONDITION = {"毁损": "毁损", "灭失": "灭失", "渗漏": "渗漏水", "违建": "违建", "完好": "完好"}


CERTS = (
    "权证号", "不动产权证号", "产权证号", "权证编号", "证号", "权属证书号", "权证号码", "权利证书号", "不动产权证书号",
    "产权证书号",
)  # fmt: skip
PLACES = (
    "坐落", "位置", "押品位置", "押品坐落", "座落", "存放地点", "地址", "坐落位置", "抵押物坐落", "抵押物位置",
)  # fmt: skip
VALUES = (
    "评估价值", "押品价值", "重估价值", "估值", "当前价值", "现评估价值", "最新评估价值", "评估总价", "押品评估价值",
    "当前估值", "最新估值", "押品估值", "现值", "内评价值", "押品现值", "重估值",
)  # fmt: skip
STATES = ("现状", "押品现状", "抵押物现状", "押品保管状况", "现场状况", "押品状态", "保管状况")


class CollateralInspection(Reading):
    """押品检查表 (documents.md §8.7)."""

    type_id = "collateral_inspection"
    title = ("押品检查表", "Collateral inspection")
    recognised_by = Anchors(
        titles=(
            "押品检查表", "抵押物检查表", "押品贷后检查", "抵押物贷后检查", "押品巡查",
            "抵押物现场检查", "抵押品现场检查", "抵质押物现场检查", "抵质押品现场检查",
            "抵(质)押物检查", "抵押物检查报告", "押品现场检查",
            "押品检查报告", "抵质押品检查", "押品检查",
            "抵押物检查", "抵押品检查", "抵押物现场查看",
        ),
        issuers=("银行", "支行", "信用社"),
        words=(
            "押品编号", "权证号", "坐落", "检查日期", "现状", "完好", "毁损",
            "查封", "抵押率", "占用", "评估价值", "警戒线", "出租",
        ),
        against=("贷后检查报告", "评估报告", "估价报告", "价值时点", "首次检查", "不动产权证书"),
    )  # fmt: skip
    prose = True
    lists = True
    heads_ask = True

    cert_no = Text(*CERTS, required=True)
    check_date = Day("检查日期", "检查时间", "检查日", "查看日期", required=True)
    location = Text(*PLACES, required=True)
    area = Quantity("建筑面积", "面积", "宗地面积")
    collateral_no = Token("押品编号", "抵押物编号", "押品号")
    collateral_name = Text("押品名称", "抵押物名称", "押品类型")
    owner = Text("抵押人", "所有权人", "权属人", "产权人", "出质人")
    customer = Text("借款人", "客户名称", "借款人名称")
    loan_note_no = Token("借据号", "借据编号")
    total_value = LooseMoney(*VALUES)
    exposure = LooseMoney("贷款余额", "担保债权余额", "债权余额", "担保贷款余额")
    ltv = Ratio("抵押率", "当前抵押率", "质押率", "现抵押率")
    warn_line = Ratio("警戒线", "抵押率警戒线", "预警线")
    state = Choice(*STATES, among=CONDITION)
    intact = YesNo("是否完好", "押品是否完好")
    occupant = Text("占用人", "使用人", "实际使用人")
    inspectors = Names("检查人", "检查人员", "检查人签字", "查看人")
    items = Table(
        key=("total_value",),  # numbers and places wrap; a value stands on one line
        needs=(("cert_no",), ("location",), ("total_value",), ("collateral_no", "collateral_name", "state", "_no")),
        _no=Count("序号", "编号"),
        collateral_no=Token("押品编号", "抵押物编号", "押品号"),
        collateral_name=Text("押品名称", "抵押物名称", "押品类型", "抵押物类型", "押品种类"),
        cert_no=Text(*CERTS),
        location=Text(*PLACES),
        owner=Text("抵押人", "所有权人", "权属人", "产权人", "权利人"),
        area=Quantity("建筑面积", "面积", "宗地面积"),
        total_value=Money(*VALUES),
        exposure=Money("担保债权余额", "担保贷款余额", "贷款余额", "担保金额"),
        ltv=Ratio("抵押率", "当前抵押率", "现抵押率"),
        warn_line=Ratio("警戒线", "预警线"),
        state=Text(*STATES),
        seizure=Text("查封情况", "是否查封", "查封状态", "权属限制", "查封、冻结情况", "查封冻结情况"),
        occupant=Text("占用人", "使用人", "实际使用人", "使用情况"),
    )  # fmt: skip

    @identity(
        "抵押率 = 贷款余额 ÷ 评估价值", proves=("ltv",), within=Decimal("0.005"), leans=("total_value", "exposure")
    )
    def ltv_follows(self) -> tuple[Decimal, Decimal]:
        value = self.total_value
        return (self.exposure / value if value else Decimal(0)).quantize(self.ltv), self.ltv

    def complete(self) -> None:
        if len(self.items) == 1:  # one piece in a table: what it says is what a form would say
            for name, cell in self.items[0].items():
                if name in self.kinds() and name not in self.fields:
                    self.fields[name] = replace(cell, name=name)
        total = total_under(self, "items", "total_value") if len(self.items) > 1 else None
        if total is not None:
            self.fields["total_value"] = replace(total, name="total_value")
        for row in ({name: self.get(name) for name in ("ltv", "warn_line")}, *map(_shares, self.items)):
            ltv, line = row["ltv"], row["warn_line"] or self.get("warn_line")
            if isinstance(ltv, Decimal) and isinstance(line, Decimal) and ltv >= line:
                says = f"抵押率 {ltv * 100:f}% 已触及警戒线 {line * 100:f}%。"
                self.findings.append(Finding("warn_line_touched", says, self.sheet.first_page))

    def more_checks(self) -> Iterator[Bearing]:
        if len(self.items) > 1:
            total = self.fields.get("total_value")
            yield from adds_up(self, "items", "total_value", "Σ评估价值 = 合计", total, "total_value" if total else "")


def _shares(row: Mapping[str, Field]) -> dict[str, object]:
    """What a row says of its mortgage."""
    return {name: row[name].value if name in row else None for name in ("ltv", "warn_line")}
