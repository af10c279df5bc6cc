"""Values found by their labels: to the right of the label, or below it, never by position on our own samples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from extract.boxes import EMPTY, TICKED
from extract.forms.cells import in_cells, under_heads
from extract.forms.labels import Label, flowing_on, wrapped_labels
from extract.grammar import Reading
from extract.kinds import Digits, IdCard, Kind, Money, Text, Token, Uscc
from extract.layout import Sheet, Strip, clusters, cut_words, folded, printed
from extract.scanned import MARKS, meant, names_a_currency
from records.document import Line, Word
from records.facts import Field, Finding, State, Value
from records.values.money import unit_of
from records.values.numbers import in_part
from records.values.text import fold

#: Below this an OCR reading is a guess (design/ocr.md §8: 0.80 and less is where digits go wrong).
UNSURE = 0.8
#: White space (in ems) that ends a value that has begun: wider than any gap inside a name, narrower than between columns.
WIDE = 2.2
#: White space behind which a word that looks like a label (部门：) begins something else, declared or not.
APART = 0.35
ANOTHER = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")
#: Boxes beside the options of a form.
BOXES = tuple(TICKED + EMPTY)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that could be the field's, and how good the evidence is (higher wins)."""

    value: Value
    words: tuple[Word, ...]
    raw: str
    page: int
    score: float


def read_fields(reading: Reading) -> None:
    """Fill ``reading.fields`` with every declared field whose label and value are on the paper."""
    kinds = [kind for kind in reading.kinds().values() if kind.labels and kind.sought]
    labels = find_labels(reading.sheet, kinds, reading.taken)
    labels += wrapped_labels(reading.sheet, kinds, labels, reading.taken)
    starts = _starts(labels)
    found: dict[str, list[Found]] = {}
    for label in labels:
        best = value_of(label, reading, starts)
        if best is not None:
            found.setdefault(label.kind.name, []).append(best)
    for kind in kinds:
        if kind.name in found and kind.name not in reading.fields:
            reading.fields[kind.name] = chosen(kind, found[kind.name], reading)


def field_in_head(sheet: Sheet, kind: Kind[Any], lines: int = 20) -> Field | None:
    """One field looked up among the first lines, before the type is known."""
    head = Sheet.__new__(Sheet)
    head.document, head.pages, head.by_page = sheet.document, sheet.pages, sheet.by_page
    head.strips = sheet.strips[:lines]
    reading = Reading(head)
    labels = find_labels(head, [kind], set())
    found = [value for label in labels if (value := value_of(label, reading, _starts(labels))) is not None]
    return chosen(kind, found, reading) if found else None


def _starts(labels: Sequence[Label]) -> dict[tuple[int, int], list[int]]:
    """Where labels begin on each line: a value ends where the next label begins."""
    starts: dict[tuple[int, int], list[int]] = {}
    for label in labels:
        starts.setdefault((label.strip.page, label.strip.number), []).append(label.start)
    return starts


def chosen(kind: Kind[Any], candidates: Sequence[Found], reading: Reading) -> Field:
    """The best candidate; a person is told when the paper says two different things."""
    best = max(candidates, key=lambda c: c.score)
    rivals = {str(c.value) for c in candidates if c.score >= best.score - 0.01}
    if len(rivals) > 1 and kind.required:
        personal = isinstance(kind, Digits | IdCard | Uscc)
        says = "、".join(in_part(value) if personal else value for value in sorted(rivals))
        reading.findings.append(
            Finding("read_twice", f"“{kind.labels[0]}”在纸上有不同的写法：{says}；取第一处。", best.page)
        )
    return make_field(kind, best.value, best.words, best.page, best.raw)


def make_field(kind: Kind[Any], value: Value, words: Sequence[Word], page: int, raw: str | None = None) -> Field:
    """A field with its printed source; unsure readings say so, check digits prove."""
    source = printed(words, page, raw)
    proof = kind.proved_by(value) if source.confidence >= 0.9 else None
    if proof:
        return Field(kind.name, value, source, State.VERIFIED, (proof,))
    state = State.LOW_CONFIDENCE if source.confidence < UNSURE else State.CONSISTENT
    return Field(kind.name, value, source, state)


# --- labels -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """All labels of a type in one pattern, longest first; blanks may stand between Chinese characters."""
    ways = sorted({fold(label) for label in labels}, key=lambda label: -len(label))
    return re.compile("|".join(f"(?:{_loose(way)})" for way in ways), re.IGNORECASE)


