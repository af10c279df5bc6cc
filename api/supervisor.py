"""Keeps the reading processes alive beside the API, and takes all of them down when it goes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("postloan.supervisor")

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0  #: a worker that lived this long may start over at once
GRACE = 10.0  #: seconds a worker has to put its work down


@dataclass(slots=True)
class _Place:
    """One of the N places for a worker, whoever fills it at the moment."""

    number: int
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    not_before: float = 0.0
    crashes: int = 0


class Supervisor:
    """Starts ``count`` processes of ``command`` and replaces each one that ends."""

    def __init__(
        self, command: Sequence[str], count: int, logs: Path, environment: dict[str, str] | None = None
    ) -> None:
        self.command = list(command)
        self.logs = logs
        self.environment = environment or {}
        self.places = [_Place(number) for number in range(1, count + 1)]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start them all and keep watching."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask every worker to end, wait for it, and kill the one that will not."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()
        alive = [place.process for place in self.places if place.process and place.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in alive:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning(
                    "worker %s did not stop within %.0f s and was killed; its work is taken up later",
                    process.pid,
                    GRACE,
                )
                process.kill()
                process.wait()

    def pids(self) -> list[int]:
        """The processes that are alive now."""
        return [place.process.pid for place in self.places if place.process and place.process.poll() is None]

    def _watch(self) -> None:
        while not self._stopping.wait(0.1):
            for place in self.places:
                self._tend(place)

    def _tend(self, place: _Place) -> None:
        now = time.monotonic()
        if place.process is not None and place.process.poll() is not None:
            place.crashes = 1 if now - place.started > HEALTHY_AFTER else place.crashes + 1
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (place.crashes - 1))
            log.warning(
                "worker %d ended with status %s; the next one starts in %.1f s",
                place.number,
                place.process.returncode,
                pause,
            )
            place.process, place.not_before = None, now + pause
        if place.process is None and now >= place.not_before:
            place.process, place.started = self._spawn(place), now

    def _spawn(self, place: _Place) -> subprocess.Popen[bytes]:
        with (self.logs / f"worker-{place.number}.log").open("ab") as out:
            # Its own session: Ctrl-C in the terminal reaches us alone, and we put the workers down in order.
            return subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )


def worker_command() -> list[str]:
    """How a worker of this very installation is started; it ends by itself when this process is gone."""
    return [sys.executable, "-m", "api.cli", "worker", "--parent", str(os.getpid())]


def end_with_parent(parent: int, end: Callable[[], None]) -> None:
    """Call ``end`` once the process ``parent`` is no longer ours: it was killed and could not tell us."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        end()

    threading.Thread(target=watch, name="parent", daemon=True).start()
