"""Ids and moments as the archive writes them: random short ids, UTC moments as ISO text with Z, the bank's own day."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta, timezone

#: Post-loan deadlines are counted in days of the bank, which are days of China.
CHINA = timezone(timedelta(hours=8))


def new_id(kind: str) -> str:
    """A random id: one letter for what it names, twelve hexadecimal digits."""
    return kind + secrets.token_hex(6)


def now() -> str:
    """This moment, in UTC, to the millisecond, as text that sorts by time."""
    return moment(datetime.now(UTC))


def moment(at: datetime) -> str:
    """A moment as the archive writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def today() -> date:
    """The day it is at the bank."""
    return datetime.now(CHINA).date()


def day_of(at: str) -> date:
    """The day at the bank of a moment that the archive wrote."""
    return datetime.fromisoformat(at).astimezone(CHINA).date()
