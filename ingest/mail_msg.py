"""Outlook mails (MSG): a small reader of the properties that hold text, people and attachments (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from typing import Any

import olefile

from ingest.encoding import decoded
from ingest.inside import Member, clean_path
from ingest.limits import Limits
from ingest.mail import BODY, in_charset, text_member
from ingest.mail_rtf import text_of_rtf
from records.errors import DamagedFile

SUBJECT, SENDER, SENDER_ADDRESS, SENDER_SMTP, TO, CC = 0x0037, 0x0C1A, 0x0C1F, 0x5D01, 0x0E04, 0x0E03
PLAIN, RICH, RTF = 0x1000, 0x1013, 0x1009
SENT, DELIVERED, CODEPAGE = 0x0039, 0x0E06, 0x3FDE
DATA, LONG_NAME, SHORT_NAME, SHOWN_NAME, CONTENT_ID, HIDDEN = 0x3701, 0x3707, 0x3704, 0x3001, 0x3712, 0x7FFE
_UNICODE, _ANSI, _BINARY, _STORAGE = 0x001F, 0x001E, 0x0102, 0x000D
_HEADER = {True: 32, False: 24}  #: bytes before the properties: of the message itself, of one embedded in it
_ORNAMENT = 16 << 10
_DEEPEST = 20  # mails in one another; the depth of containers is bounded elsewhere, and lower
_BROKEN = (OSError, ValueError, IndexError, KeyError, struct.error, TypeError, AttributeError, RecursionError)


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The mail's text, its attachments, and mails embedded in it (as EML: they are no files of their own)."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            message = _Message(ole, ())
            text = text_member(message.heads(), *message.texts())
            attached = list(_attachments(message, limits.members, 0))
    except _BROKEN as error:
        raise DamagedFile(name) from error
    if text is not None:
        yield Member(BODY, text)
    yield from attached


class _Message:
    """One mail in the compound file: the file itself, or a storage in it."""

    def __init__(self, ole: Any, place: tuple[str, ...]) -> None:
        self.ole, self.place = ole, place
        self._fixed = _fixed(self.stream("__properties_version1.0"), _HEADER[not place])
        number = self._fixed.get(CODEPAGE, b"\x00" * 8)[:4]
        self._charset = f"cp{int.from_bytes(number, 'little')}" if any(number) else "cp936"

    def stream(self, *path: str) -> bytes:
        """The bytes of a stream, or none."""
        where = [*self.place, *path]
        if not self.ole.exists(where) or self.ole.get_type(where) != olefile.STGTY_STREAM:
            return b""
        content: bytes = self.ole.openstream(where).read()
        return content

    def text(self, tag: int, *path: str) -> str:
        """A property of text, in either of its two forms."""
        wide = self.stream(*path, f"__substg1.0_{tag:04X}{_UNICODE:04X}")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        return in_charset(self.stream(*path, f"__substg1.0_{tag:04X}{_ANSI:04X}"), self._charset).rstrip("\x00")

    def bytes(self, tag: int, *path: str) -> bytes:
        """A property of bytes."""
        return self.stream(*path, f"__substg1.0_{tag:04X}{_BINARY:04X}")

    def heads(self) -> list[tuple[str, str]]:
        """Who wrote to whom, when, about what."""
        address = self.text(SENDER_SMTP) or self.text(SENDER_ADDRESS)
        address = address if "@" in address else ""
        sender = " ".join(filter(None, (self.text(SENDER), f"<{address}>" if address else "")))
        return [("主题", self.text(SUBJECT)), ("发件人", sender), ("收件人", self.text(TO)), ("抄送", self.text(CC)),
                ("日期", self._sent())]  # fmt: skip

    def texts(self) -> tuple[str, str]:
        """The plain text and the rich one; the compressed RTF is asked when there is neither."""
        plain = self.text(PLAIN)
        rich = self.bytes(RICH)
        html = (decoded(rich) or "") if rich else self.text(RICH)
        if not plain.strip() and not html.strip():
            plain = text_of_rtf(self.bytes(RTF))
        return plain, html

    def _sent(self) -> str:
        """The moment sent, in Beijing time, as the desk reads it."""
        raw = self._fixed.get(SENT) or self._fixed.get(DELIVERED)
        if not raw:
            return ""
        try:
            moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=int.from_bytes(raw, "little") // 10)
            return f"{moment + timedelta(hours=8):%Y-%m-%d %H:%M}"
        except OverflowError:
            return ""

    def attachments(self) -> list[str]:
        """The storages that hold attachments, in order."""
        depth = len(self.place)
        found = {
            path[depth]
            for path in self.ole.listdir(streams=True, storages=True)
            if tuple(path[:depth]) == self.place
            and len(path) > depth
            and path[depth].startswith("__attach_version1.0_")
        }
        return sorted(found)


def _fixed(stream: bytes, header: int) -> dict[int, bytes]:
    """Properties of a fixed size: 16 bytes each, the value in the last eight."""
    entries = (stream[at : at + 16] for at in range(header, len(stream) - 15, 16))
    return {int.from_bytes(entry[2:4], "little"): entry[8:] for entry in entries}


def _attachments(message: _Message, most: int, depth: int) -> Iterator[Member]:
    for number, storage in enumerate(message.attachments()[: most + 1], 1):
        path = _name_of(message, storage) or f"attachment-{number}"
        inner = (*message.place, storage, f"__substg1.0_{DATA:04X}{_STORAGE:04X}")
        if message.ole.exists(list(inner)):
            embedded = _Message(message.ole, inner)
            subject = clean_path(embedded.text(SUBJECT).replace("/", "_"))[:60]
            yield Member(f"{subject}.eml", _as_eml(embedded, most, depth + 1))
            continue
        data = message.bytes(DATA, storage)
        if message.text(CONTENT_ID, storage) and len(data) < _ORNAMENT and _is_picture(path):
            continue  # a logo or a signature shown within the text
        yield Member(path, data)


def _name_of(message: _Message, storage: str) -> str:
    names = (message.text(tag, storage) for tag in (LONG_NAME, SHORT_NAME, SHOWN_NAME))
    return next((name.strip() for name in names if name.strip()), "")


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp"))


def _as_eml(message: _Message, most: int, depth: int) -> bytes:
    """An embedded mail written as a mail of its own, the same bytes every time."""
    mail = MIMEMultipart(boundary=f"=-embedded-{depth}-=")
    for (_, said), key in zip(message.heads(), ("Subject", "From", "To", "Cc", "Date"), strict=True):
        if said:
            mail[key] = Header(_one_line(said), "utf-8").encode()
    plain, rich = message.texts()
    mail.attach(MIMEText(*((plain, "plain") if plain.strip() or not rich.strip() else (rich, "html")), "utf-8"))
    for one in _attachments(message, most, depth) if depth < _DEEPEST else ():
        part = MIMEApplication(one.data)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _one_line(one.path)))
        mail.attach(part)
    return mail.as_bytes()


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
