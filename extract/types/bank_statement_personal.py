"""Personal bank statements: what a bank says happened on a person's account."""

from __future__ import annotations

from collections import Counter

from extract.forms.fields import field_in_head
from extract.grammar import Anchors
from extract.layout import Sheet, folded
from extract.statements.dated_below import head_of
from extract.statements.holders import PERSON, addressee
from extract.statements.lookalikes import card_bill, no_statement
from extract.statements.sections import sections_of
from extract.statements.statement import Statement
from records.document import Line


class PersonalStatement(Statement):
    """个人银行交易流水 (documents.md §2.1)."""

    type_id = "bank_statement_personal"
    title = ("个人银行流水", "Personal bank statement")
    recognised_by = Anchors(
        titles=(
            "历史明细",
            "交易明细",
            "交易流水",
            "交易清单",
            "活期账户",
            "流水明细",
            "个人账户对账单",
            "卡明细信息",
            "账户历史明细",
            "账户明细",
            "Account statement",
            "Checking summary",
            "账户明细信息",
            "明细查询文件下载",
            "Transaction Statement",
            "Personal Account Details",
            "Current Account Statement",
            "Your Statement",
        ),
        issuers=("银行", "农村信用", "信用社", "Bank", "HSBC"),
        words=(
            "余额",
            "户名",
            "起止日期",
            "交易摘要",
            "借记",
            "个人客户",
            "工资",
            "ATM",
            "Balance",
            "Paid in",
            "Paid out",
            "Sort code",
        ),
        against=(
            "最低还款额",
            "账单日",
            "信用卡",
            "贷记卡",
            "付款凭证",
            "电子回单",
            "存款证明",
            "还款计划",
            "企业",
            "单位账户",
            "对公",
            "日记账",
            "完税证明",
            "微信支付",
            "支付宝",
            "财付通",
        ),
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        if no_statement(sheet) or card_bill(sheet):
            return -12
        odd = head_of(sheet, cls.table_specs()["transactions"]) or sections_of(sheet)
        head = 4 if odd else 0  # as much as a head with its days and balances
        holder = holder_of(sheet)
        if holder is None:
            return head + (2 if private(sheet) else 0)
        return head + (-4 if cls.company.search(holder) else 3)


def holder_of(sheet: Sheet) -> str | None:
    """Who holds the account, as far as one look at the head of the paper tells."""
    holder = field_in_head(sheet, Statement.account_name)
    said = holder is not None and any(character.isalpha() for character in str(holder.value))
    return str(holder.value) if holder is not None and said else _in_every_row(sheet) or _addressed_to(sheet)


def _addressed_to(sheet: Sheet) -> str | None:
    """The company or the person to whom a statement is addressed, where no label names the holder."""
    found = addressee(sheet)
    return Line(tuple(found[0])).text if found else None


def _in_every_row(sheet: Sheet) -> str | None:
    """The company that every row of an export names, as payer or as payee: it can only be the holder."""
    rows = [
        {folded(word.text) for word in strip.words} for strip in sheet.strips if strip.cells and len(strip.words) > 6
    ]
    named = Counter(text for row in rows for text in row if Statement.company.search(text))
    text, count = max(named.items(), key=lambda item: item[1], default=("", 0))
    return text if len(rows) > 3 and count >= len(rows) - 1 else None


#: What only people's accounts show, and what only companies' do: for exports that do not say whose they are.
PRIVATE = (
    "工资",
    "代发",
    "ATM",
    "消费",
    "微信支付",
    "财付通",
    "支付宝",
    "利息税",
    "快捷支付",
    "信用卡",
    "零钱",
    "Salary",
    "CardPayment",
    "CardPurchase",
    "Groceries",
    "Checking",
    "ContactlessPayment",
    "Gym",
    "Netflix",
)
BUSINESS = (
    "货款",
    "采购款",
    "往来款",
    "缴税",
    "实时扣税",
    "承兑",
    "对公",
    "工程款",
    "回单",
    "电汇",
    "销售回款",
    "Payroll",
    "Invoice",
    "Supplier",
    "VATPayment",
    "CustomsDuty",
    "TradeFinance",
)


def private(sheet: Sheet) -> bool:
    """Whether the paper is addressed to a person, or its movements look like a person's rather than a company's."""
    if any(PERSON.match(strip.text) for strip in sheet.strips[:15]):
        return True
    text = sheet.squeezed().lower()
    return sum(word.lower() in text for word in PRIVATE) > sum(word.lower() in text for word in BUSINESS)
