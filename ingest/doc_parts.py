"""The parts of a Word 97–2003 file: its header, the pieces its text lies in, what is said of paragraphs and characters."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_PAGE = 512  # bytes of a page of formatting
_HEAD = 0x0200  # bytes of a header that hold everything we ask for
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # of a modifier's operand, by the top three bits of its code; 0: it says so itself
_DEF_TABLE, _CHANGE_TABS, _HUGE = 0xD608, 0xC615, 0x6646

#: Modifiers (code → operand) of one paragraph or run.
Modifiers = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the main stream says."""

    version: int
    encrypted: bool
    table: str  #: the name of the stream that holds the tables
    language: int
    lengths: tuple[
        int, ...
    ]  #: characters of body, footnotes, headers, macros, comments, endnotes, text boxes, header boxes
    pieces: tuple[int, int]  #: place and length of each part in the table stream
    paragraphs: tuple[int, int]
    characters: tuple[int, int]
    fonts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A run of text: where it lies in the main stream, how many characters it has, one byte for each or two."""

    start: int
    count: int
    wide: bool
    changes: Modifiers

    @property
    def size(self) -> int:
        return 2 if self.wide else 1


def header(main: bytes) -> Header:
    """Raises ``struct.error`` when the stream is too short to be one."""
    if len(main) < _HEAD:
        raise struct.error("short header")
    version, language, flags = struct.unpack_from("<HxxHxxH", main, 2)

    def part(at: int) -> tuple[int, int]:
        place, length = struct.unpack_from("<II", main, at)
        return place, length

    lengths = struct.unpack_from("<8i", main, 0x4C)
    return Header(
        version,
        bool(flags & 0x0100),
        "1Table" if flags & 0x0200 else "0Table",
        language,
        tuple(max(0, length) for length in lengths),
        part(0x1A2),
        part(0x102),
        part(0xFA),
        part(0x112),
    )


def pieces(table: bytes, place: tuple[int, int], main_size: int) -> list[TextPiece]:
    """The pieces in the order of the text; what lies outside the stream is cut off."""
    clx = table[place[0] : place[0] + place[1]]
    changes: list[Modifiers] = []
    at = 0
    while at < len(clx) and clx[at] == 1:
        (size,) = struct.unpack_from("<H", clx, at + 1)
        changes.append(modifiers(clx[at + 3 : at + 3 + size]))
        at += 3 + size
    if at >= len(clx) or clx[at] != 2:
        raise struct.error("no pieces")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return list(_pieces(clx[at + 5 : at + 5 + size], changes, main_size))


def _pieces(plc: bytes, changes: list[Modifiers], main_size: int) -> Iterator[TextPiece]:
    count = (len(plc) - 4) // 12
    if count <= 0:
        raise struct.error("no pieces")
    borders = struct.unpack_from(f"<{count + 1}I", plc)
    for index in range(count):
        _, place, prm = struct.unpack_from("<HIH", plc, 4 * (count + 1) + 8 * index)
        wide = not place & 0x40000000
        start = place & 0x3FFFFFFF if wide else (place & 0x3FFFFFFF) // 2
        length = max(0, borders[index + 1] - borders[index])
        length = min(length, max(0, main_size - start) // (2 if wide else 1))
        change = changes[prm >> 1] if prm & 1 and prm >> 1 < len(changes) else {}
        yield TextPiece(start, length, wide, change)


def modifiers(data: bytes) -> Modifiers:
    """The modifiers in a list of them; stops where it makes no sense any more."""
    found: Modifiers = {}
    at = 0
    while at + 2 <= len(data):
        code = data[at] | data[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if code == _DEF_TABLE and at + 2 <= len(data):
            size = max(0, (data[at] | data[at + 1] << 8) - 1)
            at += 2
        elif not size:
            if at >= len(data) or (code == _CHANGE_TABS and data[at] == 255):
                break
            size = data[at]
            at += 1
        found[code] = data[at : at + size]
        at += size
    return found


class Formatting:
    """What is said of the paragraph or the run at a place of the main stream."""

    def __init__(self, main: bytes, data: bytes, table: bytes, place: tuple[int, int], *, paragraphs: bool) -> None:
        plc = table[place[0] : place[0] + place[1]]
        count = max(0, (len(plc) - 4) // 8)
        self._borders = list(struct.unpack_from(f"<{count + 1}I", plc)) if count else []
        self._pages = (
            [number & 0x3FFFFF for number in struct.unpack_from(f"<{count}I", plc, 4 * count + 4)] if count else []
        )
        self._main, self._data, self._paragraphs = main, data, paragraphs
        self._page = lru_cache(maxsize=8)(self._read_page)

    def at(self, place: int) -> tuple[Modifiers, int]:
        """The modifiers there, and the place where they end to apply."""
        index = bisect_right(self._borders, place) - 1
        if index < 0 or index >= len(self._pages):
            return {}, self._borders[0] if index < 0 and self._borders else 1 << 32
        borders, found = self._page(self._pages[index])
        inner = bisect_right(borders, place) - 1
        if inner < 0 or inner >= len(found):
            return {}, max(place + 1, self._borders[index + 1])
        return found[inner], max(place + 1, borders[inner + 1])

    def _read_page(self, number: int) -> tuple[list[int], list[Modifiers]]:
        page = self._main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            return [], []
        count = page[-1]
        step = 13 if self._paragraphs else 1
        if 4 * (count + 1) + step * count > _PAGE - 1:
            return [], []
        offsets = [2 * page[4 * (count + 1) + step * index] for index in range(count)]
        return list(struct.unpack_from(f"<{count + 1}I", page)), [self._entry(page, offset) for offset in offsets]

    def _entry(self, page: bytes, offset: int) -> Modifiers:
        if not offset or offset + 2 > _PAGE:
            return {}
        if not self._paragraphs:
            return modifiers(page[offset + 1 : offset + 1 + page[offset]])
        size = 2 * page[offset] - 1 if page[offset] else 2 * page[offset + 1]
        start = offset + 1 if page[offset] else offset + 2
        found = modifiers(page[start + 2 : start + max(0, size)])  # the first two bytes name the style
        if len(huge := found.get(_HUGE, b"")) == 4:
            place = int.from_bytes(huge, "little")
            length = int.from_bytes(self._data[place : place + 2], "little")
            found |= modifiers(self._data[place + 2 : place + 2 + length])
        return found


def font_names(table: bytes, place: tuple[int, int]) -> list[str]:
    """The fonts of the document, by their number."""
    block = table[place[0] : place[0] + place[1]]
    count = int.from_bytes(block[:2], "little")
    names: list[str] = []
    at = 4
    while at < len(block) and len(names) < count:
        size = block[at]
        name = block[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
        names.append(name.split("\x00", 1)[0])
        at += 1 + size
    return names
