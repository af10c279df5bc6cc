"""The feed: in order, from any point, by waiting, and as a stream."""

from __future__ import annotations

import json
import threading
import time

import pytest

from api.stream import Feed, server_sent

NOTE = "走访记录 生产正常".encode()


def test_everything_that_happened_comes_in_order_without_gaps(door):
    for number in range(3):
        door.upload(f"{number}.txt", NOTE + str(number).encode())

    feed = door.client.get("/v1/feed").json()

    assert [item["seq"] for item in feed["items"]] == [1, 2, 3]
    assert {item["type"] for item in feed["items"]} == {"document.received"}
    assert (feed["next"], feed["last"]) == (3, 3)


def test_it_goes_on_where_one_left_off(door):
    for number in range(3):
        door.upload(f"{number}.txt", NOTE + str(number).encode())

    page = door.client.get("/v1/feed?after=1&limit=1").json()

    assert [item["seq"] for item in page["items"]] == [2]
    assert (page["next"], page["last"]) == (2, 3)
    assert door.client.get("/v1/feed?after=3").json()["items"] == []


def test_whoever_waits_is_answered_as_soon_as_something_happens(door):
    timer = threading.Timer(0.5, lambda: door.house.intake.accept(NOTE, "一.txt", by="x"))
    timer.start()
    started = time.monotonic()

    answer = door.client.get("/v1/feed?after=0&wait=20").json()

    assert [item["type"] for item in answer["items"]] == ["document.received"]
    assert 0.3 < time.monotonic() - started < 5
    timer.join()


def test_waiting_ends_with_nothing_when_nothing_happens(door):
    started = time.monotonic()

    assert door.client.get("/v1/feed?after=0&wait=0.5").json()["items"] == []
    assert time.monotonic() - started >= 0.5


@pytest.mark.parametrize("query", ["after=-1", "limit=0", "limit=1001", "wait=61", "after=x"])
def test_a_senseless_question_is_refused(door, query):
    assert door.client.get(f"/v1/feed?{query}").status_code == 422


def test_as_a_stream_each_item_carries_its_number(door):
    import anyio

    door.upload("一.txt", NOTE)
    door.upload("二.txt", NOTE + b"2")

    async def first_two() -> str:
        feed = Feed(door.house.engine)
        text = ""
        async for part in server_sent(feed.follow(0)):
            text += part
            if text.count("\n\n") == 3:
                feed.close()
        return text

    events = anyio.run(first_two).split("\n\n")

    assert events[0] == "retry: 2000"
    lines = dict(line.split(": ", 1) for line in events[1].splitlines())
    assert (lines["id"], lines["event"]) == ("1", "document.received")
    assert json.loads(lines["data"])["seq"] == 1
    assert events[2].startswith("id: 2\n")


def test_whoever_waits_is_let_go_when_the_service_stops(door):
    import anyio

    async def wait() -> bool:
        feed = Feed(door.house.engine)
        threading.Timer(0.3, feed.close).start()
        return await feed.wait(10**6, 30)

    started = time.monotonic()
    assert anyio.run(wait) is False
    assert time.monotonic() - started < 5
