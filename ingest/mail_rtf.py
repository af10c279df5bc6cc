"""The compressed RTF in which Outlook keeps a mail's text (MS-OXRTFCP), and the words in it."""

from __future__ import annotations

import struct

from ingest.rtf import read_rtf
from records.errors import UnreadableFile

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbol"
    rb"ArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_MOST = 8 << 20


def text_of_rtf(data: bytes) -> str:
    """The words; nothing when it is no RTF."""
    raw = _unpacked(data)
    if not raw.startswith(b"{\\rtf"):
        return ""
    try:
        pages, _ = read_rtf(raw, "")
    except UnreadableFile:
        return ""
    return "\n".join(line.text for page in pages for line in page.lines()).strip("\x00")


def _unpacked(data: bytes) -> bytes:
    if len(data) < 16:
        return b""
    size, kind = struct.unpack("<4xI4s", data[:12])
    if kind == _PLAIN:
        return data[16 : 16 + size]
    return _inflated(data[16:], min(size, _MOST)) if kind == _COMPRESSED else b""


def _inflated(data: bytes, size: int) -> bytes:
    """Eight tokens after each byte of flags: a letter, or where in the last 4096 bytes to copy from, and how many."""
    window = bytearray(_DICTIONARY.ljust(4096, b"\x00"))
    write, at = len(_DICTIONARY), 0
    out = bytearray()
    while at < len(data) and len(out) < size:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if not flags >> bit & 1:
                piece, at = data[at : at + 1], at + 1
            else:
                token, at = int.from_bytes(data[at : at + 2], "big"), at + 2
                start, length = token >> 4, (token & 15) + 2
                if start == write:  # the mark of the end
                    return bytes(out)
                piece = b""
                for step in range(length):
                    byte = window[(start + step) % 4096]
                    window[(write + step) % 4096] = byte
                    piece += bytes((byte,))
            for step, byte in enumerate(piece):
                window[(write + step) % 4096] = byte
            write = (write + len(piece)) % 4096
            out += piece
    return bytes(out[:size])
