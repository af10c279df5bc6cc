"""Numbers by which papers are known: accounts, credit codes, identity cards, case numbers, contracts and loan notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.values.numbers import case_no, digits, looks_like_uscc
from records.values.text import halfwidth, reference

SHORTEST_TAIL = 4
_CASE = re.compile(r"(?:[（(\[〔](?:19|20)\d{2}[）)\]〕]|仲)[^\s，。；;]{3,30}?号(?:之[一二三四五六七八九十\d]+)?")
_CREDIT = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_DIGITS = re.compile(
    r"(?<![0-9A-Za-z.,*])\d(?:[\d*]{6,30}|[\d*]{3}(?:[ -][\d*]{4}){2,4}(?:[ -][\d*]{1,3})?)[\dXx]?(?![0-9A-Za-z*])"
)
_LETTERED = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,8}-?\d{5,}[-0-9A-Za-z]*")
_CONTRACT = re.compile(
    r"[\u4e00-\u9fff0-9]{0,8}(?:19|20)\d{2}年?[（(\[〔]?[\u4e00-\u9fff]{1,4}[）)\]〕]?字?第?\s?\d{3,}号"
)


def normal(text: str) -> str:
    """A number as it is compared: half-width, capital, without blanks; case numbers with full-width brackets."""
    return case_no(text) or digits(text) or reference(text)


def identifiers(text: str) -> Iterator[tuple[int, int, str]]:
    """The numbers in a text: from where, to where, and as they are compared."""
    half = halfwidth(text)
    for pattern in (_CASE, _CREDIT, _DIGITS, _LETTERED, _CONTRACT):
        for match in pattern.finditer(half):
            if pattern is not _CASE or case_no(match.group()):
                yield match.start(), match.end(), normal(match.group())


def kind(text: str) -> str | None:
    """What kind of number somebody typed: case, credit, identity, account, reference; None when it is none."""
    plain = re.sub(r"\s", "", halfwidth(text)).upper()
    if case_no(plain):
        return "case"
    if re.fullmatch(r"\d{17}[\dX]", plain) and plain[6:8] in {"18", "19", "20"}:
        return "identity"
    if looks_like_uscc(plain) and _CREDIT.fullmatch(plain):
        return "credit"
    if re.fullmatch(r"\d{9,32}", plain):
        return "account"
    if _LETTERED.fullmatch(plain) or _CONTRACT.fullmatch(plain):
        return "reference"
    return None


_TAIL = re.compile(r"(?:尾号|后四位|tail:?)(\d{4,}[Xx]?)|\d*[*＊]+[ ]?(\d{4,}[Xx]?)", re.I)


def tail(text: str) -> str | None:
    """The end of an account that somebody typed: 尾号4566, *4566, 6222****4566."""
    match = _TAIL.fullmatch(halfwidth(text))
    return (match[1] or match[2]).upper() if match else None
