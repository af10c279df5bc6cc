"""Contacts with a customer: when, by what way, with what result, and what was promised until when (documents.md §8.3)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from extract.boxes import EMPTY, TICKED
from extract.kinds import Kind, Text, as_printed
from records.facts import Value
from records.values import days
from records.values.text import fold

#: A subscriber's number: a mobile one whole or masked, a fixed one with its area.
NUMBER = r"(?<![\dA-Za-z*.-])(?:1[3-9]\d(?:-?[\d*]{4}){2}|0\d{2,3}-?[\d*]{7,8})(?!\d)"
DAY = (
    r"(?:19|20)\d{2}(?:[-./]\d{1,2}[-./]|\s*年\s*\d{1,2}\s*月\s*)\d{1,2}(?:\s*[日号])?|(?<!\d)20\d{6}(?=\D|\d{4}(?:\d{2})?(?!\d)|$)"
    r"|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|\d{1,2}\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s*20\d{2}"
)
_LATE = ("下午", "傍晚", "晚上", "晚间", "夜间", "深夜", "晚")
_HOUR = (
    rf"[\sT,(]*(?:(?:星期|周)[一二三四五六日天][)\s]*)?(?P<half>上午|早上|清晨|早|中午|凌晨|{'|'.join(_LATE)})?\s*"
    r"(?P<hour>\d{1,2})\s*(?::\s*(?P<minute>\d{2})(?::\d{2})?|[时点](?:(?P<mark>\d{1,2})分?|(?P<thirty>半)|整)?|(?=\s*[ap]m))"
    r"\s*(?P<pm>[ap]\.?m)?"
)


class When(Text):
    """The day of a contact, with the hour where it is printed: 2026-06-18 09:30."""

    DAY = re.compile(DAY, re.I)
    HOUR = re.compile(_HOUR, re.I)
    BARE = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?:\d{2})?(?!\d)")

    def pick(self, text: str, unit: object) -> tuple[Value, str] | None:
        plain = fold(text)
        found = self.DAY.search(plain)
        day = days.day(_spaced(found.group())) if found else None
        if found is None or day is None:
            return None
        hour = self.HOUR.match(plain, found.end()) or self.BARE.match(plain, found.end())
        clock = _clock(hour) if hour else None
        end = hour.end() if hour and clock else found.end()
        return f"{day.isoformat()} {clock}" if clock else day.isoformat(), plain[found.start() : end].strip()


def _spaced(day: str) -> str:
    """A day as it is read: no blanks, but those around the name of a month."""
    return re.sub(r"(?<=\d)(?=[A-Za-z])|(?<=[a-z.,])(?=\d)", " ", re.sub(r"\s", "", day))


def _clock(hour: re.Match[str]) -> str | None:
    said = hour.groupdict()
    number, minute = int(said["hour"]), 30 if said.get("thirty") else int(said["minute"] or said.get("mark") or 0)
    late = said.get("half") in _LATE or (said.get("pm") or "").lower().startswith("p")
    if (late and number < 12) or (said.get("half") == "中午" and number < 3):
        number += 12
    return f"{number:02d}:{minute:02d}" if number < 24 and minute < 60 else None


class Hour(Kind[str]):
    """The hour of a contact whose day stands elsewhere: 09:30, 下午3点."""

    def pick(self, text: str, unit: object) -> tuple[Value, str] | None:
        found = When.HOUR.match(fold(text).strip())
        clock = _clock(found) if found else None
        return (clock, text) if clock else None


class Marked(Text):
    """Words as printed; where boxes stand beside options, the ticked ones, and nothing when none is."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = as_printed(text)
        plain = re.sub(r"\[\s*[xX√✓]\s*\]|\(\s*√\s*\)", "☑", plain)
        plain = re.sub(r"\[\s*\]|\(\s*\)", "□", plain)
        if not any(mark in plain for mark in TICKED + EMPTY):
            return super().pick(text, unit)
        if not any(mark in plain for mark in TICKED):
            alone = without_box(plain)
            return (alone, text) if alone else None
        behind = plain.rstrip(" )）")[-1] in TICKED + EMPTY
        word = rf"[^{TICKED}{EMPTY}]+"
        found = re.findall(rf"({word})[{TICKED}]" if behind else rf"[{TICKED}]({word})", plain)
        chosen = [name for option in found if (name := re.sub(r"^[^:]{1,10}:", "", option).strip(" ,、;:。/()"))]
        return ("、".join(chosen), text) if chosen else None


def without_box(plain: str) -> str | None:
    """The one option without a box among others with empty ones: ink over a filled box is lost on many scans."""
    if not re.match(rf"(?:\S+ )?[{EMPTY}]\S", plain) or plain[-1] in EMPTY:
        return None
    first, *others = re.split(rf"\s*[{EMPTY}]\s*", plain)
    bare = [first] * bool(first) + [word for option in others for word in option.split(" ")[1:] if word]
    return bare[0] if len(bare) == 1 else None


class Phone(Kind[str]):
    """A telephone number as printed, without blanks and dashes between the digits of a mobile one; masks stay."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.search(NUMBER, re.sub(r"(?<=[\d*])\s+(?=[\d*])", "", fold(text)))
        if found is None:
            return None
        number = found.group().replace("-", "") if found.group()[0] == "1" else found.group()
        return number, found.group() if found.group() in text else text


class Promised(Kind[date]):
    """The day by which payment is promised; a day without its year is told by ``promised``."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.search(DAY, fold(text), re.I)
        value = days.day(_spaced(found.group())) if found else days.day(text)
        return (value, found.group() if found else text) if value else None
