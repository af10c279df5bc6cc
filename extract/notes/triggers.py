"""Where risk words stand: one pass of an automaton, longest match, then the bounded ways around their first words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import ahocorasick

from extract.lexicon.ways import expression, first_words
from extract.lexicon.words import Trigger, harmless, triggers
from extract.notes.clauses import Sentence
from extract.notes.squeeze import same

#: 未 … 还款 is a trigger; 未影响还款 and 未发现 … 未还款 are not.
_DENIES_FINDING = re.compile(r"(?:未|没有|没|不|并未|尚未)(?:发现|见(?!到)|出现|发生|影响|涉|形成|造成|产生|听)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger and the characters it stands on."""

    start: int
    end: int
    trigger: Trigger
    literal: bool  #: a term as it stands, not a way with gaps
    pieces: tuple[tuple[int, int], ...] = ()  #: the literal pieces of a way; between them are gaps

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Table:
    automaton: ahocorasick.Automaton
    ways: dict[str, tuple[tuple[re.Pattern[str], Trigger], ...]]
    terms: dict[str, tuple[Trigger, ...]]
    harmless: frozenset[str]


@cache
def _table() -> _Table:
    ways: dict[str, list[tuple[re.Pattern[str], Trigger]]] = {}
    terms: dict[str, list[Trigger]] = {}
    for entry in triggers():
        for term in entry.terms:
            terms.setdefault(same(term).lower(), []).append(entry)
        for way in entry.ways:
            pattern = expression(same(way))
            for word in first_words(same(way).lower()):
                ways.setdefault(word, []).append((pattern, entry))
    nothing = frozenset(term for entry in harmless() for term in entry.terms)
    automaton = ahocorasick.Automaton()
    for word in {*ways, *terms, *nothing}:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return _Table(
        automaton,
        {word: tuple(found) for word, found in ways.items()},
        {word: tuple(found) for word, found in terms.items()},
        nothing,
    )


def hits(text: str, sentences: Iterable[Sentence]) -> list[tuple[Sentence, Hit]]:
    """All triggers of a text, sentence by sentence, the best reading of each place."""
    found: list[tuple[Sentence, Hit]] = []
    lower = text.lower()
    for sentence in sentences:
        found += [(sentence, hit) for hit in _of_sentence(lower, sentence)]
    return found


def _of_sentence(text: str, sentence: Sentence) -> list[Hit]:
    table = _table()
    words = text[sentence.start : sentence.end]
    literal: list[Hit] = []
    spanning: list[Hit] = []
    taken: list[tuple[int, int]] = []
    for last, word in table.automaton.iter(words):
        start = sentence.start + last + 1 - len(word)
        if not _whole_word(text, start, word):
            continue
        if word in table.harmless:
            taken.append((start, start + len(word)))
        literal += [
            Hit(start, start + len(word), entry, True)
            for entry in table.terms.get(word, ())
            if _fits(entry, words, text, sentence, start, start + len(word))
        ]
        for pattern, entry in table.ways.get(word, ()):
            match = pattern.match(text, start, sentence.end)
            if (
                match
                and not _DENIES_FINDING.match(text, start)
                and _fits(entry, words, text, sentence, start, match.end())
            ):
                pieces = tuple(match.span(group) for group in range(1, pattern.groups + 1))
                spanning.append(Hit(start, match.end(), entry, False, pieces))
    kept = _longest(literal, taken)
    spanning = [hit for hit in spanning if not any(s <= hit.start and hit.end <= e for s, e in taken)]
    return _one_per_event([*kept, *spanning])


def _whole_word(text: str, start: int, word: str) -> bool:
    """Latin triggers match whole words only (sued, not pursued)."""
    if not word.isascii():
        return True
    end = start + len(word)
    return not (start and text[start - 1].isascii() and text[start - 1].isalpha()) and not text[end : end + 1].isalpha()


def _fits(entry: Trigger, words: str, text: str, sentence: Sentence, start: int, end: int) -> bool:
    """The company a trigger asks for stands in its sentence, the company it refuses not in its clause."""
    if entry.with_ and not any(word.lower() in words for word in entry.with_):
        return False
    if not entry.without:
        return True
    clause = text[sentence.clause_of(start)[0] : sentence.clause_of(end - 1)[1]]
    return not any(word.lower() in clause for word in entry.without)


def _longest(found: list[Hit], taken: list[tuple[int, int]]) -> list[Hit]:
    """Longest match wins; on the same characters the trigger that asked for company wins over the general one."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (-h.length, -len(h.trigger.with_), h.start)):
        if any(s <= hit.start and hit.end <= e for s, e in taken):
            continue
        same_place = [other for other in kept if other.start < hit.end and hit.start < other.end]
        if not same_place or all(_same_standing(other, hit) for other in same_place):
            kept.append(hit)
    return kept


def _same_standing(one: Hit, other: Hit) -> bool:
    """Two readings of the same characters, neither more specific than the other."""
    return (one.start, one.end) == (other.start, other.end) and bool(one.trigger.with_) == bool(other.trigger.with_)


def _telling(hit: Hit) -> tuple[bool, bool, bool, int, int]:
    """未能按期偿还 tells more than the assurance 按期偿还 inside it; 解除查封 tells more than 查封."""
    return hit.trigger.says != "resolved", hit.trigger.says == "negated", not hit.literal, -hit.length, hit.start


def _one_per_event(found: list[Hit]) -> list[Hit]:
    """Overlapping hits of one event are one; what tells of an end wins, then the literal word, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(found, key=_telling):
        if not any(o.trigger.event == hit.trigger.event and o.start < hit.end and hit.start < o.end for o in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))
