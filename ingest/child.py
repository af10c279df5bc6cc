"""A reading process that can be killed: frames over pipes, limits inside, a clock outside.

The parent writes a request and the bytes; the child answers with progress and then the result. It dies with its parent, is
stopped when it shows no progress for too long or grows too large, and is replaced after a number of files.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import IO, Any

from ingest.child_loop import ANSWER, DATA, HEAD, MEMBER, PROGRESS, REQUEST, frame
from ingest.limits import Limits
from ingest.ocr import RUNTIMES, steadier
from records.errors import ReaderDied, TookTooLong

OnProgress = Callable[[int, int], None]
#: Takes a file found inside the one being read: what is told about it, and its bytes. The child waits meanwhile.
OnMember = Callable[[dict[str, Any], bytes], None]

_TICK = 0.05  # seconds between two looks at clock and memory; a decoder takes 50 MB in that time
_PER_PAGE = 0.5  # seconds of work that every page read so far may cost once the last one is in
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class _Crashed(ReaderDied):
    """Native code broke the process, by an instruction it does not know or by touching what is not its own."""


_BROKE = (signal.SIGILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGABRT)


class Child:
    """One reading process, started when first needed and again whenever it had to be stopped."""

    def __init__(self, job: str = "extract.reading:job", limits: Limits | None = None) -> None:
        self._job = job
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._words: IO[bytes] | None = None
        self._done = 0
        self._steady: int | None = None  #: the process that took over from one that broke
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process that will take the next file, or None when it is yet to be started."""
        return self._process.pid if self._process else None

    def run(
        self,
        request: dict[str, Any],
        data: bytes,
        on_progress: OnProgress | None = None,
        on_member: OnMember | None = None,
    ) -> dict[str, Any]:
        """Do one file. Raises ``TookTooLong`` or ``ReaderDied``; the next call finds a fresh process then."""
        with self._lock:
            steady = {**request, "ocr": steadier(request.get("ocr", "auto"))}
            if self._steady is not None and self._steady == self.pid:
                return self._once(steady, data, on_progress, on_member)
            handed: list[str] = []

            def hand_over(told: dict[str, Any], member: bytes) -> None:
                handed.append(str(told.get("path")))
                if on_member:
                    on_member(told, member)

            try:
                return self._once(request, data, on_progress, hand_over if on_member else None)
            except _Crashed:
                if handed:  # once more from the start would hand the same members over twice
                    raise
                # A runtime may be built for processors with more than this one has: once more without it, and so
                # for as long as the new process lives.
                answer = self._once(steady, data, on_progress, on_member)
                self._steady = self.pid
                return answer

    def _once(
        self,
        request: dict[str, Any],
        data: bytes,
        on_progress: OnProgress | None,
        on_member: OnMember | None,
    ) -> dict[str, Any]:
        process = self._running()
        try:
            answer = _Talk(process, self._limits).ask(request, data, on_progress, on_member)
        except (TookTooLong, ReaderDied) as error:
            said = self._stop()
            if said:
                error.add_note(said)
            raise
        except BaseException:  # the caller was interrupted: what the child does now is of no use
            self._stop()
            raise
        self._done += 1
        if self._done >= self._limits.files or _resident(process.pid) > 0.85 * self._limits.memory:
            self._stop()
        return answer

    def close(self) -> None:
        """Stop the process; the object can be used again."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            self._words = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the process)
            self._process = _starter().submit(_start, self._job, self._limits, self._words).result()
            self._done = 0
        return self._process

    def _stop(self) -> str:
        """End the process and give back the last it said on its error stream."""
        process, words = self._process, self._words
        self._process = self._words = None
        if process is None or words is None:
            return ""
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        size = words.seek(0, os.SEEK_END)
        words.seek(max(0, size - 4000))
        said = words.read().decode(errors="replace").strip()
        words.close()
        return said


@cache
def _starter() -> ThreadPoolExecutor:
    """The thread that starts all children: a child is killed when the *thread* that started it ends, so this one stays."""
    return ThreadPoolExecutor(1, "reader-starter")


def _start(job: str, limits: Limits, words: IO[bytes]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT", "MKL_NUM_THREADS"), "1")
    arguments = [str(os.getpid()), job, str(limits.memory)]
    return subprocess.Popen(
        [sys.executable, "-m", "ingest.child_loop", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=words,
        bufsize=0,
        env={**os.environ, **threads, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C is for the parent to handle
    )


class _Talk:
    """One question to the child, and the patience to wait for its answer."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._limits = process, limits
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        self._end = time.monotonic() + limits.seconds
        self._work = self._work_at_progress = _worked(process.pid)
        self._pages = 0
        self._recognises = False

    def ask(
        self, request: dict[str, Any], data: bytes, on_progress: OnProgress | None, on_member: OnMember | None
    ) -> dict[str, Any]:
        self._write(frame(REQUEST, json.dumps(request).encode()) + HEAD.pack(DATA, len(data)))
        self._write(data)
        while True:
            kind, body = self._frame_in()
            if kind == PROGRESS:
                self._work_at_progress = _worked(self._process.pid)
                self._pages, total = json.loads(body)
                if on_progress:
                    on_progress(self._pages, total)
            elif kind == MEMBER:
                self._hand_over(json.loads(body), on_member)
            elif kind == ANSWER:
                answer: dict[str, Any] = json.loads(body)
                return answer
            else:
                said = json.loads(body)
                failure = (TookTooLong if said["memory"] else ReaderDied)(said["error"])
                failure.add_note(said["traceback"])
                raise failure

    def _hand_over(self, told: dict[str, Any], on_member: OnMember | None) -> None:
        """The time that the taker takes is not the child's."""
        _, data = self._frame_in()
        began = time.monotonic()
        if on_member:
            on_member(told, data)
        self._end += time.monotonic() - began
        self._work_at_progress = _worked(self._process.pid)

    def _frame_in(self) -> tuple[bytes, bytes]:
        kind, size = HEAD.unpack(self._read(HEAD.size))
        return kind, self._read(size)

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while size:
                if not selector.select(_TICK):
                    self._look()
                    continue
                part = os.read(self._out, min(size, 1 << 20))
                if not part:
                    raise self._died()
                parts.append(part)
                size -= len(part)
        return b"".join(parts)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        with selectors.DefaultSelector() as selector:
            selector.register(self._in, selectors.EVENT_WRITE)
            while view:
                if not selector.select(_TICK):
                    self._look()
                    continue
                try:
                    view = view[os.write(self._in, view[: 1 << 16]) :]
                except BrokenPipeError:
                    raise self._died() from None

    def _look(self) -> None:
        """Is it still within its limits?"""
        if time.monotonic() > self._end:
            raise TookTooLong(f"{self._limits.seconds:.0f} s")
        work = _worked(self._process.pid) - self._work_at_progress
        if work > self._limits.page_seconds + _PER_PAGE * self._pages:
            raise TookTooLong(f"{work:.0f} s · {self._pages} p.")
        resident = _resident(self._process.pid)
        if resident > self._limits.memory or (resident > self._limits.plain_memory and not self._reads_pictures()):
            raise TookTooLong(f"{resident >> 20} MB")

    def _reads_pictures(self) -> bool:
        """Asked of the system until it is so: looking through what a process has mapped halts it and takes 2 ms each time."""
        self._recognises = self._recognises or _recognises(self._process.pid)
        return self._recognises

    def _died(self) -> ReaderDied | TookTooLong:
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return TookTooLong()
        try:
            how = signal.Signals(-code).name if code < 0 else f"exit {code}"
        except ValueError:
            how = f"exit {code}"
        return (_Crashed if -code in _BROKE else ReaderDied)(how)


def _worked(pid: int) -> float:
    """Seconds of processor time a process has used; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / _TICKS


def _recognises(pid: int) -> bool:
    """Whether a process has loaded the runtime of OCR, which keeps what it once took."""
    try:
        maps = Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False
    return any(runtime in maps for runtime in RUNTIMES)


def _resident(pid: int) -> int:
    """Bytes of memory a process holds; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0
