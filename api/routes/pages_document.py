"""A document: the page picture with its boxes on the left, what was read and how it is proved on the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api import rows
from api.cells import places
from api.deps import Clerk, Reader, TheHouse
from api.pages import is_fragment, language, page, waiting
from api.paper_view import paper_at, view
from api.table_view import ROWS_AT_ONCE
from api.wiring import House
from archive.documents import DocumentRecord, MemberRecord
from archive.dossier import EventRecord
from records.document import Box
from records.errors import Refused
from records.facts import FileReading, Printed, State

router = APIRouter(prefix="/documents")

#: Thumbnails beside the current one; a paper of two thousand pages must not ask for two thousand pictures.
BESIDE = 12


@router.get("/{id}")
def show(
    id: str,
    request: Request,
    house: TheHouse,
    person: Reader,
    page_no: Annotated[int, Query(alias="page", ge=1)] = 1,
    field: str = "",
    first: Annotated[int, Query(alias="rows", ge=0)] = 0,
    spot: Annotated[str, Query(pattern=r"^$|^[01](\.\d+)?(,[01](\.\d+)?){3}$")] = "",
) -> Response:
    """One page of the document; with ``field`` the value to be shown wherever it stands, with ``spot`` a place on the page."""
    lang, record = language(request), house.documents.get(id)
    members = house.documents.members(id) if record.holds else ()
    context: dict[str, Any] = {
        "d": record,
        "links": list(dict.fromkeys(rows.link_label(link, lang) for link in record.links)),
        "history": house.documents.history(id),
        "remedy": rows.remedy(record, lang),
        "wants_password": _wants_password(record, members),
        "view": None,
        "members": members,
        "problem_in": partial(rows.problem_words, lang=lang),
        "held": rows.held(record),
    }
    reading = _reading(house, record)
    if reading is not None:
        page_no, lit = _found(reading, field, min(page_no, len(reading.pages)))
        seen = view(reading, paper_at(reading, page_no), page_no, lang, first, _cells(house, record, reading, page_no))
        context |= {
            "view": seen,
            "on_file": _on_file(house, id),
            "papers": reading.papers,
            "pages": reading.pages,
            "page_no": page_no,
            "lit": lit,
            "spot": Box(*(float(part) for part in spot.split(","))) if spot else None,
            "strip": _strip(page_no, len(reading.pages)),
            "conflict_pages": _conflict_pages(reading),
            "rows_at_once": ROWS_AT_ONCE,
        }
    part = "document/_desk.html" if reading is not None and request.headers.get("hx-target") == "desk" else None
    template = part if part and is_fragment(request) else "document/page.html"
    return page(request, template, person=person, here="inbox", waiting=waiting(house), **context)


def _wants_password(record: DocumentRecord, members: Sequence[MemberRecord]) -> bool:
    """Whether a password would open it, or something in it that could not be taken out."""
    problems = [record.problem, *(one.problem for one in members if one.id is None)]
    return any(problem is not None and problem.code == "password_protected" for problem in problems)


def _reading(house: House, record: DocumentRecord) -> FileReading | None:
    """The reading that counts, when there is one with pages to show."""
    if record.version == 0:
        return None
    reading = house.documents.reading(record.id)
    return reading if reading.pages and reading.papers else None


def _on_file(house: House, id: str) -> dict[tuple[str, str, int, str], EventRecord]:
    """The events of this document as they stand on file, by what they tell."""
    records = [record for record in house.dossier.document_events(id) if record.current]
    told = [
        (one.event.type, str(one.event.polarity), one.event.evidence.page, one.event.evidence.quote) for one in records
    ]
    return dict(zip(told, records, strict=True))


def _cells(house: House, record: DocumentRecord, reading: FileReading, page_no: int) -> dict[str, Box]:
    """Spreadsheets name their cells; the kept words say where these stand."""
    if reading.pages[page_no - 1].source != "cells":
        return {}
    return places(reading.papers, page_no, house.documents.words(record.id, page_no))


def _found(reading: FileReading, field: str, page_no: int) -> tuple[int, str]:
    """The page a wanted value stands on, and the name of its box."""
    if not field:
        return page_no, ""
    for index, paper in enumerate(reading.papers):
        value = paper.fields.get(field)
        if value is not None:
            at = value.source.page if isinstance(value.source, Printed) else page_no
            return at, f"{index}.{field}"
    return page_no, field


def _strip(page_no: int, total: int) -> list[int]:
    near = range(max(1, page_no - BESIDE), min(total, page_no + BESIDE) + 1)
    return sorted({1, total, *near})


def _conflict_pages(reading: FileReading) -> set[int]:
    values = [value for paper in reading.papers for value in paper.fields.values()]
    values += [
        cell for paper in reading.papers for rows in paper.tables.values() for row in rows for cell in row.values()
    ]
    return {v.source.page for v in values if v.state is State.CONFLICT and isinstance(v.source, Printed)}


@router.post("/{id}/reread")
def reread(
    id: str, request: Request, house: TheHouse, person: Clerk, password: Annotated[str, Form()] = ""
) -> Response:
    """Read it again, with a password where it needs one."""
    house.documents.reread(id, by=person.name, password=password or None)
    return _row_or_back(id, request, house, person)


@router.post("/{id}/cancel")
def cancel(id: str, request: Request, house: TheHouse, person: Clerk) -> Response:
    """Stop reading; the original is kept."""
    house.documents.cancel(id, by=person.name)
    return _row_or_back(id, request, house, person)


def _row_or_back(id: str, request: Request, house: House, person: Clerk) -> Response:
    """HTMX gets the row of the inbox; a plain form goes back to where it came from."""
    if is_fragment(request):
        line = rows.row(house.documents.get(id), language(request))
        return page(request, "inbox/_row.html", person=person, row=line)
    return RedirectResponse(f"/documents/{id}", 303)


@router.post("/{id}/unlink")
def unlink(
    id: str,
    house: TheHouse,
    person: Clerk,
    link_id: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Take a link away, with a reason; it stays in the history."""
    if not reason.strip():
        raise Refused("a link is taken away with a reason")
    house.documents.unlink(id, link_id, by=person.name, reason=reason.strip())
    return RedirectResponse(f"/documents/{id}#links", 303)
