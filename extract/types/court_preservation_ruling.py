"""Preservation rulings: what is frozen before anybody has won, up to which amount, and for how long."""

from __future__ import annotations

import re

from extract.families.court import CaseNo, CourtPaper, Party, seized
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Day, LooseMoney, Text
from extract.layout import Sheet


class CourtPreservationRuling(CourtPaper):
    """财产保全裁定书 (documents.md §9.2)."""

    type_id = "court_preservation_ruling"
    title = ("财产保全裁定书", "Preservation ruling")
    recognised_by = Anchors(
        titles=("民事裁定书", "财产保全裁定书", "保全裁定书"),
        issuers=("人民法院",),
        words=(
            "财产保全",
            "裁定如下",
            "查封",
            "扣押",
            "冻结",
            "限额",
            "担保",
            "申请复议",
            "申请人",
            "被申请人",
            "保全费",
        ),
        against=(
            "执行裁定书",
            "判决如下",
            "破产",
            "传票",
            "拍卖公告",
            "解除查封通知书",
            "解除查封公告",
            "协助冻结",
            "协助执行通知书",
        ),
    )

    case_no = CaseNo("案号", required=True)
    court = Text(required=True)
    doc_date = Day(required=True)
    applicant = Party(required=True)
    respondent = Party(required=True)
    cause = Text("案由")
    freeze_cap = LooseMoney("保全限额", "限额")
    assets = Text()
    term = Text()
    guarantee = Text("担保方式")
    sentences = tell(
        freeze_cap=("(限额|以|在|存款|价值|财产){money}(为限|范围内|的财产|或|,|。|$)", "(冻结|查封|扣押)~{money}"),
        assets="裁定如下[:,]?\n?[一1]?[、.]?(立即)?(?=查封|冻结|扣押){rest}",
        term="(期限|期间)(为|:)?{term}",
        guarantee="{name:保险股份有限公司|保险有限公司|担保有限公司}~(担保|保函)",
    )

    def raised(self) -> tuple[str, ...]:
        return ("litigation_defendant", *seized(str(self.get("assets") or "")))

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """民事裁定书 is the title of many rulings; without a word of preservation it is another one."""
        return 0 if re.search(r"保全|查封|冻结|扣押", sheet.squeezed()) else -5
