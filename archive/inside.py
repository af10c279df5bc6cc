"""What lies inside what, as callers see it: the members of a container, and the containers a document was found in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import tables
from records.facts import Problem


@dataclass(frozen=True, slots=True)
class Within:
    """Where a document was found: in which container, and under which path."""

    id: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One file inside a container and where it stands."""

    path: str
    id: str | None  #: None when its bytes could not be had
    status: str
    name: str
    title: str | None
    problem: Problem | None


def members_in(conn: sa.Connection, container_id: str) -> list[MemberRecord]:
    """What lies in a container, in its own order, as it stands now."""
    member, document = tables.member, tables.document
    rows = conn.execute(
        sa.select(member.c.path, member.c.problem.label("unopened"), document)
        .outerjoin(document, document.c.id == member.c.document_id)
        .where(member.c.container_id == container_id)
        .order_by(member.c.place)
    )
    return [
        MemberRecord(
            path=row.path,
            id=row.id,
            status=row.status or "unreadable",
            name=row.name or row.path.rpartition("/")[2],
            title=row.title,
            problem=_problem(row.unopened or row.problem),
        )
        for row in rows
    ]


def _problem(told: Any) -> Problem | None:
    return Problem(told["code"], told["message"], told["remedy"]) if told else None


def containers_of(conn: sa.Connection, ids: Sequence[str]) -> dict[str, list[Within]]:
    """Where each of these documents was found."""
    member, document = tables.member, tables.document
    rows = conn.execute(
        sa.select(member.c.document_id, member.c.path, document.c.id, document.c.name)
        .join(document, document.c.id == member.c.container_id)
        .where(member.c.document_id.in_(ids))
        .order_by(document.c.received_at, document.c.id, member.c.place)
    )
    found: dict[str, list[Within]] = {}
    for row in rows:
        found.setdefault(row.document_id, []).append(Within(row.id, row.name, row.path))
    return found


def held_in(conn: sa.Connection, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many members of each of these documents are in each state; none where it holds no files."""
    member, document = tables.member, tables.document
    rows = conn.execute(
        sa.select(member.c.container_id, document.c.status, sa.func.count())
        .outerjoin(document, document.c.id == member.c.document_id)
        .where(member.c.container_id.in_(ids))
        .group_by(member.c.container_id, document.c.status)
        .order_by(member.c.container_id, document.c.status)
    )
    found: dict[str, dict[str, int]] = {}
    for container_id, status, count in rows:
        states = found.setdefault(container_id, {})
        states[status or "unreadable"] = states.get(status or "unreadable", 0) + count
    return found
