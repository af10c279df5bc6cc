"""Values of many lines: what was said, why it was so decided, the text of a memo, from their label or heading to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.forms.beside import ANOTHER, WIDE
from extract.forms.cells import in_cells
from extract.forms.fields import make_field
from extract.forms.labels import Label, find_labels
from extract.grammar import Reading
from extract.kinds import Text, as_printed
from extract.layout import Sheet, Strip, clusters, cut_words, squeezed
from records.document import Line, Word
from records.facts import Field, Value

_ONE = r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．)）](?!\d)|第[一二三四五六七八九十]+[部章条]分?)"
NUMBER = re.compile(rf"^{_ONE}")
#: A heading: numbered, short, no sentence.
HEADING = re.compile(rf"^{_ONE}\s*(?P<words>[^。;:]{{2,24}}):?$")
#: A line that is labelled, whatever the label; who speaks in a conversation is none.
_LABELLED = re.compile(r"^[\u4e00-\u9fff()/]{2,12}:")
_SPEAKS = re.compile(
    r"(?:说|称|表示|回复|答复|答|问|反映|如下|客户|借款人|对方|我方|我|坐席|客服|本人|男|女)(?:\([^()]*\))?:"
)
#: What stands under the text of a paper and is not of it.
SIGNED = re.compile(
    r"^(?:\S{2,12}[(（]?(?:签字|签章|签名|盖章)|[(（](?:签字|盖章|公章|签章))|^(?:20\d{2}|[二〇○零一二三四五六七八九]{4})年[^,。]{3,9}日$"
)
_FOOT = re.compile(r"^-?第?\d+(?:/\d+)?页?-?$|^第\d+页,?共\d+页$")
_ASIDE = 0.5  # of the page: a short line that begins further right is who signed
_CJK = re.compile(r"[\u2e80-\u9fff，。；：！？、）（]")


class Passage(Text):
    """Running text behind a label, or under a heading that holds one, over as many lines as it takes; its full stop stays."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        stop = "。" if text.rstrip().endswith("。") else ""
        return (f"{picked[0]}{stop}", picked[1]) if picked else None


def read_passages(reading: Reading) -> None:
    """Read every passage of a type to its end, where lines go on below; in ruled cells and sheets it is whole already."""
    kinds = [kind for kind in reading.kinds().values() if kind.labels and kind.sought]
    labels = find_labels(reading.sheet, kinds, reading.taken)
    begun = {
        (label.strip.page, label.strip.number): label.strip.text[: label.start]
        for label in reversed(labels)
        if not speaks(label.strip.text)
    }
    begins = {place for place, before in begun.items() if not NUMBER.sub("", squeezed(before))} | reading.taken
    for kind in (kind for kind in kinds if isinstance(kind, Passage)):
        lines = next(_ways(kind, labels, reading.sheet, begins, kind.name in reading.fields), None)
        if lines is not None:
            reading.fields[kind.name] = passage(kind, lines)


def _ways(
    kind: Passage, labels: Sequence[Label], sheet: Sheet, begins: set[tuple[int, int]], read: bool
) -> Iterator[list[tuple[int, list[Word]]]]:
    """The passage behind each label of its own, then under each heading that holds one."""
    own = sorted((label for label in labels if label.kind is kind), key=lambda label: (not label.colon, label.rank))
    for label in own:
        boxed = _boxed(label, sheet)
        if boxed is not None and not read and boxed and boxed[0]:
            yield [(label.strip.page, boxed[0])]
        if not label.strip.cells and boxed is None and (found := _behind(label, labels, sheet, begins)):
            yield found
    for strip in sheet.strips:
        heading = None if strip.cells or (strip.page, strip.number) in begins else HEADING.match(squeezed(strip.text))
        under = (
            _going_on(strip, sheet, begins) if heading and any(word in heading["words"] for word in kind.labels) else ()
        )
        if found := list(under):
            yield found


def _boxed(label: Label, sheet: Sheet) -> list[list[Word]] | None:
    """What stands in the label's cells, whatever words in it look like labels (借款人 begins many a sentence)."""
    return in_cells(label.strip, label.start, label.end, sheet, {}, below=True, far=False)


