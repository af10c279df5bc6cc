"""Decisions of authorities on penalties: which authority, whom, for what, how much, by when."""

from __future__ import annotations

from decimal import Decimal

from extract.families.court import CourtPaper, Party
from extract.forms.told import tell
from extract.grammar import Anchors, identity
from extract.kinds import Day, LooseMoney, MoneyInWords, Text, Uscc
from records.facts import Polarity, Subject

_AUTHORITY = (
    r"(?P<authority>(?:国家税务总局)?[\u4e00-\u9fa5]{2,20}(?:税务局(?:第?[一二三]?稽查局)?|生态环境局|应急管理局|市场监督管理局|"
    r"消防救援(?:支队|大队)|自然资源(?:和规划)?局|人力资源和社会保障局|海关|公安局|住房和城乡建设局|交通运输局|综合行政执法局))"
)


class AdminPenalty(CourtPaper):
    """行政处罚决定书、税务处理决定书、责令改正通知书 (documents.md §9.2)."""

    type_id = "admin_penalty"
    title = ("行政处罚决定书", "Administrative penalty")
    recognised_by = Anchors(
        titles=(
            "行政处罚决定书", "税务行政处罚决定书", "税务处理决定书", "责令改正违法行为决定书",
            "责令限期改正通知书", "责令停产整治决定书",
            "行政处罚事先告知书", "行政处罚告知书", "行政处罚听证告知书", "现场处理措施决定书",
        ),
        issuers=("税务局", "生态环境局", "应急管理局", "市场监督管理局", "消防", "海关", "执法局"),
        words=("罚款", "违法事实", "处罚依据", "处罚决定", "行政复议", "行政诉讼", "当事人", "责令", "缴纳罚款", "逾期", "停产"),
        against=("判决如下", "裁定如下", "完税证明", "查询时间", "信用中国", "信用信息查询", "企查查", "天眼查", "信用报告"),
    )  # fmt: skip
    respondents = "subject_name"

    authority = Text("处罚机关", "决定机关", "处罚机关名称", required=True)
    doc_no = Text("文号", "处罚决定书文号", "决定书文号", required=True)
    doc_date = Day("处罚决定日期", "决定日期", "作出日期", required=True)
    subject_name = Party(
        "当事人", "被处罚人", "被处罚单位", "行政相对人", "行政相对人名称", "单位名称", "纳税人名称", required=True
    )
    uscc = Uscc("统一社会信用代码", "纳税人识别号", "营业执照注册号")
    legal_rep = Text("法定代表人", "负责人", "法定代表人(负责人)")
    facts = Text("违法事实", "违法行为", "主要违法事实")
    fine = LooseMoney("罚款金额", "罚款", "处罚金额")
    fine_cn = MoneyInWords()
    deadline = Text("缴款期限", "整改期限")
    sentences = tell(
        doc_no="{docno}",
        authority="^{name:税务局|稽查局|环境局|应急管理局|市场监督管理局|支队|大队|规划局|保障局|海关|公安局|建设局|运输局|执法局}(?=(税务)?行政处罚|责令|$)",
        subject_name=("^{name:公司|厂|店|合作社|企业|部|行|中心}(\\(.{1,50}?\\))?:$",),
        fine=("(给予|处以?|并处|罚款)~{money}",),
        fine_cn="(给予|处以?|并处|罚款)~{capitals}",
        deadline="{within}",
    )

    def stands(self) -> Polarity:
        """A notice of what is going to be decided (告知书) leaves time to be heard: nothing is decided yet."""
        title = self.sheet.title_lines(6)
        return Polarity.HYPOTHETICAL if "告知书" in title and "决定书" not in title else super().stands()

    def raised(self) -> tuple[str, ...]:
        """A tax office punishes in tax matters; anybody else is counted with environment and safety."""
        return ("tax_penalty",) if "税务" in str(self.get("authority") or "") else ("env_safety_penalty",)

    def about(self) -> Subject | None:
        name, number = self.get("subject_name"), self.get("uscc")
        return Subject(name=name, uscc=number) if name or number else None

    @identity("罚款（大写）= 罚款（小写）", proves=("fine_cn", "fine"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.fine_cn, self.fine
