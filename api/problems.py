"""From an error to the answer a caller gets: the status code is decided here, by class (RFC 9457)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from records import errors

log = logging.getLogger("postloan.api")

STATUS: dict[type[errors.PostloanError], int] = {
    errors.TooLarge: 413,
    errors.UnreadableFile: 422,
    errors.NotFound: 404,
    errors.AlreadyThere: 409,
    errors.Refused: 422,
    errors.NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.BackendUnavailable: 503,
    errors.IndexBusy: 409,
    errors.UnknownScheme: 500,
    errors.PostloanError: 500,
}

#: What the framework itself refuses, in our words.
BY_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("bad_request", "请求格式有误 · The request is malformed", "请核对后重发 · Correct it and send it again."),
    404: ("not_found", "没有这个地址 · There is no such address", "请查看 /docs · See /docs for what there is."),
    405: (
        "method_not_allowed",
        "该地址不支持此方法 · This address does not take that method",
        "允许的方法见 Allow 头 · See the Allow header.",
    ),
    413: ("too_large", "请求过大 · The request is too large", "请分批上传 · Upload fewer files at once."),
    422: (
        "invalid",
        "请求内容不合规 · The request does not fit its description",
        "逐项更正 errors 后重发 · Correct what errors names and send it again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem document before it becomes JSON or a page."""

    code: str
    title: str
    status: int
    detail: str
    remedy: str
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def document(self, instance: str) -> dict[str, Any]:
        """The object of RFC 9457; ``remedy`` and ``code`` are our extensions."""
        return {
            "type": f"/v1/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "remedy": self.remedy,
            "code": self.code,
            **self.more,
        }


def status_of(error: type[errors.PostloanError]) -> int:
    """The status of the nearest class that has one."""
    return next(STATUS[kind] for kind in error.__mro__ if kind in STATUS)


def trouble(error: errors.PostloanError) -> Trouble:
    """One of our own errors, Chinese first."""
    status = status_of(type(error))
    headers = {401: {"WWW-Authenticate": 'Bearer realm="postloan"'}, 503: {"Retry-After": "10"}}.get(status, {})
    return Trouble(
        code=error.code,
        title=f"{error.says_zh} · {error.says}",
        status=status,
        detail=error.detail or f"{error.says_zh} · {error.says}",
        remedy=f"{error.remedy_zh} · {error.remedy}",
        headers=headers,
    )


def problem_dict(error: errors.PostloanError, instance: str) -> dict[str, Any]:
    """The same as a part of another answer: one file of a batch, one line of a list."""
    return trouble(error).document(instance)


def refused_by_framework(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Trouble:
    """No such address, wrong method, broken JSON."""
    code, title, remedy = BY_STATUS.get(status, BY_STATUS[400])
    return Trouble(code, title, status, detail, remedy, headers or {})


def not_as_described(found: Sequence[Any]) -> Trouble:
    """A body or query that does not fit: every place that is wrong, with what is wrong about it."""
    wrong = [{"where": ".".join(str(part) for part in error["loc"]), "what": error["msg"]} for error in found]
    code, title, remedy = BY_STATUS[422]
    detail = "; ".join(f"{error['where']}: {error['what']}" for error in wrong)
    return Trouble(code, title, 422, detail, remedy, more={"errors": wrong})


def unexpected() -> Trouble:
    """A mistake of ours. The reference leads to the traceback in the log; the traceback itself is nobody's business."""
    reference = secrets.token_hex(4)
    return Trouble(
        "internal",
        "服务内部出错 · Something went wrong inside",
        500,
        f"编号 · reference {reference}",
        "请重试；若仍出现，请把编号告诉管理员 · Try again; if it stays, tell the operator the reference.",
        more={"reference": reference},
    )


def answer(request: Request, problem: Trouble) -> Response:
    """JSON for programs; a page for a person in a browser, if the pages offer one."""
    page = getattr(request.app.state, "trouble_page", None)
    if page is not None and wants_page(request):
        shown: Response = page(request, problem)
        return shown
    document = problem.document(request.url.path)
    return JSONResponse(document, problem.status, dict(problem.headers), media_type="application/problem+json")


def wants_page(request: Request) -> bool:
    """A browser asking for a page or a part of one, not a program asking the API."""
    if request.url.path.startswith("/v1/"):
        return False
    return "text/html" in request.headers.get("accept", "") or "hx-request" in request.headers


def install(app: FastAPI) -> None:
    """Answer every kind of failure with a problem document."""

    @app.exception_handler(errors.PostloanError)
    def ours(request: Request, error: errors.PostloanError) -> Response:
        problem = trouble(error)
        if problem.status >= 500:
            log.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
        return answer(request, problem)

    @app.exception_handler(HTTPException)
    def framework(request: Request, error: HTTPException) -> Response:
        return answer(request, refused_by_framework(error.status_code, str(error.detail), error.headers))

    @app.exception_handler(RequestValidationError)
    def described(request: Request, error: RequestValidationError) -> Response:
        return answer(request, not_as_described(error.errors()))

    @app.exception_handler(Exception)
    def ours_to_mend(request: Request, error: Exception) -> Response:
        problem = unexpected()
        log.error("%s (%s %s)", problem.detail, request.method, request.url.path, exc_info=error)
        return answer(request, problem)
