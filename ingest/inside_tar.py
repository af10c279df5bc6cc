"""What lies in a gzip file or a tar: one file, or a folder of them."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from ingest.inside import Member, name_in, too_large
from ingest.limits import MB, Limits
from records.errors import Bomb, DamagedFile, TooLarge

_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_NAMED = 0x08  # flag of a gzip header that carries the name of its file
_EXTRA = 0x04


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The files of a tar, packed or not; of a plain gzip file the one it was made from."""
    content = _inflated(data, name, limits) if data.startswith(_GZIP) else data
    if content[257:262] == b"ustar":
        yield from _of_tar(content, name, limits)
    else:
        yield Member(_name_in_header(data) or name.rpartition("/")[2].removesuffix(".gz"), content)


def _inflated(data: bytes, name: str, limits: Limits) -> bytes:
    """All of it, unpacked bit by bit so that a bomb is known before it has gone off."""
    parts: list[bytes] = []
    total = 0
    rest = data
    while rest.startswith(_GZIP):
        inflate = zlib.decompressobj(31)
        try:
            while rest and not inflate.eof:
                parts.append(inflate.decompress(rest, _CHUNK))
                rest = inflate.unconsumed_tail
                total += len(parts[-1])
                if total > limits.unpacked or (total > 32 * MB and total > limits.ratio * len(data)):
                    raise Bomb(f"{name}: {len(data)} -> {total} bytes and more")
        except zlib.error as error:
            raise DamagedFile(name) from error
        if not inflate.eof:
            raise DamagedFile(name)
        rest = inflate.unused_data
    return b"".join(parts)


def _name_in_header(data: bytes) -> str:
    """The name that gzip noted; bytes of no stated encoding."""
    if not data.startswith(_GZIP) or len(data) < 12 or not data[3] & _NAMED:
        return ""
    start = 12 + int.from_bytes(data[10:12], "little") if data[3] & _EXTRA else 10
    raw = data[start : data.find(b"\x00", start)]
    return name_in(raw, raw.decode("latin-1")).rpartition("/")[2]


def _of_tar(content: bytes, name: str, limits: Limits) -> Iterator[Member]:
    count = 0
    try:
        with tarfile.open(fileobj=BytesIO(content), mode="r:") as archive:
            for info in archive:
                if not info.isreg():  # links and devices hold nothing
                    continue
                count += 1
                if count > limits.members:
                    raise TooLarge(f"{name}: more than {limits.members} files")
                yield _member(archive, info, name, limits)
    except (tarfile.TarError, ValueError, OSError, EOFError) as error:
        raise DamagedFile(name) from error


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str, limits: Limits) -> Member:
    raw = info.name.encode("utf-8", "surrogateescape")
    path = name_in(raw, raw.decode("utf-8", "replace"))
    if info.size > limits.bytes:
        return Member(path, problem=too_large(f"{name}!/{path}", info.size, limits))
    stream = archive.extractfile(info)
    data = stream.read() if stream else b""
    return Member(path, data) if len(data) == info.size else Member(path, problem=DamagedFile(f"{name}!/{path}"))
