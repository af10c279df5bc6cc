"""A worker process for the crash tests: the real loop, the tiny reader, short leases."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from archive.blobs import FolderBlobs
from archive.jobs import work
from extract.reading import job
from tests.archive_tools import tiny_reader


def slow_reader(
    name: str, data: bytes, options: Mapping[str, Any], on_progress: Callable[[int, int], None]
) -> Mapping[str, Any]:
    """The tiny reader, taking its time; a paper that says ``kill`` takes its worker with it."""
    if b"kill: worker" in data:
        os.kill(os.getpid(), 9)
    time.sleep(float(os.environ.get("READ_SECONDS", "0.05")))
    if data.startswith(b"PK"):
        return _packet_reader(name, data, options, on_progress)
    return tiny_reader(name, data, options, on_progress)


def _packet_reader(name: str, data: bytes, options: Mapping[str, Any], on_progress: Any) -> Mapping[str, Any]:
    """The real reader of containers; it may die after so many members are kept."""

    class Mortal:
        left = int(os.environ.get("MEMBERS", "1000000"))

        def __call__(self, done: int, total: int) -> None:
            on_progress(done, total)

        def member(self, told: Mapping[str, Any], content: bytes) -> None:
            on_progress.member(told, content)
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), 9)

    return job({"name": name, **options}, data, Mortal())


def run(address: str, folder: str, lease: float, log: str, environment: Mapping[str, str], ready: Any) -> None:
    """Be a worker in this process, which was made for it."""
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), sys.stderr.fileno())
    os.environ.update(environment)
    work(
        address,
        FolderBlobs(Path(folder)),
        reader=slow_reader,
        lease_seconds=lease,
        poll_seconds=0.1,
        deaths_allowed=int(os.environ.get("DEATHS", "3")),
        ready=ready.set,
    )
