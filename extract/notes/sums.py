"""Arithmetic between the figures of a sentence: then and now, and what is there beside what is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extract.lexicon.sums import Comparison, Contrast, comparisons, contrasts, spells
from extract.lexicon.words import Trigger
from extract.notes.clauses import Sentence
from extract.notes.quantities import Quantity, quantities
from extract.notes.squeeze import same

_REACH = 16  #: how far before its figure a word stands that says of when it is, or what it is
#: 一季度…二季度…三季度, 7月…8月…9月, 2022年末…2023年末: whatever comes first is of then.
_PERIOD = re.compile(
    r"(?P<quarter>[一二三四1234])季度|(?P<month>1[012]|[1-9]|十[一二]|[一二三四五六七八九十])月(?:份)?(?![\d底]|以来|前|个)"
    r"|(?P<year>20\d\d)年?[末底度]?"
)
_NOT_ITS_OWN = re.compile(r"同比|环比|增加|增长|减少|下降|上升|提高|多了|少了|涨了|跌了|降了|比[^,]{0,8}[多少高低]")


@dataclass(frozen=True, slots=True)
class Summed:
    """Where the figures stand, in whose name they speak, and what they are."""

    start: int
    end: int
    trigger: Trigger
    args: tuple[tuple[str, str], ...]
    better: bool = False  #: what is there is ample: words of shortness beside it tell of nothing


_AMPLE = 3  #: times what is needed


@dataclass(slots=True)
class _Dated:
    quantity: Quantity
    when: int | None  #: later is more; None: nothing says


@cache
def _epochs() -> tuple[re.Pattern[str], dict[str, int]]:
    when = {same(word).lower(): -1 if entry.epoch == "then" else 1000 for entry in spells() for word in entry.words}
    return any_of(when), when


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, English ones whole. Each begins with its first letter, what must not stand before it follows: so the
    search leaps to first letters (measured: seven times as fast)."""
    return re.compile("|".join(map(_spelt, sorted(words, key=len)[::-1])))


def _spelt(word: str) -> str:
    first, rest = re.escape(word[:1]), re.escape(word[1:])
    return rf"{first}(?<!\w{first}){rest}\b" if word.isascii() else first + rest


@cache
def told_by(entry: Contrast | Comparison) -> Trigger:
    words = entry.about or entry.of if isinstance(entry, Contrast) else (*entry.left, *entry.right)
    said = {"id": entry.id, "event": entry.event, "yields": True, "terms": words, "yes": entry.yes, "no": entry.no}
    return Trigger.model_validate(said)


_RUN = re.compile(r"[\d一二两三四五六七八九十百千几半][\d,.一二两三四五六七八九十百千万几半余多]*")


#: Right behind the colon of a label.
_LABELLED = re.compile(r":\s?[¥￥]?$")


def can_sum(words: str) -> bool:
    """Two numbers stand apart in it."""
    first = _RUN.search(words)
    return first is not None and _RUN.search(words, first.end()) is not None


def summed(text: str, sentence: Sentence) -> list[Summed]:
    """What the figures of a sentence tell by themselves; ``text`` is in lower case."""
    found = quantities(text, sentence.start, sentence.end)
    if len(found) < 2:
        return []
    words = text[sentence.start : sentence.end]
    return [*_contrasted(text, words, sentence, found), *_compared(text, words, sentence, found)]


def _contrasted(text: str, words: str, sentence: Sentence, found: list[Quantity]) -> Iterator[Summed]:
    for kind in ("money", "days", "share", "count"):
        alike = _alike(found, kind)
        pair = _then_and_now(text, sentence, alike) if len(alike) > 1 else None
        if pair and all(_LABELLED.search(text, sentence.start, one.start) for one in pair):
            continue  # 总电量:117600 本期电费:99,491.61 of a form: each figure has a name of its own
        entry = _entry_for(kind, words, pair, alike) if pair else None
        if pair and entry:
            then, now = pair
            args = (("from", shown(then, kind)), ("to", shown(now, kind)))
            yield Summed(min(then.start, now.start), max(then.end, now.end), told_by(entry), args)


def _alike(found: list[Quantity], kind: str) -> list[Quantity]:
    """Of one kind and one unit; a bare number may be of any, if one of them says what it is."""
    named = [one for one in found if one.kind == kind]
    if kind == "money":
        return [one for one in found if one.kind == "money" or (one.kind == "bare" and one.value >= 100)]
    if not named:
        return []
    units = [one.unit for one in named]
    unit = max(units, key=units.count)
    return [one for one in found if one.kind == "bare" or (one.kind == kind and (kind != "count" or one.unit == unit))]


