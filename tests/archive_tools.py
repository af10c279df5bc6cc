"""What the tests of the archive share: a bank of four customers, a reader of tiny papers, a house on a real database."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import feed, intake, keeping
from archive.blobs import MemoryBlobs
from archive.database import migrate, open_database, writing
from archive.documents import Documents
from archive.dossier import Dossier
from archive.feed import FeedItem
from archive.intake import Intake
from archive.loans import Loans
from archive.reading import Reading
from archive.tables import METADATA
from records import contract
from records.errors import PasswordProtected
from records.facts import (
    Evidence,
    Field,
    FileReading,
    PageReading,
    Paper,
    Period,
    Polarity,
    Printed,
    Problem,
    RiskEvent,
    Severity,
    State,
    Subject,
)
from records.loans import Borrower, Loan

MACHINES = Borrower(
    "C1", "company", "杭州临屿机械有限公司", uscc="91330106MA2TEXT017", aliases=("临屿机械厂",),
    accounts=("1202026209900012345",), utility_nos=("3301234567",),
)  # fmt: skip
CABLES = Borrower("C2", "company", "杭州青禾线缆有限公司", uscc="91440300MA5DEMQ12M", utility_nos=("3307654321",))
SHEN = Borrower("P1", "person", "沈知远", id_no="999901197811040028", accounts=("6222020000001234566",))
OTHER_SHEN = Borrower("P2", "person", "沈知远", accounts=("6222020000009876544",))

L1 = Loan("JJ20240322000187", "C1", "corporate_business", Decimal(5000000), Decimal(4800000), date(2024, 3, 22),
          date(2025, 3, 21), contract_no="杭余2024年(借)字第0318号")  # fmt: skip
L2 = Loan("JJ20240601000002", "C2", "corporate_business", Decimal(1000000), Decimal(900000), date(2024, 6, 1),
          date(2025, 5, 31), contract_no="HT20240601002", secured=True)  # fmt: skip
L3 = Loan("JJ20240715000003", "C2", "corporate_business", Decimal(2000000), Decimal(2000000), date(2024, 7, 15),
          date(2025, 7, 14), contract_no="HT20240715003")  # fmt: skip
L4 = Loan("JJ20240110000004", "P1", "personal_consumption", Decimal(200000), Decimal(150000), date(2024, 1, 10),
          date(2027, 1, 9), account="6222020000001234566")  # fmt: skip


def field(name: str, value: Any, state: State = State.CONSISTENT) -> Field:
    """A field as printed on page 1."""
    return Field(name, value, Printed(1, None, str(value)), state)


def a_paper(
    type: str,
    *,
    name: str | None = None,
    period: Period | None = None,
    events: tuple[RiskEvent, ...] = (),
    **fields: Any,
) -> Paper:
    """A paper of this type with these fields."""
    known = {key: value if isinstance(value, Field) else field(key, value) for key, value in fields.items()}
    return Paper(type, 0.99, (), (1, 1), period, Subject(name) if name else None, known, {}, events=events)


def tiny_reader(
    name: str, data: bytes, options: Mapping[str, Any], on_progress: Callable[[int, int], None]
) -> Mapping[str, Any]:
    """Read a tiny paper: lines ``field: value``; ``type``, ``name``, ``period``, ``event`` say more; ``---`` begins another.

    ``event: litigation_defendant asserted 借款人被诉``; ``locked: secret`` needs the password; ``crash: 1`` is our own bug.
    """
    on_progress(0, 1)
    digest, text = hashlib.sha256(data).hexdigest(), data.decode()
    if not text.strip():
        problem = Problem("empty", "文件是空的。", "请重新导出。")
        return {"reading": contract.dumps(FileReading(name, digest, "text/plain", 0, (), (), problem)), "layout": []}
    papers = tuple(_tiny_paper(part, options) for part in text.split("---\n"))
    page = PageReading(1, "text file", None, 0, 1.0)
    reading = FileReading(name, digest, "text/plain", len(data), (page,), papers)
    words = [[0, text.split()[0], 0.1, 0.1, 0.2, 0.2]]
    return {"reading": contract.dumps(reading), "layout": [{"page": 1, "text": text, "words": words}]}


def _tiny_paper(text: str, options: Mapping[str, Any]) -> Paper:
    type_, name, period, events, fields = "unknown", None, None, [], {}
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition(":"))
        match key:
            case "type":
                type_ = value
            case "name":
                name = value
            case "period":
                start, _, end = value.partition("~")
                period = Period(date.fromisoformat(start), date.fromisoformat(end))
            case "event":
                kind, polarity, quote = value.split(" ", 2)
                severity = Severity.MODERATE if polarity == "asserted" else None
                events.append(RiskEvent(kind, Polarity(polarity), severity, Evidence(1, quote), "test"))
            case "against":  # of the event told last
                events[-1] = replace(events[-1], args={"respondent": value})
            case "locked":
                if options.get("password") != value:
                    raise PasswordProtected("locked.txt")
            case "crash":
                raise ZeroDivisionError("our own bug")
            case _ if value:
                fields[key] = value
    return a_paper(type_, name=name, period=period, events=tuple(events), **fields)


@dataclass
class Plain:
    """The steps of the story without the job engine."""

    engine: Engine
    reading: Reading
    jobs: WaitingJobs

    def begin(self, document_id: str, attempt: int) -> bool:
        with writing(self.engine) as conn:
            return keeping.begin(conn, document_id, attempt)

    def read(self, document_id: str, attempt: int) -> None:
        self.reading.read(document_id, attempt)

    def keep(self, document_id: str, attempt: int) -> list[str]:
        with writing(self.engine) as conn:
            return keeping.keep(conn, document_id, attempt, self.jobs)

    def assess(self, customer_no: str) -> None:
        self.reading.assess(customer_no)

    def finish(self, document_id: str, attempt: int) -> None:
        with writing(self.engine) as conn:
            keeping.finish(conn, document_id, attempt)


@dataclass
class WaitingJobs:
    """A queue that remembers what was asked; ``TinyHouse.work`` does it."""

    wanted: list[tuple[str, int]]
    customers: list[str]

    def enqueue(self, conn: sa.Connection, document_id: str, attempt: int, priority: int = 10) -> None:
        self.wanted.append((document_id, attempt))

    def assess(self, conn: sa.Connection, customer_no: str, revision: int) -> None:
        self.customers.append(customer_no)

    def cancel(self, document_id: str, attempt: int) -> None:
        self.wanted.remove((document_id, attempt))


class TinyHouse:
    """The archive with its bank, on a real database, worked through in this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.blobs = MemoryBlobs()
        self.jobs = WaitingJobs([], [])
        self.loans = Loans(engine)
        self.intake = Intake(engine, self.blobs, self.jobs)
        self.documents = Documents(engine, self.blobs, self.jobs)
        self.dossier = Dossier(engine)
        self.steps = Plain(engine, Reading(engine, self.blobs, tiny_reader), self.jobs)

    def open_the_bank(self) -> None:
        for customer in (MACHINES, CABLES, SHEN, OTHER_SHEN):
            self.loans.put_customer(customer)
        for loan in (L1, L2, L3, L4):
            self.loans.put_loan(loan)

    def take(self, text: str, name: str = "纸.txt", **more: Any) -> str:
        """Upload a tiny paper, read it, return its document id."""
        document_id = self.intake.accept(text.encode(), name, by="王某", **more).id
        self.work()
        return document_id

    def work(self) -> None:
        while self.jobs.wanted:
            intake.story(*self.jobs.wanted.pop(0), self.steps)
        while self.jobs.customers:
            self.steps.assess(self.jobs.customers.pop(0))

    def feed(self, *types: str) -> list[FeedItem]:
        with self.engine.connect() as conn:
            items = feed.read(conn, 0, 100000)
        return [item for item in items if not types or item.type in types]


