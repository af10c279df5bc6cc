"""Where the columns of a numbered form stand: heads of one or two lines, groups above them, blocks side by side.

The heads that name a column (本月数, 本年累计, 期末余额) may stand under group heads (一般项目, 即征即退项目). A head that
comes back after all columns have been named begins a second block: a balance sheet prints two forms beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from extract.layout import Sheet, Strip, cut_words
from records.document import Box, Ruling, Word, around

NUMBERED = ("栏次", "行次", "行号", "序号")
NAMED = ("项目", "类别", "资产", "负债和所有者权益", "项目名称")
#: Money with its cents, or the dash of a cell that does not apply: what shows where the columns of values stand.
CENTS = re.compile(r"-?[(]?[¥￥]?-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)\.\d{2}[)]?-?")
DASH = re.compile(r"[-—–－─_*/]{1,8}")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of values: its name in field ids, the heads it may carry, and the group heads that may stand above."""

    name: str
    heads: tuple[str, ...]
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormHead:
    """A head on the page: what it says, where it stands."""

    text: str
    box: Box
    cell: str | None

    @property
    def middle(self) -> float:
        return self.box.middle[0]


@dataclass(slots=True)
class Block:
    """One form on a page: from where to where it reaches, its columns of values left to right, its column of numbers."""

    left: float
    right: float
    columns: list[tuple[FormColumn, FormHead]]
    number: FormHead | None
    below: int  #: the line number after which the body begins
    bounds: list[float] = field(default_factory=list)  #: len(columns) + 1 borders of the columns of values
    sure: bool = True  #: whether the heads were printed, not supposed

    def column_of(self, word: Word) -> FormColumn | None:
        """The column of values in which a word stands, or None when it is a label or a number."""
        if word.cell is not None and all(head.cell for _, head in self.columns):
            letters = _letters(word.cell)
            return next((column for column, head in self.columns if _letters(head.cell) == letters), None)
        middle = word.box.middle[0]
        for index, (column, _) in enumerate(self.columns):
            if self.bounds[index] <= middle < self.bounds[index + 1]:
                return column
        return None


def _letters(cell: str | None) -> str:
    return re.sub(r"\d", "", cell or "")


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """These heads, each a word of its own; blanks may stand between the letters."""
    ways = sorted(set(words), key=lambda word: -len(word))
    loose = "|".join(r"\s*".join(re.escape(letter) for letter in way) for way in ways)
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{loose})(?![\u4e00-\u9fff])")


def heads_in(strip: Strip, words: tuple[str, ...]) -> list[FormHead]:
    """These heads where they stand on one line."""
    if not words:
        return []
    found = []
    for match in _pattern(words).finditer(strip.text):
        pieces = cut_words(strip, match.start(), match.end())
        if pieces:
            text = match.group().replace(" ", "")
            found.append(FormHead(text, around(piece.box for piece in pieces), pieces[0].cell))
    return found


def find_blocks(sheet: Sheet, page: int, columns: Sequence[FormColumn]) -> list[Block]:
    """The forms on a page whose heads are printed there: none where no line carries heads."""
    strips = sheet.by_page[page]
    leaves = tuple(head for column in columns for head in column.heads)
    groups = tuple(dict.fromkeys(head for column in columns for head in column.group))
    joined = tuple(group + head for column in columns for group in column.group for head in column.heads)
    wanted = 1 if len({column.heads for column in columns}) == 1 else 2
    for index, strip in enumerate(strips):
        found = _once_each(heads_in(strip, joined), heads_in(strip, leaves))
        around_it = strips[max(0, index - 2) : index + 3]
        if len(found) < wanted and not (
            found and len(strip.words) > 1 and (_numbered(around_it) or heads_in(strip, NAMED))
        ):
            continue
        if len(found) == 1 and not any(heads_in(s, NUMBERED + NAMED) for s in around_it):
            continue
        above = [head for s in strips[max(0, index - 3) : index + 1] for head in heads_in(s, groups)]
        last = strip
        for lower in strips[index + 1 : index + 3]:  # 本期数 may stand over 货物及劳务 as well as under it
            under = heads_in(lower, groups)
            if len(under) > max(len(found), 1) or (len(under) == len(found) > 1 and not above):
                found, above, last = under, found, lower
        named = _named(found, above, columns)
        if named:
            stop = _next_head(last, named[-1][1])
            return _blocks(named, _numbered(around_it), last.number, strips, sheet.rulings(page), stop)
    return []


def _once_each(whole: Sequence[FormHead], leaves: Sequence[FormHead]) -> list[FormHead]:
    """Heads that carry their group (即征即退项目本月数), and those without one that stand elsewhere on the line."""
    rest = [leaf for leaf in leaves if not any(leaf.box.x0 < w.box.x1 and w.box.x0 < leaf.box.x1 for w in whole)]
    return sorted([*whole, *rest], key=lambda head: head.middle)


def _next_head(strip: Strip, head: FormHead) -> float:
    """Where a head that names none of our columns stands to the right of the last that does: the values end before it."""
    return min((w.box.x0 for w in strip.words if w.box.x0 > head.box.x1 + strip.em()), default=1.0)


def _numbered(strips: Sequence[Strip]) -> list[FormHead]:
    return [head for strip in strips for head in heads_in(strip, NUMBERED)]


