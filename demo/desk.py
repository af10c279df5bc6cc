"""A loan officer's afternoon over HTTP: send papers, watch them being read, ask what they say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

Json = dict[str, Any]
ENDED = frozenset({"read", "unreadable", "failed", "cancelled"})
_STANDSTILL = 240.0  #: seconds without any page read before we stop waiting


class Desk:
    """What the demo asks the service. Every answer that is no success is an error with the service's own words."""

    def __init__(self, client: httpx.Client):
        self._client = client

    def get(self, path: str, **query: object) -> Any:
        answer = self._client.get(path, params={name: str(value) for name, value in query.items()})
        if answer.is_error:
            raise RuntimeError(f"GET {path}: {answer.status_code} {answer.text[:400]}")
        return answer.json()

    def items(self, path: str, **query: object) -> list[Json]:
        """A whole list, page by page."""
        found: list[Json] = []
        cursor: str | None = None
        while True:
            page = self.get(path, **query, **({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page.get("cursor")
            if not cursor:
                return found

    def original(self, id: str) -> bytes:
        """The bytes that are on file."""
        answer = self._client.get(f"/v1/documents/{id}/original")
        answer.raise_for_status()
        return answer.content

    def upload(self, files: Sequence[Path], **hints: str) -> list[Json]:
        """Several files in one request; one entry each, in the same order."""
        parts = [("file", (path.name, path.read_bytes())) for path in files]
        answer = self._client.post("/v1/documents", files=parts, data=hints)
        found = answer.json()
        if "items" not in found:
            raise RuntimeError(f"upload: {answer.status_code} {answer.text[:400]}")
        return list(found["items"])

    def watch(self, ids: Sequence[str], tell: Callable[[Mapping[str, Json]], None]) -> dict[str, Json]:
        """The documents once all have ended; ``tell`` hears of their state twice a second."""
        seen, moved, before = {}, time.monotonic(), None
        while True:
            seen = {d["id"]: d for d in self.items("/v1/documents", limit=100) if d["id"] in ids}
            tell(seen)
            state = [(d["status"], d["progress"]["done"]) for d in seen.values()]
            if len(seen) == len(set(ids)) and all(d["status"] in ENDED for d in seen.values()):
                return seen
            if state != before:
                before, moved = state, time.monotonic()
            elif time.monotonic() - moved > _STANDSTILL:
                return seen
            time.sleep(0.5)

    def search(self, query: str, patience: float = 15.0, **filters: str) -> Json:
        """Search; the index follows the feed, so just after reading it may be a moment behind."""
        end = time.monotonic() + patience
        while True:
            found: Json = self.get("/v1/search", q=query, limit=4, **filters)
            if found["total"] or time.monotonic() > end:
                return found
            time.sleep(0.5)


def batches(files: Sequence[Path], size: int = 6) -> Iterator[Sequence[Path]]:
    """Files as people drop them: a handful at a time."""
    for start in range(0, len(files), size):
        yield files[start : start + size]