POSTGRES = os.environ.get("POSTLOAN_TEST_POSTGRES")
#: For fixtures whose tests must hold on every database.
DATABASES = [
    "sqlite",
    pytest.param("postgres", marks=pytest.mark.skipif(not POSTGRES, reason="POSTLOAN_TEST_POSTGRES is not set")),
]
_TEMPLATE: list[Path] = []


def empty_database(kind: str, folder: Path) -> str:
    """The address of an empty, migrated database of this kind."""
    return fresh_database(folder) if kind == "sqlite" else _empty_postgres(_own_database(str(POSTGRES)))


@cache
def _own_database(address: str) -> str:
    """A database for this test process alone: several run side by side."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        return address
    name = f"{sa.make_url(address).database}_{worker}"
    server = open_database(address).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as conn:
        if not conn.execute(sa.text("select 1 from pg_database where datname = :name"), {"name": name}).scalar():
            conn.exec_driver_sql(f'create database "{name}"')
    server.dispose()
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)


def _empty_postgres(address: str) -> str:
    engine = open_database(address)
    migrate(engine, address)
    with engine.begin() as conn:
        names = ", ".join(table.name for table in METADATA.sorted_tables)
        conn.exec_driver_sql(f"truncate {names}")
        conn.exec_driver_sql("insert into counter (name, value) values ('feed', 0)")
        conn.exec_driver_sql("truncate dbos.workflow_status cascade")
    engine.dispose()
    return address


def fresh_database(folder: Path) -> str:
    """The address of an empty, migrated SQLite database; migrated once and copied."""
    if not _TEMPLATE:
        first = folder / "template.db"
        engine = open_database(f"sqlite:///{first}")
        migrate(engine, f"sqlite:///{first}")
        with engine.connect() as conn:
            conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        _TEMPLATE.append(Path(shutil.copy(first, folder.parent / f"template-{os.getpid()}.db")))
    return f"sqlite:///{shutil.copy(_TEMPLATE[0], folder / 'archive.db')}"
