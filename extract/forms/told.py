"""Values told in running text: lines that go on are joined as a reader reads on, and every character still knows its word.

A form has labels and ``extract.forms.fields`` finds its values; a ruling has sentences (被告：甲公司，住所地…；冻结存款…).
A type says how its sentences go::

    sentences = tell(freeze_cap="冻结~(限额|存款|以){money}", owner=("^被执行人:{name}", "查封{name}名下"))

``{…}`` is where the value stands and what it looks like, ``~`` a few words of the same sentence, ``^`` and ``$`` where a
paragraph begins and ends; brackets, ``|`` and ``?`` as in any pattern. Of several sentences the first on the paper counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.forms.cell_lines import Pieces, pieces_by_cell
from extract.forms.fields import make_field
from extract.grammar import Reading
from extract.kinds import Kind
from extract.layout import Sheet, Strip, cut_words
from records.document import Box, Word
from records.facts import Field

#: A line that ends this near the right border of the text goes on in the next one, unless it ends a sentence.
_FULL = 0.93
#: White space (in ems) that keeps two words apart; less is the printer's.
_APART = 1.5
_ENDS = "。:;"


#: What a value looks like, by the word in the braces.
SHAPES = {
    "money": r"(?:人民币|共计|合计|本金|价值|总计|为|计|款|约|:)*(?:[¥]?\d[\d,]*(?:\.\d+)?(?:万元|亿元|元)"
    r"|¥\d[\d,]*\.\d{2}(?![\d万亿]))",
    "capitals": r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:整|正|[零壹贰叁肆伍陆柒捌玖角分]{2,6})?",
    "day": r"(?:[〇○零O0一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    r"|(?:19|20)\d{2}[年/.-]\d{1,2}[月/.-]\d{1,2}日?)",
    "moment": r"(?:20\d{2}|[〇○零一二三四五六七八九]{4})年[^,。;\n]{4,24}?",
    "span": r"自?20\d{2}[\d年月日时零起./-]+(?:至|到|-|~|(?<=起))20\d{2}[\d年月日./-]+",
    "within": r"(?:本|收到|接到|送达|自)[^。;,\n]{0,18}?(?:之日|后)起?[一二三四五六七八九十\d]{1,3}个?(?:工作)?日内",
    "term": r"[一二两三四五六七八九十\d]{1,3}(?:年|个月|日)",
    "number": r"\d[\d,]*(?:\.\d+)?",
    "name": r"[\u4e00-\u9fa5A-Za-z·()]{2,40}?",
    "person": r"[\u4e00-\u9fa5·]{2,4}",
    "case": r"[(\[〔](?:19|20)\d{2}[)\]〕][\u4e00-\u9fa5]{1,2}\d{0,4}[\u4e00-\u9fa5]{1,6}\d+号(?:之[一二三四五六七八九十\d]+)?",
    "docno": r"(?:(?:\([\u4e00-\u9fa5]{1,6}\))?[\u4e00-\u9fa5]{1,14}[(\[〔](?:19|20)\d{2}[)\]〕]"
    r"(?:[\u4e00-\u9fa5]{1,4}-)?\d{0,4}第?\d+号"
    r"|[(\[〔](?:19|20)\d{2}[)\]〕][\u4e00-\u9fa5]{1,14}\d*[\u4e00-\u9fa5]{0,8}第?\d+号)",
    "title": r"[\u4e00-\u9fa5]{1,2}[(\[〔](?:19|20)\d{2}[)\]〕][\u4e00-\u9fa5]{2,12}不动产(?:权|证明)第\d{4,12}号"
    r"|[\u4e00-\u9fa5]{1,10}房[权他]证[\u4e00-\u9fa5]{0,10}字第?\d{4,14}号",
    "place": r"[\u4e00-\u9fa5\dA-Za-z#()\-]{4,50}?",
    "words": r"[^。;\n]{0,200}?",
    "rest": r"[^。;\n]{2,200}",
}
_HOLE = re.compile(r"\{(?P<shape>[a-z]+)(?P<ending>:[^{}]*)?\}")
#: Field name → the patterns that tell it, compiled when a paper of the type is read: most papers are of another.
Sentences = Mapping[str, tuple[str, ...]]


def tell(**sentences: str | tuple[str, ...]) -> Sentences:
    """How a paper tells its fields. ``{name:银行|支行}`` is a name that ends in one of these."""
    return {
        field: tuple(_pattern(field, way) for way in ((ways,) if isinstance(ways, str) else ways))
        for field, ways in sentences.items()
    }


def _pattern(field: str, sentence: str) -> str:
    holes = list(_HOLE.finditer(sentence))
    if len(holes) != 1 or holes[0]["shape"] not in SHAPES:
        raise TypeError(f"the sentence {sentence!r} of {field} needs one place for its value: {', '.join(SHAPES)}")
    hole = holes[0]
    ending = f"(?:{hole['ending'][1:]})" if hole["ending"] else ""
    before, after = (_loose(part) for part in (sentence[: hole.start()], sentence[hole.end() :]))
    return f"{before}(?P<{field}>(?:{SHAPES[hole['shape']]}){ending}){after}"


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern whose ``^`` and ``$`` mean lines."""
    return re.compile(pattern, re.MULTILINE)


