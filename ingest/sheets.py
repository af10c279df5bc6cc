"""Workbooks (xlsx, xls, ods): one page per sheet, every cell a word, values written as a person sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from ingest.layout import LONGEST, Cell, column_name, sheet_page
from ingest.limits import Limits
from ingest.number_format import day_of, is_day, written, written_day
from ingest.sheet_guards import guard_ods, guard_xls
from ingest.sheet_looks import Book, Looks, xlsx_looks
from ingest.sheet_xls import old_sheets, xls_looks
from ingest.sniff import ODS, XLS, XLSX
from records.document import Notice, Page
from records.errors import DamagedFile, EmptyFile, PasswordProtected, TooLarge

_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number; an account number beyond that has lost its end
_LOST = re.compile(r"\d(?:\.\d+)?E\+(?:1[5-9]|2\d)")


Read = tuple[tuple[Page, ...], tuple[Notice, ...]]
#: The name of a sheet, whether it is shown, its cells, what is said of them.
RawSheet = tuple[str, bool, Iterable[Cell], Looks]


def read_workbook(data: bytes, name: str, kind: str, *, limits: Limits | None = None) -> Read:
    """Read every sheet that holds anything."""
    limits = limits or Limits()
    return read_sheets(_raw_sheets(data, name, kind, limits), name, limits)


def read_sheets(sheets: Iterable[RawSheet], name: str, limits: Limits) -> Read:
    """One page for each sheet that holds anything, and what a person should know about it."""
    pages: list[Page] = []
    notices: list[Notice] = []
    total = 0
    for title, visible, raw, looks in sheets:
        cells: list[Cell] = []
        for cell in raw:
            cells.append(cell)
            if total + len(cells) > limits.cells:
                raise TooLarge(f"{name}: more than {limits.cells} cells")
        total += len(cells)
        if not cells:
            continue
        number = len(pages) + 1
        pages.append(sheet_page(number, cells))
        notices.append(Notice("sheet", f"第 {number} 页：工作表“{title}”", number))
        if not visible:
            notices.append(Notice("hidden_sheet", f"工作表“{title}”在文件中是隐藏的，已一并读取。", number))
        notices += lost_digits(cells, number)
        notices += _remarks(looks, cells, number)
    if not pages:
        raise EmptyFile(name)
    if len(pages) == 1:  # which page is which sheet is only worth saying where there are several
        notices = [notice for notice in notices if notice.code != "sheet"]
    return tuple(pages), tuple(notices)


def _raw_sheets(data: bytes, name: str, kind: str, limits: Limits) -> Iterator[RawSheet]:
    book = xlsx_looks(data, name, limits) if kind == XLSX else None
    if kind == ODS:
        guard_ods(data, name, limits)
    sound = kind != XLS or guard_xls(data, name, limits)
    for title, visible, rows, merged in _sheets(data, name, kind) if sound else old_sheets(data, name):
        if book is None:  # after the first reader has found it sound
            book = xls_looks(data) if kind == XLS else Book()
        looks = book.sheets.get(title, Looks())
        yield title, visible, _cells(rows, merged, looks, from_1904=book.from_1904), looks


def lost_digits(cells: list[Cell], page: int) -> list[Notice]:
    """A notice when identifiers were turned into numbers: 6.22E+18 is no account any more."""
    notices = []
    if long := [(cell.row, cell.column) for cell in cells if len(cell.text) >= LONGEST]:
        notices = [Notice("cell_cut", f"单元格 {_places(long)} 的文字超过 {LONGEST} 字，只读取了开头部分。", page)]
    lost = [cell for cell in cells if len(cell.text) < 40 and _LOST.fullmatch(cell.text)]
    if not lost:
        return notices
    places = _places([(cell.row, cell.column) for cell in lost])
    return [Notice("precision_lost", f"单元格 {places} 的长号码被存成数值，末位数字已丢失，不能作为账号使用。", page)]


def _places(cells: Sequence[tuple[int, int]]) -> str:
    """Some cells by name, and how many there are when there are more."""
    named = "、".join(f"{column_name(column)}{row + 1}" for row, column in cells[:5])
    return f"{named} 等 {len(cells)} 处" if len(cells) > 5 else named


def _remarks(looks: Looks, cells: list[Cell], page: int) -> Iterator[Notice]:
    """What a person should know about the sheet: what is hidden, and which values are none."""
    if looks.missing:
        says = f"单元格 {_places(looks.missing)} 的公式没有保存计算结果，该值缺失（不是 0）；请用 Excel 打开并保存后重新上传。"
        yield Notice("formula_not_computed", says, page)
    if looks.errors:
        yield Notice("error_cells", f"单元格 {_places(looks.errors)} 是错误值（如 #REF!），不作为数据读取。", page)
    if rows := {cell.row for cell in cells} & looks.rows:
        yield Notice("hidden_rows", f"第 {_numbers(rows)} 行在文件中是隐藏的，已一并读取。", page)
    if columns := {cell.column for cell in cells} & looks.columns:
        names = "、".join(column_name(column) for column in sorted(columns)[:8])
        yield Notice("hidden_columns", f"{names} 列在文件中是隐藏的，已一并读取。", page)


def _numbers(rows: set[int]) -> str:
    first = sorted(rows)[:8]
    return "、".join(str(row + 1) for row in first) + (f" 等 {len(rows)}" if len(rows) > 8 else "")


Merged = dict[tuple[int, int], tuple[int, int]]
Sheet = tuple[str, bool, Iterable[list[Any]], Merged]


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
    except BaseException as error:
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":  # which is no Exception
            raise
        if kind != XLS:
            raise DamagedFile(f"{name} ({error})") from error
        yield from old_sheets(data, name)


def _cells(rows: Iterable[list[Any]], merged: Merged, looks: Looks, *, from_1904: bool) -> Iterator[Cell]:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value == "" or value is None:
                continue
            text = _formatted(value, looks.format(r, c), from_1904=from_1904)
            if text:
                high, wide = merged.get((r, c), (1, 1))
                yield Cell(r, c, text, wide, high, number=bare_number(value, text))


def bare_number(value: Any, text: str) -> bool:
    """Whether a cell holds a number that its format does not fill up with zeros: as an identifier it may have lost some."""
    return isinstance(value, float | int) and not isinstance(value, bool) and not text.startswith("0")


def _formatted(value: Any, code: str, *, from_1904: bool) -> str:
    """A value as its format shows it, with all its digits."""
    if not code or isinstance(value, bool | str):
        return shown(value)
    if isinstance(value, float | int) and is_day(code):
        value = day_of(value, from_1904=from_1904) or value
    if isinstance(value, date):
        return written_day(value, code) or shown(value)
    if isinstance(value, float | int) and abs(value) < _EXACT and (text := number(value)):
        return written(Decimal(text), code) or text
    return shown(value)


def shown(value: Any) -> str:
    """A value as the sheet shows it: no float noise, no midnight, no invented digits."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return " ".join(value[: 2 * LONGEST].split())[:LONGEST]
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
    digits = format(value, ".15g")
    if "e" not in digits:
        return digits
    exact = Decimal(digits)
    return f"{exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize():f}"


def _moment(value: datetime) -> str:
    """A day, and the time of day where there is one; fractions of a second are rounding of the file format."""
    value = (value + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
