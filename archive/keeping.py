"""The short transactions in the story of a document. Each compares before it sets, so that done twice is done once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from archive import feed, members, tables
from archive.assess import reading_text, touch
from archive.events import put_text_events
from archive.history import note
from archive.intake import Queue, Upload
from archive.linking import Hint
from archive.links import MACHINE, customers_of, place_papers
from archive.stamps import now
from ingest.inside import MAILS
from records import contract
from records.facts import FileReading, Outcome, Paper, Polarity, State

DIED = {
    "code": "worker_died",
    "message": "处理进程在“{step}”步骤中断了 {deaths} 次，已停止处理。",
    "remedy": "原件已保留。请管理员查看处理进程的日志；也可打印为 PDF 后重新上传。",
}
FAILED = {
    "code": "failed",
    "message": "处理时发生内部错误：{error}",
    "remedy": "原件已保留。请重新识读；若仍失败，请把历史中的错误信息交给管理员。",
}
STEPS = {"begin": "开始", "read": "识读", "keep": "保存", "assess": "指标计算", "finish": "完成"}


def begin(conn: sa.Connection, document_id: str, attempt: int) -> bool:
    """Start reading, unless the document was cancelled or is wanted anew meanwhile."""
    document = tables.document
    started = conn.execute(
        sa.update(document)
        .where(document.c.id == document_id, document.c.attempt == attempt, document.c.status == "received")
        .values(status="reading", step="read", pages_done=0, pages_total=None, problem=None, changed_at=now())
        .returning(document.c.name)
    ).scalar_one_or_none()
    if started is None:
        return False
    note(conn, document_id, MACHINE, "reading", {"version": attempt})
    data = {"name": started, "status": "reading", "pages_done": 0, "pages_total": None}
    feed.append(conn, "document.reading", {"document_id": document_id}, data)
    return True


def keep(conn: sa.Connection, document_id: str, attempt: int, jobs: Queue) -> list[str]:
    """Make a reading count: take out the files inside, link its papers, open its events.

    The answer is the customers whose figures must be computed anew.
    """
    document = tables.document
    row = conn.execute(
        sa.update(document)
        .where(_in_work(document_id, attempt), document.c.version < attempt)
        .values(version=attempt, step="assess", changed_at=now())
        .returning(document)
    ).one_or_none()
    if row is None:  # kept already, cancelled, or wanted anew
        return customers_of(conn, document_id)
    reading = contract.loads(reading_text(conn, document_id, attempt))
    conn.execute(sa.update(document).where(document.c.id == document_id).values(_told(reading)))
    container = _opened(conn, row)
    reserved = members.reserve(conn, container, reading)
    conn.execute(sa.delete(tables.secret).where(tables.secret.c.document_id == document_id))
    _forget_earlier_text(conn, document_id, attempt)
    touched = place_papers(conn, document_id, reading.papers, Hint(row.hint_customer, row.hint_loan))
    put_text_events(conn, document_id, reading.papers)
    members.take_out(conn, jobs, container, reading, reserved)
    for customer_no in sorted(touched):
        touch(conn, customer_no)
    return sorted(touched)


def _opened(conn: sa.Connection, row: Any) -> members.Opened:
    """A document as a container: what lies in it inherits who sent it, where it belongs, and the password."""
    secret = tables.secret
    password = conn.execute(sa.select(secret.c.password).where(secret.c.document_id == row.id)).scalar()
    upload = Upload(
        row.name, row.by, row.hint_customer, row.hint_loan, None, row.received_from, password, members.PRIORITY
    )
    return members.Opened(row.id, row.name, upload, row.depth)


def _in_work(document_id: str, attempt: int) -> sa.ColumnElement[bool]:
    document = tables.document
    return sa.and_(document.c.id == document_id, document.c.attempt == attempt, document.c.status == "reading")


def _forget_earlier_text(conn: sa.Connection, document_id: str, attempt: int) -> None:
    """Readings are kept for ever; the text of pages, which is large and can be read again, only once."""
    page = tables.page_text
    conn.execute(sa.delete(page).where(page.c.document_id == document_id, page.c.version < attempt))


def _told(reading: FileReading) -> dict[str, Any]:
    """What the list of documents shows about a reading."""
    types = [paper.type for paper in reading.papers]
    return {
        "media_type": reading.media_type,
        "pages_done": len(reading.pages),
        "pages_total": len(reading.pages),
        "types": types,
        "type": types[0] if types else None,
        "title": _title(reading.papers) or _packet(reading),
        "counts": counts(reading.papers) | _unopened(reading),
    }


def counts(papers: Sequence[Paper]) -> dict[str, int]:
    """How well a document was read, in numbers: values by state, failed identities, findings, asserted events."""
    tally: Counter[str] = Counter({state.value: 0 for state in State})
    tally |= Counter({"checks_failed": 0, "findings": 0, "events": 0})
    for paper in papers:
        tally[State.ABSENT.value] += len(paper.absent)
        rows = [field for table in paper.tables.values() for row in table for field in row.values()]
        for field in [*paper.fields.values(), *rows]:
            tally[field.state.value] += 1
        tally["checks_failed"] += sum(check.state is Outcome.FAILS for check in paper.checks)
        tally["findings"] += len(paper.findings)
        tally["events"] += sum(event.polarity is Polarity.ASSERTED for event in paper.events)
    names = [*(state.value for state in State), "checks_failed", "findings", "events"]
    return {name: tally[name] for name in names}


def _title(papers: Sequence[Paper]) -> str | None:
    """What it turned out to be, and about whom."""
    from extract.titles import TITLES

    if not papers:
        return None
    first = papers[0]
    title = TITLES.get(first.type, (first.type, first.type))[0]
    name = first.subject.name if first.subject else None
    more = f" 等 {len(papers)} 份" if len(papers) > 1 else ""
    return f"{title} · {name}{more}" if name else f"{title}{more}"


def _packet(reading: FileReading) -> str | None:
    """A file that is nothing but what it holds."""
    if not reading.members:
        return None
    kind = "邮件" if reading.media_type in MAILS else "压缩包"
    return f"{kind} · {len(reading.members)} 份文件"


def _unopened(reading: FileReading) -> dict[str, int]:
    """How many files inside could not be had; said only of what holds files."""
    return {"unopened": sum(one.problem is not None for one in reading.members)} if reading.members else {}


def finish(conn: sa.Connection, document_id: str, attempt: int) -> None:
    """The last word: read, or unreadable with its problem."""
    document = tables.document
    row = conn.execute(sa.select(document).where(_in_work(document_id, attempt)).with_for_update()).one_or_none()
    if row is None:
        return
    reading = contract.loads(reading_text(conn, document_id, attempt))
    problem = _problem_json(reading)
    ended = {"status": reading.status, "step": None, "problem": problem, "read_at": now(), "changed_at": now()}
    conn.execute(sa.update(document).where(document.c.id == document_id).values(ended))
    note(conn, document_id, MACHINE, reading.status, {"version": attempt, "problem": problem})
    subject: dict[str, Any] = {"document_id": document_id}
    if reading.problem:
        data = {"name": row.name, "version": attempt, "problem": problem}
        feed.append(conn, "document.unreadable", subject, data)
        return
    customers = customers_of(conn, document_id)
    data = {
        "name": row.name,
        "type": row.type,
        "types": row.types,
        "title": row.title,
        "pages": row.pages_total,
        "version": attempt,
        "counts": row.counts,
        "customers": customers,
    }
    subject |= {"customer_no": customers[0]} if len(customers) == 1 else {}
    feed.append(conn, "document.read", subject, data)


def _problem_json(reading: FileReading) -> dict[str, str] | None:
    problem = reading.problem
    return {"code": problem.code, "message": problem.message, "remedy": problem.remedy} if problem else None


def fail(conn: sa.Connection, document_id: str, attempt: int, trace: str) -> None:
    """Something of ours broke: say so on the document, and keep the traceback in its history."""
    error = trace.strip().rsplit("\n", 1)[-1][:200]
    problem = FAILED | {"message": FAILED["message"].format(error=error)}
    _end_badly(conn, document_id, attempt, problem, {"trace": trace[-8000:]})


def give_up(conn: sa.Connection, document_id: str, attempt: int, deaths: int) -> None:
    """This document killed every worker that took it: no more of it."""
    step = conn.execute(sa.select(tables.document.c.step).where(tables.document.c.id == document_id)).scalar()
    message = DIED["message"].format(step=STEPS.get(step or "begin", step), deaths=deaths)
    _end_badly(conn, document_id, attempt, DIED | {"message": message}, {"deaths": deaths, "step": step})


def _end_badly(
    conn: sa.Connection, document_id: str, attempt: int, problem: Mapping[str, str], detail: Mapping[str, Any]
) -> None:
    document = tables.document
    name = conn.execute(
        sa.update(document)
        .where(
            document.c.id == document_id,
            document.c.attempt == attempt,
            document.c.status.in_(("received", "reading")),
        )
        .values(status="failed", problem=dict(problem), changed_at=now())
        .returning(document.c.name)
    ).scalar_one_or_none()
    if name is None:
        return
    conn.execute(sa.delete(tables.secret).where(tables.secret.c.document_id == document_id))
    note(conn, document_id, MACHINE, "failed", {"version": attempt, "problem": dict(problem), **detail})
    feed.append(conn, "document.failed", {"document_id": document_id}, {"name": name, "problem": dict(problem)})
