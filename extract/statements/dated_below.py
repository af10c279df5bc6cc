"""Statements whose rows carry their day in the line below: what was paid, the figures at the right, and under it when.

Payment houses print so (Description · Incoming · Outgoing · Amount; 30 May 2026 Transaction: TRANSFER-4018). No column is one of
days, and the last of three columns of figures is the running balance, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.forms.fields import make_field
from extract.grammar import Reading, Rows, Table
from extract.layout import Sheet, Strip, clusters, folded
from extract.statements.ledger import BEGUN
from extract.tables.grid import is_note
from extract.tables.labels import Labels, key_of, labels_of
from records.document import Line, Word
from records.facts import Field
from records.values import money

_REACH = 3  #: lines under the figures in which the day stands
_NEAR = 0.03  #: of the page's width: figures end where their head ends


@dataclass(frozen=True, slots=True)
class Head:
    """The head of such a table: its line, and where each column of figures ends."""

    page: int
    number: int
    ends: tuple[tuple[str, float], ...]


def head_of(sheet: Sheet, table: Table) -> Head | None:
    """The first line that heads what came in, what went out and one more column of figures, and no days."""
    labels = labels_of(table)
    for strip in () if sheet.strips and sheet.strips[0].cells else sheet.strips[:60]:
        groups = clusters(strip.words, strip.ratio, 0.6)
        named = [(_column(group, labels), group[-1].box.x1) for group in groups]
        columns = [name for name, _ in named]
        if "date" in columns or not {"_in", "_out"} <= set(columns) or columns[-1] not in ("amount", "balance"):
            continue
        ends = {name: end for name, end in named if name in ("_in", "_out")} | {"balance": named[-1][1]}
        return Head(strip.page, strip.number, tuple(ends.items()))
    return None


def _column(group: Sequence[Word], labels: Labels) -> str | None:
    found = labels.find([key_of("".join(word.text for word in group))]) or labels.find([Line(tuple(group)).text])
    return found[0] if found else None


def rows_of(reading: Reading, table: Table) -> Rows:
    """The rows of such a statement, with their places."""
    head = head_of(reading.sheet, table)
    if head is None:
        return []
    lines = [s for s in reading.sheet.strips if (s.page, s.number) > (head.page, head.number)]
    figured = [_figures(strip, head) for strip in lines]
    starts = [n for n, figures in enumerate(figured) if _is_row(figures) and not is_note(lines[n])]
    rows: Rows = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        row = _row(reading, table, lines[start], figured[start], lines[start + 1 : min(end, start + 1 + _REACH)])
        if "date" in row:
            rows.append(row)
            reading.taken.update((s.page, s.number) for s in lines[start : start + 2])
    return rows


def _figures(strip: Strip, head: Head) -> dict[str, Word]:
    """The figures of a line by the column under whose end they end."""
    found: dict[str, Word] = {}
    for word in strip.words:
        if "." not in word.text or money.money(word.text) is None:
            continue
        name, end = min(head.ends, key=lambda pair: abs(pair[1] - word.box.x1))
        if abs(end - word.box.x1) < _NEAR:
            found[name] = word
    return found


def _is_row(figures: dict[str, Word]) -> bool:
    return "balance" in figures and ("_in" in figures) != ("_out" in figures)


def _row(
    reading: Reading, table: Table, strip: Strip, figures: dict[str, Word], below: Sequence[Strip]
) -> dict[str, Field]:
    row: dict[str, Field] = {}
    for name, word in figures.items():
        _put(row, reading, table, name, [word], strip.page)
    first = min(word.box.x0 for word in figures.values())
    said = [word for word in strip.words if word.box.x1 < first]
    if said:
        _put(row, reading, table, "summary", said, strip.page)
    for line in below:
        begun = BEGUN.match(line.text + " ")
        if begun is None:
            continue
        words = _covering(line, begun.end())
        _put(row, reading, table, "date", words, line.page)
        rest = list(line.words[len(words) :])
        if rest:
            _put(row, reading, table, "remark", rest, line.page)
        break
    return row


def _covering(line: Strip, end: int) -> list[Word]:
    """The words of a line up to a place in its text."""
    return [word for word, start in zip(line.words, line.starts, strict=True) if start < end]


def _put(row: dict[str, Field], reading: Reading, table: Table, name: str, words: Sequence[Word], page: int) -> None:
    kind, text = table.columns[name], " ".join(folded(word.text) for word in words)
    picked = kind.pick(text, reading.money_unit)
    if picked is not None:
        row[name] = make_field(kind, picked[0], words, page)
