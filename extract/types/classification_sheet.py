"""Sheets that settle which of the five classes a loan is in: what it was, what it becomes, how long it is overdue, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extract.families.bank_papers import BankPaper, Customer, Person, turned
from extract.families.contact_notes import shared
from extract.families.five_classes import FiveClass, least_class, worse
from extract.forms.passages import Passage
from extract.grammar import Anchors, Bearing, Table
from extract.kinds import Count, Day, LooseMoney, Text, Token
from records.facts import Check, Field, Finding, Outcome, Polarity, Printed, RiskEvent

_COUNTED = re.compile(r"逾期(?:天数|日数|\(天\)|（天）)|past due|overdue", re.I)
_SAYS = "逾期天数对应的最低分类不优于认定分类"


class ClassificationSheet(BankPaper):
    """五级分类认定表 (documents.md §8.5)."""

    type_id = "classification_sheet"
    title = ("五级分类认定表", "Classification sheet")
    lists = True
    recognised_by = Anchors(
        titles=(
            "五级分类认定", "风险分类认定", "资产分类认定", "贷款分类认定", "分类认定表", "五级分类审批", "五级分类调整",
            "风险分类审批", "风险分类调整", "五级分类工作底稿", "分类工作底稿", "五级分类表", "五级分类清单", "五级分类台账",
            "风险分类表", "loan classification",
        ),
        issuers=("银行", "支行", "信用社", "农商"),
        words=(
            "初分", "认定意见", "认定结果", "分类理由", "逾期天数", "上期分类", "本期分类", "认定人", "分类依据", "复审",
            "五级分类", "正常", "关注", "次级", "可疑", "损失", "substandard", "special mention",
        ),
        against=(
            "贷后检查报告", "检查结论", "首次检查", "走访记录", "催收记录", "信用报告", "征信", "会议纪要", "预警处置",
            "账龄分析",
        ),
    )  # fmt: skip

    customer = Customer(
        "客户名称", "借款人名称", "借款人", "借款企业", "借款单位", "债务人名称", "债务人", "户名", "客户", "Customer",
        "Borrower", required=True,
    )  # fmt: skip
    loan_note_no = Token("借据号", "借据编号", "借据号码", "贷款借据号", "Loan no.")
    contract_no = Token("合同号", "合同编号", "借款合同编号", "借款合同号")
    balance = LooseMoney("贷款余额", "授信余额", "当前余额", "本金余额", "借据余额", "余额", "Balance")
    overdue_days = Count(
        "逾期天数", "本金逾期天数", "本息逾期天数", "已逾期天数", "逾期日数", "最长逾期天数", "逾期(天)", "逾期期限",
        "Days past due", "Days overdue",
    )  # fmt: skip
    interest_overdue_days = Count("欠息天数", "利息逾期天数")
    prior_class = FiveClass(
        "上期分类", "上期分类结果", "上期五级分类", "上次分类", "上次分类结果", "原分类", "原五级分类", "原分类结果",
        "原分类级别", "原风险分类", "调整前分类", "调整前", "上季分类", "上季末分类", "上季度分类", "上月分类", "前次分类",
        "现分类", "现行分类", "目前分类", "当前分类", "调整前五级分类", "上期认定结果", "调整前风险分类", "上期形态",
        "原形态", "五级分类(调整前)", "风险分类(调整前)", "Prior class", "Previous class", "Current class", required=True,
    )  # fmt: skip
    initial_class = FiveClass(
        "初分", "初分结果", "初分意见", "初分人员意见", "初步分类", "初分类别", "初分级别", "客户经理初分", "经办初分",
        "系统初分", "Initial class", "Proposed class",
    )  # fmt: skip
    review_class = FiveClass(
        "复分", "复审结果", "复审意见", "复审人员意见", "复核意见", "审查分类", "审查意见", "支行审查意见", "复评结果",
        "复核结果",
    )  # fmt: skip
    new_class = FiveClass(
        "认定结果", "本期分类", "本期分类结果", "本期五级分类", "本次分类", "本次分类结果", "本次认定", "本次认定结果",
        "最终认定", "最终分类", "认定分类", "认定意见", "认定级别", "新分类", "调整后分类", "调整后", "调整后五级分类",
        "调整后风险分类", "拟调整分类", "拟分类", "终审结果", "终审意见", "审批结果", "最终认定结果", "分类结果",
        "分类认定结果", "分类结论", "五级分类结果", "本期认定结果", "本期形态", "审批意见", "终审认定", "五级分类(调整后)",
        "风险分类(调整后)", "New class", "Final class", "Approved class", required=True,
    )  # fmt: skip
    basis = Passage(
        "分类理由", "认定依据", "分类依据", "认定理由", "分类认定理由", "调整理由", "调整依据", "主要理由", "初分理由",
        "分类认定依据", "下调理由", "上调理由", "理由及依据", "分类原因", "认定原因", "调整原因", "依据", "理由", "Basis",
        "Reason", "Rationale", required=True,
    )  # fmt: skip
    approver = Person(
        "认定人", "审批人", "审定人", "终审人", "有权认定人", "最终认定人", "有权审批人", "认定人签字", "审批人签字",
        "认定机构", "审批机构", "认定部门", "认定单位", "Approver", "Approved by",
    )  # fmt: skip
    reviewer = Person("复审人", "复核人", "审查人", "复分人", "复审岗", "Reviewed by")
    proposer = Person("初分人", "客户经理", "经办人", "初分人员", "经办客户经理", "填表人", "Prepared by")
    classified_on = Day(
        "认定日期", "认定时间", "分类日期", "分类基准日", "分类时点", "审批日期", "填表日期", "基准日", "日期", "Date",
    )  # fmt: skip
    rows = Table(
        key=("customer",),
        needs=(("customer",), ("new_class",), ("prior_class", "overdue_days", "balance")),
        customer=Customer(*customer.labels),
        loan_note_no=Token(*loan_note_no.labels),
        contract_no=Token(*contract_no.labels),
        balance=LooseMoney(*balance.labels),
        overdue_days=Count(*overdue_days.labels),
        interest_overdue_days=Count(*interest_overdue_days.labels),
        prior_class=FiveClass(*prior_class.labels),
        initial_class=FiveClass(*initial_class.labels),
        new_class=FiveClass(*new_class.labels),
        basis=Passage(*basis.labels, "备注"),
        approver=Text("认定人", "审批人", "审定人"),
    )

    def complete(self) -> None:
        shared(self, "rows")
        super().complete()

    def more_checks(self) -> Iterator[Bearing]:
        """How many days overdue allow which class. A class that is too good may be the bank's choice: no value is accused."""
        failing = [(where, days, least) for where, days, least, _ in self._too_good()]
        judged = [values for values, _ in self._sheets() if _days(values) is not None and "new_class" in values]
        state = Outcome.FAILS if failing else Outcome.HOLDS if judged else Outcome.CANNOT_TELL
        told = "、".join(f"{where}逾期 {days} 天，至少应为{least}" for where, days, least in failing)
        yield Bearing(Check("class_follows_days", state, _SAYS, where=told or None))

    def remarks(self) -> Iterator[Finding]:
        for where, days, least, source in self._too_good():
            says = f"{where}逾期 {days} 天，按监管分类标准至少应为{least}类，认定分类优于此，请核实。"
            yield Finding("class_too_good", says, source.page if isinstance(source, Printed) else None)

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """A list classifies many loans: what its cells say in few words is told by its rows, not in prose."""
        if self.rows:
            return []
        clear = _days(self.fields) == 0
        return [
            turned(event, Polarity.NEGATED, "0", "denies", "paper.no_days")
            if clear
            and event.type == "loan_overdue"
            and event.polarity is Polarity.ASSERTED
            and _COUNTED.search(event.evidence.quote)
            else event
            for event in super().retold(events)
        ]

    def _sheets(self) -> Iterator[tuple[Mapping[str, Field], str]]:
        """Every loan that is classified here, with where it stands."""
        if self.rows:
            yield from ((row, f"第 {number} 行") for number, row in enumerate(self.rows, 1))
        else:
            yield self.fields, ""

    def _too_good(self) -> Iterator[tuple[str, int, str, object]]:
        for values, where in self._sheets():
            days, found = _days(values), values.get("new_class")
            least = least_class(days) if days is not None else None
            if found is not None and days is not None and least and worse(least, str(found.value)):
                yield where, days, least, found.source


def _days(values: Mapping[str, Field]) -> int | None:
    """The longest time that anything is overdue; None where nothing is printed."""
    found = [int(str(values[name].value)) for name in ("overdue_days", "interest_overdue_days") if name in values]
    return max(found, default=None)
