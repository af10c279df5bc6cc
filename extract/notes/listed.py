"""The word lists as the notes reader asks them: what each word says by itself, and what several words can make up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extract.lexicon.adding import Signs
from extract.lexicon.heard import Vocabulary
from extract.lexicon.situations import Situations
from extract.lexicon.sums import signs
from extract.lexicon.ways import Ways, spelled
from extract.lexicon.words import (
    Metric,
    Part,
    Situation,
    Trigger,
    groups,
    harmless,
    metrics,
    parts,
    situations,
    triggers,
)
from extract.notes.squeeze import same
from extract.notes.suggesting import class_words


@dataclass(slots=True)
class Said:
    """What a word says by itself."""

    terms: list[Trigger] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    harmless: bool = False
    counter: bool = False  #: of so many, so many


@dataclass(frozen=True, slots=True)
class Lists:
    """All of them, ready to be asked of a sentence."""

    words: Vocabulary
    ways: tuple[tuple[str, Trigger], ...]
    pairs: Situations
    situations: tuple[tuple[Situation, Trigger], ...]
    signs: Signs


@cache
def lists() -> Lists:
    """Made once per process, from the lists as they are checked."""
    written = tuple((same(spelled(way)).lower(), entry) for entry in triggers() for way in entry.ways)
    said: defaultdict[str, Said] = defaultdict(Said)
    for entry in triggers():
        for term in entry.terms:
            said[same(term).lower()].terms.append(entry)
    for metric in metrics():
        for name in metric.names:
            said[name.lower()].metrics.append(metric)
    for nothing in harmless():
        for term in nothing.terms:
            said[term].harmless = True
    for part in parts():
        for word in part.counters:
            said[word].counter = True
    pairs = Situations(*_as_written())
    adding = Signs([entry.model_dump() for entry in signs()], lambda word: same(word).lower())
    # The trained model and the cues ask for the words of classes, hedges among them: all is heard in one pass.
    words = Vocabulary(said, Ways(way for way, _ in written), pairs, adding, class_words())
    told = tuple((entry, _told_by(entry)) for entry in situations())
    return Lists(words, written, pairs, told, adding)


def _as_written() -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    words = {entry.name: [same(word).lower() for word in entry.words] for entry in groups()}
    return [entry.model_dump() for entry in situations()], words


@cache
def of_part(entry: Part) -> Trigger:
    """The trigger in whose name a part of a whole speaks."""
    said = entry.model_dump(include={"id", "event", "yes", "no"})
    return Trigger.model_validate(said | {"terms": entry.counters})


def _told_by(entry: Situation) -> Trigger:
    """The trigger in whose name a situation speaks."""
    said = entry.model_dump(by_alias=True, include={"id", "event", "with_", "without", "says", "yes", "no"})
    return Trigger.model_validate(said | {"terms": [f"{'|'.join(entry.things)} × {'|'.join(entry.states)}"]})
