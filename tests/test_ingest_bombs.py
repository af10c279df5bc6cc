"""Files made to hurt: huge inside, without end, or lying about their size; each is refused soon, by its code."""

from __future__ import annotations

import io
import json
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from ingest.child import Child
from records.errors import UnreadableFile
from tests.ingest_papers import answer, docx, zipped
from tests.office_papers import xls
from tests.spoil import MADE
from tests.test_ingest_number_format import LINKS, RELATIONS, SHEET, raw_book
from tests.test_ingest_opening import picture_bomb

GB = 1 << 30
SECONDS = 30.0  # of processor time


def packed(size: int, times: int = 1) -> bytes:
    """So many zeros, deflated, and deflated again."""
    deflate = zlib.compressobj(9, wbits=-15)
    megabyte = deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    checksum = struct.pack(">HH", size % 65521, 1)
    data = b"\x78\xda" + megabyte * (size >> 20) + deflate.flush() + checksum
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def raw_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = trailer.replace(b"HERE", b"%d" % len(out))
    return (
        out
        + table
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    )


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def stream_pdf(body: bytes, filters: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"
    stream = b"<</Length %d/Filter[%s]>>stream\n" % (len(body), filters) + body + b"\nendstream"
    return raw_pdf(CATALOG, ONE_PAGE, page, stream)


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (index + 3) for index in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return raw_pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[page] * count)


def looping_tiff() -> bytes:
    """The one page that there is names itself as the next one."""
    entries = b"".join(
        struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((256, 1), (257, 1), (273, 8), (279, 1))
    )
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 4) + entries + struct.pack("<I", 8) + bytes(100)


def many_tiff(count: int) -> bytes:
    """So many pages, each of the same few pixels."""
    tags = ((256, 10), (257, 10), (258, 8), (259, 1), (262, 1), (273, 8 + 102 * count), (277, 1), (279, 100))
    entries = struct.pack("<H", 8) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    pages = [entries + struct.pack("<I", 8 + 102 * page if page < count else 0) for page in range(1, count + 1)]
    return b"II*\x00" + struct.pack("<I", 8) + b"".join(pages) + b"\xff" * 100


def wide_tiff() -> bytes:
    entries = ((256, 100_000), (257, 100_000), (258, 8), (273, 100), (279, 0xFFFFFFFF))
    body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + body + bytes(104)


def cells_book(rows: int, cell: str = "<c><v>1</v></c>") -> bytes:
    return raw_book("".join(f"<row r='{row}'>".replace("'", '"') + cell * 50 + "</row>" for row in range(1, rows + 1)))


