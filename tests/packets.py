"""Containers built by hand for tests: zips with odd names, RAR with stored members, Outlook mails."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

#: A name as bytes, however many: replaced after the library has written an ASCII one of the same length.
Named = Sequence[tuple[bytes, bytes]]


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


def zipped_raw(files: Named, extra: Mapping[bytes, bytes] | None = None) -> bytes:
    """A zip whose names are these very bytes, without a word about their encoding."""
    body, directory = b"", b""
    for name, data in files:
        more = (extra or {}).get(name, b"")
        fixed = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 0, zlib.crc32(data), len(data), len(data), len(name), len(more))
        directory += b"PK\x01\x02" + b"\x14\x00" + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name + more
        body += b"PK\x03\x04" + fixed + name + more + data
    end = struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def unicode_path(raw: bytes, name: str) -> bytes:
    """Info-ZIP's extra field: the name once more, in UTF-8."""
    content = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


def stored_rar(files: Mapping[str, bytes], *, packed: bool = False) -> bytes:
    """A RAR (version 3) whose members are stored as they are; ``packed`` claims that they were compressed."""

    def block(kind: int, flags: int, head: bytes) -> bytes:
        body = struct.pack("<BHH", kind, flags, 7 + len(head)) + head
        return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body

    out = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, data in files.items():
        raw = name.encode("utf-8")
        method = 0x33 if packed else 0x30
        head = struct.pack(
            "<LLBLLBBHL", len(data), len(data), 3, zlib.crc32(data), 0x58000000, 20, method, len(raw), 0x20
        )
        out += block(0x74, 0x8000 | 0x0200 * 0, head + raw) + data
    return out + block(0x7B, 0x4000, b"")


# --- Outlook mails ------------------------------------------------------------------------------------------------------

Stored = dict[str, "bytes | Stored"]


def outlook(
    subject: str,
    text: str = "",
    *,
    html: bytes = b"",
    rtf: bytes = b"",
    attached: Mapping[str, bytes | Stored] | None = None,
) -> bytes:
    """A mail as Outlook stores it, in a compound file of our own making."""
    return compound(message(subject, text, html=html, rtf=rtf, attached=attached, header=32))


def message(
    subject: str,
    text: str = "",
    *,
    html: bytes = b"",
    rtf: bytes = b"",
    attached: Mapping[str, bytes | Stored] | None = None,
    header: int = 24,
) -> Stored:
    """The storage of one mail; with a shorter header when it is embedded in another."""

    def wide(value: str) -> bytes:
        return value.encode("utf-16-le")

    sent = struct.pack("<HHL", 0x0040, 0x0039, 6) + struct.pack("<Q", 133_600_000_000_000_000)
    found: Stored = {
        "__properties_version1.0": bytes(header) + sent,
        "__substg1.0_0037001F": wide(subject),
        "__substg1.0_0C1A001F": wide("张三"),
        "__substg1.0_5D01001F": wide("zhang@example.com"),
        "__substg1.0_0E04001F": wide("贷后管理部"),
    }
    found |= {"__substg1.0_1000001F": wide(text)} if text else {}
    found |= {"__substg1.0_10130102": html} if html else {}
    found |= {"__substg1.0_10090102": rtf} if rtf else {}
    for number, (name, data) in enumerate((attached or {}).items()):
        storage: Stored = {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": wide(name)}
        storage["__substg1.0_3701000D" if isinstance(data, dict) else "__substg1.0_37010102"] = data
        found[f"__attach_version1.0_#{number:08X}"] = storage
    return found


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _chain(data: bytes, size: int, sectors: list[bytes], table: list[int]) -> int:
    """Lay data into sectors of this size and note in the table how they follow each other; where it starts."""
    if not data:
        return _END
    start = len(sectors)
    parts = [data[at : at + size].ljust(size, b"\x00") for at in range(0, len(data), size)]
    sectors.extend(parts)
    table.extend([*range(start + 1, start + len(parts)), _END])
    return start


def compound(root: Stored) -> bytes:
    """An OLE compound file: small streams in the mini stream, large ones in sectors of 512 bytes."""
    entries: list[tuple[str, int, int, int]] = []  # name, kind, where it starts, size
    right: dict[int, int] = {}
    child: dict[int, int] = {}
    sectors: list[bytes] = []
    fat: list[int] = []
    small: list[bytes] = []
    minifat: list[int] = []

    def add(name: str, content: bytes | Stored) -> int:
        number = len(entries)
        if isinstance(content, bytes):
            mini = len(content) < 4096
            start = _chain(content, 64, small, minifat) if mini else _chain(content, 512, sectors, fat)
            entries.append((name, 2, start, len(content)))
            return number
        entries.append((name, 1 if number else 5, 0, 0))
        inside = [add(key, value) for key, value in content.items()]
        right.update(itertools.pairwise(inside))  # a tree that leans to one side is a tree
        child[number] = inside[0] if inside else _FREE
        return number

    add("Root Entry", root)
    mini = b"".join(small)
    entries[0] = ("Root Entry", 5, _chain(mini, 512, sectors, fat), len(mini))
    first_mini = _chain(b"".join(struct.pack("<L", at) for at in minifat), 512, sectors, fat)
    directory = b""
    for number, (name, kind, start, size) in enumerate(entries):
        raw = name.encode("utf-16-le") + b"\x00\x00"
        directory += raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1)
        directory += struct.pack("<LLL", _FREE, right.get(number, _FREE), child.get(number, _FREE)) + bytes(36)
        directory += struct.pack("<LQ", start, size)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\x00")
    first_directory = _chain(directory, 512, sectors, fat)
    count = len(fat) // 126 + 1
    places = range(len(sectors), len(sectors) + count)
    fat += [_FAT] * count
    table = b"".join(struct.pack("<L", value) for value in fat).ljust(512 * count, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack(
        "<LLLLLLLLL", 0, count, first_directory, 0, 4096, first_mini, -(-len(minifat) // 128), _END, 0
    )
    header += b"".join(struct.pack("<L", place) for place in places).ljust(436, b"\xff")
    return header + b"".join(sectors) + table
