"""Entrusted payments: the bank is told to pay the money of a loan straight to whom it was borrowed for."""

from __future__ import annotations

from datetime import date as _day

from extract.families.loan_papers import LoanNo, LoanPaper, LoanSum
from extract.grammar import Anchors
from extract.kinds import Day, Digits, MoneyInWords, Text
from records.facts import Period


class EntrustedPayment(LoanPaper):
    """受托支付委托书、提款申请书、支付凭证 (documents.md §7.3)."""

    type_id = "entrusted_payment"
    title = ("受托支付凭证", "Entrusted payment")
    recognised_by = Anchors(
        titles=(
            "受托支付委托书", "受托支付通知书", "受托支付申请书", "受托支付凭证", "贷款受托支付", "委托支付", "提款申请书",
            "提款通知书", "支付委托书", "受托支付", "放款支付通知单", "Entrusted payment", "Drawdown request",
        ),
        issuers=("银行", "信用社", "农商", "Bank"),
        words=("借据号", "借据编号", "借款合同", "受托支付", "贷款资金", "交易对手", "购销合同", "支付对象", "借款人"),
        against=(
            "电子回单", "回执", "交易流水号", "验证码", "业务回单", "检查报告", "检查表", "对账单", "交易明细", "还款计划",
            "签报", "会议纪要", "工资", "催收",
        ),
    )  # fmt: skip

    loan_note_no = LoanNo(*LoanPaper.loan_note_no.labels, required=True)
    payee = Text(
        "收款人名称", "收款人户名", "收款人全称", "收款单位", "收款人", "支付对象名称", "支付对象", "交易对手", "交易对手名称",
        "收款方名称", "收款方", "Payee", required=True,
    )  # fmt: skip
    payee_account = Digits(
        "收款人账号", "收款账号", "收款方账号", "支付对象账号", "交易对手账号", "账号", "Payee account", required=True
    )
    payee_bank = Text("收款人开户行", "收款人开户银行", "收款方开户行", "开户行", "开户银行", "Payee bank")
    amount_num = LoanSum(*LoanPaper.amount_num.labels, required=True)
    amount_cn = MoneyInWords(*LoanPaper.amount_cn.labels, required=True)
    purpose = Text("支付用途", "资金用途", "贷款用途", "借款用途", "用途", "Purpose", required=True)
    date = Day(
        "支付日期",
        "申请日期",
        "委托日期",
        "提款日期",
        "放款日期",
        "日期",
        "填写日期",
        "Payment date",
        "Date",
        required=True,
    )

    def covers(self) -> Period | None:
        day = self.get("date")
        return Period(day, day) if isinstance(day, _day) else None
