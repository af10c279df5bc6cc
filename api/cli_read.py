"""``postloan read``: any number of files, each read in a process that can be killed, answers in the order given."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

from ingest.child import Child
from ingest.limits import Limits
from records.errors import UnreadableFile

MOST_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file, or of one file inside another."""

    path: Path
    name: str  #: as the reading says it: ``packet.zip!/电费/2024-05.pdf`` for what lies inside
    reading: str  #: JSON of the contract
    layout: list[dict[str, Any]]  #: pages with their words, for pictures
    data: bytes  #: for pictures too
    read: bool


class Readers:
    """A few desks with reading processes, lent out to whoever has a file."""

    def __init__(
        self, count: int, *, password: str | None, ocr: str, limits: Limits | None = None, pictures: bool = False
    ) -> None:
        self.limits, self.pictures = limits or Limits(), pictures
        self.request = {"password": password, "ocr": ocr}
        self._free: Queue[_Desk] = Queue()
        self._all = [_Desk(self._child(), self._child()) for _ in range(count)]
        for desk in self._all:
            self._free.put(desk)
        self._stopped = threading.Event()

    def _child(self) -> Child:
        return Child(job="extract.reading:job", limits=self.limits)

    def read(self, path: Path, on_page: Callable[[int, int], None] | None = None) -> list[Answer]:
        """Read one file: itself, or one by one what lies inside it; each with the limits of a file."""
        data = path.read_bytes()
        desk = self._free.get()
        inside: list[Answer] = []

        def take(told: Mapping[str, Any], member: bytes) -> None:
            name = f"{path.name}!/{told['path']}"
            if told["problem"]:
                inside.append(self._answer(path, name, _unopened(name, told), [], b""))
            else:
                inside.append(self._run(desk.inner, path, name, member, on_page))

        try:
            whole = self._run(desk.outer, path, path.name, data, on_page, take)
        finally:
            self._free.put(desk)
        if not whole.read:  # what was found in a bomb before it was known for one does not count
            return [whole]
        return inside if _only_holds(whole.reading) else [whole, *inside]

    def _run(
        self,
        child: Child,
        path: Path,
        name: str,
        data: bytes,
        on_page: Callable[[int, int], None] | None,
        take: Callable[[Mapping[str, Any], bytes], None] | None = None,
    ) -> Answer:
        """A reader that dies or takes too long is an answer like any other."""
        if self._stopped.is_set():
            raise KeyboardInterrupt
        request = {**self.request, "name": name} | ({"members": "leaves"} if take else {})
        try:
            answer = child.run(request, data, on_page, take)
            return self._answer(path, name, str(answer["reading"]), answer["layout"], data)
        except UnreadableFile as error:
            return self._answer(path, name, stopped(name, data, error), [], data)

    def _answer(self, path: Path, name: str, text: str, layout: list[dict[str, Any]], data: bytes) -> Answer:
        read = json.loads(text)["status"] == "read"
        return (
            Answer(path, name, text, layout, data, read) if self.pictures else Answer(path, name, text, [], b"", read)
        )

    def stop(self) -> None:
        """Somebody pressed Ctrl-C: what is being read is not wanted any more."""
        self._stopped.set()
        for child in self._children():
            if child.pid is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the reading processes."""
        for child in self._children():
            child.close()

    def _children(self) -> Iterator[Child]:
        for desk in self._all:
            yield from (desk.outer, desk.inner)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Two readers: one opens what was sent, the other reads what the first finds inside. Neither starts before it must."""

    outer: Child
    inner: Child


def _only_holds(text: str) -> bool:
    """Whether a file is nothing but what it holds."""
    from ingest.inside import CONTAINERS

    return json.loads(text)["file"]["media_type"] in CONTAINERS


def _unopened(name: str, told: Mapping[str, Any]) -> str:
    """The reading of something inside a file that could not be had."""
    from records.contract import dumps
    from records.facts import FileReading, Problem

    kind, size = told["media_type"], told["bytes"]
    return dumps(FileReading(name, told["sha256"] or "", kind, size, (), (), Problem(*told["problem"])))


def stopped(name: str, data: bytes, error: UnreadableFile) -> str:
    """The reading of a file whose reader could not even answer."""
    from extract.reading import unreadable
    from ingest.sniff import media_type
    from records.contract import dumps

    return dumps(unreadable(data, name, media_type(data, name), error))


def expand(paths: Sequence[Path]) -> list[Path]:
    """Files as given; folders become the files in them, in order of name, hidden ones left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (child for child in sorted(path.rglob("*")) if child.is_file())
            found += [
                child for child in inside if not any(part.startswith(".") for part in child.relative_to(path).parts)
            ]
        else:
            found.append(path)
    return found


def how_many(files: int, wanted: int) -> int:
    """Reading processes for so many files: one per core, a few at most, as each may hold an OCR engine."""
    return max(1, min(files, wanted or min(os.cpu_count() or 1, MOST_AT_ONCE)))


def answers(
    readers: Readers, files: Sequence[Path], count: int, on_page: Callable[[Path, int, int], None]
) -> Iterator[list[Answer]]:
    """The answers in the order of the files, each as soon as it and all before it are there."""
    with ThreadPoolExecutor(count) as pool:
        asked: list[Future[list[Answer]]] = [pool.submit(readers.read, path, partial(on_page, path)) for path in files]
        try:
            for future in asked:
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            readers.stop()
            raise


def read_files(paths: Sequence[Path], *, as_json: bool, password: str | None, ocr: str, at_once: int) -> int:
    """Read, print, and return the exit status of the contract."""
    files = expand(paths)
    count = how_many(len(files), at_once)
    readers = Readers(count, password=password, ocr=ocr)
    unread = 0
    try:
        with progress(len(files)) as bar:
            for path, given in zip(files, answers(readers, files, count, bar.page), strict=True):
                bar.done(path)
                with bar.paused():
                    for answer in given:
                        _print(answer, as_json)
                unread += sum(not answer.read for answer in given)
    finally:
        readers.close()
    return 1 if unread else 0


def _print(answer: Answer, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(answer.reading + "\n")
        sys.stdout.flush()
        return
    from api.cli_view import print_reading

    print_reading(answer.reading)


def progress(files: int) -> Any:
    """A bar on the terminal when somebody is there to see it."""
    if not sys.stderr.isatty():
        from api.cli_progress import Silent

        return Silent()
    from api.cli_progress import Bar

    return Bar(files)
