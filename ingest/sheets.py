"""Workbooks (xlsx, xls, ods): one page per sheet, every cell a word, values written as a person sees them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from ingest.container import checked, member
from ingest.layout import Cell, column_name, sheet_page
from ingest.limits import Limits
from ingest.sniff import XLS, XLSX
from records.document import Notice, Page
from records.errors import Bomb, DamagedFile, EmptyFile, PasswordProtected, TooLarge

_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number; an account number beyond that has lost its end
_SPARSE = 4_000_000  # cells of the surrounding rectangle that may stay empty
_LOST = re.compile(r"\d(?:\.\d+)?E\+(?:1[5-9]|2\d)")


def read_workbook(
    data: bytes, name: str, kind: str, *, limits: Limits | None = None
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read every sheet that holds anything."""
    limits = limits or Limits()
    if kind == XLSX:
        _guard(data, name, limits)
    pages: list[Page] = []
    notices: list[Notice] = []
    total = 0
    for title, visible, rows, merged in _sheets(data, name, kind):
        cells = list(_cells(rows, merged))
        total += len(cells)
        if total > limits.cells:
            raise TooLarge(f"{name}: more than {limits.cells} cells")
        if not cells:
            continue
        number = len(pages) + 1
        pages.append(sheet_page(number, cells))
        notices.append(Notice("sheet", f"第 {number} 页：工作表“{title}”", number))
        if not visible:
            notices.append(Notice("hidden_sheet", f"工作表“{title}”在文件中是隐藏的，已一并读取。", number))
        notices += lost_digits(cells, number)
    if not pages:
        raise EmptyFile(name)
    if len(pages) == 1:  # which page is which sheet is only worth saying where there are several
        notices = [notice for notice in notices if notice.code != "sheet"]
    return tuple(pages), tuple(notices)


def lost_digits(cells: list[Cell], page: int) -> list[Notice]:
    """A notice when identifiers were turned into numbers: 6.22E+18 is no account any more."""
    lost = [cell for cell in cells if _LOST.fullmatch(cell.text)]
    if not lost:
        return []
    places = "、".join(f"{column_name(cell.column)}{cell.row + 1}" for cell in lost[:5])
    more = f" 等 {len(lost)} 处" if len(lost) > 5 else ""
    return [
        Notice("precision_lost", f"单元格 {places}{more} 的长号码被存成数值，末位数字已丢失，不能作为账号使用。", page)
    ]


Merged = dict[tuple[int, int], tuple[int, int]]
Sheet = tuple[str, bool, list[list[Any]], Merged]


def _sheets(data: bytes, name: str, kind: str) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for index, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            rows = sheet.to_python(skip_empty_area=False)
            merged = {
                (top, left): (bottom - top + 1, right - left + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            }
            yield about.name, about.visible == SheetVisibleEnum.Visible, rows, merged
    except PasswordError as error:
        raise PasswordProtected(name) from error
    except CalamineError as error:
        if kind != XLS:
            raise DamagedFile(f"{name} ({error})") from error
        yield from _old_sheets(data, name)


def _old_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """Very old workbooks that the first reader does not know (Excel 5 and before)."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=False)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise PasswordProtected(name) from error
        raise DamagedFile(f"{name} ({error})") from error
    except (AssertionError, IndexError, KeyError, ValueError, TypeError, UnicodeDecodeError, OverflowError) as error:
        raise DamagedFile(name) from error  # what this reader trips over in a broken file
    for sheet in book.sheets():
        rows = [[_old_value(book, cell) for cell in sheet.row(index)] for index in range(sheet.nrows)]
        yield sheet.name, sheet.visibility == 0, rows, {}


def _old_value(book: Any, cell: Any) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT):
        return cell.value
    return ""


def _cells(rows: list[list[Any]], merged: Merged) -> Iterator[Cell]:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            text = shown(value)
            if text:
                high, wide = merged.get((r, c), (1, 1))
                yield Cell(r, c, text, wide, high)


def shown(value: Any) -> str:
    """A value as the sheet shows it: no float noise, no midnight, no invented digits."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return " ".join(value.split())
        case float() | int():
            return number(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case time():
            return value.replace(microsecond=0).isoformat()
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        case _:
            return ""


def number(value: float) -> str:
    """Fifteen digits, as a spreadsheet computes; a larger whole number keeps its exponent so nobody takes it for an id."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if abs(value) >= _EXACT:
        return f"{value:.14E}"
    exact = Decimal(format(value, ".15g"))
    return f"{exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize():f}"


def _moment(value: datetime) -> str:
    """A day, and the time of day where there is one; fractions of a second are rounding of the file format."""
    value = (value + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


def _guard(data: bytes, name: str, limits: Limits) -> None:
    """Refuse, before any reader lays it out, a workbook with more cells than the limit or a few cells far apart."""
    with checked(data, name, limits) as archive:
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                _guard_sheet(archive, info, name, limits)


def _guard_sheet(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    count = bottom = right = 0
    tail = b""
    for chunk in member(archive, info, name, limits):
        for found in _CELL.finditer(tail + chunk):
            count += 1
            bottom = max(bottom, int(found[2]))
            right = max(right, _index(found[1]))
        if count > limits.cells * 3:
            raise TooLarge(f"{name}: more than {limits.cells} cells")
        tail = chunk[-256:] if chunk[-256:].rfind(b"<c") >= 0 else b""
    if bottom * right > _SPARSE + 20 * count:
        raise Bomb(f"{name}: {count} cells spread over {bottom} x {right}")


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index
