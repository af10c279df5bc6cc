"""Money as printed: exact, with its sign, its unit and how sure the paper itself is; what is not clear is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Literal

from records.values.capitals import from_words, in_words, numeral
from records.values.text import halfwidth, squeeze

__all__ = ["Amount", "from_cells", "from_words", "in_words", "money", "nil", "quantity", "unit_of"]

Negative = Literal["minus", "trailing minus", "brackets", "红字", "负"]
ONE = Decimal(1)
UNITS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_EXACT = Context(prec=80, traps=[Inexact])
_LONGEST = 64  #: A longer text is a sentence, not an amount.


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as a paper states it. ``value`` keeps the digits printed, its unit multiplied out."""

    value: Decimal
    raw: str
    unit: Decimal = ONE  #: 10000 where the paper says 万元
    approximate: bool = False  #: 约, 近, 余, 左右: the paper itself does not say exactly
    negative_by: Negative | None = None  #: what made it negative


_PLAIN = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_POINT_FIRST = re.compile(r"\.[0-9]{2}")  #: some ledgers print .50 for 0.50
_BLANK_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+\.[0-9]{2}")  #: without decimals it may be two columns
_METER = re.compile(r"[0-9]+(?:\.[0-9]+)?")  #: readings keep their leading zeros


def _number(text: str) -> Decimal | None:
    """A plain number with thousands separators where they belong, and no sign."""
    if len(text) > 24:
        return None
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _POINT_FIRST.fullmatch(text) or _BLANK_GROUPS.fullmatch(text):
        return Decimal(text.replace(" ", ""))
    return None


def money(text: str, unit: Decimal = ONE) -> Amount | None:
    """The amount this text states, or None. ``unit`` is that of the table header; a unit in the text itself wins."""
    plain = halfwidth(text).strip()
    if not plain or len(plain) > _LONGEST:
        return None
    number = _PLAIN.fullmatch(plain[1:] if plain[0] in "+-" else plain)
    if number:  # the common case of statements, made cheap
        value = Decimal(number[0].replace(",", ""))
        minus = plain[0] == "-"
        return Amount(_times(-value if minus else value, unit), text, unit, False, "minus" if minus else None)
    if not _WORTH_A_LOOK.search(plain):
        return None
    return _money(plain, text, unit)


