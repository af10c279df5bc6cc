"""Days, months, periods and times of day as papers print them; an impossible day is refused, never rolled over."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from re import Match

from records.facts import Month, Period
from records.values.text import halfwidth

_FIRST, _LAST = 1900, 2199  #: A year outside is a misreading (or 9999 for "no end", which is no day either).
_LONGEST = 64

# --- characters to figures ------------------------------------------------------------------------------------------

_CHINESE = dict(zip("〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "000123456789123456789", strict=True))
_YEAR_IN_CHARACTERS = re.compile(rf"[{''.join(_CHINESE)}0-9]{{4}}(?=年)")
_NUMBER_IN_CHARACTERS = re.compile(
    r"零?(?P<tens>[一二三壹贰叁]?)(?P<ten>[十拾])(?P<ones>[一二三四五六七八九壹贰叁肆伍陆柒捌玖]?)|零?(?P<one>[一二三四五六七八九壹贰叁肆伍陆柒捌玖])"
)
_ANY_CHARACTER = re.compile(rf"[{''.join(_CHINESE)}十拾廿卅]")


def _in_figures(text: str) -> str:
    """二〇二四年三月十五日 as 2024年3月15日; texts without such characters come back unchanged."""
    if not _ANY_CHARACTER.search(text):
        return text
    text = text.replace("廿", "二十").replace("卅", "三十")
    text = _YEAR_IN_CHARACTERS.sub(lambda m: "".join(_CHINESE.get(c, c) for c in m[0]), text)
    return _NUMBER_IN_CHARACTERS.sub(_small_number, text)


def _small_number(found: Match[str]) -> str:
    if found["one"]:
        return _CHINESE[found["one"]]
    tens, ones = _CHINESE.get(found["tens"], "1"), _CHINESE.get(found["ones"], "0")
    return tens + ones


def _prepared(text: str) -> str | None:
    """The text in plain figures and single blanks, without the brackets or stops around it; None when it has no figures."""
    if len(text) > _LONGEST:
        return None
    plain = _in_figures(halfwidth(text)).strip(" .,;。、:'")
    if len(plain) > 1 and plain[0] == "(" and plain[-1] == ")":
        plain = plain[1:-1].strip()
    return plain if plain and re.search("[0-9]", plain) else None


# --- one day --------------------------------------------------------------------------------------------------------

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YMD = (
    r"(?P<{0}y>[0-9]{{4}})(?:(?P<{0}s>[-/.]) ?(?P<{0}m>[0-9]{{1,2}})(?P={0}s) ?(?P<{0}d>[0-9]{{1,2}})"
    r"|(?P<{0}m2>[0-9]{{2}})(?P<{0}d2>[0-9]{{2}})"
    r"| ?年 ?(?P<{0}m3>[0-9]{{1,2}}) ?月 ?(?P<{0}d3>[0-9]{{1,2}}) ?[日号])"
)
_CLOCK_FORMS = (
    r"(?P<half>上午|下午|晚上|中午|凌晨)? ?(?P<h>[0-9]{1,2})(?:[:](?P<mi>[0-9]{2})(?:[:](?P<se>[0-9]{2})(?:\.[0-9]+)?)?"
    r"|\.(?P<mi2>[0-9]{2})\.(?P<se2>[0-9]{2})(?:\.[0-9]+)?"
    r"| ?[时点] ?(?:(?P<mi3>[0-9]{1,2}) ?分 ?(?:(?P<se3>[0-9]{1,2}) ?秒)?)?整?)"
    r"|(?P<h4>[0-9]{2})(?P<mi4>[0-9]{2})(?P<se4>[0-9]{2})"
)
_WEEKDAY = r"(?: ?\(?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天1-6])\)?)?"
_DAY = re.compile(_YMD.format("") + _WEEKDAY + rf"(?:[ T-]?(?P<time>{_CLOCK_FORMS}))?")
_SHORT_YEAR = re.compile(
    r"(?P<y>[0-9]{2})(?:(?P<s>[-/.])(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})|年(?P<m3>[0-9]{1,2})月(?P<d3>[0-9]{1,2})[日号])"
)
_ENGLISH_DAY = re.compile(
    rf"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    rf"(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -]?(?P<name>{_MONTH_NAME}),?[ -]?(?P<y>[0-9]{{4}}|[0-9]{{2}})"
    rf"|(?P<name2>{_MONTH_NAME}) ?(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(?P<y2>[0-9]{{4}}))",
    re.IGNORECASE,
)


def _full_year(text: str) -> int:
    """Two figures mean this century up to 69, the last one from 70."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_) if _FIRST <= year <= _LAST else None
    except ValueError:
        return None


