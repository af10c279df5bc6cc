"""How soon an upload is acknowledged (bytes safe, job recorded) with 50 clients: p99 target 100 ms."""

from __future__ import annotations

import os
import threading
import time
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.tools import Service, quantile, service

CLIENTS = 50
SECONDS = 12.0
PACE = 1.0  #: each client sends one paper a second


def clients(running: Service) -> list[float]:
    """Acknowledgement times in milliseconds of all clients together."""
    times: list[float] = []
    ready = threading.Barrier(CLIENTS)

    def one(number: int) -> None:
        with running.client() as http:
            http.get("/healthz")
            ready.wait()  # fifty clients starting up on the same cores are not what is measured
            stop = time.perf_counter() + SECONDS
            time.sleep(PACE * number / CLIENTS)
            count = 0
            while time.perf_counter() < stop:
                text = f"走访记录\n客户：某某 {number}-{count}\n一切正常。\n" * 40
                started = time.perf_counter()
                answer = http.post("/v1/documents", files={"file": (f"note-{number}-{count}.txt", text.encode())})
                spent = time.perf_counter() - started
                answer.raise_for_status()
                times.append(1000 * spent)
                count += 1
                time.sleep(max(0.0, PACE - spent))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def disk() -> list[float]:
    """What the disk alone takes to make a small file and its folder safe, in milliseconds: no upload can be faster."""
    times: list[float] = []
    with TemporaryDirectory() as folder:
        for number in range(300):
            started = time.perf_counter()
            for path, flags in ((f"{folder}/{number}", os.O_CREAT | os.O_WRONLY), (folder, os.O_RDONLY)):
                handle = os.open(path, flags)
                if flags & os.O_WRONLY:
                    os.write(handle, b"x" * 3000)
                os.fsync(handle)
                os.close(handle)
            times.append(1000 * (time.perf_counter() - started))
            time.sleep(0.02)
    return times


def main() -> None:
    """With the workers resting, and with both of them reading; beside the disk alone."""
    alone = disk()
    print(
        f"the disk alone, fsync of a file and its folder: p50 {median(alone):.0f} ms, p99 {quantile(alone, 0.99):.0f} ms"
    )
    for workers in (0, 2):
        with service(workers) as running:
            times = clients(running)
        what = "workers resting" if not workers else "two workers reading meanwhile on the same cores"
        print(
            f"upload acknowledged, {CLIENTS} clients, {len(times) / SECONDS:.0f} papers/s, {what}: "
            f"p50 {median(times):.0f} ms, p99 {quantile(times, 0.99):.0f} ms; target p99 100 ms"
        )
