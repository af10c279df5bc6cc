"""Workers are killed while containers are unpacked: every member is on file once, whatever died between which lines."""

from __future__ import annotations

import io
import random
import signal
import time
import zipfile
from collections import Counter

import pytest
import sqlalchemy as sa

from archive import feed, tables
from tests.archive_tools import DATABASES, empty_database
from tests.test_crash import Bank

pytestmark = pytest.mark.slow


@pytest.fixture(params=DATABASES)
def bank(request, tmp_path):
    """An archive on a real database, and worker processes that can be killed."""
    bank = Bank(empty_database(request.param, tmp_path), tmp_path)
    bank.open()
    yield bank
    bank.close()


def paper(number: int) -> bytes:
    return f"type: electricity_bill\nuser_no: 9900000000\nkwh_total: {1000 + number}\n".encode()


def packet(numbers: range) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in numbers:
            archive.writestr(f"电费/{number}.txt", paper(number))
    return out.getvalue()


def send(bank: Bank, numbers: range) -> str:
    return bank.intake.accept(packet(numbers), f"{numbers.start}.zip", by="王某").id


def assert_every_member_once(bank: Bank, sent: dict[str, range]) -> None:
    """One document per content, one reading and one word of each in the feed, and every tie of every container."""
    with bank.engine.connect() as conn:
        items = feed.read(conn, 0, 1_000_000)
        rows = conn.execute(sa.select(tables.document)).all()
        readings = Counter(conn.execute(sa.select(tables.reading.c.document_id)).scalars())
        waiting = Counter(conn.execute(sa.select(tables.unclaimed.c.document_id)).scalars())
        ties = conn.execute(sa.select(tables.member.c.container_id, tables.member.c.path, tables.member.c.document_id))
        tied = {(row.container_id, row.path): row.document_id for row in ties}
    papers = {row.id for row in rows} - set(sent)
    assert len(papers) == len({number for numbers in sent.values() for number in numbers}), "lost or doubled"
    assert {row.status for row in rows} == {"read"}
    assert set(tied) == {(id, f"电费/{number}.txt") for id, numbers in sent.items() for number in numbers}
    assert set(tied.values()) == papers
    assert [item.seq for item in items] == list(range(1, len(items) + 1)), "the feed has no gaps"
    for told in ("document.received", "document.read"):
        assert Counter(i.subject["document_id"] for i in items if i.type == told) == Counter(papers | set(sent))
    assert readings == Counter(papers | set(sent))
    assert waiting == Counter(papers)
    assert all(bank.blobs.has(row.sha256) for row in rows)


PLACES = [
    {"MEMBERS": "1"},
    {"MEMBERS": "3"},
    *({"CRASH_AT": f"{step}:{side}"} for step in ("read", "keep") for side in ("before", "inside", "after")),
    {"CRASH_AT": "finish:inside"},
]


def test_killed_at_every_point_of_unpacking_each_member_is_taken_in_once(bank):
    sent = {}
    for index, place in enumerate(PLACES):
        numbers = range(10 * index, 10 * index + 5)
        sent[send(bank, numbers)] = numbers
        doomed = bank.worker(DEATHS="50", **place)
        doomed.join(20)
        assert doomed.exitcode == -signal.SIGKILL, (place, bank.log())
    bank.ready_worker(DEATHS="50")
    bank.wait(60)
    assert_every_member_once(bank, sent)


def test_random_kills_among_packets_that_share_papers(bank):
    dice = random.Random(11)
    sent = {}
    for start in range(0, 60, 6):  # each shares half of its papers with the next
        sent[send(bank, range(start, start + 12))] = range(start, start + 12)
    workers = [bank.ready_worker(DEATHS="50"), bank.ready_worker(DEATHS="50")]
    kills = 0
    while kills < 6 and set(bank.states()) & {"received", "reading"}:
        time.sleep(dice.uniform(0.5, 1.5))
        victim = dice.randrange(2)
        workers[victim].kill()
        workers[victim].join()
        kills += 1
        workers[victim] = bank.worker(DEATHS="50")
    bank.wait(90)
    assert kills >= 3
    assert_every_member_once(bank, sent)
