"""Whether digits look like what the text layer calls them: the sly kind of wrong table maps 1 to another valid digit.

A digit's picture is held against the digits of four plain typefaces. That is no reading: it only says whether a font's digits
look like others than they claim, and the page is then read by OCR to settle it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import sub

from pypdfium2 import raw

from ingest.pdf_words import Frame
from ingest.pdfium import Characters, Handle

_WIDE, _HIGH = 12, 18  # of a digit held against others, in pixels
_TYPEFACES = ("Helvetica", "Times-Roman", "Courier", "Helvetica-Bold")
_SPOTS = 5  # places on a page where each digit is looked for
_FEWEST = 4  # different digits; fewer tell nothing
_MARGIN = 0.06  # by so much two digits must look more like others; usual typefaces stay below −0.02
_PLAINLY = 0.15  # so much is enough for one digit
_SCALE = 3.0  # pixels for each point
_SMALL, _TALL = 4.0, 40.0  # points; other sizes are not looked at

Sample = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Grey:
    """A page in grey, without the library for pictures: reading text must not load it."""

    width: int
    height: int
    stride: int
    data: bytes

    def part(self, x0: int, y0: int, x1: int, y1: int) -> list[bytes]:
        """The rows of a part of it."""
        x0, x1 = max(0, x0), min(self.width, x1)
        return [self.data[y * self.stride + x0 : y * self.stride + x1] for y in range(max(0, y0), min(self.height, y1))]


def _grey(page: Handle, width: int, height: int) -> Grey:
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return Grey(0, 0, 0, b"")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        return Grey(width, height, stride, ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def contradicted(page: Handle, characters: Characters, frame: Frame, known: set[str]) -> bool:
    """Whether a font not known yet draws other digits than the layer says; adds the fonts looked at to ``known``."""
    fonts = _digits(characters, known)
    if not fonts:
        return False
    scale = min(_SCALE, 2600 / max(frame.size))
    picture = _grey(page, max(1, round(frame.size[0] * scale)), max(1, round(frame.size[1] * scale)))
    wrong = False
    for name, places in fonts.items():
        known.add(name)
        wrong = wrong or _unlike({digit: _cut(picture, characters, index, frame) for digit, index in places.items()})
    return wrong


def _digits(characters: Characters, known: set[str]) -> dict[str, dict[str, int]]:
    """One place of each digit, by the font it is drawn in; only fonts that are new and show enough digits."""
    found: dict[str, dict[str, int]] = {}
    text = characters.text
    step = max(1, len(text) // _SPOTS)
    for char in "0123456789":
        last = -1
        for start in range(0, len(text), step):  # spread over the page: a foot may be set in another font than the rows
            index = text.find(char, max(start, last + 1), start + step)
            if index < 0 or not _SMALL < characters.top[index] - characters.bottom[index] < _TALL:
                continue
            last = index
            name = characters.font(index)
            if name not in known:
                found.setdefault(name, {}).setdefault(char, index)
    return {name: digits for name, digits in found.items() if len(digits) >= _FEWEST}


def _cut(picture: Grey, characters: Characters, index: int, frame: Frame) -> Sample | None:
    box = frame.box(*characters.ink(index))
    width, height = picture.width, picture.height
    return shape(
        picture.part(
            int(box.x0 * width), int(box.y0 * height), round(box.x1 * width + 0.5), round(box.y1 * height + 0.5)
        )
    )


def shape(rows: Sequence[bytes]) -> Sample | None:
    """The ink of a small grey picture, cut out and brought to one size; None where there is none, or no contrast."""
    if not rows or not rows[0]:
        return None
    low, high = min(map(min, rows)), max(map(max, rows))
    if high - low < 60:
        return None
    pale = rows[0][0] + rows[0][-1] + rows[-1][0] + rows[-1][-1] > 2 * (low + high)
    spread = 255 / (high - low)
    ink = [((high - grey) if pale else (grey - low)) * spread for grey in range(256)]
    is_ink = bytes(value > 110 for value in ink)
    inked = [row.translate(is_ink) for row in rows]
    across = [x for x, column in enumerate(zip(*inked, strict=True)) if 1 in column]
    down = [y for y, row in enumerate(inked) if 1 in row]
    if len(down) < 4 or not across:
        return None
    left, top, wide, high_ = across[0], down[0], across[-1] + 1 - across[0], down[-1] + 1 - down[0]
    width = max(2, min(_WIDE, round(_HIGH * wide / high_)))
    margin = (_WIDE - width) // 2
    blank = [0.0] * margin, [0.0] * (_WIDE - width - margin)
    columns = [_touched(left + wide * x / width, wide / width) for x in range(width)]
    sample: list[float] = []
    for y in range(_HIGH):
        lines = rows[_touched(top + high_ * y / _HIGH, high_ / _HIGH)]
        row = [_mean([ink[grey] for line in lines for grey in line[column]]) for column in columns]
        sample += blank[0] + row + blank[1]
    return tuple(sample)


def _touched(begin: float, length: float) -> slice:
    """The pixels that a stretch of a picture touches."""
    return slice(int(begin), max(int(begin) + 1, int(begin + length + 0.5)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _unlike(samples: Mapping[str, Sample | None]) -> bool:
    """Whether two digits of a font look more like other digits, or one plainly does."""
    margins = [margin(digit, sample) for digit, sample in samples.items() if sample is not None]
    return sum(value > _MARGIN for value in margins) >= 2 or max(margins, default=0.0) > _PLAINLY


def margin(digit: str, sample: Sample) -> float:
    """By how much another digit looks more alike than the one it is said to be; negative where it is itself."""
    alike = {name: max(_likeness(sample, other) for other in shapes) for name, shapes in references().items()}
    return max(value for name, value in alike.items() if name != digit) - alike[digit]


def _likeness(one: Sample, other: Sample) -> float:
    apart: float = sum(map(abs, map(sub, one, other)))
    return 1 - apart / (255 * len(one))


@lru_cache(maxsize=1)
def references() -> dict[str, tuple[Sample, ...]]:
    """The ten digits in typefaces that the library brings along."""
    found: dict[str, list[Sample]] = {str(digit): [] for digit in range(10)}
    document = raw.FPDF_CreateNewDocument()
    try:
        page = raw.FPDFPage_New(document, 0, 400, 40 * len(_TYPEFACES))
        for row, typeface in enumerate(_TYPEFACES):
            for digit in range(10):
                _write(document, page, typeface, str(digit), 10 + 38 * digit, 12 + 40 * row)
        raw.FPDFPage_GenerateContent(page)
        picture = _grey(page, 800, 80 * len(_TYPEFACES))
        raw.FPDF_ClosePage(page)
    finally:
        raw.FPDF_CloseDocument(document)
    for row in range(len(_TYPEFACES)):
        top = 80 * (len(_TYPEFACES) - 1 - row)
        for digit in range(10):
            sample = shape(picture.part(76 * digit, top, 76 * digit + 76, top + 80))
            if sample is not None:
                found[str(digit)].append(sample)
    return {digit: tuple(samples) for digit, samples in found.items()}


def _write(document: Handle, page: Handle, typeface: str, text: str, x: float, y: float) -> None:
    thing = raw.FPDFPageObj_NewTextObj(document, typeface.encode(), 24)
    encoded = (text + "\x00").encode("utf-16-le")
    buffer = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
    raw.FPDFText_SetText(thing, buffer)
    raw.FPDFPageObj_Transform(thing, 1, 0, 0, 1, x, y)
    raw.FPDFPage_InsertObject(page, thing)
