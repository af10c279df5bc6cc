"""What bills of water and gas share: a meter that advanced, a quantity, a price, fees that add up to what is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from extract.families.meter_words import STEP
from extract.families.several_meters import several, together
from extract.families.unlisted_fees import unlisted
from extract.families.written_sums import written_again
from extract.forms.prose import told
from extract.grammar import Bearing, Reading, Table
from extract.kinds import Count, Day, Kind, LooseMoney, Quantity, Span, Text
from extract.layout import cut_words, printed, squeezed
from extract.proof import products
from extract.tables.totals import figure, total_under
from records.facts import Check, Field, Finding, Month, Outcome, Period, RiskEvent, Subject
from records.values import days


class MeterBill(Reading):
    """One supply point, one month: readings, quantity, fees."""

    user_no: Kind[str]
    name: Kind[str]
    month: Kind[Month]
    address = Text("用水地址", "用气地址", "地址", "装表地址")
    multiplier = Count("倍率", "表倍率", "综合倍率")
    penalty = LooseMoney("违约金", "滞纳金")
    due_date = Day("缴费截止日", "缴费截止日期", "缴费期限", "最后缴费日", "违约金起算日")
    meter_period = Span("抄表周期", "计费周期", "用水期间", "用气期间", "抄表区间", "计费期间")
    volume: Quantity
    last_reading: Quantity
    this_reading: Quantity
    unit_price: Kind[Decimal]
    amount_total: Kind[Decimal]
    fees: Table

    #: The field of the supply itself, and the fields of what is charged beside it with the words they are known by.
    main_fee: ClassVar[str] = ""
    other_fees: ClassVar[dict[str, str]] = {}
    #: What the bill is called in its title, for a month that stands there (2024年05月水费通知单).
    supply: ClassVar[str] = ""

    def about(self) -> Subject | None:
        name = self.get("name")
        return Subject(name=name) if name else None

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """The text of a bill tells whether it was paid, and nothing else."""
        return [event for event in events if event.type == "utility_arrears"]

    def covers(self) -> Period | None:
        month = self.get("month")
        if not isinstance(month, Month):
            return None
        after = month.plus(1)
        return Period(date(month.year, month.month, 1), date(after.year, after.month, 1) - timedelta(days=1))

    def complete(self) -> None:
        self._month_of_the_title()
        self._told()
        for row in self.fees:
            self._fee(row)
        self._totals_of_the_steps()
        self._metered([row for row in self.fees if "last" in row and "this" in row])

    def _totals_of_the_steps(self) -> None:
        """A line of totals under a table of steps says what was used and what it costs; of other tables the figure that a label
        found is one of the sums, and the one under the amounts is the right one."""
        amount, volume = (total_under(self, "fees", column) for column in ("amount", "volume"))
        if amount is not None and self.get("amount_total") in (None, volume and volume.value):
            self.fields["amount_total"] = replace(amount, name="amount_total")
        steps = [row for row in self.fees if STEP.search(str(row["item"].value)) and "volume" in row]
        together = several(self, "fees") or (len(steps) > 1 and len(steps) == len(self.fees))
        if volume is None or not together:
            return
        if self._number("volume") in (None, *(row["volume"].value for row in self.fees if "volume" in row)):
            kind = self.kinds()["volume"]
            picked = kind.pick(f"{volume.value}", Decimal(1))
            self.fields["volume"] = replace(volume, name="volume", value=picked[0] if picked else volume.value)

    def _metered(self, rows: list[dict[str, Field]]) -> None:
        """A table with a line for each meter: what its only one says of the supply; of several, the line of totals tells."""
        names = {
            "last": "last_reading", "this": "this_reading", "multiplier": "multiplier", "volume": "volume",
            "unit_price": "unit_price", "amount": self.main_fee,
        }  # fmt: skip
        for column, name in names.items() if len(rows) == 1 else ():
            cell = rows[0].get(column)
            if cell is not None and name not in self.fields:
                self.fields[name] = replace(cell, name=name)

    def _told(self) -> None:
        """A receipt tells it in sentences: 今收到某公司2026年5月水费，用量2531吨（9805—12336），单价4.60元."""
        unit = r"(?:吨|立方米|立方|方|m3)"
        told(self, "name", r"^今?收到(?P<v>[\u4e00-\u9fa5()A-Za-z]{4,40})(?:缴来|交来)?")
        told(self, "volume", rf"用[水气]?量:?(?P<v>\d[\d,]*(?:\.\d+)?){unit}")
        told(self, "last_reading", rf"用[水气]?量:?[\d,.]+{unit}\((?P<v>\d[\d.]*)[-~至]")
        told(self, "this_reading", rf"用[水气]?量:?[\d,.]+{unit}\(\d[\d.]*[-~至](?P<v>\d[\d.]*)\)")
        told(self, "unit_price", r"单价:?(?P<v>\d+(?:\.\d+)?)元")
        told(self, self.main_fee, rf"其中:?(?:{self.supply})(?P<v>\d[\d,]*\.\d{{2}})元")

    def _month_of_the_title(self) -> None:
        for strip in self.sheet.strips[:6]:
            found = re.search(rf"(20\d{{2}}\s*[年.-]\s*\d{{1,2}})\s*月?份?\D{{0,6}}{self.supply}", strip.text)
            if found and "month" not in self.fields and (month := days.month(found.group(1) + "月")):
                words = cut_words(strip, found.start(1), found.end(1))
                self.fields["month"] = Field("month", month, printed(words, strip.page))

    def _fee(self, row: dict[str, Field]) -> None:
        """A line of the table of fees as the field that it is."""
        item = squeezed(str(row["item"].value))
        name = next((field for field, words in self.other_fees.items() if re.search(words, item)), None)
        if name is None and re.search(self.supply, item) and not STEP.search(item):
            name = self.main_fee
            if "unit_price" in row:
                self.fields.setdefault("unit_price", replace(row["unit_price"], name="unit_price"))
        if name:
            self.fields[name] = replace(row["amount"], name=name)

    # --- identities --------------------------------------------------------------------------------------------------

    def more_checks(self) -> Iterator[Bearing]:
        yield self._advance()
        yield from self._advances()
        yield from self._price()
        yield from self._rows()
        yield from self._steps_make_the_fee()
        yield from together(self, "fees", {"volume": "volume"})
        yield self._sum()
        written = written_again(self, ("amount_total",))
        if written is not None:
            yield written

    def _number(self, name: str) -> Decimal | None:
        value = self.get(name)
        return None if value is None else Decimal(str(value))

    def _advance(self) -> Bearing:
        """(本期 − 上期) × 倍率 = 用量. A meter that ran over its end starts again at 0: that proves nothing."""
        says = "(本期读数 − 上期读数) × 倍率 = 用量"
        last, this, volume = (self._number(name) for name in ("last_reading", "this_reading", "volume"))
        if last is None or this is None or volume is None:
            return Bearing(Check("meter_advance", Outcome.CANNOT_TELL, says, where="缺读数"))
        factor = self._number("multiplier") or Decimal(1)
        advance = this - last + (Decimal(10) ** (last.adjusted() + 1) if this < last else 0)
        paths = ("last_reading", "this_reading", "volume", *(("multiplier",) if "multiplier" in self.fields else ()))
        return self._held("meter_advance", says, advance * factor, volume, paths, proof=this >= last)

    def _advances(self) -> Iterator[Bearing]:
        """The same of every line of a table of several meters."""
        says = "(本期读数 − 上期读数) × 倍率 = 用量"
        for number, row in enumerate(self.fees if several(self, "fees") else ()):
            last, this, factor, volume = (figure(row.get(name)) for name in ("last", "this", "multiplier", "volume"))
            if last is None or this is None or volume is None or this < last:
                continue
            paths = tuple(f"fees[{number}].{name}" for name in ("last", "this", "multiplier", "volume") if name in row)
            yield self._held("meter_advance", says, (this - last) * (factor or Decimal(1)), volume, paths)

    def _price(self) -> Iterator[Bearing]:
        """用量 × 单价 = the fee of the supply, to the cent."""
        says = f"用量 × 单价 = {self.kinds()[self.main_fee].labels[0]}"
        volume, price, fee = (self._number(name) for name in ("volume", "unit_price", self.main_fee))
        stepped = sum(bool(STEP.search(str(row["item"].value))) for row in self.fees) > 1
        if volume is None or price is None or fee is None or stepped:
            yield Bearing(Check("price", Outcome.CANNOT_TELL, says, where="阶梯计价" if stepped else None))
            return
        paths = ("volume", "unit_price", self.main_fee)
        if products.holds(volume, price, fee):
            shown = f"{(volume * price).normalize():f}"
            check = Check("price", Outcome.HOLDS, says, shown, f"{fee:f}", values=paths)
            yield from products.bearings(check, paths, (volume, price, fee))
        else:
            yield self._held("price", says, volume * price, fee, paths)

    def _rows(self) -> Iterator[Bearing]:
        for number, row in enumerate(self.fees):
            if "volume" not in row or "unit_price" not in row:
                continue
            volume, price, amount = (Decimal(str(row[name].value)) for name in ("volume", "unit_price", "amount"))
            says, where, product = "数量 × 单价 = 金额", f"row {number + 1}", volume * price
            holds = products.holds(volume, price, amount)
            paths = (f"fees[{number}].volume", f"fees[{number}].unit_price", f"fees[{number}].amount")
            state = Outcome.HOLDS if holds else Outcome.FAILS
            check = Check("fee_line", state, says, f"{product.normalize():f}", f"{amount:f}", where)
            if holds:
                yield from products.bearings(check, paths, (volume, price, amount))
            else:
                yield Bearing(check, accuses=paths)

    def _sum(self) -> Bearing:
        """Σ fees = what is due. Of fees found one by one one may be missing: a difference then tells nothing."""
        says = "Σ各项费用 = 合计"
        total = self._number("amount_total")
        names = [name for name in dict.fromkeys((self.main_fee, *self.other_fees, "penalty")) if name in self.fields]
        rows, more = [row["amount"].value for row in self.fees], list[Decimal]()
        parts = rows or [self.fields[name].value for name in names]
        if total is None or not parts or (len(parts) == 1 and parts[0] != total):
            return Bearing(Check("fees_add_up", Outcome.CANNOT_TELL, says))
        computed = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
        if rows and computed != total and (beside := self._steps_of_one_fee(computed, total, names)) is not None:
            return beside
        late = self._number("penalty") or Decimal(0)
        if rows and computed != total and computed + late == total:
            computed += late
        paths = tuple(f"fees[{number}].amount" for number in range(len(rows))) if rows else tuple(names)
        same = tuple(n for n in names if rows and self.fields[n].value in rows)
        if computed != total and not rows and (more := unlisted(self, [*names, "amount_total"])):
            computed += sum(more, Decimal(0))
        if computed != total and not rows:
            return Bearing(Check("fees_add_up", Outcome.CANNOT_TELL, says, f"{computed:f}", f"{total:f}"))
        late_too = ("penalty",) if late and computed == total and "penalty" not in names and rows else ()
        others = tuple(f"#fee {number}" for number in range(len(more)))
        terms = (("amount_total", -1), *((path, 1) for path in (*paths, *same, *late_too, *others)))
        return self._held("fees_add_up", says, computed, total, ("amount_total", *paths, *same), terms=terms)

    def _steps_of_one_fee(self, steps: Decimal, total: Decimal, names: Sequence[str]) -> Bearing | None:
        """A table of price steps is about the fee of the supply alone; what is charged beside it stands under its own labels."""
        others = [
            n
            for n in names
            if n != self.main_fee and self.fields[n].value not in [r["amount"].value for r in self.fees]
        ]
        beside = sum((Decimal(str(self.fields[name].value)) for name in others), Decimal(0))
        if not others:
            return None
        says, computed = "Σ阶梯水（气）费 + 其他费用 = 合计", steps + beside
        if computed != total:  # a fee may have no label that we know
            return Bearing(Check("fees_add_up", Outcome.CANNOT_TELL, says, f"{computed:f}", f"{total:f}"))
        paths = (*(f"fees[{number}].amount" for number in range(len(self.fees))), *others)
        terms = (("amount_total", -1), *((path, 1) for path in paths))
        return self._held("fees_add_up", says, computed, total, ("amount_total", *paths), terms=terms)

    def _steps_make_the_fee(self) -> Iterator[Bearing]:
        """Σ of the price steps = the fee of the supply, and their quantities = what was used; only where every row is a step."""
        steps = [row for row in self.fees if STEP.search(squeezed(str(row["item"].value)))]
        if len(steps) < 2 or len(steps) < len(self.fees):
            return
        for column, name, says in (
            ("amount", self.main_fee, "Σ阶梯金额 = 水（气）费"),
            ("volume", "volume", "Σ阶梯用量 = 用量"),
        ):
            printed_value = self._number(name)
            if printed_value is None or not all(column in row for row in steps):
                continue
            computed = sum((Decimal(str(row[column].value)) for row in steps), Decimal(0))
            paths = tuple(f"fees[{number}].{column}" for number in range(len(steps)))
            terms = ((name, -1), *((path, 1) for path in paths))
            yield self._held(f"steps_{column}", says, computed, printed_value, (name, *paths), terms=terms)

    def _held(
        self,
        name: str,
        says: str,
        computed: Decimal,
        printed_value: Decimal,
        paths: tuple[str, ...],
        *,
        proof: bool = True,
        terms: tuple[tuple[str, int], ...] = (),
    ) -> Bearing:
        holds = computed == printed_value
        check = Check(
            name, Outcome.HOLDS if holds else Outcome.FAILS, says, f"{computed:f}", f"{printed_value:f}", values=paths
        )
        if not holds:
            told = f"不成立：{says}。应为 {computed:f}，印着 {printed_value:f}。"
            self.findings.append(Finding("identity_fails", told, self.sheet.first_page))
        return Bearing(check, paths if holds and proof else (), () if holds else paths, terms)
