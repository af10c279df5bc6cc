"""Loan notes, and everything that is on file about one."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from api.bodies import EntryBody, LoanBody, LoanFields
from api.deps import Clerk, Reader, TheHouse
from api.examples import ARCHIVE, ENTRY, EVENT, INDICATOR, LOAN_NOTE, TIMELINE, answers, listed
from api.shapes import (
    all_json,
    event_record_json,
    indicator_record_json,
    listing_json,
    loan_json,
    timeline_json,
)
from archive.bundle import bundle
from archive.entries import entry_json

router = APIRouter(prefix="/v1/loans", tags=["loans"])


@router.post("", status_code=201, summary="Register a loan note", responses=answers(LOAN_NOTE, 201, "Registered"))
def register(body: LoanBody, house: TheHouse, person: Clerk, response: Response) -> dict[str, Any]:
    """A loan note that is there already with the same content is no error; with other content it is 409."""
    loan = body.loan(body.loan_note_no)
    if not house.loans.put_loan(loan, new=True):
        response.status_code = 200
    response.headers["Location"] = f"/v1/loans/{loan.loan_note_no}"
    return loan_json(loan)


@router.put("/{no}", summary="Register or change a loan note", responses=answers(LOAN_NOTE))
def change(no: str, body: LoanFields, house: TheHouse, person: Clerk, response: Response) -> dict[str, Any]:
    """Replaces all fields; 201 when the loan note is new."""
    loan = body.loan(no)
    if house.loans.put_loan(loan):
        response.status_code = 201
    return loan_json(loan)


@router.get("", summary="All loan notes", responses=answers(listed(LOAN_NOTE)))
def list_loans(
    house: TheHouse,
    person: Reader,
    customer: Annotated[str | None, Query(description="only those of this borrower")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """By number, page by page."""
    return listing_json(house.loans.loans(customer, cursor=cursor, limit=limit), loan_json)


@router.get("/{no}", summary="One loan note", responses=answers(LOAN_NOTE))
def show(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """The loan note as last registered."""
    return loan_json(house.loans.loan(no))


@router.get("/{no}/archive", summary="The archive of a loan", responses=answers(ARCHIVE))
def archive(
    no: str,
    house: TheHouse,
    person: Reader,
    as_of: Annotated[date | None, Query(description="completeness on this day; today when left out")] = None,
) -> dict[str, Any]:
    """Papers by stage with their links and reasons, the mandatory records, and completeness against the checklist."""
    return house.dossier.archive(no, as_of)


@router.get(
    "/{no}/archive.zip",
    summary="The whole archive as a zip",
    responses=answers("(ZIP)", media="application/zip"),
    response_model=None,
)
def archive_zip(no: str, house: TheHouse, person: Reader) -> Response:
    """Originals unchanged and readings, by stage, with ``index.csv`` that gives the sha256 of each."""
    with ExitStack() as until_sent:
        spool = until_sent.enter_context(TemporaryFile())
        bundle(no, house.documents, house.dossier, spool)
        spool.seek(0)
        sent = until_sent.pop_all()
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(no, safe='')}.zip"}
    return StreamingResponse(
        iter(partial(spool.read, 1 << 20), b""),
        media_type="application/zip",
        headers=headers,
        background=BackgroundTask(sent.close),
    )


@router.get("/{no}/timeline", summary="Everything in time order", responses=answers(listed(TIMELINE)))
def timeline(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """Papers, events, entries and the dates of the loan itself, newest first."""
    return all_json(house.dossier.timeline(no), timeline_json)


@router.get("/{no}/indicators", summary="Indicators with inputs and quality", responses=answers(listed(INDICATOR)))
def indicators(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """Each is computed from papers; where an input is missing there is a reason in place of a value."""
    return all_json(house.dossier.indicators(no), indicator_record_json)


@router.get("/{no}/events", summary="Risk events with their life", responses=answers(listed(EVENT)))
def events(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """Negated and hypothetical ones too; only ``asserted`` is a risk."""
    return all_json(house.dossier.events(no), event_record_json)


@router.get("/{no}/entries", summary="The mandatory records", responses=answers(listed(ENTRY)))
def entries(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """检查、沟通、风险分析、处置, each in its latest version with the earlier ones."""
    return all_json(house.dossier.entries(no), entry_json)


@router.post("/{no}/entries", status_code=201, summary="Add a record", responses=answers(ENTRY, 201, "Recorded"))
def add_entry(no: str, body: EntryBody, house: TheHouse, person: Clerk) -> dict[str, Any]:
    """Append-only: a correction names what it corrects and becomes its next version."""
    entry = house.dossier.add_entry(
        no,
        kind=body.kind,
        content=body.content,
        happened_at=body.happened_at,
        by=person.name,
        corrects=body.corrects,
        reason=body.reason,
    )
    return entry_json(entry)
