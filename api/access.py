"""Who may do what, how a browser stays signed in, and the link that lets the first administrator in.

A token is the only key: sent as ``Authorization: Bearer`` by programs, kept in a strict cookie by browsers. Nobody is let
in without one, except to ask whether the service is alive.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.settings import Settings
from archive.access import Access, Person
from records.errors import NotAllowed, NotSignedIn

COOKIE = "postloan"
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf_token"


class Right(StrEnum):
    """What a role may be allowed to do."""

    WATCH = "watch"  #: follow the feed and search
    READ = "read"  #: see customers, loans and papers
    WRITE = "write"  #: upload, link, record entries, decide events
    MANAGE = "manage"  #: figures of the machine, everything else


ROLES: dict[str, frozenset[Right]] = {
    "admin": frozenset(Right),
    "desk": frozenset({Right.WATCH, Right.READ, Right.WRITE}),
    "auditor": frozenset({Right.WATCH, Right.READ}),
    "monitor": frozenset({Right.WATCH}),
}


def may(person: Person, right: Right) -> bool:
    """Whether this person's role carries this right; an unknown role carries none."""
    return right in ROLES.get(person.role, frozenset())


def require(person: Person, right: Right) -> Person:
    """The person, or ``NotAllowed``."""
    if not may(person, right):
        raise NotAllowed(f"{person.name} ({person.role}) lacks the right to {right.value}")
    return person


def bearer(request: HTTPConnection) -> str | None:
    """The token a program sent with its request."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" and secret.strip() else None


def cookie(request: HTTPConnection) -> str | None:
    """The token a browser keeps."""
    return request.cookies.get(COOKIE) or None


def signed_in(request: HTTPConnection, access: Access) -> Person:
    """Who is calling, or ``NotSignedIn``."""
    secret = bearer(request) or cookie(request)
    person = access.who(secret) if secret else None
    if person is None:
        raise NotSignedIn("the token is not valid" if secret else "")
    return person


def csrf_token(request: HTTPConnection) -> str:
    """What a form of this browser must send back: another site cannot know it."""
    secret = cookie(request) or ""
    return hmac.new(secret.encode(), b"postloan csrf", hashlib.sha256).hexdigest()


def csrf_holds(request: HTTPConnection, given: str | None) -> bool:
    """Whether the form really came from our own page."""
    return bool(given) and hmac.compare_digest(str(given).encode(), csrf_token(request).encode())


def keep_signed_in(response: Response, secret: str, settings: Settings) -> None:
    """Put the token where only this site and no script can read it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=settings.session_days * 86400,
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
        path="/",
    )


def sign_out(response: Response) -> None:
    """Forget the token in this browser; it stays valid elsewhere."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


def signin_link(settings: Settings, secret: str) -> str:
    """The address that signs a browser in."""
    return f"{settings.address}/signin?token={quote(secret)}"


def first_admin(access: Access, settings: Settings) -> str | None:
    """A link for the first administrator: only while there is no token at all, and only on loopback.

    The secret is also kept in the data folder, readable by its owner alone, so that the commands of this machine may come
    in; whoever can read that folder can read everything else in it anyway.
    """
    if not settings.on_loopback or access.tokens():
        return None
    secret = access.create("admin", "admin")
    descriptor = os.open(_token_file(settings), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return signin_link(settings, secret)


def own_token(settings: Settings) -> str | None:
    """The token that the first start left in the data folder of this machine."""
    try:
        return _token_file(settings).read_text("ascii").strip() or None
    except OSError:
        return None


def _token_file(settings: Settings) -> Path:
    return settings.data / "admin-token"


def own_address(target: str | None) -> str:
    """Where to go after signing in: an address of ours, whatever the query says."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target or "\n" in target:
        return "/"
    return target
