"""Amounts written in characters: 壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分, and 三百万 as prose has it.

What is read is written again and compared: a string that is not the way its own number is written is refused, so that
a lost or misread character cannot quietly become another amount. Only the place of 零 and the choice of 元/圆, 整/正
are free.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from records.values.text import halfwidth

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SPELLINGS = str.maketrans(
    {
        **dict(zip("〇○一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True)),
        **dict(zip("貳貮弐弍參叄叅弎陸萬億圓圆正両兩两壱壹", "贰贰贰贰叁叁叁叁陆万亿元元整贰贰贰壹壹", strict=True)),
        **{"廿": "贰拾", "卅": "叁拾", " ": ""},
    }
)
_FORMAL = frozenset("壹贰貳貮叁參叄肆伍陆陸柒捌玖拾佰仟萬圆圓整")
_PREFIX = re.compile(r"^(?:人民币|RMB|CNY|¥|[⊗¤ⓧ×:]|大写:?|\(大写\):?)*")
_RED = re.compile(r"^(?:\(负数\)|负)")
_AMOUNT = re.compile(
    r"(?:(?P<whole>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*)元(?:零(?=[壹贰叁肆伍陆柒捌玖]角))?)?"
    r"(?:(?P<jiao>[零壹贰叁肆伍陆柒捌玖])角)?零?(?:(?P<fen>[零壹贰叁肆伍陆柒捌玖])分)?(?P<end>整)?"
)
_EMPTY_PLACES = re.compile(r"零[拾佰仟]")
_ZEROS = re.compile(r"零+")
_EMPTY_FRONT = re.compile(r"^(?:零[亿万])+")
_LIMIT = 10**16
_LONGEST = 64


def in_words(value: Decimal) -> str:
    """An amount as it is written on a cheque: 1234.5 → 壹仟贰佰叁拾肆元伍角整. More than two decimals are refused."""
    cents = value.scaleb(2)
    if cents != cents.to_integral_value() or abs(cents) >= _LIMIT * 100:
        raise ValueError(f"{value} cannot be written in words: at most 16 digits and two decimals")
    sign = "负" if cents < 0 else ""
    yuan, cent = divmod(abs(int(cents)), 100)
    jiao, fen = divmod(cent, 10)
    whole = f"{whole_in_words(yuan)}元" if yuan or not cent else ""
    if not cent:
        return f"{sign}{whole}整"
    tenth = f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return f"{sign}{whole}{tenth}" + (f"{_DIGITS[fen]}分" if fen else "整")


def whole_in_words(number: int) -> str:
    """A whole number in capital characters, 零 where places are skipped: 3000500 → 叁佰万零伍佰."""
    if number < 10**4:
        return _section(number) or "零"
    size, name = (10**8, "亿") if number >= 10**8 else (10**4, "万")
    high, low = divmod(number, size)
    gap = "零" if low and low < size // 10 else ""
    return f"{whole_in_words(high)}{name}{gap}{whole_in_words(low) if low else ''}"


def _section(number: int) -> str:
    """A number below ten thousand: 1005 → 壹仟零伍; nothing for 0."""
    written, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if skipped and written else "") + _DIGITS[digit] + _PLACES[place]
            skipped = False
        else:
            skipped = True
    return written


@lru_cache(maxsize=1024)
def from_words(text: str) -> Decimal | None:
    """The amount that is written in capital characters, or None; it must say 元, 角, 分 or 整, or it may be cut off."""
    if len(text) > _LONGEST:
        return None
    bare = _PREFIX.sub("", halfwidth(text).translate(_SPELLINGS))
    red = _RED.match(bare)
    if red:
        bare = _PREFIX.sub("", bare[red.end() :])
    found = _AMOUNT.fullmatch(bare) if bare else None
    if found is None or not bare.strip("零整"):
        return None
    whole = _whole(found["whole"]) if found["whole"] else 0
    if whole is None or (found["end"] and found["fen"] and found["fen"] != "零"):
        return None
    cents = 10 * _DIGITS.index(found["jiao"] or "零") + _DIGITS.index(found["fen"] or "零")
    if found["whole"] == "" and not cents:
        return None
    exact = bool(found["jiao"] or found["fen"] or found["end"] or _FORMAL.intersection(text))
    value = Decimal(100 * whole + cents).scaleb(-2) if exact else Decimal(whole)
    return -value if red else value


def numeral(text: str) -> int | None:
    """A whole number in characters, of either style: 三百万 → 3000000; colloquial 三百五 is refused."""
    return _whole(text.translate(_SPELLINGS)) if 0 < len(text) <= _LONGEST else None


def _whole(written: str) -> int | None:
    """A whole number in capital characters, if it is written the way numbers are."""
    plain = _without_empty_places(written)
    number = _sum(plain)
    if number is None or number >= _LIMIT:
        return None
    return number if _bare(whole_in_words(number)) == _bare(plain) else None


def _without_empty_places(written: str) -> str:
    """Forms print every place: 零拾叁万零仟伍佰 is 叁万零伍佰."""
    plain = _ZEROS.sub("零", _EMPTY_PLACES.sub("零", written))
    plain = _EMPTY_FRONT.sub("", plain)
    return plain.replace("亿零万", "亿零").replace("零万", "万").replace("零亿", "亿")


def _bare(written: str) -> str:
    """Without the characters that writers may leave out: 零, and the 壹 of 壹拾."""
    return written.replace("零", "").replace("壹拾", "拾")


def _sum(written: str) -> int | None:
    """Add up, leniently; ``_whole`` then compares. 亿 and 万 multiply what stands before them."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        high, found, low = written.rpartition(name)
        if found:
            above, below = _sum(high) if high else None, _sum(low) if low else 0
            return None if above is None or below is None else above * size + below
    total, digit = 0, None
    for character in written:
        if character in _PLACES:
            total += (1 if digit is None else digit) * 10 ** _PLACES.index(character)
            digit = None
        elif digit in (None, 0):
            digit = _DIGITS.index(character) if character in _DIGITS else None
            if digit is None:
                return None
        else:
            return None
    return total + (digit or 0)
