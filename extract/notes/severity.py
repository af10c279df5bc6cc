"""How bad: the default of the table, the words and numbers that raise or lower it, and the modifiers of 风险事件 §0.3."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from extract.lexicon.words import Grade, grades
from extract.notes.clauses import Sentence
from extract.risks import EVENTS
from records.facts import Cue, Severity

_ORDER = (Severity.LIGHT, Severity.MODERATE, Severity.SEVERE)
_HEARSAY = re.compile(r"据了解|据说|据悉|听闻|有人反映|据反映|据邻居|据知情人")
_AGAIN = re.compile(r"再次|再度|又一次|第[二三四五]次|多次")
_ONE_DOWN = frozenset({"affiliate", "counterparty", "stranger", "person"})


@cache
def _grades() -> Mapping[str, tuple[Grade, ...]]:
    found: dict[str, list[Grade]] = {}
    for grade in grades():
        found.setdefault(grade.event, []).append(grade)
    return {event: tuple(entries) for event, entries in found.items()}


def severity(event: str, sentence: Sentence, args: Mapping[str, str], role: str) -> tuple[Severity, tuple[Cue, ...]]:
    """The severity of an asserted event, with the reasons that moved it from its default."""
    level = EVENTS[event].severity
    reasons: list[Cue] = []
    words = sentence.words
    for grade in _grades().get(event, ()):
        spoken = next((word for word in grade.words if word in words), None)
        if spoken and (not reasons or Severity(grade.to) is Severity.SEVERE):
            level = Severity(grade.to)
            reasons.append(Cue(spoken, level.value, f"grade.{event}"))
    measured = _by_number(event, args)
    if measured and not any(reason.effect == "severe" for reason in reasons):
        level = measured[0]
        reasons.append(measured[1])
    for moved, cue in _modifiers(words, role):
        level = _moved(level, moved)
        reasons.append(cue)
    return level, tuple(reasons)


def _moved(level: Severity, steps: int) -> Severity:
    return _ORDER[min(2, max(0, _ORDER.index(level) + steps))]


def raised(level: Severity) -> Severity:
    """One level up, at most 重度."""
    return _moved(level, 1)


def lowered(level: Severity) -> Severity:
    """One level down, at least 轻度."""
    return _moved(level, -1)


def _modifiers(words: str, role: str) -> list[tuple[int, Cue]]:
    found = []
    again, hearsay = _AGAIN.search(words), _HEARSAY.search(words)
    if again:
        found.append((1, Cue(again.group(), "raised", "modifier.repeated")))
    if hearsay:
        found.append((-1, Cue(hearsay.group(), "lowered", "modifier.hearsay")))
    if role in _ONE_DOWN:
        found.append((-1, Cue(role, "lowered", "modifier.not_the_borrower")))
    return found


def _by_number(event: str, args: Mapping[str, str]) -> tuple[Severity, Cue] | None:
    """Bands of 风险事件 §13 that are told in figures."""
    match event:
        case "loan_overdue":
            return _overdue(args, (7, 90))
        case "credit_overdue":
            return _overdue(args, (30, 90)) or _often(args)
        case "operation_decline" | "income_decline":
            return _fallen(event, args)
        case _:
            return None


def _overdue(args: Mapping[str, str], bands: tuple[int, int]) -> tuple[Severity, Cue] | None:
    days = int(args["days"]) if "days" in args else 30 * int(args["periods"]) if "periods" in args else None
    if days is None:
        return None
    level = Severity.SEVERE if days > bands[1] else Severity.MODERATE if days > bands[0] else Severity.LIGHT
    return level, Cue(f"{days} 天", level.value, "band.days")


def _often(args: Mapping[str, str]) -> tuple[Severity, Cue] | None:
    if int(args.get("count", "0")) >= 3:
        return Severity.MODERATE, Cue(f"{args['count']} 次", "moderate", "band.count")
    return None


def _fallen(event: str, args: Mapping[str, str]) -> tuple[Severity, Cue] | None:
    """−10~−20% light, to −40% moderate, beyond severe (income: −40% moderate)."""
    fall = _fall(args)
    if fall is None:
        return None
    if event == "income_decline":
        level = Severity.MODERATE if fall >= Decimal("0.4") else Severity.LIGHT
    else:
        level = (
            Severity.SEVERE
            if fall >= Decimal("0.4")
            else Severity.LIGHT
            if fall <= Decimal("0.2")
            else Severity.MODERATE
        )
    return level, Cue(f"-{fall:.0%}", level.value, "band.fall")


def _fall(args: Mapping[str, str]) -> Decimal | None:
    if "from" in args and "to" in args and Decimal(args["from"]) > 0:
        fall = 1 - Decimal(args["to"]) / Decimal(args["from"])
        return fall if fall > 0 else None
    return Decimal(args["percent"]) if "percent" in args else None


def families(events: Sequence[str]) -> frozenset[str]:
    """The families of these events."""
    return frozenset(EVENTS[event].family for event in events)
