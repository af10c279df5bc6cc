"""The asking side of the jobs: put work into the queue inside the caller's own transaction, and look after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, SQLAlchemyDatasource
from sqlalchemy.engine import Engine

APPLICATION = "postloan"
QUEUE = "papers"
READ, ASSESS = "read", "assess"
INTERACTIVE, BULK = 10, 100  #: lower numbers run first
#: Plain JSON: with the engine's default, whoever can write to the database could make us run code.
JSON = DBOSPortableJSONSerializer()


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that the engine itself gave up."""

    id: str
    status: str
    error: str


def migrate_jobs(engine: Engine, address: str) -> None:
    """Create or upgrade the engine's own tables, which live beside ours so that one transaction spans both."""
    DBOS.migrate(address)
    SQLAlchemyDatasource.migrate(address)


class Jobs:
    """The asking side: put work into the queue, inside the caller's own transaction; look after it."""

    def __init__(self, engine: Engine) -> None:
        self._client = DBOSClient(
            system_database_engine=engine, serializer=JSON, application_name=APPLICATION, lazy=True
        )

    def enqueue(self, conn: sa.Connection, document_id: str, attempt: int, priority: int = INTERACTIVE) -> None:
        """Have this reading of a document done. It is recorded if and only if the caller's transaction commits."""
        self._client.enqueue_in_transaction(
            conn,
            {
                "workflow_name": READ,
                "queue_name": QUEUE,
                "workflow_id": _read_id(document_id, attempt),
                "priority": priority,
            },
            document_id,
            attempt,
        )

    def assess(self, conn: sa.Connection, customer_no: str, revision: int) -> None:
        """Have the indicators of a customer computed again; one job per state of the file, however often asked."""
        self._client.enqueue_in_transaction(
            conn,
            {
                "workflow_name": ASSESS,
                "queue_name": QUEUE,
                "workflow_id": f"{ASSESS}:{customer_no}:{revision}",
                "priority": INTERACTIVE,
            },
            customer_no,
        )

    def cancel(self, document_id: str, attempt: int) -> None:
        """Stop before the next step; the step that runs is not interrupted, and what it finds is not kept."""
        self._client.cancel_workflow(_read_id(document_id, attempt))

    def status(self, document_id: str, attempt: int) -> str | None:
        """What the engine says about a reading: ENQUEUED, PENDING, SUCCESS, ERROR, CANCELLED; None when unknown."""
        found = self._client.list_workflows(
            workflow_ids=[_read_id(document_id, attempt)], load_input=False, load_output=False
        )
        return found[0].status if found else None

    def failed(self, limit: int = 100) -> list[FailedJob]:
        """Jobs that ended in an error of the engine, newest first; documents that failed say so themselves."""
        found = self._client.list_workflows(
            status=["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"], limit=limit, sort_desc=True, load_input=False
        )
        return [FailedJob(job.workflow_id, job.status, str(job.error)) for job in found]

    def waiting(self) -> int:
        """How many jobs are queued or running."""
        return len(self._client.list_workflows(status=["ENQUEUED", "PENDING"], load_input=False, load_output=False))

    def put_back(self, worker: str) -> int:
        """Return to the queue what this worker has in its hands; how many jobs that was."""
        mine = self._client.list_workflows(status="PENDING", executor_id=worker, load_input=False, load_output=False)
        if mine:
            self._client.resume_workflows([job.workflow_id for job in mine], queue_name=QUEUE)
        return len(mine)

    def forget_finished(self, before: datetime) -> int:
        """Delete the log of jobs that ended before this moment; ids are never used again, so nothing can run twice."""
        count = 0
        while found := self._client.list_workflows(
            status=["SUCCESS", "CANCELLED"],
            completed_before=before.isoformat(),
            limit=500,
            load_input=False,
            load_output=False,
        ):
            self._client.delete_workflows([job.workflow_id for job in found])
            count += len(found)
        return count


def _read_id(document_id: str, attempt: int) -> str:
    return f"{READ}:{document_id}:{attempt}"
