"""Open the database at an address and bring its tables up to date; the only place that knows which kind it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from records.errors import UnknownScheme

PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def open_database(address: str) -> Engine:
    """The engine for an address such as ``sqlite:////srv/postloan.db`` or ``postgresql://user@host/postloan``."""
    url = sa.make_url(address)
    match url.get_backend_name():
        case "sqlite":
            return _open_sqlite(url)
        case "postgresql":
            return _engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        case other:
            raise UnknownScheme(f"database address begins with {other!r}; known: sqlite, postgresql")


def _engine(url: sa.URL, **more: Any) -> Engine:
    return sa.create_engine(
        url,
        pool_size=5,
        max_overflow=25,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        **more,
    )


def _open_sqlite(url: sa.URL) -> Engine:
    """WAL lets readers read while one writes; FULL makes a commit outlive the power; IMMEDIATE takes the write lock
    at once, so that a transaction that read first can never fail at its first write."""
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(url)

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[sa.Connection]:
    """A transaction that means to write: what it reads cannot change under it before it ends."""
    with engine.begin() as conn:
        begin_writing(conn)
        yield conn


def begin_writing(conn: sa.Connection) -> None:
    """Take SQLite's write lock now. Python's driver would wait for the first change, after we had read already.

    On PostgreSQL there is no such lock; rows that are read in order to be changed are asked for with ``for update``.
    """
    if conn.dialect.name == "sqlite" and not getattr(conn.connection.dbapi_connection, "in_transaction", False):
        conn.exec_driver_sql("BEGIN IMMEDIATE")


def migrate(engine: Engine, address: str) -> None:
    """Create or upgrade our tables and those of the job engine. Call once, before anything else opens the database."""
    from alembic import command
    from alembic.config import Config

    from archive.queue import migrate_jobs

    config = Config()
    config.set_main_option("script_location", "archive:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    migrate_jobs(engine, address)


def clock(dialect: sa.Dialect) -> sa.ColumnElement[float]:
    """The database's own clock in seconds: the one clock that all workers share."""
    if dialect.name == "sqlite":
        return sa.cast(sa.func.julianday("now"), sa.Double) * 86400.0
    return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()), sa.Double)
