"""Indicators of invoices: a sale or a purchase by whose file it lies in, each number once, what was taken back counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extract.indicators import compute
from records.facts import Field, Finding, Paper, Printed, Quality, State, Subject

OURS = Subject("杭州临屿机械有限公司", "91330106MA2TEXT017")
PLACE = Printed(1, None, "")


def invoice(
    number: str, day: str, amount: str, *, seller: str = "91330106MA2TEXT017", buyer: str = "甲", state: State = State.VERIFIED,
    void: bool = False,
) -> tuple[str, Paper]:  # fmt: skip
    """An invoice of this number and amount without tax; a party of eighteen characters is a number, any other a name."""
    said: dict[str, object] = {"number": number, "issue_date": date.fromisoformat(day)}
    for side, party in (("seller", seller), ("buyer", buyer)):
        said[f"{side}_id" if len(party) == 18 else f"{side}_name"] = party
    fields = {name: Field(name, value, PLACE) for name, value in said.items()}  # type: ignore[arg-type]
    fields["total_amount"] = Field("total_amount", Decimal(amount), PLACE, state)
    findings = (Finding("void", "票面有“作废”字样。", 1),) if void else ()
    return f"d{number}", Paper("vat_invoice", 1.0, (), (1, 1), None, None, fields, {}, findings=findings)


def figures(name, papers, whose=OURS):
    return [(i.period.start.month, i.value) for i in compute(papers, whose) if i.id == name]


def test_what_was_sold_and_bought_is_summed_by_month_red_ones_taken_off():
    papers = [
        invoice("1", "2024-03-05", "100000.00"),
        invoice("2", "2024-03-20", "-20000.00"),
        invoice("3", "2024-04-02", "50000.00"),
        invoice("4", "2024-03-09", "30000.50", seller="乙", buyer="91330106MA2TEXT017"),
    ]

    assert figures("invoice_sales", papers) == [(3, "80000.00"), (4, "50000.00")]
    assert figures("invoice_purchase", papers) == [(3, "30000.50")]


def test_the_same_invoice_twice_counts_once_and_a_void_one_is_no_sale():
    papers = [invoice("1", "2024-03-05", "100.00"), invoice("1", "2024-03-05", "100.00"),
              invoice("2", "2024-03-06", "300.00", void=True)]  # fmt: skip

    assert figures("invoice_sales", papers) == [(3, "100.00")]
    assert figures("invoice_red_ratio", papers) == [(3, "0.7500")]


def test_the_largest_customer_is_told_by_its_number_or_its_exact_name():
    papers = [
        invoice("1", "2024-03-05", "600.00", buyer="91440300MA5DEMQ12M"),
        invoice("2", "2024-03-06", "100.00", buyer="乙厂"),
        invoice("3", "2024-03-07", "300.00", buyer="乙厂"),
    ]

    assert figures("invoice_customer_top1", papers) == [(3, "0.6000")]


@pytest.mark.parametrize(
    "whose",
    [None, Subject("杭州青禾线缆有限公司", "91440300MA5DEMQ12M"), Subject()],
    ids=["nobody said", "somebody else", "no name, no number"],
)
def test_an_invoice_between_others_says_nothing(whose):
    found = compute([invoice("1", "2024-03-05", "100.00")], whose)

    assert [i.id for i in found if i.id.startswith("invoice_")] == []


def test_a_namesake_with_another_number_is_somebody_else():
    papers = [invoice("1", "2024-03-05", "100.00", seller="91440300MA5DEMQ12M")]

    assert figures("invoice_sales", papers) == []
    assert figures("invoice_sales", [invoice("1", "2024-03-05", "100.00", seller="杭州临屿机械有限公司")]) == [
        (3, "100.00")
    ]


def test_an_amount_in_conflict_gives_no_figure_and_says_why():
    (sales,) = [
        i for i in compute([invoice("1", "2024-03-05", "9.00", state=State.CONFLICT)], OURS) if i.id == "invoice_sales"
    ]

    assert (sales.value, sales.quality, sales.reason) == (None, Quality.PARTIAL, "有发票金额处于冲突状态，先复核再计算")


def test_only_red_ones_have_no_ratio():
    (share,) = [i for i in compute([invoice("1", "2024-03-05", "-9.00")], OURS) if i.id == "invoice_red_ratio"]

    assert (share.value, share.reason) == (None, "分母为零：开出蓝字金额")
