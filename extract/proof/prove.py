"""From checks to states: what is proved, what is in doubt, and what nobody can tell.

A value is ``verified`` only when a check that would have caught it being wrong holds, and no check that contains it fails. A
failing check lowers every value it accuses to ``conflict``, whatever else speaks for them. A value that its reader was unsure of
is lifted by a proof and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.grammar import Bearing, Reading, set_value, value_at
from extract.proof.repair import evaluate, mend
from records.facts import Check, Finding, Printed, State


def prove(reading: Reading) -> tuple[Check, ...]:
    """Hold every identity of the type against the reading and set the states of its values; return the checks."""
    mend(reading)
    bearings = evaluate(reading, tell=True)
    named = {item.name for item in reading.identities()}
    reading.findings += [_told(b.check, reading) for b in bearings if b.accuses and b.check.identity in named]
    reading.findings += list(reading.remarks())
    apply(reading, bearings)
    return tuple(dict.fromkeys(bearing.check for bearing in bearings))


def _told(check: Check, reading: Reading) -> Finding:
    """A failing identity in words, with both figures."""
    says = f"不成立：{check.says}。应为 {check.computed}，印着 {check.printed}。"
    places = [value.source for name in check.values if (value := value_at(reading, name)) is not None]
    page = next((place.page for place in places if isinstance(place, Printed)), None)
    return Finding("identity_fails", says, page)


def apply(reading: Reading, bearings: Iterable[Bearing]) -> None:
    """Let proofs raise and accusations lower the values that they name; accusations win."""
    proofs: dict[str, list[str]] = {}
    accused: set[str] = set()
    for bearing in bearings:
        for path in bearing.proves:
            names = proofs.setdefault(path, [])
            if bearing.check.identity not in names:
                names.append(bearing.check.identity)
        accused.update(bearing.accuses)
    for path in sorted(accused | set(proofs)):
        value = value_at(reading, path)
        if value is None:
            continue
        if path in accused:
            set_value(reading, path, replace(value, state=State.CONFLICT, verified_by=()))
        elif value.state is not State.CONFLICT:
            by = value.verified_by + tuple(name for name in proofs[path] if name not in value.verified_by)
            set_value(reading, path, replace(value, state=State.VERIFIED, verified_by=by))
