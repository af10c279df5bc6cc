"""So many of so many: 八台开了三台, 三十台车趴窝了十八台, only two of nine lines were running."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.lexicon.words import Part, parts
from extract.notes.clauses import Sentence
from extract.notes.figures import plain
from extract.notes.figures_english import TEENS, UNITS

_WORDS = ("no", *UNITS, *TEENS[:3])
_ENGLISH = {word: str(value) for value, word in enumerate(_WORDS)}
_CN = "一二两三四五六七八九十百"
_NUMBER = rf"\d{{1,4}}|[{_CN}]{{1,5}}"
#: The same as what a pattern begins with: its first character ahead of all that is asked of it, so that the search leaps to it.
_FIRST = rf"[\d{_CN}](?<![\d第].)(?:(?<=\d)\d{{0,3}}|(?<=[{_CN}])[{_CN}]{{0,4}})"
_BETWEEN = r"[^,。;\d一二两三四五六七八九十]{0,9}?"


@dataclass(frozen=True, slots=True)
class Share:
    """Where a part and its whole are told, and how many they are."""

    start: int
    end: int
    entry: Part
    args: tuple[tuple[str, str], ...]


def _chinese(entry: Part) -> re.Pattern[str]:
    counters = _any(entry.counters)
    leads = _any(word for word in (*entry.at_work, *entry.at_rest, "有") if not word.isascii())
    return re.compile(
        rf"(?P<whole>{_FIRST})(?:多|来|几)?(?P<unit>{counters})(?P<what>{_BETWEEN})(?:,(?:眼下|现在|如今|目前))?"
        rf"(?:(?P<lead>{leads})(?:了|着)?|,)(?P<part>{_NUMBER})(?:(?P=unit)|(?=[,。;]|$|在|亮))(?P<rest>[^,。;]{{0,8}})"
    )


def _english(entry: Part) -> re.Pattern[str]:
    states = _any(word for word in (*entry.at_work, *entry.at_rest) if word.isascii())
    number = rf"\d{{1,3}}|{_any(_ENGLISH)}"
    return re.compile(
        rf"\b(?P<part>{number}) of (?:the |its |their )?(?P<whole>{number}) (?:[a-z]+ ){{0,2}}(?P<unit>{_any(entry.counters)})"
        rf" (?:is|are|was|were) (?:still |now |currently )?(?P<lead>{states})(?P<rest>)"
    )


def _any(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


def fallen(text: str, sentence: Sentence) -> list[Share]:
    """The parts of a sentence that are too small beside their whole; ``text`` is in lower case."""
    found = []
    for entry, needed, pattern in _expressions():
        if text.find(needed, sentence.start, sentence.end) >= 0:
            for match in pattern.finditer(text, sentence.start, sentence.end):
                share = _share(match, entry, sentence)
                found += [share] if share else []
    return found


@cache
def _expressions() -> tuple[tuple[Part, str, re.Pattern[str]], ...]:
    """Every entry in both languages, with letters that every match holds."""
    return tuple(one for entry in parts() for one in ((entry, "", _chinese(entry)), (entry, " of ", _english(entry))))


def _share(match: re.Match[str], entry: Part, sentence: Sentence) -> Share | None:
    if any(word in sentence.words for word in entry.without):
        return None
    if not match["lead"] and not any(word in match["rest"] for word in entry.at_rest):
        return None
    whole, part = (plain(_ENGLISH.get(match[name], match[name])) for name in ("whole", "part"))
    if _at_rest(match, entry):
        part = whole - part
    if whole < 2 or not 0 <= part <= whole * entry.most:
        return None
    return Share(match.start(), match.end(), entry, (("from", _shown(whole)), ("to", _shown(part))))


def _at_rest(match: re.Match[str], entry: Part) -> bool:
    """What stands behind the part decides; where nothing does, the word before it."""
    behind = [word for word in (*entry.at_rest, *entry.at_work) if word in match["rest"]]
    return behind[0] in entry.at_rest if behind else match["lead"] in entry.at_rest


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
