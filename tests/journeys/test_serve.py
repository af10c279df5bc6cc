"""The whole service as an operator meets it: started, used over HTTP, stopped with Ctrl-C, started again."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow

POSTLOAN = [sys.executable, "-m", "api.cli"]
NOTE = "走访记录\n借款人：杭州临屿精密机械有限公司\n2024年6月18日走访，企业已停产，机器设备被法院查封。\n"
CUSTOMERS = "customer_no,kind,name\nC1,company,杭州临屿精密机械有限公司\n"
LOANS = (
    "loan_note_no,customer_no,product,amount,balance,granted,due\n"
    "JJ-2024-001,C1,corporate_business,4200000.00,4200000.00,2024-01-15,2025-01-14\n"
)
ROWS = "日期,摘要,收入,支出,余额\n2024-01-03,货款,1000.00,,1500.00\n2024-01-04,电费,,200.00,1300.00\n"


class Running:
    """A service that was started, its address and the link that it printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        assert process.stdout is not None
        for line in process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        link = re.search(r"(http://\S+)/signin\?token=(\S+)", self.said)
        assert link, self.said
        self.address, self.token = link.groups()
        self.client = httpx.Client(
            base_url=self.address, headers={"Authorization": f"Bearer {self.token}"}, timeout=60, trust_env=False
        )

    def until(self, path: str, holds: Callable[[Any], bool], seconds: float = 60) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            answer = self.client.get(path).json()
            if holds(answer) or time.monotonic() > deadline:
                return answer
            time.sleep(0.2)

    def interrupt(self) -> int:
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(30)
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        return status


@contextmanager
def serving(folder: Path) -> Iterator[Running]:
    command = [*POSTLOAN, "serve", "--port", "0", "--workers", "1", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            service = Running(process)
            yield service
            service.client.close()
        finally:
            process.kill()


def workers_of(folder: Path) -> list[str]:
    found = subprocess.run(["pgrep", "-f", "api.cli worker"], capture_output=True, text=True, check=False)
    alive = []
    for pid in found.stdout.split():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"POSTLOAN_DATA={folder}\0" in environment:
            alive.append(pid)
    return alive


def test_a_paper_goes_in_is_read_found_and_told_and_ctrl_c_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "data"
    with serving(folder) as service:
        files = [
            ("file", ("走访记录.txt", NOTE.encode())),
            ("file", ("流水.csv", ROWS.encode("gb18030"))),
            ("file", ("空.pdf", b"")),
        ]
        items = service.client.post("/v1/documents", files=files).json()["items"]
        assert [item["status"] for item in items] == ["received"] * 3

        done = {"read", "unreadable", "failed"}
        states = [
            service.until(f"/v1/documents/{item['id']}", lambda document: document["status"] in done)["status"]
            for item in items
        ]
        assert states == ["read", "read", "unreadable"]

        found = service.until("/v1/search?q=停产", lambda results: results["total"] > 0)
        assert found["hits"][0]["document_id"] == items[0]["id"]

        types = [item["type"] for item in service.client.get("/v1/feed?limit=1000").json()["items"]]
        assert types.count("document.received") == 3
        assert types.count("document.read") == 2
        assert types.count("document.unreadable") == 1
        assert service.client.get("/readyz").json()["parts"]["workers"] == "1 alive"

        assert workers_of(folder)
        assert service.interrupt() == 0, service.said
        assert "已停止" in service.said
        assert workers_of(folder) == []

    with serving(folder) as again:
        assert again.token == service.token, "the link of the first start still holds"
        assert again.client.get(f"/v1/documents/{items[0]['id']}").json()["status"] == "read"
        assert again.client.get("/v1/search?q=停产").json()["total"] > 0
        assert again.interrupt() == 0


def test_an_endless_stream_does_not_keep_the_service_from_stopping(tmp_path):
    with serving(tmp_path / "data") as service:
        headers = {"Accept": "text/event-stream"}
        with service.client.stream("GET", "/v1/feed", headers=headers) as stream:
            assert next(stream.iter_lines()).startswith("retry")
            started = time.monotonic()
            service.process.send_signal(signal.SIGINT)
            assert service.process.wait(30) == 0
        assert time.monotonic() - started < 10


def test_a_worker_that_is_killed_is_replaced_and_the_paper_is_read_all_the_same(tmp_path):
    folder = tmp_path / "data"
    with serving(folder) as service:
        service.until("/readyz", lambda ready: ready["parts"]["workers"] == "1 alive")
        first = workers_of(folder)
        subprocess.run(["kill", "-9", *first], check=True)
        id = service.client.post("/v1/documents", files={"file": ("走访记录.txt", NOTE.encode())}).json()["items"][0][
            "id"
        ]

        assert service.until(f"/v1/documents/{id}", lambda document: document["status"] == "read")["status"] == "read"
        assert workers_of(folder) != first
        assert service.interrupt() == 0


def test_the_commands_work_with_the_service_beside_them(tmp_path):
    folder = tmp_path / "data"
    (tmp_path / "customers.csv").write_text(CUSTOMERS, "utf-8")
    (tmp_path / "loans.csv").write_text(LOANS, "gb18030")
    (tmp_path / "走访记录.txt").write_text(NOTE, "utf-8")

    with serving(folder) as service:

        def postloan(*arguments: str) -> subprocess.CompletedProcess[str]:
            environment = {
                "PATH": "/usr/bin:/bin", "POSTLOAN_DATA": str(folder), "LANG": "C.UTF-8",
                "POSTLOAN_PORT": service.address.rpartition(":")[2],
            }  # fmt: skip
            return subprocess.run([*POSTLOAN, *arguments], capture_output=True, text=True, env=environment, check=False)

        book = postloan("import", str(tmp_path / "customers.csv"), str(tmp_path / "loans.csv"))
        assert book.returncode == 0, book.stdout + book.stderr
        assert "新增 1" in book.stdout

        sent = postloan("upload", str(tmp_path / "走访记录.txt"), "--loan", "JJ-2024-001")
        assert sent.returncode == 0, sent.stdout + sent.stderr
        assert "已读" in sent.stdout

        service.until("/v1/search?q=停产", lambda results: results["total"] > 0)
        found = postloan("search", "停产")
        assert found.returncode == 0, found.stdout + found.stderr
        assert "走访记录.txt" in found.stdout

        anew = postloan("reindex")
        assert anew.returncode == 0, anew.stdout + anew.stderr
        assert service.client.get("/v1/search?q=停产").json()["total"] > 0, "the service answers from the new index"

        token = postloan("token", "create", "监测系统", "--role", "monitor").stdout.strip()
        headers = {"Authorization": f"Bearer {token}"}
        assert service.client.get("/v1/feed", headers=headers).status_code == 200
        assert "监测系统" in postloan("token", "list").stdout
        assert service.interrupt() == 0


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path):
    with serving(tmp_path / "data") as service:
        port = service.address.rpartition(":")[2]
        second = subprocess.run(
            [*POSTLOAN, "serve", "--port", port, "--data", str(tmp_path / "other")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert port in second.stderr
        assert "Traceback" not in second.stderr
        assert service.interrupt() == 0
