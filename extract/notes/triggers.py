"""Where risk words stand: one pass of an automaton, longest match, then the bounded ways around their first words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter

from extract.lexicon.heard import Heard
from extract.lexicon.ways import expression
from extract.lexicon.words import Metric, Situation, Trigger
from extract.notes.clauses import Sentence
from extract.notes.figures import COUNTED, told_by, went_down, worsened
from extract.notes.figures_english import worsened_in_english
from extract.notes.hit import Hit
from extract.notes.listed import Said, lists, of_part
from extract.notes.oblique import in_sum, told_plainly
from extract.notes.shares import fallen
from extract.notes.sums import can_sum, summed

#: 未 … 还款 is a trigger; 未影响还款 and 未发现 … 未还款 are not.
_DENIES_FINDING = re.compile(r"(?:未|没有|没|不|并未|尚未)(?:发现|见(?!到)|出现|发生|影响|涉|形成|造成|产生|听)")


def hits(lower: str, sentences: Sequence[Sentence], heard: Sequence[Heard]) -> list[tuple[Sentence, Hit]]:
    """All triggers of a text in lower case, sentence by sentence, the best reading of each place."""
    return [
        (sentence, hit)
        for sentence, words in zip(sentences, heard, strict=True)
        for hit in _of_sentence(lower, sentence, words)
    ]


def _of_sentence(text: str, sentence: Sentence, heard: Heard) -> list[Hit]:
    signs, words = lists().signs, text[sentence.start : sentence.end]
    literal, named, taken = _by_themselves(text, words, sentence, heard)
    spanning = [*_spanning(text, words, sentence, heard), *_composed(text, words, sentence, heard)]
    spanning = [hit for hit in spanning if not _inside(hit, taken)] if taken else spanning
    two = can_sum(words)
    if (two or " of " in words) and any(said.counter for _, _, said in heard.said):
        spanning += [Hit(s.start, s.end, of_part(s.entry), False, (), s.args) for s in fallen(text, sentence)]
    sums = summed(text, sentence) if two else []
    added = [in_sum(text, sentence, said) for said in signs.met(heard.places)] if heard.enough else []
    told, better = _moved(text, sentence, sorted(named, key=itemgetter(0, 1))) if named else ([], [])
    if not (literal or told or spanning or sums or added):
        return []
    kept = _longest([hit for hit in literal if not hit.trigger.yields], taken)
    spanning += [Hit(s.start, s.end, s.trigger, False, (), s.args) for s in sums if not s.better]
    better += [(s.start - 8, s.end, s.trigger.event) for s in sums if s.better]
    found = [hit for hit in (*kept, *spanning) if not any(_within(hit, *stretch) for stretch in better)]
    plainer = [hit for hit in (*found, *told) if not hit.trigger.yields]
    phrases = [hit for hit in (*literal, *found) if hit.trigger.yields]
    if phrases:
        against = signs.against(heard.places)
        phrases = [hit for hit in phrases if hit.trigger.event not in against]
    whole = [hit for hit in added if all(_whole_word(text, start, text[start:end]) for start, end in hit.pieces)]
    oblique = [hit for hit in (*phrases, *whole) if not _inside(hit, taken)]
    return _one_per_event([*plainer, *(hit for hit in oblique if not told_plainly(hit, plainer))])


def _by_themselves(
    text: str, words: str, sentence: Sentence, heard: Heard
) -> tuple[list[Hit], list[tuple[int, int, Metric]], list[tuple[int, int]]]:
    """What single words say: risk words as they stand, figures that are named, and stretches that tell of nothing."""
    literal: list[Hit] = []
    named: list[tuple[int, int, Metric]] = []
    taken: list[tuple[int, int]] = []
    said: Said
    for word, last, said in sorted(heard.said, key=itemgetter(0, 1)):
        end = sentence.start + last
        start = end - len(word)
        if word.isascii() and not _whole_word(text, start, word):
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
    counted = COUNTED.search(text, sentence.start, sentence.end)
    if not counted and not any(text[start:end].isascii() for start, end, _ in named):  # English counts in words too
        return [], []
    spans = {one[:2] for one in named}
    inner = {one for one in spans if any(o[0] <= one[0] and one[1] <= o[1] for o in spans if o is not one)}
    longest = [one for one in named if one[:2] not in inner]
    told, better = [], []
    for index, (start, end, metric) in enumerate(longest):
        bare = end - start == 1
        if bare and any(sentence.clause_of(other[0]) == sentence.clause_of(start) for other in longest[:index]):
            continue  # 日均存款由…降至…: its name has spoken
        limit = next((to for to, stop, _ in longest[index + 1 :] if to > start and stop - to > 1), sentence.end)
        if text[start:end].isascii():
            worse = worsened_in_english(text, (start, end), limit, metric)
        else:
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


def _spanning(text: str, words: str, sentence: Sentence, heard: Heard) -> list[Hit]:
    """The ways whose words have all been heard in the sentence, tried as expressions: that costs less than to measure."""
    hits = []
    for number in heard.ways:
        way, entry = lists().ways[number]
        pattern = expression(way)
        match = pattern.search(text, sentence.start, sentence.end)
        while match:
            start, end = match.span()
            fits = not _DENIES_FINDING.match(text, start) and _fits(entry, words, text, sentence, start, end)
            if fits:
                pieces = sorted(span for span in match.regs[1:] if span[0] >= 0)
                hits.append(Hit(start, end, entry, False, tuple(pieces)))
            match = pattern.search(text, end if fits else start + 1, sentence.end)
    return hits


def _composed(text: str, words: str, sentence: Sentence, heard: Heard) -> Iterable[Hit]:
    """A thing and its state in one clause; a state belongs to the thing that stands nearest."""
    best: dict[tuple[int, int], Hit] = {}
    if not heard.pairs:
        return ()
    for number, *halves in lists().pairs.met(heard.pairs, heard.places):
        first, second = sorted((sentence.start + start, sentence.start + end) for start, end in halves)
        situation, trigger = lists().situations[number]
        state = (number, halves[1][0])
        nearer = state not in best or second[1] - first[0] < best[state].length
        if not nearer or (situation.nowhere and _any_of(situation.nowhere).search(words)):
            continue
        if _together(text, sentence, first, second, situation) and _fits(
            trigger, words, text, sentence, first[0], second[1]
        ):
            best[state] = Hit(first[0], second[1], trigger, False, (first, second), (), True)
    return best.values()


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
    if len(found) < 2:
        return found
    kept: list[Hit] = []
    for hit in sorted(found, key=_telling):
        if not any(o.trigger.event == hit.trigger.event and o.start < hit.end and hit.start < o.end for o in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))
