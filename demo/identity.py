"""Numbers and words that a made-up bank needs: check digits that hold, regions that do not exist, amounts in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def uscc(body: str) -> str:
    """A unified social credit code: 17 characters and the check character that belongs to them."""
    total = sum(_USCC.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + _USCC[(31 - total) % 31]


def id_card(region: str, born: date, serial: int) -> str:
    """An ID number; region 9999xx does not exist, so the person does not either."""
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


def card(body: str) -> str:
    """A card number: the digits given and their Luhn check digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def money(value: Decimal) -> str:
    """1234.5 as 1,234.50."""
    return f"{value:,.2f}"


def _section(number: int) -> str:
    """Up to four digits in words, zeros inside told once, none at the end."""
    words, gap = "", False
    for unit, size in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return words


def in_words(value: Decimal) -> str:
    """1234.50 as 壹仟贰佰叁拾肆元伍角整, written here so that the readers are not tested against themselves."""
    cents = int(value * 100)
    yuan, cents = divmod(cents, 100)
    words, rest, gap = "", yuan, False
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, rest = divmod(rest, size)
        if section:
            words += ("零" if words and (gap or section < 1000) else "") + _section(section) + unit
            gap = False
        elif words:
            gap = True
    words = words + "元" if words else ""
    jiao, fen = divmod(cents, 10)
    if not cents:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_DIGITS[fen] + "分" if fen else "整")
