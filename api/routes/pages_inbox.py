"""The inbox: papers get in, and everybody sees that each one landed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Header, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.deps import Clerk, Reader, TheHouse
from api.pages import is_fragment, language, page, render, waiting
from api.rows import Row, row
from api.uploads import Hints, take_in
from api.wiring import House
from archive.access import Person
from archive.feed import FeedItem

router = APIRouter()

State = Literal["", "attention", "reading", "read"]
SHOWN = 30
#: Which states of documents make up a group; the last one goes on by cursor.
LISTS: dict[str, tuple[str, ...]] = {
    "attention": ("attention",),
    "reading": ("received", "reading"),
    "read": ("cancelled", "read"),
}


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the page shows, and how much there is of it."""

    rows: tuple[Row, ...]
    total: int
    attention: int
    reading: int
    read: int
    next: str | None = None


@router.get("/")
def show(
    request: Request, house: TheHouse, person: Reader, state: State = "", cursor: str | None = None, loan: str = ""
) -> Response:
    """What needs a person first, then what is being read, then what was read."""
    seq = house.feed.last()
    inbox = look(house, request, state, cursor)
    context: dict[str, Any] = {"inbox": inbox, "state": state, "cursor": cursor, "next_cursor": inbox.next, "seq": seq}
    if is_fragment(request):
        return page(request, "inbox/_files.html", person=person, **context)
    return page(
        request,
        "inbox/page.html",
        person=person,
        here="inbox",
        waiting=waiting(house),
        limit_mb=house.settings.max_file_mb,
        loans=house.loans.loans(limit=200).items,
        for_loan=loan,
        **context,
    )


def look(house: House, request: Request, state: State, cursor: str | None) -> Inbox:
    """The newest papers of every group; with a cursor, what comes after it in the group asked for."""
    documents, counts = house.documents, house.documents.counts()
    groups = [LISTS[state]] if state else list(LISTS.values())
    states = [groups[-1][-1]] if cursor else [one for group in groups for one in group]
    lists = [documents.list(state=one, cursor=cursor, limit=SHOWN) for one in states]
    found = {record.id: record for part in lists for record in part.items}
    newest = sorted(found.values(), key=lambda record: record.received_at, reverse=True)
    return Inbox(
        rows=tuple(row(record, language(request)) for record in newest),
        next=lists[-1].cursor,
        **numbers(counts),
    )


def numbers(counts: Mapping[str, int]) -> dict[str, int]:
    """How many papers there are of each group."""
    states = ("received", "reading", "read", "unreadable", "failed", "cancelled")
    return {
        "total": sum(counts[state] for state in states),
        "attention": counts["attention"],
        "reading": counts["received"] + counts["reading"],
        "read": counts["read"],
    }


@router.post("/inbox")
def upload(
    request: Request,
    house: TheHouse,
    person: Clerk,
    file: list[UploadFile],
    loan_note_no: Annotated[str, Form()] = "",
    received_from: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Take files in; the answer is a row per file as soon as the bytes are safe. Without script: back to the inbox."""
    hints = Hints(loan_note_no.strip() or None, None, None, received_from or None, password or None)
    taken = take_in(house, person, file, hints)
    refused = next((one.refused for one in taken if one.refused is not None), None)
    if refused is not None and len(taken) == 1:
        raise refused
    if not is_fragment(request):
        return RedirectResponse("/", 303)
    rows = [row(house.documents.get(one.receipt.id), language(request)) for one in taken if one.receipt is not None]
    return page(request, "inbox/_rows.html", person=person, rows=rows)


@router.get("/inbox/stream")
async def stream(
    request: Request,
    house: TheHouse,
    person: Reader,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """The rows that changed, as they change, from the feed; after a break the browser names the last it saw."""
    start = int(last_event_id) if last_event_id.isdigit() else after
    return StreamingResponse(
        _rows(request, house, person, start), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _rows(request: Request, house: House, person: Person, after: int) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    async for items in house.feed.follow(after):
        if await request.is_disconnected():
            return
        html = await run_in_threadpool(_changed, request, house, person, items) if items else ""
        lines = "".join(f"data: {line}\n" for line in html.splitlines() if line.strip())
        yield f"id: {items[-1].seq}\nevent: row\n{lines}\n" if lines else ": still here\n\n"


def _changed(request: Request, house: House, person: Person, items: list[FeedItem]) -> str:
    """The rows of all papers that these items speak of, each once, as they stand now."""
    ids = {str(item.subject["document_id"]) for item in items if "document_id" in item.subject}
    records = house.documents.find(ids | house.documents.containers(ids))  # a container tells how its files stand
    if not records:
        return ""
    lang = language(request)
    rows = [row(one, lang) for one in records.values()]
    return render(request, "inbox/_rows.html", person=person, rows=rows, counts=numbers(house.documents.counts()))