def _then_and_now(text: str, sentence: Sentence, alike: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The figure of then and the figure of now; where only one is dated, its neighbour is of the other time."""
    dated, last = [], sentence.start
    for one in alike:
        dated.append(_Dated(one, when(text, max(last, one.start - _REACH), one.start)))
        last = one.end
    told = [one for one in dated if one.when is not None]
    if not told:
        return None
    if len({one.when for one in told}) > 1:
        first, final = (choose(told, key=lambda one: one.when or 0) for choose in (min, max))
        return first.quantity, final.quantity
    index = dated.index(told[0])
    beside = dated[index - 1] if index else dated[1]
    if beside.when is not None or abs(beside.quantity.start - told[0].quantity.start) > 40:
        return None
    pair = (told[0].quantity, beside.quantity)
    return pair if told[0].when is not None and told[0].when < 0 else pair[::-1]


def dated(text: str, start: int, end: int) -> bool:
    """Whether anything there says of when a figure is."""
    return _epochs()[0].search(text, start, end) is not None or _PERIOD.search(text, start, end) is not None


def when(text: str, start: int, end: int) -> int | None:
    """Of when a figure is: what stands nearest before it decides."""
    pattern, epochs = _epochs()
    spoken = [(found.end(), epochs[found.group()]) for found in pattern.finditer(text, start, end)]
    spoken += [(found.end(), _ordinal(found)) for found in _PERIOD.finditer(text, start, end)]
    return max(spoken)[1] if spoken else None


def _ordinal(found: re.Match[str]) -> int:
    if found["quarter"]:
        return "一二三四1234".index(found["quarter"]) % 4 + 1
    if found["month"]:
        month = found["month"]
        return (
            int(month) if month.isdigit() else "一二三四五六七八九十".index(month[-1]) + (11 if len(month) == 2 else 1)
        )
    return int(found["year"]) - 2000


def _entry_for(kind: str, words: str, pair: tuple[Quantity, Quantity], alike: list[Quantity]) -> Contrast | None:
    then, now = pair
    if then.value <= 0:
        return None
    change = (now.value - then.value) / then.value
    for entry in contrasts():
        fits = kind in entry.of and (not entry.about or any(word in words for word in entry.about))
        if not fits or (entry.most is not None and then.value > entry.most):
            continue
        got_worse = change * (-1 if entry.worse == "lower" else 1) >= entry.least
        return entry if got_worse and not any(word in words for word in entry.without) else None
    return None


def _compared(text: str, words: str, sentence: Sentence, found: list[Quantity]) -> Iterator[Summed]:
    kinds = [one.kind for one in found]
    for entry, left, right in _held_together():
        if sum(kind in entry.of or kind == "bare" for kind in kinds) < 2:
            continue
        if not left.search(words) or not right.search(words) or any(word in words for word in entry.without):
            continue
        if entry.with_ and not any(word in words for word in entry.with_):
            continue
        pairs = list(_pairs(text, sentence, found, entry, (left, right)))
        short = [pair for pair in pairs if pair[0].value < pair[1].value * entry.reaches]
        ample = bool(pairs) and all(here.value >= _AMPLE * needed.value for here, needed in pairs)
        if len(short) >= entry.pairs or ample:
            here, needed = (short or pairs)[0]
            args = (("from", shown(needed, entry.of[0])), ("to", shown(here, entry.of[0])))
            yield Summed(min(here.start, needed.start), max(here.end, needed.end), told_by(entry), args, ample)


@cache
def _held_together() -> list[tuple[Comparison, re.Pattern[str], re.Pattern[str]]]:
    """Every comparison with the words of its two sides; asked of every sentence that counts, so compiled once."""
    return [(one, _words_of(one.left), _words_of(one.right)) for one in comparisons()]


def _words_of(side: Iterable[str]) -> re.Pattern[str]:
    return any_of(same(word).lower() for word in side)


def _pairs(
    text: str,
    sentence: Sentence,
    found: list[Quantity],
    entry: Comparison,
    sides: tuple[re.Pattern[str], re.Pattern[str]],
) -> Iterator[tuple[Quantity, Quantity]]:
    """Every figure of what is there with the next of what is needed, whichever comes first."""
    last = sentence.start
    held: dict[int, Quantity] = {}
    for one in found:
        if one.kind in entry.of or (one.kind == "bare" and (one.value >= 100 or entry.of[0] != "money")):
            side = _side(text, max(last, one.start - _REACH), one.start, sides)
            if side is not None:
                held[side] = one
            if len(held) == 2:
                yield held[0], held[1]
                held = {}
        last = one.end


def _side(text: str, start: int, end: int, sides: tuple[re.Pattern[str], re.Pattern[str]]) -> int | None:
    spoken = [(found.end(), index) for index, side in enumerate(sides) for found in side.finditer(text, start, end)]
    return max(spoken)[1] if spoken else None


def shown(one: Quantity, kind: str) -> str:
    return f"{one.value:.2f}" if kind == "money" else f"{one.value.normalize():f}"
