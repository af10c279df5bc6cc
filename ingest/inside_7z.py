"""What lies in a 7z archive, unpacked into memory with every byte counted."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import py7zr
from py7zr import exceptions
from py7zr.io import Py7zIO, WriterFactory

from ingest.inside import Member, too_large
from ingest.limits import MB, Limits
from records.errors import Bomb, DamagedFile, PasswordProtected, TooLarge, UnreadableFile, Unsupported

#: What the library raises over bytes it did not expect.
_BROKEN = (exceptions.ArchiveError, lzma.LZMAError, EOFError, OSError, ValueError, TypeError, KeyError, IndexError,
           AttributeError, AssertionError)  # fmt: skip


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The files in a 7z archive, in the order packed."""
    try:
        with py7zr.SevenZipFile(BytesIO(data), password=password or None) as archive:
            wanted = [one for one in archive.list() if one.is_file and not one.is_symlink]
            _bounded(wanted, data, name, limits)
            small = [one.filename for one in wanted if one.uncompressed <= limits.bytes]
            kept = _Kept(limits, name)
            _unpack(archive, small, kept, name, locked=archive.needs_password())
    except UnreadableFile:
        raise
    except exceptions.PasswordRequired as error:
        raise PasswordProtected(name) from error
    except _BROKEN as error:
        raise (PasswordProtected if password and _is_locked(data) else DamagedFile)(name) from error
    for one in wanted:
        yield _member(one, kept, name, limits)


def _is_locked(data: bytes) -> bool:
    """Whether it cannot be opened without a password: then a wrong one reads as damage."""
    try:
        with py7zr.SevenZipFile(BytesIO(data)) as archive:
            return bool(archive.needs_password())
    except exceptions.PasswordRequired:
        return True
    except _BROKEN:
        return False


def _bounded(wanted: list[Any], data: bytes, name: str, limits: Limits) -> None:
    if len(wanted) > limits.members:
        raise TooLarge(f"{name}: {len(wanted)} files > {limits.members}")
    declared = sum(one.uncompressed for one in wanted)
    if declared > limits.unpacked or (declared > 32 * MB and declared > limits.ratio * len(data)):
        raise Bomb(f"{name}: {len(data)} -> {declared} bytes")


def _unpack(archive: Any, names: list[str], kept: _Kept, name: str, *, locked: bool) -> None:
    if not names:
        return
    try:
        archive.extract(targets=names, factory=kept)
    except exceptions.UnsupportedCompressionMethodError as error:
        raise Unsupported(
            f"{name}（压缩方法不支持，请用 zip 重新打包 · compression method; pack it as zip）"
        ) from error
    except _BROKEN as error:
        raise (PasswordProtected if locked else DamagedFile)(name) from error


def _member(one: Any, kept: _Kept, name: str, limits: Limits) -> Member:
    if one.uncompressed > limits.bytes:
        return Member(one.filename, problem=too_large(f"{name}!/{one.filename}", one.uncompressed, limits))
    data = kept.take(one.filename) if one.uncompressed else b""
    if data is None or len(data) != one.uncompressed:
        return Member(one.filename, problem=DamagedFile(f"{name}!/{one.filename}"))
    return Member(one.filename, data)


class _Kept(WriterFactory):
    """Where the library writes to: memory, by name, up to a limit over all."""

    def __init__(self, limits: Limits, name: str) -> None:
        self.left, self.name = limits.unpacked, name
        self._parts: dict[str, list[_Sink]] = {}

    def create(self, filename: str) -> Py7zIO:
        """A place for one member. Two may bear one name."""
        sink = _Sink(self)
        self._parts.setdefault(filename, []).append(sink)
        return sink

    def take(self, filename: str) -> bytes | None:
        """The bytes of the next member of this name; they are given once."""
        sinks = self._parts.get(filename)
        return bytes(sinks.pop(0).bytes) if sinks else None


class _Sink(Py7zIO):
    """One member being written."""

    def __init__(self, kept: _Kept) -> None:
        self.bytes, self._kept, self._at = bytearray(), kept, 0

    def write(self, s: bytes | bytearray) -> int:
        """Append, and count."""
        self._kept.left -= len(s)
        if self._kept.left < 0:
            raise Bomb(self._kept.name)
        self.bytes += s
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        """From where ``seek`` put us."""
        end = None if size is None or size < 0 else self._at + size
        part = bytes(self.bytes[self._at : end])
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = 0) -> int:
        """As files do."""
        self._at = offset + (0, self._at, len(self.bytes))[whence]
        return self._at

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def size(self) -> int:
        """How much was written."""
        return len(self.bytes)
