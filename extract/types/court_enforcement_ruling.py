"""Enforcement rulings: what a court takes to satisfy a judgment, and how an enforcement ended."""

from __future__ import annotations

from extract.families.court import CaseNo, CourtPaper, Party, seized
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Choice, Day, LooseMoney, Text

#: 终结本次执行 says that nothing was found, not that anything was paid (documents.md §9.2).
RESULTS = {
    "终结本次执行程序": "终结本次执行",
    "终结本次执行": "终结本次执行",
    "终结执行": "终结执行",
    "中止执行": "中止执行",
}
MEASURES = {
    "拍卖": "拍卖",
    "变卖": "变卖",
    "划拨": "划拨",
    "扣划": "划拨",
    "扣押": "扣押",
    "查封": "查封",
    "冻结": "冻结",
}


class CourtEnforcementRuling(CourtPaper):
    """执行裁定书 (documents.md §9.2)."""

    type_id = "court_enforcement_ruling"
    title = ("执行裁定书", "Enforcement ruling")
    recognised_by = Anchors(
        titles=("执行裁定书",),
        issuers=("人民法院",),
        words=(
            "被执行人",
            "申请执行人",
            "执行标的",
            "裁定如下",
            "查封",
            "冻结",
            "划拨",
            "拍卖",
            "终结本次执行程序",
            "强制执行",
        ),
        against=("财产保全", "传票", "执行通知书", "拍卖公告", "限制消费令"),
    )

    case_no = CaseNo("案号", required=True)
    court = Text(required=True)
    doc_date = Day(required=True)
    amount = LooseMoney("执行标的", "执行标的额", "执行标的金额")
    applicant = Party("申请执行人")
    respondent = Party("被执行人")
    freeze_cap = LooseMoney("限额")
    cause = Text("案由")
    measure = Choice(among=MEASURES)
    assets = Text()
    term = Text()
    result = Choice(among=RESULTS)
    sentences = tell(
        amount=("执行标的(额|金额)?~{money}", "(应|应当|尚欠|未)(支付|偿还|履行|给付)?~{money}"),
        freeze_cap="(冻结|划拨|扣划|查封|扣押)~~(限额|限额为|存款|以|价值){money}",
        measure="裁定如下[:,]?\n?~{words:拍卖|变卖|划拨|扣划|扣押|查封|冻结}",
        assets="裁定如下[:,]?\n?[一1]?[、.]?(?=查封|冻结|扣押|划拨|扣划|拍卖|变卖){rest}",
        term="(期限|期间)(为|:)?{term}",
        result="{words:终结本次执行|终结执行|中止执行}",
    )

    def raised(self) -> tuple[str, ...]:
        return ("enforcement_target", *seized(str(self.get("assets") or "")))
