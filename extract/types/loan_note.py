"""Loan notes: one drawing under a contract, how much, from when to when, at what rate."""

from __future__ import annotations

from datetime import date

from extract.families.loan_papers import LoanNo, LoanPaper, LoanSum, Party, Rate
from extract.grammar import Anchors
from extract.kinds import Day, MoneyInWords, Text
from records.facts import Finding, Period


class LoanNote(LoanPaper):
    """借款借据、借款凭证 (documents.md §7.2)."""

    type_id = "loan_note"
    title = ("借据", "Loan note")
    recognised_by = Anchors(
        titles=("借款借据", "贷款借据", "借款凭证", "贷款凭证", "借据", "放款凭证", "贷款发放凭证", "贷款放款通知书",
                "Loan note"),
        issuers=("银行", "信用社", "农商", "Bank"),
        words=(
            "借据编号", "借据号", "借款人", "贷款人", "放款日", "到期日", "年利率", "执行利率", "借款用途", "还款方式",
            "入账账号", "借款金额", "合同编号",
        ),
        against=(
            "还款计划", "结清证明", "委托书", "检查报告", "检查表", "催收", "对账单", "交易明细", "展期", "保证合同", "抵押合同",
            "电子回单", "签报", "五级分类", "预警", "受托支付申请", "受托支付委托", "受托支付通知", "提款申请",
        ),
    )  # fmt: skip

    loan_note_no = LoanNo(*LoanPaper.loan_note_no.labels, "编号", "No.", required=True)
    contract_no = LoanNo(*LoanPaper.contract_no.labels, required=True)
    borrower = Party(*LoanPaper.borrower.labels, required=True)
    amount_num = LoanSum(*LoanPaper.amount_num.labels, required=True)
    amount_cn = MoneyInWords(*LoanPaper.amount_cn.labels, required=True)
    start = Day(
        "放款日期", "放款日", "借款日期", "贷款日期", "发放日期", "借款起始日", "起始日期", "起息日", "贷款发放日", "借款日",
        "实际放款日", "Drawdown date", "Start date", required=True,
    )  # fmt: skip
    end = Day(
        "到期日期",
        "到期日",
        "借款到期日",
        "贷款到期日",
        "还款日期",
        "约定还款日期",
        "终止日期",
        "Maturity date",
        required=True,
    )
    rate = Rate(
        "执行年利率", "年利率", "执行利率", "利率", "借款利率", "贷款利率", "利率(年)", "Interest rate", required=True
    )
    purpose = Text("借款用途", "贷款用途", "用途", "资金用途", "Purpose")
    repay_method = Text("还款方式", "还本付息方式", "还款方法", "Repayment")

    def covers(self) -> Period | None:
        start, end = self.get("start"), self.get("end")
        return Period(start, end) if isinstance(start, date) and isinstance(end, date) and start <= end else None

    def complete(self) -> None:
        super().complete()
        start, end = self.get("start"), self.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            says = f"到期日 {end} 早于放款日 {start}。"
            self.findings.append(Finding("days_reversed", says, self.sheet.first_page))
