"""What an indicator is declared with, and how all of them are computed.

A family gathers its material from the papers (None: nothing of its kind on file) and declares pure functions over it. The frame
adds what every indicator carries. A denominator that is zero or missing gives no value and a reason, never 0.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from inspect import signature
from typing import Any, TypeVar

from records.facts import Field, Indicator, Input, Paper, Period, Printed, Quality, State, Subject
from records.loans import Loan

Papers = Sequence[tuple[str, Paper]]
CENT = Decimal("0.01")
FOUR = Decimal("0.0001")
Gather = TypeVar("Gather", bound=Callable[..., Any])


class NoValue(Exception):
    """An indicator cannot be computed; the message is the reason that people see."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed figure: its value, the time it is about, and what went into it."""

    value: Decimal | date | None
    period: Period | None
    inputs: tuple[Input, ...]
    quality: Quality
    reason: str | None = None
    loan_note_no: str | None = None  #: where it is about one loan, not the borrower


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as declared: names, unit, formula, and the function that computes it."""

    id: str
    title: tuple[str, str]  #: 中文, English
    unit: str
    formula: str
    function: Callable[[Any], Figure | Iterable[Figure]]
    family: str


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators that share their material."""

    name: str
    gather: Callable[..., Any]
    asks: frozenset[str]  #: what it asks of the loan book: whose the papers are, the loans


DEFINITIONS: dict[str, Definition] = {}
_FAMILIES: dict[str, Family] = {}


def family(name: str) -> Callable[[Gather], Gather]:
    """Declare how a family gathers its material: from the papers, and from what it names of the loan book."""

    def declare(gather: Gather) -> Gather:
        _FAMILIES[name] = Family(name, gather, frozenset(signature(gather).parameters) & {"whose", "loans"})
        return gather

    return declare


def indicator(
    id: str, title: tuple[str, str], unit: str, formula: str, *, family: str
) -> Callable[[Callable[[Any], Figure | Iterable[Figure]]], Callable[[Any], Figure | Iterable[Figure]]]:
    """Declare an indicator of a family; its id is the one of indicators.md."""

    def declare(function: Callable[[Any], Figure | Iterable[Figure]]) -> Callable[[Any], Figure | Iterable[Figure]]:
        if id in DEFINITIONS and DEFINITIONS[id].function.__module__ != function.__module__:
            raise TypeError(f"the indicator {id!r} is declared twice")
        DEFINITIONS[id] = Definition(id, title, unit, formula, function, family)
        return function

    return declare


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """Every indicator there is, by id: the families of this folder, loaded once."""
    import extract.indicators as folder

    for module in sorted(m.name for m in pkgutil.iter_modules(folder.__path__, "extract.indicators.")):
        importlib.import_module(module)
    return DEFINITIONS


def compute(papers: Papers, whose: Subject | None = None, loans: Sequence[Loan] = ()) -> list[Indicator]:
    """Every indicator that these papers allow, in the order of their declaration.

    ``whose`` and ``loans``: the borrower and its loans as the loan book knows them; neither while a paper is read by itself.
    """
    known = definitions()
    book: dict[str, Any] = {"whose": whose, "loans": loans}
    results: list[Indicator] = []
    for name in sorted(_FAMILIES):
        asked = _FAMILIES[name]
        material = asked.gather(papers, **{name: book[name] for name in asked.asks})
        if material is None:
            continue
        for definition in known.values():
            if definition.family == name:
                results += _evaluated(definition, material)
    return results


def _evaluated(definition: Definition, material: Any) -> list[Indicator]:
    try:
        answer = definition.function(material)
        figures = [answer] if isinstance(answer, Figure) else list(answer)
    except NoValue as why:
        period = getattr(material, "period", None)
        figures = [Figure(None, period, (), Quality.PARTIAL, str(why))]
    return [
        Indicator(
            definition.id, as_text(figure.value, definition.unit), definition.unit, figure.period, figure.quality,
            definition.formula, figure.inputs, figure.reason, figure.loan_note_no,
        )
        for figure in figures
    ]  # fmt: skip


def as_text(value: Decimal | date | None, unit: str) -> str | None:
    """A figure as the contract writes it: money to the cent, ratios to four places, counts whole."""
    if value is None or isinstance(value, date):
        return value.isoformat() if value else None
    if unit in ("CNY", "CNY/month"):
        return f"{value.quantize(CENT, ROUND_HALF_UP):f}"
    if unit in ("ratio", "CNY/kWh"):
        return f"{value.quantize(FOUR, ROUND_HALF_UP):f}"
    return f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:f}"


def ratio(numerator: Decimal, denominator: Decimal, what: str) -> Decimal:
    """A quotient, or no value and why."""
    if denominator <= 0:
        raise NoValue(f"分母为零：{what}" if denominator == 0 else f"分母为负：{what}")
    return numerator / denominator


def cited(field: Field, document: str, name: str | None = None) -> Input:
    """A value as an input: its name, the page it is printed on, and its document (none while a paper is read by itself)."""
    page = field.source.page if isinstance(field.source, Printed) else None
    return Input(name or field.name, page, document or None, str(field.value))


def quality_of(states: Iterable[State], *, complete: bool = True) -> Quality:
    """How far a figure can be trusted: as far as the weakest of its inputs, and as far as they are complete."""
    worst = set(states)
    if State.CONFLICT in worst:
        return Quality.CONFLICT
    if not complete or State.LOW_CONFIDENCE in worst or State.ABSENT in worst:
        return Quality.PARTIAL
    return Quality.VERIFIED if worst == {State.VERIFIED} else Quality.CONSISTENT
