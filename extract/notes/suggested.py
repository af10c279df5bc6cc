"""The say of the trained model: it speaks of sentences in which no rule has heard anything, and doubts sums of weak signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.lexicon.heard import Heard
from extract.lexicon.ways import expression, spelled
from extract.lexicon.words import Trigger, harmless, triggers
from extract.notes.clauses import Sentence
from extract.notes.hit import Hit
from extract.notes.squeeze import same
from extract.notes.suggesting import ANYTHING, Model, classes, grams, model, plain

SUGGESTED = "suggested."  #: what the rule of such an event begins with
_UNLIKELY = 0.2  #: on the folds of the trainer this quiets more false sums of weak signs than true ones
_SHOWN = 5  #: the heaviest of what spoke for it are shown as the reason


def suggested(sentence: Sentence, heard: Heard) -> Hit | None:
    """What the model makes of a sentence, if it is sure enough; the hit is where the weightiest letters stand."""
    words, learnt = _harmless().sub(lambda found: " " * len(found.group()), sentence.words), model()
    event = learnt.speaks_of(words, heard.texts if words == sentence.words else None)
    if event is None or refused(event, words):
        return None
    reasons = _reasons(learnt, event, words)
    start, end = _where(reasons, words)
    because = " + ".join(f"{shown} {weight:.1f}" for shown, weight in _by_words(reasons, words)[:_SHOWN])
    return Hit(sentence.start + start, sentence.start + end, _trigger(event), False, (), (), False, because)


def added(
    lines: Sequence[Sentence], found: Sequence[tuple[Sentence, Hit]], heard: Sequence[Heard]
) -> list[tuple[Sentence, Hit]]:
    """The hits of the rules, and those suggested in the sentences that have none, in reading order."""
    told = {sentence.start: sentence.end for sentence, _ in sorted(found, key=lambda one: one[0].end)}
    quiet, last = [], 0
    for one, spoken in zip(lines, heard, strict=True):  # in reading order, as what was told of one or several of them
        last = max(last, told.get(one.start, 0))
        if last <= one.start:
            quiet.append((one, suggested(one, spoken)))
    new = [(one, hit) for one, hit in quiet if hit is not None]
    return sorted((*found, *new), key=lambda one: one[0].end) if new else list(found)


def doubtful(sentence: Sentence, hit: Hit) -> bool:
    """Weak signs that add up to an event which the model thinks unlikely in this sentence."""
    if not hit.because or is_suggested(hit) or sentence.words.isascii():
        return False
    learnt = model()
    return hit.trigger.event in learnt.columns and learnt.sure_of(hit.trigger.event, sentence.words) < _UNLIKELY


def is_suggested(hit: Hit) -> bool:
    """Whether no rule but the model raised the hit."""
    return hit.trigger.id.startswith(SUGGESTED)


def _reasons(learnt: Model, event: str, words: str) -> list[tuple[str, float, int, int]]:
    """What speaks for the event, the heaviest first: its weight for this event and for anything, and where it stands."""
    both = sorted({learnt.columns.index(event), learnt.columns.index(ANYTHING)})
    places = {gram: words.lower().find(gram) for gram in grams(plain(words))}
    stretches = [(gram, start, start + len(gram)) for gram, start in places.items() if start >= 0]
    found: dict[str, tuple[float, int, int]] = {}
    for name, start, end in (*stretches, *classes(words)):
        weight = learnt.weight(name, both)
        if weight > 0:
            found.setdefault(name, (weight, start, end))
    ordered = sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
    return [(name, *rest) for name, rest in ordered]


def _by_words(reasons: Sequence[tuple[str, float, int, int]], words: str) -> list[tuple[str, float]]:
    """What spoke for it in the words of the page: what letters weigh themselves and as words of their classes, together."""
    found: dict[str, float] = {}
    for _, weight, start, end in reasons:
        found[words[start:end]] = found.get(words[start:end], 0.0) + weight
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _where(reasons: Sequence[tuple[str, float, int, int]], words: str) -> tuple[int, int]:
    """The heaviest stretch with what touches it; the whole sentence when nothing of it stands as written."""
    if not reasons:
        return 0, len(words)
    _, _, start, end = reasons[0]
    for _, _, first, last in reasons[1 : 3 * _SHOWN]:
        if first <= end and start <= last:
            start, end = min(start, first), max(end, last)
    return start, end


def refused(event: str, words: str) -> bool:
    """The rules know these words of the event and chose to say nothing: nothing is to be said."""
    lower = words.lower()
    terms, ways = _known(event)
    return any(term in lower for term in terms) or any(expression(way).search(lower) for way in ways)


@cache
def _harmless() -> re.Pattern[str]:
    """Words that hold a risk word and tell of nothing: the model does not hear them either."""
    terms = sorted({same(term) for entry in harmless() for term in entry.terms}, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(re.escape, terms)))


@cache
def _known(event: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and ways by which the rules tell of an event."""
    told = [entry for entry in triggers() if entry.event == event]
    terms = dict.fromkeys(same(term).lower() for entry in told for term in entry.terms)
    return tuple(terms), tuple(same(spelled(way)).lower() for entry in told for way in entry.ways)


@cache
def _trigger(event: str) -> Trigger:
    said = {"id": f"{SUGGESTED}{event}", "event": event, "terms": ("suggested",), "yes": "-", "no": "-"}
    return Trigger.model_validate(said | {"yields": True})
