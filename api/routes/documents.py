"""Papers: upload, state, reading, original, page pictures, text, links, and the queue of those that belong nowhere yet."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from api import problems
from api.bodies import LinkBody, RereadBody
from api.deps import Clerk, Reader, TheHouse
from api.examples import DOCUMENT, HISTORY, LINK, MEMBERS, READING, RECEIPT, UNCLAIMED, answers, listed
from api.shapes import all_json, document_json, history_json, link_json, listing_json, member_json, unclaimed_json
from api.uploads import Hints, take_in

router = APIRouter(prefix="/v1", tags=["documents"])

STATES = "^(received|reading|read|unreadable|failed|cancelled|attention)$"


@router.post(
    "/documents",
    status_code=202,
    summary="Upload papers",
    responses=answers({"items": [RECEIPT]}, 202, "Every file is safely kept or says why not"),
)
def upload(
    request: Request,
    house: TheHouse,
    person: Clerk,
    file: Annotated[list[UploadFile], File(description="one or many; each gets its own entry in the answer")],
    loan_note_no: Annotated[str | None, Form(description="where it belongs, as a hint that is checked")] = None,
    customer_no: Annotated[str | None, Form()] = None,
    type: Annotated[str | None, Form(description="what kind of paper it is, as a hint")] = None,
    received_from: Annotated[str | None, Form()] = None,
    password: Annotated[str | None, Form(description="of protected files; forgotten once the file is read")] = None,
) -> JSONResponse:
    """The answer comes when the bytes are safely kept and the work is recorded, before anything is read.

    A file that cannot be taken has `status` `refused` and a `problem` in its entry; the others are taken all the same.
    Only when none could be taken the answer is a problem document.
    """
    hints = Hints(loan_note_no or None, customer_no or None, type or None, received_from or None, password or None)
    taken = take_in(house, person, file, hints)
    if taken and all(entry.refused is not None for entry in taken):
        first = next(entry.refused for entry in taken if entry.refused is not None)
        problem = problems.trouble(first).document(request.url.path)
        body = {**problem, "items": [entry.as_json(request.url.path) for entry in taken]}
        return JSONResponse(body, problem["status"], media_type="application/problem+json")
    return JSONResponse({"items": [entry.as_json(request.url.path) for entry in taken]}, 202)


@router.get("/documents", summary="Papers on file", responses=answers(listed(DOCUMENT)))
def list_documents(
    house: TheHouse,
    person: Reader,
    state: Annotated[
        str | None, Query(pattern=STATES, description="a status, or `attention`: a person must look")
    ] = None,
    customer: str | None = None,
    loan: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Newest first, page by page."""
    found = house.documents.list(state=state, customer=customer, loan=loan, cursor=cursor, limit=limit)
    return listing_json(found, document_json)


