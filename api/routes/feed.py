"""The feed: everything that happened, in order and without gaps, for monitoring systems."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.deps import TheHouse, Watcher
from api.examples import FEED_ITEM, answers
from api.stream import as_json, server_sent

router = APIRouter(prefix="/v1/feed", tags=["feed"])

EXAMPLE = {"items": [FEED_ITEM], "next": 128, "last": 128}


# async, unlike other routes: whoever waits here for half a minute must not keep a thread from somebody who works.
@router.get("", summary="What happened after number N", responses=answers(EXAMPLE), response_model=None)
async def read_feed(
    request: Request,
    house: TheHouse,
    person: Watcher,
    after: Annotated[int, Query(ge=0, description="the last `seq` you have; 0 starts at the beginning")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    wait: Annotated[float, Query(ge=0, le=60, description="seconds to wait for the next item when there is none")] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> dict[str, Any] | StreamingResponse:
    """`next` is what to send as `after` the next time. With `Accept: text/event-stream` it never ends."""
    if "text/event-stream" in request.headers.get("accept", ""):
        start = int(last_event_id) if last_event_id and last_event_id.isdigit() else after
        headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-cache"}
        return StreamingResponse(server_sent(house.feed.follow(start)), media_type="text/event-stream", headers=headers)
    if wait:
        await house.feed.wait(after, wait)
    items = await run_in_threadpool(house.feed.read, after, limit)
    last = await run_in_threadpool(house.feed.last)
    return {"items": as_json(items), "next": items[-1].seq if items else after, "last": last}
