"""What every bank statement has: one account, one period, signed rows and a running balance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from extract import chain, rows, unsaid
from extract.columns import transactions_table
from extract.grammar import Bearing, Reading, identity, value_at
from extract.kinds import (
    Card,
    Count,
    Currency,
    Day,
    IdCard,
    Kind,
    LooseMoney,
    NotRead,
    Span,
    Text,
)
from records.facts import Check, Field, Outcome, Subject


class Statement(Reading):
    """One account, one period, one running balance."""

    account_name = Text(
        "户名",
        "账户名称",
        "客户名称",
        "客户姓名",
        "账户名",
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
        required=True,
    )
    bank_name = Text("银行名称", required=True)
    currency = Currency("币种", "币别", "货币", "账户币种", "Currency")
    id_no = IdCard("证件号码", "证件号", "身份证号", "身份证号码")
    opening_balance = LooseMoney(
        "期初余额",
        "承前余额",
        "上期余额",
        "起始余额",
        "账单期初余额",
        "承前页余额",
        "承前页",
        "上页余额",
        "期初结余",
        "Opening Balance",
        "Balance Brought Forward",
        "Previous Balance",
    )
    closing_balance = LooseMoney(
        "期末余额", "账单期末余额", "截止余额", "期末结余", "Closing Balance", "Balance Carried Forward", "New Balance"
    )
    total_in = LooseMoney(
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
        "收入合计金额",
        "Total Credits",
        "Total Paid In",
        "Payments In",
    )
    total_out = LooseMoney(
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
        "支出合计金额",
        "支取合计",
        "Total Debits",
        "Total Paid Out",
        "Payments Out",
    )
    count_in = Count("收入笔数", "贷方笔数", "贷方合计笔数", "贷方发生总笔数", "收入总笔数", "贷方总笔数")
    count_out = Count("支出笔数", "借方笔数", "借方合计笔数", "借方发生总笔数", "支出总笔数", "借方总笔数")
    _starts = Day("起始日期", "查询起日", "开始日期", "起始日", "起日", "查询开始日期", "查询起始日期")
    _ends = Day("结束日期", "截止日期", "查询止日", "终止日期", "截止日", "止日", "查询结束日期", "查询截止日期")
    _branch = Text("开户行", "开户机构", "开户网点", "开户银行", "经办行", "网点名称")
    transactions = transactions_table()

    company: ClassVar[re.Pattern[str]] = re.compile(
        r"公司|厂$|合作社|经营部|商行|事务所|中心$|集团|工作室|店$|Limited|Ltd|LLC|Inc", re.IGNORECASE
    )

    def about(self) -> Subject | None:
        name, id_no = self.get("account_name"), self.get("id_no")
        return Subject(name=name, id_no=id_no) if name or id_no else None

    # --- what follows from what was read -----------------------------------------------------------------------------

    def complete(self) -> None:
        unsaid.inline_counts(self)
        unsaid.name_the_bank(self)
        unsaid.bare_currency(self)
        rows.put_in_order(self)
        unsaid.join_period(self)
        unsaid.ends_of_the_chain(self)

    # --- identities --------------------------------------------------------------------------------------------------

    def more_checks(self) -> Iterator[Bearing]:
        entries = self.transactions
        accounts = rows.accounts_of(self)
        for members in accounts:
            order = chain.in_order(entries, members)
            opening = self.fields.get("opening_balance") if len(accounts) == 1 else None
            known = opening.value if opening is not None and isinstance(opening.value, Decimal) else None
            if "opening_balance" in self.derived:
                known = None  # computed from the first row: it cannot vouch for that row
            links = chain.links_of(entries, order, known)
            found = list(chain.bearings(entries, links))
            yield from found
            yield from self._follows(order, links, {path for bearing in found for path in bearing.proves})
            self.findings += chain.breaks(entries, links)
        yield from self._dates_inside()

    def settled(self, bearings: list[Bearing]) -> list[Bearing]:
        """Sums that fail only by what the singled-out amounts are off accuse nobody else."""
        broken = [b for b in bearings if b.check.identity == "row_chain" and b.check.state is Outcome.FAILS]
        single = [b for b in broken if len(b.accuses) == 1 and b.accuses[0].endswith(".amount")]
        if not single or len(single) != len(broken):
            return bearings
        gaps = [(_figure(b.check.printed) - _figure(b.check.computed), value_at(self, b.accuses[0])) for b in single]
        off = {
            "rows_add_up": sum((gap for gap, _ in gaps), Decimal(0)),
            "credits_add_up": sum((gap for gap, cell in gaps if cell and _money(cell) > 0), Decimal(0)),
            "debits_add_up": sum((-gap for gap, cell in gaps if cell and _money(cell) < 0), Decimal(0)),
        }
        return [replace(b, accuses=()) if _explained(b.check, off) else b for b in bearings]

    def _follows(self, order: list[int], links: list[chain.Link], proved: set[str]) -> Iterator[Bearing]:
        """What the chain passes on: a closing balance that only its last row prints, a first amount that a total settles."""
        last, first = f"transactions[{order[-1]}].balance", f"transactions[{order[0]}].amount"
        if "closing_balance" in self.derived and last in proved:
            yield Bearing(Check("row_chain", Outcome.HOLDS, chain.SAYS, where="last row"), proves=("closing_balance",))
        amount = chain.amount_of(self.transactions[order[0]], "amount")
        others = {f"transactions[{number}].amount" for number in order[1:]}
        if first in proved or amount is None or not links or not others <= proved:
            return
        # every other term of the sum is proved by the chain: it settles this one, or puts it in doubt together with the total
        side = Statement.credits_add_up if amount > 0 else Statement.debits_add_up
        bearing = side.hold_against(self)
        paths = (first, "opening_balance") if "opening_balance" in self.derived else (first,)
        if bearing.check.state is Outcome.HOLDS:
            yield replace(bearing, proves=paths)
        elif bearing.check.state is Outcome.FAILS:
            yield replace(bearing, accuses=(*bearing.accuses, *paths))

    def _dates_inside(self) -> Iterator[Bearing]:
        period = self.covers()
        printed_period = self.fields.get("period")
        if period is None or printed_period is None or not self.transactions:
            return
        outside = [n for n, row in enumerate(self.transactions) if not period.start <= row["date"].value <= period.end]  # type: ignore[operator]
        state = Outcome.FAILS if outside else Outcome.HOLDS
        where = f"rows {chain.spans(outside)}" if outside else None
        yield Bearing(Check("dates_in_period", state, "每一行的日期都在起止日期之内", where=where, values=("period",)))

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
        if len(rows.accounts_of(self)) != 1:
            raise NotRead("单一账户")
        amounts = [chain.amount_of(row, "amount") for row in self.transactions]
        if not amounts or any(amount is None for amount in amounts):
            raise NotRead("金额")
        return [amount for amount in amounts if amount is not None]


def _figure(text: str | None) -> Decimal:
    return Decimal(text or "0")


def _money(cell: Field) -> Decimal:
    return cell.value if isinstance(cell.value, Decimal) else Decimal(0)


def _explained(check: Check, off: dict[str, Decimal]) -> bool:
    """Whether a sum that fails would hold if the singled-out amounts were what the balances say."""
    if check.state is not Outcome.FAILS or check.identity not in off:
        return False
    return _figure(check.computed) + off[check.identity] == _figure(check.printed)
