"""What every bank statement has: one account, one period, signed rows and a running balance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from extract.grammar import Bearing, Reading, Weigh, identity
from extract.kinds import (
    Card,
    Count,
    Currency,
    Day,
    IdCard,
    Kind,
    NotRead,
    Span,
    Text,
)
from extract.statements import chain, interest, rows, unsaid
from extract.statements.accounts import Account, accounts, remarks
from extract.statements.carried import carried
from extract.statements.columns import transactions_table
from extract.statements.ledger import LedgerSum, settle_days
from extract.statements.numbering import numbering
from extract.statements.suspect import contradictions
from extract.statements.units import settle_unit
from extract.statements.weighing import Weighing, closing_meets, dates_inside
from records.facts import Finding, Sign, Subject


class Statement(Reading):
    """One account, one period, one running balance."""

    account_name = Text(
        "户名",
        "账户名称",
        "客户名称",
        "客户姓名",
        "账户名",
        "账户户名",
        "账户姓名",
        "客户户名",
        "存款人名称",
        "持卡人姓名",
        "Account Holder",
        "本方户名",
        "单位名称",
        "姓名",
        "Account Name",
        "Customer Name",
        "Name",
        required=True,
    )
    account_no: Kind[str] = Card(
        "账号",
        "卡号",
        "账户",
        "客户账号",
        "借记卡号",
        "账号/卡号",
        "卡号/账号",
        "本方账号",
        "账户账号",
        "账(卡)号",
        "查询账号",
        "单位账号",
        "对公账号",
        "账(卡)号码",
        "账户号码",
        "Account No",
        "Account No.",
        "Account Number",
        "A/C No.",
        required=True,
    )
    period = Span(
        "起止日期",
        "查询时间范围",
        "对账期间",
        "查询期间",
        "起止时间",
        "交易起止日期",
        "查询日期",
        "时间段",
        "账单期间",
        "查询时间段",
        "交易时间段",
        "对账日期",
        "时间范围",
        "日期范围",
        "查询起止",
        "交易期间",
        "交易区间",
        "查询区间",
        "申请时间范围",
        "账单周期",
        "起止时间段",
        "交易日期范围",
        "明细期间",
        "Period",
        "Statement Period",
        "Statement date range",
        "Period covered",
        required=True,
    )
    bank_name = Text("银行名称", required=True)
    currency = Currency("币种", "币别", "货币", "账户币种", "Currency")
    id_no = IdCard("证件号码", "证件号", "身份证号", "身份证号码")
    opening_balance = LedgerSum(
        "期初余额",
        "承前余额",
        "上期余额",
        "起始余额",
        "账单期初余额",
        "承前页余额",
        "承前页",
        "上页余额",
        "期初结余",
        "承前结余",
        "本期期初余额",
        "Balance B/F",
        "B/F Balance",
        "Opening Ledger Balance",
        "Opening Balance",
        "Balance Brought Forward",
        "Previous Balance",
        "Balance brought forward",
        "Start balance",
        "Balance at start",
        "Beginning balance",
    )
    closing_balance = LedgerSum(
        "期末余额",
        "账单期末余额",
        "截止余额",
        "期末结余",
        "本期余额",
        "本期期末余额",
        "Closing Ledger Balance",
        "Closing Balance",
        "Balance Carried Forward",
        "New Balance",
        "End balance",
        "Ending balance",
        "Balance at end",
    )
    total_in = LedgerSum(
        "收入合计",
        "总收入",
        "贷方合计",
        "存入合计",
        "贷方发生额合计",
        "收入总额",
        "贷方发生总额",
        "收入总金额",
        "贷方总额",
        "贷方累计",
        "合计收入",
        "贷方合计金额",
        "本期存入合计",
        "本期收入合计",
        "本期贷方合计",
        "本期贷方发生额",
        "存入总额",
        "存入总金额",
        "收入合计金额",
        "Total Credits",
        "Total Paid In",
        "Payments In",
        "Money in",
        "Total money in",
        "Total deposits",
        "Total receipts",
    )
    total_out = LedgerSum(
        "支出合计",
        "总支出",
        "借方合计",
        "借方发生额合计",
        "支出总额",
        "借方发生总额",
        "支出总金额",
        "借方总额",
        "借方累计",
        "合计支出",
        "借方合计金额",
        "本期支取合计",
        "本期支出合计",
        "本期借方合计",
        "本期借方发生额",
        "支取总额",
        "支取总金额",
        "支出合计金额",
        "支取合计",
        "Total Debits",
        "Total Paid Out",
        "Payments Out",
        "Money out",
        "Total money out",
        "Total withdrawals",
        "Total payments",
    )
    count_in = Count("收入笔数", "贷方笔数", "贷方合计笔数", "贷方发生总笔数", "收入总笔数", "贷方总笔数")
    count_out = Count("支出笔数", "借方笔数", "借方合计笔数", "借方发生总笔数", "支出总笔数", "借方总笔数")
    _starts = Day("起始日期", "查询起日", "开始日期", "起始日", "起日", "查询开始日期", "查询起始日期")
    _ends = Day("结束日期", "截止日期", "查询止日", "终止日期", "截止日", "止日", "查询结束日期", "查询截止日期")
    _sort_code = Text("Sort code", "Sortcode", "Sort-code")
    _iban = Text("International Bank Account Number", "IBAN", "国际银行账号")
    _sheet_no = Text("Sheet Number", "Sheet No", "Page Number")
    _branch_code = Text("Branch Identifier Code", "BIC", "SWIFT")
    _overdraft = Text("Arranged Overdraft Limit", "Overdraft Limit")
    _branch = Text("开户行", "开户机构", "开户网点", "开户银行", "经办行", "网点名称")
    transactions = transactions_table()

    books: list[Account]  #: the accounts as last looked through

    linear = True

    company: ClassVar[re.Pattern[str]] = re.compile(
        r"公司|厂(?:$|[(（])|合作社|合伙|经营部|门市部|商行|事务所|中心$|集团|工作室|店$|Limited|Ltd|LLC|Inc",
        re.IGNORECASE,
    )

    def about(self) -> Subject | None:
        name, id_no = self.get("account_name"), self.get("id_no")
        return Subject(name=name, id_no=id_no) if name or id_no else None

    # --- what follows from what was read -----------------------------------------------------------------------------

    def complete(self) -> None:
        unsaid.inline_counts(self)
        unsaid.name_the_bank(self)
        unsaid.bare_currency(self)
        settle_days(self)
        settle_unit(self)
        rows.put_in_order(self)
        unsaid.totals_of_the_columns(self)
        unsaid.join_period(self)
        unsaid.ends_of_the_chain(self)

    # --- identities --------------------------------------------------------------------------------------------------

    def look_through(self) -> None:
        self.books = accounts(self)

    def more_checks(self) -> Iterator[Bearing]:
        for account in self.books:
            yield from chain.bearings(self.transactions, account.links)
        yield from closing_meets(self, self.books)
        yield from (bearing for bearing, _ in carried(self, self.books))
        yield from dates_inside(self)
        if len(self.books) == 1 and all(link.holds for link in self.books[0].links):
            for check in interest.checks(self.transactions, self.books[0].order.rows, self.covers()):
                yield Bearing(check)

    def remarks(self) -> Iterator[Finding]:
        for account in self.books:
            yield from remarks(self.transactions, account)
        without = [number for number, row in enumerate(self.transactions) if "amount" not in row]
        if without:
            says = f"第 {chain.spans(without)} 行没有读到金额。"
            yield Finding("amount_missing", says, self.sheet.first_page)
        yield from numbering(self.sheet)

    def signs(self) -> Iterator[Sign]:
        yield from contradictions(self, self.books)

    def settled(self, bearings: list[Bearing], weighed: Weigh) -> list[Bearing]:
        return Weighing(self, self.books).settled(bearings)

    @identity(
        "期初余额 + 收入合计 − 支出合计 = 期末余额",
        proves=("opening_balance", "total_in", "total_out", "closing_balance"),
    )
    def adds_up(self) -> tuple[Decimal, Decimal]:
        opening, closing = self.printed_value("opening_balance"), self.printed_value("closing_balance")
        return opening + self.total_in - abs(self.total_out), closing

    @identity("期初余额 + Σ金额 = 期末余额", proves=("opening_balance", "closing_balance"))
    def rows_add_up(self) -> tuple[Decimal, Decimal]:
        opening, closing = self.printed_value("opening_balance"), self.printed_value("closing_balance")
        return opening + sum(self._amounts(), Decimal(0)), closing

    @identity("Σ收入 = 收入合计", proves=("total_in",))
    def credits_add_up(self) -> tuple[Decimal, Decimal]:
        return sum((a for a in self._amounts() if a > 0), Decimal(0)), self.total_in

    @identity("Σ支出 = 支出合计", proves=("total_out",))
    def debits_add_up(self) -> tuple[Decimal, Decimal]:
        return sum((-a for a in self._amounts() if a < 0), Decimal(0)), abs(self.total_out)

    @identity("收入笔数 = 收入的行数", proves=("count_in",))
    def credits_counted(self) -> tuple[str, str]:
        return str(sum(a > 0 for a in self._amounts())), self.count_in

    @identity("支出笔数 = 支出的行数", proves=("count_out",))
    def debits_counted(self) -> tuple[str, str]:
        return str(sum(a < 0 for a in self._amounts())), self.count_out

    def _amounts(self) -> list[Decimal]:
        if len(self.books) != 1:
            raise NotRead("单一账户")
        amounts = [chain.amount_of(self.transactions[number], "amount") for number in self.books[0].counted()]
        if not amounts or any(amount is None for amount in amounts):
            raise NotRead("金额")
        return [amount for amount in amounts if amount is not None]
