"""Which workers are alive: each renews a row, and all look at the same clock, the database's."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import tables
from archive.database import clock, writing
from archive.stamps import now


def take(engine: Engine, worker: str) -> None:
    """Begin to be alive. Done before the first job is taken, or another worker would think its owner dead."""
    with writing(engine) as conn:
        conn.execute(sa.insert(tables.lease).values(worker=worker, beat=clock(engine.dialect)))


def renew(engine: Engine, worker: str, seconds: float) -> bool:
    """Stay alive; False when the lease ran out and others may have taken over: stop at once then."""
    lease = tables.lease
    with writing(engine) as conn:
        renewed = conn.execute(
            sa.update(lease)
            .where(lease.c.worker == worker, lease.c.beat > clock(engine.dialect) - seconds)
            .values(beat=clock(engine.dialect))
        )
        return bool(renewed.rowcount)


def living(engine: Engine, seconds: float) -> set[str]:
    """The workers whose lease has not run out."""
    lease = tables.lease
    with engine.connect() as conn:
        return set(
            conn.execute(sa.select(lease.c.worker).where(lease.c.beat > clock(engine.dialect) - seconds)).scalars()
        )


def release(engine: Engine, worker: str) -> None:
    """End on purpose, with nothing left in hand."""
    with writing(engine) as conn:
        conn.execute(sa.delete(tables.lease).where(tables.lease.c.worker == worker))


def forget_dead(engine: Engine, seconds: float) -> None:
    """Remove leases that ran out long ago."""
    lease = tables.lease
    with writing(engine) as conn:
        conn.execute(sa.delete(lease).where(lease.c.beat < clock(engine.dialect) - seconds))


def count_death(conn: sa.Connection, job: str, worker: str) -> int:
    """Note that this worker died over this job (once, however many notice) and say how many have."""
    death = tables.death
    known = conn.execute(sa.select(death.c.job).where(death.c.job == job, death.c.worker == worker)).first()
    if known is None:
        conn.execute(sa.insert(death).values(job=job, worker=worker, at=now()))
    return int(conn.execute(sa.select(sa.func.count()).where(death.c.job == job)).scalar_one())


def due(engine: Engine, chore: str, every: float) -> bool:
    """Whether it is this worker's turn to do a regular duty; asking takes the turn."""
    table = tables.chore
    clock_now = clock(engine.dialect)
    with writing(engine) as conn:
        known = conn.execute(sa.select(table.c.at).where(table.c.name == chore)).first()
        if known is None:
            conn.execute(sa.insert(table).values(name=chore, at=clock_now))
            return False  # first start: the duty is due one period from now
        taken = conn.execute(
            sa.update(table).where(table.c.name == chore, table.c.at <= clock_now - every).values(at=clock_now)
        )
        return bool(taken.rowcount)
