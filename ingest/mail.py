"""Mails (EML): what the mail says as a paper of its own, then what is attached; in whatever charset its sender wrote."""

from __future__ import annotations

import re
from binascii import Error as BadBase64
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from html import escape
from itertools import islice

from ingest.encoding import decoded
from ingest.inside import Member, clean_path
from ingest.limits import Limits
from records.errors import DamagedFile

#: The name of the mail's own text among what the mail holds.
BODY = "正文"
_LABELS = (("主题", "subject"), ("发件人", "from"), ("收件人", "to"), ("抄送", "cc"), ("日期", "date"))
#: What senders call by a smaller name than it is. GB18030 holds all of GB2312 and GBK.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "hz-gb-2312": "hz", "utf8": "utf-8",
}  # fmt: skip
#: Charsets in which any bytes are some text; mailers write them when they do not know.
_ANYTHING = frozenset({"", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252", "cp1252", "unknown-8bit"})
#: A picture shown inside the text and smaller than this is a logo or a signature, no paper.
_ORNAMENT = 16 << 10
_MOST_PARTS = 4000


class _AsWritten(Compat32):
    """Headers as they stand in the file; the library would put question marks where a sender wrote raw bytes."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """No change."""
        return value


_AS_WRITTEN = _AsWritten()


def members_of(data: bytes, name: str, password: str | None, limits: Limits) -> Iterator[Member]:
    """The mail's text, its attachments, and mails forwarded within it."""
    try:
        mail = message_from_bytes(data, policy=_AS_WRITTEN)
    except RecursionError as error:  # parts in parts without end
        raise DamagedFile(name) from error
    parts = list(islice(_parts(mail, 0), _MOST_PARTS))
    text = _told(mail, parts)
    if text is not None:
        yield Member(BODY, text)
    shown = {part for part in parts if _is_text(part)}
    number = 0
    for part in parts:
        if part in shown or _is_ornament(part):
            continue
        number += 1
        yield _attached(part, number, name)
    if text is None and not number:
        raise DamagedFile(name)


def _parts(part: Message, depth: int) -> Iterator[Message]:
    """The leaves of a mail; a mail within it is one leaf, to be opened in its turn."""
    if part.is_multipart() and part.get_content_maintype() == "multipart" and depth < 30:
        for inner in part.get_payload():
            if isinstance(inner, Message):
                yield from _parts(inner, depth + 1)
    else:
        yield part


def _is_text(part: Message) -> bool:
    """Whether this is the text of the mail: not called an attachment, and without a name."""
    if part.get_content_type() not in ("text/plain", "text/html"):
        return False
    return part.get_content_disposition() != "attachment" and not filename_of(part)


def _is_ornament(part: Message) -> bool:
    """Signatures of the mail itself, and the small pictures that its text shows."""
    if part.get_content_type() in ("application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar"):
        return True
    inline = part.get_content_disposition() == "inline" or part["content-id"] is not None
    picture = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
    return inline and picture and len(str(part.get_payload())) * 3 // 4 < _ORNAMENT


def _attached(part: Message, number: int, name: str) -> Member:
    path = filename_of(part) or _nameless(part, number)
    inner = part.get_payload()
    if part.get_content_maintype() == "message" and isinstance(inner, list) and inner:
        first = inner[0]
        try:
            return Member(path, first.as_bytes() if isinstance(first, Message) else b"")
        except RecursionError:
            return Member(path, problem=DamagedFile(f"{name}!/{path}"))
    try:
        content = part.get_payload(decode=True)
    except (BadBase64, ValueError, LookupError):
        return Member(path, problem=DamagedFile(f"{name}!/{path}"))
    return Member(path, content if isinstance(content, bytes) else b"")


def _nameless(part: Message, number: int) -> str:
    """A forwarded mail is called after its subject, anything else after its kind."""
    inner = part.get_payload()
    if part.get_content_maintype() == "message" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        subject = header(inner[0], "subject").replace("/", "_")
        return f"{clean_path(subject)[:60] if subject else f'mail-{number}'}.eml"
    return f"attachment-{number}.{part.get_content_subtype()}"


# --- the text -----------------------------------------------------------------------------------------------------------


def _told(mail: Message, parts: list[Message]) -> bytes | None:
    """The text with who wrote to whom above it; the plain one where there are two of the same."""
    plain = [_text_of(part) for part in parts if _is_text(part) and part.get_content_type() == "text/plain"]
    rich = [_text_of(part) for part in parts if _is_text(part) and part.get_content_type() == "text/html"]
    heads = [(label, header(mail, key)) for label, key in _LABELS]
    return text_member(heads, "\n\n".join(filter(str.strip, plain)), "\n".join(filter(str.strip, rich)))


def text_member(heads: list[tuple[str, str]], plain: str, rich: str) -> bytes | None:
    """A mail's text as a file that the readers of text or of web pages read; None when it says nothing at all."""
    lines = [f"{label}：{said}" for label, said in heads if said]
    if plain.strip():
        return "\n".join([*lines, "", plain]).encode("utf-8", "replace")
    if rich.strip():
        above = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f"<html><body>{above}{_without_frame(rich)}</body></html>".encode("utf-8", "replace")
    return "\n".join(lines).encode("utf-8", "replace") if any(said for _, said in heads[:1]) else None


def _without_frame(html: str) -> str:
    """What stands within a page, without the tags that may stand only once and a charset that no longer holds."""
    return re.sub(r"(?i)<!doctype[^>]*>|</?(?:html|body|head)\b[^>]*>|<meta\b[^>]*>", "", html)


def _text_of(part: Message) -> str:
    try:
        content = part.get_payload(decode=True)
    except (BadBase64, ValueError, LookupError):
        return ""
    return in_charset(content, part.get_content_charset("")) if isinstance(content, bytes) else ""


def in_charset(content: bytes, charset: str) -> str:
    """Bytes as text: by the charset named if they fit it, else by what they are."""
    charset = charset.lower().strip()
    if charset not in _ANYTHING:
        try:
            return content.decode(_WIDER.get(charset, charset))
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    return decoded(content) or content.decode("latin-1" if charset in _ANYTHING else "gb18030", "replace")


# --- headers ------------------------------------------------------------------------------------------------------------


def header(mail: Message, name: str) -> str:
    """A header as its sender meant it."""
    value = mail.get(name)
    return "" if value is None else " ".join(header_text(value).split())


def header_text(value: str) -> str:
    """RFC 2047 words, or raw bytes that were never allowed there, as text.

    Neighbouring words of one charset are joined before they are decoded: many mailers cut them inside a character.
    """
    try:
        pieces = decode_header(value)
    except (BadBase64, ValueError, AssertionError):
        return value
    return "".join(_piece(content, charset or "") for content, charset in pieces)


def _piece(content: str | bytes, charset: str) -> str:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
    return in_charset(content, charset)


def filename_of(part: Message) -> str:
    """The name of an attachment, by RFC 2231, by RFC 2047, or as it simply stands there."""
    for where, key in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            found = part.get_param(key, header=where)
        except (ValueError, LookupError, IndexError):
            continue
        if isinstance(found, tuple):
            charset, _, text = found
            return in_charset(text.encode("latin-1", "replace"), charset or "")
        if found:
            return header_text(found).strip()
    return ""
