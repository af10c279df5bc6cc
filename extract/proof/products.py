"""Products printed to the cent (电量 × 单价 = 电费): when one holds, and when it would catch any other figure in its place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from extract.grammar import Bearing
from extract.proof.slips import hide
from records.facts import Check

CENT = Decimal("0.01")


def holds(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Whether the amount is the product, rounded or cut off to the cent."""
    return abs(quantity * price - amount) <= CENT


def catches(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Whether the rounded product would show another last digit in any of the three."""
    return not bears(("quantity", "price", "amount"), quantity, price, amount)[1]


def bears(
    paths: tuple[str, str, str], quantity: Decimal, price: Decimal, amount: Decimal
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the three the rounded product would show to be wrong, and which it takes for right.

    The amount is the product rounded half up, so another cent would not be. The least step of a factor must change the product
    by a cent at least: 9,210 kWh × 1.0312 catches another last digit of the price, 3 kWh × 1.0312 does not.
    """
    if (quantity * price).quantize(CENT, ROUND_HALF_UP) != amount:
        return (), paths
    by_a_step = ((paths[0], step(quantity) * abs(price)), (paths[1], step(price) * abs(quantity)))
    taken = tuple(path for path, change in by_a_step if change < CENT)
    return tuple(path for path in paths if path not in taken), taken


def step(value: Decimal) -> Decimal:
    """The least by which another figure of as many decimals could differ."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def bearings(check: Check, paths: tuple[str, str, str], figures: tuple[Decimal, Decimal, Decimal]) -> Iterator[Bearing]:
    """What a product that holds proves of quantity, price and amount; nothing where another last digit would pass.

    Beside what the three prove together each has the product for a witness of its own, but against those slips that it would
    hide: of the figures they would be made in another identity has to speak. Quantity and price might also have changed places.
    """
    if not catches(*figures):
        yield Bearing(check)
        return
    yield Bearing(check, proves=paths)
    hidden = hide(*figures) | {"qp"}
    named = dict(zip("qpa", paths, strict=True))
    for mark, path in named.items():
        partners = tuple(other for one, other in named.items() if one != mark and hidden & {mark + one, one + mark})
        others = tuple(other for other in paths if other not in (path, *partners))
        yield Bearing(check, proves=(path,), leans=others, needs=partners)
