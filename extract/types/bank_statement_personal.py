"""Personal bank statements: what a bank says happened on a person's account."""

from __future__ import annotations

from extract.fields import field_in_head
from extract.grammar import Anchors
from extract.layout import Sheet
from extract.statement import Statement


class PersonalStatement(Statement):
    """个人银行交易流水 (documents.md §2.1)."""

    type_id = "bank_statement_personal"
    title = ("个人银行流水", "Personal bank statement")
    recognised_by = Anchors(
        titles=(
            "历史明细", "交易明细", "交易流水", "交易清单", "活期账户", "流水明细", "个人账户对账单", "卡明细信息", "账户明细信息",
            "Transaction Statement", "Personal Account Details", "Current Account Statement", "Your Statement",
        ),
        issuers=("银行", "农村信用", "信用社", "Bank", "HSBC"),
        words=("余额", "户名", "起止日期", "交易摘要", "借记", "个人客户", "工资", "ATM", "Balance", "Paid in", "Paid out", "Sort code"),
        against=(
            "最低还款额", "账单日", "信用卡", "贷记卡", "付款凭证", "电子回单", "存款证明", "还款计划", "企业", "单位账户", "对公",
            "日记账", "完税证明", "微信支付", "支付宝", "财付通",
        ),
    )  # fmt: skip

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        holder = holder_of(sheet)
        if holder is None:
            return 0
        return -4 if cls.company.search(holder) else 3


def holder_of(sheet: Sheet) -> str | None:
    """Who holds the account, as far as one look at the head of the paper tells."""
    holder = field_in_head(sheet, Statement.account_name)
    return str(holder.value) if holder else None
