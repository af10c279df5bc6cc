"""How many pages a TIFF has: its directories counted along their chain, in time that grows with their number only."""

from __future__ import annotations

import struct

_ORDERS = {b"II": "<", b"MM": ">"}


def pages_in(data: bytes, most: int) -> int:
    """How many directories follow one another, up to one more than ``most``; a chain that bites its tail ends there."""
    order = _ORDERS.get(data[:2], "<")
    large = data[2:4] in (b"+\x00", b"\x00+")
    place = struct.Struct(order + ("Q" if large else "I"))
    entries = struct.Struct(order + ("Q" if large else "H"))
    seen: set[int] = set()
    try:
        (at,) = place.unpack_from(data, 8 if large else 4)
        while at and at not in seen and len(seen) <= most:
            (count,) = entries.unpack_from(data, at)
            seen.add(at)
            (at,) = place.unpack_from(data, at + entries.size + count * (20 if large else 12))
    except struct.error:  # beyond the end of the file: what stands before it counts
        pass
    return len(seen)
