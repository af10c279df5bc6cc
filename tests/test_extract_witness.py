"""What several identities prove together when two values may be wrong: on equations written in the test."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.grammar import Bearing, Reading
from extract.layout import Sheet
from extract.proof.witness import weighed
from records.document import Box
from records.facts import Check, Field, Outcome, Printed, Repair
from tests.paper import paper


def _sheet() -> Sheet:
    document = paper("小票")
    return Sheet(document, document.pages)


def reading(*names: str) -> Reading:
    """A reading whose fields stand one below the other."""
    found = Reading(_sheet())
    for number, name in enumerate(names):
        source = Printed(1, Box(0.1, 0.02 * number, 0.2, 0.02 * number + 0.01), "1.00", 1.0)
        found.fields[name] = Field(name, Decimal("1.00"), source)
    return found


def holds(name: str, *proves: str, **more: object) -> Bearing:
    return Bearing(Check(name, Outcome.HOLDS, name), proves=proves, **more)  # type: ignore[arg-type]


def proved(found: Reading, *bearings: Bearing) -> set[str]:
    return {path for bearing in weighed(found, bearings) for path in bearing.proves}


def test_one_sum_proves_none_of_its_terms_and_supports_them_all():
    slip = reading("a", "b", "total")

    assert proved(slip, holds("sum", "a", "b", "total")) == set()
    assert slip.supported == {"a", "b", "total"}


def test_a_second_identity_tells_a_term_from_the_others():
    slip = reading("a", "b", "total", "words")
    sums = holds("sum", "a", "b", "total", terms=(("a", 1), ("b", 1), ("total", -1)))

    assert proved(slip, sums, holds("words", "words", "total", apart=True)) == {"total", "words"}


def test_two_terms_in_the_same_sums_with_other_signs_do_not_hide_each_other():
    slip = reading("a", "b", "sum", "difference")
    plus = holds("plus", "a", "b", "sum", terms=(("a", 1), ("b", 1), ("sum", -1)))
    minus = holds("minus", "a", "b", "difference", terms=(("a", 1), ("b", -1), ("difference", -1)))

    assert proved(slip, plus, minus) == {"a", "b", "sum", "difference"}


def test_factors_have_no_sign_to_be_told_apart_by():
    slip = reading("a", "b", "x", "y")

    assert proved(slip, holds("one", "a", "b", "x"), holds("other", "a", "b", "y")) == {"x", "y"}


def test_what_is_leaned_on_must_be_held_by_something_else():
    slip = reading("base", "share", "total")
    share = holds("share", "share", leans=("base",))

    assert proved(slip, share) == set()
    assert "share" in proved(slip, share, holds("sum", "base", "total"))


def test_what_an_accused_value_takes_part_in_proves_nothing():
    slip = reading("a", "b", "words")
    fails = Bearing(Check("other", Outcome.FAILS, "other"), accuses=("a",))

    assert proved(slip, holds("words", "b", "words", apart=True), holds("sum", "a", "b"), fails) == {"b", "words"}


@pytest.mark.parametrize(("second", "found"), [(False, set()), (True, {"a"})], ids=["one identity", "two"])
def test_a_repaired_figure_needs_a_second_identity(second: bool, found: set[str]):
    slip = reading("a", "b")
    slip.fields["a"] = replace(slip.fields["a"], repaired=Repair("l.00", "sum"))
    bearings = [holds("sum", "a"), *([holds("other", "a")] if second else [])]

    assert proved(slip, *bearings) == found


def test_one_print_read_into_two_fields_is_one_figure():
    slip = reading("amount", "total", "words")
    slip.fields["fee"] = replace(slip.fields["amount"], name="fee")
    sums = holds("sum", "amount", "fee", "total", terms=(("amount", 1), ("fee", 1), ("total", -1)))

    assert proved(slip, sums, holds("words", "total", "words", apart=True)) == {"amount", "fee", "total", "words"}


def test_what_needs_another_check_counts_only_beside_one():
    slip = reading("qty", "price", "amount", "last")
    product = holds("product", "qty", "price", "amount")
    alone = holds("product", "price", needs=("qty",))

    assert proved(slip, product, alone) == set()
    assert "price" in proved(slip, product, alone, holds("meter", "last", "qty"))


def test_what_needs_a_figure_in_doubt_counts_for_nothing():
    slip = reading("qty", "price", "amount", "last")
    doubt = Bearing(Check("sum", Outcome.FAILS, "sum"), accuses=("qty",))
    alone = holds("product", "price", needs=("qty",))

    assert proved(slip, alone, holds("meter", "last", "qty"), doubt) == set()


def test_the_same_product_twice_tells_no_quantity_from_its_price():
    slip = reading("qty", "price", "amount", "again")
    first, second = holds("row", "qty", "price", "amount"), holds("field", "qty", "price", "again")

    assert not {"qty", "price"} & proved(slip, first, second, holds("row", "price", needs=("qty",)))
