"""Figures and days as English statements print them: £1,234.56 CR, 40.00 OD, 17 Jun without a year, 17/06/2019."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from extract.grammar import Reading
from extract.kinds import Day, LooseMoney, Money, MonthOf, Span
from extract.layout import Sheet
from records.facts import Field, Finding, Month, Period, Printed, State, Value
from records.values import days
from records.values.text import fold

#: The side a figure stands on, written behind or before it. An overdrawn balance and money that went out are negative.
MARKED = re.compile(
    r"^(?:(?P<before>(?:CR|DR)(?=\s)|[借贷])\s*)?(?P<body>[-(]?[\d.,\s]*\d[)-]?)\s*(?P<after>CR|DR|OD|C|D|[借贷])?\.?$",
    re.IGNORECASE,
)
OUT = ("DR", "OD", "D", "借")
SIGNS = re.compile(r"[£$€¥]|\b(?:CNY|RMB|GBP|USD|EUR|HKD|SGD|AUD)\b", re.IGNORECASE)


def marked(text: str) -> tuple[str, bool] | None:
    """A figure without its currency and its mark, and whether the mark makes it negative; None where there is neither."""
    plain = SIGNS.sub("", fold(text)).strip()
    found = MARKED.match(plain)
    if not found or (plain == fold(text).strip() and not (found["before"] or found["after"])):
        return None
    mark = (found["before"] or found["after"] or "").upper()
    return found["body"].strip(), mark in OUT


class LedgerMoney(Money):
    """An amount of a statement: as money anywhere, and with CR, DR, OD or a foreign currency sign beside it."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        return super().pick(text, unit) or picked_from_ledger(text, unit)


#: Another label in the same cell: 215,991.18  笔数：13.
NEXT = re.compile(r"\s+[\u4e00-\u9fff]{1,8}:")


class LedgerSum(LooseMoney):
    """The same for a summary, where words may stand around the figure."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        return picked_from_ledger(text, unit) or super().pick(SIGNS.sub("", NEXT.split(fold(text))[0]), unit)


def picked_from_ledger(text: str, unit: Decimal) -> tuple[Value, str] | None:
    """A figure with a mark or a currency beside it."""
    found = marked(text)
    if found is None:
        return None
    picked = Money().pick(found[0], unit)
    if picked is None or not isinstance(picked[0], Decimal):
        return None
    return (-picked[0] if found[1] and picked[0] > 0 else picked[0]), text


#: A day whose year the paper leaves to its head stands in this one until the head is read (a leap year: 29 Feb exists).
NO_YEAR = 4
YEARLESS = re.compile(r"^(?:(\d{1,2})\s*([A-Za-z]{3,9})|([A-Za-z]{3,9})\s*(\d{1,2}))\.?$")
BEGUN = re.compile(
    r"^\d{1,2}\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?(?:\s*\d{4}|\s+\d{2})?(?=\s)"
    r"|^\d{1,2}[-/.]\d{1,2}(?:[-/.](?:\d{4}|\d{2}))?(?=\s)",
    re.IGNORECASE,
)
SLASHED = re.compile(r"^(\d{1,2})(?:[/.](\d{1,2})[/.](\d{4}|\d{2})|-(\d{1,2})-(\d{4}))$")
#: 03-05, 3/5, 03.05, 3月5日, 03 05 in two columns: the month first, as Chinese ledgers and American statements print it.
IN_FIGURES = re.compile(r"^(\d{1,2})(?:(?:[-/.]| +)(\d{1,2})|月(\d{1,2})日)$")


class LedgerDay(Day):
    """A day of a row: also without its year, and with the day or the month first."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        if picked is not None:
            return picked
        begun = BEGUN.match(fold(text).strip())
        if begun and len(begun.group()) < len(text.strip()):  # a first look at a row may take in the column beside
            return self.pick(begun.group(), unit)
        value = yearless(text) or slashed(text, day_first=True) or slashed(text, day_first=False)
        return (value, text) if value else None


