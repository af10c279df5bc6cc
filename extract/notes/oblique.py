"""What only weak signs tell together, and when it gives way to plainer words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.lexicon.adding import Sum
from extract.lexicon.sums import signs
from extract.lexicon.words import Trigger
from extract.notes.clauses import Sentence
from extract.notes.hit import Hit


def in_sum(text: str, sentence: Sentence, said: Sum) -> Hit:
    """Signs that in sum tell of an event, with what each weighs."""
    entries = [(signs()[number], sentence.start + start, sentence.start + end) for start, end, number in said.places]
    pieces = tuple((start, end) for _, start, end in entries)
    because = " + ".join(f"{text[start:end]} {entry.weight}" for entry, start, end in entries)
    return Hit(pieces[0][0], pieces[-1][1], _of_signs(said.event), False, pieces, (), False, because)


@cache
def _of_signs(event: str) -> Trigger:
    first = next(entry for entry in signs() if entry.event == event)
    said = {"id": f"signs.{event}", "event": event, "yields": True, "terms": first.words}
    return Trigger.model_validate(said | {"yes": first.yes, "no": first.no})


def told_plainly(hit: Hit, plainer: Sequence[Hit]) -> bool:
    """A plainer word has already told what these characters stand for, and it is something else."""
    places = hit.pieces or ((hit.start, hit.end),)
    others = [one for one in plainer if one.trigger.event != hit.trigger.event]
    return any(one.start < end and start < one.end for one in others for start, end in places)
