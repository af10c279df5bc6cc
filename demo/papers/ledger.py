"""One account over a period: its movements, the balance after each, and the sums a bank prints about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Movement:
    """Money in (+) or out (-), and what the bank notes about it."""

    day: date
    amount: Decimal
    summary: str
    name: str | None = None
    account: str | None = None
    bank: str | None = None
    time: str | None = None  #: HH:MM:SS
    channel: str | None = None
    remark: str | None = None
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A movement as it is printed: with the balance after it."""

    movement: Movement
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Ledger:
    """An account, whose it is, and everything that moved on it between two days."""

    holder: str
    number: str
    start: date
    end: date
    opening: Decimal
    movements: tuple[Movement, ...]
    branch: str = "云洲临屿支行"
    id_no: str | None = None
    code: str = "26110100000000000001"  #: the number of the print-out

    def entries(self) -> list[Entry]:
        """In the order things happened."""
        balance, entries = self.opening, []
        for movement in self.movements:
            balance += movement.amount
            entries.append(Entry(movement, balance))
        return entries

    @property
    def paid_in(self) -> Decimal:
        return sum((m.amount for m in self.movements if m.amount > 0), ZERO)

    @property
    def paid_out(self) -> Decimal:
        return -sum((m.amount for m in self.movements if m.amount < 0), ZERO)

    @property
    def closing(self) -> Decimal:
        return self.opening + self.paid_in - self.paid_out

    def count(self, sign: int) -> int:
        """How many movements in (1) or out (-1)."""
        return sum(1 for m in self.movements if (m.amount > 0) == (sign > 0))

    def between(self, start: date, end: date) -> Ledger:
        """The part of the account in a shorter period, carried over from what came before."""
        before = [m.amount for m in self.movements if m.day < start]
        inside = tuple(m for m in self.movements if start <= m.day <= end)
        return replace(self, start=start, end=end, opening=self.opening + sum(before, ZERO), movements=inside)
