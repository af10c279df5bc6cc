"""Post-loan inspection reports: what the bank's people saw at the borrower's, and what they concluded."""

from __future__ import annotations

from extract.families.bank_papers import LEADS, SECONDS, both_inspectors
from extract.families.figures import told_figures
from extract.grammar import Anchors, Reading
from extract.kinds import Choice, Count, Day, LooseMoney, Names, Ratio, Text, Token
from records.facts import Subject

CLASSES = {"正常": "正常", "关注": "关注", "次级": "次级", "可疑": "可疑", "损失": "损失"}
LEVELS = {"轻度": "轻度", "中度": "中度", "重度": "重度"}


class PostLoanInspection(Reading):
    """贷后检查报告 (documents.md §8.2)."""

    type_id = "post_loan_inspection"
    title = ("贷后检查报告", "Post-loan inspection report")
    recognised_by = Anchors(
        titles=(
            "贷后检查报告",
            "贷后检查表",
            "贷后管理检查",
            "日常检查报告",
            "定期检查报告",
            "全面检查报告",
            "专项检查报告",
            "贷后检查",
            "现场检查报告",
        ),
        issuers=("银行", "支行", "信用社"),
        words=(
            "客户名称",
            "检查日期",
            "检查人",
            "生产经营",
            "担保",
            "检查结论",
            "五级分类",
            "贷款用途",
            "风险预警",
            "借据",
        ),
        against=(
            "授信调查",
            "首次检查",
            "首次贷后",
            "首次跟踪",
            "押品检查",
            "押品贷后检查",
            "抵押物贷后检查",
            "贷前调查",
            "走访记录",
        ),
    )
    prose = True

    customer = Text(
        "客户名称",
        "借款人名称",
        "借款人",
        "借款企业",
        "借款单位",
        "被检查单位",
        "客户",
        "客户姓名",
        "借款人姓名",
        "企业名称",
        required=True,
    )
    loan_note_no = Token("借据号", "借据编号", "借据号码", "贷款借据号", required=True)
    contract_no = Token("合同号", "借款合同编号", "合同编号", "借款合同号", "贷款合同号", required=True)
    check_type = Text("检查类型", "检查方式", "检查种类", required=True)
    check_date = Day("检查日期", "检查时间", "检查日", required=True)
    inspectors = Names(
        "检查人", "检查人员", "检查人签字", "检查人(签字)", "经办人", "主办/协办", "检查人(双人)", required=True
    )
    balance = LooseMoney(
        "贷款余额", "授信余额", "当前余额", "余额", "本笔余额", "用信余额", "贷款余额合计", "借款余额", required=True
    )
    classification = Choice(
        "五级分类",
        "风险分类",
        "当前分类",
        "分类结果",
        "五级分类建议",
        "资产分类",
        "五级分类结果",
        "资产质量分类",
        "贷款分类",
        among=CLASSES,
        required=True,
    )
    _lead = Names(*LEADS)
    _second = Names(*SECONDS)
    conclusion = Text("检查结论", "结论", "综合结论", "检查意见", required=True)
    capacity_utilisation = Ratio("产能利用率")
    headcount = Count("员工人数", "在职员工", "职工人数", "从业人数")
    order_backlog = LooseMoney("在手订单", "在手订单金额", "订单金额")
    interviewee = Text("受访人", "接待人员", "访谈对象", "接待人")
    place = Text("检查地点", "地点")
    next_date = Day("下次检查日期", "下次检查时间", "下次检查")
    risk_level = Choice("风险程度", "预警等级", "风险等级", among=LEVELS)

    def complete(self) -> None:
        """Figures told in prose rather than in a box."""
        told_figures(self)
        both_inspectors(self)

    def about(self) -> Subject | None:
        name = self.get("customer")
        return Subject(name=name) if name else None
