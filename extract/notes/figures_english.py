"""English figures that got worse: revenue fell from RMB 8 million to RMB 3 million, orders are down by a third, LTV is 92 %.

As in ``figures.py`` a figure is named (metrics_english.toml) and then told: by two values, by its change, by a line it
crosses, or by a level that tells by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from extract.lexicon.words import Metric, moves
from extract.notes.figures import Number, Worse, shown

_REACH = 120  #: how far behind its name a figure is looked for
_BEFORE = 60  #: and before it: a 35% drop in sales
UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
)  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90
}  # fmt: skip
_COUNTS = {word: value for value, word in enumerate(("zero", *UNITS, *TEENS))} | {"a dozen": 12, "a hundred": 100}
_FRACTIONS = {
    "half": "0.5", "a third": "0.333", "one third": "0.333", "two thirds": "0.667", "a quarter": "0.25", "one quarter": "0.25",
    "three quarters": "0.75", "a fifth": "0.2", "one fifth": "0.2", "a tenth": "0.1",
}  # fmt: skip
_DAYS = {"w": 7, "m": 30, "y": 365}  #: of a week, a month, a year; hours are never compared with days
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted((word.replace(" ", "[ -]") for word in words), key=len, reverse=True))


_NUMBER = re.compile(
    rf"(?P<fraction>\b(?:{_any(_FRACTIONS)})\b)"
    r"|(?<![\w.,/-])(?:(?P<money>rmb|cny|usd|us\$|hk\$|eur|yuan|[¥$€£])\s?)?"
    rf"(?:(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)|(?P<tens>{_any(_TENS)})(?:[ -](?P<ones>{_any(UNITS)}))?"
    rf"|(?P<word>{_any(_COUNTS)}))(?![\w/])"
    r"(?:\s?(?P<share>%|per ?cent\b)(?P<points>[ -]points?)?|\s(?P<per>percentage points?)\b)?"
    rf"(?:\s?(?P<scale>{_any(_SCALES)})\b)?"
    r"(?!\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|[:/]\d|(?:st|nd|rd|th)\b)"
    r"(?:\s(?P<span>days?|weeks?|months?|years?|hours?)\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ABOUT = (
    r"(?:by|about|around|nearly|almost|over|more than|some|roughly|approximately|another|a further|at least|as much as"
    r"|only|just)"
)
_TO = re.compile(rf"(?:\bto|→|->|until)\s(?:{_ABOUT}\s|below\s|under\s)*$", re.IGNORECASE)
_OLDER = re.compile(
    r"(?:\b(?:from|against|versus|vs\.?|compared (?:with|to)|as opposed to|instead of|was|were)"
    r"|\((?:(?:19|20)\d\d|last|previous|prior|before|same)[^()\d]{0,24}:?)\s(?:[\w']+\s){0,3}$",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\b(?:(?P<down>halved|cut in half|(?:fell|fallen|dropped|down|cut|shrank|reduced|declined) by half)"
    r"|doubled|tripled|trebled)\b",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(
    r"\sof (?:what|last|the previous|its|their|his|her|the level|the former|that|normal|those)\b", re.IGNORECASE
)
_LINE = re.compile(
    r"\b(?:(?P<above>above|over|exceed(?:s|ed|ing)?|beyond|higher than|breach(?:es|ed|ing)?)|below|under|lower than)\s"
    r"(?:the |its |our |a )?(?:[\w-]+ ){0,3}?(?:limit|ceiling|maximum|cap|line|threshold|floor|minimum|level|covenant)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:not|never|no longer)\s$", re.IGNORECASE)
_ENDS = re.compile(r"[;!?。\n]|\.(?=\s|$)|,? (?:while|whereas|although|but|because|so that)\b", re.IGNORECASE)


@cache
def _moving(pattern: str) -> re.Pattern[str]:
    """The pattern with the English words of movement (the lists' own) for its groups ``down`` and ``up``."""
    said = {
        way: _any(word for entry in moves() if entry.way == way for word in entry.words if word.isascii())
        for way in ("down", "up")
    }
    return re.compile(
        pattern.replace("DOWN", f"(?P<down>{said['down']})").replace("UP", f"(?P<up>{said['up']})"), re.IGNORECASE
    )


_MOVED = rf"\b(?:DOWN|UP)\s(?:{_ABOUT}\s)*$"
_MOVES = r"\s?(?:DOWN|UP)\b"
_OF_IT = r"(?:(?P<first>[^\s]+)\s)?\b(?:DOWN|UP)\s(?:of\s(?P<of>[^,;]{1,24})\s)?in\s(?:[\w']+\s){0,3}$"


_POINTS = "个百分点"  #: a change of a share, whatever the language


def worsened_in_english(text: str, name: tuple[int, int], limit: int, metric: Metric) -> Worse | None:
    """What a sentence says of a metric named at ``text[name]``, if it is for the worse (or for the better)."""
    start = name[1]
    found = _ENDS.search(text, start, min(limit, start + _REACH))
    end = found.start() if found else min(limit, start + _REACH)
    numbers = _numbers(text, start, end, metric)
    worse = (
        _by_line(text, start, end, metric)
        or _by_two(text, numbers, metric)
        or _by_change(text, start, end, numbers, metric)
        or _before_its_name(text, name, metric)
        or _by_level(text, start, numbers, metric)
    )
    if worse is None or not metric.without:
        return worse
    words = text[max(0, name[0] - _BEFORE) : end].casefold()
    return None if any(word in words for word in metric.without) else worse


def _numbers(text: str, start: int, end: int, metric: Metric) -> list[Number]:
    """The figures of the stretch that may be the metric's: no years, no dates, no spans of time but where days are counted."""
    found = []
    for match in _NUMBER.finditer(text, start, end):
        share, points = bool(match["fraction"] or match["share"] or match["per"]), bool(match["points"] or match["per"])
        year = match["digits"] and _YEAR.fullmatch(match["digits"]) and not (match["money"] or share or match["scale"])
        if not year and (metric.unit == "天" or not match["span"]):
            found.append(Number(_value(match), share, match.start(), match.end(), _POINTS if points else ""))
    return found


def _value(match: re.Match[str]) -> Decimal:
    if match["fraction"]:
        return Decimal(_FRACTIONS[match["fraction"].casefold().replace("-", " ")])
    if match["tens"]:
        value = Decimal(_TENS[match["tens"].casefold()] + _COUNTS[(match["ones"] or "zero").casefold()])
    elif match["word"]:
        value = Decimal(_COUNTS[match["word"].casefold().replace("-", " ")])
    else:
        value = Decimal(match["digits"].replace(",", ""))
    value *= _SCALES.get((match["scale"] or "").casefold(), 1)
    value *= _DAYS.get((match["span"] or "")[:1].casefold(), 1)
    return value / 100 if match["share"] or match["per"] else value


def _by_line(text: str, start: int, end: int, metric: Metric) -> Worse | None:
    found = _LINE.search(text, start, end) if metric.line else None
    if found is None:
        return None
    beyond = bool(found["above"]) == (metric.worse == "higher")
    denied = _NEVER.search(text[start : found.start()]) is not None
    values = [one for one in _numbers(text, start, found.start(), metric) if one.share == (metric.unit == "%")]
    told = (("to", shown(values[-1].value, metric.unit)),) if values else ()
    return Worse(found.end(), told) if beyond and not denied else Worse(found.end(), (), better=True)


def _by_two(text: str, numbers: list[Number], metric: Metric) -> Worse | None:
    """From 82% to 47%; to 47% from 82%; RMB 3 million against RMB 5 million a year ago."""
    alike = [one for one in numbers if one.share == (metric.unit == "%") and one.unit != _POINTS]
    for first, second in pairwise(alike):
        between = text[first.end : second.start]
        if _TO.search(between) and not _ENDS.search(between):
            return _compared(first.value, second, metric)
        if _OLDER.search(between):
            return _compared(second.value, replace(first, end=second.end), metric)
    return None


def _compared(before: Decimal, now: Number, metric: Metric) -> Worse | None:
    if before <= 0:
        return None
    change = (now.value - before) / before * (-1 if metric.worse == "lower" else 1)
    if abs(change) < metric.least:
        return None
    told = (("from", shown(before, metric.unit)), ("to", shown(now.value, metric.unit)))
    return Worse(now.end, told) if change > 0 else Worse(now.end, (), better=True)


def _by_change(text: str, start: int, end: int, numbers: list[Number], metric: Metric) -> Worse | None:
    """Fell by 35%, is 35% lower than last year, is a third of last year's, has halved."""
    said = _IN_WORDS.search(text, start, end)
    if said:
        half = "0.5" if said["down"] else "1"
        return _turned(bool(said["down"]), Decimal(half), said.end(), metric)
    for one in (number for number in numbers if number.share and (metric.unit != "%" or number.unit == _POINTS)):
        moved = _moving(_MOVED).search(text[start : one.start]) or _moving(_MOVES).match(
            text, one.end, min(end, one.end + 24)
        )
        if moved:
            return _turned(moved["down"] is not None, one.value, max(one.end, moved.end() if moved.pos else 0), metric)
        if _OF_BEFORE.match(text, one.end) and metric.worse == "lower":
            return _turned(True, 1 - one.value, one.end, metric)
    return None


def _before_its_name(text: str, name: tuple[int, int], metric: Metric) -> Worse | None:
    """A 35% drop in sales; a drop of 35% in sales."""
    before = text[max(0, name[0] - _BEFORE) : name[0]]
    found = _moving(_OF_IT).search(before)
    if found is None:
        return None
    told = _numbers(found["of"] or found["first"] or "", 0, 30, metric)
    if not told or not told[-1].share:
        return None
    return _turned(found["up"] is None, told[-1].value, name[1], metric)


def _turned(down: bool, by: Decimal, end: int, metric: Metric) -> Worse | None:
    if by < metric.least:
        return None
    if down == (metric.worse == "lower"):
        return Worse(end, (("percent", shown(by, "%")),))
    return Worse(end, (), better=True)


def _by_level(text: str, start: int, numbers: list[Number], metric: Metric) -> Worse | None:
    """Utilisation is only 38%: beyond its level a figure tells by itself."""
    if (
        metric.level is None
        or len(numbers) != 1
        or numbers[0].unit == _POINTS
        or numbers[0].share != (metric.unit == "%")
    ):
        return None
    one = numbers[0]
    if one.start - start > 30 or re.search(r"[,(]", text[start : one.start]):
        return None
    beyond = one.value < metric.level if metric.worse == "lower" else one.value > metric.level
    return Worse(one.end, (("to", shown(one.value, metric.unit)),)) if beyond else None
