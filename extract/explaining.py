"""The job of a reading process that explains: a file in, for every page its events with what decided them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from extract.notes import CONTRACTS
from extract.packets.parting import papers_in
from extract.reading import known_of, read_fields_of, told_pages


def job(request: dict[str, Any], data: bytes, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Open one file and explain its papers; a file that cannot be opened raises, as everywhere."""
    from extract.notes.explained import explain
    from ingest.limits import Limits
    from ingest.opening import open_file

    name, password, ocr = request["name"], request.get("password"), request.get("ocr", "auto")
    document = open_file(data, name, password=password, limits=Limits(), ocr=ocr, on_page=progress)
    pages = []
    for bundle in papers_in(document):
        reading, recognised = read_fields_of(bundle, None)
        known = known_of(reading)
        if known.pop("paper_type") in CONTRACTS:
            continue
        prose = recognised.type is None or recognised.type.prose
        for page, told, marks in explain(told_pages(reading, prose), suggest=prose, **known):
            pages.append(
                {"text": page.text, "told": [asdict(one) for one in told], "marks": [asdict(m) for m in marks]}
            )
    return {"pages": pages}
