"""Visit notes: what somebody saw and heard at the borrower's, written down as it came."""

from __future__ import annotations

import re

from extract.families.bank_papers import NUMBERS
from extract.families.figures import told_figures
from extract.families.loan_papers import LoanNo
from extract.forms.told import read_told
from extract.grammar import Anchors, Reading
from extract.kinds import Count, Day, LooseMoney, Names, Ratio, Text
from extract.layout import Sheet, cut_words, printed, squeezed
from records.facts import Field, Subject

COMPANY = re.compile(
    r"[\u4e00-\u9fa5()]{2,24}?(?:有限责任公司|股份有限公司|有限公司|合作社|经营部|商行|加工厂|制造厂|纺织厂|机械厂|厂)(?![\u4e00-\u9fa5]{0,2}[房区长门])"
)
LEADING = re.compile(
    r"^(?:.*?(?:走访了?|拜访了?|到了?|前往|去了?|检查了?|回访了?|在|与|对|年|月|日|客户|企业|借款人|单位|名称))+"
)
VISIT = re.compile(r"走访|拜访|下户|现场(?:查看|检查|看)|回访|到厂|上门|实地")


class VisitNote(Reading):
    """走访记录 (documents.md §8.3)."""

    type_id = "visit_note"
    title = ("走访记录", "Visit note")
    recognised_by = Anchors(
        titles=(
            "走访记录",
            "走访笔记",
            "现场走访",
            "走访纪要",
            "拜访记录",
            "现场检查笔记",
            "回访记录",
            "客户走访",
            "走访",
            "实地走访",
            "下户记录",
            "下户笔记",
            "下户调查记录",
            "下户",
        ),
        words=("走访", "下户", "现场", "老板", "车间", "厂区", "法人", "回访", "客户经理", "实控人", "反映", "门店"),
        against=(
            "贷后检查报告",
            "首次检查",
            "通话记录",
            "催收",
            "对账单",
            "交易明细",
            "检查结论",
            "完税证明",
            "电费账单",
            "电费通知",
        ),
    )
    prose = True

    customer = Text(
        "客户名称", "客户", "走访对象", "走访单位", "走访企业", "企业名称", "借款人", "拜访对象", "被走访人"
    )
    loan_note_no = LoanNo("借据号", "借据编号", "借据号码", "贷款借据号", "Loan no.", "Loan note")
    contract_no = LoanNo("合同号", "借款合同号", "借款合同编号", "合同编号", "贷款合同号")
    date = Day("走访日期", "走访时间", "日期", "时间", "拜访日期", "拜访时间")
    place = Text("走访地点", "地点", "走访地址", "拜访地点", "现场地址")
    interviewee = Text("受访人", "接待人员", "接待人", "访谈对象", "被访人", "接待", "会见人员")
    visitors = Names("走访人", "走访人员", "拜访人", "下户人员", "参加人员", "走访客户经理")
    capacity_utilisation = Ratio("产能利用率")
    headcount = Count("员工人数", "在职员工", "职工人数")
    order_backlog = LooseMoney("在手订单", "在手订单金额", "订单金额")

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """A note has no form: a short text about a visit with a date in its first lines is one."""
        head = sheet.head(4)
        return 5 if VISIT.search(head) and re.search(r"\d{1,2}月\d{1,2}日|20\d{2}[-./]\d{1,2}", head) else 0

    def about(self) -> Subject | None:
        name = self.get("customer")
        return Subject(name=name) if name else None

    def complete(self) -> None:
        told_figures(self)
        read_told(self, NUMBERS)
        for strip in self.sheet.strips[:12]:
            if "date" not in self.fields and (picked := VisitNote.date.pick(strip.text, self.money_unit)):
                self.fields["date"] = Field("date", picked[0], printed(strip.words, strip.page, picked[1]))
            if "customer" not in self.fields and (found := COMPANY.search(squeezed(strip.text))):
                name = LEADING.sub("", found.group())
                start = strip.text.find(name)
                words = cut_words(strip, start, start + len(name)) if start >= 0 else list(strip.words)
                if len(name) > 4:
                    self.fields["customer"] = Field("customer", name, printed(words, strip.page, name))
