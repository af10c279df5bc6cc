"""The made-up papers are sound before any reader sees them: sums, balances, check digits, the same bytes every time."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pypdfium2
import pytest

from demo import bank, book, papers
from demo.identity import in_words
from demo.papers.electricity import Site, bill
from records.values import money, numbers

D = Decimal
LAYOUTS = [(False, name) for name in papers.CORPORATE] + [(True, name) for name in papers.PERSONAL]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize(("personal", "layout"), LAYOUTS)
def test_every_layout_prints_a_chain_of_balances(personal: bool, layout: str):
    drawn = (papers.personal_statement if personal else papers.corporate_statement)(layout, rows=44)
    rows = drawn.truth["tables"]["transactions"]
    newest_first = (papers.PERSONAL if personal else papers.CORPORATE)[layout].newest_first
    ordered = rows[::-1] if newest_first else rows

    for before, row in pairwise(ordered):
        assert D(before["balance"]) + D(row["amount"]) == D(row["balance"])
    assert [row["date"] for row in ordered] == sorted(row["date"] for row in ordered)


@pytest.mark.parametrize("layout", ["ccb", "boc", "bocom"])
def test_the_sums_in_the_footer_are_those_of_the_rows(layout: str):
    truth = papers.corporate_statement(layout, rows=60).truth
    fields, amounts = truth["fields"], [D(row["amount"]) for row in truth["tables"]["transactions"]]

    assert D(fields["total_in"]) == sum(a for a in amounts if a > 0)
    assert D(fields["total_out"]) == -sum(a for a in amounts if a < 0)
    assert D(fields["opening_balance"]) + sum(amounts) == D(fields["closing_balance"])


def test_amounts_stand_in_the_text_layer_as_the_truth_says():
    drawn = papers.corporate_statement("icbc", rows=30)
    text = text_of(drawn.bytes)

    for row in drawn.truth["tables"]["transactions"]:
        assert f"{abs(D(row['amount'])):,.2f}" in text
        assert f"{D(row['balance']):,.2f}" in text


def test_on_an_altered_statement_exactly_one_row_leaves_the_chain():
    truth = papers.altered_statement("ccb", rows=30).truth
    rows = truth["tables"]["transactions"]
    broken = [
        place
        for place, (before, row) in enumerate(pairwise(rows), 2)
        if D(before["balance"]) + D(row["amount"]) != D(row["balance"])
    ]

    assert broken == truth["altered_rows"]


def test_the_same_arguments_draw_the_same_bytes():
    assert papers.corporate_statement("boc", seed=3) == papers.corporate_statement("boc", seed=3)
    assert papers.personal_statement("ccb", medium="xlsx") == papers.personal_statement("ccb", medium="xlsx")
    assert papers.corporate_statement("ccb", rows=10, medium="scan") == papers.corporate_statement(
        "ccb", rows=10, medium="scan"
    )


def test_a_scan_carries_no_text():
    assert text_of(papers.corporate_statement("ccb", rows=10, medium="scan").bytes) == ""


def test_an_export_is_gbk_padded_with_tabs():
    drawn = papers.personal_statement("icbc_csv", medium="csv")

    with pytest.raises(UnicodeDecodeError):
        drawn.bytes.decode("utf-8")
    assert "\t" in drawn.bytes.decode("gb18030")


def test_a_bill_adds_up():
    given, after = bill(Site(), 2026, 5, 128400)
    total, *parts = given.rows

    assert all((this - last) * 60 == kwh for _, last, this, kwh in given.rows)
    assert sum(kwh for *_, kwh in parts) == total[3]
    assert sum(given.energy) + given.capacity_fee + given.fund + given.factor == given.total
    assert after.meters == tuple(this for _, _, this, _ in parts)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("110617.28", "壹拾壹万零陆佰壹拾柒元贰角捌分"),
        ("10000.00", "壹万元整"),
        ("1000200.05", "壹佰万零贰佰元零伍分"),
        ("0.30", "叁角整"),
        ("120000003.00", "壹亿贰仟万零叁元整"),
    ],
)
def test_amounts_in_words(value: str, words: str):
    assert in_words(D(value)) == words
    assert money.from_words(words) == D(value)


def test_everybody_has_numbers_that_check():
    for customer in book.CUSTOMERS:
        assert numbers.uscc(customer.uscc) if customer.kind == "company" else numbers.id_card(customer.id_no)
    assert all(numbers.card(account) for person in (book.GROCER, book.ENGINEER) for account in person.accounts)


@pytest.mark.slow
def test_the_bank_is_as_large_as_promised(tmp_path):
    drawn = list(bank.write(tmp_path))
    kinds = [paper.truth.get("type") for paper in drawn]

    assert len(book.CUSTOMERS) == 4
    assert len(book.LOANS) == 5
    assert len(drawn) >= 40
    assert kinds.count("electricity_bill") >= 14
    assert len({paper.name for paper in drawn}) == len(drawn)
    assert sum("altered_rows" in paper.truth for paper in drawn) == 1
    assert [p.truth["problem"] for p in drawn if p.truth["status"] == "unreadable"] == [
        "damaged",
        "empty",
        "password_protected",
    ]
    assert len(list((tmp_path / "truth").iterdir())) == len(drawn)
