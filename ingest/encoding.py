"""Bytes to text in the encodings that Chinese banks export: UTF-8, GBK, GB18030, UTF-16, Big5; never a guess beyond these."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, *, cut: bool = False) -> str | None:
    """The text, or None when no encoding fits. ``cut``: the end may stop inside a character."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding, cut=cut)
    if b"\x00" in data[:4096]:
        return _wide(data, cut=cut)
    text = _try(data, "utf-8", cut=cut)
    if text is not None:
        return text
    if _traditional(data):
        return _try(data, "big5hkscs", cut=cut)
    text = _try(data, "gb18030", cut=cut)
    if text is not None:
        return text if _chinese(text) else _try(data, "cp1252", cut=cut)
    # Mostly GB with a few broken bytes (exports cut fields by bytes): keep the rest, the hole is visible.
    loose = data.decode("gb18030", "replace")
    if loose.count("\ufffd") < 0.01 * len(loose) and _chinese(loose):
        return loose
    western = sum(byte > 0x7F for byte in data[:20000]) < 0.2 * len(data[:20000])
    return _try(data, "cp1252", cut=cut) if western else None


#: Upright lines of tables that are drawn in characters, and a line of nothing but such characters.
_BARS = str.maketrans({"│": "|", "┃": "|", "║": "|", "┆": "|", "┊": "|"})
_RULED = re.compile(r"^[ \t\u3000\u2500-\u257f]*[\u2500-\u257f][ \t\r\u3000\u2500-\u257f]*$\n?", re.MULTILINE)


def unboxed(text: str) -> str:
    """A table drawn in characters (┌─┬─┐ │) as one whose cells are parted by bars; any other text as it is."""
    return _RULED.sub("", text).translate(_BARS) if "│" in text or "┃" in text or "║" in text else text


def _try(data: bytes, encoding: str, *, cut: bool) -> str | None:
    for short in range(4 if cut else 1):
        try:
            return data[: len(data) - short].decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _wide(data: bytes, *, cut: bool) -> str | None:
    """UTF-16 without a mark: every second byte of its Latin characters is zero."""
    sample = data[:4096]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.2 * len(zeros) and sample.count(0) == zeros.count(0):
            return _try(data, encoding, cut=cut)
    return None


_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


def _traditional(data: bytes) -> bool:
    """Unmistakably Big5: as GB it would be rare characters only, as Big5 nearly all of it is common ones."""
    pairs = _PAIR.findall(data[:20000])
    if len(pairs) < 8 or sum(pair[1] < 0x7F for pair in pairs) < 0.2 * len(pairs):
        return False
    big5 = sum(0xA1 <= pair[0] <= 0xC6 and not 0x7F < pair[1] < 0xA1 for pair in pairs)
    common = sum(0xB0 <= pair[0] <= 0xD7 and pair[1] > 0xA0 for pair in pairs)
    return bool(big5 > 0.9 * len(pairs) and common < 0.5 * len(pairs))


def _chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are those of Chinese text (any bytes decode as some GB18030)."""
    wide = [
        char for char in text[:20000] if char > "\x7f" and not "\u2500" <= char <= "\u257f"
    ]  # lines of tables say nothing
    plain = sum(1 for char in wide if "\u4e00" <= char <= "\u9fa5" or "\u3000" <= char <= "\u303f" or char > "\uff00")
    return plain >= 0.7 * len(wide)


_ODD = frozenset({*map(chr, range(32)), "\x7f", "\ufffd"}.difference("\t\r\n\x0c\x1a")).__contains__


def looks_like_text(text: str) -> bool:
    """Whether a person would see text: hardly any control characters, something besides blanks."""
    odd = sum(1 for char in text if _ODD(char))
    return bool(text.strip()) and odd <= 0.005 * len(text)
