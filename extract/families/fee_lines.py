"""The lines of fees on a bill (电度电费(峰) 34840 1.0321 35,958.36): each a product of its own, and together what is due.

A sum alone proves none of its terms (``extract.proof.witness``); with a product under every line it proves the total, and each
amount that a reading names (容量电费) stands in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from extract.grammar import Bearing, Reading
from extract.layout import Strip, squeezed
from extract.proof.products import CENT, catches, holds
from extract.proof.slips import hide
from records.facts import Check, Finding, Outcome, Printed
from records.values import money
from records.values.text import fold

_NUMBER = re.compile(r"(?<![\d.,])[-−]?[¥]?\d[\d,]*(?:\.\d+)?(?![\d,]*\.?\d)%?")
_NAMED = re.compile(r"^[\u4e00-\u9fff]{2}(?!计)")
_FUND = re.compile(r"基金|附加|附征|代征")
_FACTOR = re.compile(r"功率因数|力调|力率")
#: A capacity may be charged for half a month: no product of the two figures beside it.
_CAPACITY = re.compile(r"容量|基本电费|需量|容\(需\)|变压器")
#: 力率调整 by the tariff rules ((83)水电财字第215号): for each standard what is taken off, in per cent, by hundredths above it.
_REWARDS = {
    "0.90": {1: "0.15", 2: "0.30", 3: "0.45", 4: "0.60", 5: "0.75"},
    "0.85": {1: "0.10", 2: "0.20", 3: "0.30", 4: "0.40", 5: "0.50", 6: "0.65", 7: "0.80", 8: "0.95", 9: "1.10"},
    "0.80": {**{n: f"{n / 10:.2f}" for n in range(1, 11)}, 11: "1.15", 12: "1.30"},
}
_ENOUGH = 2  #: lines that are products show how the others are to be read
_FINES = 10  #: hundredths below the standard, each half a hundredth of the sum


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee: what it is called, what is to be paid for it, and how it came about where the line prints it."""

    name: str
    amount: Decimal
    path: str  #: the field that it is, or ``#3`` where the reading has no name for it
    factors: tuple[Decimal, Decimal] | None = None  #: quantity and price, where their product catches all three
    differs: tuple[Decimal, Decimal] | None = None  #: quantity and price that are all it prints, and not its factors
    share: Decimal | None = None  #: of the other fees: -0.0075 in 力调电费 (-0.75%)

    @property
    def adjusts(self) -> bool:
        """It is a share of the other fees (力调)."""
        return bool(_FACTOR.search(self.name))


def fee_lines(reading: Reading, names: re.Pattern[str], named: Sequence[str]) -> list[FeeLine]:
    """The lines whose words begin with one of the names, top to bottom; ``named``: the fields that may be one of them.

    A fee of another name stands among them, and its amount is the product of the two figures before it.
    """
    found: list[FeeLine] = []
    strips = reading.sheet.strips
    amounts = [amount_at_end(strip.text, names) for strip in strips]
    for place, strip in enumerate(strips):
        amount = amounts[place]
        if amount is None and any(_beside(strips, amounts, place, step) for step in (-1, 1)):
            amount = amounts[place] = _own_product(strip.text)
        if amount is None:
            continue
        path = next((name for name in named if _is_of(reading, name, strip, amount)), f"#{len(found)}")
        figures = [figure for figure in _NUMBER.findall(fold(strip.text)) if figure]
        plain = [value for figure in figures[:-1] if "%" not in figure and (value := _value(figure)) is not None]
        factors = (plain[-2], plain[-1]) if len(plain) > 1 and catches(plain[-2], plain[-1], amount) else None
        off = (plain[0], plain[1]) if len(plain) == 2 and not holds(plain[0], plain[1], amount) else None
        shares = [value / 100 for figure in figures[:-1] if "%" in figure and (value := _value(figure)) is not None]
        name = re.split(r"\d|[(（]?[-−+]", squeezed(strip.text))[0]
        found.append(FeeLine(name, amount, path, factors, off, shares[-1] if shares else None))
    return found


def amount_at_end(text: str, names: re.Pattern[str]) -> Decimal | None:
    """The amount at the end of a line that names a part of the bill."""
    if not names.search(squeezed(fold(text))):
        return None
    amount = money.money(text.split()[-1].split("=")[-1])
    return amount.value if amount else None


def _beside(strips: Sequence[Strip], amounts: Sequence[Decimal | None], place: int, step: int) -> bool:
    """Whether the line above or below is a fee."""
    other = place + step
    return 0 <= other < len(strips) and amounts[other] is not None and strips[other].page == strips[place].page


def _own_product(text: str) -> Decimal | None:
    """The amount at the end of a line that begins with a name, where it is the product of the two figures before it."""
    amount = amount_at_end(text, _NAMED)
    figures = [value for figure in _NUMBER.findall(fold(text))[:-1] if (value := _value(figure)) is not None]
    if amount is None or len(figures) < 2:
        return None
    return amount if (figures[-2] * figures[-1]).quantize(CENT, ROUND_HALF_UP) == amount else None


