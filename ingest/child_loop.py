"""What runs inside a reading process: its limits, its loop, and the frames it speaks in."""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import resource
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

HEAD = struct.Struct(">cQ")
REQUEST, DATA, PROGRESS, ANSWER, FAILED, MEMBER = b"Q", b"D", b"P", b"A", b"E", b"M"


def frame(kind: bytes, body: bytes) -> bytes:
    """One message: its kind, its length, itself."""
    return HEAD.pack(kind, len(body)) + body


def _bound_to(parent: int) -> None:
    """End with the parent: at once on Linux, within a second elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it died before we could say so
        os._exit(1)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    if sys.platform != "linux":
        threading.Thread(target=watch, daemon=True).start()


def _limited(memory: int) -> None:
    """Address space well above the resident limit: the runtimes of OCR reserve much that they never touch."""
    resource.setrlimit(resource.RLIMIT_AS, (memory * 6, memory * 6))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def seldom_collected() -> None:
    """Cycles are looked for every 50,000 objects instead of every 700: a page read is some thousand objects that all stay until
    the file is done, and looking through them again and again costs a twelfth of a text file's time (measured)."""
    gc.set_threshold(50_000, 20, 50)


def _exactly(stream: int, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = os.read(stream, min(size - len(parts), 1 << 20))
        if not part:
            os._exit(0)  # the parent closed the pipe: nothing more to do
        parts += part
    return bytes(parts)


def _send(stream: int, kind: bytes, content: Any) -> None:
    _write(stream, frame(kind, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")))


def _write(stream: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(stream, view) :]


class Telling:
    """What a job may say before its answer: how far it is, and the files that it found inside the one it was given."""

    def __init__(self, answers: int) -> None:
        self._answers = answers

    def __call__(self, page: int, pages: int) -> None:
        """So many pages are read."""
        _send(self._answers, PROGRESS, [page, pages])

    def member(self, told: dict[str, Any], data: bytes) -> None:
        """Hand over one file found inside; waits until the parent has taken it, so that only one is in memory here."""
        _send(self._answers, MEMBER, told)
        _write(self._answers, HEAD.pack(DATA, len(data)))
        _write(self._answers, data)


def _serve(job: Callable[..., dict[str, Any]], questions: int, answers: int) -> None:
    while True:
        _, size = HEAD.unpack(_exactly(questions, HEAD.size))
        request = json.loads(_exactly(questions, size))
        _, size = HEAD.unpack(_exactly(questions, HEAD.size))
        data = _exactly(questions, size)
        try:
            answer = job(request, data, Telling(answers))
        except Exception as error:  # noqa: BLE001  (the one border: the traceback goes to the parent)
            memory = isinstance(error, MemoryError)
            what = f"{type(error).__name__}: {error}"
            _send(answers, FAILED, {"error": what, "memory": memory, "traceback": traceback.format_exc()})
        else:
            _send(answers, ANSWER, answer)
        del data, request


def _main(parent: str, job: str, memory: str) -> None:
    _bound_to(int(parent))
    _limited(int(memory))
    seldom_collected()
    questions, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # a library that prints must not speak between our frames
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    module, _, function = job.partition(":")
    _serve(getattr(importlib.import_module(module), function), questions, answers)


if __name__ == "__main__":
    _main(*sys.argv[1:])
