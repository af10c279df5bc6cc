"""Sums of money, as they stand in text and as people ask for them: 1200000, 1000..2000, 1200000±0.5%, >50万."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from records.values.money import money
from records.values.numbers import percent
from records.values.text import halfwidth
from search.clauses import AmountIn

_MOST = 10**17  #: cents; more money than there is
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
#: Figures that look like money in running text: with thousands, with cents, or with a unit behind them.
_IN_TEXT = re.compile(
    rf"(?<![\d.,\-/])(?P<number>{_NUMBER})[ ]?(?P<unit>万亿|百万|千万|亿|万|元)?(?![\d,]|[./-]\d|[年月日号%])"
)
_RANGE = re.compile(r"\.{2,}|…|~|至")
_ALMOST = re.compile(r"±|\+/?-")
_BOUND = re.compile(r"(>=|<=|[<>≥≤])(.+)")
_ONLY = re.compile(r"[-\d.,¥$元圆整万亿千百+±/~%<>=≥≤至约RMBCNYrmbcny]+")


def cents(value: Decimal) -> int | None:
    """Whole cents without sign; None for what is finer than a cent or no sum at all."""
    exact = abs(value) * 100
    return int(exact) if exact == exact.to_integral_value() and exact < _MOST else None


def sums(text: str) -> Iterator[tuple[int, int, int]]:
    """The sums of money printed in a text: from where, to where, how many cents. Bare whole numbers are none."""
    for match in _IN_TEXT.finditer(halfwidth(text)):
        number, unit = match["number"], match["unit"]
        if unit or "," in number or re.search(r"\.\d\d$", number):
            read = money(number + (unit or ""))
            value = cents(read.value) if read else None
            if value is not None:
                yield match.start(), match.end(), value


def looks_like_amount(text: str) -> bool:
    """Whether a person meant a sum of money by this, rightly written or not; a bare whole number says nothing."""
    plain = halfwidth(text)
    return bool(_ONLY.fullmatch(plain)) and any(map(str.isdigit, plain)) and not plain.isdigit()


def asked(text: str) -> AmountIn | None:
    """The sums asked for; None when it cannot be understood, which is said and never guessed."""
    plain = re.sub(r"\s", "", halfwidth(text))
    bound = _BOUND.fullmatch(plain)
    if bound:
        return _bounded(*bound.groups())
    around = _ALMOST.split(plain)
    if len(around) == 2:
        return _almost(*around)
    ends = _RANGE.split(plain)
    if len(ends) == 2:
        return _between(*ends)
    one = _sum(plain)
    return AmountIn(one, one) if one is not None else None


def _sum(text: str) -> int | None:
    read = money(text)
    return cents(read.value) if read else None


def _between(first: str, last: str) -> AmountIn | None:
    """From one to the other; one end may be left open. The wrong way round is not understood."""
    low, high = _sum(first) if first else 0, _sum(last) if last else _MOST
    if low is None or high is None or low > high or not (first or last):
        return None
    return AmountIn(low, high)


def _bounded(sign: str, text: str) -> AmountIn | None:
    limit = _sum(text)
    if limit is None:
        return None
    if sign in {">", ">=", "≥"}:
        return AmountIn(limit + (sign == ">"), _MOST)
    return AmountIn(0, limit - (sign == "<")) if limit - (sign == "<") >= 0 else None


def _almost(middle: str, apart: str) -> AmountIn | None:
    """Around a sum, by a percentage or by a sum."""
    centre, share = _sum(middle), percent(apart)
    if centre is None:
        return None
    if share is None:
        width = _sum(apart)
        return AmountIn(max(0, centre - width), centre + width) if width is not None else None
    low = (Decimal(centre) * (1 - share)).to_integral_value(ROUND_CEILING)
    high = (Decimal(centre) * (1 + share)).to_integral_value(ROUND_FLOOR)
    return AmountIn(max(0, int(low)), int(high))


def written(number: int) -> str:
    """Cents as people read them: 1,200,000.00."""
    return f"{Decimal(number) / 100:,.2f}"


def describe(amount: AmountIn) -> tuple[str, str]:
    """A range in Chinese and in English."""
    low, high = written(amount.low), written(amount.high)
    if amount.low == amount.high:
        return low, low
    if amount.high >= _MOST:
        return f"{low} 以上", f"{low} or more"
    return f"{low} 至 {high}", f"{low} to {high}"
