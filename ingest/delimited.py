"""CSV and its relatives as banks export them: GBK, tab padding, ="…" cells, preambles of other widths."""

from __future__ import annotations

import csv
import io
import re

from ingest.delimited_commas import whole_figures
from ingest.encoding import decoded, unboxed
from ingest.layout import LONGEST, Cell, sheet_page
from ingest.limits import Limits
from ingest.sheets import lost_digits
from records.document import Notice, Page
from records.errors import DamagedFile, EmptyFile, NotADocument, TooLarge

_MARKS = (",", "\t", ";", "|")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_QUOTED = re.compile(r'"[^"\n]*"')
_RUNAWAY = 40  # line breaks in one cell: a quotation mark was never closed


def read_delimited(
    data: bytes, name: str, *, limits: Limits | None = None
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read a table of separated values as one page of cells."""
    limits = limits or Limits()
    text = decoded(data)
    if text is None:
        raise NotADocument(name)
    text = unboxed(text).replace("\x00", "").lstrip("\ufeff").rstrip("\x1a")
    if text.count(delimiter(text)) > 3 * limits.cells:
        raise TooLarge(f"{name}: more than {limits.cells} cells")
    cells: list[Cell] = []
    rows, notices = rows_of(text, name), list[Notice]()
    if delimiter(text) == ",":
        rows, notices = whole_figures(rows)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            shown = clean(value)
            if shown:
                cells.append(Cell(r, c, shown))
        if len(cells) > limits.cells:
            raise TooLarge(f"{name}: more than {limits.cells} cells")
    if not cells:
        raise EmptyFile(name)
    return (sheet_page(1, cells),), (*lost_digits(cells, 1), *notices)


def rows_of(text: str, name: str = "") -> list[list[str]]:
    """The rows, cut by the delimiter that cuts most lines into the same number of fields."""
    mark = delimiter(text)
    try:
        csv.field_size_limit(1 << 27)  # what is too long for a cell is cut later, and said to be
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        if not any(value.count("\n") > _RUNAWAY for row in rows for value in row):
            return rows
        return list(csv.reader(io.StringIO(text), delimiter=mark, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise DamagedFile(f"{name} ({error})") from error


def delimiter(text: str) -> str:
    """Comma, tab, semicolon or bar: the one with the most fields in the usual line."""
    lines = [
        _QUOTED.sub('""', line) for line in text.splitlines()[:400] if line.strip()
    ]  # "123\t" pads, it does not part

    def weight(mark: str) -> tuple[float, int]:
        counts = [line.count(mark) for line in lines]
        used = [count for count in counts if count]
        if not used:
            return 0.0, 0
        usual = max(set(used), key=lambda count: used.count(count) * count)
        return used.count(usual) * usual, usual

    best = max(_MARKS, key=weight)
    # Tab padding inside comma exports ("123\t,") gives tabs in every line too; the comma is what separates.
    if best == "\t" and weight(",")[1] >= 2 and text.count("\t,") > 0.3 * text.count("\t"):
        return ","
    return best


def clean(value: str) -> str:
    """A cell without its padding, its ="…" wrapping and its line breaks."""
    value = value.strip(" \t\r\n\u3000\ufeff`'") if value[:1] in "`'" else value.strip(" \t\r\n\u3000\ufeff")
    if value.startswith("="):
        wrapped = _QUOTED_FORMULA.fullmatch(value)
        if wrapped:
            value = wrapped[1].strip()
    return " ".join(value[: 2 * LONGEST].split())[:LONGEST]
