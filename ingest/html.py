"""Web pages and the tables that call themselves .xls: text and table rows, no markup."""

from __future__ import annotations

from html.parser import HTMLParser

from ingest.encoding import decoded
from ingest.layout import LINES, Cell, TextLine, sheet_page, text_pages
from ingest.limits import Limits
from ingest.sheets import lost_digits
from ingest.text import flowing, table_row
from records.document import Notice, Page
from records.errors import EmptyFile, NotADocument, TooLarge, TooManyPages

_SILENT = frozenset({"script", "style", "title", "noscript", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "hr", "pre"}
)

#: A line of text, or a row of a table with the columns its cells span.
Row = list[tuple[str, int]]


def read_html(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """A page that is one table (an export called .xls) becomes cells, any other becomes lines."""
    limits = limits or Limits()
    text = decoded(data)
    if text is None:
        raise NotADocument(name)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_line()
    rows = [block for block in reader.blocks if isinstance(block, list)]
    prose = sum(len(block) for block in reader.blocks if isinstance(block, str))
    if not rows and not prose:
        raise EmptyFile(name)
    if sum(map(len, rows)) > limits.cells:
        raise TooLarge(f"{name}: more than {limits.cells} cells")
    if sum(len(text) for row in rows for text, _ in row) > 2 * prose:
        cells = list(_cells(reader.blocks))
        return (sheet_page(1, cells),), tuple(lost_digits(cells, 1))
    lines = [line for block in reader.blocks for line in _lines(block)]
    if len(lines) > limits.pages * LINES:
        raise TooManyPages(f"{name}: {len(lines)} lines")
    return text_pages(lines, "text file"), ()


def _cells(blocks: list[str | Row]) -> list[Cell]:
    cells: list[Cell] = []
    for row, block in enumerate(blocks):
        column = 0
        for text, span in [(block, 1)] if isinstance(block, str) else block:
            if text:
                cells.append(Cell(row, column, text, wide=span))
            column += span
    return cells


def _lines(block: str | Row) -> list[TextLine]:
    if isinstance(block, str):
        return list(flowing(block))
    texts = [text for text, _ in block]
    edges = [0.0]
    for _, span in block:
        edges.append(edges[-1] + span)
    return list(table_row(texts, [edge / edges[-1] for edge in edges]))


class _Reader(HTMLParser):
    """Collects lines and table rows; forgives whatever a browser forgives."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str | Row] = []
        self._silent = 0
        self._text: list[str] = []
        self._row: Row | None = None
        self._span = 1
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "tr":
            self.end_line()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            self._row = self._row if self._row is not None else []
            self._in_cell = True
            span = dict(attrs).get("colspan") or "1"
            self._span = min(64, int(span)) if span.isdigit() and int(span) > 0 else 1
        elif tag == "input" and dict(attrs).get("type") in ("checkbox", "radio"):
            self._text.append("☑" if "checked" in dict(attrs) else "□")
        elif tag in _BLOCKS:
            self._text.append(" ") if self._in_cell else self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table") or (tag in _BLOCKS and not self._in_cell):
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def _take(self) -> str:
        text = " ".join("".join(self._text).split())
        self._text = []
        return text

    def _end_cell(self) -> None:
        if self._in_cell and self._row is not None:
            self._row.append((self._take(), self._span))
        self._in_cell = False

    def end_line(self) -> None:
        """Close the row or the line of text that is open."""
        if self._row is not None:
            self._end_cell()
            if any(text for text, _ in self._row):
                self.blocks.append(self._row)
            self._row = None
            self._take()
        elif text := self._take():
            self.blocks.append(text)
