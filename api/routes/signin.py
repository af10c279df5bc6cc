"""The link that signs a browser in, and out."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from api.access import keep_signed_in, own_address
from api.deps import TheHouse
from records.errors import NotSignedIn

router = APIRouter(include_in_schema=False)


@router.get("/signin")
def sign_in(house: TheHouse, token: str = "", next: str = "/") -> RedirectResponse:
    """Keep the token in a strict cookie and go on without it in the address."""
    if not token or house.access.who(token) is None:
        raise NotSignedIn("the sign-in link is not valid (any more)")
    response = RedirectResponse(own_address(next), 303)
    keep_signed_in(response, token, house.settings)
    return response
