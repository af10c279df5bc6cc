"""What routes ask for: the house, and who is calling.

A route says which right it needs by the type of its ``person`` argument; there is no other check and no way around it.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from api.access import CSRF_FIELD, CSRF_HEADER, Right, bearer, csrf_holds, require, signed_in
from api.wiring import House
from archive.access import Person
from records.errors import NotAllowed

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def house(request: Request) -> House:
    """Everything the service is made of."""
    return cast(House, request.app.state.house)


def person(request: Request) -> Person:
    """Who is calling, by token or cookie; ``NotSignedIn`` otherwise."""
    return signed_in(request, house(request).access)


async def from_our_page(request: Request) -> None:
    """A browser that changes something must prove that the form was ours; a program with a bearer token need not."""
    if request.method in SAFE or bearer(request):
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(("multipart/", "application/x-www-form")):
        value = (await request.form()).get(
            CSRF_FIELD
        )  # the framework has parsed it already; this asks for the same form
        given = value if isinstance(value, str) else None
    if not csrf_holds(request, given):
        raise NotAllowed("the form did not come from a page of this service; reload the page")


def _with(right: Right) -> object:
    def allowed(who: Annotated[Person, Depends(person)], _: Annotated[None, Depends(from_our_page)]) -> Person:
        return require(who, right)

    return Depends(allowed)


TheHouse = Annotated[House, Depends(house)]
Watcher = Annotated[Person, _with(Right.WATCH)]
Reader = Annotated[Person, _with(Right.READ)]
Clerk = Annotated[Person, _with(Right.WRITE)]
Manager = Annotated[Person, _with(Right.MANAGE)]
