"""What every bank statement has: one account, one period, signed rows and a running balance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from extract import chain
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
from extract.layout import printed, squeezed
from records.document import around
from records.facts import Check, Field, Finding, Outcome, Period, Printed, State, Subject
from records.values import days
from records.values.text import fold

OUT = re.compile(r"^(?:借|d|dr|debit|支|支出|付|付出|出|往账|转出|取|-)", re.IGNORECASE)
IN = re.compile(r"^(?:贷|c|cr|credit|收|收入|入|来账|转入|存|\+)", re.IGNORECASE)
BANK = re.compile(r"[\u4e00-\u9fa5]{2,12}?(?:银行|信用合作联社|信用联社|信用社)(?:股份有限公司)?")
BANK_EN = re.compile(
    r"\b(?:[A-Z][A-Za-z&.']+ ){0,4}(?:Bank|HSBC|Barclays|Lloyds|NatWest)(?: [A-Z][A-Za-z]+)?(?: plc| PLC| Limited| Ltd)?\b"
)
NOT_A_BANK = re.compile(r"^(?:开户|对方|本方|收款|付款|欢迎使用|经办|发卡|请到|网上|手机|电子|个人)+")


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
        self._inline_counts()
        self._name_the_bank()
        self._bare_currency()
        self._times()
        self._parties()
        self._sign()
        self._join_period()
        self._ends_of_the_chain()

    def _inline_counts(self) -> None:
        """借方合计 370,235.91 3笔: the count stands behind the sum."""
        for total, count in (("total_in", "count_in"), ("total_out", "count_out")):
            if total not in self.fields or count in self.fields:
                continue
            source = self.fields[total].source
            assert isinstance(source, Printed)
            for strip in self.sheet.by_page[source.page]:
                if source.box is None or not strip.box.y0 <= source.box.middle[1] <= strip.box.y1:
                    continue
                behind = " ".join(fold(w.text) for w in strip.words if w.box.x1 > source.box.x0)
                found = re.match(r"^\D*[\d,]+\.\d\d\D{0,3}?\s*(?:共|/)?\s*(\d+)\s*笔", behind)
                if found:
                    self.fields[count] = Field(count, found.group(1), replace(source, raw=found.group().strip()))

    def _name_the_bank(self) -> None:
        for strip in self.sheet.strips[:15]:
            if (strip.page, strip.number) in self.taken:
                break
            found = BANK.search(squeezed(strip.text)) or BANK_EN.search(strip.text)
            if found:
                name = NOT_A_BANK.sub("", found.group())
                if len(name) < 4:
                    continue
                source = Printed(
                    strip.page, strip.box, strip.text, min(w.confidence for w in strip.words), strip.words[0].cell
                )
                self.fields["bank_name"] = Field("bank_name", name, source)
                return

    def _bare_currency(self) -> None:
        """人民币 somewhere above the table, without a label."""
        for strip in self.sheet.strips[:12]:
            for word in strip.words:
                if "currency" not in self.fields and word.text.strip("()（）") in ("人民币", "RMB", "CNY"):
                    self.fields["currency"] = Field("currency", "CNY", printed([word], strip.page))

    def _times(self) -> None:
        """A date cell that also holds the time of day."""
        for row in self.transactions:
            source = row["date"].source
            if "time" not in row and isinstance(source, Printed):
                clock = re.search(r"\d{1,2}:\d{2}(?::\d{2})?", fold(source.raw))
                value = days.clock(clock.group()) if clock else None
                if value is not None:
                    row["time"] = Field("time", value, source, row["date"].state)

    def _parties(self) -> None:
        """对方账号与户名 in one cell: 账号/户名, either way round."""
        for row in self.transactions:
            name = row.get("counterparty_name")
            if name is None or "counterparty_account" in row:
                continue
            text = str(name.value)
            if re.fullmatch(r"[\d*]{8,32}", text):  # the bank had only the number
                row["counterparty_account"] = replace(row.pop("counterparty_name"), name="counterparty_account")
                continue
            found = re.match(
                r"^(?P<no>[\d*]{6,32})\s*/?\s*(?P<name>\D.*)$|^(?P<name2>.*?\D)\s*/?\s*(?P<no2>[\d*]{8,32})$", text
            )
            if not found:
                continue
            account, rest = found["no"] or found["no2"], (found["name"] or found["name2"] or "").strip(" /")
            if account and rest:
                row["counterparty_account"] = replace(name, name="counterparty_account", value=account)
                row["counterparty_name"] = replace(name, value=rest)

    def _sign(self) -> None:
        """Give every row one signed amount: in +, out −, from two columns, a flag, a sign, or the chain."""
        rows = self.transactions
        for row in rows:
            self._from_columns(row)
        unsigned = [row for row in rows if "amount" in row and not self._has_sign(row)]
        printed_signs = any(
            amount is not None and amount < 0 for amount in (chain.amount_of(row, "amount") for row in rows)
        )
        if unsigned and not printed_signs:
            self._sign_by_chain()

    def _from_columns(self, row: dict[str, Field]) -> None:
        came, went = chain.amount_of(row, "_in"), chain.amount_of(row, "_out")
        if "amount" not in row or (came is not None or went is not None):
            if came and went:
                self.findings.append(Finding("both_sides", "一行的收入与支出同时有金额，取两者之差。", _page_of(row)))
                row["amount"] = replace(row["_in"], name="amount", value=came - went, state=State.LOW_CONFIDENCE)
            elif went:
                row["amount"] = replace(row["_out"], name="amount", value=-went)
            elif came is not None or went is not None:
                side = "_in" if came is not None and (came or went is None) else "_out"
                row["amount"] = replace(row[side], name="amount")
            return
        flag = row.get("_direction")
        if flag is not None:
            amount = chain.amount_of(row, "amount")
            assert amount is not None
            if OUT.match(str(flag.value)) and amount > 0:
                row["amount"] = replace(row["amount"], value=-amount)

    def _has_sign(self, row: dict[str, Field]) -> bool:
        source = row["amount"].source
        raw = fold(source.raw) if isinstance(source, Printed) else ""
        flag = row.get("_direction")
        known = flag is not None and bool(OUT.match(str(flag.value)) or IN.match(str(flag.value)))
        return known or "_in" in row or "_out" in row or any(mark in raw for mark in "+-(")

    def _sign_by_chain(self) -> None:
        """Amounts printed without any sign: the balances say which way the money went."""
        rows = self.transactions
        for members in self._accounts():
            for order in (members, list(reversed(members))):
                signed = _signs(rows, order)
                if signed is not None:
                    for number, amount in signed.items():
                        row = rows[number]
                        row["amount"] = replace(row["amount"], value=amount)
                    self._sign_the_first(order[0])
                    break
            else:
                for number in members:
                    if "amount" in rows[number]:
                        rows[number]["amount"] = replace(rows[number]["amount"], state=State.LOW_CONFIDENCE)
                self.findings.append(
                    Finding("direction_unknown", "金额没有收支方向，余额也推不出方向。", self.sheet.first_page)
                )

    def _sign_the_first(self, number: int) -> None:
        """The first row has no balance before it: only a printed opening balance tells its direction."""
        row, opening = self.transactions[number], self.get("opening_balance")
        amount, balance = chain.amount_of(row, "amount"), chain.amount_of(row, "balance")
        if amount is None or balance is None:
            return
        if opening is not None and abs(balance - opening) == abs(amount):
            row["amount"] = replace(row["amount"], value=balance - opening)
        else:
            row["amount"] = replace(row["amount"], state=State.LOW_CONFIDENCE)

    def _accounts(self) -> list[list[int]]:
        """Rows by account and currency: each has a chain of its own."""
        groups: dict[tuple[str, str], list[int]] = {}
        for number, row in enumerate(self.transactions):
            account, currency = row.get("_account"), row.get("_currency")
            key = (str(account.value) if account else "", str(currency.value) if currency else "")
            groups.setdefault(key, []).append(number)
        return list(groups.values())

    def _join_period(self) -> None:
        if "period" in self.fields:
            return
        starts, ends = self.fields.get("_starts"), self.fields.get("_ends")
        if (
            starts
            and ends
            and isinstance(starts.value, date)
            and isinstance(ends.value, date)
            and starts.value <= ends.value
        ):
            self.fields["period"] = _spanning("period", Period(starts.value, ends.value), starts, ends)
            return
        for strip in self.sheet.strips:
            if (strip.page, strip.number) not in self.taken and (picked := Span().pick(strip.text, self.money_unit)):
                self.fields["period"] = Field("period", picked[0], printed(strip.words, strip.page, picked[1]))
                return
        dated = [row["date"] for row in self.transactions]
        if dated:
            first, last = min(dated, key=lambda f: str(f.value)), max(dated, key=lambda f: str(f.value))
            assert isinstance(first.value, date)
            assert isinstance(last.value, date)
            self.fields["period"] = _spanning("period", Period(first.value, last.value), first, last)

    def _ends_of_the_chain(self) -> None:
        """Opening and closing balance where the paper does not print them but its rows do."""
        if len(self._accounts()) != 1:
            return
        rows = self.transactions
        order = chain.in_order(rows, self._accounts()[0])
        first, last = rows[order[0]], rows[order[-1]]
        if "closing_balance" not in self.fields and "balance" in last:
            self.fields["closing_balance"] = replace(last["balance"], name="closing_balance")
            self.derived.add("closing_balance")
        amount, balance = chain.amount_of(first, "amount"), chain.amount_of(first, "balance")
        known = "amount" in first and first["amount"].state is not State.LOW_CONFIDENCE
        if "opening_balance" not in self.fields and known and amount is not None and balance is not None:
            self.fields["opening_balance"] = _spanning(
                "opening_balance", balance - amount, first["balance"], first["amount"]
            )
            self.derived.add("opening_balance")

    # --- identities --------------------------------------------------------------------------------------------------

    def more_checks(self) -> Iterator[Bearing]:
        rows = self.transactions
        accounts = self._accounts()
        for members in accounts:
            order = chain.in_order(rows, members)
            opening = self.fields.get("opening_balance") if len(accounts) == 1 else None
            known = opening.value if opening is not None and isinstance(opening.value, Decimal) else None
            if "opening_balance" in self.derived:
                known = None  # computed from the first row: it cannot vouch for that row
            links = chain.links_of(rows, order, known)
            found = list(chain.bearings(rows, links))
            yield from found
            yield from self._follows(order, links, {path for bearing in found for path in bearing.proves})
            self.findings += chain.breaks(rows, links)
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
        if len(self._accounts()) != 1:
            raise NotRead("单一账户")
        amounts = [chain.amount_of(row, "amount") for row in self.transactions]
        if not amounts or any(amount is None for amount in amounts):
            raise NotRead("金额")
        return [amount for amount in amounts if amount is not None]


def _signs(rows: list[dict[str, Field]], order: list[int]) -> dict[int, Decimal] | None:
    """Signed amounts that make every link of this order hold, or None; the first row follows its label, if any."""
    signed: dict[int, Decimal] = {}
    for before, number in pairwise(order):
        start, end = (chain.amount_of(rows[n], "balance") for n in (before, number))
        amount = chain.amount_of(rows[number], "amount")
        if start is None or amount is None or end is None or abs(end - start) != abs(amount):
            return None
        signed[number] = end - start if end != start else amount
    return signed if signed else None


def _figure(text: str | None) -> Decimal:
    return Decimal(text or "0")


def _money(cell: Field) -> Decimal:
    return cell.value if isinstance(cell.value, Decimal) else Decimal(0)


def _explained(check: Check, off: dict[str, Decimal]) -> bool:
    """Whether a sum that fails would hold if the singled-out amounts were what the balances say."""
    if check.state is not Outcome.FAILS or check.identity not in off:
        return False
    return _figure(check.computed) + off[check.identity] == _figure(check.printed)


def _page_of(row: dict[str, Field]) -> int | None:
    source = next(iter(row.values())).source
    return source.page if isinstance(source, Printed) else None


def _spanning(name: str, value: Period | Decimal, first: Field, second: Field) -> Field:
    """A value that two printed ones give together: its source is both places."""
    one, other = first.source, second.source
    assert isinstance(one, Printed)
    assert isinstance(other, Printed)
    same = one.page == other.page and one.box is not None and other.box is not None
    box = around([one.box, other.box]) if same and one.box and other.box else one.box
    raw = one.raw if one.raw == other.raw else f"{one.raw} … {other.raw}"
    return Field(name, value, Printed(one.page, box, raw, min(one.confidence, other.confidence), one.cell))
