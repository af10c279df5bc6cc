"""What tax returns share: a taxpayer, a period, a form of numbered lines, and sums that only hold when it was read right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import ClassVar

from extract.families.spans import BEGINS, ENDS, joined
from extract.families.taxpayers import OfTaxpayer
from extract.forms.line_form import LineForm, amount, derived, summed
from extract.grammar import Bearing, Weigh
from extract.kinds import Day, Span, Text, Uscc
from records.facts import Check, Outcome, Period

CENT = Decimal("0.01")
#: 城建税 and the two education levies, with the halves that small firms pay.
TOWN, SCHOOL, LOCAL_SCHOOL = ("0.07", "0.05", "0.01", "0.035", "0.025", "0.005"), ("0.03", "0.015"), ("0.02", "0.01")


@dataclass(frozen=True, slots=True)
class Levy:
    """A line that is a tax on other lines: on each at one of its rates. Mixed rates leave it untold, never false."""

    line: str
    on: tuple[tuple[str, tuple[str, ...]], ...]


class Return(OfTaxpayer):
    """A tax return: one taxpayer, one period, one form."""

    taxpayer_name = Text("纳税人名称", "纳税人名称(公章)", "公章名称", "纳税人", "企业名称", required=True)
    taxpayer_id = Uscc(
        "纳税人识别号(统一社会信用代码)", "纳税人识别号", "统一社会信用代码", "统一社会信用代码(纳税人识别号)", "税号",
        required=True,
    )  # fmt: skip
    period = Span(
        "税款所属时间",
        "税款所属期",
        "税款所属时期",
        "所属时期",
        "税款所属期间",
        "所属期",
        "税款所属期起止",
        required=True,
    )
    _begins = Day(*BEGINS)
    _ends = Day(*ENDS)
    fill_date = Day("填表日期", "申报日期", "填报日期", "受理日期")
    form: ClassVar[LineForm]
    #: The surtaxes: their lines, and the line of the VAT that they are a share of.
    surtaxes: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    surtax_base: ClassVar[tuple[str, ...]] = ()
    #: Taxes on lines, and lines that are made of others where nothing else is in them (of sales those with an invoice).
    levies: ClassVar[tuple[Levy, ...]] = ()
    made_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    #: Columns of a period with those of the year so far, and the lines that are states of a day and add up to no year.
    year_so_far: ClassVar[tuple[tuple[str, str], ...]] = ()
    stocks: ClassVar[tuple[str, ...]] = ()
    #: Fields that are sums of cells, with the cells.
    sums: ClassVar[dict[str, tuple[str, ...]]] = {}

    def complete(self) -> None:
        if "period" not in self.fields and (found := joined(self.fields, "_begins", "_ends")) is not None:
            self.fields["period"] = found
        for name, parts in self.sums.items():
            total = summed(self, name, parts)
            if total is not None:
                self.fields[name] = total
                self.derived.add(name)

    def more_checks(self) -> Iterator[Bearing]:
        yield from self.form.bearings(self)
        yield from self._surtaxes()
        yield from self._first_of_the_year()
        for column in self.form.columns:
            for levy in self.levies:
                yield from self._levied(levy, column.name)
            for whole, parts in self.made_of:
                yield from self._made(whole, parts, column.name)

    def _levied(self, levy: Levy, column: str) -> Iterator[Bearing]:
        """The tax at one rate for each line that is taxed; of what it is taken from, a wrong last digit would not show."""
        name = _cell(levy.line, column)
        on, printed = [(_cell(line, column), rates) for line, rates in levy.on], amount(self, name)
        taxed = [(line, base, rates) for line, rates in on if (base := amount(self, line))]
        if not printed or not taxed:
            return
        for rates in product(*(rates for _, _, rates in taxed)):
            each = [(line, base, Decimal(rate)) for (line, base, _), rate in zip(taxed, rates, strict=True)]
            due = sum(((base * rate).quantize(CENT, ROUND_HALF_UP) for _, base, rate in each), Decimal(0))
            if due == printed:
                told = " + ".join(f"{self._called(line)} × {rate:.1%}" for line, _, rate in each)
                says, shown = f"{told} = {self._called(name)}", f"{due:f}"
                check = Check("levy", Outcome.HOLDS, says, shown, f"{printed:f}", values=(name,))
                yield Bearing(check, proves=(name,), leans=tuple(line for line, _, _ in each))
                return

    def _called(self, name: str) -> str:
        """A line by its number where it has one, else by its label."""
        number = re.match(r"line_(\d+)", name)
        return f"{number[1]}栏" if number else self.kinds()[name].labels[0]

    def _first_of_the_year(self) -> Iterator[Bearing]:
        """本年累计 = 上期累计 + 本期: in the first period of a year nothing was before. What differs may have its reasons."""
        period, found = self.get("period"), self.forms.get("form")
        if not isinstance(period, Period) or (period.start.month, period.start.day) != (1, 1):
            return
        lines = {line.key for line in self.form.lines.all if line.key not in self.stocks}
        pairs = [(_cell(line, now), _cell(line, so_far)) for now, so_far in self.year_so_far for line in sorted(lines)]
        same = [
            pair
            for pair in pairs
            if amount(self, pair[0]) is not None and amount(self, pair[0]) == amount(self, pair[1])
        ]
        if not same or not getattr(found, "sure", False):
            return
        says = "本年累计 = 本期数（年初第一期）"
        check = Check("first_of_the_year", Outcome.HOLDS, says, where=f"{len(same)} 栏", values=sum(same, ()))
        for now, so_far in same:
            yield Bearing(check, proves=(now, so_far), terms=((now, 1), (so_far, -1)))

    def _made(self, whole: str, parts: tuple[str, ...], column: str) -> Iterator[Bearing]:
        """A line and those of which it may be made alone: sales without an invoice leave it untold."""
        names = [name for line in (whole, *parts) if amount(self, name := f"{line}_{column}") is not None]
        figures = [amount(self, name) or Decimal(0) for name in names]
        if names[:1] == [f"{whole}_{column}"] and len(names) > 2 and figures[0] and figures[0] == sum(figures[1:]):
            says = f"{'+'.join(part.split('_')[1] for part in parts)}={whole.split('_')[1]}"
            check = Check("made_of", Outcome.HOLDS, says, f"{figures[0]:f}", f"{figures[0]:f}", values=tuple(names))
            yield Bearing(check, tuple(names), terms=((names[0], -1), *((name, 1) for name in names[1:])))

    def _surtaxes(self) -> Iterator[Bearing]:
        """Each surtax is a share of the VAT due: one that is so to the cent is proved, one that is not may have a relief."""
        parts = [value for name in self.surtax_base if (value := amount(self, name)) is not None]
        base, leans = sum(parts, Decimal(0)), tuple(name for name in self.surtax_base if amount(self, name) is not None)
        for name, rates in self.surtaxes:
            printed = amount(self, name)
            if printed is None or base <= 0 or not printed:
                continue
            due = [(base * Decimal(rate)).quantize(CENT, ROUND_HALF_UP) for rate in rates]
            fits = printed in due
            says = f"{self.kinds()[name].labels[0]} = 本期应补（退）税额 × 税率"
            check = Check(
                "surtax_rate", Outcome.HOLDS if fits else Outcome.CANNOT_TELL, says, f"{printed if fits else due[0]:f}",
                f"{printed:f}", values=(name, *self.surtax_base),
            )  # fmt: skip
            yield Bearing(check, proves=(name,) if fits else (), leans=leans)

    def settled(self, bearings: list[Bearing], weighed: Weigh) -> list[Bearing]:
        sure = weighed(self, bearings)
        found = [derived(self, name, parts, sure) for name, parts in self.sums.items()]
        return sure + [bearing for bearing in found if bearing is not None]


def _cell(line: str, column: str) -> str:
    return f"{line}_{column}" if column else line
