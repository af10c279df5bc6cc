"""What belongs to an event: amount, court, case number, day, from and to, how many days and how often."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extract.notes.mentions import Thing
from extract.notes.place import Place

_FROM_TO = re.compile(r"(?:由|从)[^,。;]{0,16}?$")
_TO = re.compile(r"(?:降至|降到|降为|跌至|跌到|减至|升至|升到|拉长至|延长至|上升至|增至|至|到)(?:了)?$")
_LAWFUL = frozenset(
    {"litigation_defendant", "enforcement_target", "dishonest_debtor", "collateral_seizure", "account_frozen"}
)


def arguments(
    place: Place, event: str, named: Sequence[Thing], others: Sequence[int]
) -> tuple[dict[str, str], date | None]:
    """The arguments of one event. ``others``: where the other events of the sentence begin, whose amounts are not ours."""
    if not named:
        return dict(place.hit.told), None
    args: dict[str, str] = {}
    mine = [thing for thing in named if _ours(place, thing, others)]
    amount = _nearest(place, [thing for thing in mine if thing.kind == "amount" and not _endpoint(place, thing)])
    if amount:
        args["amount"] = amount.value
        if not amount.exact:
            args["amount_is"] = "approximate"
    args |= _change(place, mine) | dict(place.hit.told)
    if event in _LAWFUL:
        for kind in ("court", "case_no"):
            found = _nearest(place, [thing for thing in named if thing.kind == kind])
            if found:
                args[kind] = found.value
    for kind, name in (("days", "days"), ("periods", "periods"), ("count", "count")):
        found = _nearest(place, [thing for thing in mine if thing.kind == kind])
        if found:
            args[name] = found.value
    told = _nearest(place, [thing for thing in mine if thing.kind == "date"])
    return args, date.fromisoformat(told.value) if told else None


def _ours(place: Place, thing: Thing, others: Sequence[int]) -> bool:
    """Nearer to this event than to any other of the sentence, by clauses and then by distance."""
    distance = _distance(place, thing, place.hit.start, place.hit.end)
    return all(distance <= _distance(place, thing, other, other + 2) for other in others)


def _distance(place: Place, thing: Thing, start: int, end: int) -> int:
    """Characters between, with a toll for every comma; what follows an event belongs to it rather than what precedes."""
    low, high = (end, thing.start) if thing.start >= start else (thing.end, start)
    between = place.sentence.text[low:high] if low < high else ""
    return len(between) + 12 * between.count(",") + (3 if thing.start < start else 0)


def _nearest(place: Place, candidates: Sequence[Thing]) -> Thing | None:
    return min(candidates, key=lambda thing: _distance(place, thing, place.hit.start, place.hit.end), default=None)


def _endpoint(place: Place, thing: Thing) -> bool:
    """由1,200万元降至830万元: ends of a change, not the amount of an event."""
    text, start = place.sentence.text, place.sentence.start
    before = text[max(start, thing.start - 18) : thing.start]
    return bool(_FROM_TO.search(before)) or bool(_TO.search(before))


def _change(place: Place, mine: Sequence[Thing]) -> dict[str, str]:
    """From, to, and the share of a change."""
    text, start = place.sentence.text, place.sentence.start
    out: dict[str, str] = {}
    for thing in mine:
        if thing.kind not in ("amount", "percent", "days", "count"):
            continue
        before = text[max(start, thing.start - 18) : thing.start]
        if _TO.search(before):
            out.setdefault("to", thing.value)
        elif _FROM_TO.search(before):
            out.setdefault("from", thing.value)
        elif thing.kind == "percent":
            out.setdefault("percent", thing.value)
    return out
