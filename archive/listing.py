"""One page of a long list, and the opaque cursor to the next."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from records.errors import Refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """Some items, how many there are altogether, and where the next page begins (None: this was the last)."""

    items: tuple[T, ...]
    total: int
    cursor: str | None = None


def write_cursor(*place: str) -> str:
    """A place in a list as text that means nothing to the caller."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def read_cursor(cursor: str, parts: int) -> tuple[str, ...]:
    """The place that ``write_cursor`` wrote."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        place = None
    if not isinstance(place, list) or len(place) != parts or not all(isinstance(part, str) for part in place):
        raise Refused(f"cursor {cursor!r} is none of ours; start again without it")
    return tuple(place)
