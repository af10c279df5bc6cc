"""JBIG2 pictures, which only PDFium can decode: the segments of one page, wrapped into a PDF of one page."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from ingest.limits import Limits
from records.errors import Bomb, DamagedFile

if TYPE_CHECKING:
    from PIL.Image import Image

MAGIC = b"\x97JB2\r\n\x1a\n"
_PAGE_INFO, _END_OF_PAGE, _END_OF_FILE = 48, 49, 51


def jbig2_picture(data: bytes, name: str, limits: Limits) -> Image:
    """Decode the (first) page of a JBIG2 file."""
    from pypdfium2 import raw

    from ingest.pdf_render import rendered
    from ingest.pdfium import opened, page_of

    try:
        segments, width, height = _segments(data)
    except (struct.error, IndexError, ValueError) as error:
        raise DamagedFile(name) from error
    if width * height > limits.pixels:
        raise Bomb(f"{name}: {len(data)} bytes, {width} x {height}")
    with opened(_pdf(segments, width, height), name) as document, page_of(document, 0) as page:
        if page is None or raw.FPDFPage_CountObjects(page) < 1:
            raise DamagedFile(name)
        return rendered(page, width, height)


def _segments(data: bytes) -> tuple[bytes, int, int]:
    """The segments as a PDF embeds them (no file header, no end marks), and the size of the page."""
    at = 0
    if data.startswith(MAGIC):
        at = 9 if data[8] & 2 else 13
    kept = bytearray()
    width = height = 0
    while at < len(data):
        start = at
        kind, at, length = _header(data, at)
        end = len(data) if length == 0xFFFFFFFF else min(len(data), at + length)
        if kind == _PAGE_INFO and not width:
            width, height = struct.unpack(">II", data[at : at + 8])
        if kind == _END_OF_FILE:
            break
        if kind != _END_OF_PAGE:
            kept += data[start:end]
        at = end
    if not (0 < width < 1 << 20 and 0 < height < 1 << 20):
        raise ValueError("no page")
    return bytes(kept), width, height


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """A segment header: the kind of segment, where its data begins, how long it is."""
    number, flags, referred = struct.unpack(">IBB", data[at : at + 6])
    at += 5
    count = referred >> 5
    if count == 7:
        count = struct.unpack(">I", data[at : at + 4])[0] & 0x1FFFFFFF
        at += 4 + (count + 8) // 8
    else:
        at += 1
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    return flags & 0x3F, at + 4, struct.unpack(">I", data[at : at + 4])[0]


def _pdf(segments: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that shows the picture and nothing else."""
    content = b"q %d 0 0 %d 0 0 cm /I Do Q" % (width, height)
    picture = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1" % (
        width,
        height,
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
        % (width, height),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<<%s/Filter/JBIG2Decode/Length %d>>stream\n%s\nendstream" % (picture, len(segments), segments),
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += (
        b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )
    return bytes(out)
