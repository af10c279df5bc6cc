"""Figures in prose that got worse, whatever the words around them: 产能利用率六月81%，九月只有43%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.lexicon.words import Metric, Trigger, metrics, moves
from extract.notes.clauses import Sentence

_REACH = 48  #: how far behind its name a figure is looked for
_CN = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMBER = re.compile(
    r"(?P<half>一大半|大半|一多半|过半|一半|半数|减半|零头|三分之一|三分之二|四分之一|五分之一)"
    r"|百分之(?P<per>[零一二三四五六七八九十百点\d.]{1,6})"
    r"|(?P<tenths>[一二两三四五六七八九\d](?:\.\d)?)成(?P<more>半)?(?!立|本|品|功|为|员|新|交|都)"
    r"|(?<![\d.])(?P<digits>\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千]{1,9})(?:多|余|来|几)?(?P<big>百万|千万|十万|亿|万|千|百)?"
    r"(?:多|余|出头)?(?P<unit>%|个百分点|元|块|号人|人次|人|名|个人|天|日(?!均)|个月|倍|家|次|笔|吨|台|头|件|套|户|票|单|间|立方|方|公斤|斤|度"
    r"|只|箱|袋|桌|柜|车|瓶|双|辆|趟|班|份|米|个(?![月季百]))?"
    r"(?![月年号季期点线路楼\d]|日(?!均)|个季|条线)"
)
#: What a figure begins with.
_BEGINS = re.compile(r"[\d零一二两三四五六七八九十百千半大过减]")
#: Without any of it a stretch holds no figure.
COUNTED = re.compile(r"[\d零一二两三四五六七八九十百千万半]")
_PARTS = {"三分之一": "0.33", "三分之二": "0.67", "四分之一": "0.25", "五分之一": "0.2", "零头": "0.1"}
_OF_BEFORE = re.compile(
    r"(?<![从由])(?:去年|上年|往年|同期|以前|原来|原先|年初|高峰|旺季|正常|疫情前)[^,。;\d多高涨增升长]{0,5}$"
)
_OLDER = re.compile(
    r"(?:去年|上年|往年|同期|上季|上期|上月|年初|期初|原|当时|当初|之前|放款时|前值|前次|上次|授信时)[^,。;]{0,8}$"
)
_ENDPOINT = re.compile(r"(?:至|到|为|成|剩|只有|仅有|有|在|了只|是)(?:了|约|近|不足|不到|大约|目前的)*$")
_LINE = re.compile(
    r"(?P<side>高于|超过|超出|突破|超|大于|低于|跌破|击穿|小于|触及|触发|达到|逼近)[^,。;]{0,8}?(?:警戒线|预警线|平仓线|红线|警戒值|监管线|补仓线)"
)
#: What stands right before a figure that is a limit, not a value.
_LIMIT = re.compile(r"(?:警戒线|预警线|平仓线|红线|警戒值|监管线|补仓线)(?:为|是|:)?\s*$")
#: Right before a figure of what has to be paid.
_DUE = re.compile(r"(?:应付|应还|需还|要还|该还|利息|月供|本息)[^,。;\d]{0,3}$")
_HIGHER = frozenset(("高于", "超过", "超出", "突破", "超", "大于", "触及", "触发", "达到"))
#: What work is counted in: neither money nor days nor shares.
_COUNTERS = re.compile(
    "号人|人次|人|名|个人|家|吨|台|头|件|套|票|单|立方|方|公斤|斤|只|箱|袋|桌|柜|车|瓶|双|辆|趟|班|份|米|个"
)
_MONEY = frozenset(("元", "块"))


@dataclass(frozen=True, slots=True)
class Worse:
    """A figure that got worse: where its telling ends, and its from, to and change."""

    end: int
    args: tuple[tuple[str, str], ...]
    better: bool = False  #: it got better: words of worsening in the same stretch tell of nothing


@dataclass(slots=True)
class Number:
    """A number in prose: a share (as a fraction of one) or so many of a unit."""

    value: Decimal
    share: bool
    start: int
    end: int
    unit: str = ""


def told_by(metric: Metric) -> Trigger:
    """The trigger in whose name a metric speaks."""
    return _triggers()[metric.id]


@cache
def _triggers() -> dict[str, Trigger]:
    said = [(one, one.model_dump(include={"event", "yes", "no"})) for one in metrics()]
    return {
        one.id: Trigger.model_validate({"id": f"metric.{one.id}", "terms": one.names, **told}) for one, told in said
    }


def worsened(text: str, sentence: Sentence, start: int, limit: int, metric: Metric) -> Worse | None:
    """What ``text[start:]`` says of a metric named right before, if it is for the worse."""
    end = min(limit, sentence.end, start + _REACH)
    words = sentence.words
    if not COUNTED.search(text, start, end) or any(word in words for word in metric.without):
        return None
    found = [number for number in _numbers(text, start, end) if _fits(number, metric)]
    if not (found or metric.line):
        return None
    limits = [number for number in found if metric.line and _LIMIT.search(text, start, number.start)]
    numbers = [number for number in found if number not in limits]
    if limits and numbers and numbers[0].start < limits[0].start:
        return _by_limit(numbers[0], limits[0], metric)
    return (
        _by_line(text, start, end, metric)
        or _by_share(text, start, numbers, metric)
        or _by_two(text, start, end, numbers, metric)
        or _by_level(text, start, numbers, metric)
    )


def went_down(text: str, start: int, end: int) -> bool:
    """A word of falling stands in this stretch."""
    return _words("down").search(text, start, end) is not None


@cache
def _words(way: str) -> re.Pattern[str]:
    spoken = [word for entry in moves() if entry.way == way for word in entry.words]
    return re.compile("|".join(re.escape(word) for word in sorted(spoken, key=len, reverse=True)))


def _numbers(text: str, start: int, end: int) -> list[Number]:
    found = []
    begins = _BEGINS.search(text, start, end)
    while begins:  # far fewer places than finditer would try
        match = _NUMBER.match(text, begins.start(), end)
        if match:
            share = bool(match["half"] or match["per"] or match["tenths"]) or match["unit"] in ("%", "个百分点")
            unit = match["unit"] or (match["big"] and "元") or ""
            found.append(Number(_value(match), share, match.start(), match.end(), unit))
        begins = _BEGINS.search(text, match.end() if match else begins.end(), end)
    return found


def _value(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal(_PARTS.get(match["half"], "0.5"))
    if match["tenths"]:
        return (plain(match["tenths"]) + (Decimal("0.5") if match["more"] else 0)) / 10
    if match["per"]:
        return plain(match["per"]) / 100
    value = plain(match["digits"])
    for times in match["big"] or "":
        value *= _TIMES[times]
    return value / 100 if match["unit"] in ("%", "个百分点") else value * 30 if match["unit"] == "个月" else value


def plain(digits: str) -> Decimal:
    """Figures of either script up to 9999."""
    if digits[0].isdigit():
        return Decimal(digits.replace(",", ""))
    whole, _, rest = digits.partition("点")
    total, last = 0, 0
    for character in whole:
        if character in _TIMES:
            total += (last or 1) * _TIMES[character]
            last = 0
        else:
            last = _CN[character]
    return Decimal(f"{total + last}.{''.join(str(_CN[c]) for c in rest) or 0}")


def _fits(number: Number, metric: Metric) -> bool:
    """A share fits all but what is counted piece by piece; other numbers must be counted as the metric is."""
    if number.share:
        return metric.unit != "件"
    match metric.unit:
        case "%":
            return False
        case "元":
            return number.unit in _MONEY or (number.unit == "" and number.value >= 100)
        case "人":
            return number.unit in ("人", "名", "个人", "号人", "笔", "户", "个", "")
        case "天":
            return number.unit in ("天", "日", "个月") or (number.unit == "" and metric.names[-1].isascii())
        case "件":
            return _COUNTERS.fullmatch(number.unit) is not None
        case "次":
            return number.unit in ("次", "笔", "家", "")
    return number.value > 1


def _by_line(text: str, start: int, end: int, metric: Metric) -> Worse | None:
    found = _LINE.search(text, start, end) if metric.line else None
    if not found:
        return None
    side = found["side"]
    if re.search(r"(?:未|没有|没|不|尚未)$", text[max(start, found.start() - 4) : found.start()]):
        return Worse(found.end(), (), better=True)
    if (side in _HIGHER or side == "逼近") != (metric.worse == "higher"):
        return None if side not in ("触及", "触发") else Worse(found.end(), ())
    shares = [number for number in _numbers(text, start, found.start()) if number.share]
    return Worse(found.end(), (("to", shown(shares[-1].value, "%")),) if shares else ())


def _by_limit(now: Number, limit: Number, metric: Metric) -> Worse | None:
    """抵押率 72% 警戒线 70%: a form prints the line beside the figure."""
    beyond = now.value >= limit.value if metric.worse == "higher" else now.value <= limit.value
    told = (("to", shown(now.value, metric.unit)),)
    return Worse(limit.end, told) if beyond else Worse(limit.end, (), better=True)


def _by_share(text: str, start: int, numbers: list[Number], metric: Metric) -> Worse | None:
    """同比降36.5%, 缩水七成, 不足去年同期三成."""
    down = metric.worse == "lower"
    for number in numbers:
        before, after = text[max(0, start - 4, number.start - 10) : number.start], text[number.end : number.end + 4]
        if number.start - start > 26 or text.count(",", start, number.start) > 1:
            continue
        if number.share and (metric.unit != "%" or number.unit == "个百分点" or not _ENDPOINT.search(before)):
            moved = list(_words("down" if down else "up").finditer(before))
            beside = _words("down" if down else "up").match(after.lstrip("的以上左右"))
            gone = (
                moved
                and not _ENDPOINT.search(before)
                and not _words("up" if down else "down").search(before, moved[-1].end())
            )
            if (gone or (beside and metric.unit != "%")) and number.value >= metric.least:
                return Worse(
                    number.end + (len(after) if beside and not gone else 0), (("percent", shown(number.value, "%")),)
                )
            if down and not moved and _OF_BEFORE.search(before) and number.value <= 1 - metric.least:
                return Worse(number.end, (("percent", f"{1 - number.value:f}"),))
    return None


def _by_two(text: str, start: int, end: int, numbers: list[Number], metric: Metric) -> Worse | None:
    """由82%降至47%; 六月81%，九月只有43%; 388万元(上期520万元)."""
    alike = [number for number in numbers if number.share == (metric.unit == "%") and number.unit != "个百分点"]
    if len(alike) < 2:
        return None
    first, second = alike[0], alike[1]
    between = text[first.end : second.start]
    if metric.unit == "元" and _DUE.search(between):
        return None  # 余额不足千元，而当月应付利息18.6万元: the second figure is of something else
    spoken = text[start : second.end]
    if not any(_words(way).search(spoken) for way in ("down", "up", "against")):
        return None
    before, now = first.value, second.value
    delta = any(found.end() >= len(between) - 2 for way in ("down", "up") for found in _words(way).finditer(between))
    if delta and not _ENDPOINT.search(between):
        fell = _words("down").search(between) is not None
        before, now = (first.value + second.value if fell else first.value - second.value), first.value
    elif _OLDER.search(between) and not _OLDER.search(text[start : first.start]):
        before, now = now, before
    if before <= 0 or now < 0:
        return None
    change = (now - before) / before * (-1 if metric.worse == "lower" else 1)
    if change < metric.least:
        if change <= -metric.least and re.search("一度|曾|最高", text[start : first.start]):
            return Worse(second.end, (("from", shown(before, metric.unit)), ("to", shown(now, metric.unit))))
        return Worse(second.end, (), better=True) if change <= -metric.least else None
    return Worse(second.end, (("from", shown(before, metric.unit)), ("to", shown(now, metric.unit))))


def _by_level(text: str, start: int, numbers: list[Number], metric: Metric) -> Worse | None:
    """产能利用率不足四成: beyond its level a figure tells by itself."""
    alike = [number for number in numbers if number.share == (metric.unit == "%")]
    if metric.level is None or len(alike) != 1 or alike[0].start - start > 12 or alike[0].unit == "个百分点":
        return None
    before = text[start : alike[0].start]
    if any(_words(way).search(before) and not _ENDPOINT.search(before) for way in ("down", "up")):
        return None
    beyond = alike[0].value < metric.level if metric.worse == "lower" else alike[0].value > metric.level
    return Worse(alike[0].end, (("to", shown(alike[0].value, metric.unit)),)) if beyond else None


def shown(value: Decimal, unit: str) -> str:
    """0.82 for a share, yuan with two decimals, counts as they are."""
    if unit == "元":
        return f"{value:.2f}"
    return f"{value.normalize():f}"
