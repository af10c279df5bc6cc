"""Plain text and Markdown, laid out as lines on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.encoding import decoded
from ingest.layout import LINES, Piece, TextLine, text_pages, whole_line, wrapped
from ingest.limits import Limits
from ingest.sniff import MD
from records.document import Page
from records.errors import EmptyFile, NotADocument, TooManyPages

_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")
_HEADING = re.compile(r"^#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")


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
    for line in re.split(r"\r\n|[\r\n\x0b\x0c]", text):
        if markdown:
            if line.count("|") >= 2 and line.strip().startswith("|"):
                if not _RULE.fullmatch(line):
                    yield from table_row([cell.strip() for cell in line.strip().strip("|").split("|")])
                continue
            line = _EMPHASIS.sub(r"\2", _HEADING.sub("", line))
        yield from flowing(line)


def flowing(paragraph: str) -> Iterator[TextLine]:
    """A paragraph on as many lines as it needs."""
    for line in wrapped(paragraph.expandtabs(4).rstrip()):
        yield whole_line(line)


def table_row(texts: list[str], edges: list[float] | None = None) -> Iterator[TextLine]:
    """A row of a table on as many lines as its fullest cell needs, every cell within its own column."""
    count = max(1, len(texts))
    edges = edges or [index / count for index in range(count + 1)]
    columns = []
    for index, text in enumerate(texts):
        start, end = edges[index], edges[index + 1]
        room = max(0.02, (end - start) - 0.028)  # a gap that keeps neighbours apart
        columns.append((start, room, [part for line in text.split("\n") for part in wrapped(line, room)]))
    for row in range(max((len(parts) for _, _, parts in columns), default=0)):
        yield tuple(
            Piece(start, room, parts[row]) for start, room, parts in columns if row < len(parts) and parts[row].strip()
        )
