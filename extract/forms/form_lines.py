"""Which line of a form a printed row is: by its label, with the number printed beside it as a hint.

Labels wrap over two or three lines with number and values on the middle one, and the same words come twice on a form (其中：
纳税检查调整的销售额): the number decides then, or else the order in which the lines follow each other. Where label and number
contradict each other only the whole label counts, since a re-issued form may count anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from extract.forms.form_heads import Block, FormColumn
from extract.kinds import Kind
from extract.layout import Sheet, Strip
from records.document import Word
from records.values.text import fold

#: A label counts when it makes up this much of what is printed, or is misread in no more than one letter of six.
SHARE, LIKENESS = 0.3, 0.83
#: What may stand in front of a label without being part of it.
PREFIX = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|其中|减|加|本期)+")
#: The column 类别 in front of the labels of a return: 应纳税额计算 | 税率(25%).
GROUP = re.compile(r"^(?:利润总额|应纳税所得额|应纳税额|税款|销售额|预缴税款)计算(?=.)")
NUMBER = re.compile(r"(\d{1,2})(?:\s*[=(（<≥].*)?")


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a form: its key in field ids, its labels, its number, in which columns it is required."""

    key: str
    labels: tuple[str, ...]
    number: int | None = None
    required: tuple[str, ...] = ()
    kind: type[Kind[Any]] | None = None  #: money when nothing else is said


@dataclass(frozen=True, slots=True)
class FormRow:
    """A printed row: its line (None: one nobody declared), and the words of each column of values."""

    line: FormLine | None
    values: tuple[tuple[FormColumn, list[Word]], ...]
    page: int
    strips: tuple[int, ...]


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A label down to its Chinese letters: numbers, brackets, formulas and blanks are the printer's."""
    return GROUP.sub("", re.sub(r"填写$", "", re.sub(r"[^\u4e00-\u9fff]", "", fold(text))))


class Lines:
    """The lines of a form in their order, and how a row finds its own."""

    def __init__(self, lines: Sequence[FormLine]) -> None:
        self.all = tuple(lines)
        self._by_key = {line.key: line for line in lines}
        self._by_number = {str(line.number): line for line in lines if line.number is not None}
        if len(self._by_key) != len(self.all):
            raise TypeError("two lines of a form have the same key")

    def named(self, name: str) -> FormLine:
        """The line that a formula means, by number or by key."""
        line = self._by_number.get(name) or self._by_key.get(name)
        if line is None:
            raise TypeError(f"a formula names the line {name}, which the form does not have")
        return line

    def match(self, texts: Sequence[str], number: int | None, after: int) -> FormLine | None:
        """The line of a row whose label may be any of these texts; ``after``: the place of the line before it."""
        ways = [self._best(bare(text)) for text in texts]
        number = number if self._by_number else None  # a form declared without numbers is read by labels alone
        if number is not None:
            hinted = [line for lines, _ in ways for line in lines if line.number == number]
            if hinted:
                return hinted[0]
        for lines, whole in ways:
            if lines and (whole or number is None):
                return (
                    lines[0]
                    if len(lines) == 1
                    else next((line for line in lines if self.all.index(line) > after), None)
                )
        return None

    def _best(self, text: str) -> tuple[list[FormLine], bool]:
        """The lines whose label fits this text best, and whether it is the whole of it."""
        if not text:
            return [], False
        scored = [
            (score, line) for line in self.all if (score := max(_fit(text, bare(label)) for label in line.labels))
        ]
        top = max((score for score, _ in scored), default=0)
        return [line for score, line in scored if score == top], top >= WHOLE


WHOLE = 1000


def _fit(text: str, label: str) -> int:
    """How well a label fits a text: the whole of it, a part of it (the longer the better), or nearly it."""
    if text == label or PREFIX.sub("", text) == PREFIX.sub("", label) != "":
        return WHOLE + len(label)
    if len(label) >= 2 and label in text and len(label) >= SHARE * len(text):
        return 10 * len(label)
    if len(label) >= 5 and abs(len(text) - len(label)) <= 2:
        likeness = SequenceMatcher(None, text, label, autojunk=False).ratio()
        return int(10 * len(label) * likeness) if likeness >= LIKENESS else 0
    return 0


