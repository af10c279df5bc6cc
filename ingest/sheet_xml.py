"""Workbooks as Excel 2003 wrote them in XML, whatever they are called: one page per sheet, like any workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from ingest.encoding import decoded
from ingest.layout import Cell
from ingest.limits import Limits
from ingest.number_format import written, written_day
from ingest.sheet_looks import Looks
from ingest.sheets import RawSheet, Read, read_sheets, shown
from records.errors import Bomb, DamagedFile, NotADocument, TooLarge

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_NAMED = {"Percent": "0.00%", "Standard": "#,##0.00", "Fixed": "0.00", "Currency": "#,##0.00"}
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_FARTHEST = 1 << 20  # rows of a sheet


def read_xml_sheet(data: bytes, name: str, *, limits: Limits | None = None) -> Read:
    """Read every sheet that holds anything."""
    limits = limits or Limits()
    text = decoded(data)
    if text is None:
        raise NotADocument(name)
    return read_sheets(_sheets(_DECLARED.sub("", text.lstrip("\ufeff"), count=1), name, limits), name, limits)


def _sheets(text: str, name: str, limits: Limits) -> Iterator[RawSheet]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    formats: dict[str, str] = {}
    sheet = _Sheet(formats, name, limits)
    try:
        for event, node in iterparse(BytesIO(text.encode("utf-8", "replace")), events=("start", "end")):
            if event == "start" and node.tag == _SS + "Worksheet":
                sheet = _Sheet(formats, name, limits, node.get(_SS + "Name") or "")
            elif event == "start":
                continue
            elif node.tag == _SS + "Style":
                layout = node.find(_SS + "NumberFormat")
                code = (layout.get(_SS + "Format") or "") if layout is not None else ""
                formats[node.get(_SS + "ID") or ""] = _NAMED.get(code, code)
            elif node.tag == _SS + "Row":
                sheet.row(node)
                node.clear()
            elif node.tag == _SS + "Column":
                sheet.column(node)
            elif node.tag == _VISIBLE:
                sheet.visible = node.text == "SheetVisible"
            elif node.tag == _SS + "Worksheet":
                yield sheet.title, sheet.visible, sheet.cells, sheet.looks
                node.clear()
    except DefusedXmlException as error:
        raise Bomb(f"{name}: {type(error).__name__}") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise DamagedFile(name) from error


class _Sheet:
    """One sheet, row by row."""

    def __init__(self, formats: dict[str, str], name: str, limits: Limits, title: str = "") -> None:
        self.title, self.visible = title, True
        self.cells: list[Cell] = []
        self.looks = Looks()
        self._formats, self._name, self._limits = formats, name, limits
        self._row = self._column = 0

    def column(self, node: Element) -> None:
        first = _number(node, "Index", self._column + 1)
        self._column = first + _number(node, "Span", 0)
        if node.get(_SS + "Hidden") == "1" and self._column < 1 << 14:
            self.looks.columns |= set(range(first - 1, self._column))

    def row(self, node: Element) -> None:
        self._row = _number(node, "Index", self._row + 1)
        if self._row > _FARTHEST:
            raise Bomb(f"{self._name}: row {self._row}")
        if node.get(_SS + "Hidden") == "1":
            self.looks.rows.add(self._row - 1)
        column = 0
        for cell in node.iterfind(_SS + "Cell"):
            column = _number(cell, "Index", column + 1)
            if column > 1 << 14:
                raise Bomb(f"{self._name}: column {column}")
            wide, high = 1 + _number(cell, "MergeAcross", 0), 1 + _number(cell, "MergeDown", 0)
            self._cell(cell, column - 1, min(wide, 1 << 10), min(high, 1 << 10))
            column += wide - 1
        if len(self.cells) > self._limits.cells:
            raise TooLarge(f"{self._name}: more than {self._limits.cells} cells")

    def _cell(self, node: Element, column: int, wide: int, high: int) -> None:
        data = node.find(_SS + "Data")
        value = "".join(data.itertext()).strip() if data is not None else ""
        kind = data.get(_SS + "Type") if data is not None else None
        place = self._row - 1, column
        if kind == "Error":
            self.looks.errors.append(place)
        elif value:
            text = _shown(value, kind or "", self._formats.get(node.get(_SS + "StyleID") or "", ""))
            bare = kind == "Number" and not text.startswith("0")
            self.cells.append(Cell(*place, text, wide, high, number=bare))
        elif node.get(_SS + "Formula") and kind != "String":
            self.looks.missing.append(place)


def _number(node: Element, attribute: str, otherwise: int) -> int:
    value = node.get(_SS + attribute) or ""
    return int(value) if value.isdigit() and len(value) < 9 else otherwise


def _shown(value: str, kind: str, code: str) -> str:
    from datetime import datetime

    if kind == "Boolean":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "DateTime":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return written_day(moment, code) or shown(moment)
    if kind == "Number":
        try:
            text = shown(float(Decimal(value)))
            return (written(Decimal(text), code) if code and "E" not in text else None) or text
        except (InvalidOperation, OverflowError):
            return value
    return shown(value)
