"""What the benchmarks share: running a command and what it cost, a service on a free port, quantiles."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

POSTLOAN = str(Path(sys.executable).parent / "postloan")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command cost."""

    wall: float  #: seconds
    cpu: float  #: seconds, user and system, children included
    peak: int  #: KiB, the largest single process


def run(*command: str) -> Cost:
    """Run to the end and say what it cost."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - started, cpu, after.ru_maxrss)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its address, an admin token, its process and its folder."""

    address: str
    token: str
    process: subprocess.Popen[str]
    data: Path

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.address, headers={"Authorization": f"Bearer {self.token}"}, timeout=60, verify=False
        )


@contextmanager
def service(workers: int) -> Iterator[Service]:
    """``postloan serve`` on a free port with a folder of its own; stopped and forgotten afterwards."""
    with TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "POSTLOAN_DATA": folder}
        token = subprocess.run(
            [POSTLOAN, "token", "create", "bench", "--role", "admin"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[-1]
        process = subprocess.Popen(
            [POSTLOAN, "serve", "--port", str(port), "--workers", str(workers)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield Service(address, token, process, Path(folder))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"the service at {address} did not come up")


def family(pid: int) -> list[int]:
    """A process and everything it started."""
    found = [pid]
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += family(int(each.parent.name))
    return found


def peak_memory(pid: int) -> int:
    """The most memory a living process has held so far, in KiB."""
    return _of_status(pid, "VmHWM")


def resident(pid: int) -> int:
    """The memory a living process holds now, in KiB."""
    return _of_status(pid, "VmRSS")


def _of_status(pid: int, name: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.split("\n") if line.startswith(name)).split()[1])


def command_of(pid: int) -> str:
    """What a process was started as."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
