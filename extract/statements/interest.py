"""Interest on current accounts worked out again: daily balances of a quarter times a rate that banks pay (indicators.md §10).

Banks credit interest on 20 or 21 March, June, September and December. The rate is not on the paper, so what can be checked is
that the rate which the credit implies is one that banks have paid. Interest that no such rate explains hints at balances that
never were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extract.grammar import Rows
from extract.statements.chain import amount_of
from extract.statements.entries import class_of
from records.facts import Check, Outcome, Period

SAYS = "结息 ≈ 日均余额 × 活期利率 × 天数 / 360"
MONTHS, DAYS = (3, 6, 9, 12), (20, 21, 22)
YEAR = 360
#: Annual rates paid on current accounts, from what is left after the cuts to what agreed deposits bear.
LOWEST, HIGHEST = Decimal("0.0003"), Decimal("0.0200")
CENT = Decimal("0.01")


def expected(average: Decimal, rate: Decimal, days: int) -> Decimal:
    """What a balance earns in so many days, to the cent."""
    return (average * rate * days / YEAR).quantize(CENT)


def implied_rate(interest: Decimal, average: Decimal, days: int) -> Decimal | None:
    """The annual rate that this interest would mean; None where nothing stood on the account."""
    return interest * YEAR / (average * days) if average > 0 and days > 0 else None


def credits(rows: Rows, order: Sequence[int]) -> Iterator[tuple[int, date, Decimal]]:
    """The rows by which a bank credited a quarter's interest."""
    for number in order:
        row = rows[number]
        amount, day = amount_of(row, "amount"), row["date"].value if "date" in row else None
        if not amount or amount < 0 or not isinstance(day, date) or day.month not in MONTHS or day.day not in DAYS:
            continue
        if class_of(str(row["summary"].value) if "summary" in row else "", amount) == "interest":
            yield number, day, amount


def daily(rows: Rows, order: Sequence[int], period: Period) -> dict[date, Decimal]:
    """The balance at the end of each day of a period, carried forward; from the first printed balance on."""
    last: dict[date, Decimal] = {}
    for number in order:
        day, balance = (
            rows[number]["date"].value if "date" in rows[number] else None,
            amount_of(rows[number], "balance"),
        )
        if isinstance(day, date) and balance is not None:
            last[day] = balance
    first = rows[order[0]]
    begin, moved = amount_of(first, "balance"), amount_of(first, "amount")
    if begin is None or moved is None:
        return {}
    result, balance = {}, begin - moved
    for offset in range(period.days):
        day = period.start + timedelta(days=offset)
        balance = last.get(day, balance)
        result[day] = balance
    return result


def checks(rows: Rows, order: Sequence[int], period: Period | None) -> Iterator[Check]:
    """Every quarter's interest that the statement covers from its first day; cannot be told where it does not."""
    found = list(credits(rows, order))
    balances = daily(rows, order, period) if found and period is not None and period.days <= 3700 else {}
    for number, day, interest in found:
        start = _quarter_before(day)
        where = f"row {number + 1}"
        if period is None or period.start > start or start not in balances:
            yield Check("interest_plausible", Outcome.CANNOT_TELL, SAYS, where=f"{where}: 缺 {start} 起的余额")
            continue
        days = (day - start).days
        average = sum((balances[start + timedelta(days=n)] for n in range(days)), Decimal(0)) / days
        rate = implied_rate(interest, average, days)
        if rate is None:
            yield Check("interest_plausible", Outcome.CANNOT_TELL, SAYS, where=f"{where}: 日均余额不为正")
            continue
        state = Outcome.HOLDS if LOWEST <= rate <= HIGHEST else Outcome.FAILS
        says = f"{expected(average, LOWEST, days):f} – {expected(average, HIGHEST, days):f}"
        yield Check("interest_plausible", state, SAYS, says, f"{interest:f}", where)


def _quarter_before(day: date) -> date:
    """The day from which this interest counts: that of the quarter before."""
    month, year = (day.month - 3, day.year) if day.month > 3 else (12, day.year - 1)
    return date(year, month, day.day)
