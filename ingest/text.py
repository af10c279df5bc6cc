"""Plain text and Markdown, laid out as lines on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.encoding import decoded
from ingest.layout import EMS, LINES, Piece, RowLine, TextLine, ems, text_pages, whole_line, wrapped
from ingest.limits import Limits
from ingest.sniff import MD
from records.document import Page
from records.errors import EmptyFile, NotADocument, TooManyPages

_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")
_HEADING = re.compile(r"^#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")
#: Columns set apart by blanks or bars, as printers of old get them: a line of these is never broken.
_COLUMNS = re.compile(r"\S {2,}\S.* {2,}\S|\|.*\|.*\|")
#: Tables drawn in characters (│ ├ ─ ┼): the lines between the cells are no text.
_BOXES = dict.fromkeys(range(0x2500, 0x2580), " ")
_WIDEST = 160.0  # characters; what is wider is no print of columns


def read_text(data: bytes, name: str, kind: str, *, limits: Limits | None = None) -> tuple[Page, ...]:
    """Read text in whatever encoding it came; Markdown loses its marks and keeps its tables."""
    text = decoded(data)
    if text is None:
        raise NotADocument(name)
    if not text.strip("\ufeff \t\r\n\x0c\x1a"):
        raise EmptyFile(name)
    lines: list[TextLine] = []
    for line in _lines(text.lstrip("\ufeff").rstrip("\x1a"), markdown=kind == MD):
        lines.append(line)
        if len(lines) > (limits or Limits()).pages * LINES:
            raise TooManyPages(f"{name}: more than {len(lines)} lines")
    return text_pages(lines, "text file")


def _lines(text: str, *, markdown: bool) -> Iterator[TextLine]:
    given = re.split(r"\r\n|[\r\n\x0b\x0c]", text)
    given = [line.translate(_BOXES) for line in given]
    full = EMS if markdown else _width(given)
    for line in given:
        if markdown:
            if line.count("|") >= 2 and line.strip().startswith("|"):
                if not _RULE.fullmatch(line):
                    yield from table_row([cell.strip() for cell in line.strip().strip("|").split("|")])
                continue
            line = _EMPHASIS.sub(r"\2", _HEADING.sub("", line))
        yield from flowing(line, full)


def _width(lines: list[str]) -> float:
    """How many characters fill the page: those of the widest line in columns, where it is wider than a page of prose."""
    wide = [ems(line.expandtabs(4).rstrip()) for line in lines if len(line) > EMS and _COLUMNS.search(line)]
    return max((size for size in wide if size <= _WIDEST), default=EMS)


def flowing(paragraph: str, full: float = EMS) -> Iterator[TextLine]:
    """A paragraph on as many lines as it needs."""
    full = max(full, EMS)
    for line in wrapped(paragraph.expandtabs(4).rstrip(), full / EMS):
        yield whole_line(line, full)


def table_row(texts: list[str], edges: list[float] | None = None) -> Iterator[TextLine]:
    """A row of a table on as many lines as its fullest cell needs, every cell within its own column."""
    count = max(1, len(texts))
    edges = edges or [index / count for index in range(count + 1)]
    columns = []
    for index, text in enumerate(texts):
        start, end = edges[index], edges[index + 1]
        room = max(0.02, (end - start) - 0.028)  # a gap that keeps neighbours apart
        columns.append((start, room, [part for line in text.split("\n") for part in wrapped(line, room)]))
    rows = max((len(parts) for _, _, parts in columns), default=0)
    for row in range(rows):
        pieces = tuple(
            Piece(start, room, parts[row]) for start, room, parts in columns if row < len(parts) and parts[row].strip()
        )
        yield RowLine.of(pieces, edges, first=row == 0, last=row == rows - 1) if count > 1 else pieces
