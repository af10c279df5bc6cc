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
    corporate_statement,
    miniature_corporate,
    miniature_electricity,
    miniature_personal,
    miniature_tax,
    personal_statement,
)
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


@pytest.mark.parametrize("layout", ["ccb", "cmb", "boc", "bocom", "rural", "reversed"])
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
