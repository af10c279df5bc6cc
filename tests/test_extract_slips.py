"""Two slips at once: in which products they could hide, and what those prove in which they could not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.proof.products import holds
from extract.proof.slips import hide, might_be
from tests.planted import CONFUSED


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "pairs"),
    [
        ("828", "5.35", "4429.80", ""),
        ("828", "535", "442980", "pa qa qp"),  # without points: 828 × 5.35 = 4,429.80 as well
        ("630", "30.00", "18900.00", "pa qa qp"),  # 63 × 30.00 = 1,890.00, a zero too many in both
        ("2000", "9.15", "18300.00", "pa qa"),  # 2000 × 9.10 = 18,200.00
        ("1", "917.43", "917.43", "pa qp"),  # the same figures twice, misread twice
    ],
)
def test_in_which_products_two_slips_could_hide(quantity: str, price: str, amount: str, pairs: str):
    assert " ".join(sorted(hide(Decimal(quantity), Decimal(price), Decimal(amount)))) == pairs


def test_what_may_have_been_printed():
    assert {Decimal(text) for text in ("1.24", "1.2", "12", "11.25", "1.256", "0.25")} - {
        *might_be(Decimal("1.25"))
    } == {
        Decimal("12")  # a point is lost more easily than found
    }
    assert Decimal("1.25") in might_be(Decimal("125"))
    assert Decimal("1250") in might_be(Decimal("1.250"))


def slipped(value: Decimal, place: int, other: int) -> Decimal:
    """The value with one figure mistaken for another, as engines do."""
    text = f"{value:f}"
    places = [n for n, letter in enumerate(text) if letter.isdigit()]
    at = places[place % len(places)]
    ways = CONFUSED[text[at]]
    return Decimal(text[:at] + ways[other % len(ways)] + text[at + 1 :])


@given(
    st.integers(2, 99_999),
    st.decimals("0.0101", "99", places=4),
    st.lists(st.integers(0, 30), min_size=4, max_size=4),
    st.sampled_from(("qp", "qa", "pa")),
)
def test_where_none_could_hide_no_two_mistaken_figures_make_a_product(units, price, slips, pair):
    quantity, amount = Decimal(units), (units * price).quantize(Decimal("0.01"))
    if pair in hide(quantity, price, amount):
        return
    read = {"q": quantity, "p": price, "a": amount}
    for name, place, other in zip(pair, slips[::2], slips[1::2], strict=True):
        read[name] = slipped(read[name], place, other)

    assert not holds(read["q"], read["p"], read["a"])
