"""A letter or report on plain sheets: headings, paragraphs that break where Chinese may, tables; the PDF twin of ``Letter``."""

from __future__ import annotations

from collections.abc import Sequence

from demo.draw import A4, Sheet, width_of
from demo.draw_table import Column, Look, Table, wrap

_NOT_FIRST = "，。、；：！？）》”％%"


def _never() -> float:
    raise RuntimeError("rows of a letter's table are kept on their page")


class PdfLetter:
    """Written downwards; begins a new page when one is full."""

    def __init__(
        self,
        title: str,
        *,
        size: float = 10.5,
        font: str = "sans",
        page: tuple[float, float] = A4,
        leading: float = 1.7,
    ):
        self.sheet = Sheet(title=title, size=page)
        self.size, self.font, self.step = size, font, size * 0.3528 * leading
        self.left, self.width = 22.0, page[0] - 44.0
        self.y = 26.0
        self.sheet.text(page[0] / 2, self.y, title, size=size + 6, font=font, align="center", bold=font == "sans")
        self.y += 12

    def heading(self, text: str) -> None:
        self._room(2 * self.step)
        self.y += self.step * 0.4
        self.sheet.text(self.left, self.y, text, size=self.size + 0.5, font=self.font, bold=True)
        self.y += self.step

    def text(self, text: str, *, align: str = "left") -> None:
        if align == "right":
            self._room(self.step)
            self.sheet.text(self.left + self.width, self.y, text, size=self.size, font=self.font, align="right")
            self.y += self.step
            return
        indent = 2 * self.size * 0.3528
        for place, line in enumerate(self._lines(text, indent)):
            self._room(self.step)
            self.sheet.text(self.left + (indent if place == 0 else 0), self.y, line, size=self.size, font=self.font)
            self.y += self.step

    def line(self, text: str) -> None:
        """A line without indent, as in forms and notes."""
        for line in wrap(text, self.width, self.size, self.font):
            self._room(self.step)
            self.sheet.text(self.left, self.y, line, size=self.size, font=self.font)
            self.y += self.step

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Label and value side by side; a row with fewer cells spans the rest."""
        most = max(len(row) for row in rows)
        for row in rows:
            widths = [self.width / most] * most if len(row) == most else [self.width / most] * (len(row) - 1)
            if len(row) < most:
                widths.append(self.width - sum(widths))
            columns = [Column(("",), width, wraps=True) for width in widths]
            look = Look(size=self.size - 1, row=8)
            lines = max(len(wrap(cell, w - 2, look.size)) for cell, w in zip(row, widths, strict=True))
            self._room(lines * 5 + 4)
            table = Table(self.sheet, columns, look, x=self.left, y=self.y - 5, bottom=999, turn=_never, headless=True)
            table.row(row, keep=True)
            self.y = table.y + 5
        self.y += 3

    def finish(self) -> bytes:
        return self.sheet.finish()

    def _lines(self, text: str, indent: float) -> list[str]:
        lines, line, room = [], "", self.width - indent
        for letter in text:
            if width_of(line + letter, self.size, self.font) > room and letter not in _NOT_FIRST:
                lines.append(line)
                line, room = "", self.width
            line += letter
        return [*lines, line]

    def _room(self, height: float) -> None:
        if self.y + height > self.sheet.height - 20:
            self.sheet.next_page()
            self.y = 24.0
