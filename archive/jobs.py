"""Workers: durable jobs, taken up again when a worker dies, given up when a document kills every worker.

The job engine (DBOS) is known here and in ``archive.queue``, the asking side, and nowhere else. Our own tables are the
truth; the engine's rows are only the log of what ran. A worker holds a lease; whoever notices that a lease ran out puts
the dead worker's jobs back into the queue. A worker whose own lease ran out ends itself.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from dbos import DBOS, SQLAlchemyDatasource
from sqlalchemy.engine import Engine

from archive import intake, keeping, lease, upkeep
from archive.blobs import Blobs
from archive.database import begin_writing, open_database, writing
from archive.queue import APPLICATION, ASSESS, BULK, INTERACTIVE, JSON, QUEUE, READ, FailedJob, Jobs, migrate_jobs
from archive.reading import Reader, Reading
from archive.reconsider import Reconsider
from records.errors import BackendUnavailable

__all__ = ["BULK", "INTERACTIVE", "PIPELINE", "FailedJob", "Jobs", "migrate_jobs", "work"]

#: Raise it only when a recorded step order no longer matches the story; workers of the old number drain first.
PIPELINE = "pipeline-1"
GRACE = 6  #: seconds that a stopping worker gives the document in its hands
FENCED = 75  #: exit status of a worker that found its lease gone

log = logging.getLogger("postloan.worker")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of the story, made durable: what is recorded as done is never done again."""

    source: SQLAlchemyDatasource
    engine: Engine
    reading: Reading
    jobs: Jobs
    crash: Callable[[str, str], None]

    def begin(self, document_id: str, attempt: int) -> bool:
        return self._transaction("begin", lambda conn: keeping.begin(conn, document_id, attempt))

    def read(self, document_id: str, attempt: int) -> None:
        self._step("read", lambda: self.reading.read(document_id, attempt))

    def keep(self, document_id: str, attempt: int) -> list[str]:
        return self._transaction("keep", lambda conn: keeping.keep(conn, document_id, attempt, self.jobs))

    def assess(self, customer_no: str) -> None:
        self._step("assess", lambda: self.reading.assess(customer_no))

    def finish(self, document_id: str, attempt: int) -> None:
        self._transaction("finish", lambda conn: keeping.finish(conn, document_id, attempt))

    def fail(self, document_id: str, attempt: int, trace: str) -> None:
        self._transaction("fail", lambda conn: keeping.fail(conn, document_id, attempt, trace))

    def _transaction(self, name: str, work: Callable[[sa.Connection], T]) -> T:
        """Our rows and the record that the step is done are committed together, by its present owner only."""
        sqlite = self.engine.dialect.name == "sqlite"

        def body() -> T:
            conn = self.source.sql_session().connection()
            begin_writing(conn)
            answer = work(conn)
            self.crash(name, "inside")
            return answer

        self.crash(name, "before")
        answer = self.source.run_tx_step(
            {"name": name, "isolation_level": "SERIALIZABLE" if sqlite else "READ COMMITTED"}, body
        )
        self.crash(name, "after")
        return answer

    def _step(self, name: str, work: Callable[[], None]) -> None:
        """May run twice, so what it does twice must come to the same; tried again when a backend did not answer."""

        def body() -> None:
            work()
            self.crash(name, "inside")

        self.crash(name, "before")
        DBOS.run_step(
            {
                "name": name,
                "retries_allowed": True,
                "max_attempts": 4,
                "interval_seconds": 1.0,
                "backoff_rate": 2.0,
                "should_retry": lambda error: isinstance(error, BackendUnavailable | sa.exc.OperationalError | OSError),
            },
            body,
        )
        self.crash(name, "after")


def _crash_point(place: str | None) -> Callable[[str, str], None]:
    """For the crash tests: die by SIGKILL at CRASH_AT=<step>:<before|inside|after>."""

    def crash(step: str, side: str) -> None:
        if place == f"{step}:{side}":
            os.kill(os.getpid(), signal.SIGKILL)

    return crash


