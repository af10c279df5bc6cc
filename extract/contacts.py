"""Contacts with a customer: when, by what way, with what result, and what was promised until when (documents.md §8.3)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extract.fields import make_field
from extract.grammar import Reading
from extract.kinds import EMPTY, TICKED, Kind, LooseMoney, Text, as_printed
from extract.layout import cut_words
from extract.told import Told, compiled, last_told, tell, told
from records.facts import Field, Value
from records.values import days
from records.values.text import fold

#: A subscriber's number: a mobile one whole or masked, a fixed one with its area.
NUMBER = r"(?<![\dA-Za-z*.-])(?:1[3-9]\d(?:-?[\d*]{4}){2}|0\d{2,3}-?[\d*]{7,8})(?!\d)"
_HALF_DAY = r"上午|早上|清晨|早|中午|下午|傍晚|晚上|晚间|夜间|深夜|晚|凌晨"
_DAY = (
    r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}(?:\s*[日号])?|(?<!\d)20\d{6}(?=\D|\d{4}(?:\d{2})?(?!\d)|$)"
    r"|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|\d{1,2}\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s*20\d{2}"
)
_HOUR = (
    rf"[\sT,(（]*(?:(?:星期|周)[一二三四五六日天][)）\s]*)?(?P<half>{_HALF_DAY})?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:：]\s*(?P<minute>\d{2})(?:[:：]\d{2})?|[时点](?:(?P<mark>\d{1,2})分?|(?P<thirty>半)|整|(?!间))|(?=\s*[ap]m))\s*(?P<pm>[ap]\.?m)?"
)


class When(Kind[str]):
    """The day of a contact, with the hour where it is printed: 2026-06-18 09:30."""

    DAY = re.compile(_DAY, re.I)
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
    late = said.get("half") in ("下午", "傍晚", "晚上", "晚间", "夜间", "深夜", "晚") or (said.get("pm") or "").lower().startswith("p")
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
        found = re.search(_DAY, fold(text), re.I)
        value = days.day(_spaced(found.group())) if found else days.day(text)
        return (value, found.group() if found else text) if value else None


# --- told in prose ----------------------------------------------------------------------------------------------------

_NO_NAME = r"(?!电话|手机|方式|时间|人员|银行|客户|情况|本人|对方|其|一次|三次|多次)"
_WHO = r"借款人|客户|担保人|保证人|抵押人|共同借款人|配偶|法定代表人|法人代表|法人|实际控制人|实控人|负责人|老板|财务负责人|财务|联系人|其本人|本人|其"
_CALLS = r"通完?电话|上门催收|催收|走访|拜访|和|致电|拨打|电联|电话联系|电话催收|电话回访|电话通知|去电|联系|约谈|发送短信|微信联系|来电"
_CHANNEL = r"(?:^|[^\u4e00-\u9fa5]|通过|用|以|再次|又|我|今日|今天|上午|下午)(?P<channel>电话|短信|微信|上门|邮件|视频)(?=联系|催收|回访|通知|沟通|告知|与|给|致|提醒|拜访)"
_FOOT = tell(time="^{day}$")
_NAMED = rf"(?:{_CALLS})(?:了|到|至|给)?(?:{_WHO})*(?P<who>{_NO_NAME}[\u4e00-\u9fa5·]{{2,4}}?(?:先生|女士|总|经理|老板|某|某某)?)(?=[(（,，。:;、的本手1 ]|表示|称|说|告知|反映|接听|未接|电话|手机|无人)"
_PROMISE = r"(?:承诺|答应|保证|表示|同意|争取|预计|promise[sd]?|agreed|will)[^。;\n]{0,40}?"
_PAYS = r"(?:还款|归还|偿还|还清|结清|支付|还上|还|付|存入|pay|repay|settle)"
_UNTIL = re.compile(
    rf"{_PROMISE}(?P<day>{_DAY}|(?P<month>\d{{1,2}})\s*月\s*(?P<md>\d{{1,2}})\s*[日号]|(?:(?P<which>本月|下月|下个月|当月)\s*)?(?P<d>\d{{1,2}})\s*[日号]"
    rf"|(?P<end>本?月底|下个?月底|月末)|(?P<soon>今天|今日|明天|明日|次日|后天))[^。;\n]{{0,24}}?{_PAYS}"
    rf"|{_PROMISE}{_PAYS}[^。;\n]{{0,24}}?(?:by|on|before)\s*(?P<english>{_DAY})",
    re.I,
)
_AMOUNT = re.compile(
    rf"{_PROMISE}{_PAYS}[^。;\n]{{0,12}}?(?P<amount>(?:人民币|RMB|CNY)?\s*[¥]?\d[\d,]*(?:\.\d+)?\s*(?:万元|万|元|yuan))"
    rf"|{_PROMISE}(?:先|将)?(?P<amount2>[¥]?\d[\d,]*(?:\.\d+)?(?:万元|元))[^。;\n]{{0,6}}(?:还|存|付)",
    re.I,
)


def tells_contact(reading: Reading, *, letter: bool = False) -> None:
    """Fill what a note without labels tells of a contact: who was called at which number, what was promised."""
    running = told(reading.sheet)
    with_hour(reading)
    if not letter:
        _begins(reading)
    last_told(reading, _FOOT)
    _tell(reading, running, "channel", (_CHANNEL,))
    _tell(reading, running, "who", (_NAMED,))
    _tell(reading, running, "number", (f"(?P<number>{NUMBER})",))
    if "promise" not in reading.fields:
        _promised(reading, running)
    if "promise_amount" in reading.kinds() and "promise_amount" not in reading.fields:
        _amount(reading, running)


def _begins(reading: Reading) -> None:
    """A note begins with its moment, on one of its first lines, before anything is told."""
    if "time" in reading.fields:
        return
    kind = reading.kinds()["time"]
    for strip in reading.sheet.strips[:6]:
        picked = kind.pick(strip.text, Decimal(1))
        start = strip.text.find(picked[1]) if picked else -1
        if picked and 0 <= start <= 12 and not re.search(r"[于在自从截至年号]", strip.text[:start]):
            words = cut_words(strip, start, start + len(picked[1]))
            reading.fields["time"] = make_field(kind, picked[0], words, strip.page, picked[1])
            return


def _tell(reading: Reading, running: Told, name: str, ways: Sequence[str]) -> None:
    kind = reading.kinds().get(name)
    if kind is None or name in reading.fields:
        return
    for match in (match for way in ways for match in compiled(way).finditer(running.text)):
        if (found := running.field(kind, match, reading)) is not None:
            reading.fields[name] = found
            return


def _promised(reading: Reading, running: Told) -> None:
    start = contact_day(reading.get("time"))
    for match in _UNTIL.finditer(running.text):
        value = until(match, start)
        if value is not None and (start is None or value >= start):
            name = "english" if match["english"] else "day"
            words, page = running.words(*match.span(name))
            reading.fields["promise"] = make_field(reading.kinds()["promise"], value, words, page, match[name])
            return


def _amount(reading: Reading, running: Told) -> None:
    kind = reading.kinds()["promise_amount"]
    for match in _AMOUNT.finditer(running.text):
        name = "amount" if match["amount"] else "amount2"
        picked = LooseMoney("x").pick(match[name], Decimal(1))
        if picked is not None:
            words, page = running.words(*match.span(name))
            reading.fields[kind.name] = make_field(kind, picked[0], words, page, match[name])
            return


def until(match: re.Match[str], start: date | None) -> date | None:
    """The day that words name; one without a year or month is counted from the day of the contact, else not at all."""
    whole = When().pick(match["english"] or match["day"], None)
    if whole is not None:
        return date.fromisoformat(str(whole[0])[:10])
    if start is None:
        return None
    if match["soon"]:
        return start + timedelta(days={"今": 0, "明": 1, "次": 1, "后": 2}[match["soon"][0]])
    if match["end"]:
        year, month = _month_of(start, 1 if match["end"].startswith("下") else 0)
        return date(year, month, monthrange(year, month)[1])
    if match["month"]:
        same = _possible(start.year, int(match["month"]), int(match["md"]))
        return same if same is None or same >= start else _possible(start.year + 1, int(match["month"]), int(match["md"]))
    later = (match["which"] or "").startswith("下")
    found = _possible(*_month_of(start, int(later)), int(match["d"]))
    return found if found is None or found >= start or match["which"] else _possible(*_month_of(start, 1), int(match["d"]))


def _month_of(day: date, later: int) -> tuple[int, int]:
    return (day.year, day.month + later) if day.month + later <= 12 else (day.year + 1, 1)


def _possible(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def contact_day(time: object) -> date | None:
    """The day of a contact, without its hour."""
    return date.fromisoformat(str(time)[:10]) if time else None


# --- lists ------------------------------------------------------------------------------------------------------------


def with_hour(reading: Reading) -> None:
    """The hour that has a label of its own, beside its day."""
    day, hour = reading.fields.get("time"), reading.fields.pop("_hour", None)
    if day is not None and hour is not None and len(str(day.value)) == 10:
        reading.fields["time"] = Field("time", f"{day.value} {hour.value}", day.source, day.state)


def with_hours(reading: Reading, table: str) -> None:
    """Rows whose hour stands in a column of its own have it beside their day."""
    for row in reading.tables.get(table, []):
        day, hour = row.get("time"), row.pop("_at", None)
        if day is not None and hour is not None and len(str(day.value)) == 10:
            picked = When().pick(f"{day.value} {hour.value}", None)
            if picked is not None:
                row["time"] = Field("time", picked[0], day.source, day.state)


def shared(reading: Reading, table: str) -> None:
    """What every row of a list says alike is the list's own; a list of one row is that contact."""
    rows = reading.tables.get(table, [])
    for name in reading.kinds():
        values = {str(row[name].value) for row in rows if name in row}
        alike = len(rows) == 1 or (name in ("customer", "loan_note_no", "contract_no") and all(name in row for row in rows))
        if name not in reading.fields and len(values) == 1 and alike:
            reading.fields[name] = next(row[name] for row in rows if name in row)


def contacts_of(reading: Reading, table: str) -> Iterator[tuple[dict[str, Field], str]]:
    """Every contact of a paper with where it stands: the rows of its list, or the one it is about."""
    rows = reading.tables.get(table, [])
    for number, row in enumerate(rows, 1):
        yield row, f"第 {number} 行"
    if not rows and "time" in reading.fields:
        yield reading.fields, ""
