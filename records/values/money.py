"""Money as printed: exact, with its sign, its unit and how sure the paper itself is; what is not clear is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Literal

from records.values.capitals import from_words, in_words, numeral
from records.values.text import halfwidth

__all__ = ["Amount", "from_cells", "from_words", "in_words", "money", "nil", "quantity", "unit_of"]

Negative = Literal["minus", "trailing minus", "brackets", "红字", "负"]
ONE = Decimal(1)
UNITS = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_EXACT = Context(prec=80, traps=[Inexact])
_LONGEST = 64  #: A longer text is a sentence, not an amount.
_LONGEST_HEADING = 400
_LONGEST_NUMBER = 26  #: Within what Decimal computes exactly.


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
    if len(text) > _LONGEST_NUMBER:
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
    number = _number(plain[1:] if plain[0] in "+-" else plain)
    if number is not None:  # the common case of statements, made cheap
        minus = plain[0] == "-"
        return Amount(_times(-number if minus else number, unit), text, unit, False, "minus" if minus else None)
    return _money(plain, text, unit) if _WORTH_A_LOOK.search(plain) else None


_WORTH_A_LOOK = re.compile(r"[0-9]|[元圆圓角分万亿萬億整正块]")
_CURRENCY = r"(?:(?:人民币|RMB|CNY|¥) ?:? ?){0,2}"
#: No blank between a minus and its figures: the dash may be the empty cell before.
_SIGNED = re.compile(
    rf"(?:(?P<red>红字|\(红字\)|\(负数\)|负) ?)?{_CURRENCY}(?P<sign>[-+]?){_CURRENCY}"
    r"(?P<body>[^-+ ](?:[^-+]*[^-+ ])?)(?P<after>-?)",
    re.IGNORECASE,
)
#: Only bare figures: (¥1,234.50) and (500万元) are how contracts repeat an amount, not how ledgers negate one.
_BRACKETED = re.compile(r"(?:¥ ?)?\( ?(?P<body>[0-9.,]+) ?\)")
_NEGATIVE: dict[str, Negative] = {"红字": "红字", "(红字)": "红字", "(负数)": "负", "负": "负", "-": "minus"}


@lru_cache(maxsize=4096)
def _money(plain: str, raw: str, unit: Decimal) -> Amount | None:
    """Everything but the plainest: signs in other forms, currency, units, characters."""
    if plain == "0-00":  # a form with lines between 元 and 角分
        return Amount(Decimal("0.00"), raw)
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed:
        number = _number(bracketed["body"])
        return None if number is None else Amount(-_times(number, unit), raw, unit, False, "brackets")
    found = _SIGNED.fullmatch(plain)
    if found is None or sum(bool(found[mark]) for mark in ("red", "sign", "after")) > 1:
        return None
    by = "trailing minus" if found["after"] else _NEGATIVE.get(found["red"] or found["sign"])
    return _signed(found["body"], raw, unit, by)


_BEFORE = re.compile(r"^(?:大约|大概|约为|约|将近|接近|近|逾|超过|超) ?")
_AFTER = re.compile(r" ?(?:左右|上下)$")
_ROUGHLY = re.compile(r"(?<=[0-9万亿千百十拾佰仟元])[余多](?=[元万亿千百块]|$)")


def _signed(body: str, raw: str, unit: Decimal, by: Negative | None) -> Amount | None:
    """The amount without its sign: words of doubt taken off, then figures or characters."""
    exact = _ROUGHLY.sub("", _AFTER.sub("", _BEFORE.sub("", body)), count=1)
    read = _figures(exact, unit) or _mixed(exact) or _characters(exact)
    if read is None:
        return None
    value, used = read
    return Amount(-value if by else value, raw, used, exact != body, by)


_YUAN = r"(?:元整|元正|元人民币|圆整|元|圆|块钱|块)"
_FIGURES = re.compile(
    rf"(?P<number>[0-9., ]*[0-9]) ?(?:(?P<unit>个亿|万亿|亿|千万|百万|十万|万|千|百) ?)?(?P<yuan>{_YUAN})?"
)


def _figures(text: str, unit: Decimal) -> tuple[Decimal, Decimal] | None:
    """Figures with or without a unit, and the unit that counted: 1,234.50 · 123.45万元 · 3.2亿."""
    found = _FIGURES.fullmatch(text)
    number = _number(found["number"]) if found else None
    if found is None or number is None:
        return None
    used = Decimal(UNITS[(found["unit"] or "").lstrip("个")]) if found["unit"] or found["yuan"] else unit
    return _times(number, used), used


_STEP = r"([0-9][0-9,.]*)(亿|千万|百万|万|千|百)(?:零(?=[0-9]))?"
_STEPS = re.compile(_STEP)
_MIXED = re.compile(rf"(?P<steps>(?:{_STEP})+)(?:(?P<rest>[0-9][0-9,.]*)(?=[元圆块]))?{_YUAN}?")


def _mixed(text: str) -> tuple[Decimal, Decimal] | None:
    """Several figures with falling units, as people say them: 1亿2千万 · 3万5千元 · 12万3456.78元."""
    found = _MIXED.fullmatch(text)
    if found is None:
        return None
    total, ceiling = Decimal(0), UNITS["亿"] * UNITS["万"]
    for figures, name in _STEPS.findall(found["steps"]):
        number, size = _number(figures), UNITS[name]
        if number is None or number % 1 or not 0 < number * size < ceiling:
            return None
        total, ceiling = total + number * size, size
    rest = _number(found["rest"]) if found["rest"] else Decimal(0)
    return (total + rest, ONE) if rest is not None and rest < ceiling else None


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


_NIL = re.compile(r"(?:¥ ?)?(?:[-/\\*_] ?)+|n/?a", re.IGNORECASE)


def nil(text: str) -> bool:
    """Whether a cell says that nothing stands there: blank, '-', '——', '/', '*'. Zero or absent is the type's business."""
    plain = halfwidth(text).strip()
    return not plain or (plain[0] in "¥-/\\*_nN" and _NIL.fullmatch(plain) is not None)