# --- rows -----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Parts:
    """One printed line of a block, taken apart: label, number, values by column."""

    strip: Strip
    label: str
    number: int | None
    values: tuple[tuple[FormColumn, list[Word]], ...]

    @property
    def alone(self) -> bool:
        """Whether the line holds nothing but a piece of a label."""
        return self.number is None and not self.values


def rows_of(sheet: Sheet, page: int, block: Block, lines: Lines) -> list[FormRow]:
    """The rows of one block: every line with a number or values, with the pieces of its label above and below."""
    strips = [strip for strip in sheet.by_page[page] if strip.number > block.below]
    parts = [part for strip in strips if (part := take_apart(strip, block)) is not None]
    rows: list[FormRow] = []
    after = -1
    for index, part in enumerate(parts):
        if part.alone:
            continue
        texts, used = _ways(parts, index)
        line = lines.match(texts, part.number, after)
        if line is not None:
            after = lines.all.index(line)
        elif not part.values:
            continue
        rows.append(FormRow(line, part.values, page, tuple(used) if line else ()))
    return rows


def _ways(parts: Sequence[Parts], index: int) -> tuple[list[str], list[int]]:
    """What the label of a row may be: its own words, with the pieces above, below, or both."""
    own = parts[index]
    above = _pieces(parts, index, -1)
    below = _pieces(parts, index, 1)
    ways = [own.label]
    for ups, downs in ((1, 0), (0, 1), (1, 1), (2, 2)):
        text = "".join([*(p.label for p in reversed(above[:ups])), own.label, *(p.label for p in below[:downs])])
        if text not in ways:
            ways.append(text)
    return [way for way in ways if way], [own.strip.number]


def _pieces(parts: Sequence[Parts], index: int, step: int) -> list[Parts]:
    """The pieces of labels next to a row, nearest first: close to it, and holding nothing else."""
    found: list[Parts] = []
    last = parts[index]
    for part in parts[index + step :: step][:2] if index + step >= 0 else []:
        space = (part.strip.top - last.strip.box.y1) if step > 0 else (last.strip.top - part.strip.box.y1)
        if not part.alone or space > 0.9 * max(part.strip.height, last.strip.height) or part.strip.cells:
            break
        found.append(part)
        last = part
    return found


def take_apart(strip: Strip, block: Block) -> Parts | None:
    """One line within a block: values by column, the number of the line, and the label that is left."""
    words = [w for w in strip.words if block.left <= w.box.middle[0] < block.right]
    if not words:
        return None
    values: dict[str, tuple[FormColumn, list[Word]]] = {}
    rest: list[Word] = []
    for word in words:
        column = block.column_of(word)
        if column is None:
            rest.append(word)
        else:
            values.setdefault(column.name, (column, []))[1].append(word)
    number, label = _numbered(rest, block, strip)
    return Parts(strip, label, number, tuple(values.values()))


def _numbered(words: Sequence[Word], block: Block, strip: Strip) -> tuple[int | None, str]:
    """The number of a line and its label: the number under its head where there is one, else at either end."""
    if block.number is not None:
        reach = 2.5 * strip.em()
        low, high = block.number.box.x0 - reach, block.number.box.x1 + reach
        under = [w for w in words if w.box.x0 < high and w.box.x1 > low and NUMBER.fullmatch(fold(w.text).strip())]
        if under:
            nearest = min(under, key=lambda w: abs(w.box.middle[0] - block.number.middle))  # type: ignore[union-attr]
            found = NUMBER.fullmatch(fold(nearest.text).strip())
            behind = [w for w in words if w.box.x0 > nearest.box.x0]
            first = words and words[0] is nearest
            label = [w for w in words if w is not nearest and (first or w not in behind)]
            return int(found[1]) if found else None, "".join(w.text for w in label)
    text = " ".join(fold(w.text) for w in words)
    found = re.match(r"^(\d{1,2})[.、\s]+(?=\D)", text) or re.search(r"(?:^|\s)(\d{1,2})(?:\s*[=(<≥].*)?$", text)
    return (int(found[1]), text[: found.start()] + text[found.end() :]) if found else (None, text)
