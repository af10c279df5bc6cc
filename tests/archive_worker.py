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
from tests.archive_tools import tiny_reader


def slow_reader(
    name: str, data: bytes, options: Mapping[str, Any], on_progress: Callable[[int, int], None]
) -> Mapping[str, Any]:
    """The tiny reader, taking its time; a paper that says ``kill`` takes its worker with it."""
    if b"kill: worker" in data:
        os.kill(os.getpid(), 9)
    time.sleep(float(os.environ.get("READ_SECONDS", "0.05")))
    return tiny_reader(name, data, options, on_progress)


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
