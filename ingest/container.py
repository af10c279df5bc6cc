"""Zip containers (xlsx, docx) opened with suspicion: how much they unpack to is known before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from ingest.limits import MB, Limits
from records.errors import Bomb, DamagedFile, PasswordProtected

_CHUNK = 1 << 18


@contextmanager
def checked(data: bytes, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a container whose declared contents are within the limits."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise DamagedFile(name) from error
    with archive:
        declared = sum(info.file_size for info in archive.infolist())
        if declared > limits.unpacked or (declared > 32 * MB and declared > limits.ratio * len(data)):
            raise Bomb(f"{name}: {len(data)} -> {declared} bytes")
        yield archive


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> Iterator[bytes]:
    """The bytes of one member in pieces; what is unpacked is counted, whatever the directory declares."""
    total = 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limits.unpacked:
                    raise Bomb(f"{name}: {info.filename}")
                yield chunk
    except NotImplementedError as error:  # which is a RuntimeError: packed in a way that zipfile does not know
        raise DamagedFile(f"{name}: {info.filename}") from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise PasswordProtected(name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise DamagedFile(f"{name}: {info.filename}") from error


def whole(archive: zipfile.ZipFile, path: str, name: str, limits: Limits) -> bytes | None:
    """All bytes of one member, or None when there is no such member."""
    try:
        info = archive.getinfo(path)
    except KeyError:
        return None
    return b"".join(member(archive, info, name, limits))
