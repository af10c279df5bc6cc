"""What only several sentences of a paragraph tell together: a figure then and now, debts beside an income, signs that add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from extract.lexicon.heard import Heard, Vocabulary
from extract.lexicon.sums import Burden, Contrast, burdens, contrasts, signs
from extract.lexicon.words import Trigger
from extract.notes.clauses import Sentence
from extract.notes.hit import Hit
from extract.notes.oblique import in_sum
from extract.notes.quantities import Quantity, quantities
from extract.notes.sums import any_of, dated, shown, told_by, when

_SENTENCES, _LONGEST = 4, 240  #: a paragraph is read together up to so many sentences and characters
_BEFORE = 16  #: how far before its figure the word stands that says what it is
_DIGITS = re.compile(r"[\d一二两三四五六七八九十百千]")
_APART = Decimal("1.2")  #: what signs of two sentences weigh together at least
_MONTHLY = Decimal(10)  #: times the income: what is larger is owed, not paid every month


def together(
    lower: str,
    sentences: Sequence[Sentence],
    told: Sequence[tuple[Sentence, Hit]],
    words: Vocabulary,
    heard: Sequence[Heard],
) -> list[tuple[Sentence, Hit]]:
    """The events that no sentence of a paragraph tells alone; ``heard``: what stands in each sentence of these words."""
    events: dict[int, set[str]] = {}
    spoken = dict(zip((one.start for one in sentences), heard, strict=True))
    for sentence, hit in told:
        events.setdefault(sentence.start, set()).add(hit.trigger.event)
    found: list[tuple[Sentence, Hit]] = []
    for stretch in _paragraphs(lower, sentences):
        counted = [one for one in stretch if _DIGITS.search(one.text, one.start, one.end)]
        known = set().union(*(events.get(one.start, set()) for one in stretch))
        whole = _joined(stretch)
        said = [(whole, hit) for hit in (*_set_apart(lower, counted), *_burdened(lower, whole, counted))]
        for one, other in pairwise(stretch):
            said += _added(lower, one, other, words, spoken[one.start], spoken[other.start])
        for sentence, hit in said:
            if hit.trigger.event not in known:
                known.add(hit.trigger.event)
                found.append((sentence, hit))
    return found


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences that follow each other without a line end, a few at a time."""
    stretch: list[Sentence] = []
    for one in sentences:
        apart = stretch and ("\n" in text[stretch[-1].end : one.start] or one.end - stretch[0].start > _LONGEST)
        if apart or len(stretch) == _SENTENCES:
            yield stretch
            stretch = []
        stretch.append(one)
    if stretch:
        yield stretch


def _joined(stretch: Sequence[Sentence]) -> Sentence:
    """Several sentences as one; each keeps its clauses."""
    if len(stretch) == 1:
        return stretch[0]
    first, last = stretch[0], stretch[-1]
    return Sentence(
        first.text, first.start, last.end, last.stop, tuple(one for each in stretch for one in each.clauses)
    )


def _added(
    text: str, one: Sentence, other: Sentence, words: Vocabulary, first: Heard, second: Heard
) -> Iterator[tuple[Sentence, Hit]]:
    """Signs on both sides of a full stop; standing apart, they must weigh more than in one breath."""
    if not words.enough(first, second):
        return
    further, both = other.start - one.start, _joined((one, other))
    spoken = {word: list(ends) for word, ends in first.places.items() if not word.isascii()}
    for word, ends in second.places.items():
        if not word.isascii():
            spoken.setdefault(word, []).extend(further + end for end in ends)
    border = one.end - one.start
    for said in words.signs.met(spoken):
        apart = said.places[0][0] < border <= said.places[-1][0]
        if apart and sum(signs()[number].weight for _, _, number in said.places) >= _APART:
            yield both, in_sum(text, both, said)


def _set_apart(text: str, stretch: Sequence[Sentence]) -> Iterator[Hit]:
    """放款时评估300万元。…现评估220万元: one thing, its figure of then in one sentence and its figure of now in another."""
    if len(stretch) < 2 or not dated(text, stretch[0].start, stretch[-1].end):
        return
    counted = [(one, quantities(text, one.start, one.end)) for one in stretch]
    for entry, about in _contrasts():
        fitting = [(one, found) for one, found in counted if any(figure.kind in entry.of for figure in found)]
        spoken = [one for one in fitting if about.search(text, one[0].start, one[0].end)] if len(fitting) > 1 else ()
        named = [_of(text, one, found, entry, about) for one, found in spoken]
        for index, earlier in enumerate(named):
            for later in named[index + 1 :]:
                pair = _then_and_now(earlier, later)
                if pair and _worse(entry, *pair) and not _any_word(text, stretch, entry.without):
                    then, now = pair
                    args = (("from", shown(then, then.kind)), ("to", shown(now, now.kind)))
                    first, last = sorted((then, now), key=lambda one: one.start)
                    yield Hit(first.start, last.end, told_by(entry), False, ((last.start, last.end),), args)
                    break


