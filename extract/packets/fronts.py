"""What a page says about itself: its title, its number among how many, and the numbers that tell one paper from the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from extract.forms.fields import value_of
from extract.forms.labels import find_labels
from extract.grammar import Reading
from extract.kinds import Digits, IdCard, MonthOf, Span, Token
from extract.layout import Sheet, Strip, clusters, folded, squeezed
from extract.recognise import all_types
from records.document import Box, Word, around
from records.values.text import fold

#: What titles of papers end in; a large line that does is a title even of a type nobody declared.
ENDINGS = re.compile(
    r"(?:表|书|单|证|函|报告|合同|协议|凭证|发票|收据|明细|账单|清单|通知|证明|公告|记录|statement|invoice|receipt|bill)$",
    re.I,
)
#: A heading inside a paper: 二、… (三)… 4. … 第五章 … 附表2
SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．)]|第[一二三四五六七八九十\d]+[章节部条])"
)
_LONGEST = 36  # characters of a title
_LARGE = 1.25  # of the usual height
_TOP = 0.3  # of the page, below its first line: further down stands no title
_HEAD = 25  # lines in which a paper says whose it is

_AMOUNT = re.compile(r"\d\.\d\d(?!\d)")
_TIME = re.compile(r"(?:19|20)\d{2}[-/.年]?\d{1,2}(?:[-/.月]?\d{1,2}日?)?(?!\d)")
_SEP = r"[,，、;/\\|()（ ]*"
_OF = re.compile(
    rf"第(?P<n>\d{{1,4}})页{_SEP}(?:共|总)(?:计)?(?P<of>\d{{1,4}})页"
    rf"|(?:共|总)(?:计)?(?P<of2>\d{{1,4}})页{_SEP}第(?P<n2>\d{{1,4}})页"
    r"|page:?(?P<n3>\d{1,4})(?:of|/)(?P<of3>\d{1,4})"
    r"|^(?:页码|页号|页次)?[:：]?(?P<n4>\d{1,3})/(?P<of4>\d{1,3})(?:页)?$"
    r"|第(?P<n5>\d{1,4})/(?P<of5>\d{1,4})页|第(?P<n6>\d{1,4})页"
    r"|^[-–—]?(?:page|页码[:：])(?P<n7>\d{1,4})[-–—]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A line that names a paper: what it says without figures, where it stands, the types that are so called, its figures
    (2025年01月电费账单: 202501)."""

    text: str
    box: Box
    types: frozenset[str]
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """What one page says about itself; None and empty where it says nothing."""

    title: Title | None
    number: int | None
    of: int | None
    identity: Mapping[str, str]


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[str, frozenset[str]], ...]:
    """Every declared title, longest first, with the types that carry it."""
    owners: dict[str, set[str]] = {}
    for kind in all_types():
        for title in kind.recognised_by.titles:
            owners.setdefault(squeezed(fold(title)).lower(), set()).add(kind.type_id)
    return tuple((title, frozenset(owners[title])) for title in sorted(owners, key=lambda title: (-len(title), title)))


def front(sheet: Sheet, page: int) -> Front:
    """Read the front of one page."""
    strips = sheet.by_page[page]
    found = titles(strips)
    top = min((strip.top for strip in strips), default=0.0)
    title = next((item for item in found if item.box.y0 - top < _TOP), None)
    number, of = numbering(strips)
    told = identity(sheet, strips, title.types if title else frozenset(), titled=title is not None)
    if title is not None and title.figures:
        told["title"] = title.figures
    return Front(title, number, of, told)


def titles(strips: Sequence[Strip]) -> list[Title]:
    """The lines, and pieces of lines that stand far apart, which name a paper; a mention in running text does not."""
    usual = _body_height(strips)
    found: list[Title] = []
    for strip in strips:
        if len(strip.words) > 14 or _AMOUNT.search(strip.text):
            continue  # with an amount: a row of a table, or a value beside its label (代发工资 12,000.00)
        groups = [_title(group, usual) for group in clusters(strip.words, strip.ratio, 4.0)]
        known = [title for title in groups if title is not None]
        if len(known) == len(groups) or any(title.types for title in known):
            found += known
    return found