def _behind(
    label: Label, labels: Sequence[Label], sheet: Sheet, begins: set[tuple[int, int]]
) -> list[tuple[int, list[Word]]]:
    """What follows a label on its line and below: flush with itself where it stands in a column of its own."""
    strip = label.strip
    later = [other.start for other in labels if other.strip is strip and other.start >= label.end and _apart(other)]
    words = cut_words(strip, label.end, min(later, default=len(strip.text)))
    leads = not NUMBER.sub("", squeezed(strip.text[: label.start]))
    if not words:
        return list(_going_on(strip, sheet, begins)) if leads and not later else []
    name = cut_words(strip, label.start, label.end)
    if (words[0].box.x0 - name[-1].box.x1) / strip.em() > 1.0:
        right = strip.words[strip.word_at(min(later))].box.x0 if later else 1.0
        return [(strip.page, words), *_flush(words[0].box.x0, right, strip, sheet, begins)]
    if later or not leads:
        return [(strip.page, words)] if label.colon else []
    return [(strip.page, words), *_going_on(strip, sheet, begins)]


def _apart(label: Label) -> bool:
    """Whether a label begins something else on its line: it has a colon, or stands far from the words before it."""
    strip, index = label.strip, label.strip.word_at(label.start)
    return label.colon or (strip.starts[index] == label.start and strip.gap_before(index) > WIDE)


def _flush(
    left: float, right: float, strip: Strip, sheet: Sheet, begins: set[tuple[int, int]]
) -> Iterator[tuple[int, list[Word]]]:
    """The lines below that begin where the value does, as the lines of a cell do."""
    for lower in sheet.by_page[strip.page][strip.number + 1 :]:
        first = lower.words[0].box.x0
        if (lower.page, lower.number) in begins or first < left - 0.6 * strip.em():
            return
        groups = clusters(lower.words, lower.ratio, WIDE)
        mine = [group for group in groups if left - 0.6 * strip.em() <= group[0].box.x0 < right]
        if not mine or abs(mine[0][0].box.x0 - left) > 2.5 * strip.em():
            return
        yield lower.page, [word for group in mine for word in group]


def _going_on(strip: Strip, sheet: Sheet, begins: set[tuple[int, int]]) -> Iterator[tuple[int, list[Word]]]:
    """The lines after this one, over the ends of pages, until a label, a heading or a signature."""
    place = next(index for index, other in enumerate(sheet.strips) if other is strip)
    for lower in sheet.strips[place + 1 :]:
        text = squeezed(lower.text)
        if _FOOT.match(text):
            continue
        if (lower.page, lower.number) in begins or ends_passage(lower, text):
            return
        yield lower.page, list(lower.words)


def speaks(text: str) -> bool:
    """Whether a line is what somebody says in a conversation (客户：月底能还。), not a label with its value."""
    return _SPEAKS.match(squeezed(text)) is not None and text.rstrip()[-1:] in "。!?"


def ends_passage(strip: Strip, text: str) -> bool:
    """Whether a line begins something else: a heading, a labelled value, who signed and when."""
    labelled = _LABELLED.match(text) and not _SPEAKS.search(text[:14])
    aside = len(text) <= 20 and strip.words[0].box.x0 > _ASIDE and not any(mark in text for mark in ",。;:")
    return bool(HEADING.match(text) or labelled or aside or _beside(strip) or SIGNED.search(text))


def _beside(strip: Strip) -> bool:
    """Whether a label stands further along the line, as in the next row of a form."""
    return (
        len(strip.words) > 1
        and strip.gap_before(1) > WIDE
        and any(ANOTHER.match(word.text) for word in strip.words[1:])
    )


def passage(kind: Text, lines: Sequence[tuple[int, Sequence[Word]]]) -> Field:
    """Lines as one value; its place is where they begin, on the page they begin on."""
    page = lines[0][0]
    text = ""
    for _, words in lines:
        line = as_printed(Line(tuple(words)).text)
        blank = bool(text) and not _CJK.match(text[-1]) and not _CJK.match(line[:1])
        text += (" " if blank else "") + line
    here = [word for number, words in lines if number == page for word in words]
    return make_field(kind, text.strip(" ;|"), here, page, text)


def body(reading: Reading, name: str) -> None:
    """The text of a paper that has no label for it: everything under its title and above who signed and when."""
    kind = reading.kinds()[name]
    if name in reading.fields or not isinstance(kind, Text):
        return
    lines = [(strip.page, list(strip.words)) for strip in reading.sheet.strips if _tells(strip)]
    if lines:
        reading.fields[name] = passage(kind, lines)


def _tells(strip: Strip) -> bool:
    """Whether a line is of the text: a sentence or a piece of one, no label, no foot, no signature."""
    text = squeezed(strip.text)
    if (
        _FOOT.match(text)
        or SIGNED.search(text)
        or (_LABELLED.match(text) and not _SPEAKS.search(text[:14]) and not any(mark in text for mark in ",。;!?"))
    ):
        return False
    return any(mark in text for mark in ",。;!?、:") or len(text) > 24
