"""Old workbooks (xls) by the second reader: what is said of their cells, and those of Excel 5 and before as a whole."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.limits import MB
from ingest.number_format import BUILT_IN
from ingest.sheet_looks import Book, Looks
from records.errors import DamagedFile, PasswordProtected

_LARGEST = 24 * MB  # of a workbook that is opened a second time for its looks


def xls_looks(data: bytes) -> Book:
    """The same of an old workbook; nothing where its second reader cannot follow."""
    import xlrd
    from xlrd.compdoc import CompDocError

    book = Book()
    if len(data) > _LARGEST:
        return book
    try:
        old = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silence())
        book.from_1904 = bool(old.datemode)
        for sheet in old.sheets():
            book.sheets[sheet.name] = _old_looks(old, sheet)
    except (xlrd.XLRDError, CompDocError, *_BROKEN):
        return Book()
    return book


#: What the second reader of old workbooks trips over in a broken file.
_BROKEN = (
    struct.error, AssertionError, IndexError, KeyError, ValueError, TypeError, OverflowError, AttributeError, EOFError,
    MemoryError, RecursionError, ZeroDivisionError, NotImplementedError, zipfile.BadZipFile, OSError,
)  # fmt: skip


class _Silence:
    """Where that reader may say what it likes."""

    def write(self, _: str) -> None:
        return


def _old_looks(old: Any, sheet: Any) -> Looks:
    import xlrd

    looks = Looks()
    codes = [
        BUILT_IN.get(style.format_key) or getattr(old.format_map.get(style.format_key), "format_str", "")
        for style in old.xf_list
    ]
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                looks.errors.append((row, column))
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                code = codes[sheet.cell_xf_index(row, column)]
                if code and code != "General":
                    looks.remember(row, column, code)
    looks.rows = {row for row, about in sheet.rowinfo_map.items() if about.hidden}
    looks.columns = {column for column, about in sheet.colinfo_map.items() if about.hidden}
    return looks


def old_sheets(
    data: bytes, name: str
) -> Iterator[tuple[str, bool, list[list[Any]], dict[tuple[int, int], tuple[int, int]]]]:
    """Very old workbooks that the first reader does not know (Excel 5 and before)."""
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=False, logfile=_Silence())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise PasswordProtected(name) from error
        raise DamagedFile(f"{name} ({error})") from error
    except (CompDocError, *_BROKEN) as error:
        raise DamagedFile(name) from error
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
