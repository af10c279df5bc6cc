"""``postloan read``: any number of files, each read in a process that can be killed, answers in the order given."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
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
    """What became of one file."""

    path: Path
    reading: str  #: JSON of the contract
    layout: list[dict[str, Any]]  #: pages with their words, for pictures
    read: bool


class Readers:
    """A few reading processes, lent out to whoever has a file."""

    def __init__(self, count: int, *, password: str | None, ocr: str, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.request = {"password": password, "ocr": ocr}
        self._free: Queue[Child] = Queue()
        self._all = [Child(job="extract.reading:job", limits=self.limits) for _ in range(count)]
        for child in self._all:
            self._free.put(child)
        self._stopped = threading.Event()

    def read(self, path: Path, on_page: Callable[[int, int], None] | None = None) -> Answer:
        """Read one file; a reader that dies or takes too long is an answer like any other."""
        data = path.read_bytes()
        child = self._free.get()
        try:
            if self._stopped.is_set():
                raise KeyboardInterrupt
            answer = child.run({**self.request, "name": path.name}, data, on_page)
            text, layout = str(answer["reading"]), answer["layout"]
        except UnreadableFile as error:
            text, layout = stopped(path.name, data, error), []
        finally:
            self._free.put(child)
        return Answer(path, text, layout, '"status":"read"' in text[:2000])

    def stop(self) -> None:
        """Somebody pressed Ctrl-C: what is being read is not wanted any more."""
        self._stopped.set()
        for child in self._all:
            if child.pid is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the reading processes."""
        for child in self._all:
            child.close()


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
) -> Iterator[Answer]:
    """The answers in the order of the files, each as soon as it and all before it are there."""
    with ThreadPoolExecutor(count) as pool:
        asked: list[Future[Answer]] = [pool.submit(readers.read, path, partial(on_page, path)) for path in files]
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
    read = 0
    try:
        with progress(len(files)) as bar:
            for answer in answers(readers, files, count, bar.page):
                bar.done(answer.path)
                with bar.paused():
                    _print(answer, as_json)
                read += answer.read
    finally:
        readers.close()
    return 0 if read == len(files) else 1


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
