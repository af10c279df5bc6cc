"""Orders that keep a debtor from spending, and decisions to put one on the list of defaulters."""

from __future__ import annotations

from extract.families.court import CaseNo, CourtPaper, Party
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Day, LooseMoney, Text


class ConsumptionRestriction(CourtPaper):
    """限制消费令、失信决定书 (documents.md §9.2)."""

    type_id = "consumption_restriction"
    title = ("限制消费令", "Spending restriction order")
    raises = ("dishonest_debtor",)
    recognised_by = Anchors(
        titles=("限制消费令", "限制高消费令", "失信决定书", "纳入失信被执行人名单决定书", "失信被执行人决定书"),
        issuers=("人民法院",),
        words=(
            "限制高消费",
            "失信被执行人",
            "被执行人",
            "高消费",
            "非生活和工作必需",
            "法定代表人",
            "飞机",
            "动车",
            "名单",
            "列车软卧",
        ),
        against=("裁定如下", "判决如下", "传票", "拍卖公告", "查询时间"),
    )

    case_no = CaseNo("案号", required=True)
    court = Text(required=True)
    doc_date = Day(required=True)
    respondent = Party("被执行人", "被限制人", required=True)
    applicant = Party("申请执行人")
    legal_rep = Text("法定代表人", "负责人")
    amount = LooseMoney("执行标的", "未履行金额")
    cause = Text("案由")
    sentences = tell(
        respondent=("^{name:公司|厂|店|社|中心|院|行|部}:$", "^{person}:$"),
        legal_rep="\\(?(法定代表人|主要负责人|实际控制人)\\)?(为|:)?{person}(?=[,。;、()\\n ]|不得|$)",
        applicant="申请执行人{name}(申请|与|,)",
        amount="(支付|偿还|履行|给付|尚欠)~{money}",
    )
