"""What is attached to a PDF: papers that lie in a paper."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from pypdfium2 import raw

from ingest.inside import Member, too_large
from ingest.limits import Limits
from ingest.pdfium import Handle, opened
from records.errors import DamagedFile, UnreadableFile


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The files attached, in the order of the document."""
    if b"EmbeddedFile" not in data and b"ObjStm" not in data:  # nothing attached; most papers end here
        return
    found: list[Member] = []
    with opened(data, name, password) as document:
        for index in range(min(limits.members + 1, max(0, raw.FPDFDoc_GetAttachmentCount(document)))):
            attachment = raw.FPDFDoc_GetAttachment(document, index)
            if attachment:
                found.append(_member(attachment, name, index, limits))
    yield from found


def _member(attachment: Handle, name: str, index: int, limits: Limits) -> Member:
    path = _name_of(attachment) or f"attachment-{index + 1}"
    try:
        return Member(path, _content_of(attachment, f"{name}!/{path}", limits))
    except UnreadableFile as problem:
        return Member(path, problem=problem)


def _name_of(attachment: Handle) -> str:
    size = raw.FPDFAttachment_GetName(attachment, None, 0)
    if not 2 < size <= 4096:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAttachment_GetName(attachment, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _content_of(attachment: Handle, full: str, limits: Limits) -> bytes:
    size = ctypes.c_ulong(0)
    if not raw.FPDFAttachment_GetFile(attachment, None, 0, size):
        raise DamagedFile(full)
    if size.value > limits.bytes:
        raise too_large(full, size.value, limits)
    buffer = ctypes.create_string_buffer(max(1, size.value))
    if size.value and not raw.FPDFAttachment_GetFile(attachment, buffer, size.value, size):
        raise DamagedFile(full)
    return buffer.raw[: size.value]
