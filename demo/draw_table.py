"""Tables on a sheet: columns with heads of one or two lines, cells that wrap, rows that run over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from demo.draw import GREY, Colour, Sheet, width_of


@dataclass(frozen=True, slots=True)
class Column:
    """A head (lines below one another), a width in millimetres, and on which side its cells stand."""

    head: tuple[str, ...]
    width: float
    align: str = "left"
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What one table looks like: rulings ``grid``, ``rows``, ``head`` or ``none``."""

    ruling: str = "grid"
    size: float = 8
    digits: str = "sans"  #: the font of cells that hold no Chinese
    row: float = 6.0
    padding: float = 1.0
    shade: Colour | None = None
    bold_head: bool = False
    ink: Colour = field(default=(0.08, 0.08, 0.1))


def wrap(text: str, width: float, size: float, font: str = "sans") -> list[str]:
    """Break at newlines and wherever the cell is full, as statement printers do (in the middle of anything)."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for letter in part:
            if line and width_of(line + letter, size, font) > width:
                lines.append(line)
                line = ""
            line += letter
        lines.append(line)
    return lines


class Table:
    """Draws rows downwards from ``y``; when the page is full it asks ``turn`` for a new page and repeats the head."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Sequence[Column],
        look: Look,
        *,
        x: float,
        y: float,
        bottom: float,
        turn: Callable[[], float],
        headless: bool = False,
    ):
        self.sheet, self.columns, self.look = sheet, columns, look
        self.x, self.y, self.bottom, self._turn = x, y, bottom, turn
        self.width = sum(column.width for column in columns)
        self.begin: Callable[[], None] = lambda: None  #: what to draw below the head of every new page
        if not headless:
            self.head()

    def head(self) -> None:
        """The head, every line of it."""
        lines = max(len(column.head) for column in self.columns)
        look, line = self.look, self.look.size * 0.46
        height = max(look.row, lines * line + 2 * look.padding)
        if look.shade:
            self.sheet.box(self.x, self.y, self.width, height, fill=look.shade, stroke=0)
        x = self.x
        for column in self.columns:
            top = self.y + (height - len(column.head) * line) / 2
            for place, words in enumerate(column.head):
                self._write(words, x, column.width, top + (place + 0.78) * line, "center", bold=look.bold_head)
            x += column.width
        if look.ruling in ("head", "rows", "none"):
            width = 0.3 if look.ruling != "none" else 0
            if width:
                self.sheet.line(self.x, self.y, self.x + self.width, self.y, width)
                self.sheet.line(self.x, self.y + height, self.x + self.width, self.y + height, width)
        self._rule(height)
        self.y += height

    def row(self, cells: Sequence[str], *, keep: bool = False) -> None:
        """One row; a cell of a column that wraps may take several lines; ``keep`` it on this page whatever happens."""
        look, line = self.look, self.look.size * 0.46
        texts = [self._lines(cell, column) for cell, column in zip(cells, self.columns, strict=True)]
        height = max(look.row, max(len(lines) for lines in texts) * line + look.padding * 1.4)
        if not keep:
            self.room(height)
        x = self.x
        for lines, column in zip(texts, self.columns, strict=True):
            top = self.y + (height - len(lines) * line) / 2
            for place, words in enumerate(lines):
                self._write(words, x, column.width, top + (place + 0.8) * line, column.align)
            x += column.width
        if look.ruling == "rows":
            self.sheet.line(self.x, self.y + height, self.x + self.width, self.y + height, 0.1, colour=GREY)
        self._rule(height)
        self.y += height

    def span(self, words: Sequence[tuple[float, str]], *, height: float | None = None) -> None:
        """A row without inner rulings: texts at millimetres from the left edge of the table."""
        height = height or self.look.row
        self.room(height)
        for x, text in words:
            self.sheet.text(self.x + x, self.y + height * 0.66, text, size=self.look.size, colour=self.look.ink)
        if self.look.ruling == "grid":
            self.sheet.box(self.x, self.y, self.width, height)
        self.y += height

    def room(self, height: float) -> None:
        """Turn the page when this much does not fit."""
        if self.y + height > self.bottom:
            self.y = self._turn()
            self.head()
            self.begin()

    def _lines(self, cell: str, column: Column) -> list[str]:
        if not column.wraps:
            return cell.split("\n")
        return wrap(cell, column.width - 2 * self.look.padding, self.look.size)

    def _write(self, text: str, x: float, width: float, y: float, align: str, *, bold: bool = False) -> None:
        pad = self.look.padding
        at = {"left": x + pad, "right": x + width - pad, "center": x + width / 2}[align]
        self.sheet.text(
            at, y, text, size=self.look.size, font=self.look.digits, align=align, bold=bold, colour=self.look.ink
        )

    def _rule(self, height: float) -> None:
        if self.look.ruling != "grid":
            return
        x = self.x
        for column in self.columns:
            self.sheet.box(x, self.y, column.width, height)
            x += column.width
