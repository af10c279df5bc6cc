"""First inspections: whether the money went where the contract says, seen soon after the loan was paid out."""

from __future__ import annotations

from extract.families.bank_papers import LEADS, SECONDS, both_inspectors
from extract.forms.told import compiled, told
from extract.grammar import Anchors, Reading
from extract.kinds import Choice, Day, LooseMoney, Names, Text, Token, WrittenMoney, YesNo
from records.facts import Subject

#: Whether the use is as agreed, in whatever words it is asked; the answer stands right behind the question.
_ASKED = (
    r"用途(?=[^。;,:\n]{0,30}是否)[^。;,:\n]{0,30}?(?:一致|相符)[?]?:? ?"
    r"(?P<use_match>[□☐☑√■●✓]?(?:不?一致|不符|相符|是|否)[□☐☑√■●✓是否不一致符相]*|[□☐☑√■●✓][□☐☑√■●✓是否不一致符相]*)"
)
PAYMENTS = {"受托支付": "受托支付", "自主支付": "自主支付"}


class FirstInspection(Reading):
    """首次检查报告 (documents.md §8.1)."""

    type_id = "first_inspection"
    title = ("首次检查报告", "First inspection report")
    recognised_by = Anchors(
        titles=(
            "首次检查报告",
            "贷款用途检查表",
            "首次贷后检查",
            "贷款资金用途检查",
            "首次检查",
            "用途检查",
            "首次跟踪检查",
            "首次贷后跟踪",
            "贷后首次检查",
            "用途跟踪检查",
        ),
        issuers=("银行", "支行", "信用社"),
        words=(
            "放款日期",
            "发放日期",
            "放款金额",
            "约定用途",
            "实际用途",
            "资金流向",
            "支付方式",
            "检查人",
            "是否与约定用途一致",
            "交易对手",
        ),
        against=("授信调查", "贷前调查", "押品检查", "走访记录"),
    )
    prose = True

    customer = Text(
        "客户名称", "借款人名称", "借款人", "借款企业", "借款单位", "客户", "企业名称", "客户姓名", "借款人姓名", required=True
    )  # fmt: skip
    loan_note_no = Token("借据号", "借据编号", "借据号码", required=True)
    contract_no = Token("合同号", "借款合同编号", "合同编号", "借款合同号", required=True)
    check_date = Day("检查日期", "检查时间", "检查日", required=True)
    check_type = Text("检查类型", "检查方式", "检查种类", required=True)
    inspectors = Names("检查人", "检查人员", "检查人签字", "经办人", "检查人(双人)", required=True)
    balance = LooseMoney("贷款余额", "授信余额", "当前余额", "余额", required=True)
    _lead = Names(*LEADS)
    _second = Names(*SECONDS)
    conclusion = Text("检查结论", "结论", "综合结论", required=True)
    use_match = YesNo(
        "是否与约定用途一致",
        "用途是否一致",
        "资金用途是否与合同一致",
        "实际用途与约定是否一致",
        "是否与合同约定一致",
        "是否与约定一致",
        "用途是否与约定一致",
        "实际用途与约定用途是否一致",
        "实际用途与合同约定是否一致",
        "资金用途是否与约定一致",
        "贷款用途是否与合同一致",
        "资金用途是否一致",
        required=True,
    )
    drawdown_date = Day("放款日期", "发放日期", "贷款发放日", "放款日", "贷款发放日期", "出账日期")
    drawdown_amount = WrittenMoney("放款金额", "发放金额", "贷款金额", "贷款发放金额", "借款金额", "出账金额")
    agreed_use = Text("合同约定用途", "约定用途", "贷款用途", "借款用途", "合同用途", "约定资金用途")
    actual_use = Text("实际用途", "实际资金用途", "资金实际用途", "贷款实际用途")
    payment = Choice("支付方式", "资金支付方式", among=PAYMENTS)
    counterparty = Text("交易对手", "收款人", "交易对手名称", "受托支付对象")

    def complete(self) -> None:
        both_inspectors(self)
        if "use_match" not in self.fields:
            running = told(self.sheet)
            answers = (
                running.field(FirstInspection.use_match, found, self)
                for found in compiled(_ASKED).finditer(running.text)
            )
            if answer := next(filter(None, answers), None):
                self.fields["use_match"] = answer

    def about(self) -> Subject | None:
        name = self.get("customer")
        return Subject(name=name) if name else None
