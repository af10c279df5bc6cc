"""The door of the pages: signing in and out, and the page for everything that goes wrong."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.access import keep_signed_in, own_address, sign_out, signed_in
from api.deps import TheHouse
from api.pages import is_fragment, keep_choices, language, page
from api.problems import Trouble
from api.words import WORDS, half, say
from archive.access import Person
from records.errors import PostloanError

router = APIRouter()


@router.get("/signin")
def ask(request: Request, house: TheHouse, token: str = "", next: str = "/") -> Response:
    """A sign-in link lets its holder in at once; without one, the page asks for a token."""
    if token:
        return _let_in(request, house, token, next)
    return page(request, "door/signin.html", next=own_address(next), wrong=False)


@router.post("/signin")
def sign_in(
    request: Request, house: TheHouse, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """The token typed by hand."""
    return _let_in(request, house, token, next)


def _let_in(request: Request, house: TheHouse, token: str, next: str) -> Response:
    secret = token.strip()
    if not secret or house.access.who(secret) is None:
        return page(request, "door/signin.html", status=401, next=own_address(next), wrong=True)
    response = RedirectResponse(own_address(next), 303)
    keep_signed_in(response, secret, house.settings)
    keep_choices(request, response)
    return response


@router.post("/signout")
def leave() -> Response:
    """Forget the token in this browser."""
    response = RedirectResponse("/signin", 303)
    sign_out(response)
    return response


def trouble_page(request: Request, trouble: Trouble) -> Response:
    """What went wrong, as a page, or as a note in the block that asked; who is not signed in is sent to the door."""
    if trouble.status == 401:
        return _to_the_door(request)
    template = "door/_trouble.html" if is_fragment(request) else "door/trouble.html"
    lang = language(request)
    heading = _heading(request, trouble)
    return page(
        request,
        template,
        status=trouble.status,
        person=_person(request),
        trouble=trouble,
        heading=say(lang, heading),
        title=half(trouble.title, lang),
        detail=half(trouble.detail, lang),
        remedy=half(trouble.remedy, lang),
        retry=trouble.status >= 500 and request.method == "GET",
    )


def _heading(request: Request, trouble: Trouble) -> str:
    if trouble.status == 503 and request.url.path == "/search":
        return "oops.search"
    key = f"oops.{trouble.status}"
    return key if key in WORDS else "oops.else"


def _to_the_door(request: Request) -> Response:
    """A fragment cannot ask for a token; it tells HTMX to go there."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    door = f"/signin?next={quote(back if request.method == 'GET' else '/')}"
    if is_fragment(request):
        return Response(status_code=401, headers={"HX-Redirect": door, "Vary": "HX-Request"})
    return RedirectResponse(door, 303)


def _person(request: Request) -> Person | None:
    """Who it went wrong for, when that can be said; the page of an error must not fail over it."""
    try:
        return signed_in(request, request.app.state.house.access)
    except (PostloanError, AttributeError):
        return None
