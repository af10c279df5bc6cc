"""Files of an office: workbooks, exports with tab padding, letters with tables. Written without clocks, the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_THEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_STAMP = (2026, 11, 2, 9, 0, 0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A title, lines above, a head with its rows, lines below; ``figures`` are the columns that hold amounts."""

    title: str
    above: Sequence[Sequence[str]]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    below: Sequence[Sequence[str]] = ()
    figures: frozenset[int] | set[int] = frozenset()


def _same_every_time(data: bytes) -> bytes:
    """The same archive with fixed times, so that the same paper is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2026-11-02T09:00:00Z", content)
            kept.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx_bytes(grid: Grid, *, as_numbers: bool = False) -> bytes:
    """A workbook with a merged title, the head in bold, borders around the rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "明细"
    last = len(grid.head)
    sheet.append([grid.title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet["A1"].font, sheet["A1"].alignment = Font(size=14, bold=True), Alignment(horizontal="center")
    for row in grid.above:
        sheet.append(_spread(row, last))
    sheet.append(list(grid.head))
    head = sheet.max_row
    thin = Border(*(Side(style="thin", color="999999"),) * 4)
    for cell in sheet[head]:
        cell.font, cell.border, cell.fill = Font(bold=True), thin, PatternFill("solid", fgColor="DDE7F0")
    for row in grid.rows:
        sheet.append([_cell(text, i in grid.figures and as_numbers) for i, text in enumerate(row)])
        for i, cell in enumerate(sheet[sheet.max_row]):
            cell.border = thin
            if i in grid.figures and as_numbers:
                cell.number_format = "#,##0.00"
    for row in grid.below:
        sheet.append(_spread(row, last))
    for i, name in enumerate(grid.head):
        sheet.column_dimensions[chr(65 + i)].width = max(12, 2 * len(name) + 4)
    book.properties.created = book.properties.modified = _THEN.replace(tzinfo=None)
    out = io.BytesIO()
    book.save(out)
    return _same_every_time(out.getvalue())


def _cell(text: str, number: bool) -> str | float | None:
    if not text:
        return None
    plain = text.replace(",", "").replace("¥", "").replace("(", "-").rstrip(")")
    return float(plain) if number and re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain) else text


def _spread(items: Sequence[str], columns: int) -> list[str | None]:
    """Items of one line at even distances over the columns of the table."""
    row: list[str | None] = [None] * columns
    step = max(columns // max(len(items), 1), 1)
    for i, item in enumerate(items):
        row[min(i * step, columns - 1)] = item
    return row


def csv_bytes(grid: Grid) -> bytes:
    """The way a bank's old export looks: title, header lines, quoted cells padded to a width and closed by a tab."""
    lines = [grid.title, ""]
    for row in grid.above:
        lines += [",".join(f'"{item}"' if i or "," in item else item for i, item in enumerate(row)), ""]
    lines.append(",".join(grid.head))
    for row in grid.rows:
        lines.append(
            ",".join(
                f'"{text:<20}\t"' if set(text) & set(",\n") or i % 3 == 1 else f"{text:<12}\t"
                for i, text in enumerate(row)
            )
            + ","
        )
    for row in grid.below:
        lines.append(",".join(f'"{item}"' for item in row))
    return "\r\n".join(lines).encode("gb18030")


class Letter:
    """A Word document: headings, paragraphs, tables; no clock in it."""

    def __init__(self, title: str, *, font: str = "宋体", size: float = 11):
        self._document = Document()
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = font, Pt(size)
        heading = self._document.add_paragraph()
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = heading.add_run(title)
        run.bold, run.font.size = True, Pt(size + 6)

    def heading(self, text: str) -> None:
        run = self._document.add_paragraph().add_run(text)
        run.bold = True

    def text(self, text: str, *, align: str = "left") -> None:
        paragraph = self._document.add_paragraph(text)
        if align == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        table = self._document.add_table(rows=0, cols=max(len(row) for row in rows))
        table.style = "Table Grid"
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                cell.text = text
            if len(row) < len(cells):
                cells[len(row) - 1].merge(cells[-1])

    def finish(self) -> bytes:
        properties = self._document.core_properties
        properties.created = properties.modified = _THEN
        properties.author = "信贷管理系统"
        out = io.BytesIO()
        self._document.save(out)
        return _same_every_time(out.getvalue())
