"""The one door to PDFium: opening, pages and the lock (the library may be entered by one thread at a time)."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import Any

import pypdfium2  # noqa: F401  (its import initialises the library)
from pypdfium2 import raw

from records.errors import DamagedFile, PasswordProtected, Unsupported

LOCK = threading.RLock()

_PASSWORD, _SECURITY = 4, 5

#: A handle of the library; ctypes knows no more about it.
Handle = Any


@contextmanager
def opened(data: bytes, name: str, password: str | None = None) -> Iterator[Handle]:
    """Open a PDF and hold the library until it is closed again."""
    with LOCK:
        document = _load(data, name, password)
        try:
            yield document
        finally:
            raw.FPDF_CloseDocument(document)


def _load(data: bytes, name: str, password: str | None) -> Handle:
    document = raw.FPDF_LoadMemDocument64(data, len(data), password.encode() if password else None)
    if document:
        return document
    error = raw.FPDF_GetLastError()
    if error == _PASSWORD:
        raise PasswordProtected(name)
    if error == _SECURITY:
        raise Unsupported(f"{name}: encrypted in a way only its own program can open")
    raise DamagedFile(name)


@contextmanager
def page_of(document: Handle, index: int) -> Iterator[Handle]:
    """One page (from 0), closed afterwards; None when it cannot be loaded."""
    page = raw.FPDF_LoadPage(document, index)
    try:
        yield page or None
    finally:
        if page:
            raw.FPDF_ClosePage(page)


def page_box(page: Handle) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is shown, in the page's own (unturned) points."""
    rect = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, rect):
        return 0.0, 0.0, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    return rect.left, rect.bottom, rect.right, rect.top


def plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of the library that takes plain addresses; the wrapper's own prototypes convert a structure per call, which
    is three times slower. It keeps the interpreter's lock, and is over sooner than that is handed on."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def address(handle: Handle) -> int:
    """Where a handle of the library points."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


_P, _I = ctypes.c_void_p, ctypes.c_int
_loose_box = plain(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_unicode = plain(raw.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_angle = plain(raw.FPDFText_GetCharAngle, ctypes.c_float, _P, _I)
_object_of = plain(raw.FPDFText_GetTextObject, _P, _P, _I)
_map_error = plain(raw.FPDFText_HasUnicodeMapError, _I, _P, _I)
_tight_box = plain(raw.FPDFText_GetCharBox, _I, _P, _I, _P, _P, _P, _P)
_font_size = plain(raw.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
_font_info = plain(raw.FPDFText_GetFontInfo, ctypes.c_ulong, _P, _I, _P, ctypes.c_ulong, _P)


class Characters:
    """The characters of a page: their text in one string and their loose boxes in four lists of points."""

    __slots__ = ("_address", "_textpage", "bottom", "left", "right", "text", "top")

    def __init__(self, textpage: Handle) -> None:
        self._textpage = textpage
        count = max(0, raw.FPDFText_CountChars(textpage))
        self._address = address(textpage)
        self.text = self._read_text(textpage, count)
        boxes = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(boxes)
        for _ in map(_loose_box, repeat(self._address), range(count), range(start, start + 16 * count, 16)):
            pass  # the fastest loop there is: a page has thousands of characters
        self.left: list[float] = boxes[0::4]
        self.top: list[float] = boxes[1::4]
        self.right: list[float] = boxes[2::4]
        self.bottom: list[float] = boxes[3::4]

    def _read_text(self, textpage: Handle, count: int) -> str:
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(textpage, 0, count, buffer)
        if written == count + 1:
            text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
            if len(text) == count:
                return text
        # Rare: characters beyond the first plane, or ones that the library leaves out of its text.
        codes = (_unicode(self._address, index) for index in range(count))
        return "".join(chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def angle(self, index: int) -> float:
        """How far one character is turned, in radians; -1 when unknown."""
        return float(_angle(self._address, index))

    def face(self, index: int) -> str:
        """The font of one character without the mark of a subset, and its size: "Helvetica 8.0"."""
        buffer = ctypes.create_string_buffer(96)
        written = int(_font_info(self._address, index, ctypes.addressof(buffer), 96, None))
        name = buffer.value.decode("utf-8", "replace") if 0 < written <= 96 else ""
        if name[6:7] == "+":
            name = name[7:]
        return f"{name} {_font_size(self._address, index):.1f}"

    def object_of(self, index: int) -> int:
        """The address of the text object that holds one character; 0 for one that the library made up."""
        return int(_object_of(self._address, index) or 0)

    def unmapped(self, index: int) -> bool:
        """Whether the file does not say which character this one is."""
        return int(_map_error(self._address, index)) == 1

    def ink(self, index: int) -> tuple[float, float, float, float]:
        """The box of one character's own outline: left, bottom, right, top."""
        sides = (ctypes.c_double * 4)()
        start = ctypes.addressof(sides)
        _tight_box(self._address, index, start, start + 16, start + 8, start + 24)
        return sides[0], sides[1], sides[2], sides[3]

    def font(self, index: int) -> str:
        """The name of the font of one character, with the tag of its subset."""
        buffer = ctypes.create_string_buffer(128)
        length = int(_font_info(self._address, index, ctypes.addressof(buffer), 128, None))
        return buffer.raw[: max(0, min(length, 128) - 1)].decode("latin-1")

    def render_mode(self, index: int) -> int:
        """How one character is drawn; 3 is not at all."""
        thing = raw.FPDFText_GetTextObject(self._textpage, index)
        return int(raw.FPDFTextObj_GetTextRenderMode(thing)) if thing else -1


@contextmanager
def characters_of(page: Handle) -> Iterator[Characters]:
    """The characters of a page, while its text page is open."""
    textpage = raw.FPDFText_LoadPage(page)
    if not textpage:
        raise DamagedFile("text of a page")
    try:
        yield Characters(textpage)
    finally:
        raw.FPDFText_ClosePage(textpage)
