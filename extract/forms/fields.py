"""Values found by their labels: to the right of the label, or below it, never by position on our own samples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extract.forms.beside import below, flowing_on, to_the_right, with_wrapped_lines
from extract.forms.cells import in_cells, under_heads
from extract.forms.labels import Label, find_labels, wrapped_labels
from extract.grammar import Reading
from extract.kinds import Digits, IdCard, Kind, Money, Text, Token, Uscc
from extract.layout import Sheet, folded, printed
from extract.scanned import meant
from records.document import Line, Word
from records.facts import Field, Finding, State, Value
from records.values.money import unit_of
from records.values.numbers import in_part
from records.values.text import fold

#: Below this an OCR reading is a guess (design/ocr.md §8: 0.80 and less is where digits go wrong).
UNSURE = 0.8


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
    if shortened(kind, words):
        return Field(kind.name, value, source, State.LOW_CONFIDENCE)
    proof = kind.proved_by(value) if source.confidence >= 0.9 else None
    if proof:
        return Field(kind.name, value, source, State.VERIFIED, (proof,))
    state = State.LOW_CONFIDENCE if source.confidence < UNSURE else State.CONSISTENT
    return Field(kind.name, value, source, state)


#: An identifier that a table took for a number: 6217993300987654.0, 6.22202E+15.
_AS_NUMBER = re.compile(r"\d{5,}\.0+|\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_LEAST = 5  #: figures of an identifier that may have had zeros before them; less is a running number


def shortened(kind: Kind[Any], words: Sequence[Word]) -> bool:
    """Whether an identifier was kept as a number: zeros before it are gone, and so may its last figures be."""
    if not isinstance(kind, Digits | IdCard | Token | Uscc):
        return False
    bare = any(word.number and sum(c.isdigit() for c in word.text) >= _LEAST for word in words)
    return bare or any(_AS_NUMBER.fullmatch(folded(word.text)) for word in words)


# --- values -----------------------------------------------------------------------------------------------------------


def value_of(label: Label, reading: Reading, starts: dict[tuple[int, int], list[int]]) -> Found | None:
    """The value that this label announces: on its line, else under it."""
    far = isinstance(label.kind, Money)
    boxed = in_cells(label.strip, label.start, label.end, reading.sheet, starts, below=label.kind.below, far=far)
    if boxed is None and label.kind.below:
        under = under_heads(label.strip, label.start, label.end, reading.sheet, starts)
        boxed = [under] if under else None
    right = to_the_right(label, starts) if boxed is None else boxed
    if right and boxed is None and isinstance(label.kind, Text | Token):
        right[0] = with_wrapped_lines(right[0], label, reading.sheet, starts)
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
    for words in below(label, reading.sheet, starts):
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
