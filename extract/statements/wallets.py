"""What the statements of payment wallets share: no balance, a direction in words, and a summary that counts and adds up.

A bank statement proves itself row by row; a wallet's proves itself by its summary only. ``收入：3笔 120.00元`` is two claims
about the rows of one direction. When the number of rows and their sum are both as printed, a single wrong amount, direction
or missing row would have shown; two wrong amounts need not, so the sum supports the rows and proves none of them. When the
number differs, rows are missing or too many: that says nothing against the amounts that are there. When only the sum differs,
one of the amounts is wrong, or the sum itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from extract.grammar import Bearing, Reading, Table
from extract.kinds import Clock, IdCard, Kind, LooseMoney, Moment, NotRead, Span, Text, Token
from extract.layout import Sheet, cut_words, printed
from extract.statements.unsaid import spanning
from records.facts import Check, Field, Finding, Outcome, Period, State, Subject
from records.values import days, money
from records.values.text import fold

#: The word for a direction, and what a reading calls it. What is neither is money moved between the holder's own pockets.
WAYS = {"收入": "in", "收": "in", "支出": "out", "支": "out"}
#: How a summary calls each direction; ``neutral``: neither in nor out.
SUMMED = {"in": "收入", "out": "支出", "neutral": "中性交易|不计收支|其他"}
ALL_ROWS = re.compile(r"共\s*(?P<count>\d+)\s*(?:笔|条)(?:交易)?(?:记录|明细)")
COUNTED = (
    r"(?:合计|总计|总额|金额)?\s*[:：]?\s*(?:共\s*)?(?P<count>\d+)\s*笔(?:\([^()]*\))?"
    r"\s*[,，:：]?\s*(?:共|合计|金额)?\s*[¥￥]?\s*(?P<sum>[\d,]+\.\d\d)\s*元?"
)
DAYTIME = r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
STARTS = r"(?:起始|开始)(?:时间|日期)|交易明细对应时间段|对应时间段|交易时间段|时间段|日期区间|起止日期"
ENDS = r"(?:终止|结束|截止)(?:时间|日期)\s*[:：]?|至|到|-+|~|—"
BETWEEN = re.compile(
    rf"(?:{STARTS})\s*[:：]?\s*\[?\s*(?P<start>{DAYTIME})\s*\]?\s*(?:{ENDS})\s*\[?\s*(?P<end>{DAYTIME})"
)
ID_IN_TEXT = re.compile(r"(?:居民身份证|身份证(?:号码?)?|证件号码?)\s*[:：]?\s*(?P<id>\d{6}[\d*]{8,11}[\dXx*])")


def wallet_table(**columns: Kind[Any]) -> Table:
    """The columns that all wallets have, with those of one wallet in front where it calls them differently."""
    common: dict[str, Kind[Any]] = {
        "date": Moment("交易时间", "交易创建时间", "付款时间", "创建时间", "交易日期"),
        "time": Clock("时间"),
        "direction": Text("收/支", "收/支/其他", "收支", "资金流向", "收支类型"),
        "amount": LooseMoney("金额(元)", "金额", "交易金额", "金额（元）"),
        "counterparty_name": Text("交易对方", "商户名称", "对方名称"),
        "serial_no": Token("交易单号", "交易订单号", "交易号", "交易流水号"),
    }
    needs = (("date",), ("amount",), ("direction",), ("serial_no",))
    named: dict[str, Any] = {**common, **columns}
    return Table(key=("amount",), needs=needs, instead=None, **named)


class Wallet(Reading):
    """One wallet, one period, rows with a direction and no balance."""

    account_name = Text("姓名", "户名", "微信昵称", "昵称", "用户姓名", "真实姓名", required=True)
    account_no = Token("微信号", "支付宝账户", "支付宝账号", "账号", "账户")
    id_no = IdCard("身份证号", "证件号码", "居民身份证", "身份证号码")
    period = Span("交易明细对应时间段", "日期区间", "交易时间段", required=True)
    count_in = Kind[str]()
    count_out = Kind[str]()
    count_neutral = Kind[str]()
    total_in = Kind[Decimal]()
    total_out = Kind[Decimal]()
    total_neutral = Kind[Decimal]()

    #: Who the paper must name: other wallets print nearly the same columns.
    maker: ClassVar[tuple[str, ...]] = ()
    #: How the holder is told in running text: a pattern with the groups ``name`` and perhaps ``account``.
    told: ClassVar[re.Pattern[str]] = re.compile(r"$^")

    @property
    def entries(self) -> list[dict[str, Field]]:
        return self.tables.get("transactions", [])

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        return 0 if any(word in sheet.squeezed() for word in cls.maker) else -8

    def about(self) -> Subject | None:
        name, id_no = self.get("account_name"), self.get("id_no")
        return Subject(name=name, id_no=id_no) if name or id_no else None

    # --- what follows from what was read -----------------------------------------------------------------------------

    def complete(self) -> None:
        self._dated()
        self._holder()
        self._period()
        self._summary()
        for number, row in enumerate(self.entries):
            self._neutral(number, row)
            self._time(row)
            self._sign(row)

    def _dated(self) -> None:
        """A row without a readable day is none; a person is told."""
        without = [number for number, row in enumerate(self.entries) if "date" not in row]
        if without:
            where = "、".join(str(number + 1) for number in without[:5])
            self.findings.append(
                Finding("row_unreadable", f"第 {where} 行的交易时间读不出，没有计入。", self.sheet.first_page)
            )
            self.tables["transactions"] = [row for row in self.entries if "date" in row]

    def _told_by(self, pattern: re.Pattern[str], names: Mapping[str, str]) -> None:
        """Take fields out of running text: the first place where the pattern stands, by the names of its groups.

        A sentence may go on over the next line, so every line is looked at together with the one below it.
        """
        lines = [strip for strip in self.sheet.strips if (strip.page, strip.number) not in self.taken][:40]
        for number, strip in enumerate(lines):
            for joined in (strip.text, " ".join(s.text for s in lines[number : number + 2])):
                found = pattern.search(joined)
                if found is None:
                    continue
                for group, name in names.items():
                    value = (found.groupdict().get(group) or "").strip(" []【】")
                    if value and name not in self.fields:
                        inside = found.end(group) <= len(strip.text)
                        words = cut_words(strip, found.start(group), found.end(group)) if inside else list(strip.words)
                        self.fields[name] = Field(name, value, printed(words or strip.words, strip.page, value))
                return

    def _holder(self) -> None:
        self._told_by(self.told, {"name": "account_name", "account": "account_no"})
        self._told_by(ID_IN_TEXT, {"id": "id_no"})
        for name in ("account_name", "account_no"):
            if name in self.fields:  # 微信昵称：[测试]
                bare = str(self.fields[name].value).strip("[]【】 ")
                self.fields[name] = replace(self.fields[name], value=bare)

    def _period(self) -> None:
        for strip in self.sheet.strips[:40]:
            found = BETWEEN.search(strip.text)
            start, end = (days.day(found[name].split(" ")[0]) if found else None for name in ("start", "end"))
            if found and start and end and start <= end:
                words = cut_words(strip, found.start("start"), found.end("end"))
                self.fields["period"] = Field("period", Period(start, end), printed(words, strip.page, found.group()))
                return
        dated = sorted((row["date"] for row in self.entries), key=lambda cell: str(cell.value))
        if "period" not in self.fields and dated:
            first, last = dated[0], dated[-1]
            assert isinstance(first.value, date)
            assert isinstance(last.value, date)
            self.fields["period"] = spanning("period", Period(first.value, last.value), first, last)
            self.derived.add("period")

    def _summary(self) -> None:
        """收入：1笔 28.50元: the number and the sum of each direction."""
        for name, words in SUMMED.items():
            pattern = re.compile(rf"(?<![不计])(?:{words}){COUNTED}")
            for strip in self.sheet.strips:
                found = None if (strip.page, strip.number) in self.taken else pattern.search(strip.text)
                amount = money.money(found["sum"]) if found else None
                if not found or not amount:
                    continue
                for field, group, value in (
                    (f"count_{name}", "count", found["count"]),
                    (f"total_{name}", "sum", amount.value),
                ):
                    place = cut_words(strip, found.start(group), found.end(group)) or list(strip.words)
                    self.fields[field] = Field(field, value, printed(place, strip.page, found[group]))
                break

    def _time(self, row: dict[str, Field]) -> None:
        raw = getattr(row["date"].source, "raw", "")
        clock = re.search(r"\d{1,2}:\d{2}(?::\d{2})?(?!:)", fold(raw).replace(" :", ":"))  # 16:12: has lost its seconds
        value = days.clock(clock.group()) if clock else None
        if "time" not in row and value is not None:
            row["time"] = replace(row["date"], name="time", value=value)

    def _neutral(self, number: int, row: dict[str, Field]) -> None:
        """A blank or a stroke where the direction stands: neither in nor out. On a scan it may be a word that was not seen."""
        if "direction" in row or "amount" not in row:
            return
        unsure = self.sheet.by_ocr
        row["direction"] = replace(
            row["amount"], name="direction", value="中性", state=State.LOW_CONFIDENCE if unsure else State.CONSISTENT
        )
        if unsure:
            says = f"第 {number + 1} 行的收/支读不出，按中性交易计。"
            self.findings.append(Finding("direction_unknown", says, self.sheet.first_page))

    def way(self, row: dict[str, Field]) -> str | None:
        """in, out, or None for what is neither."""
        told = str(row["direction"].value).replace(" ", "") if "direction" in row else ""
        return WAYS.get(told)

    def _sign(self, row: dict[str, Field]) -> None:
        """In is positive and out negative; what is neither keeps the amount as printed."""
        amount = row.get("amount")
        if amount is None or not isinstance(amount.value, Decimal):
            return
        if self.way(row) == "out" and amount.value > 0:
            row["amount"] = replace(amount, value=-amount.value)

    # --- identities --------------------------------------------------------------------------------------------------

    def more_checks(self) -> Iterator[Bearing]:
        for way in SUMMED if "total_neutral" in self.fields else ("in", "out"):
            yield from self._as_summed(way)
        yield from self._all_there()
        yield self._once_each()
        yield self._inside()

    def _as_summed(self, way: str) -> Iterator[Bearing]:
        word = {"in": "收入", "out": "支出"}.get(way, "不计收支")
        wanted = None if way == "neutral" else way
        rows = [number for number, row in enumerate(self.entries) if self.way(row) == wanted and "amount" in row]
        count, total = self.get(f"count_{way}"), self.get(f"total_{way}")
        if count is None or total is None:
            yield Bearing(Check(f"total_{way}", Outcome.CANNOT_TELL, f"Σ{word} = 汇总", where="缺汇总"))
            return
        summed = sum((abs(self._amount(number)) for number in rows), Decimal(0))
        same_count, same_sum = len(rows) == int(count), summed == total
        yield self._said(
            f"count_{way}", f"{word}笔数 = 汇总", same_count, str(len(rows)), str(count),
            (f"count_{way}",) if same_sum else (), (f"count_{way}",),
        )  # fmt: skip
        paths = tuple(f"transactions[{number}].amount" for number in rows)
        blamed = (f"total_{way}", *(paths if same_count else ()))
        yield self._said(
            f"total_{way}", f"Σ{word} = 汇总", same_sum, f"{summed:f}", f"{total:f}",
            (f"total_{way}", *paths) if same_count else (), blamed,
        )  # fmt: skip

    def _said(
        self, name: str, says: str, holds: bool, computed: str, printed: str, proves: tuple[str, ...],
        accuses: tuple[str, ...] | None = None,
    ) -> Bearing:  # fmt: skip
        check = Check(name, Outcome.HOLDS if holds else Outcome.FAILS, says, computed, printed)
        if holds:
            return Bearing(check, proves=proves, terms=tuple((p, -1 if p.startswith("total") else 1) for p in proves))
        self.findings.append(
            Finding(
                "summary_differs", f"不成立：{says}。明细是 {computed}，汇总印着 {printed}。", self.sheet.first_page
            )
        )
        return Bearing(check, accuses=proves if accuses is None else accuses)

    def _all_there(self) -> Iterator[Bearing]:
        """共6笔记录: as many rows as the paper says it has."""
        said = (
            ALL_ROWS.search(strip.text) for strip in self.sheet.strips if (strip.page, strip.number) not in self.taken
        )
        found = next((match for match in said if match), None)
        if found is None:
            return
        here, told = len(self.entries), int(found["count"])
        yield self._said("count_all", "明细行数 = 共计笔数", here == told, str(here), str(told), (), ())

    def _amount(self, number: int) -> Decimal:
        value = self.entries[number]["amount"].value
        if not isinstance(value, Decimal):
            raise NotRead("amount")
        return value

    def _once_each(self) -> Bearing:
        """No transaction number twice with the same amount and time: a page copied in twice."""
        says = "交易单号不重复"
        seen: dict[tuple[str, ...], int] = {}
        twice: list[int] = []
        for number, row in enumerate(self.entries):
            if "serial_no" not in row or "amount" not in row:
                continue
            names = ("serial_no", "date", "amount", "time")
            mark = tuple(str(row[name].value) if name in row else "" for name in names)
            if mark in seen:
                twice.append(number)
            seen.setdefault(mark, number)
        if not seen:
            return Bearing(Check("unique_serials", Outcome.CANNOT_TELL, says, where="缺交易单号"))
        if twice:
            where = "、".join(str(number + 1) for number in twice[:5])
            self.findings.append(Finding("row_twice", f"第 {where} 行与前面的一行完全相同。", self.sheet.first_page))
            return Bearing(Check("unique_serials", Outcome.FAILS, says, where=f"rows {where}"))
        return Bearing(Check("unique_serials", Outcome.HOLDS, says, where=f"rows 1–{len(self.entries)}"))

    def _inside(self) -> Bearing:
        says, period = "交易时间在起止时间之内", None if "period" in self.derived else self.get("period")
        dates = [row["date"].value for row in self.entries]
        if not isinstance(period, Period) or not dates:
            return Bearing(Check("dates_inside", Outcome.CANNOT_TELL, says))
        outside = [n for n, day in enumerate(dates) if not period.start <= day <= period.end]  # type: ignore[operator]
        if outside:
            where = "、".join(str(number + 1) for number in outside[:5])
            self.findings.append(
                Finding("date_outside", f"第 {where} 行的时间不在起止时间之内。", self.sheet.first_page)
            )
        state = Outcome.FAILS if outside else Outcome.HOLDS
        return Bearing(Check("dates_inside", state, says, computed=str(len(outside)), printed=str(period)))
