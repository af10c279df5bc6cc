"""Nothing is done twice: a call repeated with the same ``Idempotency-Key`` gets the first answer again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Trouble

MUTATING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
KEPT_SECONDS = 86400.0
#: A call without an answer for so long has died with its process; whoever repeats it may do it.
ABANDONED_SECONDS = 600.0
#: What the next try may answer differently is not kept.
PASSING = frozenset({401, 403, 404, 409, 413, 429})

METADATA = sa.MetaData()
answered = sa.Table(
    "answered",
    METADATA,
    sa.Column("caller", sa.Text, primary_key=True),  # hash of the token: one caller's keys are not another's
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request", sa.Text, nullable=False),  # hash of what was asked
    sa.Column("status", sa.Integer),  # None while the call is under way
    sa.Column("headers", sa.JSON),
    sa.Column("body", sa.Text),
    sa.Column("at", sa.Double, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One call under its key."""

    caller: str
    key: str
    request: str


class Idempotency:
    """Stands before all mutating calls of the API that carry a key."""

    def __init__(self, app: ASGIApp, *, engine: Engine) -> None:
        self.app = app
        self.kept = Kept(engine)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = Headers(scope=scope).get("idempotency-key") if scope["type"] == "http" else None
        if key is None or scope["method"] not in MUTATING or not scope["path"].startswith("/v1/"):
            await self.app(scope, receive, send)
            return
        if not 0 < len(key) <= 200:
            await _problem(scope["path"], 400, "bad_request", "Idempotency-Key: 1 to 200 characters")(
                scope, receive, send
            )
            return
        request, receive = await _asked(scope, receive)
        claim = Claim(_caller(scope), key, request)
        earlier = await run_in_threadpool(self.kept.claim, claim)
        if earlier is None:
            await self._first(claim, scope, receive, send)
        else:
            await _again(earlier, claim, scope["path"])(scope, receive, send)

    async def _first(self, claim: Claim, scope: Scope, receive: Receive, send: Send) -> None:
        """Do it, and keep the answer before it leaves the house."""
        start: Message = {}
        body = bytearray()

        async def held(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            await run_in_threadpool(self.kept.keep, claim, start, bytes(body))
            await send(start)
            await send({"type": "http.response.body", "body": bytes(body)})

        try:
            await self.app(scope, receive, held)
        except BaseException:
            await run_in_threadpool(self.kept.forget, claim)
            raise


class Kept:
    """The answers of the last day, by caller and key."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def claim(self, claim: Claim) -> Mapping[str, Any] | None:
        """Take the key for this call: None when it was free, otherwise what is on file under it."""
        now = time.time()
        mine = sa.and_(answered.c.caller == claim.caller, answered.c.key == claim.key)
        row = {"caller": claim.caller, "key": claim.key, "request": claim.request, "at": now}
        try:
            with self.engine.begin() as conn:
                dead = sa.and_(mine, answered.c.status.is_(None), answered.c.at < now - ABANDONED_SECONDS)
                conn.execute(sa.delete(answered).where(sa.or_(answered.c.at < now - KEPT_SECONDS, dead)))
                conn.execute(sa.insert(answered).values(row))
        except sa.exc.IntegrityError:
            with self.engine.connect() as conn:
                found = conn.execute(sa.select(answered).where(mine)).mappings().first()
            return dict(found) if found else self.claim(claim)
        return None

    def keep(self, claim: Claim, start: Message, body: bytes) -> None:
        """Keep the answer, unless it says something that may pass."""
        status = start["status"]
        if status >= 500 or status in PASSING:
            self.forget(claim)
            return
        headers = {
            name.decode(): value.decode() for name, value in start["headers"] if name in (b"content-type", b"location")
        }
        mine = sa.and_(answered.c.caller == claim.caller, answered.c.key == claim.key)
        with self.engine.begin() as conn:
            conn.execute(sa.update(answered).where(mine).values(status=status, headers=headers, body=body.decode()))

    def forget(self, claim: Claim) -> None:
        """Give the key back."""
        with self.engine.begin() as conn:
            conn.execute(sa.delete(answered).where(answered.c.caller == claim.caller, answered.c.key == claim.key))


async def _asked(scope: Scope, receive: Receive) -> tuple[str, Receive]:
    """A hash of what is asked, and the body again for the application.

    An upload is not read for this: its size tells it well enough, and the same bytes are one document anyway.
    """
    headers = Headers(scope=scope)
    if headers.get("content-type", "").startswith("multipart/"):
        return _hash(scope, headers.get("content-length", "").encode()), receive
    body = await Request(scope, receive).body()
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return _hash(scope, body), again


def _hash(scope: Scope, body: bytes) -> str:
    parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _caller(scope: Scope) -> str:
    headers = Headers(scope=scope)
    return hashlib.sha256((headers.get("authorization") or headers.get("cookie") or "").encode()).hexdigest()


def _again(earlier: Mapping[str, Any], claim: Claim, path: str) -> Response:
    """The first answer once more; or why not."""
    if earlier["request"] != claim.request:
        return _problem(path, 422, "key_used", f"Idempotency-Key {claim.key!r} was used for another request")
    if earlier["status"] is None:
        response = _problem(path, 409, "under_way", f"the call with Idempotency-Key {claim.key!r} is still under way")
        response.headers["Retry-After"] = "2"
        return response
    return Response(earlier["body"], earlier["status"], {**earlier["headers"], "Idempotent-Replayed": "true"})


def _problem(path: str, status: int, code: str, detail: str) -> Response:
    problem = Trouble(
        code,
        "重复请求标识有误 · The idempotency key does not fit",
        status,
        detail,
        "请换用新的标识 · Use a new key for a new request.",
    )
    return JSONResponse(problem.document(path), status, media_type="application/problem+json")