def _value(figure: str) -> Decimal | None:
    read = money.money(figure.rstrip("%").replace("−", "-"))
    return read.value if read else None


def _is_of(reading: Reading, name: str, strip: Strip, amount: Decimal) -> bool:
    field = reading.fields.get(name)
    source = field.source if field else None
    if field is None or field.value != amount or not isinstance(source, Printed) or source.box is None:
        return False
    middle = (source.box.y0 + source.box.y1) / 2
    return source.page == strip.page and any(word.box.y0 <= middle <= word.box.y1 for word in strip.words)


def fee_bearings(
    reading: Reading, lines: Sequence[FeeLine], total: str, power_factor: Decimal | None
) -> Iterator[Bearing]:
    """Every product, the share that the power factor gives or takes, and their sum held against the total.

    Lines of fees come in too many shapes to be sure that all were found, so a sum that differs tells nothing.
    """
    priced = sum(line.factors is not None for line in lines)
    for line in lines:
        if line.factors is not None:
            yield from _product(line)
        elif line.differs is not None and priced >= _ENOUGH and not (line.adjusts or _CAPACITY.search(line.name)):
            yield _no_product(reading, line)
    for line in lines:
        if line.adjusts and line.factors is None and (bearing := _adjusted(line, lines, power_factor)):
            yield bearing
    yield _sum(reading, lines, total)


def _product(line: FeeLine) -> Iterator[Bearing]:
    quantity, price = line.factors or (Decimal(0), Decimal(0))
    says = "电量（容量）× 单价 = 电费"
    check = Check(
        "fee_product", Outcome.HOLDS, says, f"{(quantity * price).normalize():f}", f"{line.amount:f}", line.name
    )
    own = line.path.lstrip("#")
    factors = ((f"#quantity {own}", 0), (f"#price {own}", 0))
    yield Bearing(check, proves=(line.path,), terms=((line.path, 0), *factors))
    if not hide(quantity, price, line.amount) & {"qa", "pa"}:
        yield Bearing(check, proves=(line.path,))


def _no_product(reading: Reading, line: FeeLine) -> Bearing:
    """Where the other lines print quantity, price and their product, one that is not has a figure that is wrong."""
    quantity, price = line.differs or (Decimal(0), Decimal(0))
    says, shown = "电量（容量）× 单价 = 电费", f"{(quantity * price).normalize():f}"
    told = f"“{line.name}”一行电量乘单价应为 {shown}，印着 {line.amount:f}。"
    reading.findings.append(Finding("fee_line_differs", told, reading.sheet.first_page))
    check = Check("fee_product", Outcome.FAILS, says, shown, f"{line.amount:f}", line.name)
    return Bearing(check, accuses=() if line.path.startswith("#") else (line.path,))


def _adjusted(line: FeeLine, lines: Sequence[FeeLine], power_factor: Decimal | None) -> Bearing | None:
    """力调 = (基本 + 电量电费 − 基金附加) × 系数: leans on the others, of which a wrong last digit would pass."""
    others = [one for one in lines if not one.adjusts and not _FUND.search(one.name)]
    base = sum((one.amount for one in others), Decimal(0))
    for share in [line.share] if line.share is not None else _shares(power_factor):
        computed = (base * share).quantize(CENT, ROUND_HALF_UP)
        if computed == line.amount and computed:
            says = "力调电费 =（基本电费 + 电量电费 − 基金附加）× 系数"
            check = Check("power_factor_adjusts", Outcome.HOLDS, says, f"{computed:f}", f"{line.amount:f}")
            return Bearing(check, (line.path,), terms=((line.path, 0),), leans=tuple(one.path for one in others))
    return None


def _shares(power_factor: Decimal | None) -> list[Decimal]:
    """What the tariff rules give or take at this power factor, for each of the standards."""
    if power_factor is None:
        return []
    found = []
    for standard, rewards in _REWARDS.items():
        above = int((power_factor - Decimal(standard)) * 100)
        if above > 0:
            found.append(-Decimal(rewards[min(above, max(rewards))]) / 100)
        elif -_FINES <= above < 0:
            found.append(Decimal(-above) / 200)
    return found


def _sum(reading: Reading, lines: Sequence[FeeLine], total: str) -> Bearing:
    due, says = reading.get(total), "Σ各项电费 = 应付电费"
    if due is None or len(lines) < 2:
        return Bearing(Check("fees_add_up", Outcome.CANNOT_TELL, says))
    computed = sum((line.amount for line in lines), Decimal(0))
    check = Check(
        "fees_add_up", Outcome.HOLDS if computed == due else Outcome.CANNOT_TELL, says, f"{computed:f}", f"{due:f}"
    )
    paths = tuple(line.path for line in lines)
    return Bearing(
        check, proves=(total, *paths) if computed == due else (), terms=((total, -1), *((path, 1) for path in paths))
    )
