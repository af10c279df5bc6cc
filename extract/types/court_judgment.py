"""Judgments and mediation agreements of civil cases: who owes whom how much, and by when."""

from __future__ import annotations

import re

from extract.families.court import CaseNo, CourtPaper, Party
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Choice, Day, LooseMoney, Text
from extract.layout import Sheet

RESULTS = {
    "准许": "撤诉", "其他诉讼请求": "部分支持", "其余诉讼请求": "部分支持", "驳回": "驳回", "自愿达成": "调解", "调解": "调解",
    "支付": "支持", "偿还": "支持", "返还": "支持", "给付": "支持", "承担": "支持",
}  # fmt: skip
EFFECT = {
    "已发生法律效力": "已生效", "已经发生法律效力": "已生效", "即具有法律效力": "已生效",
    "本判决为终审": "终审", "终审判决": "终审",
    "如不服本判决": "未生效", "上诉于": "未生效",
}  # fmt: skip


class CourtJudgment(CourtPaper):
    """民事判决书、调解书 (documents.md §9.2)."""

    type_id = "court_judgment"
    title = ("民事判决书", "Civil judgment")
    raises = ("litigation_defendant",)
    recognised_by = Anchors(
        titles=("民事判决书", "民事调解书", "判决书", "调解书", "仲裁裁决书", "仲裁调解书", "民事裁定书"),
        issuers=("人民法院", "仲裁委员会"),
        words=(
            "判决如下",
            "本院认为",
            "经审理查明",
            "如不服本判决",
            "诉讼请求",
            "案件受理费",
            "审判员",
            "达成如下协议",
            "法定代表人",
        ),
        against=("执行裁定", "财产保全", "传票", "拍卖公告", "准予离婚登记"),
    )
    claimants, respondents = "plaintiff", "defendant"

    case_no = CaseNo("案号", required=True)
    court = Text(required=True)
    doc_date = Day(required=True)
    plaintiff = Party(required=True)
    defendant = Party(required=True)
    third_party = Party()
    cause = Text("案由", required=True)
    result = Choice(among=RESULTS)
    amount = LooseMoney()
    deadline = Text()
    effective = Choice(among=EFFECT)
    sentences = tell(
        result=(
            "{words:准许}~(撤诉|撤回起诉|撤回上诉)",
            "驳回{words:其他诉讼请求|其余诉讼请求}",
            "{words:自愿达成}如下协议",
            "(判决如下|裁决如下|达成如下协议|协议如下)[:,]?\n?{rest}",
        ),
        amount="(判决如下|裁决如下|达成如下协议|协议如下)[:,]?\n?~~(支付|偿还|返还|给付|归还)~{money}",
        deadline="{within}",
        effective="{words:已发生法律效力|已经发生法律效力|即具有法律效力|为终审判决|如不服本判决}",
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """民事裁定书 is the title of many rulings: of these only the one that lets a claim be withdrawn ends the case itself."""
        text = sheet.squeezed()
        if re.search(r"判决书|调解书|裁决书", sheet.title_lines(8)) or not re.search(r"裁定如下", text):
            return 0
        return 3 if re.search(r"撤诉|撤回(?:起诉|上诉)", text) else -8
