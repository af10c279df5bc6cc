"""What every request meets first: a limit on its size; and every answer last: the headers that keep a browser safe."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import refused_by_framework

CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Refuses requests that are too large, and adds the headers of the house to every answer."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message))
            await send(message)

        if _announced(scope) > self.max_bytes:
            await self._refuse(scope, receive, safe)
            return
        await self.app(scope, _counted(receive, self.max_bytes), safe)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = refused_by_framework(413, f"the limit of one request is {self.max_bytes} bytes")
        body = problem.document(scope["path"])
        await JSONResponse(body, 413, media_type="application/problem+json")(scope, receive, send)


def _complete(headers: MutableHeaders) -> None:
    """A route that set one of these itself knows better."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if "cache-control" not in headers:
        headers["Cache-Control"] = "no-store"  # what is on these pages is nobody else's business


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


def _counted(receive: Receive, limit: int) -> Receive:
    """Count what really arrives: a chunked request announces nothing."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, f"the limit of one request is {limit} bytes")
        return message

    return counted