def _loose(label: str) -> str:
    return r"\s*".join(re.escape(part) for part in label.replace(" ", "")) if _chinese(label) else re.escape(label)


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
            after = _AFTER.match(strip.text, match.end())
            assert after is not None
            colon = bool(after.group("colon"))
            alone = _stands_alone(strip, match.start(), match.end(), colon) or names_a_currency(strip, match.start())
            if not alone or (match.start() in values and not colon):
                at = match.start() + 1  # a label may begin inside what was none: 是 否 | 录音编号
                continue
            at = match.end()
            if colon:
                values.add(after.end())
            for kind, rank in owners.get(match.group().replace(" ", "").lower(), ()):
                found.append(Label(kind, rank, strip, match.start(), after.end(), colon))
    return found


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


# --- values -----------------------------------------------------------------------------------------------------------


def value_of(label: Label, reading: Reading, starts: dict[tuple[int, int], list[int]]) -> Found | None:
    """The value that this label announces: on its line, else under it."""
    far = isinstance(label.kind, Money)
    boxed = in_cells(label.strip, label.start, label.end, reading.sheet, starts, below=label.kind.below, far=far)
    if boxed is None and label.kind.below:
        under = under_heads(label.strip, label.start, label.end, reading.sheet, starts)
        boxed = [under] if under else None
    right = _to_the_right(label, starts) if boxed is None else boxed
    if right and boxed is None and isinstance(label.kind, Text | Token):
        right[0] = _with_wrapped_lines(right[0], label, reading.sheet, starts)
        if len(right) == 1 and not label.strip.cells:
            right[0] = flowing_on(right[0], label, reading.sheet, starts, reading.taken)
    unit = _unit_beside(label, reading)
    for words in right:
        picked = _picked(label.kind, words, unit, scanned=label.strip.scanned)
        if picked is not None:
            score = 2.0 + (1.0 if label.colon else 0.0) - 0.02 * label.rank - 0.001 * label.strip.page
            return Found(picked[0], picked[1], picked[2], label.strip.page, score)
    if boxed is not None or not label.kind.below or (right and label.colon):
        return None
    for words in _below(label, reading.sheet, starts):
        picked = _picked(label.kind, words, unit, scanned=label.strip.scanned)
        if picked is not None:
            return Found(picked[0], picked[1], picked[2], label.strip.page, 1.0 - 0.02 * label.rank)
    return None


def _unit_beside(label: Label, reading: Reading) -> Decimal:
    """余额（万元）: a unit in brackets beside the label counts before the unit of the whole paper."""
    said = unit_of(label.strip.text[label.start : label.end]) if isinstance(label.kind, Money) else None
    return reading.money_unit if said is None else said


def _picked(
    kind: Kind[Any], words: Sequence[Word], unit: Decimal, *, scanned: bool
) -> tuple[Value, tuple[Word, ...], str] | None:
    """Let the kind read these words; the source shrinks to the words that carry the value."""
    if not words:
        return None
    text = _lines_joined(words)
    said = meant(kind, text) if scanned else text
    picked = kind.pick(said, unit)
    if picked is None:
        return None
    value, raw = picked
    if said != text and (at := said.find(raw)) >= 0:
        raw = text[at : at + len(raw)]  # what is printed, not what was meant
    if raw == text or len(words) == 1:
        return value, tuple(words), raw
    wanted = fold(raw).replace(" ", "")
    for first in range(len(words)):
        joined = ""
        for last in range(first, len(words)):
            joined += folded(words[last].text).replace(" ", "")
            if wanted in joined:
                while first < last and wanted in "".join(
                    folded(w.text).replace(" ", "") for w in words[first + 1 : last + 1]
                ):
                    first += 1
                return value, tuple(words[first : last + 1]), raw
    return value, tuple(words), raw


