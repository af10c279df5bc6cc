"""Where risk words stand: one pass of an automaton, longest match, then the bounded ways around their first words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from sys import intern
from typing import Any

import ahocorasick

from extract.lexicon.adding import Signs
from extract.lexicon.situations import Situations
from extract.lexicon.sums import signs
from extract.lexicon.ways import Ways, expression, spelled
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
from extract.notes.clauses import Sentence
from extract.notes.figures import told_by, went_down, worsened
from extract.notes.hit import Hit
from extract.notes.oblique import in_sum, told_plainly
from extract.notes.shares import fallen
from extract.notes.squeeze import same
from extract.notes.sums import can_sum, summed

#: 未 … 还款 is a trigger; 未影响还款 and 未发现 … 未还款 are not.
_DENIES_FINDING = re.compile(r"(?:未|没有|没|不|并未|尚未)(?:发现|见(?!到)|出现|发生|影响|涉|形成|造成|产生|听)")


@dataclass(slots=True)
class _Said:
    """What a word says by itself."""

    terms: list[Trigger] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    automaton: ahocorasick.Automaton
    held: Ways
    ways: tuple[tuple[str, Trigger], ...]
    said: dict[str, _Said]
    pairs: Situations
    situations: tuple[tuple[Situation, Trigger], ...]
    counters: frozenset[str]
    signs: Signs


@cache
def _table() -> _Table:
    written = tuple((same(spelled(way)).lower(), entry) for entry in triggers() for way in entry.ways)
    said: defaultdict[str, _Said] = defaultdict(_Said)
    for entry in triggers():
        for term in entry.terms:
            said[intern(same(term).lower())].terms.append(entry)
    for metric in metrics():
        for name in metric.names:
            said[intern(name.lower())].metrics.append(metric)
    for nothing in harmless():
        for term in nothing.terms:
            said[intern(term)].harmless = True
    held = Ways(way for way, _ in written)
    pairs = Situations(*_as_written())
    shares = frozenset(word for entry in parts() for word in entry.counters)
    adding = Signs([entry.model_dump() for entry in signs()], lambda word: same(word).lower())
    automaton = ahocorasick.Automaton()
    for word in {*held.words, *said, *pairs.words, *shares, *adding.words}:
        automaton.add_word(word, intern(word))
    automaton.make_automaton()
    told = tuple((entry, _told_by(entry)) for entry in situations())
    return _Table(automaton, held, written, dict(said), pairs, told, shares, adding)


def _as_written() -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    words = {entry.name: [same(word).lower() for word in entry.words] for entry in groups()}
    return [entry.model_dump() for entry in situations()], words


@cache
def _of_part(entry: Part) -> Trigger:
    said = entry.model_dump(include={"id", "event", "yes", "no"})
    return Trigger.model_validate(said | {"terms": entry.counters})


def _told_by(entry: Situation) -> Trigger:
    """The trigger in whose name a situation speaks."""
    said = entry.model_dump(by_alias=True, include={"id", "event", "with_", "without", "says", "yes", "no"})
    return Trigger.model_validate(said | {"terms": [f"{'|'.join(entry.things)} × {'|'.join(entry.states)}"]})


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
    heard: defaultdict[str, list[int]] = defaultdict(list)  #: word → where it ends
    for last, word in table.automaton.iter(words):
        heard[word].append(last + 1)
    counted = can_sum(words)
    if not heard and not counted:
        return []
    literal, named, taken = _by_themselves(text, words, sentence, heard)
    kept = _longest([hit for hit in literal if not hit.trigger.yields], taken)
    spanning = [hit for hit in _spanning(text, words, sentence, heard) if not _inside(hit, taken)]
    spanning += [hit for hit in _composed(text, words, sentence, heard) if not _inside(hit, taken)]
    if not table.counters.isdisjoint(heard):
        spanning += [Hit(s.start, s.end, _of_part(s.entry), False, (), s.args) for s in fallen(text, sentence)]
    sums = summed(text, sentence) if counted else []
    spanning += [Hit(s.start, s.end, s.trigger, False, (), s.args) for s in sums if not s.better]
    told, better = _moved(text, sentence, sorted(named, key=lambda one: one[:2]))
    better += [(s.start - 8, s.end, s.trigger.event) for s in sums if s.better]
    found = [hit for hit in (*kept, *spanning) if not any(_within(hit, *stretch) for stretch in better)]
    plainer = [hit for hit in (*found, *told) if not hit.trigger.yields]
    phrases = [hit for hit in (*literal, *found) if hit.trigger.yields]
    against = table.signs.against(heard) if phrases else set()
    phrases = [hit for hit in phrases if hit.trigger.event not in against]
    added = [in_sum(text, sentence, said) for said in table.signs.met(heard)]
    whole = [hit for hit in added if all(_whole_word(text, start, text[start:end]) for start, end in hit.pieces)]
    oblique = [hit for hit in (*phrases, *whole) if not _inside(hit, taken)]
    return _one_per_event([*plainer, *(hit for hit in oblique if not told_plainly(hit, plainer))])


def _by_themselves(
    text: str, words: str, sentence: Sentence, heard: dict[str, list[int]]
) -> tuple[list[Hit], list[tuple[int, int, Metric]], list[tuple[int, int]]]:
    """What single words say: risk words as they stand, figures that are named, and stretches that tell of nothing."""
    table = _table()
    literal: list[Hit] = []
    named: list[tuple[int, int, Metric]] = []
    taken: list[tuple[int, int]] = []
    for word in sorted([word for word in heard if word in table.said]):
        said = table.said[word]
        for last in heard[word]:
            end = sentence.start + last
            start = end - len(word)
            if not _whole_word(text, start, word):
                continue
            for entry in said.terms:
                if _fits(entry, words, text, sentence, start, end):
                    literal.append(Hit(start, end, entry, True))
            for metric in said.metrics:
                named.append((start, end, metric))
            if said.harmless:
                taken.append((start, end))
    return literal, named, taken


def _moved(
    text: str, sentence: Sentence, named: list[tuple[int, int, Metric]]
) -> tuple[list[Hit], list[tuple[int, int, str]]]:
    """The figures of the sentence that got worse, each read up to where the next one is named; and where one got better.

    A bare 由 or 从 names nothing: it speaks only where no figure has been named before it.
    """
    if not named:
        return [], []
    longest = [one for one in named if not any(o[:2] != one[:2] and o[0] <= one[0] and one[1] <= o[1] for o in named)]
    told, better = [], []
    for index, (start, end, metric) in enumerate(longest):
        bare = end - start == 1
        if bare and any(sentence.clause_of(other[0]) == sentence.clause_of(start) for other in longest[:index]):
            continue  # 日均存款由…降至…: its name has spoken
        limit = next((to for to, stop, _ in longest[index + 1 :] if to > start and stop - to > 1), sentence.end)
        worse = worsened(text, sentence, end, limit, metric)
        if bare and worse and not went_down(text, end, worse.end):
            continue
        if worse and worse.better:
            better.append((start, worse.end, metric.event))
        elif worse:
            told.append(Hit(start, worse.end, told_by(metric), False, ((start, end),), worse.args))
    return told, better


def _within(hit: Hit, start: int, end: int, event: str) -> bool:
    return hit.trigger.event == event and start - 6 <= hit.start < end


def _spanning(text: str, words: str, sentence: Sentence, heard: dict[str, list[int]]) -> Iterator[Hit]:
    """The ways whose words have all been heard in the sentence, tried as expressions."""
    table = _table()
    for number in table.held.spoken(heard):
        way, entry = table.ways[number]
        pattern = expression(way)
        match = pattern.search(text, sentence.start, sentence.end)
        while match:
            start, end = match.span()
            fits = not _DENIES_FINDING.match(text, start) and _fits(entry, words, text, sentence, start, end)
            if fits:
                pieces = sorted(span for span in match.regs[1:] if span[0] >= 0)
                yield Hit(start, end, entry, False, tuple(pieces))
            match = pattern.search(text, end if fits else start + 1, sentence.end)


def _composed(text: str, words: str, sentence: Sentence, heard: dict[str, list[int]]) -> Iterator[Hit]:
    """A thing and its state in one clause; a state belongs to the thing that stands nearest."""
    table = _table()
    best: dict[tuple[int, int], Hit] = {}
    for number, *halves in table.pairs.met(heard):
        first, second = sorted((sentence.start + start, sentence.start + end) for start, end in halves)
        situation, trigger = table.situations[number]
        state = (number, halves[1][0])
        nearer = state not in best or second[1] - first[0] < best[state].length
        if not nearer or (situation.nowhere and _any_of(situation.nowhere).search(words)):
            continue
        if _together(text, sentence, first, second, situation) and _fits(
            trigger, words, text, sentence, first[0], second[1]
        ):
            best[state] = Hit(first[0], second[1], trigger, False, (first, second), (), True)
    yield from best.values()


def _together(text: str, sentence: Sentence, first: tuple[int, int], second: tuple[int, int], entry: Situation) -> bool:
    """Whole words in one clause, or over one comma where the entry allows it; 下降3% is for the figures to judge."""
    if text[second[1] : second[1] + 1].isdigit() and not text[second[1] - 1].isascii():
        return False
    if not all(_whole_word(text, start, text[start:end]) for start, end in (first, second)):
        return False
    if sentence.clause_of(first[0]) == sentence.clause_of(second[0]):
        return True
    return entry.comma and text[first[1] : second[0]].count(",") <= 1


def _inside(hit: Hit, taken: list[tuple[int, int]]) -> bool:
    """The hit, or a half of a situation, is but letters of a harmless word: 停机 in 停机时间."""
    if not taken:
        return False
    stretches = ((hit.start, hit.end), *(hit.pieces if hit.composed or hit.because else ()))
    return any(start <= first and last <= end for start, end in taken for first, last in stretches)


def _whole_word(text: str, start: int, word: str) -> bool:
    """Latin triggers match whole words only (sued, not pursued)."""
    if not word.isascii() or not word[-1].isalpha():
        return True
    end = start + len(word)
    end += text.startswith("s", end)  # records as well as record
    return not (start and text[start - 1].isascii() and text[start - 1].isalpha()) and not text[end : end + 1].isalpha()


def _fits(entry: Trigger, words: str, text: str, sentence: Sentence, start: int, end: int) -> bool:
    """The company a trigger asks for stands in its sentence, the company it refuses not in its clause."""
    if entry.with_ and not _any_of(entry.with_).search(words):
        return False
    if not entry.without:
        return True
    first, last = sentence.clause_of(start)[0], sentence.clause_of(end - 1)[1]
    return not _any_of(entry.without).search(text, first, last)


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word.lower()) for word in words))


def _longest(found: list[Hit], taken: list[tuple[int, int]]) -> list[Hit]:
    """Longest match wins; on the same characters the trigger that asked for company wins over the general one."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (-h.length, -len(h.trigger.with_), h.start)):
        if _inside(hit, taken):
            continue
        same_place = [other for other in kept if other.start < hit.end and hit.start < other.end]
        if not same_place or all(_same_standing(other, hit) for other in same_place):
            kept.append(hit)
    return kept


def _same_standing(one: Hit, other: Hit) -> bool:
    """Two readings of the same characters, neither more specific than the other."""
    return (one.start, one.end) == (other.start, other.end) and bool(one.trigger.with_) == bool(other.trigger.with_)


def _telling(hit: Hit) -> tuple[bool, bool, bool, bool, bool, int, int]:
    """未能按期偿还 tells more than the assurance 按期偿还 inside it; 解除查封 tells more than 查封."""
    return (
        not hit.told,
        hit.trigger.says != "resolved",
        hit.trigger.says == "negated",
        not hit.literal,
        not hit.composed,
        -hit.length,
        hit.start,
    )


def _one_per_event(found: list[Hit]) -> list[Hit]:
    """Overlapping hits of one event are one; what tells of an end wins, then the literal word, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(found, key=_telling):
        if not any(o.trigger.event == hit.trigger.event and o.start < hit.end and hit.start < o.end for o in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))
