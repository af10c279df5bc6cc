"""Days, moments, months and periods."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from extract.kinds.kind import Kind, Text
from records.facts import Month, Period, Value
from records.values import days
from records.values.text import fold


class Day(Kind[date]):
    """A calendar day in any of the forms of documents.md §0.3."""

    SHAPE = re.compile(
        r"[12]\d{3}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|\b20\d{6}\b|[二〇0O○零一]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    )

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.day(text)
        if value is not None:
            return value, text
        for found in self.SHAPE.finditer(fold(text)):
            value = days.day(found.group().replace(" ", ""))
            if value is not None:
                return value, found.group()
        return None


class Moment(Text):
    """A day with its time of day: printed like text, since the time may stand on the next line of the cell."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        return Day().pick(text, unit)


class Clock(Kind[str]):
    """A time of day."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.clock(text)
        return (value, text) if value is not None else None


class MonthOf(Kind[Month]):
    """A calendar month: what a bill is for."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.month(text)
        if value is not None:
            return value, text
        found = re.search(r"20\d{2}\s*[-./年]\s*\d{1,2}\s*月?|\b20\d{4}\b", fold(text))
        if found and (value := days.month(found.group().replace(" ", ""))) is not None:
            return value, found.group()
        return None


class Span(Kind[Period]):
    """A period of two days; hours that a policy prints beside them (零时起, 二十四时止) are left out."""

    HOURS = re.compile(r"(?:零|二十四|[01]?\d|2[0-4])(?:时|点)(?:整|\d{1,2}分)?")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        value = days.period(text) or days.period(self.HOURS.sub("", fold(text)))
        if value is not None:
            return value, text
        plain = self.HOURS.sub("", fold(text))
        found = re.search(r"20\d{2}[\d年月日./ \-:]*?\s*(?:起?至|起|到|-|~)+\s*20\d{2}[\d年月日./\-]*", plain)
        if found and (value := days.period(found.group())) is not None:
            return value, found.group()
        return None
