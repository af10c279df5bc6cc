"""Enforcement notices: a court orders a debtor to pay, or somebody else to help it."""

from __future__ import annotations

import re

from extract.families.court import CaseNo, CourtPaper, Party, seized
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Day, LooseMoney, Text

ASKED = re.compile(
    r"请?(?:你|贵)?(?:单位|行|局|公司|处)?协助(?:执行)?[^。]{0,8}?(?:冻结|查封|扣押|扣划|划拨)[^。]{0,120}"
)


class EnforcementNotice(CourtPaper):
    """执行通知书、报告财产令、协助执行通知书 (documents.md §9.2)."""

    type_id = "enforcement_notice"
    title = ("执行通知书", "Enforcement notice")
    raises = ("enforcement_target",)
    recognised_by = Anchors(
        titles=(
            "执行通知书",
            "协助执行通知书",
            "报告财产令",
            "限期履行通知书",
            "协助冻结存款通知书",
            "协助扣划存款通知书",
            "协助查询存款通知书",
            "协助冻结通知书",
            "协助查封通知书",
            "协助划拨存款通知书",
        ),
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
        respondent=(
            "(冻结|扣划|划拨|查封|扣押)(被执行人|被申请人|被保全人)?{name:公司|厂|店|合作社|中心|院|部}(在|名下|所有|持有)",
            "^{name:公司|厂|店|社|中心|院|行|部}:$",
        ),
        amount=("执行标的(额|金额)?~{money}", "(支付|偿还|履行|给付|交纳)~{money}", "(冻结|扣划|划拨)~~存款{money}"),
        deadline="{within}",
    )

    def raised(self) -> tuple[str, ...]:
        """Who is asked to help (协助冻结…) helps against the debtor: what it is asked to do is the event."""
        asked = ASKED.search(self.sheet.squeezed().replace("\n", ""))
        taken = seized(asked.group()) if asked else ()
        return taken if asked and "执保" in str(self.get("case_no")) and taken else (*self.raises, *taken)