def _body_height(strips: Sequence[Strip]) -> float:
    """How high most of the characters of a page stand."""
    sizes = sorted((word.box.height, len(word.text)) for strip in strips for word in strip.words)
    half = sum(count for _, count in sizes) / 2
    for height, count in sizes:
        half -= count
        if half <= 0:
            return height
    return 0.012


def _title(words: Sequence[Word], usual: float) -> Title | None:
    if sum(len(word.text) for word in words) > _LONGEST:
        return None
    text = squeezed(" ".join(folded(word.text) for word in words)).lower()
    if not 1 < len(text) <= 32 or any(mark in text for mark in "，。,;；") or SECTION.match(text):
        return None
    bare = re.sub(r"[(（].*?[)）]|[\d年月日./:：-]", "", text)
    large = max(word.box.height for word in words) >= _LARGE * usual
    if not large and re.search(r"\d{5}", _TIME.sub("", text)):
        return None  # a number of something stands beside it: no title is printed so
    for title, types in _named():
        if title in text and (large or 2 * len(title) >= len(bare)) and not _value_follows(text, title):
            return Title(bare, around(word.box for word in words), types, _figures(text))
    if large and ENDINGS.search(bare) and len(bare) >= 3:
        return Title(bare, around(word.box for word in words), frozenset())
    return None


def _figures(text: str) -> str:
    """The time that a title names; a page number is none."""
    digits = "".join(filter(str.isdigit, re.sub(r"第\d+页|共\d+页|\d+/\d+", "", text)))
    return digits if digits.startswith(("19", "20")) and len(digits) >= 4 else ""


def _value_follows(text: str, title: str) -> bool:
    """Whether the words are a label (检查报告编号: 12), not a title."""
    rest = text[text.index(title) + len(title) :]
    return bool(re.match(r"(?:编号|号码|日期|号|名称)?[:：]", rest))


def numbering(strips: Sequence[Strip]) -> tuple[int | None, int | None]:
    """第2页 共3页, Page 2 of 3, 2/3 at the head or the foot of a page."""
    for strip in (*strips[:6], *strips[-4:]):
        if not any(character.isdigit() for character in strip.text) or len(strip.text) > 120:
            continue
        found = _OF.search(squeezed(strip.text))
        if found:
            said = {name: int(value) for name, value in found.groupdict().items() if value}
            number = next((value for name, value in said.items() if name.startswith("n")), None)
            of = next((value for name, value in said.items() if name.startswith("of")), None)
            if number and (of is None or number <= of):
                return number, of
    return None, None


#: Numbers that tell papers apart, whatever the type: 回单编号：…, No. …
_NUMBERED = re.compile(
    r"(?P<label>(?:[\u4e00-\u9fff]{0,4}(?:编号|号码|账号|卡号|户号|流水号|凭证号))|no\.?)(?P<colon>[:：]?)(?P<value>[a-z]{0,4}\d[\d*-]{5,30})",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d\.\d\d(?!\d)")


def identity(sheet: Sheet, strips: Sequence[Strip], types: frozenset[str], *, titled: bool) -> dict[str, str]:
    """The numbers, months and periods by their labels among the first lines of a page: what differs on another paper."""
    found: dict[str, str] = {}
    # below the first row of a table the numbers are those of rows, not the paper's
    above = list(takewhile(lambda strip: len(_AMOUNT.findall(strip.text)) < 2, strips[:_HEAD]))
    for strip in above:
        if any(character.isdigit() for character in strip.text):
            for match in _NUMBERED.finditer(squeezed(strip.text)):
                if (match["colon"] or match.start() == 0) and (titled or "no" not in match["label"].lower()):
                    found.setdefault(match["label"].lower(), match["value"])
    kinds = {
        name: kind
        for item in all_types()
        if item.type_id in types
        for name, kind in item.kinds().items()
        if isinstance(kind, Digits | IdCard | MonthOf | Span | Token) and kind.labels
    }
    if not kinds:
        return found
    head = sheet.head_of(above)
    labels = find_labels(head, list(kinds.values()), set())
    starts: dict[tuple[int, int], list[int]] = {}
    for label in labels:
        starts.setdefault((label.strip.page, label.strip.number), []).append(label.start)
    reading = Reading(head)
    for label in labels:
        value = value_of(label, reading, starts)
        if value is not None and value.score >= 1.9:  # beside its label, not below it
            found.setdefault(label.kind.name, str(value.value))
    return found
