"""The feed has no gaps, and a number never shows before a smaller one: on every database, with real concurrency."""

import threading

import pytest

from archive import feed
from archive.database import open_database, writing
from tests.archive_tools import DATABASES, empty_database


@pytest.fixture(params=DATABASES)
def engine(request, tmp_path):
    engine = open_database(empty_database(request.param, tmp_path))
    yield engine
    engine.dispose()


def test_items_come_back_in_order_from_any_point(engine):
    with writing(engine) as conn:
        for number in range(5):
            assert feed.append(conn, "document.received", {"document_id": f"d{number}"}, {"名": "单据"}) == number + 1
    with engine.connect() as conn:
        assert [item.seq for item in feed.read(conn, 2, 2)] == [3, 4]
        assert feed.last(conn) == 5
        first = feed.read(conn)[0]
        assert (first.type, first.subject, first.data) == ("document.received", {"document_id": "d0"}, {"名": "单据"})
        assert first.time.endswith("Z")
        assert feed.read(conn)[0].id == first.id


def test_what_is_rolled_back_leaves_no_gap(engine):
    with engine.connect() as conn:
        feed.append(conn, "document.received", {}, {})
        conn.rollback()
    with writing(engine) as conn:
        assert feed.append(conn, "document.received", {}, {}) == 1


def test_a_later_number_is_never_seen_before_an_earlier_one(engine):
    """The first transaction draws a number and dawdles; the second must wait, so a follower cannot run past."""
    drawn, seen, order = threading.Event(), [], []

    def slow():
        with writing(engine) as conn:
            order.append(("slow", feed.append(conn, "document.received", {"who": "slow"}, {})))
            drawn.set()
            threading.Event().wait(0.4)

    def quick():
        drawn.wait()
        with writing(engine) as conn:
            order.append(("quick", feed.append(conn, "document.received", {"who": "quick"}, {})))

    threads = [threading.Thread(target=slow), threading.Thread(target=quick)]
    for thread in threads:
        thread.start()
    drawn.wait()
    while any(thread.is_alive() for thread in threads):
        with engine.connect() as conn:
            seen.append([item.seq for item in feed.read(conn)])
    for thread in threads:
        thread.join()

    assert order == [("slow", 1), ("quick", 2)]
    assert all(numbers in ([], [1], [1, 2]) for numbers in seen)


def test_many_writers_leave_no_gap_and_no_double(engine):
    def write(name):
        for number in range(10):
            with writing(engine) as conn:
                feed.append(conn, "document.received", {"who": name, "number": number}, {})

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with engine.connect() as conn:
        items = feed.read(conn, 0, 1000)
    assert [item.seq for item in items] == list(range(1, 41))
    for name in "abcd":
        assert [item.subject["number"] for item in items if item.subject["who"] == name] == list(range(10))
