"""What notes and lists of contacts tell: who was called at which number, what was promised until when; rows beside their hour."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extract.families.contacts import DAY, NUMBER, When
from extract.forms.fields import make_field
from extract.forms.told import Told, compiled, told
from extract.grammar import Reading
from extract.kinds import LooseMoney
from extract.layout import cut_words
from records.facts import Field

_CHANNEL = (
    r"(?:^|[^\u4e00-\u9fa5□☐○]|通过|用|以|再次|又|我|今[日天]|[上下]午)(?P<channel>电话|短信|微信|上门|邮件|视频)"
    r"(?=联系|催收|回访|通知|沟通|告知|与|给|致|提醒|拜访)"
)
_CALLS = r"(?:通完?电话|上门催收|催收|走访|拜访|致电|拨打|电联|电话(?:联系|催收|回访|通知)|去电|联系|约谈|发送短信|微信联系|来电)"
_ROLE = (
    r"(?:借款人|客户|担保人|保证人|抵押人|共同借款人|配偶|法定代表人|法人代表|法人"
    r"|实际控制人|实控人|负责人|老板|财务负责人|财务|联系人|本人|其)"
)
_NO_NAME = r"(?!电话|手机|方式|时间|人员|银行|客户|情况|本人|对方|其|.次)"
_NAMED = (
    rf"{_CALLS}[了到至给]?{_ROLE}*(?P<who>{_NO_NAME}[\u4e00-\u9fa5·]{{2,4}}?(?:先生|女士|总|经理|老板)?)"
    r"(?=[(,。:;、的本手1 ]|表示|称|说|告知|反映|接听|未接|电话|无人)"
)
_TITLED = r"(?P<who>[\u4e00-\u9fa5](?:总|经理|老板|先生|女士|厂长|会计))(?=通|说|称|表示|的?电话|回复|,)"
_PROMISE = r"(?<![未不没])(?:承诺|答应|保证|表示|同意|争取|预计|promise[sd]?|agreed|will)[^。;\n]{0,40}?"
_PAYS = r"(?:还款|归还|偿还|还清|结清|支付|还上|还|付|存入|pay|repay|settle)"
_NAMED_DAY = (
    rf"{DAY}|(?P<month>\d{{1,2}})\s*月\s*(?P<md>\d{{1,2}})\s*[日号]|(?P<which>本月|当月|下个?月)?\s*(?P<d>\d{{1,2}})\s*[日号]"
    r"|(?P<end>本?月底|下个?月底|月末)|(?P<soon>今[天日]|明[天日]|次日|后天)"
)
_UNTIL = re.compile(
    rf"{_PROMISE}(?P<day>{_NAMED_DAY})[^。,;\n]{{0,20}}?{_PAYS}|{_PROMISE}{_PAYS}[^。;\n]{{0,24}}?(?:by|on|before)\s*(?P<english>{DAY})",
    re.I,
)
_SUM = r"(?:人民币)?\s*[¥]?\d[\d,]*(?:\.\d+)?\s*(?:万元|万|元|yuan)|(?:RMB|CNY|¥)\s*\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"{_PROMISE}(?:{_PAYS}[^。,;\n欠]{{0,10}}?(?P<amount>{_SUM})|[先将]?(?P<amount2>{_SUM})[^。;\n]{{0,6}}(?:还|存|付))",
    re.I,
)
#: What turns a promise into none: 表示无法在25日前还款.
_NOT = re.compile(r"无法|不能|未能|难以|没法|没有|尚未|不会|不愿|拒绝|不可能|cannot|not |unable")


def tells_contact(reading: Reading, *, letter: bool = False) -> None:
    """Fill what a note without labels tells of a contact: who was called at which number, what was promised."""
    running = told(reading.sheet)
    with_hour(reading)
    if not letter:
        _begins(reading)
    _tell(reading, running, "channel", (_CHANNEL,))
    _tell(reading, running, "who", (_NAMED, _TITLED))
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
        value = None if _denied(running, match) else until(match, start)
        if value is not None and (start is None or value >= start):
            name = "english" if match["english"] else "day"
            words, page = running.words(*match.span(name))
            reading.fields["promise"] = make_field(reading.kinds()["promise"], value, words, page, match[name])
            return


def _amount(reading: Reading, running: Told) -> None:
    kind = reading.kinds()["promise_amount"]
    for match in _AMOUNT.finditer(running.text):
        name = "amount" if match["amount"] else "amount2"
        picked = LooseMoney().pick(match[name], Decimal(1))
        if picked is not None and not _denied(running, match):
            words, page = running.words(*match.span(name))
            reading.fields[kind.name] = make_field(kind, picked[0], words, page, match[name])
            return


def _denied(running: Told, match: re.Match[str]) -> bool:
    return _NOT.search(running.text, max(0, match.start() - 4), match.end()) is not None


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
        return (
            same if same is None or same >= start else _possible(start.year + 1, int(match["month"]), int(match["md"]))
        )
    later = (match["which"] or "").startswith("下")
    found = _possible(*_month_of(start, int(later)), int(match["d"]))
    return (
        found if found is None or found >= start or match["which"] else _possible(*_month_of(start, 1), int(match["d"]))
    )


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
        alike = len(rows) == 1 or (
            name in ("customer", "loan_note_no", "contract_no") and all(name in row for row in rows)
        )
        if name not in reading.fields and len(values) == 1 and alike:
            reading.fields[name] = next(row[name] for row in rows if name in row)


def contacts_of(reading: Reading, table: str) -> Iterator[tuple[dict[str, Field], str]]:
    """Every contact of a paper with where it stands: the rows of its list, or the one it is about."""
    rows = reading.tables.get(table, [])
    for number, row in enumerate(rows, 1):
        yield row, f"第 {number} 行"
    if not rows and reading.fields:
        yield reading.fields, ""
