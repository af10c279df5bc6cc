"""Jobs for the reading process under test: one that behaves, and several that do not."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any


def job(request: dict[str, Any], data: bytes, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Does what the request asks for."""
    for page in range(request.get("pages", 0)):
        progress(page + 1, request["pages"])
    print("a library that prints")
    match request.get("how"):
        case "crash":
            os.abort()
        case "illegal" if request.get("ocr", "auto") != "onnx":
            os.kill(os.getpid(), signal.SIGILL)
        case "leave":
            os._exit(3)
        case "bug":
            raise ValueError("no such page")
        case "spin":
            while True:
                pass
        case "sleep":
            threading.Event().wait(60)
        case "recognise":
            import openvino  # noqa: F401

            kept = [bytearray(b"x" * (300 << 20))]
            threading.Event().wait(0.3)
            kept.clear()
        case "grow":
            kept = []
            while True:
                kept.append(bytearray(1 << 23))
    return {"bytes": len(data), "pid": os.getpid(), "said": request.get("say"), "ocr": request.get("ocr")}
