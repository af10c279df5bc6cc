"""What lies in a RAR archive: members merely stored are read as they are, packed ones by a program if the machine has one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import rarfile

from ingest.inside import Member, too_large
from ingest.limits import MB, Limits
from records.errors import Bomb, DamagedFile, PasswordProtected, TooLarge, UnreadableFile, Unsupported

_NO_TOOL = (
    "本机没有 RAR 解压程序：请改存为 zip 上传，或请管理员安装 unrar 或 unar · no program for RAR here; send it as zip"
)
_VOLUME = "分卷压缩的一部分：请合并为一个压缩包后上传 · one volume of several; send them as one archive"


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The files in a RAR archive, in the order packed."""
    with _archive(data, name, password) as archive:
        if archive.needs_password() and not password:
            raise PasswordProtected(name)
        infos = [info for info in archive.infolist() if info.is_file()]
        _bounded(infos, data, name, limits)
        for info in infos:
            full = f"{name}!/{info.filename}"
            try:
                yield Member(info.filename, _unpacked(archive, info, full, password, limits))
            except UnreadableFile as problem:
                yield Member(info.filename, problem=problem)


def _archive(data: bytes, name: str, password: str | None) -> Any:
    try:
        archive = rarfile.RarFile(BytesIO(data), errors="strict")
        if password:
            archive.setpassword(password)
    except UnreadableFile:
        raise
    except Exception as error:
        raise _said(error, name) from error
    return archive


def _bounded(infos: list[Any], data: bytes, name: str, limits: Limits) -> None:
    if len(infos) > limits.members:
        raise TooLarge(f"{name}: {len(infos)} files > {limits.members}")
    declared = sum(info.file_size or 0 for info in infos)
    if declared > limits.unpacked or (declared > 32 * MB and declared > limits.ratio * len(data)):
        raise Bomb(f"{name}: {len(data)} -> {declared} bytes")


def _unpacked(archive: Any, info: Any, full: str, password: str | None, limits: Limits) -> bytes:
    if (info.file_size or 0) > limits.bytes:
        raise too_large(full, info.file_size, limits)
    try:
        with archive.open(info, pwd=password or None) as stream:
            content: bytes = stream.read(limits.bytes + 1)
    except Exception as error:
        raise _said(error, full) from error
    return content


def _said(error: Exception, name: str) -> UnreadableFile:
    """The library's complaint in our words; whatever else it stumbles over is damage."""
    match error:
        case UnreadableFile():
            return error
        case rarfile.PasswordRequired() | rarfile.RarWrongPassword():
            return PasswordProtected(name)
        case rarfile.RarCannotExec() | rarfile.NoCrypto():
            return Unsupported(f"{name}（{_NO_TOOL}）")
        case rarfile.NeedFirstVolume():
            return Unsupported(f"{name}（{_VOLUME}）")
        case MemoryError():
            raise error
        case _:
            return DamagedFile(name)