def _named(found: Match[str], name: str, forms: tuple[str, ...] = ("", "2", "3")) -> str:
    """The group that matched, of several alternatives."""
    groups = found.groupdict()
    return next((groups[name + form] for form in forms if groups.get(name + form)), "")


@lru_cache(maxsize=8192)
def day(text: str) -> date | None:
    """The one day this text names, in any printed form; a time of day beside it is allowed and left alone."""
    plain = _prepared(text)
    if plain is None or len(plain) < 6:
        return None
    found = _DAY.fullmatch(plain)
    if found:
        result = _date(int(found["y"]), int(_named(found, "m")), int(_named(found, "d")))
        wrong = result is not None and not _weekday_fits(result, found["weekday"])
        return None if wrong or (found["time"] and _time(found["time"]) is None) else result
    found = _SHORT_YEAR.fullmatch(plain)
    if found:
        return _date(_full_year(found["y"]), int(_named(found, "m")), int(_named(found, "d")))
    found = _ENGLISH_DAY.fullmatch(plain)
    if found:
        month_ = _MONTHS[_named(found, "name")[:3].lower()]
        return _date(_full_year(_named(found, "y")), month_, int(_named(found, "d")))
    return None


def _weekday_fits(day_: date, printed: str | None) -> bool:
    """A weekday that contradicts its date means that one of them is misread."""
    return printed is None or "123456日".index("日" if printed == "天" else printed) == day_.weekday()


# --- time of day ----------------------------------------------------------------------------------------------------

_CLOCK = re.compile(_CLOCK_FORMS)


@lru_cache(maxsize=8192)
def clock(text: str) -> str | None:
    """The time of day as HH:MM:SS: from 09:30, 09:30:15, 093015, 9时30分, or a day with such a time."""
    plain = _prepared(text)
    if plain is None:
        return None
    found = _DAY.fullmatch(plain)
    if found:
        return _time(found["time"]) if found["time"] and day(text) else None
    return _time(plain)


