"""How many cells a workbook asks for, and how far apart, known before any reader lays it out."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from ingest.container import checked, member
from ingest.limits import Limits
from records.errors import Bomb, DamagedFile, TooLarge

_SPARSE = 4_000_000  # cells of the surrounding rectangle that may stay empty


def bearable(cells: int, rows: int, columns: int, name: str, limits: Limits) -> None:
    """Refuse a sheet with too many cells, or with a few far apart (empty ones that only have a look count little)."""
    if cells > limits.cells * 3:
        raise TooLarge(f"{name}: more than {limits.cells} cells")
    if rows * columns > _SPARSE + 20 * cells:
        raise Bomb(f"{name}: {cells} cells spread over {rows} x {columns}")


def guard_xlsb(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """The same law for the binary kind: how many cells, and how far apart."""
    count = bottom = right = 0
    for kind, body in _records(b"".join(member(archive, info, name, limits))):
        if kind == 0 and len(body) >= 4:
            bottom = max(bottom, int.from_bytes(body[:4], "little"))
        elif 1 <= kind <= 11 and len(body) >= 4:
            count += 1
            right = max(right, int.from_bytes(body[:4], "little"))
        if count > limits.cells * 3:
            raise TooLarge(f"{name}: more than {limits.cells} cells")
    bearable(count, bottom + 1, right + 1, name, limits)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data)
    while at + 2 <= end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | data[at] << 7
            at += 1
        size = shift = 0
        for _ in range(4):
            if at >= end:
                return
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


#: Records of an old workbook that are cells, and those that are several in a row.
_CELLS, _SEVERAL, _BEGIN = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x0006, 0x0201, 0x0205}), {0x00BD, 0x00BE}, 0x0809


def guard_xls(data: bytes, name: str, limits: Limits) -> bool:
    """The same law for old workbooks, sheet by sheet; false when the container is too broken for the first reader."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            _chains_end(ole, data, name)
            path = next((path for path in ("Workbook", "Book") if ole.exists(path)), None)
            book = ole.openstream(path).read() if path else b""
    except (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError, struct.error):
        return False
    count = bottom = right = at = 0
    while at + 8 <= len(book):
        kind, size, row, column = struct.unpack_from("<HHHH", book, at)
        if kind == _BEGIN:
            bearable(count, bottom + 1, right + 1, name, limits)
            count = bottom = right = 0
        elif kind in _CELLS:
            count, bottom, right = count + 1, max(bottom, row), max(right, column)
        elif kind in _SEVERAL:
            last = int.from_bytes(book[at + 2 + size : at + 4 + size], "little")
            count, bottom, right = count + max(0, last - column) + 1, max(bottom, row), max(right, last)
        at += 4 + size
    bearable(count, bottom + 1, right + 1, name, limits)
    return True


def _chains_end(ole: Any, data: bytes, name: str) -> None:
    """Sectors may point back to where they came from; the first reader would follow them for ever."""
    sector, left = ole.first_difat_sector, len(data) // ole.sector_size + 1
    while (place := (sector + 2) * ole.sector_size) <= len(
        data
    ):  # the list of tables, each part naming the next at its end
        sector, left = int.from_bytes(data[place - 4 : place], "little"), left - 1
        if not left:
            raise DamagedFile(f"{name}: sectors in a circle")
    small = [entry for entry in ole.direntries if entry is not None and entry.is_minifat]
    large = [entry for entry in ole.direntries if entry is not None and not entry.is_minifat]
    starts = [entry.isectStart for entry in large] + [ole.first_dir_sector, ole.first_mini_fat_sector]
    ole.loadminifat()
    for table, begins in ((ole.fat, starts), (ole.minifat or (), [entry.isectStart for entry in small])):
        for sector in begins:
            left = len(table) + 1
            while 0 <= sector < len(table):
                sector, left = table[sector], left - 1
                if not left:
                    raise DamagedFile(f"{name}: sectors in a circle")


def _fed(parser: Any, chunk: bytes, name: str, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except (ExpatError, ValueError, LookupError) as error:
        raise DamagedFile(name) from error


_REPEATED = re.compile(
    rb'number-(columns|rows)-repeated="(\d{1,9})"|office:value(?:-type)?="|<text:p|<table:table-(row|cell)'
)


def guard_ods(data: bytes, name: str, limits: Limits) -> None:
    """A cell or a row may be said to repeat itself; refuses one that holds something and does so without end."""
    with checked(data, name, limits) as archive:
        info = archive.NameToInfo.get("content.xml")
        tail = b""
        columns = rows = cells = 1
        sound = ParserCreate()  # the reader would wait for ever for an element that is never closed
        for chunk in member(archive, info, name, limits) if info else ():
            _fed(sound, chunk, name)
            for found in _REPEATED.finditer(tail + chunk):
                if found[3] == b"row":
                    rows = columns = 1
                elif found[3] == b"cell":
                    columns = 1
                elif found[1] == b"rows":
                    rows = int(found[2])
                elif found[1] == b"columns":
                    columns = int(found[2])
                else:
                    cells += rows * columns
                    if cells > limits.cells * 3:
                        raise Bomb(f"{name}: {cells} cells")
            tail = chunk[-40:]
        _fed(sound, b"", name, last=True)