def _lines_joined(words: Sequence[Word]) -> str:
    """The text of words on one line, or on the lines of a wrapped value: a broken word grows together again."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and word.box.shared_height(lines[-1][-1].box) > 0.4 * word.box.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return "".join(Line(tuple(line)).text for line in lines)


def _to_the_right(label: Label, starts: dict[tuple[int, int], list[int]]) -> list[list[Word]]:
    """The words behind the label, up to the next label: first up to a wide gap, then all of them."""
    strip = label.strip
    others = [s for s in starts[(strip.page, strip.number)] if s >= label.end]
    stop = min([*others, _bracket_closes(label)])
    words = cut_words(strip, label.end, stop)
    if not words:
        return []
    if strip.cells:
        first = [word for word in words if word.cell == words[0].cell]
        return [first]
    close = [words[0]]
    for word in words[1:]:
        gap = (word.box.x0 - close[-1].box.x1) / strip.em()
        if gap > WIDE or (gap > APART and ANOTHER.match(word.text)):
            break
        close.append(word)
    if len(close) == len(words):
        return [words]
    rest = words[len(close)]
    return (
        [close] if ANOTHER.match(rest.text) and rest.box.x0 - close[-1].box.x1 <= WIDE * strip.em() else [close, words]
    )


def _bracket_closes(label: Label) -> int:
    """Where the bracket closes in which a label stands (合同（编号：…（借）字…）项下): its value ends there."""
    text, depth = label.strip.text, 0
    if "(" not in text[max(0, label.start - 1) : label.start]:
        return len(text)
    for place in range(label.end, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0:
            return place
    return len(text)


def _with_wrapped_lines(
    words: list[Word], label: Label, sheet: Sheet, starts: dict[tuple[int, int], list[int]]
) -> list[Word]:
    """The value with the lines that go on with it, flush with its first word and close to it.

    A line above counts only where one below does too (a label in the middle of its value); a line that begins where labels
    begin is the next row of the form, not a continuation.
    """
    strip, first = label.strip, words[0]
    if strip.cells or first.box.x0 < label_right(label):
        return words
    heads = [strip.words[strip.word_at(start)].box.x0 for start in starts[(strip.page, strip.number)]]
    values = [word.box.x0 for word in strip.words]
    em = strip.em()

    def flush(other: Strip) -> list[Word]:
        groups = clusters(other.words, other.ratio, 1.0)
        begins = [group[0].box.x0 for group in groups]
        if (other.page, other.number) in starts or ":" in other.text:
            return []
        if any(_near(x, heads, em) or not _near(x, values, em) for x in begins):
            return []
        return next((group for group, x in zip(groups, begins, strict=True) if _near(x, [first.box.x0], em)), [])

    lines = sheet.by_page[strip.page]
    result = list(words)
    for lower in lines[strip.number + 1 : strip.number + 4]:
        more = flush(lower)
        if not more or lower.top - result[-1].box.y1 > 0.95 * strip.height:
            break
        result += more
    if len(result) > len(words) and strip.number:
        above = lines[strip.number - 1]
        more = flush(above)
        if more and first.box.y0 - more[-1].box.y1 < 0.5 * strip.height:
            result = more + result
    return result


def _near(x: float, others: Sequence[float], em: float) -> bool:
    return any(abs(x - other) <= 0.6 * em for other in others)


def label_right(label: Label) -> float:
    """Where the label ends on the page."""
    words = cut_words(label.strip, label.start, max(label.start + 1, label.end))
    return words[-1].box.x1 if words else 0.0


def _below(label: Label, sheet: Sheet, starts: dict[tuple[int, int], list[int]]) -> Iterator[list[Word]]:
    """Words on the next lines that stand under the label, when they carry no label themselves."""
    strip = label.strip
    words = cut_words(strip, label.start, max(label.start + 1, label.end))
    if not words:
        return
    left, right = words[0].box.x0, words[-1].box.x1
    lines = sheet.by_page[strip.page]
    for lower in lines[strip.number + 1 : strip.number + 3]:
        if lower.top - strip.box.y1 > 2.5 * strip.height:
            return
        if (lower.page, lower.number) in starts:
            return
        under = [
            w for w in lower.words if min(right, w.box.x1) - max(left, w.box.x0) > 0.3 * min(right - left, w.box.width)
        ]
        groups = clusters(lower.words, lower.ratio, 0.6)
        under = [w for group in groups if any(w is one for w in group for one in under) for w in group]
        under = under or _nth_below(strip, words[0], lower)
        if under:
            yield _whole_words(label, lower, under, starts) if isinstance(label.kind, Text) else under
            return


def _nth_below(strip: Strip, word: Word, lower: Strip) -> list[Word]:
    """A line of heads over a line of as many values: the value has the place of its head, however the two are aligned."""
    heads, values = (clusters(line.words, line.ratio, 1.0) for line in (strip, lower))
    if len(heads) != len(values) or len(heads) < 3:
        return []
    return next((v for h, v in zip(heads, values, strict=True) if h[0].box.x0 <= word.box.x0 <= h[-1].box.x1), [])


def _whole_words(
    label: Label, lower: Strip, under: Sequence[Word], starts: dict[tuple[int, int], list[int]]
) -> list[Word]:
    """Words under a label with those that go on after them, up to where the next label of its line begins."""
    strip = label.strip
    later = [
        strip.words[strip.word_at(start)].box.x0 for start in starts[(strip.page, strip.number)] if start > label.start
    ]
    stop = min(later, default=1.0)
    groups = [group for group in clusters(lower.words, lower.ratio, 1.0) if any(word in under for word in group)]
    return [word for group in groups for word in group if word.box.x0 < stop and word.box.x0 >= under[0].box.x0]
