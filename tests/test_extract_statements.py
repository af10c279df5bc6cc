"""Statements of many banks: every row exact, whatever the layout and the medium, and no misreading ever called proved."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.papers import (
    CORPORATE,
    PERSONAL,
    Drawn,
    altered_statement,
    changed_about,
    corporate_statement,
    days_down,
    english_statement,
    left_out,
    miniature_corporate,
    miniature_electricity,
    miniature_personal,
    miniature_tax,
    mishap_statement,
    page_lost,
    personal_statement,
    taken_back,
    twice,
    two_currencies,
)
from demo.papers.english import ENGLISH
from extract.reading import read_document, read_file
from ingest.opening import open_file
from records.contract import to_json, value_text
from records.facts import Field, Paper, Printed, State
from tests.paper import misread

ON_PAPER = [layout for layout in PERSONAL if layout != "icbc_csv"]  # that one exists as an export only


def same(read: object, true: object) -> bool:
    """Numbers by value, text after NFKC."""
    try:
        return Decimal(str(read)) == Decimal(str(true))
    except InvalidOperation:
        return unicodedata.normalize("NFKC", str(read)) == unicodedata.normalize("NFKC", str(true))


def differences(drawn: Drawn, paper: dict[str, Any]) -> list[str]:
    """Where a reading departs from the truth."""
    found = [
        f"{name}: {paper['fields'].get(name, {}).get('value')} instead of {true}"
        for name, true in drawn.truth["fields"].items()
        if not same(paper["fields"].get(name, {}).get("value"), true)
    ]
    for table, rows in drawn.truth["tables"].items():
        read = paper["tables"].get(table, [])
        if len(read) != len(rows):
            found.append(f"{table}: {len(read)} rows instead of {len(rows)}")
        for number, (got, row) in enumerate(zip(read, rows, strict=False)):
            found += [
                f"{table}[{number}].{name}: {got.get(name, {}).get('value')} instead of {true}"
                for name, true in row.items()
                if not same(got.get(name, {}).get("value"), true)
            ]
    return found


def check(drawn: Drawn) -> None:
    reading = to_json(read_file(drawn.bytes, drawn.name))
    assert [paper["type"] for paper in reading["papers"]] == [drawn.truth["type"]]
    assert differences(drawn, reading["papers"][0]) == []
    assert not [check for check in reading["papers"][0]["checks"] if check["state"] == "fails"]


@pytest.mark.parametrize("layout", sorted(CORPORATE))
def test_corporate_statements_on_paper(layout: str):
    check(corporate_statement(layout, rows=45, seed=11, medium="pdf"))


@pytest.mark.parametrize("layout", sorted(ON_PAPER))
def test_personal_statements_on_paper(layout: str):
    check(personal_statement(layout, rows=45, seed=12, medium="pdf"))


@pytest.mark.parametrize("layout", sorted(CORPORATE))
def test_corporate_statements_as_workbooks(layout: str):
    check(corporate_statement(layout, rows=30, seed=13, medium="xlsx"))


@pytest.mark.parametrize("layout", sorted(PERSONAL))
def test_personal_statements_as_workbooks(layout: str):
    check(personal_statement(layout, rows=30, seed=14, medium="xlsx"))


@pytest.mark.parametrize("layout", ["ccb", "cmb", "boc", "bocom", "rural", "reversed", "sides"])
def test_corporate_statements_as_exports(layout: str):
    check(corporate_statement(layout, rows=30, seed=15, medium="csv"))


@pytest.mark.parametrize("layout", ["icbc", "ccb", "boc", "rural", "icbc_csv"])
def test_personal_statements_as_exports(layout: str):
    check(personal_statement(layout, rows=30, seed=16, medium="csv"))


@pytest.mark.parametrize(
    "draw",
    [miniature_personal, miniature_corporate, miniature_tax, miniature_electricity],
    ids=lambda draw: draw.__name__,
)
def test_the_miniatures_of_the_specification(draw: Any):
    check(draw())


@pytest.mark.parametrize("layout", ["ccb", "icbc", "boc"])
def test_an_altered_statement_is_in_conflict_where_it_was_altered(layout: str):
    drawn = altered_statement(layout, rows=30, seed=5)
    (paper,) = to_json(read_file(drawn.bytes, drawn.name))["papers"]

    rows = paper["tables"]["transactions"]
    accused = [row["amount"]["value"] for row in rows if row["amount"]["state"] == "conflict"]
    assert len(accused) == 1
    assert {finding["code"] for finding in paper["findings"]} & {"chain_broken", "identity_fails"}


@pytest.mark.parametrize("rows", [8, 60])
@pytest.mark.parametrize("layout", sorted(ENGLISH))
def test_statements_in_english(layout: str, rows: int):
    check(english_statement(layout, rows=rows, seed=17))


@pytest.mark.parametrize(
    "drawn",
    [
        mishap_statement(days_down, rows=30, seed=18),
        english_statement("columns", rows=30, seed=18, mishap=days_down),
        mishap_statement(twice(9), rows=30, seed=19),
        mishap_statement(changed_about(9), rows=30, seed=20),
        taken_back(),
        two_currencies(),
    ],
    ids=["days down", "days down in English", "row twice", "rows changed about", "taken back", "two currencies"],
)
def test_statements_that_something_happened_to(drawn: Drawn):
    check(drawn)


def told(drawn: Drawn) -> dict[str, str]:
    (paper,) = read_file(drawn.bytes, drawn.name).papers
    return {finding.code: finding.message for finding in paper.findings}


def test_a_lost_page_is_told_with_its_number_and_the_money():
    findings = told(page_lost(2))

    assert "缺第 2 页" in findings["pages_incomplete"]
    assert "缺少" in findings["page_missing"]


def test_a_lost_row_fails_the_count_and_the_sum():
    (paper,) = to_json(read_file(*(lambda d: (d.bytes, d.name))(mishap_statement(left_out(7)))))["papers"]

    assert {c["identity"] for c in paper["checks"] if c["state"] == "fails"} & {"credits_counted", "debits_counted"}


def test_a_reversal_is_told_with_the_row_it_takes_back_and_counts_for_nothing():
    drawn = taken_back()
    findings = told(drawn)
    (paper,) = read_file(drawn.bytes, drawn.name).papers
    ledger = [Decimal(row["amount"]) for row in drawn.truth["tables"]["transactions"]]
    back = next(Decimal(row["amount"]) for row in drawn.truth["tables"]["transactions"] if row["summary"] == "冲正")
    average = next(i for i in paper.indicators if i.id == "monthly_outflow_avg")

    assert "互抵" in findings["reversed_pair"]
    assert average.value is not None
    assert abs(Decimal(average.value) * 3 - (-sum(a for a in ledger if a < 0) - back)) <= Decimal("0.02")


def test_a_printed_reversal_in_another_currency_is_no_break():
    assert "chain_broken" not in told(two_currencies())


# --- the first promise ------------------------------------------------------------------------------------------------

CLEAN = {
    "corporate": corporate_statement("ccb", rows=24, seed=21, medium="pdf"),
    "unsigned": corporate_statement("icbc", rows=24, seed=22, medium="pdf"),
    "newest first": corporate_statement("rural", rows=24, seed=23, medium="pdf"),
    "signed": personal_statement("abc", rows=24, seed=24, medium="pdf"),
    "tax": miniature_tax(),
    "electricity": miniature_electricity(),
}
OPENED = {name: open_file(drawn.bytes, drawn.name) for name, drawn in CLEAN.items()}
WHERE = {
    name: [
        (page.number, index)
        for page in document.pages
        for index, word in enumerate(page.words)
        if sum(character.isdigit() for character in word.text) >= 2
    ]
    for name, document in OPENED.items()
}


def values(paper: Paper) -> dict[tuple[object, ...], Field]:
    """Every value of a paper by its place: a row that is not read any more must not shift the others."""
    cells = [*paper.fields.values(), *(cell for rows in paper.tables.values() for row in rows for cell in row.values())]
    return {(c.name, c.source.page, c.source.box): c for c in cells if isinstance(c.source, Printed)}


@pytest.mark.parametrize("name", sorted(CLEAN))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_misread_figure_is_never_verified(name: str, data: st.DataObject):
    """Change one digit anywhere on the paper: nothing that now differs from the paper may be called proved."""
    page, index = data.draw(st.sampled_from(WHERE[name]))
    document = OPENED[name]
    text = next(p for p in document.pages if p.number == page).words[index].text
    place = data.draw(st.sampled_from([n for n, character in enumerate(text) if character.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    wrong = misread(document, page, index, text[:place] + digit + text[place + 1 :])

    true, read = values(read_document(document).papers[0]), values(read_document(wrong).papers[0])
    for place_of, field in read.items():
        if field.state is State.VERIFIED and place_of in true:
            assert value_text(field.value) == value_text(true[place_of].value), place_of


@pytest.mark.parametrize("name", sorted(CLEAN))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_two_misread_figures_are_never_verified(name: str, data: st.DataObject):
    """Two digits anywhere on the paper, as likely as not in neighbouring rows."""
    document = OPENED[name]
    wrong, first = document, data.draw(st.integers(0, len(WHERE[name]) - 1))
    second = min(len(WHERE[name]) - 1, first + data.draw(st.integers(1, 12)))
    for page, index in {WHERE[name][first], WHERE[name][second]}:
        text = next(p for p in wrong.pages if p.number == page).words[index].text
        place = data.draw(st.sampled_from([n for n, character in enumerate(text) if character.isdigit()]))
        digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
        wrong = misread(wrong, page, index, text[:place] + digit + text[place + 1 :])

    true, read = values(read_document(document).papers[0]), values(read_document(wrong).papers[0])
    for place_of, field in read.items():
        if field.state is State.VERIFIED and place_of in true:
            assert value_text(field.value) == value_text(true[place_of].value), place_of
