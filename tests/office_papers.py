"""Old Office files made on the spot: a container as OLE lays it out, a Word document in it byte by byte, a workbook."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams at its top; short ones are padded so that they need no small sectors."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    bodies = [streams[name].ljust(4096, b"\x00") for name in names]
    fat: list[int] = []
    starts: list[int] = []
    content = b""
    for body in bodies:
        count = -(-len(body) // _SECTOR)
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        content += body.ljust(count * _SECTOR, b"\x00")
    entries = [_entry("Root Entry", 5, 1, _FREE, _END, 0)]
    for index, (name, body) in enumerate(zip(names, bodies, strict=True)):
        right = index + 2 if index + 1 < len(names) else _FREE
        entries.append(_entry(name, 2, _FREE, right, starts[index], len(body)))
    directory = b"".join(entries)
    count = -(-len(directory) // _SECTOR)
    first_directory = len(fat)
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    content += directory.ljust(count * _SECTOR, b"\x00")
    tables = 1
    while (len(fat) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first_table = len(fat)
    fat += [_FAT] * tables
    content += struct.pack(f"<{len(fat)}I", *fat).ljust(tables * _SECTOR, b"\xff")
    listed = [first_table + index for index in range(tables)] + [_FREE] * (109 - tables)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, first_directory, 0, 4096, _END, 0, _END, 0
    )
    return head + struct.pack("<109I", *listed) + content


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    entry = raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
    return (entry + bytes(36) + struct.pack("<III", start, size, 0)).ljust(128, b"\x00")


@dataclass(frozen=True)
class Run:
    """Text of one formatting; a paragraph's modifiers are those of its mark."""

    text: str
    wide: bool = True
    run: bytes = b""
    paragraph: bytes = b""
    raw: bytes | None = None  #: what is written instead, one byte for each character


IN_TABLE = struct.pack("<HB", 0x2416, 1)
DELETED, HIDDEN = struct.pack("<HB", 0x0800, 1), struct.pack("<HB", 0x083C, 1)


def row_end(*edges: int) -> Run:
    """The mark that ends a row whose columns have these borders."""
    columns = struct.pack(f"<B{len(edges)}h", len(edges) - 1, *edges)
    define = struct.pack("<HH", 0xD608, len(columns) + 1) + columns
    return Run("\x07", paragraph=IN_TABLE + struct.pack("<HB", 0x2417, 1) + define)


def cells(*texts: str) -> list[Run]:
    return [Run(text + "\x07", paragraph=IN_TABLE) for text in texts]


