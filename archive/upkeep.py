"""Regular duties, done by whichever worker comes first: forget finished jobs, and find documents that lost theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import keeping, lease, tables
from archive.database import writing
from archive.queue import Jobs
from archive.stamps import moment

KEEP_FINISHED = timedelta(days=7)
NIGHTLY, OFTEN = 86400.0, 60.0  #: seconds
PATIENCE = timedelta(minutes=2)
ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", None)


def when_due(engine: Engine, jobs: Jobs, lease_seconds: float) -> None:
    """Do what is due, if it is this worker's turn."""
    if lease.due(engine, "stranded", OFTEN):
        fail_stranded(engine, jobs, datetime.now(UTC) - PATIENCE)
    if lease.due(engine, "retention", NIGHTLY):
        jobs.forget_finished(datetime.now(UTC) - KEEP_FINISHED)
        lease.forget_dead(engine, 100 * lease_seconds)
        if engine.dialect.name == "sqlite":
            with engine.connect() as conn:
                conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def fail_stranded(engine: Engine, jobs: Jobs, quiet_since: datetime) -> list[str]:
    """Documents in work whose job has ended otherwise are said to have failed, so that a person can have them read again.

    This happens only when the engine itself could not record what became of a job; a document never waits in silence.
    """
    document = tables.document
    with engine.connect() as conn:
        quiet = conn.execute(
            sa.select(document.c.id, document.c.attempt).where(
                document.c.status.in_(("received", "reading")), document.c.changed_at < moment(quiet_since)
            )
        ).all()
    stranded = [(row.id, row.attempt, status) for row in quiet if (status := jobs.status(*row)) in ENDED]
    for document_id, attempt, status in stranded:
        with writing(engine) as conn:
            keeping.fail(conn, document_id, attempt, f"the job of this document ended as {status}")
    return [document_id for document_id, _, _ in stranded]
