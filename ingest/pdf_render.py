"""A page of a PDF as a picture: for OCR at the resolution it was scanned with, for people at the width they ask for."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from pypdfium2 import raw

from ingest.pdf_lines import Drawn, drawn_on
from ingest.pdf_words import Frame
from ingest.pdfium import Handle, characters_of, opened, page_of
from records.errors import DamagedFile, NotFound

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 200  # above that OCR gains nothing
_SHORTEST, _LONGEST = 900, 2600  # pixels of the longer side: a page may call itself a metre wide, or a thumb
_TALLEST = 12000  # pixels of a picture for people


def rendered(page: Handle, width: int, height: int, quarter: int = 0) -> Image:
    """The page, turned by so many quarter turns clockwise, at this size in pixels."""
    from PIL import Image

    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        raise DamagedFile(f"{width} x {height}")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, quarter % 4, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width, height), data, "raw", "BGRX", stride, 1)


def for_reading(page: Handle, frame: Frame, drawn: Drawn) -> tuple[Image, float]:
    """The page for OCR, and how many pixels of its scan stand behind each of the picture's."""
    width, height = frame.size
    longest = max(width, height)
    wanted = longest / 72 * _DPI
    scanned = _scanned(page, drawn, frame)
    if scanned:
        wanted = min(max(scanned, _SHORTEST), wanted if longest < 2000 else _LONGEST)
    wanted = min(max(wanted, _SHORTEST), _LONGEST)
    scale = wanted / longest
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return rendered(page, *size), scanned / wanted if scanned else 1.0


def _scanned(page: Handle, drawn: Drawn, frame: Frame) -> float:
    """Pixels along the longer side of the page, by the largest picture on it; 0 where no picture fills it."""
    if drawn.largest_picture(frame) < 0.5:
        return 0.0
    best = 0.0
    for index in range(min(200, max(0, raw.FPDFPage_CountObjects(page)))):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        across, down = ctypes.c_uint(), ctypes.c_uint()
        sides = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFImageObj_GetImagePixelSize(thing, across, down) or not raw.FPDFPageObj_GetBounds(thing, *sides):
            continue
        span = max(sides[2].value - sides[0].value, sides[3].value - sides[1].value)
        if span > 1 and span * span > 0.4 * frame.width * frame.height:
            best = max(best, max(across.value, down.value) * max(frame.width, frame.height) / span)
    return best


def shown_page(data: bytes, name: str, number: int, quarter: int, width: int, password: str | None = None) -> Image:
    """A page for people; one that was read from its picture is laid flat as it was for reading."""
    from ingest.pdf_judge import frame_of, judge

    with opened(data, name, password) as document:
        if not 1 <= number <= raw.FPDF_GetPageCount(document):
            raise NotFound(f"page {number} of {name}")
        with page_of(document, number - 1) as page:
            if page is None:
                raise DamagedFile(f"page {number} of {name}")
            frame, drawn = frame_of(page), drawn_on(page)
            with characters_of(page) as characters:
                verdict = judge(characters, frame, drawn, number)
            if not verdict.sound:
                from ingest.flat import shown

                return shown(for_reading(page, frame, drawn)[0], quarter, width)
            across, down = frame.size if quarter % 2 == 0 else frame.size[::-1]
            return rendered(page, width, min(_TALLEST, max(1, round(width * down / across))), quarter)
