"""What we ask of the job engine, and of the leases around it."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from archive import lease, tables, upkeep
from archive.blobs import FolderBlobs
from archive.database import open_database, writing
from archive.documents import Documents
from archive.intake import Intake
from archive.jobs import BULK, INTERACTIVE, Jobs, work
from records.errors import Refused
from tests.archive_tools import DATABASES, empty_database, tiny_reader

NOTE = "type: visit_note\nremark: "


@pytest.fixture(params=DATABASES)
def address(request, tmp_path):
    return empty_database(request.param, tmp_path)


@pytest.fixture
def engine(address):
    engine = open_database(address)
    yield engine
    engine.dispose()


def test_a_job_exists_only_if_the_callers_transaction_commits(engine):
    queue = Jobs(engine)
    with engine.connect() as conn:
        queue.enqueue(conn, "d1", 1)
        conn.rollback()
    assert queue.status("d1", 1) is None

    with writing(engine) as conn:
        queue.enqueue(conn, "d1", 1)
    assert queue.status("d1", 1) == "ENQUEUED"
    assert queue.waiting() == 1


def test_the_same_job_asked_for_twice_is_one_job(engine):
    queue = Jobs(engine)
    for _ in range(2):
        with writing(engine) as conn:
            queue.assess(conn, "C1", 7)

    assert queue.waiting() == 1


def test_a_worker_is_alive_as_long_as_it_renews(engine):
    lease.take(engine, "w1")
    lease.take(engine, "w2")
    assert lease.living(engine, 30) == {"w1", "w2"}
    assert lease.renew(engine, "w1", 30)
    time.sleep(0.3)
    assert not lease.renew(engine, "w1", 0.1), "run out: others may have its work by now"
    lease.release(engine, "w2")
    assert lease.living(engine, 30) == {"w1"}
    lease.forget_dead(engine, 0.1)
    assert lease.living(engine, 30) == set()


def test_a_death_is_counted_once_however_many_notice_it(engine):
    with writing(engine) as conn:
        assert [lease.count_death(conn, "read:d1:1", worker) for worker in ("w1", "w1", "w2")] == [1, 1, 2]
        assert lease.count_death(conn, "read:d2:1", "w1") == 1


def test_a_regular_duty_is_done_by_one_worker_per_period(engine):
    assert not lease.due(engine, "retention", 0.2)
    time.sleep(0.3)
    assert [lease.due(engine, "retention", 0.2) for _ in range(3)] == [True, False, False]


class Desk:
    """Uploads on this side, a worker in a thread on the other."""

    def __init__(self, address, engine, folder):
        self.address, self.engine, self.jobs = address, engine, Jobs(engine)
        self.blobs = FolderBlobs(folder / "originals")
        self.intake = Intake(engine, self.blobs, self.jobs)
        self.documents = Documents(engine, self.blobs, self.jobs)
        self.order = []

    def reader(self, name, data, options, on_progress):
        self.order.append(name)
        return tiny_reader(name, data, options, on_progress)

    def upload(self, text, name, priority=INTERACTIVE):
        return self.intake.accept(text.encode(), name, by="王某", priority=priority).id

    def work_until(self, done, seconds=25):
        stop = threading.Event()
        arguments = {"reader": self.reader, "lease_seconds": 5.0, "poll_seconds": 0.05, "stop": stop}
        worker = threading.Thread(target=work, args=(self.address, self.blobs), kwargs=arguments)
        worker.start()
        deadline = time.monotonic() + seconds
        try:
            while not done():
                assert time.monotonic() < deadline
                time.sleep(0.05)
        finally:
            stop.set()
            worker.join()

    def ended(self, *ids):
        return lambda: all(self.documents.get(one).status not in ("received", "reading") for one in ids)


@pytest.fixture
def desk(address, engine, tmp_path):
    return Desk(address, engine, tmp_path)


@pytest.mark.slow
def test_a_worker_reads_urgent_papers_first_and_keeps_what_fails(desk):
    bulk = [desk.upload(f"{NOTE}{number}\n", f"bulk{number}", BULK) for number in range(3)]
    broken = desk.upload("crash: 1\n", "broken", 50)
    stopped = desk.upload(f"{NOTE}stopped\n", "stopped", BULK)
    urgent = desk.upload(f"{NOTE}urgent\n", "urgent")
    desk.documents.cancel(stopped, by="王某")
    with pytest.raises(Refused, match="being read already"):
        desk.documents.reread(urgent, by="王某")

    desk.work_until(desk.ended(*bulk, broken, urgent))

    assert desk.order[:2] == ["urgent", "broken"]
    assert "stopped" not in desk.order
    record = desk.documents.get(broken)
    assert (record.status, record.problem.code) == ("failed", "failed")
    assert "our own bug" in record.problem.message
    [line] = [line for line in desk.documents.history(broken) if line.what == "failed"]
    assert "ZeroDivisionError" in line.detail["trace"]
    assert "_tiny_paper" in line.detail["trace"]
    with desk.engine.connect() as conn:
        assert conn.execute(sa.select(tables.lease.c.worker)).all() == [], "a worker that ends takes its lease with it"
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert desk.jobs.forget_finished(later) == 6
    assert desk.jobs.status(urgent, 1) is None
    assert desk.documents.get(urgent).status == "read", "our own rows are the truth"


def test_a_document_whose_job_ended_without_it_is_said_to_have_failed(desk):
    """A document never waits in silence: neither for a job that is gone nor for one that the engine gave up."""
    gone, given_up, waiting = (desk.upload(f"{NOTE}{number}\n", str(number)) for number in range(3))
    with writing(desk.engine) as conn:
        status = sa.table("workflow_status", sa.column("workflow_uuid"), sa.column("status"))
        if conn.dialect.name == "postgresql":
            status.schema = "dbos"
        conn.execute(sa.delete(status).where(status.c.workflow_uuid == f"read:{gone}:1"))
        conn.execute(sa.update(status).where(status.c.workflow_uuid == f"read:{given_up}:1").values(status="ERROR"))
    later = datetime.now(UTC) + timedelta(minutes=1)

    assert sorted(upkeep.fail_stranded(desk.engine, desk.jobs, later)) == sorted([gone, given_up])

    assert desk.documents.get(given_up).status == "failed"
    assert "ended as ERROR" in desk.documents.get(given_up).problem.message
    assert desk.documents.get(waiting).status == "received"
    desk.documents.reread(gone, by="王某")
    assert upkeep.fail_stranded(desk.engine, desk.jobs, later) == []


@pytest.mark.slow
def test_a_failed_document_can_be_read_again(desk):
    broken = desk.upload("crash: 1\n", "broken")
    desk.work_until(desk.ended(broken))
    desk.documents.reread(broken, by="王某")
    assert desk.documents.get(broken).status == "received"
    desk.work_until(desk.ended(broken))

    whats = [line.what for line in desk.documents.history(broken)]
    assert whats == ["received", "reading", "failed", "reread", "reading", "failed"]