def _time(text: str) -> str | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    forms = ("", "2", "3", "4")
    hour, minute, second = int(_named(found, "h", forms)), *(int(_named(found, n, forms) or 0) for n in ("mi", "se"))
    if found["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02d}:{minute:02d}:{second:02d}"


# --- months ---------------------------------------------------------------------------------------------------------

_MONTH = re.compile(
    r"(?P<y>[0-9]{4})(?:[-/](?P<m>[0-9]{1,2})|\.(?P<m1>[0-9]{2})|(?P<m2>[0-9]{2})| ?年 ?(?P<m3>[0-9]{1,2}) ?月份?)"
    r"|(?P<y2>[0-9]{2})年(?P<m4>[0-9]{1,2})月份?"
)
_ENGLISH_MONTH = re.compile(rf"(?P<name>{_MONTH_NAME})[ -]?(?P<y>[0-9]{{4}})", re.IGNORECASE)


@lru_cache(maxsize=4096)
def month(text: str) -> Month | None:
    """The one calendar month this text names, or a period that is exactly one month."""
    plain = _prepared(text)
    if plain is None:
        return None
    found = _one_month(plain)
    if found:
        return found
    span = _span(plain)
    whole = span is not None and span == _whole_months(Month(span.start.year, span.start.month))
    return Month(span.start.year, span.start.month) if span and whole else None


def _one_month(plain: str) -> Month | None:
    found = _MONTH.fullmatch(plain)
    if found:
        year, number = _full_year(_named(found, "y")), int(_named(found, "m", ("", "1", "2", "3", "4")))
    else:
        found = _ENGLISH_MONTH.fullmatch(plain)
        if found is None:
            return None
        year, number = int(found["y"]), _MONTHS[found["name"][:3].lower()]
    return Month(year, number) if 1 <= number <= 12 and _FIRST <= year <= _LAST else None


# --- periods --------------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"[^0-9:]{1,20}: ?")
_FRAME = re.compile(r"^(?:自|从|由|from )|(?:止|期间|\(含\))$", re.IGNORECASE)
_TO = r" ?(?:起?至|到|--?|~|to|until) ?"
_TO_SPLIT = re.compile(r" ?(?:起?至|到|--?|~|\bto\b|\buntil\b) ?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def period(text: str) -> Period | None:
    """The days from and to, both included: two days, two months, a quarter, half a year, a year, or one month."""
    plain = _prepared(text)
    if plain is None or len(plain) < 5:
        return None
    plain = _LABEL.sub("", plain, count=1) if not plain[0].isdigit() else plain
    return _span(plain) or _span(_FRAME.sub("", _FRAME.sub("", plain.strip())).strip())


def _span(plain: str) -> Period | None:
    for form, build in _SPANS:
        found = form.fullmatch(plain)
        if found:
            return build(found)
    one = _one_month(plain)
    return _whole_months(one) if one else _between(plain)


def _whole_months(first: Month, last: Month | None = None) -> Period | None:
    """From the first day of one month to the last day of another; None when they stand the wrong way round."""
    last = last or first
    if last < first:
        return None
    return Period(date(first.year, first.month, 1), date(last.year, last.month, monthrange(last.year, last.month)[1]))


def _months(year: str, first: int, last: int) -> Period | None:
    valid = _FIRST <= int(year) <= _LAST and 1 <= first <= last <= 12
    return _whole_months(Month(int(year), first), Month(int(year), last)) if valid else None


def _quarters(found: Match[str]) -> Period | None:
    first = int(found["q"])
    last = int(found.groupdict().get("q2") or first)
    return _months(found["y"], 3 * first - 2, 3 * last) if first <= last else None


_SPANS: tuple[tuple[re.Pattern[str], Callable[[Match[str]], Period | None]], ...] = (
    (
        re.compile(rf"(?P<y>[0-9]{{4}}) ?年 ?(?P<a>[0-9]{{1,2}}) ?月?{_TO}(?P<b>[0-9]{{1,2}}) ?月份?"),
        lambda f: _months(f["y"], int(f["a"]), int(f["b"])),
    ),
    (re.compile(r"(?P<y>[0-9]{4}) ?年? ?-?Q(?P<q>[1-4])", re.IGNORECASE), _quarters),
    (re.compile(r"Q(?P<q>[1-4]) ?-?(?P<y>[0-9]{4})", re.IGNORECASE), _quarters),
    (re.compile(rf"(?P<y>[0-9]{{4}}) ?年? ?第?(?P<q>[1-4])(?:{_TO}(?P<q2>[1-4]))?季度?"), _quarters),
    (re.compile(r"(?P<y>[0-9]{4}) ?年? ?前3季度"), lambda f: _months(f["y"], 1, 9)),
    (re.compile(r"(?P<y>[0-9]{4}) ?(?:年? ?上半年|H1)"), lambda f: _months(f["y"], 1, 6)),
    (re.compile(r"(?P<y>[0-9]{4}) ?(?:年? ?下半年|H2)"), lambda f: _months(f["y"], 7, 12)),
    (re.compile(r"(?P<y>[0-9]{4}) ?(?:年度|年|全年|年全年)"), lambda f: _months(f["y"], 1, 12)),
)

_SHORT_END = re.compile(
    rf"(?P<start>(?P<y>[0-9]{{4}})(?:(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)[0-9]{{1,2}}|年(?P<m3>[0-9]{{1,2}})月[0-9]{{1,2}}日))"
    rf"{_TO}(?:(?P<em>[0-9]{{1,2}})(?:[-/.]|月))?(?P<ed>[0-9]{{1,2}})日?",
    re.IGNORECASE,
)
_SHORT_START = re.compile(
    rf"(?P<d>[0-9]{{1,2}} (?P<name>{_MONTH_NAME})) (?:to|-) (?P<end>.+ (?P<y>[0-9]{{4}}))", re.IGNORECASE
)


def _between(plain: str) -> Period | None:
    """Two days or two months with a word or dash between them; the year may be printed once."""
    found = _SHORT_END.fullmatch(plain)
    if found:
        ends = f"{found['y']}-{found['em'] or _named(found, 'm', ('', '3'))}-{found['ed']}"
        return _ordered(day(found["start"]), day(ends))
    found = _SHORT_START.fullmatch(plain)
    if found:
        return _ordered(day(f"{found['d']} {found['y']}"), day(found["end"]))
    for gap in _TO_SPLIT.finditer(plain):
        left, right = plain[: gap.start()], plain[gap.end() :]
        start, end = day(left), day(right)
        if start and end:
            return _ordered(start, end)
        first, last = _one_month(left), _one_month(right)
        if first and last:
            return _whole_months(first, last)
    return None


def _ordered(start: date | None, end: date | None) -> Period | None:
    return Period(start, end) if start and end and start <= end else None
