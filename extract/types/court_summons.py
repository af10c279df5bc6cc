"""Summonses: who must come before which court, when, and in what role."""

from __future__ import annotations

from extract.court import CaseNo, CourtPaper, Moment, Party
from extract.grammar import Anchors
from extract.kinds import Day, Text
from extract.told import tell
from records.facts import Polarity


class CourtSummons(CourtPaper):
    """传票、应诉通知书 (documents.md §9.2)."""

    type_id = "court_summons"
    title = ("法院传票", "Court summons")
    raises = ("litigation_defendant",)
    recognised_by = Anchors(
        titles=("传票", "应诉通知书", "举证通知书", "开庭通知书"),
        issuers=("人民法院", "仲裁委员会"),
        words=("被传唤人", "应到时间", "应到处所", "传唤事由", "案由", "开庭", "应诉", "举证", "书记员", "答辩状"),
        against=("判决如下", "裁定如下", "协助执行", "查封公告", "拍卖公告"),
    )
    respondents = "subject_name"

    case_no = CaseNo("案号", required=True)
    cause = Text("案由", required=True)
    court = Text(required=True)
    hearing = Moment("应到时间", "开庭时间", "到庭时间", "传唤时间", required=True)
    place = Text("应到处所", "开庭地点", "应到场所", "到庭地点", "传唤地点", required=True)
    doc_date = Day("签发日期", "发出日期")
    subject_name = Party("被传唤人", "被传唤人姓名", "被通知人", "受送达人")
    role = Text("诉讼地位", "身份", "当事人地位")
    reason = Text("传唤事由", "事由")
    sentences = tell(
        role=(
            "\\({words:原告|被告|第三人|证人|申请人|被执行人|上诉人}\\)",
            "(作为|系本案){words:原告|被告|第三人|证人|申请人|被执行人|上诉人}",
        ),
        hearing="(定于|于){moment}(在|开庭|,|到)",
    )

    def stands(self) -> Polarity:
        """Who is called as a claimant or a witness is not sued."""
        if self.get("role") in ("原告", "证人", "第三人", "申请人", "上诉人"):
            return Polarity.OTHER_PARTY
        return super().stands()
