"""Numbers of persons are hidden in everything a search shows, even when they were the question (archive.md §6)."""

from __future__ import annotations

import re
from typing import NamedTuple


class Masked(NamedTuple):
    """A stretch of text and what is shown in its place."""

    start: int
    end: int
    shown: str


_FROM = r"(?<![0-9A-Za-z])(?<![0-9][.,])"
_TO = r"(?![0-9A-Za-z]|[.,][0-9])"
_IDENTITY = rf"{_FROM}[1-9]\d{{5}}[ ]?(?:18|19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ ]?\d{{3}}[\dXx]{_TO}"
_ACCOUNT = rf"{_FROM}(?:\d{{4}}(?:[ -]\d{{4}}){{2,3}}(?:[ -]\d{{1,3}})?|\d{{13,19}}){_TO}"
_MOBILE = rf"{_FROM}1[3-9]\d(?:\d{{8}}|[ -]\d{{4}}[ -]\d{{4}}){_TO}"
_LANDLINE = rf"{_FROM}0\d{{2,3}}-\d{{7,8}}{_TO}"
_MAIL = r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NUMBERS = re.compile(
    f"(?P<identity>{_IDENTITY})|(?P<mobile>{_MOBILE})|(?P<account>{_ACCOUNT})|(?P<landline>{_LANDLINE})|(?P<mail>{_MAIL})"
)
# A company account may be shorter or longer than a card; only its label tells it from an amount or a serial number.
_LABELLED = re.compile(
    rf"(?:[账帐][号户]|卡号|account(?:\s*no)?\.?)[\s:]{{0,3}}(?P<account>\d(?:[ -]?\d){{8,31}}){_TO}", re.I
)
_COMPANY = re.compile(r"[159][1239]\d{16}")  # a USCC may be all digits; it is public
_HALF = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}


def masked(text: str) -> list[Masked]:
    """What must not be shown of this text, in order, never overlapping."""
    half = text.translate(_HALF)
    found: dict[int, Masked] = {}
    for match in _NUMBERS.finditer(half):
        kind = match.lastgroup or ""
        if not (kind == "account" and _COMPANY.fullmatch(match.group())):
            found[match.start()] = Masked(*match.span(), _shown(kind, match.group()))
    for match in _LABELLED.finditer(half):
        start, end = match.span("account")
        if not any(one.start < end and start < one.end for one in found.values()):
            found[start] = Masked(start, end, _shown("account", match["account"]))
    return [found[start] for start in sorted(found)]


def mask(text: str) -> str:
    """The text as anybody may see it."""
    out, at = "", 0
    for start, end, shown in masked(text):
        out += text[at:start] + shown
        at = end
    return out + text[at:]


def _shown(kind: str, number: str) -> str:
    digits = number.replace(" ", "").replace("-", "")
    match kind:
        case "identity":
            return f"{digits[:6]}********{digits[-4:]}"
        case "mobile":
            return f"{digits[:3]}****{digits[-4:]}"
        case "landline":
            area, _, line = number.partition("-")
            return f"{area}-{'*' * (len(line) - 4)}{line[-4:]}"
        case "mail":
            name, _, house = number.partition("@")
            return f"{name[0]}***@{house}"
        case _:
            return f"{digits[:4]} **** **** {digits[-4:]}"