@router.get(
    "/documents/{id}",
    summary="Where a paper stands",
    responses=answers({**DOCUMENT, "members": MEMBERS, "history": HISTORY}),
)
def show(id: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """`received` → `reading` → `read` / `unreadable` / `failed`; pages done; links; who uploaded it; what happened to it.

    Of a container (zip, 7z, RAR, mail) `members` are the files inside, each a document of its own, and `holds` counts them by
    status; of a file that came out of one `within` says where.
    """
    document = document_json(house.documents.get(id))
    inside = [member_json(member) for member in house.documents.members(id)]
    return {**document, "members": inside, "history": [history_json(line) for line in house.documents.history(id)]}


@router.get("/documents/{id}/reading", summary="What the paper says", responses=answers(READING), response_model=None)
def reading(id: str, request: Request, house: TheHouse, person: Reader) -> Response:
    """The object of `postloan.reading/1`, as `postloan read` prints it; of a container without papers, with its `members`."""
    etag = f'"{id}-{house.documents.get(id).version}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    text = house.documents.reading_json(id)
    return Response(text, media_type="application/json", headers={"ETag": etag, "Cache-Control": "private, no-cache"})


@router.get(
    "/documents/{id}/original",
    summary="The exact bytes received",
    responses=answers("%PDF-1.7 …", media="application/octet-stream"),
    response_model=None,
)
def original(id: str, request: Request, house: TheHouse, person: Reader) -> Response:
    """Always as a download: a browser never runs what a stranger sent."""
    document = house.documents.get(id)
    headers = {
        "ETag": f'"{document.sha256}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(
        house.documents.original(id), media_type=document.media_type or "application/octet-stream", headers=headers
    )


@router.get(
    "/documents/{id}/pages/{n}.png",
    summary="A page as a picture",
    responses=answers("(PNG)", media="image/png"),
    response_model=None,
)
def picture(
    id: str,
    n: int,
    request: Request,
    house: TheHouse,
    person: Reader,
    width: Annotated[int, Query(ge=1, le=4000, description="at least this wide, up to 1860")] = 1240,
) -> Response:
    """As a reader would hold it: turned upright, at the next of a few widths."""
    kept = house.pictures.of_document(house.documents, id, n, width)
    headers = {"ETag": f'"{kept.stem}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(kept, media_type="image/png", headers=headers)


@router.get(
    "/documents/{id}/text",
    summary="Plain text",
    responses=answers("户名：杭州临屿精密机械有限公司\n…", media="text/plain"),
    response_model=None,
)
def text(id: str, request: Request, house: TheHouse, person: Reader) -> Response:
    """A form feed between pages; with `Accept: application/json` a list of pages."""
    pages = house.documents.text(id)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"pages": [{"page": number, "text": words} for number, words in pages]})
    return PlainTextResponse("\f".join(words for _, words in pages))


@router.post("/documents/{id}/links", status_code=201, summary="Link by hand", responses=answers(LINK, 201, "Linked"))
def link(id: str, body: LinkBody, house: TheHouse, person: Clerk) -> dict[str, Any]:
    """Ties a paper to a loan or a customer, with a reason; indicators and events follow."""
    made = house.documents.link(
        id,
        loan_note_no=body.loan_note_no,
        customer_no=body.customer_no,
        role=body.role,
        paper=body.paper,
        by=person.name,
        reason=body.reason,
    )
    return link_json(made)


@router.delete("/documents/{id}/links/{link_id}", summary="Unlink by hand", responses=answers(DOCUMENT))
def unlink(
    id: str,
    link_id: str,
    house: TheHouse,
    person: Clerk,
    reason: Annotated[str, Query(min_length=1, max_length=1000, examples=["挂错借款人"])],
) -> dict[str, Any]:
    """The link stays in the history with who removed it and why."""
    house.documents.unlink(id, link_id, by=person.name, reason=reason)
    return document_json(house.documents.get(id))


@router.post(
    "/documents/{id}/reread", status_code=202, summary="Read again", responses=answers(DOCUMENT, 202, "Queued")
)
def reread(id: str, house: TheHouse, person: Clerk, body: RereadBody | None = None) -> dict[str, Any]:
    """With the present version of the reader; the earlier reading counts until the new one is there."""
    asked = body or RereadBody()
    house.documents.reread(id, by=person.name, password=asked.password, type=asked.type)
    return document_json(house.documents.get(id))


@router.post(
    "/documents/{id}/cancel", status_code=202, summary="Stop reading", responses=answers(DOCUMENT, 202, "Stopping")
)
def cancel(id: str, house: TheHouse, person: Clerk) -> dict[str, Any]:
    """The original is kept and can be read again at any time."""
    house.documents.cancel(id, by=person.name)
    return document_json(house.documents.get(id))


@router.get("/unlinked", summary="Papers that belong nowhere yet", responses=answers(listed(UNCLAIMED)))
def unlinked(house: TheHouse, person: Reader) -> dict[str, Any]:
    """待认领, oldest first: with candidates, what they share, and what speaks against them."""
    return all_json(house.documents.unlinked(), unclaimed_json)
