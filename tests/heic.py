"""Real HEIC photos for tests, built by hand: every block of the picture is raw samples (I_PCM) in an HEVC slice of its own.

The library that reads HEIC brings no encoder. A slice for each block keeps the arithmetic coder at its first state, so that the
bits around the samples are always the same.
"""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

_BLOCK = 16


class Bits:
    """Bits one after the other."""

    def __init__(self) -> None:
        self.text = ""

    def u(self, count: int, value: int) -> Bits:
        self.text += format(value, f"0{count}b")
        return self

    def ue(self, *values: int) -> Bits:
        for value in values:
            code = format(value + 1, "b")
            self.text += "0" * (len(code) - 1) + code
        return self

    def ended(self) -> bytes:
        """With the stop bit and zeros up to a whole byte."""
        return _whole(self.text + "1")


def _whole(bits: str) -> bytes:
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _nal(kind: int, body: bytes) -> bytes:
    """With a three wherever two zeros would begin what looks like a start code."""
    out, zeros = bytearray([kind << 1, 1]), 0
    for byte in body:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(out)


def _terminated(width: int) -> str:
    """What the arithmetic coder writes for a last bin of one, with ``width`` left of its range; a stop bit included."""
    return format((width - 2) | 1, "09b")


_PROFILE = "00000001" + format(0x60000000, "032b") + "1001" + "0" * 44 + format(120, "08b")


def _video() -> bytes:
    bits = Bits().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xFFFF)
    bits.text += _PROFILE
    return _nal(32, bits.u(1, 1).ue(0, 0, 0).u(6, 0).ue(0).u(2, 0).ended())


def _sequence(width: int, height: int) -> bytes:
    bits = Bits().u(4, 0).u(3, 0).u(1, 1)
    bits.text += _PROFILE
    bits.ue(0, 1, width, height).u(1, 0).ue(0, 0, 0).u(1, 1).ue(0, 0, 0)  # 4:2:0, eight bits
    bits.ue(1, 0, 0, 2, 0, 0).u(3, 0)  # blocks of 16, transforms of 4 to 16; no scaling, amp, sao
    bits.u(1, 1).u(4, 7).u(4, 7).ue(1, 0).u(1, 1)  # raw samples of eight bits, blocks of 16, not filtered
    return _nal(33, bits.ue(0).u(5, 0).ended())


def _picture() -> bytes:
    bits = Bits().ue(0, 0).u(7, 0).ue(0, 0).ue(0).u(3, 0).ue(0, 0).u(7, 0)
    return _nal(34, bits.u(3, 0b101).u(2, 0).ue(0).u(2, 0).ended())


def _slice(luma: np.ndarray, chroma: tuple[np.ndarray, ...], address: int, digits: int) -> bytes:
    head = Bits().u(1, int(address == 0)).u(1, 0).ue(0)
    if address:
        head.u(digits, address)
    head = head.ue(2).ue(0)
    opening = _terminated(510 - 240)  # the block is not parted (the likely bin), then: raw samples follow
    samples = luma.tobytes() + b"".join(plane.tobytes() for plane in chroma)
    return _nal(19, head.ended() + _whole(opening) + samples + _whole(_terminated(510)))


def _box(kind: bytes, *parts: bytes, full: int | None = None) -> bytes:
    body = (b"" if full is None else struct.pack(">I", full)) + b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def heic(picture: Image.Image, quarters: int = 0) -> bytes:
    """A picture as a HEIC photo that asks to be turned by so many quarters against the clock. Sides: multiples of 16."""
    planes = [np.asarray(plane) for plane in picture.convert("YCbCr").split()]
    height, width = planes[0].shape
    halves = [np.ascontiguousarray(plane[::2, ::2]) for plane in planes[1:]]
    across, b, h = width // _BLOCK, _BLOCK, _BLOCK // 2
    count = across * (height // _BLOCK)
    digits = max(1, (count - 1).bit_length())
    slices = []
    for address in range(count):
        y, x = divmod(address, across)
        luma = planes[0][y * b : y * b + b, x * b : x * b + b]
        chroma = tuple(plane[y * h : y * h + h, x * h : x * h + h] for plane in halves)
        slices.append(_slice(luma, chroma, address, digits))
    stream = b"".join(struct.pack(">I", len(nal)) + nal for nal in slices)
    return _wrapped(stream, (_video(), _sequence(width, height), _picture()), width, height, quarters)


def _wrapped(stream: bytes, sets: tuple[bytes, ...], width: int, height: int, quarters: int) -> bytes:
    record = b"\x01" + _whole(_PROFILE) + bytes.fromhex("f000fcfdf8f800000f03")
    for kind, body in zip((32, 33, 34), sets, strict=True):
        record += struct.pack(">BHH", 0x80 | kind, 1, len(body)) + body
    shapes = _box(b"hvcC", record), _box(b"ispe", struct.pack(">II", width, height), full=0)
    properties = _box(b"ipco", *shapes, _box(b"irot", bytes([quarters])))
    owned = _box(b"ipma", struct.pack(">IHBBBB", 1, 1, 3, 0x81, 2, 0x83), full=0)
    item = _box(b"infe", struct.pack(">HH4sB", 1, 0, b"hvc1", 0), full=2 << 24)
    kept = b"".join(
        (
            _box(b"hdlr", bytes(4), b"pict", bytes(13), full=0),
            _box(b"pitm", struct.pack(">H", 1), full=0),
            _box(b"iinf", struct.pack(">H", 1), item, full=0),
            _box(b"iprp", properties, owned),
        )
    )
    kind = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    start = len(kind) + 12 + len(kept) + 30 + 8

    def places(offset: int) -> bytes:
        return _box(b"iloc", bytes([0x44, 0]), struct.pack(">HHHHII", 1, 1, 0, 1, offset, len(stream)), full=0)

    meta = _box(b"meta", kept, places(start), full=0)
    start = len(kind) + len(meta) + 8
    return kind + _box(b"meta", kept, places(start), full=0) + _box(b"mdat", stream)
