"""How a spreadsheet writes a number: percent, thousands, leading zeros, 万元, days; no digit of the exact value is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
#: Formats that have a number and no text in the file; 27 to 58 are those of Chinese programs.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 17: "yyyy-mm",
    22: "yyyy-mm-dd h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 31: _DAY, 36: _YEAR_MONTH, 50: _YEAR_MONTH, 51: _MONTH_DAY,
    52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<exponent>[Ee][+-])|(?P<other>.)",
    re.S,
)
_COLOURS = frozenset({
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黑色", "蓝色", "青色", "绿色", "洋红", "红色",
    "白色", "黄色",
})  # fmt: skip
_DAY_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[[^\]]*\]|(y+|m+|d+|h+|s+|a+)|(.)', re.S | re.I)
_LAST_SERIAL = 2958466  # the first day after 9999


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format: what stands around the digits, and how the digits are laid out."""

    before: str
    after: str
    whole: int  #: digits before the point at least
    places: int  #: digits behind it at least
    grouped: bool
    shift: int  #: powers of ten between the value and what is shown

    def write(self, value: Decimal) -> str:
        shown = value.scaleb(self.shift).normalize()
        exponent = shown.as_tuple().exponent
        places = max(self.places, -exponent if isinstance(exponent, int) else 0)
        digits = f"{shown:,.{places}f}" if self.grouped else f"{shown:.{places}f}"
        whole, point, rest = digits.partition(".")
        return f"{self.before}{whole.zfill(self.whole)}{point}{rest}{self.after}".strip()


def written(value: Decimal, code: str) -> str | None:
    """The number as the format shows it, with all its digits; None where the format says nothing we follow."""
    sections = _sections(code)
    if not sections or sections[0] is None:
        return None
    if value < 0 and len(sections) > 1:
        section = sections[1]
        if section is None:
            return None
        text = section.write(-value)
        # Red without a sign is how some show that a number is below zero; colours are not read.
        return text if "-" in section.before or "(" in section.before or "（" in section.before else f"-{text}"
    if value < 0:
        return f"-{sections[0].write(-value)}"
    return sections[0].write(value)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section | None, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code[:255]):
        if token["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts[:2])


def _section(tokens: list[re.Match[str]]) -> Section | None:
    """None for what is not a plain layout of digits: General, dates, fractions, exponents, conditions."""
    texts = ["", ""]  # before the digits and after them
    digits: list[str] = []  # 0 # ? in their order, with . for the point
    commas = shift = dots = 0
    grouped = False
    for token in tokens:
        literal = next((token[name] for name in ("quoted", "escaped", "currency") if token[name] is not None), None)
        other = token["other"]
        if token["general"] or token["exponent"] or (token["bracket"] or "").lower() not in {"", *_COLOURS}:
            return None
        if token["digit"]:
            if texts[1]:
                if texts[1] != "." or "." in digits:
                    return None
                dots, texts[1] = len(digits) + 1, ""  # a point that is only drawn: the digits behind it are whole ones
            grouped |= bool(commas) and not dots
            commas = 0
            digits.append(token["digit"])
        elif other == "." and digits.count(".") == 0:
            digits.append(".")
        elif other == "," and digits:
            commas += 1
        elif other == "%":
            shift += 2
            texts[bool(digits)] += "%"
        elif other in ("/", "@") or (other and other.lower() in "ymdhsaeb"):
            return None
        elif literal is not None or other:
            texts[bool(digits)] += literal if literal is not None else other
    if not any(digit in "0#?" for digit in digits):
        return None
    return _laid_out(texts, digits, grouped, shift - 3 * commas, dots)


def _laid_out(texts: list[str], digits: list[str], grouped: bool, shift: int, dots: int) -> Section:
    if dots:  # 0!.0, : thousands with a point drawn before the last digit, which makes 万
        behind = len(digits) - dots + 1
        return Section(texts[0], texts[1], 1, behind, False, shift - behind)
    point = digits.index(".") if "." in digits else len(digits)
    whole = digits[:point].count("0")
    return Section(texts[0], texts[1], 1 if grouped else max(1, whole), digits[point:].count("0"), grouped, shift)


def is_day(code: str) -> bool:
    """Whether the format shows a number as a day or a time."""
    return any(token[3] for token in _DAY_TOKEN.finditer(code)) and "general" not in code.lower() and "通用" not in code


def day_of(serial: float, *, from_1904: bool) -> datetime | None:
    """The day that a number stands for."""
    if not 1 <= serial < _LAST_SERIAL:
        return None
    if from_1904:
        return datetime(1904, 1, 1) + timedelta(days=serial)  # noqa: DTZ001  (a sheet knows no zone)
    return datetime(1899, 12, 30 if serial >= 60 else 31) + timedelta(days=serial)  # noqa: DTZ001


def written_day(value: date, code: str) -> str | None:
    """A day in Chinese as the format shows it, a month without its day; None where the usual way of writing serves."""
    kinds = "".join(token[3][0].lower() for token in _DAY_TOKEN.finditer(code) if token[3])
    if "y" not in kinds or "h" in kinds or "s" in kinds:
        return None
    if "年" in code and "m" in kinds:
        return "".join(_part(value, token) for token in _DAY_TOKEN.finditer(code.split(";")[0])).strip()
    if "d" not in kinds:
        return f"{value.year:04d}-{value.month:02d}" if "m" in kinds else f"{value.year:04d}"
    return None


def _part(value: date, token: re.Match[str]) -> str:
    letters = (token[3] or "").lower()
    match letters[:1]:
        case "y":
            return f"{value.year:04d}"
        case "m":
            return f"{value.month:0{min(2, len(letters))}d}"
        case "d":
            return f"{value.day:0{min(2, len(letters))}d}"
    return token[1] or token[2] or ("" if token[4] in ("@", None) else token[4])
