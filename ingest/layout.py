"""A place on a page for what has none of its own: cells by row and column, running text by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.document import Box, Page, PageSource, Ruling, Word

LINES = 46  #: on a page of running text
LONGEST = 32_767  #: characters of a cell; no spreadsheet holds more
_MARGIN = 0.06
_SHORT = 0.0015  # of the page that an upright line ends before the corner: it must not seem to reach into the next row
_FILL = 0.7  # of its row that a line of text is high; the rest is white


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands: rows and columns from 0; ``wide`` and ``high`` for merged cells."""

    row: int
    column: int
    text: str
    wide: int = 1
    high: int = 1
    number: bool = False  #: kept as a number and shown without zeros before it


def ems(text: str) -> float:
    """How wide a text stands, in heights of a character: Chinese 1, Latin about half."""
    if text.isascii():
        return 0.52 * len(text)
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.52 for char in text)


def column_name(index: int) -> str:
    """A, B, ... Z, AA as a spreadsheet counts (from 0)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_page(number: int, cells: Sequence[Cell], *, named: bool = True) -> Page:
    """One page for a whole sheet: columns as wide as their text, rows of one height, one line per row.

    ``named`` gives each word the name of its cell (C12); off for tables inside running text.
    """
    rows = max((cell.row + cell.high for cell in cells), default=1)
    widths = _column_widths(cells)
    starts = [0.0]
    for width in widths:
        starts.append(starts[-1] + width)
    total = starts[-1] or 1.0
    words: list[Word] = []
    step = 1.0 / rows
    columns = [column_name(index) for index in range(len(widths))] if named else []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        left, right = starts[cell.column] / total, starts[min(cell.column + cell.wide, len(widths))] / total
        # A merged cell speaks from its first row: it must not lie over the lines beside it.
        top = cell.row * step + step * (1 - _FILL) / 2
        name = f"{columns[cell.column]}{cell.row + 1}" if named else None
        words.append(cell_word(cell, Box(left, top, right, top + step * _FILL), total, name))
    return Page(number, tuple(words), "cells", width=round(total * 8, 1), height=round(rows * 14.0, 1))


def _column_widths(cells: Sequence[Cell]) -> list[float]:
    """In heights of a character: the widest text of each column, within reason, and a gap."""
    columns = max((cell.column + cell.wide for cell in cells), default=1)
    widths = [3.0] * columns
    for cell in cells:
        if cell.wide == 1:
            widths[cell.column] = max(widths[cell.column], min(40.0, ems(cell.text[:80])))
    return [width + 2.0 for width in widths]


def cell_word(cell: Cell, box: Box, total: float, name: str | None) -> Word:
    """The text at the left of its cell, as wide as it is but never beyond the cell."""
    width = min(max(0.5, ems(cell.text[:2000])) / total, box.width - 1.0 / total)
    return Word(cell.text, Box(box.x0, box.y0, box.x0 + width, box.y1), cell=name, number=cell.number)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text on a line of running text: where it begins, how much room it has (both 0 to 1)."""

    start: float
    room: float
    text: str


TextLine = tuple[Piece, ...]


class RowLine(tuple[Piece, ...]):
    """One line of a row of a table: where its columns begin and end (0 to 1), and whether the row begins or ends with it."""

    edges: tuple[float, ...]
    first: bool
    last: bool

    @classmethod
    def of(cls, pieces: Sequence[Piece], edges: Sequence[float], *, first: bool, last: bool) -> RowLine:
        """These pieces as a line between the borders of their cells."""
        line = cls(pieces)
        line.edges, line.first, line.last = tuple(edges), first, last
        return line


EMS = 42.0  #: characters to a full line
#: An amount, a day with its time, a number of an account: cut in two it would be two others.
_FIGURE = re.compile(r"(?:\d{4}年\d{1,2}月\d{1,2}日|[-+(¥]?\d[\d,.:/-]{2,22}\d\)?)(?: \d{1,2}:\d\d(?::\d\d)?)?")


def whole_line(text: str, full: float = EMS) -> TextLine:
    """A line that begins at the left edge, further in when it is indented; ``full`` characters fill the page."""
    bare = text.lstrip(" \t\u3000")
    before = ems(text[: len(text) - len(bare)].expandtabs(4)) / full
    indent = min(0.5, before) if full == EMS else before
    room = 1 - indent if full == EMS else ems(bare.rstrip()) / full
    return (Piece(indent, room, bare.rstrip()),)


def wrapped(text: str, room: float = 1.0) -> Iterator[str]:
    """A paragraph cut into lines of so much room; Latin words stay whole where they can, figures do."""
    limit = EMS * room + 1e-6
    figures = [found.span() for found in _FIGURE.finditer(text)]
    line, width, last_break = "", 0.0, 0
    for index, char in enumerate(text):
        size = 0.52 if char < "\u1100" else ems(char)  # nothing before that is wide
        inside = any(start < index < end for start, end in figures)
        if width + size > limit and line and (last_break or not inside):
            at = last_break if last_break and (inside or (char.isascii() and char.isalnum())) else len(line)
            yield line[:at].rstrip()
            line = line[at:].lstrip()
            width, last_break = ems(line), 0
        line += char
        width += size
        if not (char.isascii() and char.isalnum()) and not any(start <= index < end - 1 for start, end in figures):
            last_break = len(line)
    if line.strip() or not text:
        yield line.rstrip()


def text_pages(lines: Sequence[TextLine], source: PageSource, *, per_page: int = LINES) -> tuple[Page, ...]:
    """Lines of running text on pages; always one page at least."""
    pages = []
    for number, start in enumerate(range(0, max(1, len(lines)), per_page), 1):
        shown = lines[start : start + per_page]
        words = [word for row, line in enumerate(shown) for word in _line(line, row, per_page)]
        pages.append(Page(number, tuple(words), source, rulings=tuple(_rulings(shown, per_page))))
    return tuple(pages)


def _rulings(lines: Sequence[TextLine], rows: int) -> Iterator[Ruling]:
    """The borders of the cells of tables, as a printer would draw them; a row that goes on overleaf is closed on both pages."""
    step, inner = (1 - 2 * _MARGIN) / rows, 1 - 2 * _MARGIN
    for row, line in enumerate(lines):
        if not isinstance(line, RowLine):
            continue
        top = _MARGIN + row * step
        xs = [_MARGIN + edge * inner for edge in line.edges]
        yield from (Ruling(x, top + _SHORT, x, top + step - _SHORT) for x in xs)
        if line.first or row == 0:
            yield Ruling(xs[0], top, xs[-1], top)
        if line.last or row == len(lines) - 1:
            yield Ruling(xs[0], top + step, xs[-1], top + step)


def _line(line: TextLine, row: int, rows: int) -> Iterator[Word]:
    step = (1 - 2 * _MARGIN) / rows
    top = _MARGIN + row * step + step * (1 - _FILL) / 2
    inner = 1 - 2 * _MARGIN
    for piece in line:
        left, room = _MARGIN + piece.start * inner, piece.room * inner
        scale = min(inner / EMS, room / max(ems(piece.text), 1.0))
        for offset, text in _words(piece.text):
            x0 = left + ems(piece.text[:offset]) * scale
            edges = tuple(x0 + ems(text[:n]) * scale for n in range(len(text) + 1))
            yield Word(text, Box(x0, top, edges[-1], top + step * _FILL), edges=edges)


def _words(text: str) -> Iterator[tuple[int, str]]:
    start = -1
    for index, char in enumerate(text + " "):
        if char.isspace():
            if start >= 0:
                yield start, text[start:index]
            start = -1
        elif start < 0:
            start = index
