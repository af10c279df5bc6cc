"""Running text as an old word processor keeps it: paragraphs, cells, row ends and page breaks, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.layout import LINES, TextLine, text_pages
from ingest.limits import Limits
from ingest.text import flowing, table_row
from records.document import Page
from records.errors import EmptyFile, TooManyPages

BREAK: TextLine = ()  #: stands for the end of a page among the lines
_PER_LINE = 80  # characters of a line, generously: Latin text is narrow


class Flow:
    """Collects lines; knows how much a file may say and stops it there."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.lines: list[TextLine] = []
        self._name, self._most = name, limits.pages * LINES
        self._cell: list[str] = []
        self._row: list[str] = []

    def paragraph(self, text: str, *, in_cell: bool = False) -> None:
        """A paragraph of its own, or one more within the cell that is open."""
        if in_cell:
            self._cell.append(text.strip())
            return
        self.end_row()
        for part in text.split("\n"):
            self._add(flowing(part))

    def cell(self, text: str) -> None:
        """The last paragraph of a cell."""
        self._cell.append(text.strip())
        self._row.append("\n".join(part for part in self._cell if part))
        self._cell = []

    def end_row(self, edges: Sequence[float] = ()) -> None:
        """The row is complete; ``edges`` say where its columns begin and end, in any unit."""
        if any(self._cell):
            self.cell("")
        row, self._row, self._cell = self._row, [], []
        if any(row):
            self._add(table_row(row, shares(edges, len(row))))

    def new_page(self) -> None:
        self.end_row()
        self.lines.append(BREAK)

    def pages(self) -> tuple[Page, ...]:
        """Everything on pages; raises ``EmptyFile`` when nothing was said."""
        self.end_row()
        if not any(piece.text.strip() for line in self.lines for piece in line):
            raise EmptyFile(self._name)
        return text_pages(broken(self.lines), "text")

    def _add(self, lines: Iterable[TextLine]) -> None:
        self.lines += lines
        if len(self.lines) > self._most:
            raise TooManyPages(f"{self._name}: {len(self.lines)} lines")


def most_characters(limits: Limits) -> int:
    """How many characters the pages that one file may have can hold."""
    return limits.pages * LINES * _PER_LINE


def shares(edges: Sequence[float], count: int) -> list[float] | None:
    """Column borders as shares of the table; None where they make no sense for so many cells."""
    if len(edges) != count + 1 or any(b <= a for a, b in pairwise(edges)):
        return None
    return [(edge - edges[0]) / (edges[-1] - edges[0]) for edge in edges]


def broken(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with every page break filled up to the end of its page."""
    result: list[TextLine] = []
    for line in lines:
        if line == BREAK:
            if result and len(result) % LINES:
                result += [BREAK] * (LINES - len(result) % LINES)
        else:
            result.append(line)
    return result