def _named(
    heads: Sequence[FormHead], groups: Sequence[FormHead], columns: Sequence[FormColumn]
) -> list[tuple[FormColumn, FormHead]]:
    """Which column each head names, with the help of the group it stands under; unnamed heads are left out."""
    ordered = sorted(heads, key=lambda head: head.middle)
    above = sorted(_once(groups), key=lambda head: head.middle)
    named = []
    for index, head in enumerate(ordered):
        group = None
        if above and len(ordered) % len(above) == 0:  # each group stands over equally many heads
            group = above[index // (len(ordered) // len(above))]
        elif above:
            group = min(above, key=lambda g: abs(g.middle - head.middle))
        column = _column(head, group, columns)
        if column is not None:
            named.append((column, head))
    return named


def _once(groups: Sequence[FormHead]) -> list[FormHead]:
    """Each group head once, however many lines repeat it."""
    kept: list[FormHead] = []
    for head in groups:
        if not any(other.text == head.text and abs(other.middle - head.middle) < 0.02 for other in kept):
            kept.append(head)
    return kept


def _column(head: FormHead, group: FormHead | None, columns: Sequence[FormColumn]) -> FormColumn | None:
    """The column of a head and the one above it, whichever of the two is the group."""
    fits = {c.name: max((len(h) for h in c.heads if head.text.endswith(h)), default=0) for c in columns}
    fitting = [
        c for c in columns if 0 < fits[c.name] == max(fits.values())
    ]  # 本期金额 is no 金额 where a column is called so
    joined = [c for c in fitting if any(head.text.startswith(g) for g in c.group)]
    if joined:
        return joined[0]
    if group is not None and not fitting:
        return next((c for c in columns if head.text in c.group and group.text in c.heads), None)
    if group is not None:
        return next((c for c in fitting if not c.group or group.text in c.group), None)
    return fitting[0] if fitting else None


def _blocks(
    named: Sequence[tuple[FormColumn, FormHead]], numbers: Sequence[FormHead], below: int, strips: Sequence[Strip],
    rulings: Sequence[Ruling], end: float,
) -> list[Block]:  # fmt: skip
    """Heads in blocks: a column that comes again begins the next one."""
    parts: list[list[tuple[FormColumn, FormHead]]] = [[]]
    for column, head in named:
        if any(column.name == other.name for other, _ in parts[-1]):
            parts.append([])
        parts[-1].append((column, head))
    blocks, left = [], 0.0
    body = [strip for strip in strips if strip.number > below]
    for index, part in enumerate(parts):
        stop = parts[index + 1][0][1].box.x0 if index + 1 < len(parts) else end
        number = next((n for n in numbers if left <= n.middle < part[-1][1].box.x1), None)
        bounds = _bounds([head for _, head in part], body, rulings, left, stop, number)
        blocks.append(Block(left, bounds[-1], part, number, below, bounds))
        left = bounds[-1]
    if blocks:
        blocks[-1].right = 1.0 if end == 1.0 else blocks[-1].bounds[-1]
    return blocks


def _bounds(
    heads: Sequence[FormHead], body: Sequence[Strip], rulings: Sequence[Ruling], left: float, stop: float,
    number: FormHead | None,
) -> list[float]:  # fmt: skip
    """The borders of the columns: on a ruling where there is one, else in the white between the values."""
    top = min((strip.top for strip in body), default=0.0)  # what is ruled above the form is another table
    standing = [r for r in rulings if abs(r.x1 - r.x0) < 0.004 and abs(r.y1 - r.y0) > 0.008]
    upright = sorted({round(r.x0, 4) for r in standing if max(r.y0, r.y1) > top})
    begin = number.box.x1 if number and number.middle < heads[0].middle else left
    values = [w for s in body for w in s.words if w.box.x0 > begin and w.box.x1 < stop + 0.02 and _shows_value(w)]
    inner = [_border(one, other, upright, values) for one, other in pairwise(heads)]
    first = [w.box.x0 for w in values if w.box.middle[0] < (inner[0] if inner else 1.0)]
    before = [x for x in upright if begin <= x + 0.004 and x <= heads[0].box.x0 + 0.004]
    start = max(before) if before else min([heads[0].box.x0, *first]) - 0.002
    last = [w.box.x1 for w in values if w.box.middle[0] > (inner[-1] if inner else start)]
    after = [x for x in upright if heads[-1].box.x1 - 0.004 <= x <= stop]
    end = min(after) if after and stop < 1.0 else max([heads[-1].box.x1, *last]) + 0.002
    return [start, *inner, end]


def _border(one: FormHead, other: FormHead, upright: Sequence[float], values: Sequence[Word]) -> float:
    middle = (one.middle + other.middle) / 2
    lines = [x for x in upright if one.middle < x < other.middle]
    if lines:
        return min(lines, key=lambda x: abs(x - middle))
    near = [w for w in values if one.middle - 0.2 < w.box.middle[0] < other.middle + 0.2]
    edges = sorted((w.box.x0, w.box.x1) for w in near)
    gaps, reach = [], 0.0
    for x0, x1 in edges:
        if reach and x0 > reach + 0.004 and one.middle - 0.05 < (reach + x0) / 2 < other.middle + 0.05:
            gaps.append((reach + x0) / 2)
        reach = max(reach, x1)
    return min(gaps, key=lambda x: abs(x - middle)) if gaps else middle


def _shows_value(word: Word) -> bool:
    return bool(CENTS.fullmatch(word.text.replace(" ", "")) or DASH.fullmatch(word.text))


def supposed_block(strips: Sequence[Strip], column: FormColumn) -> Block | None:
    """A list of lines with one amount each and no heads: the amounts are supposed to be of the first column."""
    ends = [[w for w in strip.words if CENTS.fullmatch(w.text)] for strip in strips]
    if not any(ends) or any(len(words) > 1 for words in ends):
        return None
    left = min(words[0].box.x0 for words in ends if words)
    head = FormHead("", Box(left, 0.0, 1.0, 0.0), None)
    return Block(0.0, 1.0, [(column, head)], None, -1, [left - 0.002, 1.001], sure=False)


def continued(block: Block) -> Block:
    """The same columns on a later page that repeats no heads."""
    return replace(block, below=-1)
