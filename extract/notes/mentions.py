"""Amounts, days, courts, case numbers, shares and counts in a sentence: bounded expressions, read by ``records.values``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
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


class _Form:
    """An expression, and letters of which all it can match holds one: without any of them it is not tried."""

    def __init__(self, letters: str, expression: str) -> None:
        self.letters = frozenset(letters)
        self.expression = re.compile(expression)

    def all(self, sentence: Sentence) -> Iterable[re.Match[str]]:
        if self.letters.isdisjoint(sentence.letters):
            return ()
        return self.expression.finditer(sentence.text, sentence.start, sentence.end)


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
    if not _COUNTED.search(sentence.text, sentence.start, sentence.end):
        return list(_courts(sentence))
    found: list[Thing] = []
    for thing in (*_cases(sentence), *_dates(sentence, report_date), *_amounts(sentence), *_others(sentence)):
        if not any(other.start < thing.end and thing.start < other.end for other in found):
            found.append(thing)
    return sorted(found, key=lambda thing: thing.start)


def _cases(sentence: Sentence) -> Iterator[Thing]:
    for found in _CASE.all(sentence):
        number = case_no(found.group())
        if number:
            yield Thing("case_no", number, found.start(), found.end())


def _amounts(sentence: Sentence) -> Iterator[Thing]:
    for found in _AMOUNT.all(sentence):
        amount = money(found.group())
        if amount is None:
            continue
        about = amount.approximate or _ABOUT.search(
            sentence.text[max(sentence.start, found.start() - 3) : found.start()]
        )
        yield Thing("amount", _yuan(amount.value), found.start(), found.end(), not about)


def _yuan(value: Decimal) -> str:
    """Yuan with two decimals, more only where the paper is finer."""
    cents = value.quantize(Decimal("0.01"))
    return f"{cents if cents == value else value:f}"


def _dates(sentence: Sentence, report_date: date | None) -> Iterator[Thing]:
    for found in _DAY.all(sentence):
        value = day(found.group())
        if value:
            yield Thing("date", value.isoformat(), found.start(), found.end())
    for found in _MONTH.all(sentence):
        value_of_month = month(found.group())
        if value_of_month:
            yield Thing("month", str(value_of_month), found.start(), found.end())
    if report_date is None:
        return
    for found in _SHORT_DAY.all(sentence):
        value = _before(report_date, int(found[1]), int(found[2]))
        if value:
            yield Thing("date", value.isoformat(), found.start(), found.end())
    for found in _RELATIVE.all(sentence):
        first = (
            report_date.replace(day=1) if found[1] else (report_date.replace(day=1) - timedelta(days=1)).replace(day=1)
        )
        value = _possible(first.year, first.month, int(found[1] or found[2]))
        if value:
            yield Thing("date", value.isoformat(), found.start(), found.end())


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


def _courts(sentence: Sentence) -> Iterator[Thing]:
    for found in _COURT.all(sentence):
        name = _COURT_HEAD.sub("", found.group())
        if len(name) > 3:
            yield Thing("court", name, found.end() - len(name), found.end())


def _others(sentence: Sentence) -> Iterator[Thing]:
    yield from _courts(sentence)
    for found in _PERCENT.all(sentence):
        share = percent(found.group())
        if share is not None:
            yield Thing("percent", f"{share:f}", found.start(), found.end())
    for found in _TENTHS.all(sentence):
        tenths = Decimal(_DIGITS[found[1]]) / 10 + (Decimal("0.05") if found[2] else 0)
        yield Thing("percent", f"{tenths:f}", found.start(), found.end(), exact=False)
    for pattern, kind, times in (
        (_DAYS, "days", 1),
        (_MONTHS, "days", 30),
        (_PERIODS, "periods", 1),
        (_COUNT, "count", 1),
    ):
        for found in pattern.all(sentence):
            yield Thing(kind, str(_small(found[1]) * times), found.start(), found.end(), exact=times == 1)


def _small(text: str) -> int:
    """A count up to ninety-nine in either script."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(text, 1)
