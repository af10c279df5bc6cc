"""The history of a document: append-only, in words that its page can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from archive import tables
from archive.stamps import now

_INSERT = sa.insert(tables.document_history)


def note(conn: sa.Connection, document_id: str, by: str, what: str, detail: Mapping[str, Any] | None = None) -> None:
    """Write down that this happened."""
    row = {"document_id": document_id, "at": now(), "by": by, "what": what, "detail": dict(detail or {})}
    conn.execute(_INSERT, row)
