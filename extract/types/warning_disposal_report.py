"""How a risk warning was dealt with: what warned of what, how serious, what was done until when, and whether it is lifted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.families.bank_papers import NUMBERS, BankPaper, Customer, Person, turned
from extract.families.contacts import Marked
from extract.forms.passages import Passage
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Day, LooseMoney, Token
from extract.layout import Sheet, squeezed
from records.facts import Polarity, Printed, RiskEvent, Value

LEVELS = {
    name: name for name in ("轻度", "中度", "重度", "红色", "橙色", "黄色", "蓝色", "一级", "二级", "三级", "四级")
}
LEVELS |= {
    "高风险": "高",
    "中风险": "中",
    "低风险": "低",
    "特别重大": "特别重大",
    "重大": "重大",
    "较大": "较大",
    "一般": "一般",
}
SHORT = {
    "高": "高",
    "中": "中",
    "低": "低",
    "轻": "轻度",
    "重": "重度",
    "红": "红色",
    "橙": "橙色",
    "黄": "黄色",
    "蓝": "蓝色",
}
_LIFTED = re.compile(
    r"^是(?:$|[(,;。])|^已解除|^解除|(?:同意|予以|可以?|准予|现|已|正式)[^,。;]{0,8}解除|预警(?:已|予以)解除|解除(?:预警|风险)"
    r"|销号|关闭预警|lifted|released|^yes$",
    re.I,
)
_STAYS = re.compile(
    r"不(?:予|同意|能|宜|得|符合)?[^,。;]{0,4}解除|未(?:能|予)?解除|暂不|暂缓|尚未|维持|继续|不满足|待[^,。;]{0,24}解除"
    r"|拟|申请解除|如|^否|条件|\bnot\b"
)
_TITLE = re.compile(
    r"预警[^,。:]{0,14}?(?:处置|处理|核查|排查|解除|化解|反馈)|(?:处置|处理|核查|排查|解除|化解)[^,。:]{0,8}?预警"
)


class Level(Marked):
    """How serious: in degrees, colours or steps, as the bank counts; of boxes the ticked one, of a sentence the one it names."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        said = str(picked[0]) if picked else ""
        found = next((word for word in LEVELS if word in said), said if said in SHORT else None)
        return (LEVELS.get(found) or SHORT[found], text) if found else None