@cache
def _contrasts() -> list[tuple[Contrast, re.Pattern[str]]]:
    return [(entry, any_of(entry.about)) for entry in contrasts() if entry.about]


_Dated = tuple[Quantity, str, int | None]  #: the figure, the word for what it is, and of when it is


def _of(
    text: str, sentence: Sentence, found: Sequence[Quantity], entry: Contrast, about: re.Pattern[str]
) -> list[_Dated]:
    """The figures of a sentence that the entry speaks of: right behind one of its words, in the same clause."""
    said: list[_Dated] = []
    last = sentence.start
    for one in found:
        start = max(last, sentence.clause_of(one.start)[0], one.start - _BEFORE)
        words = [match.group() for match in about.finditer(text, start, one.start)]
        if words and one.kind in entry.of:
            said.append((one, words[-1], when(text, max(sentence.start, start - _BEFORE), one.start)))
        last = one.end
    return said


def _then_and_now(earlier: Sequence[_Dated], later: Sequence[_Dated]) -> tuple[Quantity, Quantity] | None:
    """Two figures of one thing, of which the words say that one is older."""
    for one, word, old in earlier:
        for other, again, new in later:
            alike = not set(word).isdisjoint(again)  # 评估 and 重估
            if not alike or one.kind != other.kind or (one.unit != other.unit and one.kind == "count"):
                continue
            if old is not None and old < (1000 if new is None else new):
                return one, other
            if old is None and new is not None and new >= 1000:
                return one, other
            if new is not None and new < 0 and (old is None or old >= 1000):
                return other, one
    return None


def _worse(entry: Contrast, then: Quantity, now: Quantity) -> bool:
    if then.value <= 0 or (entry.most is not None and then.value > entry.most):
        return False
    change = (now.value - then.value) / then.value
    return change * (-1 if entry.worse == "lower" else 1) >= entry.least


def _any_word(text: str, stretch: Sequence[Sentence], words: Sequence[str]) -> bool:
    return any(word in text[one.start : one.end] for one in stretch for word in words)


def _burdened(text: str, whole: Sentence, stretch: Sequence[Sentence]) -> Iterator[Hit]:
    """月薪9000元。房贷4200元，车贷2300元，信用卡1500元: what is paid every month, added up, beside what is earned."""
    for entry in burdens():
        words = text[whole.start : whole.end]
        if not _side(entry.debts).search(words) or not _side(entry.income).search(words):
            continue
        if any(word in words for word in entry.without):
            continue
        debts, income, total = _sides(text, stretch, entry)
        earned = sum((one.value for one in income), Decimal(0))
        paid = [one for one in debts if one.value <= earned * _MONTHLY]
        owed = max((one.value for one in total), default=sum((one.value for one in paid), Decimal(0)))
        if earned > 0 and (len(paid) > 1 or total) and owed > earned * entry.reaches:
            figures = sorted((*paid, *income, *total), key=lambda one: one.start)
            args = (("from", f"{earned:.2f}"), ("to", f"{owed:.2f}"))
            yield Hit(figures[0].start, figures[-1].end, _of_burden(entry), False, (), args)


def _sides(
    text: str, stretch: Sequence[Sentence], entry: Burden
) -> tuple[list[Quantity], list[Quantity], list[Quantity]]:
    """The figures of what is paid, of what is earned, and of all that is paid together."""
    debts: list[Quantity] = []
    income: list[Quantity] = []
    total: list[Quantity] = []
    for sentence in stretch:
        last = sentence.start
        for one in quantities(text, sentence.start, sentence.end):
            before = text[max(last, sentence.clause_of(one.start)[0]) : one.start]
            last = one.end
            counted = one.kind == "money" or (one.kind == "bare" and one.value >= 100)
            if not counted or any(word in before for word in entry.stands_for):
                continue
            sides = [
                (m.end(), side)
                for words, side in ((entry.debts, debts), (entry.income, income))
                for m in _side(words).finditer(before)
            ]
            if any(word in before for word in entry.total) and (
                not sides or max(sides, key=lambda s: s[0])[1] is debts
            ):
                total.append(one)
            elif sides:
                max(sides, key=lambda side: side[0])[1].append(one)
    return debts, income, total


@cache
def _side(words: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(words)


@cache
def _of_burden(entry: Burden) -> Trigger:
    said = {
        "id": entry.id,
        "event": entry.event,
        "yields": True,
        "terms": entry.debts,
        "yes": entry.yes,
        "no": entry.no,
    }
    return Trigger.model_validate(said)
