"""Real files of every kind we open, and the ways in which a file arrives spoilt; every case follows from its number."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

import openpyxl
from PIL import Image

from tests.ingest_papers import docx, encoded, pdf, picture_of, saved, statement, workbook, zipped
from tests.office_papers import Run, cells, doc, row_end, xls
from tests.test_ingest_number_format import XML_BOOK, raw_book
from tests.test_ingest_rtf import MHT, escaped, locked, rtf

_TABLE = "<html><table><tr><td rowspan=2>日期<td>金额</tr><tr><td>1.00</table><p style='display:none'>x</p></html>"
_ROW = r"\trowd\cellx2000\cellx6000\pard\intbl A\cell 1.00\cell\row\pard"
_BODY = (
    "<w:p><w:r><w:t>贷后检查报告</w:t></w:r></w:p><w:tbl><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid><w:tr><w:tc><w:tcPr>"
    "<w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>余额 1.00</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
_HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="a"><table:table-row><table:table-cell office:value-type="float" '
    'office:value="1.5" table:number-columns-repeated="2"><text:p>1.5</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def _book() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["日期", "金额", 0.0435])
    book.active["C1"].number_format = "0.00%"
    book.active.merge_cells("A2:B2")
    return saved(book)


def _ods() -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": _ODS})


@cache
def _picture() -> Image.Image:
    return picture_of(pdf(statement), dpi=30)


MADE: dict[str, Callable[[], bytes]] = {
    "a.pdf": lambda: pdf(statement),
    "a.xlsx": _book,
    "b.xlsx": lambda: raw_book('<row r="1"><c r="A1" s="1"><f>B1</f><v>45292</v></c><c t="e"><v>#REF!</v></c></row>'),
    "locked.xlsx": lambda: locked(workbook([["a", 1]]), "VelvetSweatshop"),
    "a.xls": lambda: xls([["日期", 1.5, None], ["a", 45292.0, 3]], {(1, 1): 'yyyy"年"m"月"'}),
    "xml.xls": lambda: XML_BOOK.encode("gbk"),
    "a.ods": _ods,
    "a.docx": lambda: docx(_BODY, header1=_HEADER),
    "a.doc": lambda: doc(Run("正文\r"), *cells("甲", "1"), row_end(0, 9, 99), Run("x\r", wide=False), heads=[Run("头\r")]),
    "a.rtf": lambda: rtf(escaped("贷后") + _ROW + r"{\footnote n}\u20320?{\field{\*\fldinst SYMBOL 254 \\f}{\fldrslt x}}"),
    "a.mht": lambda: (MHT % _TABLE).encode("gbk"),
    "a.html": lambda: _TABLE.encode("gbk"),
    "a.csv": lambda: '日期,摘要,金额\n2024-01-03,"存,入",1\n2024-01-04,="6222",2\n'.encode("gbk"),
    "a.tsv": lambda: "日期\t摘要\t金额\n2024-01-03\t存入\t1\n2024-01-04\t支出\t2\n".encode("utf-16"),
    "a.txt": lambda: "走访记录\n客户：某某\n现场正常，未发现停产。\n".encode("gb18030"),
    "a.md": lambda: "# 走访\n| a | b |\n|---|---|\n| 1 | **2** |\n".encode(),
    "a.png": lambda: encoded(_picture()),
    "a.jpg": lambda: encoded(_picture(), "JPEG"),
    "a.tiff": lambda: encoded(_picture(), "TIFF"),
    "a.bmp": lambda: encoded(_picture().convert("L"), "BMP"),
    "a.gif": lambda: encoded(_picture().convert("P"), "GIF"),
    "a.webp": lambda: encoded(_picture(), "WEBP"),
}  # fmt: skip
_ORIGINALS = {name: make() for name, make in MADE.items()}
_ODD = (b"\x00", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"<", b"&", b'"', b"{", b"\\")


def spoilt(number: int) -> tuple[str, bytes]:
    """The name and the bytes of a case."""
    chance = random.Random(number)
    name = sorted(_ORIGINALS)[number % len(_ORIGINALS)]
    data = _ORIGINALS[name]
    if data.startswith(b"PK") and chance.random() < 0.7:
        return name, _inside(data, chance)
    return name, _bytes(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """One to four of: bytes flipped, cut off, blocks exchanged or doubled, a number overwritten, something put in."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not spoilt:
            break
        at, to = (chance.randrange(len(spoilt)) for _ in range(2))
        size = chance.choice((1, 2, 4, 8, 64, 512))
        match chance.randrange(7):
            case 0:
                for _ in range(size):
                    spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            case 1:
                del spoilt[at:]
            case 2:
                spoilt[at : at + size], spoilt[to : to + size] = spoilt[to : to + size], spoilt[at : at + size]
            case 3:
                spoilt[at : at + 4] = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)).to_bytes(
                    4, "little"
                )
            case 4:
                spoilt[at:at] = chance.choice(_ODD) * size
            case 5:
                del spoilt[at : at + size]
            case _:
                spoilt[at:at] = spoilt[to : to + 16 * size]
    return bytes(spoilt)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """One member of a container spoilt, or an element of it taken out or doubled, and all of it packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    parts = members[name].split(b"<")
    at = chance.randrange(len(parts))
    match chance.randrange(4):
        case 0:
            members[name] = _bytes(members[name], chance)
        case 1:
            members[name] = b"<".join(parts[:at] + parts[at + chance.choice((1, 2, 5)) :])
        case 2:
            members[name] = b"<".join(parts[: at + 1] + parts[max(0, at - 3) :])
        case _:
            del members[name]
    return zipped(dict(members))
