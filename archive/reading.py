"""The step that reads: original in, reading and page texts out. It may run twice; the second run writes the same."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import assess, feed, tables
from archive.blobs import Blobs
from archive.database import writing
from archive.stamps import now
from ingest.limits import Limits
from records import contract
from records.errors import UnreadableFile
from records.facts import FileReading

Progress = Callable[[int, int], None]  #: pages done, pages in all


class Reader(Protocol):
    """Reads one file. Options: ``password``, ``type`` (what the uploader said it is), ``ocr``.

    With ``members`` and ``depth`` it hands over the files that lie inside to ``on_progress.member``, one by one.

    Answers ``{"reading": JSON text of the contract, "layout": [{"page", "text", "words"}, ...]}``; raises
    ``UnreadableFile`` when reading was stopped from outside.
    """

    def __call__(
        self, name: str, data: bytes, options: Mapping[str, Any], on_progress: Progress
    ) -> Mapping[str, Any]: ...


class Withdrawn(Exception):
    """Nobody wants this reading any more: the document was cancelled, or is to be read anew."""


class ChildReader:
    """Reads in a child process that can be killed without harm to its worker; started with the first file."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._child: Any = None

    def __call__(self, name: str, data: bytes, options: Mapping[str, Any], on_progress: Progress) -> Mapping[str, Any]:
        if self._child is None:
            from ingest.child import Child

            self._child = Child(job="extract.reading:job", limits=self._limits)
        take = getattr(on_progress, "member", None)
        answer: Mapping[str, Any] = self._child.run({"name": name, **options}, data, on_progress, take)
        return answer

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.close()


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    sha256: str
    type: str | None
    password: str | None
    depth: int


class Reading:
    """Reads documents and assesses customers for a worker: the steps that take time and hold no transaction."""

    def __init__(
        self, engine: Engine, blobs: Blobs, reader: Reader | None = None, options: Mapping[str, Any] | None = None
    ) -> None:
        self.engine, self.blobs, self.options = engine, blobs, dict(options or {})
        self.reader: Reader = reader or ChildReader()

    def read(self, document_id: str, attempt: int) -> None:
        """Read a document and lay the result ready, not yet counting, under the number of this attempt."""
        wanted = self._wanted(document_id)
        data = self.blobs.fetch(wanted.sha256)
        options = {"ocr": "auto"} | self.options | {"password": wanted.password, "type": wanted.type}
        options |= {"members": "direct", "depth": wanted.depth}
        progress = _Progress(self.engine, self.blobs, document_id, attempt, wanted.name)
        try:
            answer = self.reader(wanted.name, data, options, progress)
        except Withdrawn:
            return
        except UnreadableFile as problem:
            answer = {"reading": contract.dumps(_stopped(wanted.name, data, problem)), "layout": []}
        self._lay_ready(document_id, attempt, str(answer["reading"]), answer["layout"])

    def assess(self, customer_no: str) -> None:
        """Compute the indicators and rule events of a customer anew."""
        assess.assess(self.engine, customer_no)

    def warm_up(self) -> None:
        """Load now what the short transactions will need, so that none of them waits for an import."""
        from extract.titles import TITLES

        assess.computed([])
        len(TITLES)

    def close(self) -> None:
        """Let go of the reader."""
        if isinstance(self.reader, ChildReader):
            self.reader.close()

    def _wanted(self, document_id: str) -> _Wanted:
        document, secret = tables.document, tables.secret
        with self.engine.connect() as conn:
            row = conn.execute(
                sa.select(document.c.name, document.c.sha256, document.c.hint_type, document.c.depth, secret.c.password)
                .outerjoin(secret, secret.c.document_id == document.c.id)
                .where(document.c.id == document_id)
            ).one()
        return _Wanted(row.name, row.sha256, row.hint_type, row.password, row.depth)

    def _lay_ready(self, document_id: str, attempt: int, text: str, layout: Sequence[Mapping[str, Any]]) -> None:
        key = {"document_id": document_id, "version": attempt}
        pages = [
            {**key, "page": page["page"], "text": page["text"], "words": json.dumps(page["words"], ensure_ascii=False)}
            for page in layout
        ]
        with writing(self.engine) as conn:
            for table in (tables.reading, tables.page_text):
                conn.execute(sa.delete(table).where(table.c.document_id == document_id, table.c.version == attempt))
            conn.execute(sa.insert(tables.reading).values(**key, json=text, at=now()))
            if pages:
                conn.execute(sa.insert(tables.page_text), pages)


def _stopped(name: str, data: bytes, problem: UnreadableFile) -> FileReading:
    """The reading of a file whose reader had to be stopped."""
    from extract.reading import unreadable
    from ingest.sniff import media_type

    return unreadable(data, name, media_type(data, name), problem)


class _Progress:
    """Tells the document (twice a second at most) and the feed (every other second) how far reading has come.

    What the reader finds inside the file is kept at once, by content, so that it is safe before any row speaks of it.
    Raises ``Withdrawn`` when nobody waits for it any more, which ends the reading child.
    """

    EVERY, TELL_EVERY = 0.5, 2.0

    def __init__(self, engine: Engine, blobs: Blobs, document_id: str, attempt: int, name: str) -> None:
        self.blobs = blobs
        self.engine, self.document_id, self.attempt, self.name = engine, document_id, attempt, name
        self.written = self.told = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        moment = time.monotonic()
        if moment - self.written < self.EVERY:
            return
        self.written = moment
        tell = moment - self.told >= self.TELL_EVERY
        self.told = moment if tell else self.told
        document = tables.document
        with writing(self.engine) as conn:
            changed = conn.execute(
                sa.update(document)
                .where(
                    document.c.id == self.document_id,
                    document.c.attempt == self.attempt,
                    document.c.status == "reading",
                )
                .values(pages_done=done, pages_total=total, changed_at=now())
            )
            if not changed.rowcount:
                raise Withdrawn(self.document_id)
            if tell:
                data = {"name": self.name, "status": "reading", "pages_done": done, "pages_total": total}
                feed.append(conn, "document.reading", {"document_id": self.document_id}, data)

    def member(self, told: Mapping[str, Any], data: bytes) -> None:
        """Keep the bytes of a file found inside."""
        if not told["problem"]:
            self.blobs.keep(data)