def work(
    address: str,
    blobs: Blobs,
    *,
    reader: Reader | None = None,
    options: Mapping[str, Any] | None = None,
    lease_seconds: float = 30.0,
    poll_seconds: float = 0.25,
    deaths_allowed: int = 3,
    stop: threading.Event | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Be a worker until ``stop`` is set or SIGTERM or SIGINT arrives; one document at a time.

    ``reader`` reads one file (default: a killable child process); ``options`` go to it with every file.
    """
    stop = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    worker = _Worker(open_database(address), blobs, reader, options or {}, lease_seconds, deaths_allowed)
    worker.start(address, poll_seconds)
    (ready or (lambda: None))()
    stop.wait()
    worker.stop()


class _Worker:
    """One worker process: its name, its lease, and its eye on the leases of others."""

    def __init__(
        self,
        engine: Engine,
        blobs: Blobs,
        reader: Reader | None,
        options: Mapping[str, Any],
        lease_seconds: float,
        deaths_allowed: int,
    ) -> None:
        # A name is never used twice: a process that is still going under could otherwise claim its successor's work.
        self.name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.engine, self.seconds, self.deaths_allowed = engine, lease_seconds, deaths_allowed
        self.reading = Reading(engine, blobs, reader, options)
        self.jobs = Jobs(engine)
        self.reconsider = Reconsider(engine, self.jobs)
        self.stopping = threading.Event()

    def start(self, address: str, poll_seconds: float) -> None:
        source = SQLAlchemyDatasource.create(address, engine=self.engine, serializer=JSON)
        steps = _Steps(source, self.engine, self.reading, self.jobs, _crash_point(os.environ.get("CRASH_AT")))
        _register(steps)
        self.reading.warm_up()
        lease.take(self.engine, self.name)
        DBOS(
            config={
                "name": APPLICATION,
                "system_database_url": address,
                "system_database_engine": self.engine,
                "serializer": JSON,
                "executor_id": self.name,
                "application_version": PIPELINE,
                "log_level": "ERROR",
            }
        )
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=poll_seconds)
        threading.Thread(target=self._keep_lease, name="lease", daemon=True).start()

    def stop(self) -> None:
        """Take nothing new, give the document in hand a few seconds, put it back otherwise, and be gone."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=GRACE)
        left = self.jobs.put_back(self.name)
        self.stopping.set()
        lease.release(self.engine, self.name)
        if left:
            os._exit(0)  # its thread still reads; another worker has the document now
        self.reading.close()
        self.engine.dispose()

    def _keep_lease(self) -> None:
        last = time.monotonic()
        while not self.stopping.wait(self.seconds / 6):
            try:
                if not lease.renew(self.engine, self.name, self.seconds):
                    if not self.stopping.is_set():
                        os._exit(FENCED)
                    return
                last = time.monotonic()
                self._take_over()
                upkeep.when_due(self.engine, self.jobs, self.seconds)
                self.reconsider.step()
            except Exception as problem:  # noqa: BLE001 - whatever it is, the lease must be tried again or be given up
                print(f"lease: {problem!r}"[:300], file=sys.stderr, flush=True)
                if time.monotonic() - last > self.seconds:
                    os._exit(FENCED)

    def _take_over(self) -> None:
        """Put back into the queue what dead workers had in their hands: first look at the work, then at the leases."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        if not pending:
            return
        living = lease.living(self.engine, self.seconds)
        back = []
        for job in pending:
            if job.executor_id in living:
                continue
            if self._gave_up(job.workflow_id, str(job.executor_id)):
                DBOS.cancel_workflow(job.workflow_id)
            else:
                back.append(job.workflow_id)
        if back:
            DBOS.resume_workflows(back, queue_name=QUEUE)

    def _gave_up(self, job: str, worker: str) -> bool:
        """Count the death; at the last one allowed mark the document as failed, for a person to look at."""
        with writing(self.engine) as conn:
            deaths = lease.count_death(conn, job, worker)
            if deaths < self.deaths_allowed:
                return False
            kind, _, rest = job.partition(":")
            if kind == READ:
                document_id, _, attempt = rest.rpartition(":")
                keeping.give_up(conn, document_id, int(attempt), deaths)
            return True


def _register(steps: _Steps) -> None:
    """Name the stories to the engine. What goes wrong in one is caught here, at this one border, and kept."""

    @DBOS.workflow(name=READ)
    def read(document_id: str, attempt: int) -> None:
        try:
            intake.story(document_id, attempt, steps)
        except Exception:
            log.exception("document %s failed", document_id)
            steps.fail(document_id, attempt, traceback.format_exc())

    @DBOS.workflow(name=ASSESS)
    def assess(customer_no: str) -> None:
        steps.assess(customer_no)
