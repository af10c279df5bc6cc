"""Amounts, days, courts, case numbers, shares and counts in a sentence: bounded expressions, read by ``records.values``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extract.notes.clauses import Sentence
from records.values.days import month
from records.values.moments import day
from records.values.money import money
from records.values.numbers import case_no, percent


@dataclass(slots=True)
class Thing:
    """Something a sentence names: its kind, its value as text, and where it stands."""

    kind: str  #: amount, date, court, case_no, percent, share, days, count, periods
    value: str
    start: int
    end: int
    exact: bool = True  #: False for 约, 近, 余: told with the argument, never as a number of its own


_Reader = Callable[[re.Match[str], date | None], Thing | None]


class _Form:
    """An expression, and letters of which all it can match holds one: without any of them it is not tried."""

    def __init__(self, letters: str, expression: str) -> None:
        self.letters = frozenset(letters)
        self.expression = re.compile(expression)


_CN = "零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_AMOUNT = _Form(
    "元圆亿万币RC¥",
    rf"(?:人民币|RMB|CNY|¥)?\s?-?(?:\d[\d,]{{0,15}}(?:\.\d{{1,4}})?|[{_CN}]{{1,16}})\s?(?:余|多)?(?:亿|万|千|百)?(?:余|多)?(?:元|圆)(?:[{_CN}]{{1,2}}角)?(?:[{_CN}]{{1,2}}分)?整?"
    r"|(?:人民币|RMB|CNY|¥)\s?-?\d[\d,]{0,15}(?:\.\d{1,2})?(?:万|亿)?"
    r"|\d[\d,]{0,12}(?:\.\d{1,4})?(?:余|多)?(?:亿|万)(?!股|吨|件|人|户|台|千瓦|平|分之|千|kWh|\d)",
)
_COUNTED = re.compile(rf"[\d{_CN}]")  #: all but a court is told with a number
_ABOUT = re.compile(r"(?:约|近|大约|将近|超|逾|超过|不足|至少)$")
_DAY = _Form(
    "年月./-",
    r"(?:\d{4}|二[零○O0-9一二三四五六七八九]{3})[年./-]\d{1,2}[月./-]\d{1,2}日?|[一二]?二[零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日",
)
_MONTH = _Form("年", r"(?:19|20)\d{2}年\d{1,2}月(?!\d)")
_SHORT_DAY = _Form("月", r"(?<![\d年.])(\d{1,2})月(\d{1,2})日")
_RELATIVE = _Form("月", r"本月(\d{1,2})日|上月(\d{1,2})日")
_COURT = _Form("院裁", r"[一-鿿]{2,14}(?:人民法院|中院|高院|法院)|[一-鿿]{2,12}仲裁委员会")
_COURT_HEAD = re.compile(r"^.*(?:已被|被|由|向|至|经|经由|送达|收到|在|到|和|与|及|于|诉|为|系|,)(?=.{2,})")
_CASE = _Form("号", r"[(\[〔【]?\(?\d{4}[)\]〕】]?[一-鿿]{1,3}\d{0,6}[一-鿿]{1,4}\d{1,7}(?:之[一二三四五])?号")
_PERCENT = _Form("%百", r"-?\d{1,4}(?:\.\d{1,4})?%|百分之[零一二三四五六七八九十百点]{1,6}")
_TENTHS = _Form("成", r"([一二三四五六七八九])成(半)?(?!立|本|品|功|为|员|新|交)")
_DAYS = _Form("天日", r"(\d{1,4})(?:个)?(?:天|日)(?!期|常|均)")
_MONTHS = _Form("月", r"(\d{1,3}|[一二两三四五六七八九十]{1,3})个月")
_PERIODS = _Form("期", r"(\d{1,3}|[一二两三四五六七八九十]{1,3})期")
_COUNT = _Form("笔次件条户起宗份台", r"(\d{1,4}|[一二两三四五六七八九十]{1,3})(?:余)?(笔|次|件|条|户|起|宗|份|台)")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}


def things(sentence: Sentence, report_date: date | None) -> list[Thing]:
    """Everything named in a sentence, in order; what reads as one kind is not read again as another."""
    text, start, end, letters = sentence.text, sentence.start, sentence.end, sentence.letters
    found: list[Thing] = []
    for form, read in _READERS if _COUNTED.search(text, start, end) else _COURTS:
        if form.letters.isdisjoint(letters):
            continue
        for match in form.expression.finditer(text, start, end):
            thing = read(match, report_date)
            if thing and not any(other.start < thing.end and thing.start < other.end for other in found):
                found.append(thing)
    return sorted(found, key=_start)


def _start(thing: Thing) -> int:
    return thing.start


def _case(found: re.Match[str], _: date | None) -> Thing | None:
    number = case_no(found.group())
    return Thing("case_no", number, found.start(), found.end()) if number else None


def _amount(found: re.Match[str], _: date | None) -> Thing | None:
    amount = money(found.group())
    if amount is None:
        return None
    about = amount.approximate or _ABOUT.search(found.string, max(found.pos, found.start() - 3), found.start())
    return Thing("amount", _yuan(amount.value), found.start(), found.end(), not about)


def _yuan(value: Decimal) -> str:
    """Yuan with two decimals, more only where the paper is finer."""
    cents = value.quantize(Decimal("0.01"))
    return f"{cents if cents == value else value:f}"


def _dated(found: re.Match[str], value: date | None) -> Thing | None:
    return Thing("date", value.isoformat(), found.start(), found.end()) if value else None


def _day(found: re.Match[str], _: date | None) -> Thing | None:
    return _dated(found, day(found.group()))


def _month(found: re.Match[str], _: date | None) -> Thing | None:
    value = month(found.group())
    return Thing("month", str(value), found.start(), found.end()) if value else None


def _short_day(found: re.Match[str], report_date: date | None) -> Thing | None:
    return _dated(found, _before(report_date, int(found[1]), int(found[2]))) if report_date else None


def _relative_day(found: re.Match[str], report_date: date | None) -> Thing | None:
    """本月5日, 上月8日."""
    if report_date is None:
        return None
    this_month = report_date.replace(day=1)
    first = this_month if found[1] else (this_month - timedelta(days=1)).replace(day=1)
    return _dated(found, _possible(first.year, first.month, int(found[1] or found[2])))


def _before(report_date: date, month_no: int, day_no: int) -> date | None:
    """3月5日 without a year is the last one before the report."""
    value = _possible(report_date.year, month_no, day_no)
    if value and value > report_date:
        value = _possible(report_date.year - 1, month_no, day_no)
    return value


def _possible(year: int, month_no: int, day_no: int) -> date | None:
    if not 1 <= month_no <= 12 or not 1 <= day_no <= monthrange(year, month_no)[1]:
        return None
    return date(year, month_no, day_no)


def _court(found: re.Match[str], _: date | None) -> Thing | None:
    name = _COURT_HEAD.sub("", found.group())
    return Thing("court", name, found.end() - len(name), found.end()) if len(name) > 3 else None


def _percent(found: re.Match[str], _: date | None) -> Thing | None:
    share = percent(found.group())
    return None if share is None else Thing("percent", f"{share:f}", found.start(), found.end())


def _tenths(found: re.Match[str], _: date | None) -> Thing | None:
    tenths = Decimal(_DIGITS[found[1]]) / 10 + (Decimal("0.05") if found[2] else 0)
    return Thing("percent", f"{tenths:f}", found.start(), found.end(), exact=False)


def _number(kind: str, times: int = 1) -> _Reader:
    def read(found: re.Match[str], _: date | None) -> Thing | None:
        return Thing(kind, str(_small(found[1]) * times), found.start(), found.end(), exact=times == 1)

    return read


def _small(text: str) -> int:
    """A count up to ninety-nine in either script."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(text, 1)


#: Every expression with its reader, in the order in which they are asked.
_READERS: tuple[tuple[_Form, _Reader], ...] = (
    (_CASE, _case),
    (_DAY, _day),
    (_MONTH, _month),
    (_SHORT_DAY, _short_day),
    (_RELATIVE, _relative_day),
    (_AMOUNT, _amount),
    (_COURT, _court),
    (_PERCENT, _percent),
    (_TENTHS, _tenths),
    (_DAYS, _number("days")),
    (_MONTHS, _number("days", 30)),
    (_PERIODS, _number("periods")),
    (_COUNT, _number("count")),
)
_COURTS = ((_COURT, _court),)
