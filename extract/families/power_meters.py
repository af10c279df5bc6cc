"""The meters of an electricity bill: readings before and after, a multiplier, and how they add up by shares of the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.grammar import Bearing, Reading
from extract.proof import products
from records.facts import Check, Field, Finding, Outcome

#: How the rows of meters are named, and which share of the day each is.
SHARES = {"尖": "kwh_sharp", "峰": "kwh_peak", "平": "kwh_flat", "谷": "kwh_valley"}
ADVANCE = "(本次示数 − 上次示数) × 倍率 = 抄见电量"


def counts(kind: str) -> bool:
    """Whether a row tells of power used: reactive energy (无功) and what was fed in (反向) are none."""
    return "无功" not in kind and "反向" not in kind


def meter_bearings(reading: Reading, meters: Sequence[dict[str, Field]]) -> Iterator[Bearing]:
    """What every line of the meters proves by itself, and the readings of the shares together."""
    for number, row in enumerate(meters):
        yield _advance(reading, number, row)
        yield from _priced(number, row)
    yield from _registers(meters)


def _kind(row: dict[str, Field]) -> str:
    return str(row["kind"].value) if "kind" in row else ""


def _advance(reading: Reading, number: int, row: dict[str, Field]) -> Bearing:
    """(本次 − 上次) × 倍率 = 抄见电量, ±1 kWh for rounding; a meter that ran over its last digit starts again at 0."""
    where = f"row {number + 1}"
    last, this, kwh = (Decimal(str(row[name].value)) for name in ("last", "this", "kwh"))
    if "multiplier" not in row:
        return Bearing(Check("meter_advance", Outcome.CANNOT_TELL, ADVANCE, where=f"{where}：缺倍率"))
    advance = this - last
    if advance < 0:
        advance += Decimal(10) ** (last.adjusted() + 1)
    computed = advance * Decimal(str(row["multiplier"].value))
    holds = abs(computed - kwh) <= 1
    shown, state = f"{computed.normalize():f}", Outcome.HOLDS if holds else Outcome.FAILS
    check = Check("meter_advance", state, ADVANCE, shown, f"{kwh:f}", where)
    if not holds:
        says = f"第 {number + 1} 行电表示数算得 {shown}，印着 {kwh:f}。"
        reading.findings.append(Finding("meter_differs", says, reading.sheet.first_page))
    paths = tuple(f"meters[{number}].{name}" for name in ("last", "this", "multiplier", "kwh")) + _same(reading, row)
    # a rounded advance would hold with a wrong last digit, one over the meter's end with a wrong first one: no proof
    exact = computed == kwh and this >= last
    return Bearing(check, proves=paths if exact else (), accuses=() if holds else paths)


def _same(reading: Reading, row: dict[str, Field]) -> tuple[str, ...]:
    """The field of the bill that says the same as this row (峰电量)."""
    name = _kind(row)
    field = "kwh_total" if "总" in name else next((f for mark, f in SHARES.items() if mark in name), None)
    return (field,) if field and counts(name) and reading.get(field) == row["kwh"].value else ()


def _priced(number: int, row: dict[str, Field]) -> Iterator[Bearing]:
    """电量 × 单价 = 电费, where a line of the meters prints all three."""
    if not {"unit_price", "fee"} <= set(row):
        return
    kwh, price, fee = (Decimal(str(row[name].value)) for name in ("kwh", "unit_price", "fee"))
    paths = tuple(f"meters[{number}].{n}" for n in ("kwh", "unit_price", "fee"))
    held = products.holds(kwh, price, fee)
    state = Outcome.HOLDS if held else Outcome.FAILS
    shown = f"{(kwh * price).normalize():f}"
    check = Check("meter_fee", state, "电量 × 单价 = 电费", shown, f"{fee:f}", f"row {number + 1}")
    if held:
        yield from products.bearings(check, (paths[0], paths[1], paths[2]), (kwh, price, fee))
    else:
        yield Bearing(check, accuses=paths)


def _registers(meters: Sequence[dict[str, Field]]) -> Iterator[Bearing]:
    """尖 + 峰 + 平 + 谷 = 总 of the readings themselves.

    Each is cut off by itself, so they need not add up; where they do to the last digit, no reading is wrong.
    """
    forward = [(number, _kind(row)) for number, row in enumerate(meters) if "kind" in row and counts(_kind(row))]
    whole = [number for number, name in forward if "总" in name]
    parts = [number for number, name in forward if "总" not in name and any(mark in name for mark in SHARES)]
    if len(whole) != 1 or len(parts) < 3:
        return
    for column, says in (("last", "各时段上次示数之和 = 总上次示数"), ("this", "各时段本次示数之和 = 总本次示数")):
        total = Decimal(str(meters[whole[0]][column].value))
        computed = sum((Decimal(str(meters[number][column].value)) for number in parts), Decimal(0))
        if computed == total:
            check = Check("registers_add_up", Outcome.HOLDS, says, f"{computed:f}", f"{total:f}")
            paths = tuple(f"meters[{number}].{column}" for number in (*whole, *parts))
            yield Bearing(check, paths, terms=((paths[0], -1), *((path, 1) for path in paths[1:])))
