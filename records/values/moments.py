"""One day and one time of day as papers print them; an impossible one is refused, never rolled over."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from re import Match

from records.values.written import prepared

FIRST_YEAR, LAST_YEAR = 1900, 2199  #: A year outside is misread, or 9999 for "no end", which is no day either.

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)

# --- time of day ----------------------------------------------------------------------------------------------------

_TIMES = (
    r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]+)?)?",
    r"(?P<h>[0-9]{1,2})\.(?P<m>[0-9]{2})\.(?P<s>[0-9]{2})(?:\.[0-9]+)?",  # as DB2 prints moments
    r"(?P<h>[0-9]{1,2})[时点](?:整|(?P<m>[0-9]{1,2})分(?:(?P<s>[0-9]{1,2})秒)?)?",
    r"(?P<h>[0-9]{2})(?P<m>[0-9]{2})(?P<s>[0-9]{2})",
)
_HALF = r"(?P<half>上午|下午|晚上|凌晨)? ?"
_CLOCKS = tuple(re.compile(_HALF + form) for form in _TIMES)


@lru_cache(maxsize=8192)
def clock(text: str) -> str | None:
    """The time of day as HH:MM:SS: from 09:30, 09:30:15, 093015, 9时30分, or a day with such a time."""
    plain = prepared(text)
    if plain is None:
        return None
    found = _day_form(plain)
    if found and found["time"]:
        return _time(found["time"]) if _checked(found) else None
    return _time(plain)


def _time(text: str) -> str | None:
    for form in _CLOCKS:
        found = form.fullmatch(text)
        if found:
            return _hours(found["half"], int(found["h"]), int(found["m"] or 0), int(found["s"] or 0))
    return None


def _hours(half: str | None, hour: int, minute: int, second: int) -> str | None:
    """上午 and 下午 may stand beside either way of counting; where they contradict the hour, nothing is read."""
    if half in ("下午", "晚上"):
        hour += 12 if hour < 12 else 12 * (half == "晚上" and hour == 12)
    elif half and hour > 12:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02d}:{minute:02d}:{second:02d}"


# --- one day --------------------------------------------------------------------------------------------------------

_WEEKDAY = r"(?: ?\(?(?:星期|周|礼拜)(?P<weekday>[1-6日天])\)?)?"
#: A time may follow without a blank only where both sides are written out: 2024-03-0509:30, not 2024-3-119:30.
_THEN = r"(?:[ T-]|(?<=[^0-9])|(?<=[0-9]{2})(?=[0-9]{2}))"
_TAIL = rf"{_WEEKDAY}(?:{_THEN}(?P<time>[上下晚凌0-9].*))?"
_FIGURES = (
    r"(?P<y>[0-9]{4})(?P<sep>[-/.]) ?(?P<m>[0-9]{1,2})(?P=sep) ?(?P<d>[0-9]{1,2})",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    r"(?P<y>[0-9]{4}|[0-9]{2})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]",
    r"(?P<y>[0-9]{2})(?P<sep>[-/.])(?P<m>[0-9]{2})(?P=sep)(?P<d>[0-9]{2})",
)
_ENGLISH_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_NAMED = (
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -]?(?P<m>{MONTH_NAME}),?[ -]?(?P<y>[0-9]{{4}}|[0-9]{{2}})",
    rf"(?P<m>{MONTH_NAME}) ?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(?P<y>[0-9]{{4}})",
)
_DAYS = tuple(re.compile(form + _TAIL) for form in _FIGURES)
_ENGLISH = tuple(re.compile(_ENGLISH_WEEKDAY + form + _TAIL, re.IGNORECASE) for form in _NAMED)
_LETTER = re.compile(r"[A-SU-Za-z]")  # all but the T of 2024-06-18T09:30


@lru_cache(maxsize=8192)
def day(text: str) -> date | None:
    """The one day this text names, in any printed form; a time of day beside it must be possible and is left out."""
    plain = prepared(text)
    found = _day_form(plain) if plain else None
    return _checked(found) if found else None


def _day_form(plain: str) -> Match[str] | None:
    if not 6 <= len(plain) <= 48:
        return None
    for form in _ENGLISH if _LETTER.search(plain) else _DAYS:
        found = form.fullmatch(plain)
        if found:
            return found
    return None


def _checked(found: Match[str]) -> date | None:
    """The day, if there is such a day and nothing printed beside it contradicts it."""
    name = found["m"]
    number = int(name) if name.isdigit() else MONTHS[name[:3].lower()]
    result = possible_day(full_year(found["y"]), number, int(found["d"]))
    if result is None or (found["time"] and _time(found["time"]) is None):
        return None
    return (
        result if found["weekday"] is None or _WEEK[result.weekday()] == found["weekday"].replace("天", "日") else None
    )


_WEEK = "123456日"


def full_year(text: str) -> int:
    """Two figures mean this century up to 69, the last one from 70."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def possible_day(year: int, month: int, number: int) -> date | None:
    """The day if the calendar has it: 30 February is nobody's day."""
    try:
        return date(year, month, number) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
