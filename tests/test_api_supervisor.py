"""Workers are replaced when they die, not too eagerly, and all of them end with the service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from api import supervisor
from api.supervisor import Supervisor

pytestmark = pytest.mark.slow

SLEEPER = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]


def until(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_is_killed_is_replaced(tmp_path):
    keeper = Supervisor(SLEEPER, 2, tmp_path / "logs")
    keeper.start()
    try:
        assert until(lambda: len(keeper.pids()) == 2)
        first = keeper.pids()[0]
        os.kill(first, signal.SIGKILL)
        assert until(lambda: len(keeper.pids()) == 2 and first not in keeper.pids())
    finally:
        keeper.stop()


def test_stopping_leaves_nobody_behind_and_keeps_what_they_said(tmp_path):
    keeper = Supervisor(SLEEPER, 2, tmp_path / "logs")
    keeper.start()
    log = tmp_path / "logs" / "worker-1.log"
    assert until(lambda: log.exists() and log.read_text() == "here\n")
    pids = keeper.pids()

    keeper.stop()

    assert not any(alive(pid) for pid in pids)


def test_one_that_will_not_stop_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE", 0.5)
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(60)"
    )
    keeper = Supervisor([sys.executable, "-c", stubborn], 1, tmp_path / "logs")
    keeper.start()
    log = tmp_path / "logs" / "worker-1.log"
    assert until(lambda: log.exists() and log.read_text() == "here\n")
    pids = keeper.pids()

    keeper.stop()

    assert not any(alive(pid) for pid in pids)


def test_one_that_dies_at_once_is_given_more_and_more_time(tmp_path):
    keeper = Supervisor([sys.executable, "-c", "print('x')"], 1, tmp_path / "logs")
    keeper.start()
    time.sleep(2.2)  # starts at 0 s, again after 0.5 s and 1 s more; without a pause it would be dozens
    keeper.stop()

    assert 1 <= (tmp_path / "logs" / "worker-1.log").read_text().count("x") <= 3


WORKER = """
import os, time
from api.supervisor import end_with_parent
end_with_parent(os.getppid(), lambda: os._exit(7))
print("up", flush=True)
time.sleep(60)
"""
SERVICE = """
import subprocess, sys, time
worker = subprocess.Popen([sys.executable, "-c", sys.argv[1]])
print(worker.pid, flush=True)
time.sleep(60)
"""


def test_a_worker_notices_that_its_service_was_killed():
    command = [sys.executable, "-c", SERVICE, WORKER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        pid = int(service.stdout.readline())
        assert service.stdout.readline() == "up\n"
        service.kill()

    assert until(lambda: not alive(pid))
