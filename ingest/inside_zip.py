"""What lies in a zip: names in the encoding they were packed in, passwords old and new, bombs told by the directory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ingest.inside import Member, name_in, too_large
from ingest.limits import MB, Limits
from records.errors import Bomb, DamagedFile, PasswordProtected, TooLarge, UnreadableFile, Unsupported

_CHUNK = 1 << 18
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: the name once more, in UTF-8
#: Members by which other formats that are zips too betray themselves; their parts are no papers.
_NO_PACKETS = frozenset(
    {"[Content_Types].xml", "META-INF/MANIFEST.MF", "META-INF/container.xml", "AndroidManifest.xml"}
)
#: The two ways a password typed on a Chinese machine becomes bytes.
_SPELLINGS = ("utf-8", "gb18030")


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The files in a zip, in the order of its directory."""
    with _archive(data, name) as archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/") and not _is_symlink(info)]
        if any(info.filename in _NO_PACKETS for info in infos):
            raise Unsupported(f"{name}（是程序或其他软件的文件，不是压缩包 · a package of some program, no archive)")
        _bounded(infos, data, name, limits)
        for info in infos:
            path = name_of(info)
            full = f"{name}!/{path}"
            try:
                yield Member(path, _unpacked(archive, info, full, password, limits))
            except UnreadableFile as problem:
                yield Member(path, problem=problem)


def _archive(data: bytes, name: str) -> Any:
    """Of the library that knows both kinds of encryption, when anything is encrypted: it is the slower one."""
    import pyzipper

    try:
        archive = zipfile.ZipFile(BytesIO(data))
        if any(info.flag_bits & _ENCRYPTED for info in archive.infolist()):
            archive.close()
            return pyzipper.AESZipFile(BytesIO(data))
    except (zipfile.BadZipFile, pyzipper.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise DamagedFile(name) from error
    return archive


def _is_symlink(info: zipfile.ZipInfo) -> bool:
    return (info.external_attr >> 28) == 0xA


def _bounded(infos: list[zipfile.ZipInfo], data: bytes, name: str, limits: Limits) -> None:
    """The directory says what is to come: too many, too much, or the same bytes packed into many members."""
    if len(infos) > limits.members:
        raise TooLarge(f"{name}: {len(infos)} files > {limits.members}")
    declared = sum(info.file_size for info in infos)
    if declared > limits.unpacked or (declared > 32 * MB and declared > limits.ratio * len(data)):
        raise Bomb(f"{name}: {len(data)} -> {declared} bytes")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise Bomb(f"{name}: overlapping members")
        end = info.header_offset + 30 + info.compress_size


def name_of(info: zipfile.ZipInfo) -> str:
    """The name as its packer meant it; the library takes all that is not marked as UTF-8 for the code page of DOS."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return _unicode_path(info.extra, raw) or name_in(raw, info.filename)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name of Info-ZIP's extra field, if it still belongs to this name."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            if struct.unpack("<L", body[1:5])[0] != zlib.crc32(raw):
                return None
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _unpacked(archive: Any, info: Any, full: str, password: str | None, limits: Limits) -> bytes:
    """All bytes of one member; what is unpacked is counted, whatever the directory declares."""
    if info.file_size > limits.bytes:
        raise too_large(full, info.file_size, limits)
    if not info.flag_bits & _ENCRYPTED:
        return _read(archive, info, full, None, limits)
    for spelling in _SPELLINGS if password else ():
        try:
            return _read(archive, info, full, str(password).encode(spelling), limits)
        except (PasswordProtected, DamagedFile):  # a wrong password is not always known before the checksum
            continue
    raise PasswordProtected(full)


def _read(archive: Any, info: Any, full: str, secret: bytes | None, limits: Limits) -> bytes:
    import pyzipper

    parts: list[bytes] = []
    total = 0
    try:
        with archive.open(info, pwd=secret) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limits.bytes:
                    raise Bomb(full)
                parts.append(chunk)
    except NotImplementedError as error:
        raise Unsupported(
            f"{full}（压缩方法不支持，请用普通 zip 重新打包 · compression method; pack it again）"
        ) from error
    except RuntimeError as error:  # the word of both libraries for a password that is missing or wrong
        raise PasswordProtected(full) from error
    except (zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise DamagedFile(full) from error
    return b"".join(parts)
