"""The application: its routes, what stands before and behind them, and what runs as long as it does."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api import problems
from api.examples import PROBLEMS
from api.guard import Guard
from api.idempotency import Idempotency
from api.metrics import Counting
from api.routes import customers, docs, documents, events, feed, health, loans, pages_door, pages_router, search
from api.settings import Settings
from api.wiring import House, open_house
from archive.database import migrate

STATIC = Path(__file__).parent / "static"
THREADS = 30  #: as many as there are database connections

ABOUT = """贷后单据与档案服务：单据进来，贷款的事实出来；每个事实都能指到纸上的位置。

A document-intelligence and archive service for post-loan management. Send papers to `POST /v1/documents`, follow what
happens in `GET /v1/feed`, and ask `GET /v1/search`. Money is text, exact; moments are UTC; errors are problem documents
(RFC 9457) with a `remedy`; lists go on with `cursor`; every mutating call may carry an `Idempotency-Key`.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service over the house that these settings describe."""
    house = open_house(settings or Settings())
    app = FastAPI(
        title="postloan · 贷后单据台",
        version=version("postloan"),
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_alive,
    )
    app.state.house = house
    app.state.trouble_page = pages_door.trouble_page
    problems.install(app)
    for routes in (documents, customers, loans, search, events, feed):
        app.include_router(routes.router, responses=PROBLEMS)
    for routes in (health, docs, pages_router):
        app.include_router(routes.router)
    app.mount("/static", Static(directory=STATIC), name="static")
    app.add_middleware(Idempotency, engine=house.engine)
    app.add_middleware(Counting, metrics=house.metrics)
    app.add_middleware(Guard, max_bytes=house.settings.max_request_mb << 20)
    return app


@asynccontextmanager
async def _alive(app: FastAPI) -> AsyncIterator[None]:
    """While the service runs: tables up to date, and the search index following the feed."""
    house: House = app.state.house
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    await run_in_threadpool(migrate, house.engine, house.settings.database_address)
    stop = threading.Event()
    follower = threading.Thread(target=_follow, args=(house, stop), name="follower", daemon=True)
    follower.start()
    yield
    stop.set()
    house.feed.close()
    await run_in_threadpool(follower.join, 10)
    await run_in_threadpool(house.close)


def _follow(house: House, stop: threading.Event) -> None:
    log = logging.getLogger("postloan.search")
    log.info("the search index follows the feed in %s", house.settings.index_address)
    house.follower.run(stop)


class Static(StaticFiles):
    """Files with their hash in the name never change; the others are asked for again each time."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long a browser may keep it."""
        response = await super().get_response(path, scope)
        hashed = len(Path(path).name.split(".")) >= 3
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
