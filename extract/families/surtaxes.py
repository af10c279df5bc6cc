"""The surtaxes of VAT on papers of payment: fixed shares of the VAT paid for the same period (documents.md §3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from extract.grammar import Bearing, Reading
from records.facts import Check, Field, Outcome, Period

CENT = Decimal("0.01")
#: The halves are the relief of small firms.
RATES: dict[str, tuple[str, ...]] = {
    "城市维护建设税": ("0.07", "0.05", "0.01", "0.035", "0.025", "0.005"),
    "教育费附加": ("0.03", "0.015"),
    "地方教育附加": ("0.02", "0.01"),
}
BASES = ("增值税", "消费税")
LATE = re.compile(r"滞纳金|罚款")


def surtaxes(reading: Reading, table: str) -> Iterator[Bearing]:
    """Each surtax in a table of taxes: proved where it is a share to the cent; relief and corrections change the rate."""
    rows = reading.tables.get(table, [])
    for number, row in enumerate(rows):
        kind, period, amount = _parts(row)
        if kind not in RATES or period is None or amount is None:
            continue
        says, where = f"{kind} = 增值税 × 税率", f"row {number + 1}"
        base = {n: part for n, other in enumerate(rows) if (part := _base(other, period)) is not None}
        vat = sum(base.values(), Decimal(0))
        if not vat:
            yield Bearing(Check("surtax_rate", Outcome.CANNOT_TELL, says, where=where))
            continue
        due = [(vat * Decimal(rate)).quantize(CENT, ROUND_HALF_UP) for rate in RATES[kind]]
        fits = [value for value in due if abs(value - amount) <= CENT]
        state = Outcome.HOLDS if fits else Outcome.CANNOT_TELL
        check = Check("surtax_rate", state, says, f"{(fits or due)[0]:f}", f"{amount:f}", where)
        path, leans = f"{table}[{number}].amount", tuple(f"{table}[{n}].amount" for n in base)
        yield Bearing(check, proves=(path,) if amount in due else (), leans=leans)


def _parts(row: dict[str, Field]) -> tuple[str | None, Period | None, Decimal | None]:
    kind, period, amount = (row[name].value if name in row else None for name in ("tax_type", "period", "amount"))
    return (
        None if kind is None else str(kind),
        period if isinstance(period, Period) else None,
        amount if isinstance(amount, Decimal) else None,
    )


def _base(row: dict[str, Field], period: Period) -> Decimal | None:
    """What this row adds to the tax that surtaxes of the period are a share of: a late fee or a fine adds nothing."""
    kind, own, amount = _parts(row)
    if "item" in row and LATE.search(str(row["item"].value)):
        return None
    return amount if kind in BASES and own == period else None
