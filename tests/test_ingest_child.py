"""The reading process: it answers, it can be killed, it never takes the parent with it, it never outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.child import Child
from ingest.limits import MB, Limits
from records.errors import ReaderDied, TookTooLong

ROOT = Path(__file__).resolve().parent.parent
#: Little memory; time enough for a busy machine to start the process and to hand out that memory.
TIGHT = Limits(page_seconds=60, seconds=120, memory=200 * MB)


@pytest.fixture
def child() -> Iterator[Child]:
    with Child("tests.ingest_jobs:job", TIGHT) as made:
        yield made


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def test_it_answers_and_tells_how_far_it_is(child):
    told: list[tuple[int, int]] = []
    answer = child.run({"pages": 3, "say": "银行"}, b"x" * 3_000_000, lambda page, pages: told.append((page, pages)))

    assert answer["bytes"] == 3_000_000
    assert answer["said"] == "银行"
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_same_process_reads_the_next_file(child):
    assert child.run({}, b"a")["pid"] == child.run({}, b"b")["pid"] == child.pid


@pytest.mark.parametrize(
    ("how", "error", "says"),
    [
        ("crash", ReaderDied, "SIGABRT"),
        ("leave", ReaderDied, "exit 3"),
        ("bug", ReaderDied, "ValueError: no such page"),
        ("grow", TookTooLong, "MB"),
    ],
)
def test_whatever_happens_inside_is_an_answer_and_the_next_file_is_read(child, how, error, says):
    with pytest.raises(error, match=says):
        child.run({"how": how}, b"x")

    assert child.run({}, b"next")["bytes"] == 4


def test_only_a_process_that_recognises_pictures_may_hold_what_that_takes():
    with Child("tests.ingest_jobs:job", Limits(plain_memory=200 * MB)) as child:
        with pytest.raises(TookTooLong) as caught:
            child.run({"how": "grow"}, b"x")
        assert int(caught.value.detail.split()[0]) < 500
        assert child.run({"how": "recognise"}, b"x")["bytes"] == 1


def test_a_runtime_that_breaks_the_process_is_done_without(child):
    answer = child.run({"how": "illegal"}, b"x")
    again = child.run({"how": "illegal"}, b"y")

    assert answer["ocr"] == again["ocr"] == "onnx"
    assert answer["pid"] == again["pid"]


def test_a_bug_keeps_its_traceback(child):
    with pytest.raises(ReaderDied) as caught:
        child.run({"how": "bug"}, b"x")

    assert "ingest_jobs.py" in "\n".join(caught.value.__notes__)


def test_a_process_that_works_without_progress_is_stopped_and_the_next_file_is_read():
    with Child("tests.ingest_jobs:job", Limits(page_seconds=2)) as child:
        with pytest.raises(TookTooLong, match=r"s · 0 p\."):
            child.run({"how": "spin"}, b"x")

        assert child.run({}, b"next")["bytes"] == 4


def test_a_process_that_sleeps_is_stopped_by_the_clock():
    with (
        Child("tests.ingest_jobs:job", Limits(seconds=0.8)) as child,
        pytest.raises(TookTooLong),
    ):
        child.run({"how": "sleep"}, b"x")


def test_it_is_replaced_after_so_many_files():
    with Child("tests.ingest_jobs:job", Limits(files=2)) as child:
        pids = [child.run({}, b"x")["pid"] for _ in range(5)]

    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_closing_ends_the_process(child):
    child.run({}, b"x")
    pid = child.pid
    child.close()

    assert pid is not None
    assert not alive(pid)


def test_it_survives_the_thread_that_asked_first():
    """A child is killed when the thread that started it ends; so one lasting thread starts them all."""
    with Child("tests.ingest_jobs:job", TIGHT) as child:
        with ThreadPoolExecutor(1) as pool:
            pid = pool.submit(child.run, {}, b"x").result()["pid"]
        time.sleep(0.2)
        assert child.run({}, b"y")["pid"] == pid


def test_it_dies_with_its_parent():
    code = (
        "from ingest.child import Child; import sys, time\n"
        "child = Child('tests.ingest_jobs:job'); child.run({}, b'x'); print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    end = time.monotonic() + 5
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(pid)
