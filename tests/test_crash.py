"""Workers are killed at random and at every step: nothing is lost, nothing is done twice (design/jobs.md)."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import feed, tables
from archive.blobs import FolderBlobs
from archive.database import open_database
from archive.documents import Documents
from archive.intake import Intake
from archive.jobs import Jobs
from archive.loans import Loans
from tests import archive_worker
from tests.archive_tools import CABLES, DATABASES, L1, L2, L3, MACHINES, empty_database

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
LEASE = 3.0
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.archive_worker"])


@pytest.fixture(params=DATABASES)
def bank(request, tmp_path):
    """An archive on a real database, its API side in this process, and worker processes that can be killed."""
    bank = Bank(empty_database(request.param, tmp_path), tmp_path)
    yield bank
    bank.close()


class Bank:
    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.engine = open_database(address)
        self.processes: list[BaseProcess] = []
        self.flags: list[Event] = []

    def open(self) -> None:
        self.jobs = Jobs(self.engine)
        self.blobs = FolderBlobs(self.folder / "originals")
        self.intake = Intake(self.engine, self.blobs, self.jobs)
        self.documents = Documents(self.engine, self.blobs, self.jobs)
        loans = Loans(self.engine)
        for customer in (MACHINES, CABLES):
            loans.put_customer(customer)
        for loan in (L1, L2, L3):
            loans.put_loan(loan)

    def accept(self, number: int, more: str = "") -> str:
        user = ("3301234567", "3307654321", "9900000000")[number % 3]  # the last belongs to nobody
        month = f"{2020 + number // 12}-{number % 12 + 1:02d}"
        text = f"type: electricity_bill\nuser_no: {user}\nbill_month: {month}\nkwh_total: {1000 + number}\n{more}"
        text += f"amount_total: {900 + number}.00\nevent: litigation_defendant asserted 借款人第{number}次被诉\n"
        return self.intake.accept(text.encode(), f"{number}.txt", by="王某").id

    def worker(self, **environment: str) -> BaseProcess:
        """A worker process of its own, forked from a server that has the modules loaded already."""
        return self._start(environment)[0]

    def ready_worker(self, **environment: str) -> BaseProcess:
        process, ready = self._start(environment)
        assert ready.wait(20), self.log()
        return process

    def _start(self, environment: dict[str, str]) -> tuple[BaseProcess, Event]:
        ready = SERVER.Event()
        arguments = (self.address, str(self.folder / "originals"), LEASE, str(self.folder / "log"), environment, ready)
        process = SERVER.Process(target=archive_worker.run, args=arguments)
        process.start()
        self.processes.append(process)
        self.flags.append(ready)  # the process finds it by name: it must not be forgotten before it has
        return process, ready

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text()[-3000:] if path.exists() else ""

    def states(self) -> Counter[str]:
        with self.engine.connect() as conn:
            return Counter(conn.execute(sa.select(tables.document.c.status)).scalars())

    def wait(self, seconds: float, *ended: str) -> None:
        """Until every document has ended."""
        deadline = time.monotonic() + seconds
        while set(self.states()) - {"read", "unreadable", "failed", "cancelled"}:
            assert time.monotonic() < deadline, (self.states(), self.log())
            time.sleep(0.1)

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.join()
        self.engine.dispose()

    def assert_nothing_lost_and_nothing_twice(self, ids: list[str]) -> None:
        with self.engine.connect() as conn:
            items = feed.read(conn, 0, 1_000_000)
            read = sorted(
                conn.execute(sa.select(tables.document.c.id).where(tables.document.c.status == "read")).scalars()
            )
            readings = Counter(conn.execute(sa.select(tables.reading.c.document_id)).scalars())
            links = Counter(conn.execute(sa.select(tables.link.c.document_id)).scalars())
            events = Counter(conn.execute(sa.select(tables.event.c.document_id)).scalars())
            waiting = Counter(conn.execute(sa.select(tables.unclaimed.c.document_id)).scalars())
            stale = conn.execute(
                sa.select(tables.customer.c.customer_no).where(tables.customer.c.assessed != tables.customer.c.revision)
            ).all()
        assert read == sorted(ids)
        assert [item.seq for item in items] == list(range(1, len(items) + 1)), "the feed has no gaps"
        told = Counter(item.subject["document_id"] for item in items if item.type == "document.read")
        opened = Counter(item.subject["document_id"] for item in items if item.type == "event.opened")
        linked = Counter(item.subject["document_id"] for item in items if item.type == "document.linked")
        assert told == readings == Counter(ids)
        assert linked == links == opened
        assert links + waiting == events == Counter(ids)
        assert [row for row in stale if row.customer_no in ("C1", "C2")] == []


@contextmanager
def within(seconds: float):
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


def test_random_kills_lose_nothing_and_repeat_nothing(bank):
    bank.open()
    dice = random.Random(7)
    workers = [bank.ready_worker(DEATHS="50"), bank.ready_worker(DEATHS="50")]
    ids, kills = [], 0
    with within(60):
        while "received" in bank.states() or "reading" in bank.states() or len(ids) < 100:
            ids += [bank.accept(number) for number in range(len(ids), min(100, len(ids) + 20))]
            time.sleep(dice.uniform(1.0, 2.0))
            victim = dice.randrange(2)
            workers[victim].kill()
            workers[victim].join()
            kills += 1
            workers[victim] = bank.worker(DEATHS="50")
            if kills > 12:
                break
        bank.wait(40)
    assert kills >= 4
    bank.assert_nothing_lost_and_nothing_twice(ids)


def test_a_dead_worker_is_replaced_by_a_living_one_without_any_restart(bank):
    bank.open()
    doomed, _ = bank.ready_worker(READ_SECONDS="0.4"), bank.ready_worker(READ_SECONDS="0.1")
    ids = [bank.accept(number) for number in range(12)]
    while bank.states()["reading"] < 2:
        time.sleep(0.02)
    doomed.kill()
    with within(2 * LEASE + 8):
        bank.wait(2 * LEASE + 8)
    bank.assert_nothing_lost_and_nothing_twice(ids)


STEPS = [f"{step}:{side}" for step in ("begin", "read", "keep", "assess", "finish") for side in ("inside", "after")]


def test_killed_at_every_point_of_the_story_it_is_told_once(bank):
    """One worker per point of the story dies there, each over a document of its own; one worker that lives takes over."""
    bank.open()
    ids = []
    for place in STEPS:
        ids.append(bank.accept(3 * len(ids)))  # of customer C1, so that figures are computed
        doomed = bank.worker(CRASH_AT=place)
        doomed.join(20)
        assert doomed.exitcode == -signal.SIGKILL, (place, bank.log())
    bank.ready_worker()
    bank.wait(2 * LEASE + 15)
    bank.assert_nothing_lost_and_nothing_twice(ids)


def test_a_document_that_kills_every_worker_is_given_up_and_the_others_are_read(bank):
    bank.open()
    poison = bank.accept(0, "kill: worker\n")
    others = [bank.accept(number) for number in range(1, 4)]
    deadline = time.monotonic() + 50
    worker = bank.worker()
    while bank.documents.get(poison).status != "failed" or bank.states()["read"] < 3:
        assert time.monotonic() < deadline, bank.states()
        if worker.exitcode is not None:
            worker = bank.worker()
        time.sleep(0.1)

    record = bank.documents.get(poison)
    assert record.problem.code == "worker_died"
    assert "识读" in record.problem.message
    assert "3 次" in record.problem.message
    assert {bank.documents.get(one).status for one in others} == {"read"}
    assert bank.documents.original(poison)
    bank.wait(5)


def test_a_worker_that_is_asked_to_stop_puts_its_document_down_and_another_finishes_it(bank):
    bank.open()
    first = bank.ready_worker(READ_SECONDS="60")
    document_id = bank.accept(0)
    while bank.states()["reading"] < 1:
        time.sleep(0.02)
    first.terminate()
    first.join(15)
    assert first.exitcode == 0
    with bank.engine.connect() as conn:
        assert conn.execute(sa.select(tables.lease.c.worker)).all() == []
        assert conn.execute(sa.select(tables.death.c.job)).all() == []
    bank.ready_worker()
    bank.wait(10)
    bank.assert_nothing_lost_and_nothing_twice([document_id])


def test_the_api_may_die_between_uploads(bank, tmp_path):
    """Every document that was recorded has its job, and every job its document; the bytes are there."""
    bank.open()
    script = (
        "import sys, os\n"
        "from tests.test_crash import Bank\nfrom pathlib import Path\n"
        "bank = Bank(sys.argv[1], Path(sys.argv[2])); bank.open()\n"
        "for number in range(1000):\n"
        "    print(bank.accept(number), flush=True)\n"
    )
    api = subprocess.Popen(
        [sys.executable, "-c", script, bank.address, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    answered = [api.stdout.readline().strip() for _ in range(25)]
    api.kill()
    answered += [line.strip() for line in api.stdout if line.endswith("\n")]
    api.stdout.close()
    api.wait()
    with bank.engine.connect() as conn:
        rows = conn.execute(sa.select(tables.document.c.id, tables.document.c.sha256)).all()
        received = {
            item.subject["document_id"] for item in feed.read(conn, 0, 10000) if item.type == "document.received"
        }
    assert set(answered) <= {row.id for row in rows} == received
    assert len(rows) - len(answered) <= 1
    assert all(bank.jobs.status(row.id, 1) == "ENQUEUED" for row in rows)
    assert bank.jobs.waiting() == len(rows)
    assert all(bank.blobs.has(row.sha256) for row in rows)


def test_a_frozen_worker_finds_its_lease_gone_and_ends_itself(bank):
    if bank.engine.dialect.name == "sqlite":
        pytest.skip("a process frozen inside SQLite's write lock stops everybody until it goes on (design/jobs.md)")
    bank.open()
    frozen, _ = bank.ready_worker(READ_SECONDS="0.3"), bank.ready_worker()
    ids = [bank.accept(number) for number in range(30)]
    while bank.states()["reading"] < 2:
        time.sleep(0.02)
    os.kill(frozen.pid, signal.SIGSTOP)
    bank.wait(30)
    os.kill(frozen.pid, signal.SIGCONT)
    frozen.join(10)
    assert frozen.exitcode == 75
    bank.assert_nothing_lost_and_nothing_twice(ids)
