"""The first promise on papers that are no statements: two misreadings, wherever they are, make nothing wrong verified."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.paper_cases import Layout, layouts
from ingest.opening import open_file
from records.document import Document
from tests.planted import WAYS, appraisals, as_scanned, planted, wrong_but_verified

EVERY = [layout for layout in (*layouts(), appraisals()) if layout.paper and "bank_statement" not in layout.kind]


@cache
def opened(number: int) -> Document:
    drawn = EVERY[number].draw(1, "pdf")
    return open_file(drawn.bytes, drawn.name)


def named(layout: Layout) -> str:
    return f"{layout.kind}-{layout.name}"


@pytest.mark.parametrize("scanned", [False, True], ids=["text", "scan"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", range(len(EVERY)), ids=[named(layout) for layout in EVERY])
def test_two_misreadings_are_never_verified(number: int, way: str, scanned: bool):
    honest = as_scanned(opened(number)) if scanned else opened(number)

    assert wrong_but_verified(honest, planted(honest, 31 + number, way)) == []
