"""Misread figures: put right where arithmetic leaves one answer, left to a person where it does not, never made wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from demo.papers import corporate_statement, miniature_electricity, miniature_tax, personal_statement
from demo.papers.drawn import Drawn
from extract.reading import read_document
from extract.spellings import spellings
from ingest.opening import open_file
from records.document import Document
from records.facts import Field, Paper, Printed, State
from tests.misreading import misread
from tests.paper import paper

HEAD = ("云洲银行账户交易明细", "户名：沈某某 账号：6228489999000004568", "交易日期|摘要|交易金额|余额")
ROWS = (
    "2026-05-01|消费|-12.34|499,987.66",
    "2026-05-02|工资|+12,860.00|512,847.66",
    "2026-05-03|还贷|-4,312.56|508,535.10",
    "2026-05-04|消费|-35.10|508,500.00",
    "2026-05-05|消费|-500.00|508,000.00",
)


def scanned(*rows: str, doubted: dict[str, tuple[float, tuple[str, ...]]] | None = None) -> Paper:
    """The statement as an engine read it; ``doubted``: words it was not sure of, and what else it considered."""
    document = paper(*HEAD, *rows, source="ocr")
    (page,) = document.pages
    words = []
    for word in page.words:
        confidence, others = (doubted or {}).get(word.text, (0.99, ()))
        words.append(replace(word, confidence=confidence, alternatives=others))
    return read_document(replace(document, pages=(replace(page, words=tuple(words)),))).papers[0]


def cell(read: Paper, row: int, name: str) -> Field:
    return read.tables["transactions"][row][name]


def test_a_misread_balance_is_put_right_by_both_its_links():
    read = scanned(*ROWS[:2], ROWS[2].replace("508,535.10", "503,535.10"), *ROWS[3:])
    value = cell(read, 2, "balance")

    assert str(value.value) == "508535.10"
    assert value.repaired is not None
    assert (value.repaired.was, value.repaired.by) == ("503,535.10", "row_chain")
    assert isinstance(value.source, Printed)
    assert value.source.raw == "503,535.10"
    assert not [check for check in read.checks if check.state.value == "fails"]


def test_a_clear_figure_that_was_put_right_is_told_to_a_person_a_doubted_one_is_not():
    """A digit painted over is as clear as any other; the repair undoes it, and only the paper tells which it was."""
    forged = (*ROWS[:2], ROWS[2].replace("508,535.10", "503,535.10"), *ROWS[3:])

    clear, doubted, offered = (
        [finding for finding in scanned(*forged, doubted=doubt).findings if finding.code == "clear_figure_repaired"]
        for doubt in (None, {"503,535.10": (0.7, ())}, {"503,535.10": (0.99, ("508,535.10",))})
    )

    assert [finding.page for finding in clear] == [1]
    assert "503,535.10" in clear[0].message
    assert "508535.10" in clear[0].message
    assert not doubted
    assert not offered


def test_an_amount_needs_a_second_witness_the_engine_is_one():
    wrong = ROWS[2].replace("4,312.56", "4,812.56")
    sure = scanned(*ROWS[:2], wrong, *ROWS[3:])
    offered = scanned(*ROWS[:2], wrong, *ROWS[3:], doubted={"-4,812.56": (0.95, ("-4,312.56",))})

    assert cell(sure, 2, "amount").state is State.CONFLICT
    assert cell(sure, 2, "amount").repaired is None
    assert str(cell(offered, 2, "amount").value) == "-4312.56"


def test_a_missing_row_is_not_taken_for_a_misread_amount():
    """Without the row of -500.00 the next one, -300.00, would have to be -800.00, and engines do take 8 for 3."""
    rows = (*ROWS[:4], "2026-05-06|消费|-300.00|507,700.00", "2026-05-07|消费|-1.00|507,699.00")
    read = scanned(*rows)

    assert str(cell(read, 4, "amount").value) == "-300.00"
    assert "chain_broken" in {finding.code for finding in read.findings}


def test_a_text_layer_says_what_it_says():
    read = read_document(paper(*HEAD, *ROWS[:2], ROWS[2].replace("508,535.10", "503,535.10"), *ROWS[3:])).papers[0]

    assert str(cell(read, 2, "balance").value) == "503535.10"
    assert cell(read, 2, "balance").state is State.CONFLICT


def test_a_figure_that_is_no_number_is_read_where_the_balances_prove_it():
    read = scanned(ROWS[0], ROWS[1].replace("12,860.00", "12,,860.00"), *ROWS[2:])
    value = cell(read, 1, "amount")

    assert str(value.value) == "12860.00"
    assert value.repaired is not None
    assert value.repaired.was == "+12,,860.00"
    assert "cell_unreadable" not in {finding.code for finding in read.findings}


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("1,280.00", "1.280.00"),
        ("1,280.00", "l,28O.0D"),
        ("1234.56", "123456"),
        ("5,820.10", "S,B20.10"),
        ("-35.00", "35.00"),
        ("1,280.00", "1,,280.00"),
        ("78.00", "18.00"),
    ],
)
def test_the_spellings_of_a_slip_hold_what_was_printed(printed: str, read: str):
    assert printed.replace(",", "") in {text.replace(",", "") for text in spellings(read)}


# --- whole papers, damaged as an engine would ---------------------------------------------------------------------------

NAMES = ("amount", "balance", "opening_balance", "closing_balance", "total_in", "total_out")


def values(read: Paper) -> dict[tuple[object, ...], Field]:
    cells = [*read.fields.values(), *(c for row in read.tables["transactions"] for c in row.values())]
    return {
        (c.name, c.source.page, c.source.box): c for c in cells if c.name in NAMES and isinstance(c.source, Printed)
    }


def without_lines(document: Document, seed: int) -> Document:
    """The same paper with some printed lines lost."""
    pages = []
    for page in document.pages:
        lines = sorted({round(word.box.y0, 3) for word in page.words if word.box.y0 > 0.25})
        lost = Random(seed).sample(lines, min(3, len(lines)))
        kept = tuple(word for word in page.words if not any(abs(word.box.y0 - y) < 0.004 for y in lost))
        pages.append(replace(page, words=kept))
    return replace(document, pages=tuple(pages))


CLEAN = {
    "ccb": corporate_statement("ccb", rows=40, seed=51),
    "icbc": corporate_statement("icbc", rows=40, seed=52),
    "rural": corporate_statement("rural", rows=40, seed=53),
    "abc": personal_statement("abc", rows=40, seed=54),
    "bocom": personal_statement("bocom", rows=40, seed=55),
}
OPENED = {name: open_file(drawn.bytes, drawn.name) for name, drawn in CLEAN.items()}


@pytest.mark.parametrize("damage", ["misread", "misread and lines lost"])
@pytest.mark.parametrize("name", sorted(CLEAN))
def test_nothing_is_ever_repaired_into_something_wrong(name: str, damage: str):
    document = OPENED[name]
    true = values(read_document(document).papers[0])
    for seed in range(3):
        damaged, _ = misread(document, seed, share=0.04)
        if damage != "misread":
            damaged = without_lines(damaged, seed)
        read = values(read_document(damaged).papers[0])
        for place, field in read.items():
            if place in true and field.value != true[place].value:
                assert field.repaired is None, place
                assert field.state is not State.VERIFIED, place


def test_most_of_what_was_misread_is_recovered():
    recovered = total = 0
    for document in OPENED.values():
        true = values(read_document(document).papers[0])
        damaged, wrong = misread(document, 7, share=0.03)
        spots = {(page, document.pages[page - 1].words[index].box) for page, index in wrong}
        read = values(read_document(damaged).papers[0])
        hit = [place for place in true if (place[1], place[2]) in spots]
        total += len(hit)
        recovered += sum(place in read and read[place].value == true[place].value for place in hit)

    assert total >= 10
    assert Decimal(recovered) / total >= Decimal("0.7")


@pytest.mark.parametrize("draw", [miniature_tax, miniature_electricity])
def test_other_papers_are_repaired_by_their_own_identities_and_never_wrongly(draw: Callable[[], Drawn]):
    drawn = draw()
    document = open_file(drawn.bytes, drawn.name)
    true = everything(read_document(document).papers[0])
    repaired = 0
    for seed in range(12):
        damaged, _ = misread(document, seed, share=0.06)
        for place, value in everything(read_document(damaged).papers[0]).items():
            repaired += value.repaired is not None
            if place in true and value.value != true[place].value:
                assert value.repaired is None, place
                assert value.state is not State.VERIFIED, place

    assert repaired


def everything(read: Paper) -> dict[tuple[object, ...], Field]:
    cells = [*read.fields.values(), *(c for rows in read.tables.values() for row in rows for c in row.values())]
    return {(c.name, c.source.page, c.source.box): c for c in cells if isinstance(c.source, Printed)}
