"""The description of the API and the page that shows it, without the internet."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse

from api.access import csrf_token
from api.deps import Watcher
from api.guard import CSP

router = APIRouter(include_in_schema=False)

LIB = Path(__file__).parent.parent / "static" / "lib"
#: Swagger UI sets widths as style attributes; nothing else on this page comes from anywhere but here.
DOCS_CSP = CSP + "; style-src 'self' 'unsafe-inline'"

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>postloan · API</title>
<link rel="icon" href="/static/mark.svg">
<link rel="stylesheet" href="/static/lib/{css}">
</head>
<body>
<div id="docs" data-description="/openapi.json" data-csrf="{csrf}"></div>
<script src="/static/lib/{js}"></script>
<script src="/static/docs.js"></script>
</body>
</html>
"""


@router.get("/openapi.json")
def description(request: Request, person: Watcher) -> JSONResponse:
    """The OpenAPI document."""
    return JSONResponse(openapi(request.app))


@router.get("/docs")
def docs(request: Request, person: Watcher) -> HTMLResponse:
    """The same to read and to try out."""
    names = library_names()
    page = PAGE.format(
        css=escape(names["swagger-ui.css"]), js=escape(names["swagger-ui.js"]), csrf=escape(csrf_token(request))
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": DOCS_CSP})


@cache
def library_names() -> dict[str, str]:
    """The names under which ``make assets`` put the libraries."""
    names: dict[str, str] = json.loads((LIB / "manifest.json").read_text("utf-8"))
    return names


def openapi(app: Any) -> dict[str, Any]:
    """Made once, with the bearer token as the way in and the idempotency key on everything that changes something."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"token": []}]
        schema["paths"]["/healthz"]["get"]["security"] = []
        for path in schema["paths"].values():
            for method, call in path.items():
                if method in {"post", "put", "patch", "delete"}:
                    call.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
        app.openapi_schema = schema
    made: dict[str, Any] = app.openapi_schema
    return made


IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "the same key within a day gets the same answer, and nothing is done twice",
    "schema": {"type": "string", "maxLength": 200},
    "example": "7f0c5a9e-upload-0042",
}
