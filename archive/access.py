"""Who may come in: access tokens, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import tables
from archive.stamps import new_id, now
from records.errors import NotFound, Refused

Role = Literal["admin", "desk", "auditor", "monitor"]
ROLES: tuple[str, ...] = get_args(Role)  #: runs the house; works on papers; reads everything; reads feed and figures


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or some system) who showed a valid token."""

    name: str
    role: Role
    token_id: str = ""


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """A token as an administrator sees it; the secret itself is not kept anywhere."""

    id: str
    name: str
    role: Role
    created_at: str
    revoked_at: str | None


class Access:
    """Tokens: give them out, recognise them, take them back."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def create(self, name: str, role: str) -> str:
        """Make a token and return its secret, this once."""
        if role not in ROLES:
            raise Refused(f"role {role!r}; known: {', '.join(ROLES)}")
        if not name.strip():
            raise Refused("a token needs the name of who will use it")
        secret = "pl_" + secrets.token_urlsafe(32)
        with self.engine.begin() as conn:
            conn.execute(
                sa.insert(tables.token).values(
                    digest=_digest(secret), id=new_id("t"), name=name.strip(), role=role, created_at=now()
                )
            )
        return secret

    def who(self, secret: str) -> Person | None:
        """The person who holds this token, or nobody."""
        row = self._row(tables.token.c.digest == _digest(secret))
        return Person(row.name, row.role, row.id) if row is not None and row.revoked_at is None else None

    def tokens(self) -> list[TokenRecord]:
        """All tokens ever given out, oldest first."""
        token = tables.token
        with self.engine.connect() as conn:
            rows = conn.execute(sa.select(token).order_by(token.c.created_at, token.c.id))
            return [TokenRecord(row.id, row.name, row.role, row.created_at, row.revoked_at) for row in rows]

    def revoke(self, token_id: str) -> None:
        """Take a token back; it is not recognised any more."""
        token = tables.token
        with self.engine.begin() as conn:
            changed = conn.execute(
                sa.update(token).where(token.c.id == token_id, token.c.revoked_at.is_(None)).values(revoked_at=now())
            )
        if not changed.rowcount and self._row(token.c.id == token_id) is None:
            raise NotFound(f"token {token_id}")

    def _row(self, condition: sa.ColumnElement[bool]) -> sa.Row[tuple[object, ...]] | None:
        with self.engine.connect() as conn:
            return conn.execute(sa.select(tables.token).where(condition)).one_or_none()


def _digest(secret: str) -> str:
    """A fast hash is enough: the secret has 256 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