def quantity(text: str) -> Decimal | None:
    """A plain number with optional sign and thousands separators; no currency, no unit, no percent."""
    plain = halfwidth(text).strip()
    if not plain or len(plain) > _LONGEST or plain[-1] not in "0123456789":
        return None
    unsigned = plain[1:] if plain[0] in "+-" else plain
    number = _number(unsigned)
    if number is None and len(unsigned) <= _LONGEST_NUMBER and _METER.fullmatch(unsigned):
        number = Decimal(unsigned)
    return -number if number is not None and plain[0] == "-" else number


def from_cells(cells: Sequence[str]) -> Decimal | None:
    """Figures printed one to a cell (亿千百十万千百十元角分): joined, the last two are 角 and 分."""
    joined = "".join(halfwidth(cell).strip() for cell in cells).lstrip("¥")
    return Decimal(joined).scaleb(-2) if _CELLS.fullmatch(joined) else None


_CELLS = re.compile(r"[0-9]{3,17}")
_UNIT_NAME = r"(?:人 ?民 ?币|RMB|CNY)? ?[/:]? ?(?P<unit>百万|千万|十万|亿|万|千|百)? ?元"
_NOT_A_UNIT = "".join(f"(?<!{word})" for word in ("编制", "填报", "报送", "填制", "工作"))
_UNIT_SAID = re.compile(rf"{_NOT_A_UNIT}单 ?位 ?:? ?\(?{_UNIT_NAME}(?=$|[^/\u4e00-\u9fff]|人民币|币种|[整列至])")
_UNIT_IN_BRACKETS = re.compile(rf"\((?:单位:?)?{_UNIT_NAME}\)")
_UNIT_ALONE = re.compile(_UNIT_NAME)


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Decimal | None:
    """The unit a heading gives for its figures: 单位：万元 → 10000, 余额(元) → 1; None when it gives none, or two."""
    if "元" not in text or len(text) > _LONGEST_HEADING:
        return None
    plain = " ".join(halfwidth(text).split())
    alone = _UNIT_ALONE.fullmatch(plain)
    found = [alone] if alone else [*_UNIT_SAID.finditer(plain), *_UNIT_IN_BRACKETS.finditer(plain)]
    sizes = {UNITS[one["unit"] or ""] for one in found}
    return Decimal(sizes.pop()) if len(sizes) == 1 else None
