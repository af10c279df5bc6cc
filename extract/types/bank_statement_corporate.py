"""Corporate bank statements: what a bank says happened on a company's account."""

from __future__ import annotations

from extract.grammar import Anchors
from extract.kinds import Digits
from extract.layout import Sheet
from extract.statements.dated_below import head_of
from extract.statements.holders import Holder
from extract.statements.lookalikes import card_bill, no_statement
from extract.statements.sections import sections_of
from extract.statements.statement import Statement
from extract.types.bank_statement_personal import holder_of, private


class CorporateStatement(Statement):
    """对公账户对账单 (documents.md §2.2). 借 is out and 贷 is in: the bank's point of view."""

    type_id = "bank_statement_corporate"
    title = ("对公账户对账单", "Corporate bank statement")
    recognised_by = Anchors(
        titles=(
            "账户明细清单",
            "企业存款对账单",
            "对账单",
            "账户明细",
            "活期存款明细账",
            "账务明细清单",
            "账户交易明细",
            "明细对账单",
            "单位账户对账单",
            "账户明细信息",
            "交易明细",
            "Statement Of Account",
            "Account statement",
            "综合结单",
            "账户结单",
        ),
        issuers=("银行", "农村信用", "信用社", "Bank", "HSBC"),
        words=(
            "借方发生额",
            "贷方发生额",
            "承前页",
            "有限公司",
            "单位",
            "转入金额",
            "转出金额",
            "借方合计",
            "贷方合计",
            "对方户名",
            "余额",
            "借方发生总额",
            "贷方发生总额",
            "付款人账号",
            "收款人账号",
        ),
        against=(
            "询证函",
            "余额对账单",
            "余额证明",
            "资信证明",
            "贴现凭证",
            "承兑汇票",
            "存款证明",
            "余额调节表",
            "日记账",
            "科目编码",
            "申报表",
            "上期读数",
            "上次示数",
            "缴费截止",
            "缴费基数",
            "电子回单",
            "电子回执",
            "账户明细编号",
            "微信支付",
            "支付宝",
            "财付通",
            "借记账户历史明细",
            "个人",
        ),
    )

    account_no = Digits(*Statement.account_no.labels, required=True)
    account_name = Holder(*Statement.account_name.labels, required=True)

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        if no_statement(sheet) or card_bill(sheet):
            return -12
        odd = head_of(sheet, cls.table_specs()["transactions"]) or sections_of(sheet)
        head = 4 if odd else 0  # as much as a head with its days and balances
        holder = holder_of(sheet)
        if holder is None:
            return head + (0 if private(sheet) else 2)
        return head + (4 if cls.company.search(holder) else -4)
