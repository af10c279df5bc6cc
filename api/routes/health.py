"""Is the service alive, is every part of it ready, and what did it do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from api.access import Right, may, signed_in
from api.deps import TheHouse, Watcher
from api.examples import answers
from api.metrics import Labels
from api.problems import trouble
from api.wiring import House
from archive import tables
from records.errors import NotFound, NotSignedIn, PostloanError

router = APIRouter(tags=["health"])

READY = {
    "status": "ready",
    "parts": {"database": "ready", "originals": "ready", "index": "ready", "workers": "2 alive"},
}


@router.get("/healthz", summary="Alive", responses=answers({"status": "alive"}))
def healthz() -> dict[str, str]:
    """Open to everybody; says nothing but that the service answers."""
    return {"status": "alive"}


@router.get("/readyz", summary="Ready, part by part", responses=answers(READY), response_model=None)
def readyz(request: Request, house: TheHouse) -> JSONResponse:
    """Without a token only whether it is ready; with one every part by name and state. 503 when a part does not answer."""
    parts = {name: _state(check, house) for name, check in CHECKS.items()}
    ready = not any(state.startswith("down") for state in parts.values())
    body: dict[str, Any] = {"status": "ready" if ready else "not ready"}
    if _may_see(request, house):
        body["parts"] = parts
    return JSONResponse(body, 200 if ready else 503)


def _may_see(request: Request, house: House) -> bool:
    try:
        return may(signed_in(request, house.access), Right.WATCH)
    except (NotSignedIn, sa.exc.SQLAlchemyError):
        return False


def _state(check: Callable[[House], str], house: House) -> str:
    try:
        return check(house)
    except (PostloanError, sa.exc.SQLAlchemyError, OSError) as error:
        return f"down: {error}".splitlines()[0]


def _database(house: House) -> str:
    with house.engine.connect() as conn:
        conn.execute(sa.select(1))
    return "ready"


def _originals(house: House) -> str:
    house.blobs.has("0" * 64)
    return "ready"


def _index(house: House) -> str:
    behind = house.feed.last() - house.index.seq()
    return "ready" if behind < 100 else f"{behind} behind the feed"


def _workers(house: House) -> str:
    return f"{_living(house)} alive"


def _living(house: House) -> int:
    from archive import lease

    return len(lease.living(house.engine, house.settings.lease_seconds))


CHECKS: dict[str, Callable[[House], str]] = {
    "database": _database,
    "originals": _originals,
    "index": _index,
    "workers": _workers,
}


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    responses=answers('postloan_documents{status="read"} 40\n', media="text/plain"),
    response_model=None,
)
def metrics(house: TheHouse, person: Watcher) -> PlainTextResponse:
    """Counts and times of answers; documents by status; feed, index, queue and workers."""
    return PlainTextResponse(house.metrics.text(_gauges(house)), media_type="text/plain; version=0.0.4")


def _gauges(house: House) -> dict[str, tuple[str, dict[Labels, float]]]:
    with house.engine.connect() as conn:
        status = tables.document.c.status
        counts = conn.execute(sa.select(status, sa.func.count()).group_by(status)).all()
    return {
        "postloan_documents": ("Documents by status.", {(("status", state),): number for state, number in counts}),
        "postloan_feed_seq": ("Number of the latest feed item.", {(): house.feed.last()}),
        "postloan_index_seq": ("Feed item that the search index has reached.", {(): house.index.seq()}),
        "postloan_jobs_waiting": ("Jobs queued or running.", {(): house.jobs.waiting()}),
        "postloan_workers": ("Reading processes with a valid lease.", {(): _living(house)}),
        "postloan_uptime_seconds": ("Since the service started.", {(): round(time.time() - house.metrics.started, 1)}),
    }


@router.get("/v1/problems/{code}", summary="What a problem type means", responses=answers({"code": "not_found"}))
def problem_type(code: str, person: Watcher) -> dict[str, Any]:
    """Where the `type` of a problem document leads."""
    for error in _kinds(PostloanError):
        if error.code == code:
            problem = trouble(error())
            return {"code": code, "title": problem.title, "status": problem.status, "remedy": problem.remedy}
    raise NotFound(f"problem type {code}")


def _kinds(base: type[PostloanError]) -> list[type[PostloanError]]:
    return [base, *(kind for direct in base.__subclasses__() for kind in _kinds(direct))]
