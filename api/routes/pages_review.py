"""Review: papers that could not be linked, one question at a time, and the form by which a person links them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api import rows
from api.deps import Clerk, Reader, TheHouse
from api.pages import address, language, page
from api.wiring import House
from api.words import say
from archive.access import Person
from archive.documents import Unclaimed
from records.errors import NotFound

router = APIRouter(prefix="/review")

SHOWN = 100  #: of the queue, oldest first


@router.get("")
def queue(request: Request, house: TheHouse, person: Reader, done: str = "") -> Response:
    """The queue, with its first paper opened."""
    items = house.documents.unlinked()
    return _case(request, house, person, items, items[0] if items else None, done=done)


@router.get("/{id}")
def case(id: str, request: Request, house: TheHouse, person: Reader, paper: int | None = None) -> Response:
    """One paper of the queue; if somebody linked it meanwhile, the paper itself."""
    items = house.documents.unlinked()
    chosen = _chosen(items, id, paper)
    if chosen is None:
        house.documents.get(id)
        return RedirectResponse(f"/documents/{id}", 303)
    return _case(request, house, person, items, chosen)


def _chosen(items: Sequence[Unclaimed], id: str, paper: int | None) -> Unclaimed | None:
    fitting = (item for item in items if item.document.id == id and paper in (None, item.paper))
    return next(fitting, None)


@router.post("/{id}")
def decide(
    id: str,
    request: Request,
    house: TheHouse,
    person: Clerk,
    paper: Annotated[int, Form()] = 0,
    to: Annotated[str, Form()] = "",
    other: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Link the paper to what was chosen, or to the number that was typed; then the next one."""
    lang = language(request)
    kind, number = _target(house, to, other.strip())
    wrong = say(lang, "review.choose") if not number else say(lang, "review.why") if not reason.strip() else ""
    wrong = wrong or ("" if kind else f"{say(lang, 'review.nowhere')} {number}")
    if wrong:
        items = house.documents.unlinked()
        given = {"to": to, "other": other, "reason": reason}
        return _case(request, house, person, items, _chosen(items, id, paper), status=422, wrong=wrong, given=given)
    house.documents.link(
        id,
        loan_note_no=number if kind == "loan" else None,
        customer_no=number if kind == "customer" else None,
        by=person.name,
        reason=reason.strip(),
        paper=paper,
    )
    return RedirectResponse(address("/review", {"done": number}), 303)


def _target(house: House, to: str, other: str) -> tuple[str, str]:
    """What was chosen: a loan or a customer; a typed number may be either; no kind when it is neither."""
    kind, _, number = to.partition(":")
    if kind in ("loan", "customer"):
        return kind, number
    for kind, ask in (("loan", house.loans.loan), ("customer", house.loans.customer)):
        try:
            ask(other)
        except NotFound:
            continue
        return kind, other
    return "", other


def _case(
    request: Request,
    house: House,
    person: Person,
    items: Sequence[Unclaimed],
    chosen: Unclaimed | None,
    *,
    status: int = 200,
    **more: object,
) -> Response:
    lang = language(request)
    context: dict[str, Any] = {"done": "", "wrong": "", "given": {}, **more}
    first = 1
    if chosen is not None and chosen.document.version:
        papers = house.documents.reading(chosen.document.id).papers
        first = papers[chosen.paper].pages[0] if chosen.paper < len(papers) else 1
    return page(
        request,
        "review/page.html",
        status=status,
        person=person,
        here="review",
        waiting=len(items),
        items=items[:SHOWN],
        chosen=chosen,
        first=first,
        what=rows.what(chosen.document, lang) if chosen else "",
        **context,
    )
