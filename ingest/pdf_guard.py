"""How much the packed parts of a PDF unpack to, counted before the library that would believe them sees any of it."""

from __future__ import annotations

import re
import zlib

from ingest.limits import MB, Limits
from records.errors import Bomb

#: Where a part begins, and where it ends; between the two nothing is taken for a mark.
_MARK = re.compile(rb"(end)?stream(?:\r\n|\n|\r)?")
_MOST = 1032  # bytes that one packed byte can stand for: what is packed smaller needs no counting
_DEPTH = 4  # times that a part may be packed in itself; programs pack once
_STEP = 1 << 16
_ABOUT = 1024  # bytes before a part in which it is described
_LOOK = 4096  # bytes that a look at a part costs as much as
_WORK = 1 << 30  # bytes unpacked for counting: beyond, the limit of memory has to do


def guard_pdf(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a file with a part that unpacks to more than any page, picture or attachment holds."""
    begin = -1
    left = _WORK
    for mark in _MARK.finditer(data):
        if mark[1] is None:
            begin = mark.end()
        elif begin >= 0:
            if left > 0 and data[begin : begin + 1] == b"\x78":
                left -= _LOOK + _counted(memoryview(data)[begin : mark.start()], _limit(data, begin, limits), name)
            begin = -1


def _limit(data: bytes, begin: int, limits: Limits) -> int:
    """A picture may hold all the pixels that one may have; anything else as much as a file."""
    about = data[max(0, begin - _ABOUT) : begin]
    return 3 * limits.pixels if b"/Image" in about[about.rfind(b"obj") :] else limits.bytes


def _counted(packed: memoryview, most: int, name: str, depth: int = 1) -> int:
    """How much was unpacked to be sure; raises ``Bomb`` when it is too much."""
    inner = _start(packed)
    if depth == 1 and len(packed) * _MOST <= most and not _is_packed(inner):
        return 0
    if depth > _DEPTH:
        raise Bomb(f"{name}: packed {depth} times")
    total = 0
    kept = bytearray()
    unpacking = zlib.decompressobj()
    try:
        for at in range(0, len(packed), _STEP):
            rest: bytes | memoryview = packed[at : at + _STEP]
            while rest and not unpacking.eof:
                part = unpacking.decompress(rest, MB)
                rest = unpacking.unconsumed_tail
                total += len(part)
                if total > most:
                    raise Bomb(f"{name}: {len(packed)} -> {total} bytes")
                if _is_packed(inner):
                    kept += part
    except zlib.error:
        pass  # as far as it goes is what the library will see of it
    return total + (_counted(memoryview(kept), most, name, depth + 1) if kept else 0)


def _start(packed: memoryview) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed[:512], 2)
    except zlib.error:
        return b""


def _is_packed(start: bytes) -> bool:
    """Whether it begins as what is packed begins."""
    return len(start) == 2 and start[0] == 0x78 and int.from_bytes(start, "big") % 31 == 0
