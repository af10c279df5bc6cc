"""Summonses: who must come before which court, when, and in what role."""

from __future__ import annotations

from dataclasses import replace

from extract.families.court import CaseNo, CourtPaper, Moment, Party
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Day, Text
from records.facts import Polarity, Subject

ASKS = ("原告", "证人", "第三人", "申请人", "上诉人")


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
    claimants, respondents = "plaintiff", "defendant"

    case_no = CaseNo("案号", required=True)
    cause = Text("案由", required=True)
    court = Text(required=True)
    hearing = Moment("应到时间", "开庭时间", "到庭时间", "传唤时间", required=True)
    place = Text("应到处所", "开庭地点", "应到场所", "到庭地点", "传唤地点", required=True)
    doc_date = Day("签发日期", "发出日期")
    subject_name = Party("被传唤人", "被传唤人姓名", "被通知人", "受送达人", "被传唤人姓名或名称", "被传唤单位")
    plaintiff = Party("原告", "申请人")
    defendant = Party("被告", "被申请人")
    role = Text("诉讼地位", "身份", "当事人地位")
    reason = Text("传唤事由", "事由")
    sentences = tell(
        role=(
            "\\({words:原告|被告|第三人|证人|申请人|被执行人|上诉人}\\)",
            "(作为|系本案){words:原告|被告|第三人|证人|申请人|被执行人|上诉人}",
        ),
        hearing="(定于|于){moment}(在|开庭|,|到)",
        subject_name="^{name:公司|厂|店|合作社|中心|院|行|部}:$",
        place="(地点|处所|法庭):?{place}(?=[,。;\\n]|$)",
    )

    def complete(self) -> None:
        """Who is called, when the paper says on which side: on the list of those who ask, or of those who are asked."""
        super().complete()
        called, asks = self.get("subject_name"), str(self.get("plaintiff") or "").split("、")
        if called and called in asks and "role" not in self.fields:
            self.fields["role"] = replace(self.fields["plaintiff"], name="role", value="原告")

    def against(self) -> str | None:
        name = self.get("defendant") or (None if self.get("role") in ASKS else self.get("subject_name"))
        return str(name) if name else None

    def about(self) -> Subject | None:
        name = self.get("subject_name") or self.get("defendant")
        return Subject(name=str(name).split("、")[0]) if name else None

    def stands(self) -> Polarity:
        """Who is called as a claimant or a witness is not sued."""
        if self.get("role") in ASKS:
            return Polarity.OTHER_PARTY
        return super().stands()
