"""Products printed to the cent: which figures they would catch."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.proof.products import catches, holds, step


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "held", "caught"),
    [
        ("9210", "1.0312", "9497.35", True, True),
        ("9210", "1.0312", "9497.36", True, False),  # a cent off: cut off or rounded otherwise
        ("9210", "1.0312", "9497.40", False, False),
        ("3", "1.0312", "3.09", True, False),  # 1.0313 would do as well
        ("630", "30.00", "18900.00", True, True),
        ("12", "0.00", "0.00", True, False),  # nothing is caught by a price of nothing
    ],
)
def test_what_a_product_says(quantity: str, price: str, amount: str, held: bool, caught: bool):
    figures = Decimal(quantity), Decimal(price), Decimal(amount)

    assert (holds(*figures), catches(*figures)) == (held, caught)


@given(
    st.decimals("0.01", "99999", places=2),
    st.decimals("0.0001", "99", places=4),
    st.integers(-900, 900),
    st.sampled_from("qpa"),
)
def test_a_product_that_catches_shows_any_other_last_digit(quantity: Decimal, price: Decimal, steps: int, which: str):
    amount = (quantity * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if steps == 0 or not catches(quantity, price, amount):
        return
    other = {"q": quantity, "p": price, "a": amount}
    other[which] += steps * step(other[which])

    assert not catches(other["q"], other["p"], other["a"])
