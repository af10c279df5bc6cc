"""Labels on a paper: what announces a value, and those that wrap inside their cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.boxes import EMPTY, TICKED
from extract.forms.cell_lines import Cell, cells_of
from extract.kinds import Kind
from extract.layout import Sheet, Strip, cut_words
from extract.scanned import MARKS, names_a_currency
from records.document import Line
from records.values.text import fold

_TWO = 1.0  # ems between two labels that are not one
_LONGEST = 24  # letters: no label is longer
#: Boxes beside the options of a form.
BOXES = tuple(TICKED + EMPTY)
_TABLE = 5  # times as many lines as stand outside its tables: such a page is a table from top to foot and holds no form


@dataclass(frozen=True, slots=True)
class Label:
    """A label found on a line: which field it announces and where its value would begin."""

    kind: Kind[Any]
    rank: int  #: place among the synonyms of its kind: the first is the best
    strip: Strip
    start: int
    end: int  #: where the value begins in ``strip.text``
    colon: bool


@lru_cache(maxsize=64)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """All labels of a type in one pattern, longest first; blanks may stand between Chinese characters."""
    ways = sorted({fold(label) for label in labels}, key=lambda label: -len(label))
    return re.compile("|".join(map(_loose, ways)))


def _loose(label: str) -> str:
    """The label as an expression. Case is let go only where there is any: it doubles what an expression costs to compile."""
    way = r"\s*".join(map(re.escape, label.replace(" ", ""))) if _chinese(label) else re.escape(label)
    return way if label.lower() == label.upper() else f"(?i:{way})"


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


#: What may stand between a label and its value: a remark in brackets (none that turns the sign, no year that begins a
#: number), the label in another language, a colon.
_AFTER = re.compile(
    r"(?:\s*[(〈](?!负|红字|(?:19|20)\d\d\))[^()]{1,20}\)|\s*\[[A-Za-z '.]{2,50}\])?"
    r"(?:\s*/?[A-Za-z][A-Za-z/ .&'’]{1,32}\.?(?=\s*[:：]))?\s*(?P<colon>[:：])?\s*"
)


def find_labels(sheet: Sheet, kinds: Sequence[Kind[Any]], taken: set[tuple[int, int]]) -> list[Label]:
    """Every place where a label of these kinds stands as a word of its own, outside the tables."""
    owners: dict[str, list[tuple[Kind[Any], int]]] = {}
    for kind in kinds:
        for rank, text in enumerate(kind.labels):
            owners.setdefault(fold(text).replace(" ", "").lower(), []).append((kind, rank))
    pattern = _pattern(tuple(label for kind in kinds for label in kind.labels))
    found: list[Label] = []
    for strip in sheet.strips:
        if (strip.page, strip.number) in taken:
            continue
        values: set[int] = set()  # where a label with its colon is over: what begins there is a value (方式：电话)
        at = 0
        while match := pattern.search(strip.text, at):
            bracketed = _in_brackets(strip.text, match.start(), match.end())
            after = _AFTER.match(strip.text, match.end() + bracketed)
            assert after is not None
            colon = bool(after.group("colon"))
            alone = _stands_alone(strip, match.start(), match.end(), colon or bracketed)
            alone = alone or names_a_currency(strip, match.start())
            if not alone or (match.start() in values and not colon):
                at = match.start() + 1  # a label may begin inside what was none: 是 否 | 录音编号
                continue
            text = match.group()
            parted = _parted(strip, match.start(), text, owners)
            if parted is not None:
                text, after, colon = parted, None, False
            at = match.start() + len(text)
            end = at if after is None else after.end()
            if colon:
                values.add(end)
            for kind, rank in owners.get(text.replace(" ", "").lower(), ()):
                found.append(Label(kind, rank, strip, match.start(), end, colon))
    return found


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Whether a label stands in brackets of its own, apart from a word it would explain: (小写)¥9.00, no 余额(本金)."""
    if text[max(0, start - 1) : start] != "(" or text[end : end + 1] != ")":
        return False
    before = text[max(0, start - 2) : start - 1]
    return not _chinese(before) or before in "整正元圆角分"


