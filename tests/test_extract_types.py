"""All types against all papers: none takes another's, none breaks on another's, none verifies what was misread."""

from __future__ import annotations

import pytest

from extract.forms.fields import read_fields
from extract.layout import Sheet
from extract.proof.prove import prove
from extract.reading import money_unit
from extract.recognise import ACCEPT, MARGIN, all_types, score
from extract.tables.table import read_tables
from ingest.opening import open_file
from records.document import Document
from tests.samples import SAMPLES


def opened(name: str) -> Document:
    drawn = SAMPLES[name]()
    return open_file(drawn.bytes, drawn.name)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_paper_is_taken_by_its_own_type_with_a_margin(name: str):
    document = opened(name)
    sheet = Sheet(document, document.pages)
    own, *others = sorted((score(kind, sheet), kind.type_id) for kind in all_types())[::-1]

    assert own[1] == name.split(".")[0]
    assert own[0] >= ACCEPT
    assert own[0] - others[0][0] >= 2 * MARGIN


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.type_id)
def test_a_type_that_is_given_another_s_paper_reads_little_and_never_breaks(kind):
    for name in (
        "vat_return_small.altered",
        "customs_declaration.export",
        "wechat_statement.certificate",
        "visit_note.text",
    ):
        document = opened(name)
        reading = kind(Sheet(document, document.pages))
        reading.money_unit = money_unit(reading.sheet)
        read_tables(reading)
        for fieldset in reading.fieldsets():
            fieldset.read(reading)
        read_fields(reading)
        reading.complete()

        assert isinstance(prove(reading), tuple)
