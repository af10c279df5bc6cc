"""A row of a table as fields: what stands in each of its cells, and what could not be read there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extract.forms.fields import make_field
from extract.grammar import Reading, Table
from extract.kinds import Count, Day, Kind, Money, Quantity
from extract.layout import folded
from extract.scanned import meant
from extract.tables.bands import Band
from records.document import Line, Word
from records.facts import Field, Finding, State


def row_of(reading: Reading, table: Table, band: Band) -> dict[str, Field]:
    row: dict[str, Field] = {}
    page = band.strips[0].page
    for name, kind in table.columns.items():
        lines = band.cells.get(name)
        if not lines:
            continue
        cell = _cell(kind, lines, page, reading)
        if cell is not None:
            row[name] = cell
        elif isinstance(kind, Day) and "time" in table.columns:  # the day stands over its rows, here only the hour
            hour = _cell(table.columns["time"], lines, page, reading)
            row |= {"time": hour} if hour is not None else {}
    for name in table.stacked:
        for other, part in _stacked(name, table, band.cells.get(name, [])).items():
            told = _cell(table.columns[other], part, page, reading)
            row |= {other: told} if told is not None and (other == name or other not in band.cells) else {}
    return row


#: A number of an account that fills lines of its own in a cell.
_NUMBER = re.compile(r"[\d*][\d* -]*")
_LEAST = 8  #: figures of the shortest account number


def _stacked(name: str, table: Table, lines: list[list[Word]]) -> dict[str, list[list[Word]]]:
    """The lines of a cell that holds several things one under the other: a name, the number of its account, a remark."""
    others = table.stacked.get(name)
    if others is None or len(lines) < 2:
        return {}
    texts = [folded(Line(tuple(line)).text) for line in lines]
    first = next((i for i, text in enumerate(texts) if _NUMBER.fullmatch(text)), 0)
    last = next((i for i in range(first, len(texts)) if not _NUMBER.fullmatch(texts[i])), len(texts))
    number = "".join(texts[first:last])
    if first == 0 or len(number) < _LEAST or re.search(r"[\d/*]$", texts[first - 1]):
        return {}
    parts = {name: lines[:first], others[0]: lines[first:last], others[1]: lines[last:]}
    return {key: part for key, part in parts.items() if part}


def _cell(kind: Kind[Any], lines: list[list[Word]], page: int, reading: Reading) -> Field | None:
    words = lines[0] if len(lines) == 1 else [word for line in lines for word in line]
    texts = [Line(tuple(line)).text for line in lines]
    joined = _glued(texts)
    said = meant(kind, joined) if reading.sheet.by_ocr else joined
    picked = kind.pick(said, reading.money_unit)
    if picked is None and len(texts) > 1:
        picked = kind.pick(texts[0], reading.money_unit)
    if picked is None and isinstance(kind, Money) and len(words) > 1 and reading.sheet.by_ocr:
        lone = _lone_figure(words)
        if lone is not None:
            return _cell(kind, [[lone]], page, reading)
    if picked is None:
        _tell_unread(kind, joined, words, page, reading)
        return None
    cell = make_field(kind, picked[0], words, page, joined)
    # Marks have one meaning; a letter in a day may be another figure than it looks like.
    return replace(cell, state=State.LOW_CONFIDENCE) if isinstance(kind, Day) and said != joined else cell


def _tell_unread(kind: Kind[Any], text: str, words: Sequence[Word], page: int, reading: Reading) -> None:
    if isinstance(kind, Money | Count | Quantity) and any(character.isdigit() for character in text):
        says = f"“{kind.labels[0]}”一栏的“{text}”读不出数值。"
        reading.findings.append(Finding("cell_unreadable", says, page, words[0].box))


#: Words beside a figure that may say something about it: a sign, a side, a unit, a doubt.
_SAYS = re.compile(r"[-+()0-9A-Za-z负红借贷收支付元圆万亿千百约近余多]")


def _lone_figure(words: Sequence[Word]) -> Word | None:
    """The one figure among the words of a cell of money, where the others can say nothing about it (a watermark's letters)."""
    figures = [word for word in words if any(letter.isdigit() for letter in word.text)]
    others = "".join(folded(word.text) for word in words if word not in figures)
    return figures[0] if len(figures) == 1 and not _SAYS.search(others) else None


def _glued(texts: Sequence[str]) -> str:
    """The lines of a wrapped cell as one text: a blank only between Latin words."""
    result = ""
    for text in texts:
        if result and result[-1].isascii() and text[:1].isascii() and result[-1].isalnum() and text[:1].isalpha():
            result += " "
        result += text
    return result