def _parted(strip: Strip, start: int, text: str, owners: Mapping[str, object]) -> str | None:
    """The first of two labels that stand apart on a line and together spell a third (境内收货人   统一社会信用代码)."""
    for gap in re.finditer(r"\s+", text):
        first, second = text[: gap.start()], text[gap.end() :]
        both = all(part.replace(" ", "").lower() in owners for part in (first, second))
        if both and strip.gap_before(strip.word_at(start + gap.end())) > _TWO:
            return first
    return None


def _stands_alone(strip: Strip, start: int, end: int, colon: bool) -> bool:
    """Whether a match is the whole label, not a piece of a longer word (账号 inside 对方账号)."""
    text = strip.text
    before = text[start - 1] if start else " "
    if (before.isalnum() and (_chinese(before) or not _chinese(text[start]))) or before == "_":
        return False
    if not colon and text[:start].rstrip()[-1:] in BOXES and start:
        return False  # ☑电话 □短信: an option of a form, no label
    if before == " " and _chinese(text[max(0, start - 2)]) and _chinese(text[start]) and not _gap_at(strip, start):
        return False
    if colon or end >= len(text):
        return True
    following = text[end]
    if following in " ([¥￥" or text[end - 1] == ")" or (strip.scanned and following in MARKS):
        return True
    begins = strip.starts[strip.word_at(start)] == start
    if strip.scanned and begins and end - start >= 2 and _chinese(following) and following not in GOES_ON:
        return True  # the gap between label and value was lost
    return _chinese(text[end - 1]) and (following.isdigit() or following in "壹贰叁肆伍陆柒捌玖拾")


#: Characters with which a label goes on to be another word: 客户经理, 账户明细, 检查日期.
GOES_ON = "经号名类编称信明日期金额情行账户合总人员方式余数及和与的"


def _gap_at(strip: Strip, position: int) -> bool:
    """Whether the word at this position stands apart from the one before it."""
    index = strip.word_at(position)
    if strip.starts[index] != position:
        return True
    previous = strip.words[index - 1] if index else None
    if previous is None or previous.cell is not None:
        return True
    return strip.gap_before(index) > 0.35 or previous.text[-1:] in ":：;；,，。)）"


def wrapped_labels(
    sheet: Sheet, kinds: Sequence[Kind[Any]], found: Sequence[Label], taken: set[tuple[int, int]]
) -> list[Label]:
    """Labels that fill a cell over several of its lines, outside the tables; each stands where its last line does."""
    owners: dict[str, list[tuple[Kind[Any], int]]] = {}
    for kind in kinds:
        for rank, text in enumerate(kind.labels):
            owners.setdefault(fold(text).replace(" ", ""), []).append((kind, rank))
    labels = []
    for page in sheet.pages:
        lines = sheet.by_page[page.number]
        strips = [strip for strip in lines if (strip.page, strip.number) not in taken]
        table_only = len(lines) > _TABLE * len(strips)
        borders = None if table_only else sheet.borders(page.number)
        if borders is None:
            continue
        cells = {id(c): c for _, mine in cells_of(strips, borders) for c in mine if c is not None}
        for cell in cells.values():
            letters = max(len(Line(tuple(words)).text) for _, words in cell.lines)
            if len(cell.lines) < 2 or len(cell.text) > _LONGEST or letters < 2:  # 备 over 注: set upright, not wrapped
                continue
            text = re.sub(r"\([^()]*\)$", "", fold(cell.text).replace(" ", "").rstrip(":"))
            labels += [_label(cell, kind, rank) for kind, rank in owners.get(text, ()) if not _known(cell, kind, found)]
    return labels


def _label(cell: Cell, kind: Kind[Any], rank: int) -> Label:
    strip, words = cell.lines[-1]
    first, last = (next(i for i, word in enumerate(strip.words) if word is one) for one in (words[0], words[-1]))
    return Label(kind, rank, strip, strip.starts[first], strip.starts[last] + len(strip.words[last].text), colon=False)


def _known(cell: Cell, kind: Kind[Any], found: Sequence[Label]) -> bool:
    """Whether this label was found in this cell already, on one of its lines."""
    return any(
        label.kind is kind and label.strip is strip and _begins_in(cell, label)
        for label in found
        for strip, _ in cell.lines
    )


def _begins_in(cell: Cell, label: Label) -> bool:
    words = cut_words(label.strip, label.start, label.start + 1)
    return bool(words) and cell.box.x0 <= words[0].box.x0 < cell.box.x1