def _loose(part: str) -> str:
    """The written part of a sentence as a pattern: brackets group and capture nothing."""
    grouped = re.sub(r"(?<!\\)\((?!\?)", "(?:", part)
    return grouped.replace("^", r"(?:^|[\n ])").replace("$", r"(?=[\n ]|$)").replace("~", r"[^。;\n]{0,30}?")


@dataclass(frozen=True, slots=True)
class Told:
    """The running text of a paper without blanks; a line break only where a paragraph ends."""

    text: str
    places: tuple[tuple[Strip, int], ...]  #: for every character its line and its position in the line's text

    def words(self, start: int, end: int) -> tuple[list[Word], int]:
        """The words that carry ``text[start:end]`` on the page where it begins, and that page."""
        words: list[Word] = []
        page = self.places[start][0].page
        for strip, first, last in self._pieces(start, end):
            if strip.page == page:
                words += cut_words(strip, first, last + 1)
        return words, page

    def _pieces(self, start: int, end: int) -> Iterator[tuple[Strip, int, int]]:
        """Line by line, from which to which position."""
        strip, first = self.places[start]
        last = first
        for other, position in self.places[start:end]:
            if other is not strip:
                yield strip, first, last
                strip, first = other, position
            last = position
        yield strip, first, last

    def field(self, kind: Kind[Any], match: re.Match[str], reading: Reading) -> Field | None:
        """The value that the group named like the field carries, with its place; None when it is none of its kind."""
        if match[kind.name] is None:
            return None
        picked = kind.pick(match[kind.name], reading.money_unit)
        if picked is None:
            return None
        start, end = match.span(kind.name)
        within = match[kind.name].find(picked[1])
        if within > 0 or (within == 0 and len(picked[1]) < end - start):
            start, end = start + within, start + within + len(picked[1])
        words, page = self.words(start, end)
        return make_field(kind, picked[0], words, page) if words else None


def told(sheet: Sheet) -> Told:
    """The running text of a paper."""
    text: list[str] = []
    places: list[tuple[Strip, int]] = []
    for page in sheet.pages:
        strips = sheet.by_page[page.number]
        left, right = min((s.box.x0 for s in strips), default=0.0), max((s.box.x1 for s in strips), default=1.0)
        for pieces in _read_lines(sheet, page.number):
            for strip, words in pieces:
                for position in _solid(strip, words):
                    text.append(" " if position < 0 else strip.text[position])
                    places.append((strip, abs(position)))
            strip, whole = pieces[-1][0], len(pieces[-1][1]) == len(pieces[-1][0].words)
            if strip.cells or strip.text[-1] in _ENDS or not (whole and _runs_on(strip.box, left, right)):
                text.append("\n")
                places.append((strip, len(strip.text) - 1))
    return Told("".join(text), tuple(places))


def _read_lines(sheet: Sheet, page: int) -> list[Pieces]:
    """The lines of a page in the order they are read: where cells wrap, cell by cell."""
    borders = sheet.borders(page)
    strips = sheet.by_page[page]
    return pieces_by_cell(strips, borders) if borders else [[(strip, list(strip.words))] for strip in strips]


def _runs_on(line: Box, left: float, right: float) -> bool:
    """Whether a line fills the width of the text (but for the indent of a paragraph): then the next one goes on with it."""
    return line.x1 >= right - (1 - _FULL) * (right - left) and line.x0 <= left + 0.2 * (right - left)


def _solid(strip: Strip, words: Sequence[Word]) -> Iterator[int]:
    """The positions of these words of a line that are no blanks; a negative one stands for a wide gap before that position."""
    mine = {id(word) for word in words}
    first = True
    for index, (start, word) in enumerate(zip(strip.starts, strip.words, strict=True)):
        if id(word) not in mine:
            continue
        end = strip.starts[index + 1] - 1 if index + 1 < len(strip.starts) else len(strip.text)
        if not first and strip.gap_before(index) > _APART and max(len(word.text), len(strip.words[index - 1].text)) > 1:
            yield -start
        first = False
        yield from (position for position in range(start, end) if strip.text[position] != " ")


def read_told(reading: Reading, sentences: Sentences, running: Told | None = None) -> None:
    """Fill the fields that stand beside no label from the first sentence that tells each."""
    running = running or told(reading.sheet)
    kinds = reading.kinds()
    for name, ways in sentences.items():
        if name in kinds and name not in reading.fields:
            found = next(values_told(reading, kinds[name], ways, running), None)
            if found is not None:
                reading.fields[name] = found


def last_told(reading: Reading, sentences: Sentences, running: Told | None = None) -> None:
    """The same, from the last place: the day at the foot of a paper."""
    running = running or told(reading.sheet)
    kinds = reading.kinds()
    for name, ways in sentences.items():
        if name in kinds and name not in reading.fields:
            for found in values_told(reading, kinds[name], ways, running):
                reading.fields[name] = found


def values_told(reading: Reading, kind: Kind[Any], ways: Sequence[str], running: Told) -> Iterator[Field]:
    """Every value of this kind that one of these sentences tells, sentence by sentence."""
    for pattern in ways:
        for match in compiled(pattern).finditer(running.text):
            found = running.field(kind, match, reading)
            if found is not None:
                yield found


def joined(kind: Kind[Any], names: Sequence[Field]) -> Field:
    """Several names of one role as one value, at the place of the first."""
    values = dict.fromkeys(str(name.value) for name in names)
    return Field(kind.name, "、".join(values), names[0].source, names[0].state)