def strings_book(length: int, cells: int) -> bytes:
    """One shared text, used in many cells."""
    with zipfile.ZipFile(io.BytesIO(raw_book(""))) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{main}"><si><t>{"a" * length}</t></si></sst>'
    row = '<c t="s"><v>0</v></c>' * 50
    members["xl/worksheets/sheet1.xml"] = SHEET % "".join(f'<row r="{n + 1}">{row}</row>' for n in range(cells // 50))
    both = "".join(f'<Relationship Id="{n}" Type="{LINKS}/{t}" Target="{p}"/>' for n, t, p in (
        ("x", "worksheet", "worksheets/sheet1.xml"), ("s", "sharedStrings", "sharedStrings.xml")))  # fmt: skip
    members["xl/_rels/workbook.xml.rels"] = f"{RELATIONS}{both}</Relationships>"
    return zipped(members)


def laughing(path: str) -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    return zipped({"[Content_Types].xml": "<x/>", path: f"<!DOCTYPE x [{entities}]><x>&a19;</x>"})


def far_xls() -> bytes:
    made = bytearray(xls([[1.0, 2.0]]))
    struct.pack_into("<HH", made, bytes(made).rindex(struct.pack("<HHHH", 0x0203, 14, 0, 1)) + 4, 65535, 255)
    return bytes(made)


def circling_xls() -> bytes:
    """The last sector of the workbook points back to its first."""
    made = bytearray(xls([[1.0, 2.0]]))
    table = bytes(made).index(struct.pack("<III", 1, 2, 3))
    struct.pack_into("<I", made, table + 4 * 7, 0)
    return bytes(made)


def repeated_ods() -> bytes:
    with zipfile.ZipFile(io.BytesIO(MADE["a.ods"]())) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    content = bytes(members["content.xml"] if isinstance(members["content.xml"], bytes) else b"")
    many = content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">')
    return zipped(members | {"content.xml": many.replace(b'columns-repeated="2"', b'columns-repeated="1024"')})


QUICK: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "circle.pdf": (lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 5/Parent 2 0 R>>"), {"damaged", "empty"}),
    "previous.pdf": (lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>", trailer=b"/Prev HERE"), {"damaged", "empty"}),
    "many.pdf": (lambda: many_pages(10_001), {"too_many_pages"}),
    "bomb.png": (picture_bomb, {"bomb"}),
    "loop.tiff": (looping_tiff, {"read", "damaged"}),
    "many.tiff": (lambda: many_tiff(100_000), {"too_many_pages"}),
    "stream.pdf": (lambda: stream_pdf(packed(GB), b"/FlateDecode"), {"bomb"}),
    "nested.pdf": (lambda: stream_pdf(packed(GB, 3), b"/FlateDecode/FlateDecode/FlateDecode"), {"bomb"}),
    "wide.tiff": (wide_tiff, {"bomb", "too_large"}),
    "far.xls": (far_xls, {"bomb"}),
    "circle.xls": (circling_xls, {"damaged"}),
    "repeat.ods": (repeated_ods, {"bomb"}),
    "strings.xlsx": (lambda: strings_book(30_000, 200_000), {"bomb"}),
    "long.xlsx": (lambda: strings_book(20_000_000, 50), {"bomb"}),
    "laugh.docx": (lambda: laughing("word/document.xml"), {"bomb"}),
    "paragraphs.docx": (lambda: docx("<w:p/>" * 4_000_000), {"too_large"}),
    "deep.docx": (lambda: docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), {"damaged"}),
    "outside.docx": (
        lambda: zipped({"[Content_Types].xml": "", "word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        {"bomb"},
    ),
    "deep.html": (lambda: b"<html>" + b"<div>" * 500_000, {"empty"}),
    "lines.html": (lambda: b"<html>" + b"<div>x" * 2_000_000, {"too_large"}),
    "signs.html": (lambda: b"<html>" + b"&" * 10_000_000, {"too_many_pages"}),
    "comments.html": (lambda: b"<html>" + b"<!--" * 2_000_000, {"empty"}),
    "attributes.html": (lambda: b"<html>" + b"<a " * 2_000_000, {"empty"}),
    "spans.html": (lambda: b"<html><table>" + b"<tr><td colspan=64 rowspan=1024>x" * 100_000, {"bomb"}),
    "deep.txt": (lambda: b"[" * 1_000_000 + b"\n", {"read"}),
    "deep.rtf": (lambda: b"{\\rtf1" + b"{" * 1_000_000, {"damaged"}),
    "leap.rtf": (lambda: b"{\\rtf1\\bin4294967295 x}", {"empty", "damaged"}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(QUICK))
def test_a_file_made_to_hurt_is_refused_by_its_code(name):
    make, codes = QUICK[name]
    data = make()
    began = time.process_time()

    assert answer(data, name) in codes
    assert time.process_time() - began < SECONDS / 3


#: These may cost the reading process what it has; the parent lives and has an answer with a code.
HEAVY: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "stream.pdf": (lambda: stream_pdf(packed(2 * GB), b"/FlateDecode"), {"bomb"}),
    "nested.pdf": (lambda: stream_pdf(packed(2 * GB, 2), b"/FlateDecode/FlateDecode"), {"bomb"}),
    "operators.pdf": (
        lambda: stream_pdf(zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000), b"/FlateDecode"), {"read", "took_too_long"}
    ),
    "marks.rtf": (lambda: b"{\\rtf1 " + rb"\b0" * 5_000_000 + b"x}", {"too_large"}),
    "six-million.html": (lambda: b"<html>" + b"<div>" * 6_000_000, {"too_large"}),
    "five-million.xlsx": (lambda: cells_book(100_000), {"too_large"}),
    "line.csv": (lambda: b"a,b,c\n1,2," + b"x" * 50_000_000 + b"\n", {"read"}),
    "laugh.docx": (lambda: laughing("word/document.xml"), {"bomb"}),
}  # fmt: skip


@pytest.mark.slow
def test_the_reading_process_may_suffer_and_the_next_file_is_read():
    with Child() as child:
        for name, (make, codes) in HEAVY.items():
            try:
                problem = json.loads(child.run({"name": name, "ocr": "off"}, make())["reading"])["problem"]
                code = problem["code"] if problem else "read"
            except UnreadableFile as refusal:
                code = refusal.code
                held = re.search(r"(\d+) MB", refusal.detail)
                assert held is None or int(held[1]) < 1024, name
            assert code in codes, name
            assert json.loads(child.run({"name": "a.txt"}, "走访记录".encode())["reading"])["status"] == "read"
