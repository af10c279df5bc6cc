"""Web pages and the tables that call themselves .xls: text and table rows, no markup."""

from __future__ import annotations

import re
from html import unescape

from ingest.encoding import decoded
from ingest.flow import most_characters
from ingest.html_tags import attributes, tokens
from ingest.layout import LINES, LONGEST, Cell, TextLine, sheet_page, text_pages
from ingest.limits import Limits
from ingest.sheets import lost_digits
from ingest.text import flowing, table_row
from records.document import Notice, Page
from records.errors import Bomb, EmptyFile, NotADocument, TooLarge, TooManyPages

_SILENT = frozenset({"script", "style", "title", "noscript", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "hr", "pre"}
)

_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"})
_ENDED_BY_ITS_LIKE = frozenset({"td", "th", "tr", "li", "p", "option"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

_TOKENS = 4  # tags and texts to a cell: it begins, says something and ends, and rows do
_WIDEST = 512  # columns of a table that somebody is meant to look at

#: A line of text, or a row of a table with the columns and rows its cells span.
Row = list[tuple[str, int, int]]


def read_html(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """A page that is one table (an export called .xls) becomes cells, any other becomes lines."""
    limits = limits or Limits()
    text = decoded(data)
    if text is None:
        raise NotADocument(name)
    reader = _Reader()
    for number, (tag, about) in enumerate(tokens(text)):
        reader.take(tag, about)
        if number > _TOKENS * limits.cells or len(reader.blocks) > limits.cells:
            raise TooLarge(f"{name}: {number} tags, {len(reader.blocks)} lines")
    reader.end_page()
    rows = [block for block in reader.blocks if isinstance(block, list)]
    prose = sum(len(block) for block in reader.blocks if isinstance(block, str))
    if not rows and not prose:
        raise EmptyFile(name)
    if sum(map(len, rows)) > limits.cells:
        raise TooLarge(f"{name}: more than {limits.cells} cells")
    if sum(len(text) for row in rows for text, _, _ in row) > 2 * prose:
        cells = list(_cells(reader.blocks, name))
        return (sheet_page(1, cells),), tuple(lost_digits(cells, 1))
    if prose > most_characters(limits):
        raise TooManyPages(f"{name}: {prose} characters")
    lines: list[TextLine] = []
    for block in reader.blocks:
        lines += _lines(block)
        if len(lines) > limits.pages * LINES:
            raise TooManyPages(f"{name}: more than {len(lines)} lines")
    return text_pages(lines, "text file"), ()


def _cells(blocks: list[str | Row], name: str) -> list[Cell]:
    cells: list[Cell] = []
    held: dict[int, int] = {}  # columns that a cell of a row above still covers → the first row that is free again
    for row, block in enumerate(blocks):
        column = 0
        for text, span, high in [(block, 1, 1)] if isinstance(block, str) else block:
            while held.get(column, 0) > row:
                column += 1
            if column > _WIDEST:
                raise Bomb(f"{name}: more than {_WIDEST} columns")
            if text:
                cells.append(Cell(row, column, text, wide=span, high=high))
            if high > 1:
                held.update(dict.fromkeys(range(column, column + span), row + high))
            column += span
        if isinstance(block, str):
            held.clear()
    return cells


def _lines(block: str | Row) -> list[TextLine]:
    if isinstance(block, str):
        return list(flowing(block))
    texts = [text for text, _, _ in block]
    edges = [0.0]
    for _, span, _ in block:
        edges.append(edges[-1] + span)
    return list(table_row(texts, [edge / edges[-1] for edge in edges]))


def _span(attrs: dict[str, str], name: str, most: int) -> int:
    value = attrs.get(name) or ""
    return max(1, min(most, int(value))) if value.isdigit() and len(value) < 9 else 1


class _Reader:
    """Collects lines and table rows; forgives whatever a browser forgives."""

    def __init__(self) -> None:
        self.blocks: list[str | Row] = []
        self._silent = 0
        self._text: list[str] = []
        self._row: Row | None = None
        self._span = self._high = 1
        self._unseen = ""  # the element that hides what is in it
        self._depth = 0
        self._in_cell = False

    def take(self, tag: str, about: str) -> None:
        """One tag, or text when it has no name."""
        if not tag:
            if not self._silent and not self._unseen:
                self._text.append(unescape(about))
        elif tag[0] == "/":
            self._end(tag[1:])
        else:
            self._begin(tag, attributes(about) if about.strip() else {})

    def _begin(self, tag: str, about: dict[str, str]) -> None:
        if self._unseen:
            self._begin_unseen(tag)
            if self._unseen:
                return
        if tag not in _VOID and ("hidden" in about or _UNSEEN.search(about.get("style", ""))):
            self._unseen, self._depth = tag, 1
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "tr":
            self._end_line()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._row = self._row if self._row is not None else []
            self._in_cell = True
            self._span, self._high = _span(about, "colspan", 64), _span(about, "rowspan", 1 << 10)
        elif tag == "input" and about.get("type") in ("checkbox", "radio"):
            self._text.append("☑" if "checked" in about else "□")
        elif tag in _BLOCKS:
            self._text.append(" ") if self._in_cell else self._end_line()

    def _begin_unseen(self, tag: str) -> None:
        """One more of its kind within a hidden element, or the next one, which ends it."""
        if tag == self._unseen:
            self._depth += 1
            if tag in _ENDED_BY_ITS_LIKE:
                self._unseen = ""
        elif tag == "tr" and self._unseen in ("td", "th"):
            self._unseen = ""

    def _end(self, tag: str) -> None:
        if self._unseen:
            self._depth -= tag == self._unseen
            if self._depth <= 0 or (tag == "table" and self._unseen in ("td", "th", "tr")):
                self._unseen = ""
            if tag != "table":
                return
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table") or (tag in _BLOCKS and not self._in_cell):
            self._end_line()

    def _take(self) -> str:
        if not self._text:
            return ""
        text = " ".join("".join(self._text).split())
        if self._in_cell:
            text = text[:LONGEST]
        self._text = []
        return text

    def _end_cell(self) -> None:
        if self._in_cell and self._row is not None:
            self._row.append((self._take(), self._span, self._high))
        self._in_cell = False

    def end_page(self) -> None:
        """What is still open at the end of the file."""
        self._end_line()

    def _end_line(self) -> None:
        if self._row is not None:
            self._end_cell()
            if any(text for text, _, _ in self._row):
                self.blocks.append(self._row)
            self._row = None
            self._take()
        elif text := self._take():
            self.blocks.append(text)
