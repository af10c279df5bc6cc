"""Equations between values of a paper, and what each says about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extract.kinds import NotRead
from records.facts import Check, Outcome

if TYPE_CHECKING:
    from extract.grammar.reading import Reading


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a check says about single values: which it proves when it holds, which it accuses when it fails.

    Values are named ``closing_balance`` or ``transactions[3].balance`` (rows count from 0). ``proves`` is what it would prove if
    one value at most were wrong; ``extract.proof.witness`` leaves of that what holds for two. ``terms``: all figures in the
    equation, each with its sign in a plain sum, else 0, where they are more than ``proves``; ``#1`` names one that is no value of
    the reading. ``leans``: what it takes for right. ``needs``: what an equation without the proved ones has to hold.
    ``apart``: each value has a witness of its own (two spellings, two sources).
    """

    check: Check
    proves: tuple[str, ...] = ()
    accuses: tuple[str, ...] = ()
    terms: tuple[tuple[str, int], ...] = ()
    leans: tuple[str, ...] = ()
    apart: bool = False
    needs: tuple[str, ...] = ()


Weigh = Callable[["Reading", Sequence[Bearing]], list[Bearing]]


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation between values of a paper, in words, and the values it would catch if they were wrong."""

    name: str
    says: str
    proves: tuple[str, ...]
    sides: Callable[[Any], tuple[object, object]]
    within: Decimal = Decimal(0)
    terms: tuple[tuple[str, int], ...] = ()
    leans: tuple[str, ...] = ()
    apart: bool = False

    def hold_against(self, reading: Reading) -> Bearing:
        """Compute both sides; a value that is missing makes it impossible to tell, never a failure."""
        try:
            computed, printed = self.sides(reading)
        except NotRead as missing:
            return Bearing(Check(self.name, Outcome.CANNOT_TELL, self.says, where=f"缺 {missing}"))
        if isinstance(computed, Decimal) and isinstance(printed, Decimal):
            holds = abs(computed - printed) <= self.within
        else:
            holds = computed == printed
        check = Check(
            self.name,
            Outcome.HOLDS if holds else Outcome.FAILS,
            self.says,
            plain(computed),
            plain(printed),
            values=self.proves,
        )
        exact = computed == printed  # within a tolerance a wrong last digit would pass unnoticed: that proves nothing
        proves, accuses = self.proves if exact else (), () if holds else self.proves
        return Bearing(check, proves, accuses, self.terms, self.leans, self.apart)


def plain(value: object) -> str:
    """A number as a check shows it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def identity(
    says: str, *, proves: Sequence[str], within: Decimal = Decimal(0), plus: Sequence[str] = (),
    minus: Sequence[str] = (), leans: Sequence[str] = (), apart: bool = False,
) -> Callable[[Callable[[Any], tuple[object, object]]], Identity]:  # fmt: skip
    """Declare an equation: the method returns (computed, printed), ``proves`` names the values it bears on.

    ``plus`` and ``minus``: the terms of a plain sum by their sides; for ``leans`` and ``apart`` see ``Bearing``.
    """
    terms = (*((name, 1) for name in plus), *((name, -1) for name in minus))

    def declare(sides: Callable[[Any], tuple[object, object]]) -> Identity:
        return Identity(sides.__name__, says, tuple(proves), sides, within, terms, tuple(leans), apart)

    return declare
