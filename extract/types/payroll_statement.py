"""Payrolls: what each person earned, what was taken off, what was paid out; of one person or of a whole works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from extract.forms.fields import field_in_head
from extract.grammar import Anchors, Bearing, Reading, Table
from extract.kinds import Digits, Money, MonthOf, Text
from extract.layout import cut_words, printed
from extract.tables.totals import adds_up
from records.facts import Check, Field, Finding, Month, Outcome, Period, Subject
from records.values import days

PARTS = ("social", "fund", "tax", "other_deductions")


class PayrollStatement(Reading):
    """代发工资明细 / 工资单 (documents.md §2.6)."""

    type_id = "payroll_statement"
    title = ("工资明细", "Payroll statement")
    recognised_by = Anchors(
        titles=(
            "工资表",
            "工资明细",
            "代发工资",
            "工资发放表",
            "工资单",
            "工资条",
            "薪资明细",
            "工资流水",
            "薪酬发放表",
            "工资发放明细",
            "代发明细",
            "工资清单",
            "Payroll",
            "Payslip",
        ),
        issuers=("工资", "薪资", "代发"),
        words=("应发", "实发", "个人所得税", "社保", "公积金", "扣款", "代扣", "个税", "应付工资", "基本工资", "绩效"),
        against=("参保证明", "收入证明", "余额", "纳税记录", "参保缴费"),
    )

    employer = Text("单位名称", "公司名称", "代发单位", "发放单位", "编制单位", "单位", "Employer")
    rows = Table(
        key=("net",),
        needs=(("net",), ("name", "month"), ("gross", "deductions", "account")),
        month=MonthOf(
            "月份", "工资月份", "年月", "发放月份", "所属月份", "工资所属期", "发放年月", "工资期间", "Month"
        ),
        name=Text("姓名", "员工姓名", "职工姓名", "户名", "收款人", "收款户名", "人员姓名", "Name", "Employee"),
        gross=Money(
            "应发工资",
            "应发合计",
            "应付工资",
            "应发金额",
            "税前工资",
            "应发工资合计",
            "应发",
            "应发数",
            "税前",
            "工资总额",
            "Gross pay",
            "Gross",
        ),
        deductions=Money(
            "扣款合计",
            "代扣合计",
            "扣除合计",
            "应扣合计",
            "扣款小计",
            "扣发合计",
            "代扣款合计",
            "代扣代缴合计",
            "扣款",
            "Deductions",
        ),
        net=Money(
            "实发工资",
            "实发金额",
            "实发合计",
            "实付工资",
            "实发",
            "实发数",
            "到手工资",
            "到手",
            "发放金额",
            "代发金额",
            "Net pay",
            "Net",
        ),
        account=Digits("银行账号", "工资卡号", "银行卡号", "收款账号", "账号", "卡号", "Account"),
        social=Money("社保", "社会保险", "社保个人", "个人社保", "社保扣款", "社会保险费", "代扣社保"),
        fund=Money("公积金", "住房公积金", "个人公积金", "代扣公积金", "公积金扣款"),
        tax=Money("个人所得税", "个税", "代扣个税", "所得税", "代扣所得税"),
        other_deductions=Money("其他扣款", "其他"),
    )

    def about(self) -> Subject | None:
        """One person's payslips are about the person, a works' payroll is about the works."""
        names = {str(row["name"].value) for row in self.rows if "name" in row}
        if len(names) == 1:
            return Subject(name=names.pop())
        employer = self.get("employer")
        return Subject(name=employer) if employer else None

    def covers(self) -> Period | None:
        months = [row["month"].value for row in self.rows if "month" in row]
        known = [month for month in months if isinstance(month, Month)]
        if not known:
            return None
        after = max(known).plus(1)
        return Period(date(min(known).year, min(known).month, 1), date(after.year, after.month, 1) - timedelta(days=1))

    def complete(self) -> None:
        if not self.rows:
            self._slip()
        self._month_of_the_title()

    def _slip(self) -> None:
        """A payslip of one person has labels and values in place of a table: its one row."""
        columns = self.table_specs()["rows"].columns
        row = {
            name: found
            for name, kind in columns.items()
            if kind.labels and (found := field_in_head(self.sheet, kind, 60)) is not None
        }
        if "net" in row and ("gross" in row or "deductions" in row):
            self.tables["rows"] = [row]

    def _month_of_the_title(self) -> None:
        """2024年5月工资表: the month of every row stands in the title."""
        if any("month" in row for row in self.rows):
            return
        for strip in self.sheet.strips[:8]:
            found = re.search(r"20\d{2}\s*[年.-]\s*\d{1,2}\s*月?", strip.text)
            month = days.month(found.group().replace(" ", "").rstrip("月") + "月") if found else None
            if found and month and (strip.page, strip.number) not in self.taken:
                place = printed(cut_words(strip, found.start(), found.end()), strip.page, found.group())
                for row in self.rows:
                    row["month"] = Field("month", month, place)
                return

    def more_checks(self) -> Iterator[Bearing]:
        for number, row in enumerate(self.rows):
            yield self._person(number, row)
        for column, word in (("gross", "应发"), ("deductions", "扣款"), ("net", "实发")):
            if any(column in row for row in self.rows):
                yield from adds_up(self, "rows", column, f"Σ{word} = 合计")

    def _person(self, number: int, row: dict[str, Field]) -> Bearing:
        """应发 − 扣款 = 实发. Where only single deductions are printed one may not be read: a difference then tells nothing."""
        says, where = "应发 − 扣款合计 = 实发", f"row {number + 1}"
        gross, taken, net = (_money(row, name) for name in ("gross", "deductions", "net"))
        parts = tuple(name for name in PARTS if _money(row, name) is not None)
        named = ("deductions",) if taken is not None else parts
        if gross is None or net is None or not named:
            return Bearing(Check("net_follows", Outcome.CANNOT_TELL, says, where=where))
        off = sum((_money(row, name) or Decimal(0) for name in named), Decimal(0))
        computed = gross - abs(off)
        paths = tuple(f"rows[{number}].{name}" for name in ("gross", *named, "net"))
        holds = computed == net
        state = Outcome.HOLDS if holds else Outcome.FAILS if taken is not None else Outcome.CANNOT_TELL
        check = Check("net_follows", state, says, f"{computed:f}", f"{net:f}", where)
        if state is Outcome.FAILS:
            told = f"第 {number + 1} 行：应发减扣款应为 {computed:f}，实发印着 {net:f}。"
            self.findings.append(Finding("net_differs", told, self.sheet.first_page))
        terms = tuple((path, 1 if path.endswith("gross") else -1) for path in paths)
        return Bearing(check, paths if holds else (), paths if state is Outcome.FAILS else (), terms)


def _money(row: dict[str, Field], name: str) -> Decimal | None:
    value = row[name].value if name in row else None
    return value if isinstance(value, Decimal) else None
