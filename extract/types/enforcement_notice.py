"""Enforcement notices: a court orders a debtor to pay, or somebody else to help it."""

from __future__ import annotations

from extract.court import CaseNo, CourtPaper, Party
from extract.grammar import Anchors
from extract.kinds import Day, LooseMoney, Text
from extract.told import tell


class EnforcementNotice(CourtPaper):
    """执行通知书、报告财产令、协助执行通知书 (documents.md §9.2)."""

    type_id = "enforcement_notice"
    title = ("执行通知书", "Enforcement notice")
    raises = ("enforcement_target",)
    recognised_by = Anchors(
        titles=("执行通知书", "协助执行通知书", "报告财产令", "限期履行通知书"),
        issuers=("人民法院",),
        words=("责令", "履行", "被执行人", "申请执行人", "协助执行", "逾期不履行", "迟延履行", "申报财产", "强制执行"),
        against=("裁定如下", "传票", "限制消费令", "拍卖公告"),
    )

    case_no = CaseNo("案号", required=True)
    court = Text(required=True)
    doc_date = Day(required=True)
    applicant = Party("申请执行人")
    respondent = Party("被执行人", required=True)
    amount = LooseMoney("执行标的", "执行金额")
    deadline = Text("履行期限")
    cause = Text("案由")
    sentences = tell(
        respondent="^{name:公司|厂|店|社|中心|院|行|部}:$",
        amount="(支付|偿还|履行|给付|交纳)~{money}",
        deadline="{within}",
    )
