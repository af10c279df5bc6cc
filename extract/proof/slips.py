"""Whether two slips at once could hide in a product (电量 × 单价 = 电费): what a figure might have been, had it been misread.

A sum hides two slips easily: one term a tenth too much, another a tenth too little. A product to the cent seldom does. Where no
slip in one figure goes with a slip in another, the product proves its amount by itself, and its factors but for one thing: they
may stand in each other's places. Round factors hide slips (630 × 30.00 and 63 × 30.00 have the same figures but for a zero), and
figures without a point may both have lost one; there a product proves no more than ``extract.proof.witness`` counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

CENT = Decimal("0.01")
COMMA = 3  #: so many figures behind a point may be thousands behind a comma


def might_be(value: Decimal) -> list[Decimal]:
    """What may have been printed where this was read with one slip: another figure in a place, one too many or too few, a
    point that was lost, a comma taken for a point; ascending, without the value itself."""
    text = f"{abs(value):f}"
    return sorted({other for way in _slips(text) if (other := Decimal(way)) != abs(value)})


def _slips(text: str) -> Iterator[str]:
    places = [place for place, letter in enumerate(text) if letter != "."]
    for place in places:
        for figure in "0123456789":
            yield text[:place] + figure + text[place + 1 :]
            yield text[:place] + figure + text[place:]
    for figure in "0123456789":
        yield text + figure
    if len(places) > 1:
        yield from (text[:place] + text[place + 1 :] for place in places)
    whole, point, behind = text.partition(".")
    if not point:
        yield from (f"{text[:place]}.{text[place:]}" for place in places[1:])
    elif len(behind) == COMMA:
        yield whole + behind


@lru_cache(maxsize=4096)
def hide(quantity: Decimal, price: Decimal, amount: Decimal) -> frozenset[str]:
    """Which pairs of the three could both be misread and the product still be the amount: ``qp``, ``qa``, ``pa``."""
    q, p, a = abs(quantity), abs(price), abs(amount)
    quantities, prices, amounts = might_be(q), might_be(p), might_be(a)
    found = set()
    if any(other and _within(prices, (a - CENT) / other, (a + CENT) / other) for other in (*quantities, q)):
        found.add("qp")
    if any(_within(amounts, other * p - CENT, other * p + CENT) for other in quantities) or _within(
        quantities, *_around(a, p)
    ):
        found.add("qa")
    if any(_within(amounts, other * q - CENT, other * q + CENT) for other in prices) or _within(prices, *_around(a, q)):
        found.add("pa")
    return frozenset(found)


def _around(amount: Decimal, factor: Decimal) -> tuple[Decimal, Decimal]:
    """Between which values the other factor may lie; none where this one is nothing."""
    return ((amount - CENT) / factor, (amount + CENT) / factor) if factor else (Decimal(0), Decimal("Infinity"))


def _within(ascending: list[Decimal], least: Decimal, most: Decimal) -> bool:
    return bisect_left(ascending, least) < bisect_right(ascending, most)