def doc(
    *body: Run,
    notes: Sequence[Run] = (),
    heads: Sequence[Run] = (),
    comments: Sequence[Run] = (),
    boxes: Sequence[Run] = (),
    data: bytes = b"",
    fonts: Sequence[str] = ("宋体",),
    flags: int = 0,
    version: int = 0xC1,
    language: int = 0x0804,
    formatted: bool = True,
) -> bytes:
    """A Word 97 document in which every run is a piece of its own, as a fast save leaves them."""
    stories = [list(body), list(notes), list(heads), [], list(comments), [], list(boxes), []]
    main = bytearray(0x600)
    table = bytearray(b"\x00")
    borders, pieces, places = [0], [], []
    runs = [run for story in stories for run in story]
    for run in runs:
        raw = run.raw if run.raw is not None else run.text.encode("utf-16-le" if run.wide else "cp1252")
        wide = run.wide and run.raw is None
        if len(main) % 2:
            main += b"\x00"
        start = len(main)
        main += raw
        borders.append(borders[-1] + (len(raw) // 2 if wide else len(raw)))
        pieces.append(struct.pack("<HIH", 0, start if wide else start * 2 | 0x40000000, 0))
        places.append((start, start + len(raw)))
    clx = struct.pack(f"<{len(borders)}I", *borders) + b"".join(pieces)
    clx = b"\x02" + struct.pack("<I", len(clx)) + clx
    where = {0x1A2: (len(table), len(clx))}
    table += clx
    if formatted:
        for at, name in ((0xFA, "run"), (0x102, "paragraph")):
            plc = _formatting(main, places, [getattr(run, name) for run in runs], paragraphs=name == "paragraph")
            where[at] = (len(table), len(plc))
            table += plc
    names = b"".join(_font(font) for font in fonts)
    where[0x112] = (len(table), 4 + len(names))
    table += struct.pack("<HH", len(fonts), 0) + names
    struct.pack_into("<HHHHHH", main, 0, 0xA5EC, version, 0, language, 0, 0x0200 | flags)
    lengths = [sum(len(run.raw) if run.raw is not None else len(run.text) for run in story) for story in stories]
    struct.pack_into("<8i", main, 0x4C, *lengths)
    for at, (place, length) in where.items():
        struct.pack_into("<II", main, at, place, length)
    return ole({"WordDocument": bytes(main), "1Table": bytes(table), "Data": data})


def _font(name: str) -> bytes:
    body = bytes(39) + name.encode("utf-16-le") + b"\x00\x00"
    return bytes([len(body)]) + body


def _formatting(main: bytearray, places: list[tuple[int, int]], modifiers: list[bytes], *, paragraphs: bool) -> bytes:
    """Pages of formatting at the end of the main stream, one for each run, and the list of them."""
    main += bytes(-len(main) % _SECTOR)
    borders, pages = [], []
    for (start, end), found in zip(places, modifiers, strict=True):
        page = bytearray(_SECTOR)
        struct.pack_into("<II", page, 0, start, end)
        if found and paragraphs:
            whole = b"\x00\x00" + found
            page[8], page[400] = 200, 0
            page[401] = -(-len(whole) // 2)
            page[402 : 402 + len(whole)] = whole
        elif found:
            page[8], page[400] = 200, len(found)
            page[401 : 401 + len(found)] = found
        page[-1] = 1
        borders.append(start)
        pages.append(len(main) // _SECTOR)
        main += page
    return struct.pack(f"<{len(borders) + 1}I", *borders, places[-1][1]) + struct.pack(f"<{len(pages)}I", *pages)


def ticked_form(*, state: int) -> bytes:
    """What the data stream keeps of a check box."""
    form = b"\xff\xff\xff\xff" + struct.pack("<H", 1 | state << 2) + bytes(6)
    return struct.pack("<IH", 68 + len(form), 68).ljust(68, b"\x00") + form


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def xls(rows: Sequence[Sequence[float | str | None]], formats: dict[tuple[int, int], str] | None = None) -> bytes:
    """A workbook of Excel 97 with one sheet, numbers in these formats."""
    formats = formats or {}
    codes = sorted(set(formats.values()))
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    book = _record(0x0809, begin) + _record(0x0042, struct.pack("<H", 1200))
    for _ in range(5):
        book += _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    for index, code in enumerate(codes):
        book += _record(0x041E, struct.pack("<HHB", 164 + index, len(code), 1) + code.encode("utf-16-le"))
    for number in [0] * 16 + [164 + index for index in range(len(codes))]:
        book += _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, number, 1, 32, 0, 0, 0, 0, 0, 0x20C0))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            style = 16 + codes.index(formats[r, c]) if (r, c) in formats else 15
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x0204, struct.pack("<HHH", r, c, style) + text)
            elif value is not None:
                sheet += _record(0x0203, struct.pack("<HHHd", r, c, style, value))
    sheet += _record(0x000A, b"")
    bound = struct.pack("<IHBB", 0, 0, 6, 0) + b"Sheet1"
    end = _record(0x000A, b"")
    place = len(book) + 4 + len(bound) + len(end)
    return ole({"Workbook": book + _record(0x0085, struct.pack("<I", place) + bound[4:]) + end + sheet})
