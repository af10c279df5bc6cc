"""Misread figures put right where arithmetic leaves one answer: the only place where a reading departs from its reader.

Only what an OCR engine read is ever repaired; a text layer says what it says. Where identities fail, every value they accuse
is tried in the spellings that the engine itself considered and in those of a short table of glyphs that are mistaken for each
other. A change counts when every failing identity that accuses the value holds afterwards and none fails anew. It is made
only when it is the one change of all that does so, and when more than one witness speaks for it: a second identity, the
engine's own alternative, or a reading that was unsure on the very page where the neighbour stands. A row that is missing
could otherwise pass for a misread amount that happens to differ by as much. What was printed stays in ``raw``; the old
spelling and the identity that decided stay with the value. Where two changes would do, the conflict stays for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from extract.grammar import Bearing, Reading, plain, set_value, value_at
from extract.kinds import Count, Kind, Money, Quantity
from extract.proof.unread import fill
from extract.proof.witness import weighed
from extract.spellings import signed, spellings
from records.facts import Field, Outcome, Printed, Repair, State, Value

#: Below this a reading is unsure enough for one identity to overrule it.
UNSURE = 0.9
#: How many trials one paper may cost.
TRIALS = 6000


@dataclass(frozen=True, slots=True)
class Trial:
    """Another reading of one value, and what speaks for it."""

    path: str
    value: Value
    spelled: str
    offered: bool  #: whether the engine itself considered it


def evaluate(reading: Reading, *, tell: bool = False) -> list[Bearing]:
    """Every identity of the type held against the reading as it stands; ``tell``: keep what the checks say to a person."""
    mark = len(reading.findings)
    reading.look_through()
    named = [item.hold_against(reading) for item in reading.identities()]
    bearings = reading.settled([*named, *reading.more_checks()], weighed)
    if not tell:
        del reading.findings[mark:]
    return bearings


def mend(reading: Reading) -> None:
    """Repair what can be repaired, one value after the other, as long as something can; take back what later proves wrong."""
    if not reading.sheet.by_ocr:
        return
    fill(reading, evaluate)
    budget = TRIALS
    while budget > 0:
        before = evaluate(reading)
        chosen: Trial | None = None
        for failing in [b for b in before if b.check.state is Outcome.FAILS and b.accuses]:
            chosen, spent = _only_way(reading, failing, before, budget)
            budget -= spent
            if chosen or budget <= 0:
                break
        if chosen is None:
            break
        _make(reading, chosen, before)
    _take_back(reading)


def _take_back(reading: Reading) -> None:
    """A repaired value that an identity still accuses goes back to what was read."""
    for bearing in evaluate(reading):
        for path in bearing.accuses if bearing.check.state is Outcome.FAILS else ():
            field = value_at(reading, path)
            if field is not None and field.repaired and (was := _as_read(reading, path, field)) is not None:
                set_value(reading, path, replace(field, value=was, repaired=None))


def _as_read(reading: Reading, path: str, field: Field) -> Value | None:
    kind = kind_at(reading, path)
    return _valued(kind, field.repaired.was, field, reading.money_unit) if kind and field.repaired else None


def _make(reading: Reading, trial: Trial, before: Sequence[Bearing]) -> None:
    field = value_at(reading, trial.path)
    assert field is not None
    by = next(b.check.identity for b in before if b.check.state is Outcome.FAILS and trial.path in b.accuses)
    was = field.source.raw if isinstance(field.source, Printed) else str(field.value)
    set_value(reading, trial.path, replace(field, value=trial.value, repaired=Repair(was, by), state=State.CONSISTENT))


def _only_way(reading: Reading, failing: Bearing, before: Sequence[Bearing], budget: int) -> tuple[Trial | None, int]:
    """The one change that puts this failure right, if there is exactly one and enough speaks for it."""
    ways: list[tuple[Trial, int]] = []
    spent = 0
    for path in failing.accuses:
        for trial in trials(reading, path):
            if reading.linear and not _bridges(reading, trial, failing):
                continue
            if spent >= budget:
                return None, spent
            spent += 1
            witnesses = _witnesses(reading, trial, before)
            if witnesses:
                ways.append((trial, witnesses))
    if len({(trial.path, trial.value) for trial, _ in ways}) != 1:
        return None, spent
    trial, witnesses = ways[0]
    enough = witnesses > 1 or trial.offered or _unsure(reading, trial.path)
    return (trial if enough else None), spent


def _bridges(reading: Reading, trial: Trial, failing: Bearing) -> bool:
    """Whether a value differs from the one read by as much as the sum is off: any other need not be tried."""
    field, check = value_at(reading, trial.path), failing.check
    if field is None or not isinstance(field.value, Decimal) or not isinstance(trial.value, Decimal):
        return True
    if check.computed is None or check.printed is None:
        return True
    off = abs(Decimal(check.computed) - Decimal(check.printed))
    return abs(trial.value - field.value) == off


def _unsure(reading: Reading, path: str) -> bool:
    field = value_at(reading, path)
    return field is not None and isinstance(field.source, Printed) and field.source.confidence < UNSURE


def overruled(value: Field) -> bool:
    """Whether arithmetic replaced figures that the engine read clearly, with no doubt of its own."""
    place = value.source
    if value.repaired is None or not isinstance(place, Printed) or place.confidence < UNSURE:
        return False
    was, now = digits(value.repaired.was), digits(plain(value.value))
    return was != now and now not in {digits(text) for text in place.alternatives}


def digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _witnesses(reading: Reading, trial: Trial, before: Sequence[Bearing]) -> int:
    """How many failing identities that accuse the value this change puts right; 0 unless it is all of them and no other fails."""
    field = value_at(reading, trial.path)
    assert field is not None
    set_value(reading, trial.path, replace(field, value=trial.value))
    after = evaluate(reading)
    set_value(reading, trial.path, field)
    failed = {_key(b): b for b in before if b.check.state is Outcome.FAILS}
    fails = {_key(b): b for b in after if b.check.state is Outcome.FAILS}
    if set(fails) - set(failed) or any(trial.path in b.accuses for b in fails.values()):
        return 0
    return sum(key not in fails for key, b in failed.items() if trial.path in b.accuses)


def _key(bearing: Bearing) -> tuple[str, str | None]:
    return bearing.check.identity, bearing.check.where


# --- other spellings --------------------------------------------------------------------------------------------------


def trials(reading: Reading, path: str) -> Iterator[Trial]:
    """Other values that this place could carry: what the engine considered, then what the table of glyphs allows."""
    field, kind = value_at(reading, path), kind_at(reading, path)
    if field is None or kind is None or field.repaired or not _by_ocr(reading, field):
        return
    assert isinstance(field.source, Printed)
    seen = {str(field.value)}
    offered = list(field.source.alternatives)
    for place, text in enumerate([*offered, *spellings(field.source.raw)]):
        value = _valued(kind, text, field, reading.money_unit)
        if value is not None and str(value) not in seen:
            seen.add(str(value))
            yield Trial(path, value, text, place < len(offered))


def _by_ocr(reading: Reading, field: Field) -> bool:
    source = field.source
    return isinstance(source, Printed) and any(
        page.number == source.page and page.source == "ocr" for page in reading.sheet.pages
    )


def kind_at(reading: Reading, path: str) -> Kind[Any] | None:
    """The kind of the value at a path, where it is one that repair understands: money, quantities, counts."""
    table, bracket, rest = path.partition("[")
    kinds = reading.table_specs()[table].columns if bracket else reading.kinds()
    kind = kinds.get(rest.partition("].")[2] if bracket else path)
    return kind if isinstance(kind, Money | Quantity | Count) else None


def _valued(kind: Kind[Any], text: str, field: Field, unit: Decimal) -> Value | None:
    """The value of another spelling; a sign that came from the column or the balance stays with the value."""
    picked = kind.pick(text, unit)
    if picked is None:
        return None
    value = picked[0]
    if isinstance(value, Decimal) and isinstance(field.value, Decimal) and not signed(text):
        source = field.source
        own = isinstance(source, Printed) and signed(source.raw)
        return value if own else value.copy_sign(field.value)
    return value