def yearless(text: str) -> date | None:
    """17 Jun, Jun 17, 06-17: a day in no year."""
    figures = IN_FIGURES.match(fold(text).strip())
    if figures:
        one, other = int(figures[1]), int(figures[2] or figures[3])
        return _in_no_year(one, other) or _in_no_year(other, one)
    found = YEARLESS.match(fold(text).strip())
    if not found:
        return None
    number, month = found[1] or found[4], found[2] or found[3]
    value = days.day(f"{number} {month} 2000")
    return value.replace(year=NO_YEAR) if value else None


def _in_no_year(month: int, number: int) -> date | None:
    try:
        return date(NO_YEAR, month, number)
    except ValueError:
        return None


def slashed(text: str, *, day_first: bool) -> date | None:
    """17/06/2019 or 06/17/2019."""
    found = SLASHED.match(fold(text).strip())
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    number, month = (first, second) if day_first else (second, first)
    try:
        return date(year if year > 99 else 2000 + year, month, number)
    except ValueError:
        return None


# --- what the head of the paper settles -------------------------------------------------------------------------------

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
SPOKEN = re.compile(
    rf"(\d{{1,2}}\s*{MONTH}(?:\s*\d{{4}})?)\s*(?:to|-|through|until)\s*(\d{{1,2}}\s*{MONTH}\s*\d{{4}})"
    rf"|({MONTH}\s*\d{{1,2}}(?:,?\s*\d{{4}})?)\s*(?:to|-|through|until)\s*({MONTH}\s*\d{{1,2}},?\s*\d{{4}})",
    re.IGNORECASE,
)
_FULL = r"\d{1,2}[/.]\d{1,2}[/.]\d{4}"
NUMBERS = re.compile(rf"({_FULL})\s*(?:to|-|through|until)\s*({_FULL})", re.IGNORECASE)


def spoken_period(text: str) -> tuple[Period, str] | None:
    """11 June to 10 July 2019; June 11, 2019 through July 10, 2019; 11/06/2019 - 10/07/2019 where only one order makes sense."""
    text = re.sub(r"\s*\[[A-Z]{2,5}\]", "", text)  # 1 May 2026 [GMT]
    if found := SPOKEN.search(text):
        start, end = (_day_first(part) for part in (found[1] or found[3], found[2] or found[4]))
        period = days.period(f"{start} to {end}")
        return (period, found.group()) if period else None
    if found := NUMBERS.search(text):
        ways = {_slashed_period(found[1], found[2], first) for first in (True, False)} - {None}
        whole = [way for way in ways if way is not None and way.days <= 400]
        return (whole[0], found.group()) if len(whole) == 1 else None
    return None


def _day_first(text: str) -> str:
    """June 11, 2019 as 11 June 2019."""
    found = re.match(rf"({MONTH})\s*(\d{{1,2}}),?\s*(\d{{4}})?", text, re.IGNORECASE)
    return f"{found[2]} {found[1]} {found[3] or ''}".strip() if found else text


def _slashed_period(first: str, last: str, day_first: bool) -> Period | None:
    start, end = slashed(first, day_first=day_first), slashed(last, day_first=day_first)
    return Period(start, end) if start and end and start <= end else None


def settle_days(reading: Reading, table: str = "transactions") -> None:
    """Give every row its year, and all slashed days the same order of day and month."""
    rows = reading.tables.get(table, [])
    _settle_order(rows, reading.covers())
    _settle_figures(rows, any(HAN.search(strip.text) for strip in reading.sheet.strips[:40]))
    open_days = [
        row
        for row in rows
        if "date" in row and isinstance(row["date"].value, date) and row["date"].value.year == NO_YEAR
    ]
    if not open_days:
        return
    last = _last_day(reading)
    for row in open_days:
        value = row["date"].value
        assert isinstance(value, date)
        if last is None:
            del row["date"]
            continue
        row["date"] = replace(row["date"], value=_in_year(value, last))
    if last is None:
        reading.findings.append(Finding("year_unknown", "日期没有年份，纸上也没有对账期间。", reading.sheet.first_page))


HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def _settle_figures(rows: Sequence[dict[str, Field]], chinese: bool) -> None:
    """03/05: one day that can only be read with its day first (17/05) tells how all of them are meant."""
    told = [(row, found) for row in rows if "date" in row and (found := IN_FIGURES.match(_raw(row["date"])))]
    pairs = [(int(found[1]), int(found[2] or found[3])) for _, found in told]
    day_first = any(one > 12 for one, _ in pairs)
    unsure = not chinese and not day_first and not any(other > 12 for _, other in pairs)
    for (row, _), (one, other) in zip(told, pairs, strict=True):
        value = _in_no_year(other, one) if day_first else _in_no_year(one, other)
        state = row["date"].state if value is not None and not unsure else State.LOW_CONFIDENCE
        row["date"] = replace(row["date"], value=value or row["date"].value, state=state)


def _in_year(value: date, last: date) -> date:
    """This day in the last year that does not lead past the end of the statement."""
    for year in (last.year, last.year - 1, last.year - 2, last.year - 3, last.year - 4):
        try:
            day = value.replace(year=year)
        except ValueError:
            continue
        if day <= last + timedelta(days=1):
            return day
    return value


def _last_day(reading: Reading) -> date | None:
    """The day up to which the paper says it tells; else the one that its head bears."""
    if (period := reading.covers()) is not None:
        return period.end
    ends = reading.get("_ends")
    if isinstance(ends, date):
        return ends
    for strip in reading.sheet.strips:
        if (strip.page, strip.number) in reading.taken:
            continue
        picked = Span().pick(strip.text, Decimal(1)) or spoken_period(strip.text)
        if picked is not None and isinstance(picked[0], Period):
            return picked[0].end
    return _dated(reading.sheet)


def _dated(sheet: Sheet) -> date | None:
    """The day that the head of the paper bears."""
    for strip in sheet.strips[:15]:
        picked = Day().pick(strip.text, Decimal(1))
        if picked is not None and isinstance(picked[0], date):
            return picked[0]
    for strip in sheet.strips[:5]:  # the month of a bill
        named = MonthOf().pick(strip.text, Decimal(1))
        if named is not None and isinstance(named[0], Month):
            after = named[0].plus(1)
            return date(after.year, after.month, 1) - timedelta(days=1)
    return None


def _settle_order(rows: Sequence[dict[str, Field]], period: Period | None) -> None:
    """17/06 or 06/17: the order in which all days exist, lie in the period and run one way; unsure where both do."""
    told = [row for row in rows if "date" in row and SLASHED.match(_raw(row["date"]))]
    if not told:
        return
    marks = []
    for first in (True, False):
        values = [slashed(_raw(row["date"]), day_first=first) for row in told]
        known = [value for value in values if value]
        outside = sum(period is not None and not period.start <= value <= period.end for value in known)
        marks.append((len(values) - len(known), outside, min(_steps(known)), values))
    best = min(marks, key=lambda mark: mark[:3])
    unsure = marks[0][:3] == marks[1][:3] and marks[0][3] != marks[1][3]
    for row, value in zip(told, best[3], strict=True):
        if value is not None:
            row["date"] = replace(row["date"], value=value, state=State.LOW_CONFIDENCE if unsure else row["date"].state)


def _steps(values: Sequence[date]) -> Iterator[int]:
    """How often the days step back, and how often forward."""
    yield sum(later < earlier for earlier, later in pairwise(values))
    yield sum(later > earlier for earlier, later in pairwise(values))


def _raw(field: Field) -> str:
    return fold(field.source.raw).strip() if isinstance(field.source, Printed) else ""
