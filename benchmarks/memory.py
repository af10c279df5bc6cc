"""Peak memory of the API and of a worker with its reading process, after text papers and scans."""

from __future__ import annotations

import time

from benchmarks.scans import papers as scans
from benchmarks.tools import command_of, family, peak_memory, service
from demo.papers import long_statement


def main() -> None:
    """Upload a 60-page statement and scans, wait until all are read, look at every process."""
    with service(1) as running, running.client() as http:
        papers = [long_statement(pages=60), *scans()]
        for drawn in papers:
            http.post("/v1/documents", files={"file": (drawn.name, drawn.bytes)}).raise_for_status()
        for _ in range(600):
            states = [item["status"] for item in http.get("/v1/documents").json()["items"]]
            if len(states) == len(papers) and all(state in ("read", "unreadable", "failed") for state in states):
                break
            time.sleep(0.5)
        print(f"peak memory after {', '.join(states)}:")
        for pid in family(running.process.pid):
            print(f"  {peak_memory(pid) / 1024:.0f} MB  {command_of(pid)[-80:]}")
