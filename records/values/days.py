"""Days, months and periods as papers print them: 2024年3月5日 · 2024年03月 · 2024-01-01至2024-03-31 · 2024年第一季度."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from records.facts import Month, Period
from records.values.moments import FIRST_YEAR, LAST_YEAR, MONTH_NAME, MONTHS, clock, day, full_year
from records.values.written import prepared

__all__ = ["clock", "day", "month", "period"]

# --- months ---------------------------------------------------------------------------------------------------------

_MONTH_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})[-/](?P<m>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})\.?(?P<m>[0-9]{2})"),  # 2024.1 may be a spreadsheet's 2024.10
    re.compile(r"(?P<y>[0-9]{4}|[0-9]{2})年(?P<m>[0-9]{1,2})月份?"),
    re.compile(rf"(?P<m>{MONTH_NAME})[ -]?(?P<y>[0-9]{{4}})", re.IGNORECASE),
)


@lru_cache(maxsize=4096)
def month(text: str) -> Month | None:
    """The one calendar month this text names, or a period that is exactly one month."""
    plain = prepared(text)
    if plain is None:
        return None
    span = _span(plain)
    if span is None:
        return None
    first = Month(span.start.year, span.start.month)
    return first if span == _months(first, first) else None


def _month(plain: str) -> Month | None:
    for form in _MONTH_FORMS:
        found = form.fullmatch(plain)
        if found:
            name = found["m"]
            return _possible_month(full_year(found["y"]), int(name) if name.isdigit() else MONTHS[name[:3].lower()])
    return None


def _possible_month(year: int, number: int) -> Month | None:
    return Month(year, number) if 1 <= number <= 12 and FIRST_YEAR <= year <= LAST_YEAR else None


# --- periods --------------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"^[^0-9:]{1,20}: ?")  # 税款所属期：
_FRAME = re.compile(r"^(?:自|从|由|from ) ?|(?:止|期间|\(含\))$", re.IGNORECASE)
_TO = r" ?(?:起?至|起(?=[0-9])|到|-{1,3}|~|\bto\b|\buntil\b) ?"
_GAP = re.compile(_TO, re.IGNORECASE)


_WHEN = r"(?:日期|时间|日)?:? ?\[?(?P<{}>[0-9][0-9年月日号:./ -]*)\]?"
_BOTH_LABELLED = re.compile(rf"(?:起始|开始|起){_WHEN.format('start')}[ ,;]*(?:终止|截止|结束|止){_WHEN.format('end')}")


@lru_cache(maxsize=4096)
def period(text: str) -> Period | None:
    """The days from and to, both included: two days, two months, a quarter, half a year, a year, or one month."""
    plain = prepared(text)
    if plain is None or len(plain) < 5:
        return None
    labelled = _BOTH_LABELLED.fullmatch(plain)  # 起始时间：[2024-01-01] 终止时间：[2024-01-31]
    if labelled:
        return _ordered(day(labelled["start"]), day(labelled["end"]))
    plain = _LABEL.sub("", plain)
    return _span(plain) or _span(_FRAME.sub("", plain))


def _span(plain: str) -> Period | None:
    """The period of a text without label and frame, by the first form that fits it."""
    one = _month(plain)
    if one:
        return _months(one, one)
    return _part_of_year(plain) or _shortened(plain) or _between(plain)


_YEAR = r"(?P<y>[0-9]{4})年?度? ?"
_PARTS = (
    re.compile(rf"(?P<y>[0-9]{{4}})年(?P<months>[0-9]{{1,2}})月?{_TO}(?P<last>[0-9]{{1,2}})月份?", re.IGNORECASE),
    re.compile(rf"{_YEAR}-?Q(?P<quarters>[1-4])", re.IGNORECASE),
    re.compile(r"Q(?P<quarters>[1-4])[ -]?(?P<y>[0-9]{4})", re.IGNORECASE),
    re.compile(rf"{_YEAR}第?(?P<quarters>[1-4])(?:{_TO}(?P<last>[1-4]))?季度?"),
    re.compile(rf"{_YEAR}(?P<name>前[23]季度|上半年|下半年|H1|H2)"),
    re.compile(r"(?P<y>[0-9]{4})(?P<name>年度|年|全年|年全年)"),
)
_NAMED_PARTS = {
    "前2季度": (1, 6),
    "前3季度": (1, 9),
    "上半年": (1, 6),
    "H1": (1, 6),
    "下半年": (7, 12),
    "H2": (7, 12),
}


def _part_of_year(plain: str) -> Period | None:
    """2024年1-3月, 2024Q1, 2024年第一季度, 2024年上半年, 2024年度."""
    for form in _PARTS:
        found = form.fullmatch(plain)
        if found is None:
            continue
        groups = found.groupdict()
        if groups.get("name"):
            first, last = _NAMED_PARTS.get(groups["name"], (1, 12))
        elif groups.get("quarters"):
            first, last = 3 * int(groups["quarters"]) - 2, 3 * int(groups.get("last") or groups["quarters"])
        else:
            first, last = int(groups["months"]), int(groups["last"])
        return _months(_possible_month(int(groups["y"]), first), _possible_month(int(groups["y"]), last))
    return None


def _months(first: Month | None, last: Month | None) -> Period | None:
    """From the first day of one month to the last day of another; None when they stand the wrong way round."""
    if first is None or last is None or last < first:
        return None
    return Period(date(first.year, first.month, 1), date(last.year, last.month, monthrange(last.year, last.month)[1]))


_SHORT_END = (
    re.compile(
        rf"(?P<start>(?P<y>[0-9]{{4}})([-/.])[0-9]{{1,2}}\3[0-9]{{1,2}}){_TO}(?P<m>[0-9]{{1,2}})\3(?P<d>[0-9]{{1,2}})"
    ),
    re.compile(
        rf"(?P<start>(?P<y>[0-9]{{4}})年[0-9]{{1,2}}月[0-9]{{1,2}}日){_TO}(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})日"
    ),
    re.compile(rf"(?P<start>(?P<y>[0-9]{{4}})年(?P<m>[0-9]{{1,2}})月[0-9]{{1,2}}日?){_TO}(?P<d>[0-9]{{1,2}})日"),
)
_SHORT_START = re.compile(rf"(?P<start>[0-9]{{1,2}} {MONTH_NAME}){_TO}(?P<end>.+ (?P<y>[0-9]{{4}}))", re.IGNORECASE)


def _shortened(plain: str) -> Period | None:
    """Two days that share a year printed once: 2024-05-01~05-31, 2024年1月1日至31日, 11 June to 10 July 2019."""
    for form in _SHORT_END:
        found = form.fullmatch(plain)
        if found:
            start = found["start"].rstrip("日") + "日" * ("年" in found["start"])
            return _ordered(day(start), day(f"{found['y']}-{found['m']}-{found['d']}"))
    found = _SHORT_START.fullmatch(plain)
    return _ordered(day(f"{found['start']} {found['y']}"), day(found["end"])) if found else None


def _between(plain: str) -> Period | None:
    """Two days, or two months, with a word or a dash between them."""
    for gap in _GAP.finditer(plain):
        left, right = plain[: gap.start()], plain[gap.end() :]
        start, end = day(left), day(right)
        if start and end:
            return _ordered(start, end)
        first, last = _month(left), _month(right)
        if first and last:
            return _months(first, last)
    return None


def _ordered(start: date | None, end: date | None) -> Period | None:
    return Period(start, end) if start and end and start <= end else None