_WORTH_A_LOOK = re.compile(r"[0-9]|[元圆圓角分万亿萬億整正块]")
_CURRENCY = r"(?:(?:人民币|RMB|CNY|¥) ?:? ?){0,2}"
_SIGNED = re.compile(
    rf"(?:(?P<red>红字|\(红字\)|\(负数\)|负) ?)?{_CURRENCY}(?P<sign>[-+]?){_CURRENCY}(?P<body>[^-+]+?)(?P<after>-?)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"{_CURRENCY}\( ?(?P<body>[^()]+?) ?\)", re.IGNORECASE)
_ZERO_IN_CELLS = re.compile(r"0-00")


@lru_cache(maxsize=4096)
def _money(plain: str, raw: str, unit: Decimal) -> Amount | None:
    """Everything but the plainest: signs in other forms, currency, units, characters."""
    if _ZERO_IN_CELLS.fullmatch(plain):
        return Amount(Decimal("0.00"), raw)
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed:
        body = re.sub(rf"^{_CURRENCY}", "", bracketed["body"], flags=re.IGNORECASE)
        return _signed(body, raw, unit, "brackets") if _NUMBER_FIRST.match(body) else None
    found = _SIGNED.fullmatch(plain)
    if found is None:
        return None
    signs = [
        by
        for by, there in (("红字", found["red"]), ("minus", found["sign"]), ("trailing minus", found["after"]))
        if there
    ]
    if len(signs) > 1:
        return None
    by: Negative | None = None
    if found["red"]:
        by = "红字" if "红" in found["red"] else "负"
    elif found["sign"] == "-":
        by = "minus"
    elif found["after"]:
        by = "trailing minus"
    return _signed(found["body"].strip(), raw, unit, by)


_NUMBER_FIRST = re.compile(r"[0-9.]")
_BEFORE = re.compile(r"^(?:大约|大概|约为|约|将近|接近|近|逾|超过|超) ?")
_AFTER = re.compile(r" ?(?:左右|上下)$")
_ROUGHLY = re.compile(r"(?<=[0-9万亿千百十拾佰仟元])[余多](?=[个]?[元万亿千百块]|$)")


def _signed(body: str, raw: str, unit: Decimal, by: Negative | None) -> Amount | None:
    """The amount without its sign: words of doubt taken off, then figures or characters."""
    exact = _ROUGHLY.sub("", _AFTER.sub("", _BEFORE.sub("", body)), count=1)
    read = _figures(exact, unit) or _characters(exact)
    if read is None:
        return None
    value, used = read
    return Amount(-value if by else value, raw, used, exact != body, by)


_FIGURES = re.compile(
    r"(?P<number>[0-9., ]*[0-9])(?: ?(?P<unit>个亿|亿|千万|百万|十万|万|千|百)?)? ?(?P<yuan>元整|元正|元人民币|圆整|元|圆|块钱|块|整)?"
)


def _figures(text: str, unit: Decimal) -> tuple[Decimal, Decimal] | None:
    """Figures with or without a unit: 1,234.50 · 123.45万元 · 3.2亿 · 1亿2千万."""
    found = _FIGURES.fullmatch(text)
    if found is None:
        return _mixed(text)
    number = _number(found["number"])
    if number is None:
        return None
    size = Decimal(UNITS[(found["unit"] or "").lstrip("个")])
    used = size if found["unit"] or found["yuan"] else unit
    return _times(number, used), used


_STEP = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(亿|千万|百万|万|千|百|元|圆|$)零?")


def _mixed(text: str) -> tuple[Decimal, Decimal] | None:
    """Several figures with falling units, as people say them: 1亿2千万 · 3万5千元 · 1亿零500万元."""
    text = re.sub(r"(?:元整|元正|元|圆|块钱|块)$", "元", text)
    steps = _STEP.findall(text)
    if len(steps) < 2 or not _STEP.sub("", text).strip("元") == "" or text.count("元") > 1:
        return None
    if steps[-1][1] == "" or (steps[-1][1] == "元" and not text.endswith("元")):
        return None
    total, ceiling = Decimal(0), Decimal("Infinity")
    for digits, name in steps:
        number, size = _number(digits), Decimal(UNITS.get(name, 1))
        if number is None or number != number.to_integral_value() and name not in ("元", "圆"):
            return None
        part = _times(number, size)
        if not 0 < part < ceiling:
            return None
        total, ceiling = total + part, size
    return total, ONE


_NUMERAL = re.compile(r"(?P<number>[〇○零一二两三四五六七八九十百千万亿]+)(?P<yuan>元整|元|块钱|块)?")


def _characters(text: str) -> tuple[Decimal, Decimal] | None:
    """An amount in characters: capital ones with 元角分, or 三百万元 as prose writes it."""
    written = from_words(text)
    if written is not None:
        return written, ONE
    found = _NUMERAL.fullmatch(text)
    if found is None or not (found["yuan"] or found["number"][-1] in "万亿"):
        return None
    whole = numeral(found["number"])
    return (Decimal(whole), ONE) if whole else None


def _times(value: Decimal, unit: Decimal) -> Decimal:
    """Exact, in plain notation: 123.45 × 10000 is 1234500.00."""
    return value if unit == 1 else _EXACT.multiply(value, unit)


_NIL = re.compile(r"(?:¥ ?)?(?:[-/\\*~_] ?)+|n/?a", re.IGNORECASE)


def nil(text: str) -> bool:
    """Whether a cell says that nothing stands there: blank, '-', '——', '/', '*'. Zero or absent is the type's business."""
    plain = halfwidth(text).strip()
    return not plain or (plain[0] in "¥-/\\*~_nN" and _NIL.fullmatch(plain) is not None)


def quantity(text: str) -> Decimal | None:
    """A plain number with optional sign and thousands separators; no currency, no unit, no percent."""
    plain = halfwidth(text).strip()
    if not plain or len(plain) > _LONGEST or plain[-1] not in "0123456789":
        return None
    unsigned = plain[1:] if plain[0] in "+-" else plain
    number = _number(unsigned)
    if number is None and _METER.fullmatch(unsigned):
        number = Decimal(unsigned)
    return -number if number is not None and plain[0] == "-" else number


def from_cells(cells: list[str]) -> Decimal | None:
    """Figures printed one to a cell (亿千百十万千百十元角分): joined, the last two are 角 and 分."""
    joined = "".join(halfwidth(cell).strip() for cell in cells).lstrip("¥")
    return Decimal(joined).scaleb(-2) if re.fullmatch(r"[0-9]{3,17}", joined) else None


_UNIT_NAME = r"(?:人民币|RMB|CNY)? ?[/:]?(?P<unit>百万|千万|十万|亿|万|千|百)?元"
_UNIT_SAID = re.compile(
    rf"(?<!编制)(?<!填报)(?<!报送)(?<!填制)(?<!工作)单位 ?:? ?\(?{_UNIT_NAME}(?![{chr(0x4E00)}-{chr(0x9FFF)}]|/)"
)
_UNIT_IN_BRACKETS = re.compile(rf"\((?:单位:?)?{_UNIT_NAME}\)")
_UNIT_ALONE = re.compile(_UNIT_NAME)


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Decimal | None:
    """The unit a heading gives for its figures: 单位：万元 → 10000, 余额(元) → 1; None when it gives none, or two."""
    if "元" not in text:
        return None
    plain = squeeze(text)
    alone = _UNIT_ALONE.fullmatch(plain)
    found = [alone] if alone else [*_UNIT_SAID.finditer(plain), *_UNIT_IN_BRACKETS.finditer(plain)]
    sizes = {UNITS[one["unit"] or ""] for one in found}
    return Decimal(sizes.pop()) if len(sizes) == 1 else None
