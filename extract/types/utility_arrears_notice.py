"""Notices that a bill of power, water or gas was not paid: how much is owed, until when, and when supply will be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from extract.families.written_sums import written_again
from extract.forms.prose import told
from extract.grammar import Anchors, Bearing, Reading, identity
from extract.kinds import Day, Digits, LooseMoney, Text
from extract.layout import Sheet
from records.facts import Field, Period, RiskEvent, Subject

DATE = r"(?:20\d{2}年\d{1,2}月\d{1,2}日|20\d{2}[-./]\d{1,2}[-./]\d{1,2})"
CUT = r"(?:停电|停水|停气|停供|中止供电|中止供水|中止供气|停止供电|停止供水|停止供气|中断供电|限电|断电)"


class UtilityArrearsNotice(Reading):
    """催缴/停电通知书 (documents.md §4.4)."""

    type_id = "utility_arrears_notice"
    title = ("欠费催缴通知", "Notice of unpaid utility bills")
    prose = True
    recognised_by = Anchors(
        titles=(
            "催缴通知",
            "催费通知",
            "欠费停电通知",
            "欠费停水通知",
            "欠费停气通知",
            "欠费通知",
            "停电通知书",
            "停水通知书",
            "停气通知书",
            "欠费催缴",
            "中止供电通知",
            "中止供水通知",
            "中止供气通知",
            "停止供电通知",
            "停止供水通知",
            "停止供气通知",
            "电费催缴",
            "水费催缴",
            "催缴函",
            "缴费提醒",
            "停电通知",
            "停水通知",
            "催缴单",
        ),
        issuers=("供电", "供水", "自来水", "水务", "燃气", "电力", "物业"),
        words=(
            "欠费",
            "违约金",
            "逾期未缴",
            "缴清",
            "中止供电",
            "停止供",
            "户号",
            "尚未缴纳",
            "拖欠",
            "中断供电",
            "欠缴",
        ),
        against=("计划检修", "管网改造", "检修停电", "设备检修", "计划停电", "示数", "抄见电量"),
    )

    user_no = Digits("户号", "用户编号", "客户编号", "用户号", "缴费号", "客户号", "用电户号")
    owner = Text("户名", "用户名称", "客户名称", "用电户名", "用户名", "用电人", "用水单位", "业主")
    arrears_amount = LooseMoney(
        "欠费合计",
        "欠费金额",
        "欠缴金额",
        "欠费总额",
        "拖欠金额",
        "欠缴合计",
        "欠费总金额",
        "欠缴电费",
        "欠缴水费",
        "欠缴燃气费",
        "应缴合计",
        "应缴金额",
        "应缴总额",
        "欠费总计",
        "合计欠费",
        required=True,
    )
    principal = LooseMoney("欠费本金", "电费本金", "本金", "水费本金", "欠缴本金")
    penalty = LooseMoney("违约金", "滞纳金")
    months = Text("欠费月份", "欠费年月", "欠费期间", "欠费月", "欠缴月份")
    deadline = Day(
        "缴费期限",
        "缴费截止日期",
        "缴费截止日",
        "限缴日期",
        "最后缴费日期",
        "最后缴费日",
        "缴清期限",
        "限期缴清日",
        "限缴日",
        "截止日期",
    )
    cut_off_date = Day(
        "停电日期",
        "停电时间",
        "拟停电日期",
        "拟停电日",
        "拟停水日期",
        "拟停水日",
        "拟停气日期",
        "拟停气日",
        "预计停供日期",
        "停供日期",
        "停水时间",
        "停水日期",
        "停气时间",
        "停气日期",
        "中止供电时间",
        "计划停电时间",
    )
    notice_date = Day("通知日期", "发文日期", "填发日期")

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """Supply that is cut for works is no arrears, however the notice is called."""
        text = sheet.squeezed()
        works = re.search(r"检修|管网改造|抢修|线路改造|设备维护", text)
        return -12 if works and not re.search(r"欠|逾期|催", text) else 0

    def about(self) -> Subject | None:
        name = self.get("owner")
        return Subject(name=name) if name else None

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """What is overdue here is owed to a supplier: neither a loan nor a tax, however alike the words (逾期, 滞纳金)."""
        return [event for event in events if event.type not in ("loan_overdue", "tax_arrears", "tax_late_fee")]

    def covers(self) -> Period | None:
        day = self.get("notice_date") or self.get("deadline")
        return Period(day, day) if isinstance(day, date) else None

    def complete(self) -> None:
        told(self, "user_no", r"(?:户号|用户编号|客户编号)[:：]?为?(?P<v>[0-9]{6,20})")
        told(
            self,
            "owner",
            r"^(?P<v>[\u4e00-\u9fa5()]{2,30}?(?:公司|厂|店|合作社|经营部|中心|商行|先生|女士))(?:\(户号\S{0,24}?\))?[:：]",
        )
        told(
            self,
            "arrears_amount",
            r"(?:共|合计|累计|总计)(?:拖欠|欠缴|欠)?(?:电费|水费|燃气费|费用)?(?:本金)?(?:及违约金)?(?:共计|合计|计)?(?:人民币)?[¥￥]?(?P<v>[\d,]+(?:\.\d{1,2})?)元",
            r"(?:拖欠|欠缴|尚欠|欠费|欠)[^。，,0-9]{0,20}[¥￥]?(?P<v>[\d,]+(?:\.\d{1,2})?)元",
        )
        told(
            self,
            "deadline",
            rf"(?:于|在|请于)(?P<v>{DATE})(?:\d{{1,2}}[时:]\d{{0,2}}分?)?(?:之?前|以前)",
            rf"(?P<v>{DATE})(?:之?前|以前)[^。]{{0,10}}(?:缴|交)",
        )
        told(
            self,
            "cut_off_date",
            rf"(?:将?于|将?自|从)(?P<v>{DATE})(?![^，,。]{{0,5}}前)[^。；]{{0,24}}?{CUT}",
            rf"{CUT}(?:时间|日期)?[^0-9。]{{0,10}}(?P<v>{DATE})",
        )
        told(self, "penalty", r"违约金(?:共计|合计|为|人民币)*[¥￥]?(?P<v>[\d,]+\.\d{2})元")
        told(self, "notice_date", rf"(?P<v>{DATE})$")
        if "owner" in self.fields:
            bare = re.sub(r"^(?:尊敬的|致)", "", str(self.fields["owner"].value))
            self.fields["owner"] = Field("owner", bare, self.fields["owner"].source, self.fields["owner"].state)

    @identity(
        "欠费本金 + 违约金 = 欠费合计",
        proves=("principal", "penalty", "arrears_amount"),
        plus=("principal", "penalty"),
        minus=("arrears_amount",),
    )
    def principal_and_penalty(self) -> tuple[Decimal, Decimal]:
        return self.principal + self.penalty, self.arrears_amount

    def more_checks(self) -> Iterator[Bearing]:
        written = written_again(self, ("arrears_amount",))
        if written is not None:
            yield written
