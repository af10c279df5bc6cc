"""What every bank statement has: one account, one period, signed rows and a running balance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, TypeVar

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
from extract.statements import chain, dated_below, holders, interest, labels, rows, sections, unsaid
from extract.statements.accounts import Account, accounts, remarks
from extract.statements.carried import carried, carried_over
from extract.statements.columns import transactions_table
from extract.statements.holders import Holder
from extract.statements.ledger import LedgerSum, settle_days
from extract.statements.numbering import lacking, numbering
from extract.statements.suspect import contradictions
from extract.statements.units import settle_unit
from extract.statements.weighing import Weighing, closing_meets, dates_inside
from records.facts import Finding, Sign, State, Subject

V = TypeVar("V")


class Statement(Reading):
    """One account, one period, one running balance."""

    account_name = Holder(*labels.HOLDER, required=True)
    account_no: Kind[str] = Card(*labels.ACCOUNT, required=True)
    period = Span(*labels.PERIOD, required=True)
    bank_name = Text("银行名称", required=True)
    currency = Currency("币种", "币别", "货币", "账户币种", "Currency")
    id_no = IdCard("证件号码", "证件号", "身份证号", "身份证号码")
    opening_balance = LedgerSum(*labels.OPENING)
    closing_balance = LedgerSum(*labels.CLOSING)
    total_in = LedgerSum(*labels.TOTAL_IN)
    total_out = LedgerSum(*labels.TOTAL_OUT)
    count_in = Count(*labels.COUNT_IN)
    count_out = Count(*labels.COUNT_OUT)
    _starts = Day(*labels.STARTS)
    _ends = Day(*labels.ENDS)
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
        r"公司|厂(?:$|[(（])|合作社|合伙|经营部|门市部|商行|事务所|中心$|集团|工作室|店$"
        r"|Limited|\bLtd\b|\bLLC\b|\bInc\b|\bPLC\b|\bLLP\b|\bCorp\b|\bGmbH\b|\bSARL\b|\bS\.?A\.?S?\b|\bB\.?V\.?\b|\bPty\b|\bPte\b",
        re.IGNORECASE,
    )

    def about(self) -> Subject | None:
        name, id_no = self.get("account_name"), self.get("id_no")
        return Subject(name=name, id_no=id_no) if name or id_no else None

    # --- what follows from what was read -----------------------------------------------------------------------------

    def complete(self) -> None:
        if not self.transactions:
            below = dated_below.rows_of(self, self.table_specs()["transactions"])
            self.tables["transactions"] = below or sections.rows_in_sections(self)
        unsaid.inline_counts(self)
        unsaid.name_the_bank(self)
        holders.name_the_holder(self)
        unsaid.currencies_of_the_rows(self)
        unsaid.bare_currency(self)
        settle_days(self)
        settle_unit(self)
        rows.put_in_order(self)
        unsaid.totals_of_the_columns(self)
        unsaid.join_period(self)
        carried_over(self)
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
        self._doubt_the_first_amount()
        without = [number for number, row in enumerate(self.transactions) if "amount" not in row]
        if without:
            says = f"第 {chain.spans(without)} 行没有读到金额。"
            yield Finding("amount_missing", says, self.sheet.first_page)
        yield from numbering(self.sheet)

    def _doubt_the_first_amount(self) -> None:
        """An opening balance that does not lead to the first row leaves its amount in doubt, whichever of the two is accused."""
        for account in self.books:
            link = next(iter(account.links), None)
            if link is not None and link.before is None and not link.holds:
                for number in link.rows:
                    row = self.transactions[number]
                    row["amount"] = replace(row["amount"], state=State.LOW_CONFIDENCE)

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
        return self._complete(opening + sum(self._amounts(), Decimal(0)), closing)

    @identity("Σ收入 = 收入合计", proves=("total_in",))
    def credits_add_up(self) -> tuple[Decimal, Decimal]:
        return self._complete(sum((a for a in self._amounts() if a > 0), Decimal(0)), self.total_in)

    @identity("Σ支出 = 支出合计", proves=("total_out",))
    def debits_add_up(self) -> tuple[Decimal, Decimal]:
        return self._complete(sum((-a for a in self._amounts() if a < 0), Decimal(0)), abs(self.total_out))

    @identity("收入笔数 = 收入的行数", proves=("count_in",))
    def credits_counted(self) -> tuple[str, str]:
        return self._complete(str(sum(a > 0 for a in self._amounts())), self.count_in)

    @identity("支出笔数 = 支出的行数", proves=("count_out",))
    def debits_counted(self) -> tuple[str, str]:
        return self._complete(str(sum(a < 0 for a in self._amounts())), self.count_out)

    def _complete(self, computed: V, printed: V) -> tuple[V, V]:
        """Both sides of a sum over all rows; one that does not hold tells nothing while pages are not there."""
        missing, _ = lacking(self.sheet)
        if missing and computed != printed:
            raise NotRead(f"第 {'、'.join(map(str, missing))} 页")
        return computed, printed

    def _amounts(self) -> list[Decimal]:
        if len(self.books) != 1:
            raise NotRead("单一账户")
        amounts = [chain.amount_of(self.transactions[number], "amount") for number in self.books[0].counted()]
        if not amounts or any(amount is None for amount in amounts):
            raise NotRead("金额")
        return [amount for amount in amounts if amount is not None]
