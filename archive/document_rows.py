"""How documents are asked for in the database: one by id, many by state, customer or loan."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from archive import tables
from records.errors import NotFound


def row_of(conn: sa.Connection, document_id: str) -> Any:
    row = conn.execute(sa.select(tables.document).where(tables.document.c.id == document_id)).one_or_none()
    if row is None:
        raise NotFound(f"document {document_id}")
    return row


def in_state(state: str | None) -> sa.ColumnElement[bool] | None:
    document = tables.document
    if state is None:
        return None
    if state != "attention":
        return document.c.status == state
    doubtful = sa.or_(
        document.c.counts["conflict"].as_integer() > 0,
        document.c.counts["checks_failed"].as_integer() > 0,
        document.c.counts["unopened"].as_integer() > 0,
    )
    return sa.or_(
        document.c.status.in_(("unreadable", "failed")),
        document.c.id.in_(sa.select(tables.unclaimed.c.document_id)),
        sa.and_(document.c.status == "read", doubtful),
    )


def of_customer(customer_no: str | None) -> sa.ColumnElement[bool] | None:
    if customer_no is None:
        return None
    link = tables.link
    notes = sa.select(tables.loan.c.loan_note_no).where(tables.loan.c.customer_no == customer_no)
    belongs = sa.or_(
        sa.and_(link.c.kind == "customer", link.c.to_no == customer_no),
        sa.and_(link.c.kind == "loan", link.c.to_no.in_(notes)),
    )
    return tables.document.c.id.in_(sa.select(link.c.document_id).where(link.c.removed_at.is_(None), belongs))


def of_loan(loan_note_no: str | None) -> sa.ColumnElement[bool] | None:
    if loan_note_no is None:
        return None
    link = tables.link
    owner = sa.select(tables.loan.c.customer_no).where(tables.loan.c.loan_note_no == loan_note_no)
    belongs = sa.or_(
        sa.and_(link.c.kind == "loan", link.c.to_no == loan_note_no),
        sa.and_(link.c.kind == "customer", link.c.to_no.in_(owner)),
    )
    return tables.document.c.id.in_(sa.select(link.c.document_id).where(link.c.removed_at.is_(None), belongs))
