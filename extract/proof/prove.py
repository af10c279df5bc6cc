"""From checks to states: what is proved, what is in doubt, and what nobody can tell.

A value is ``verified`` only when a check that would have caught it being wrong holds, and no check that contains it fails. A
failing check lowers every value it accuses to ``conflict``, whatever else speaks for them. A value that its reader was unsure of
is lifted by a proof and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.grammar import Bearing, Reading, plain, set_value, value_at
from extract.proof.repair import digits, evaluate, mend, overruled
from records.facts import Check, Field, Finding, Printed, State


def prove(reading: Reading) -> tuple[Check, ...]:
    """Hold every identity of the type against the reading and set the states of its values; return the checks."""
    mend(reading)
    bearings = evaluate(reading, tell=True)
    named = {item.name for item in reading.identities()}
    reading.findings += [_told(b.check, reading) for b in bearings if b.accuses and b.check.identity in named]
    reading.findings += list(reading.remarks())
    reading.findings += [_overruled(value, place) for value, place in clear_but_overruled(reading)]
    apply(reading, bearings)
    return tuple(dict.fromkeys(bearing.check for bearing in bearings))


def _told(check: Check, reading: Reading) -> Finding:
    """A failing identity in words, with both figures."""
    says = f"不成立：{check.says}。应为 {check.computed}，印着 {check.printed}。"
    places = [value.source for name in check.values if (value := value_at(reading, name)) is not None]
    page = next((place.page for place in places if isinstance(place, Printed)), None)
    return Finding("identity_fails", says, page)


def clear_but_overruled(reading: Reading) -> Iterator[tuple[Field, Printed]]:
    """Figures that the engine read clearly, with no doubt of its own, and that arithmetic replaced all the same.

    Most are misreadings of a clean print; but a digit that somebody painted over is just as clear, and the repair undoes it.
    Which of the two it was only a look at the paper tells.
    """
    cells = (cell for rows in reading.tables.values() for row in rows for cell in row.values())
    for value in (*reading.fields.values(), *cells):
        place = value.source
        if not overruled(value) or value.repaired is None or not isinstance(place, Printed):
            continue
        if len(digits(value.repaired.was)) == len(digits(plain(value.value))):
            yield value, place


def _overruled(value: Field, place: Printed) -> Finding:
    assert value.repaired is not None
    says = f"第 {place.page} 页印着 {value.repaired.was}，按算式只能是 {plain(value.value)}，已按后者记录"
    return Finding("clear_figure_repaired", f"{says}；印得清楚，请核对原件是否改动。", place.page)


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
