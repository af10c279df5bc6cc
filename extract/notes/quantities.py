"""Quantities as people say them: 一万一, 六千八, 6块2, 十五六台, 三四十人, 两个半月, 半年; each with what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "几": 3, "半": 0,
}  # fmt: skip
_TIMES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
_COUNTED = (
    "号人|人次|个人|个娃|人|名|口|户|家|台|辆|部|头|只|匹|尾|吨|公斤|斤|亩|车|趟|单|票|笔|件|套|箱|桌|班|间|栋|幢|张|份|次|米|立方|方"
    "|度|瓶|袋|盒|柜|艘|孔|组|场|节|床|排|担|筐|双|棵|株|槽|罐|炉|位|条|座|家店|项|团|盘|锅|车皮|卷|捆|包|桶|克|层|架|个"
)
_UNIT = (
    r"(?P<days>(?: )?(?:days|weeks|months|years)\b|个半月|个月|天(?!然)|日(?!均|常)|个?星期|周|年(?!级|度|前|来))"
    r"|(?P<money>块钱?|元|万块)|(?P<share>%|个百分点|个点|成(?![立本品功为员交都了]))"
    rf"|(?P<count>{_COUNTED})(?![季])"
)
_FIGURES = r"\d[\d,]*(?:\.\d+)?(?:多|余|来|几)?(?:百万|千万|十万|[百千万亿])?"
_CHARACTERS = r"[零〇一二两三四五六七八九十百千万亿几半]+(?:多|来|余)?(?:[万亿千])?"
_REST = r"(?P<rest>[\d一二三四五六七八九](?![\d一二三四五六七八九十百千万.路直下起共样般旦]))?"
_FOUND = re.compile(
    rf"(?<![\d.第万上下a-z])(?P<number>{_FIGURES}|{_CHARACTERS})(?:多|余|来|几|出头|左右|上下)*(?:{_UNIT})?{_REST}"
)
#: What a number begins with: the search leaps to it, and tries it there.
_BEGINS = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿几半]")
_NO_QUANTITY = re.compile(
    r"一(?:下|直|般|样|些|起|定|共|旦|遍|再|律|手|边|面|路|声|点|会|个劲|概|向|半)|万一|十分|千万(?!元)|半天|几乎|百货|三方"
    r"|万(?:元|度)?$"
)
_CALENDAR = re.compile(r"(?:19|20)\d\d(?:年|[-/.])|\d+(?:月|日|号)|[一二三四五六七八九十]{1,2}(?:月(?!份?供)|号(?!人))")
#: A number that is part of a name: 0106民初, 2026借字第018号, a year alone, a row of eight figures that nothing counts.
_NAME = re.compile(r"0\d|(?:19[89]|20\d)\d(?!\d|[,.]\d)|\d+(?:[a-z]|[^,。;、\d]{0,3}字|号)|\d{8}")
_DAYS = {
    "days": 1,
    "weeks": 7,
    "months": 30,
    "years": 365,
    "天": 1,
    "日": 1,
    "周": 7,
    "星期": 7,
    "个星期": 7,
    "个月": 30,
    "年": 365,
}
_MONEY = Decimal(10**4)
_IN_FULL = 10**5  #: yuan: from here on figures beside it are told in ten thousands


@dataclass(slots=True)
class Quantity:
    """A number with what it counts: money, days, a share, a thing with its measure word, or nothing that is said."""

    start: int
    end: int
    value: Decimal
    kind: str  #: money, days, share, count, bare
    unit: str


def quantities(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities of a stretch, left to right; days of the calendar are none."""
    found = []
    begins = _BEGINS.search(text, start, end)
    while begins:
        match = _FOUND.match(text, begins.start(), end)
        one = _quantity(match, text) if match else None
        found += [one] if one else []
        begins = _BEGINS.search(text, match.end() if match else begins.end(), end)
    largest = max((one.value for one in found if one.kind == "money"), default=Decimal(0))
    return [_in_full(one, largest) for one in found] if largest >= _IN_FULL else found


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    if _NO_QUANTITY.match(text, match.start(), match.end() + 1) or _CALENDAR.match(text, match.start()):
        return None
    said, rest = match["number"], match["rest"]
    kind, unit = _kind(match)
    stop = match.start("rest") if rest and not match["money"] else match.end()
    if kind == "bare" and len(said) == 1 and not said.isdigit() and not _ends(text, stop):
        return None  # 一 in 一看, 三 in 三角债
    if kind == "bare" and _NAME.match(text, match.start()):
        return None
    value = number(said)
    if kind == "money" and rest:
        value += number(rest) / Decimal(10)
    if kind == "days":
        said = match.group()
        value = value * _DAYS.get(unit.strip(), 30) + (15 if unit == "个半月" else 0)
        value += 15 if said.startswith("半年") and not value else 0
        value = Decimal(180) if said.startswith("半年") else value
        value = Decimal(15) if said.startswith("半个月") else value
    if kind == "share":
        value = value / 10 if unit == "成" else value / 100
    return Quantity(match.start(), stop, value, kind, unit)


def _kind(match: re.Match[str]) -> tuple[str, str]:
    for kind in ("days", "money", "share", "count"):
        if match[kind]:
            return kind, match[kind]
    return ("money", "元") if match["number"][-1] in "万亿" else ("bare", "")


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in ",。;、:!? \n)"


def _in_full(one: Quantity, largest: Decimal) -> Quantity:
    """七百万, ... 六百二: where ten thousands are spoken of, a short number means them too."""
    if one.kind != "bare" or one.value * 1000 > largest * 50 or one.value < 10:
        return one
    return Quantity(one.start, one.end, one.value * _MONEY, "money", "元")


def number(said: str) -> Decimal:
    """The value of a number in figures, in characters or in both; 六千八 is 6800, 十五六 is 16."""
    if said[0].isdigit():
        digits = re.match(r"[\d,]+(?:\.\d+)?", said)
        value = Decimal(digits.group().replace(",", "").rstrip(".")) if digits else Decimal(0)
        for character in said[digits.end() if digits else 0 :]:
            value *= _TIMES.get(character) or _BIG.get(character) or 1
        return value
    return _in_characters(said)


def _in_characters(said: str) -> Decimal:
    total, section, digit, last = 0, 0, None, 1
    for character in said:
        if character in _BIG:
            section += digit or 0
            total = (total + section or 1) * _BIG[character]
            section, digit, last = 0, None, _BIG[character]
        elif character in _TIMES:
            section += (1 if digit is None else digit) * _TIMES[character]
            digit, last = None, _TIMES[character]
        elif character in _DIGITS:
            last = 1 if character in "零〇" else last
            digit = _DIGITS[character]
    if said[0] in "半" and len(said) == 1:
        return Decimal("0.5")
    tail = (digit or 0) * (last // 10 if last >= 100 and said[-1] in _DIGITS else 1)
    return Decimal(total + section + tail)
