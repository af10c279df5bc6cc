"""The files inside a container become documents of their own, in the step that keeps the container's reading.

Their bytes were put into the blob store by the step before, so a row here never points at nothing. Everything is one
transaction with the container's own: killed anywhere, either all members are on file, each once, or none is yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from archive import intake, tables
from archive.stamps import new_id
from records.facts import FileReading, Held

#: A packet of a thousand papers must not keep a single upload waiting; lower numbers run first.
PRIORITY = 50
#: Members are asked for by their digests, so many at a time.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """The container whose members are taken in, and what they inherit from it."""

    id: str
    name: str
    upload: intake.Upload
    depth: int


def reserve(conn: sa.Connection, container: Opened, reading: FileReading) -> dict[str, Any]:
    """A row for every distinct content inside; those on file already are locked. By digest, which are new and which not.

    Done before anything is told to the feed, and in order of digest: two containers that share papers, or an upload of
    one of them, then wait for each other and never in a circle.
    """
    wanted = {one.sha256: one for one in reversed(reading.members) if one.sha256 and not one.problem}
    wanted.pop(reading.sha256, None)  # an archive that holds itself
    if not wanted:
        return {}
    insert = (sqlite if conn.dialect.name == "sqlite" else postgresql).insert(tables.document)
    rows = [_new_row(digest, wanted[digest], container) for digest in sorted(wanted)]
    conn.execute(insert.on_conflict_do_nothing(index_elements=["sha256"]), rows)
    new = {row["id"] for row in rows}
    return {row.sha256: (row, row.id in new) for row in _locked(conn, sorted(wanted))}


def _locked(conn: sa.Connection, digests: Sequence[str]) -> Iterable[Any]:
    document = tables.document
    for start in range(0, len(digests), AT_ONCE):
        some = document.c.sha256.in_(digests[start : start + AT_ONCE])
        yield from conn.execute(sa.select(document).where(some).order_by(document.c.sha256).with_for_update())


def _new_row(digest: str, held: Held, container: Opened) -> dict[str, Any]:
    upload = intake.named(container.upload, name_of(held.path, container.name))
    return intake.new_row(new_id("d"), digest, held.bytes, upload) | {"depth": container.depth + 1}


def name_of(path: str, container: str) -> str:
    """What a member is called on file: its own name; a mail's text after its mail."""
    from ingest.mail import BODY

    return f"{container} · {BODY}" if path == BODY else intake.base_name(path)


def take_out(
    conn: sa.Connection, jobs: intake.Queue, container: Opened, reading: FileReading, reserved: dict[str, Any]
) -> None:
    """Tell of every member, have the new ones read, and tie all of them to their container."""
    member = tables.member
    known = conn.execute(sa.select(member.c.path, member.c.document_id).where(member.c.container_id == container.id))
    ties = {(row.path, row.document_id) for row in known}
    conn.execute(sa.delete(member).where(member.c.container_id == container.id))
    told: set[str] = set()
    rows = []
    for place, held in enumerate(reading.members):
        row, new = reserved.get(held.sha256 or "", (None, False)) if not held.problem else (None, False)
        if row is not None and ((held.path, row.id) not in ties or _wants(row, container.upload.password)):
            _tell(conn, jobs, container, held, row, new=new and row.id not in told)
            told.add(row.id)
        problem = (
            {"code": held.problem.code, "message": held.problem.message, "remedy": held.problem.remedy}
            if held.problem
            else None
        )
        rows.append({"container_id": container.id, "place": place, "path": held.path, "problem": problem,
                     "document_id": row.id if row is not None else None})  # fmt: skip
    if rows:
        conn.execute(sa.insert(member), rows)


def _wants(row: Any, password: str | None) -> bool:
    """Whether a member known before waits for a password, and one has come."""
    locked = row.status == "unreadable" and (row.problem or {}).get("code") == "password_protected"
    return locked and bool(password)


def _tell(conn: sa.Connection, jobs: intake.Queue, container: Opened, held: Held, row: Any, *, new: bool) -> None:
    within = {"id": container.id, "name": container.name, "path": held.path}
    upload = intake.named(container.upload, name_of(held.path, container.name))
    if new:
        intake.receive(conn, jobs, row.id, held.bytes, upload, within)
    else:
        intake.meet_again(conn, jobs, row, upload, within)