class WarningDisposalReport(BankPaper):
    """风险预警处置报告 (documents.md §8.4)."""

    type_id = "warning_disposal_report"
    title = ("风险预警处置报告", "Warning disposal report")
    recognised_by = Anchors(
        titles=(
            "风险预警处置", "预警处置报告", "预警信号处置", "预警处理报告", "预警处置单", "预警处置表", "预警核查",
            "风险预警处理", "预警信号处理", "风险预警报告", "预警信息处置", "预警排查报告", "预警解除申请", "预警解除审批",
            "预警客户处置", "风险预警单", "风险预警信号表", "风险预警信号单", "风险处置报告", "risk warning disposal",
            "early warning",
        ),
        issuers=("银行", "支行", "信用社", "农商"),
        words=(
            "预警信号", "预警等级", "预警级别", "处置措施", "预警来源", "信号来源", "解除预警", "处置结果", "完成时限",
            "处置意见", "预警日期", "预警时间", "核查情况", "风险预警", "处置方案", "审批意见",
        ),
        against=(
            "贷后检查报告", "检查结论", "培训", "讲义", "课件", "管理办法", "操作规程", "走访记录", "催收记录", "通报",
            "会议纪要",
        ),
    )  # fmt: skip

    customer = Customer(
        "客户名称", "预警客户", "预警客户名称", "借款人名称", "借款人", "借款企业", "借款单位", "预警对象", "风险客户",
        "客户", "Customer", "Borrower", required=True,
    )  # fmt: skip
    loan_note_no = Token("借据号", "借据编号", "借据号码", "Loan no.")
    contract_no = Token("合同号", "合同编号", "借款合同编号", "借款合同号")
    balance = LooseMoney("贷款余额", "授信余额", "当前余额", "用信余额", "余额", "Balance")
    warning_no = Token("预警编号", "预警信号编号", "信号编号", "预警单号", "Warning no.")
    signal_source = Marked(
        "信号来源", "预警来源", "预警信号来源", "预警信息来源", "信息来源", "预警渠道", "发现渠道", "来源", "Signal source",
        "Source",
    )  # fmt: skip
    signal_date = Day(
        "预警日期", "预警时间", "信号日期", "信号时间", "原预警日期", "原预警时间", "触发日期", "触发时间", "预警触发时间",
        "预警触发日期", "预警信号日期", "预警发起日期", "发现时间", "发现日期", "预警发起时间", "预警信号时间",
        "预警发布时间", "预警生成日期", "Signal date", "Warning date",
    )  # fmt: skip
    level = Level(
        "预警等级", "预警级别", "风险等级", "风险程度", "风险级别", "信号等级", "信号级别", "预警程度", "预警颜色", "等级",
        "级别", "Level", "Severity",
    )  # fmt: skip
    description = Passage(
        "预警信号描述", "预警信号", "原预警信号", "原预警事项", "信号描述", "预警内容", "预警事项", "预警描述", "信号内容",
        "风险描述", "风险情况", "预警情况", "风险信号", "预警信息", "预警原因", "核查情况", "风险状况", "基本情况描述",
        "预警信号内容", "Description", "Signal", required=True,
    )  # fmt: skip
    inquiry = Passage("核查结果", "核实情况", "调查核实情况", "现场核查情况", "原因分析", "风险分析", "Findings")
    measures = Passage(
        "处置措施", "已采取措施", "已采取的措施", "采取措施", "拟采取措施", "处置方案", "应对措施", "化解措施",
        "风险处置措施", "处置情况", "管控措施", "处理措施", "风险控制措施", "处置意见", "处置建议", "处理建议",
        "下一步措施", "整改措施", "Measures",
        required=True,
    )  # fmt: skip
    approval = Passage(
        "审批意见", "审批结论", "审核意见", "领导意见", "审批", "支行意见", "部门意见", "风险管理部意见", "有权人意见",
        "审查意见", "负责人意见", "Approval",
    )  # fmt: skip
    approver = Person("审批人", "审核人", "审批人签字", "审定人", "Approver", "Approved by")
    deadline = Day(
        "完成时限", "处置期限", "完成期限", "处置时限", "整改期限", "办结时限", "计划完成时间", "计划完成日期",
        "要求完成时间", "时限", "期限", "Deadline",
    )  # fmt: skip
    result = Passage(
        "处置结果", "处置效果", "处理结果", "处置进展", "落实情况", "处置结论", "执行结果", "反馈结果", "化解结果",
        "解除理由", "解除原因", "处理结论", "措施落实情况", "Result",
    )  # fmt: skip
    release = Marked(
        "是否解除预警", "是否解除", "预警解除", "解除预警", "解除意见", "预警解除意见", "预警状态", "是否同意解除",
        "是否申请解除", "解除情况", "预警解除情况", "解除结论", "Release", "Warning lifted",
    )  # fmt: skip
    release_date = Day("解除日期", "解除时间", "预警解除日期", "预警解除时间", "Release date")
    handler = Person(
        "处置人", "客户经理", "经办人", "报告人", "责任人", "管户客户经理", "处置责任人", "主办客户经理", "填报人", "Handler",
    )  # fmt: skip
    report_date = Day("报告日期", "填报日期", "处置日期", "报告时间", "填表日期", "上报日期", "Report date")
    sentences = dict(tell(
        customer="^关于对?{name:公司|厂|店|合作社|企业|经营部|商行}(的|风险|预警|触发)",
        signal_source="(?<!预警)(经|由|通过|根据|来自){name:系统|平台|模型|部门|预警|检查|公告|查询|舆情}(于|在|推送|提示|发现|监测|触发|显示|生成)",
        signal_date="(于|在)?{day}[,，]?~(触发|推送|提示|预警|发出|生成|监测)",
        deadline="(于|在|限)?{day}(之?前|以前)~(完成|落实|办结|追加|压降|归还|收回|处置)",
        level="(等级|级别|程度)(评定|认定|确定|定|列)?(为|是|:){words:色|度|级|风险|高|中|低}",
    )) | NUMBERS | {
        "release": (
            r"(?:^|[,。;\n])(?P<release>(?!是否)[^,。;:\n]{0,16}?(?:同意|建议|申请|拟|予以|已|可以?|暂不|不予|暂缓|维持)"
            r"(?:解除)?(?:对?[\u4e00-\u9fa5]{0,12}的)?(?:风险)?预警(?!信号|等级|[:客]))",
            r"(?P<release>预警(?:已|予以)解除)",
        )
    }  # fmt: skip

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """A title that speaks of a warning and what was done about it, in whatever words and over two lines."""
        head = "".join(squeezed(strip.text) for strip in sheet.strips[:3] if "。" not in strip.text)
        return 3 if _TITLE.search(head[:60]) else 0

    def complete(self) -> None:
        super().complete()
        self.signed_on("report_date")

    @property
    def lifted(self) -> bool:
        """Whether the warning is over; what is only asked for or expected is not."""
        said, consent = (re.sub(r"\s", "", str(self.get(name) or "")) for name in ("release", "approval"))
        if not said or re.search(r"(?:申请|拟|建议)[^,。;]{0,6}解除", said):
            agreed = re.match(r"同意", consent) if said else re.search(r"同意[^,。;]{0,6}解除", consent)
            return bool(agreed) and not _STAYS.search(consent)
        return bool(_LIFTED.search(said)) and not _STAYS.search(said)

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """A lifted warning: what it warned of, told above its measures and result, is over. What is told after them stands."""
        own = super().retold(events)
        if not self.lifted:
            return own
        until = min((place for name in ("result", "release") if (place := self._place(name))), default=(0, 0.0))
        words = str(self.get("release"))
        return [
            turned(event, Polarity.RESOLVED, words, "resolves", "paper.warning_lifted")
            if event.polarity is Polarity.ASSERTED and _place(event) < until
            else event
            for event in own
        ]

    def _place(self, name: str) -> tuple[int, float] | None:
        source = self.fields[name].source if name in self.fields else None
        return (source.page, source.box.y0) if isinstance(source, Printed) and source.box else None


def _place(event: RiskEvent) -> tuple[int, float]:
    box = event.evidence.box
    return event.evidence.page, box.y0 if box else 0.0
