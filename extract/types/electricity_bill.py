"""Electricity bills: how much power a works used in a month, what it cost, and what the meters showed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.families.fee_lines import amount_at_end, fee_bearings, fee_lines
from extract.families.power_meters import SHARES, counts, meter_bearings
from extract.families.power_told import behind_labels, told_in_sentences, used_by_the_lines
from extract.families.several_meters import together
from extract.families.written_sums import written_again
from extract.grammar import Anchors, Bearing, Reading, Table, identity
from extract.kinds import Count, Day, Digits, LooseMoney, Money, MonthOf, NotRead, Quantity, Ratio, Span, Text, Whole
from extract.layout import cut_words, printed, squeezed
from extract.tables.totals import total_under
from records.facts import Field, Month, Period, RiskEvent, Subject
from records.values import days

FEE_NAMES = {"basic_fee": r"基本电费|容\(需\)量电费|容量电费|需量电费", "pf_adjust": r"功率因数调整|力调电费|力率调整"}
FEES = re.compile(
    r"^(?:目录)?(?:电量电费|电度电费|[尖峰平谷高低][峰谷]?段?(?:电量)?电(?:费|(?!量))|第[一二三四]档|"
    r"市场化购电|代理购电|上网环节|上网电费|线损|输配电|系统运行|辅助服务|偏差电费|政府性基金|基金及附加"
    r"|代征|农网还贷|可再生能源|水利|库区移民|容量电费|基本电费|容\(需\)量|需量电费|功率因数(?:调|考核|电费)|力调|力率(?:调|考核|电费)"
    r"|附加|退补)"
)


class ElectricityBill(Reading):
    """电费账单 (documents.md §4.1)."""

    type_id = "electricity_bill"
    title = ("电费账单", "Electricity bill")
    recognised_by = Anchors(
        titles=(
            "电费账单", "电费通知单", "电费清单", "电费明细", "电费单", "电费核查联", "用电账单", "电费发票清单",
            "电费收费通知单", "电费缴费通知单", "电费结算单", "电费缴费单", "电费收据", "转供电电费清单",
        ),
        issuers=("供电公司", "供电局", "国网", "国家电网", "南方电网", "电力公司", "电力有限公司"),
        words=(
            "户号", "抄表", "示数", "倍率", "有功(总)", "功率因数", "kWh", "千瓦时", "电量电费", "电费年月",
            "用电类别",
        ),
        against=("水费", "立方米", "燃气", "充电", "发票号码", "欠费停电", "催缴"),
    )  # fmt: skip

    user_no = Digits(
        "户号",
        "用户编号",
        "客户编号",
        "缴费号",
        "用电户号",
        "用户号",
        "客户号",
        "客户代码",
        "用电客户编号",
        "缴费户号",
        "结算户号",
        required=True,
    )
    user_name = Text(
        "户名", "用户名称", "客户名称", "客户名", "用电户名", "用户名", "租户名称", "承租方", "承租单位", "租户", "商户名称",
        "用电方",
        "用电单位", required=True,
    )  # fmt: skip
    room = Text("房号", "单元号", "房间号", "铺位号", "商铺号")
    bill_month = MonthOf(
        "电费年月", "账单月份", "结算月份", "账单年月", "电费月份", "账期", "计费月份", "费用月份", required=True
    )
    kwh_total = Whole(
        "总电量", "合计电量", "结算电量", "本期电量", "总用电量", "用电量", "本月电量", "计费电量合计", "本期用电量",
        "电量合计", required=True,
    )  # fmt: skip
    amount_total = LooseMoney(
        "应付电费", "本期应付电费", "本期电费", "合计电费", "总金额", "应缴金额", "电费合计", "本期电费合计", "应收电费",
        "本月电费", "本期应付电费合计", "应付合计", "应付电费合计", "应收电费合计", "电费金额", "本期应付合计", "本期应付金额",
        required=True,
    )  # fmt: skip
    address = Text("用电地址", "地址")
    category = Text("用电类别", "用电性质", "电价类别")
    meter_period = Span("抄表周期", "用电期间", "抄表区间", "计费周期", "抄表时段")
    capacity = Whole("合同容量", "运行容量", "计费容量", "受电容量", "容量")
    basic_fee = LooseMoney("基本电费合计")
    pf_adjust = LooseMoney("功率因数调整电费合计")
    power_factor = Ratio("功率因数", "实际力率", "力率")
    due_date = Day("缴费截止日", "违约金起算日", "缴费截止日期", "缴费期限")
    amount_due = LooseMoney("本期应缴", "欠费金额", "应缴电费", "本期实际应缴", "实际应缴")
    balance_bf = LooseMoney("上期结余", "预付余额", "上期余额")
    penalty = LooseMoney("违约金", "滞纳金")
    kwh_sharp = Whole("尖电量", "尖峰电量", "尖时段电量")
    kwh_peak = Whole("峰电量", "高峰电量", "峰时段电量")
    kwh_flat = Whole("平电量", "平段电量", "平时段电量")
    kwh_valley = Whole("谷电量", "低谷电量", "谷时段电量")
    meters = Table(
        key=("last", "this", "kwh"),
        needs=(("last",), ("this",), ("kwh",)),
        ends=(
            "电费项目",
            "费用名称",
            "费用项目",
            "收费项目",
            "计费项目",
            "电度电费",
            "电量电费",
            "基本电费",
            "容量电费",
            "市场化购电",
            "代理购电",
            "上网环节",
            "输配电",
        ),
        kind=Text(
            "示数类型",
            "表计类型",
            "类型",
            "时段",
            "电量类型",
            "示数名称",
            "表计",
            "费率",
            "费率时段",
            "项目",
            "计度器类型",
            "读数类型",
            "表号",
            "表名",
        ),
        last=Quantity(
            "上次示数",
            "上期示数",
            "起码",
            "上期读数",
            "上次读数",
            "起度",
            "上月示数",
            "上次抄见",
            "上次行度",
            "上期行度",
            "上次表码",
            "上月底数",
            "上月表底",
            "上月读数",
            "上期底数",
            "上次抄表数",
        ),
        this=Quantity(
            "本次示数",
            "本期示数",
            "止码",
            "本期读数",
            "本次读数",
            "止度",
            "本月示数",
            "本次抄见",
            "本次行度",
            "本期行度",
            "本次表码",
            "本月底数",
            "本月表底",
            "本月读数",
            "本期底数",
            "本次抄表数",
        ),
        multiplier=Count("倍率", "综合倍率", "乘率"),
        kwh=Whole(
            "抄见电量",
            "计费电量",
            "电量",
            "抄见电量(kWh)",
            "结算电量",
            "用电量",
            "合计电量",
            "电量(kWh)",
            "实用电量",
            "用电量(度)",
        ),
        unit_price=Quantity("单价", "电价", "单价(元)", "电价(元/kWh)"),
        fee=Money("电费金额", "电费", "金额", "电费(元)", "应收电费", "金额(元)"),
    )

    def about(self) -> Subject | None:
        name = self.get("user_name")
        return Subject(name=name) if name else None

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """The text of a bill tells whether it was paid; its numbers (户号, 电量) tell nothing else."""
        return [event for event in events if event.type == "utility_arrears"]

    def covers(self) -> Period | None:
        month = self.get("bill_month")
        if isinstance(month, Month):
            from datetime import date, timedelta

            after = month.plus(1)
            return Period(date(month.year, month.month, 1), date(after.year, after.month, 1) - timedelta(days=1))
        return None

    def complete(self) -> None:
        self._month_of_the_title()
        behind_labels(self, FEE_NAMES)
        self._fees_by_name()
        for row in self.meters:
            name = str(row["kind"].value) if "kind" in row else ""
            if not counts(name):
                continue
            if "总" in name and "kwh_total" not in self.fields:
                self._take("kwh_total", row["kwh"])
            for mark, field in SHARES.items():
                if mark in name and "总" not in name and field not in self.fields:
                    self._take(field, row["kwh"])
                    break
        self._totals()
        told_in_sentences(self)

    def _totals(self) -> None:
        """What the last line of the meters says, or the only line there is; and the sum due where no other sum is printed."""
        for name, column in (("kwh_total", "kwh"), ("amount_total", "fee")):
            under = total_under(self, "meters", column) if name not in self.fields else None
            if under is not None:
                self._take(name, under)
            elif name not in self.fields and len(self.meters) == 1 and column in self.meters[0]:
                self._take(name, self.meters[0][column])
        if "kwh_total" not in self.fields and (used := used_by_the_lines(self)) is not None:
            self._take("kwh_total", used)
        alone = not {"amount_total", "balance_bf", "penalty"} & set(self.fields)
        if alone and "amount_due" in self.fields:
            self._take("amount_total", self.fields["amount_due"])

    def _fees_by_name(self) -> None:
        """The two fees that a reading names: the amount at the end of their line (in front of it stand kVA and prices)."""
        for strip in self.sheet.strips:
            for name, words in FEE_NAMES.items():
                amount = amount_at_end(strip.text, FEES)
                if name not in self.fields and amount is not None and re.match(words, squeezed(strip.text)):
                    self.fields[name] = Field(name, amount, printed(strip.words[-1:], strip.page))

    def _month_of_the_title(self) -> None:
        """2024年05月电费账单: the month stands in the title."""
        for strip in self.sheet.strips[:6]:
            found = re.search(r"(20\d{2}\s*[年.-]\s*\d{1,2})\s*月?\D{0,6}电费", strip.text)
            if found and "bill_month" not in self.fields and (month := days.month(found.group(1) + "月")):
                words = cut_words(strip, found.start(1), found.end(1))
                self.fields["bill_month"] = Field("bill_month", month, printed(words, strip.page))

    def _take(self, name: str, cell: Field) -> None:
        self.fields[name] = Field(name, cell.value, cell.source, cell.state)

    @identity(
        "尖 + 峰 + 平 + 谷 = 总电量（±2 kWh）",
        proves=("kwh_peak", "kwh_flat", "kwh_valley", "kwh_total"),
        within=Decimal(2),
        plus=(*SHARES.values(),),
        minus=("kwh_total",),
    )
    def shares_add_up(self) -> tuple[Decimal, Decimal]:
        names = [name for name in SHARES.values() if name in self.fields]
        if len(names) < 3:
            raise NotRead("分时电量")
        return sum((Decimal(self.value_of(name)) for name in names), Decimal(0)), Decimal(self.kwh_total)

    @identity(
        "应付电费 − 上期结余 + 违约金 = 本期应缴",
        proves=("amount_due",),
        plus=("amount_total", "penalty"),
        minus=("balance_bf", "amount_due"),
    )
    def due_follows(self) -> tuple[Decimal, Decimal]:
        return self.amount_total - self.balance_bf + (self.get("penalty") or Decimal(0)), self.amount_due

    def more_checks(self) -> Iterator[Bearing]:
        yield from meter_bearings(self, self.meters)
        yield from together(self, "meters", {"kwh": "kwh_total", "fee": "amount_total"})
        yield from self._fees()

    def _fees(self) -> Iterator[Bearing]:
        """The lines of fees with their sum, and the sum due that is written out in words."""
        lines = fee_lines(self, FEES, ("basic_fee", "pf_adjust"))
        yield from fee_bearings(self, lines, "amount_total", self.get("power_factor"))
        written = written_again(self, ("amount_total", "amount_due"))
        if written is not None:
            yield written
