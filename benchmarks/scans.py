"""Seconds per scanned page with two reading processes of one thread each (target 1.0), beside one process.

What a second process gains depends on the machine: two cores of a shared host may be halves of one. So a loop that needs no
memory and no library is timed in the same way, and ours is held against what it gains.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

from benchmarks.tools import run
from demo.papers import corporate_statement
from demo.papers.drawn import Drawn
from demo.papers.electricity import electricity_bill
from demo.papers.tax import tax_certificate
from ingest.child import Child

EACH = 8  #: copies of every scan
LOOP = (sys.executable, "-c", "sum(number * number for number in range(12_000_000))")
ROUNDS = 5


def papers() -> list[Drawn]:
    """A mix of dense and light scanned pages, the heaviest paper first.

    A stream of papers has no end; this one has, and there one process waits for the other to finish its last paper. That it is
    a light one keeps the wait out of the figure.
    """
    return [
        corporate_statement("ccb", rows=24, seed=3, medium="scan"),
        electricity_bill(medium="scan", seed=2),
        tax_certificate(medium="scan", seed=1),
    ]


def seconds_a_page(processes: int) -> float:
    """Wall seconds per page once the engines are loaded."""
    drawn = papers()
    children = [Child() for _ in range(processes)]
    for child in children:
        child.run({"name": drawn[0].name}, drawn[0].bytes)
    waiting = SimpleQueue[Drawn]()
    for paper in drawn:
        for _ in range(EACH):
            waiting.put(paper)
    started = time.perf_counter()
    with ThreadPoolExecutor(processes) as pool:
        pages = sum(pool.map(lambda child: _pages(child, waiting), children))
    spent = time.perf_counter() - started
    for child in children:
        child.close()
    return spent / pages


def _pages(child: Child, waiting: SimpleQueue[Drawn]) -> int:
    """The pages that one process reads, taking the next paper whenever it is done with one, as workers do."""
    pages = 0
    while True:
        try:
            paper = waiting.get_nowait()
        except Empty:
            return pages
        pages += len(child.run({"name": paper.name}, paper.bytes)["layout"])


def plain_gain() -> float:
    """What a second process gains on this machine where nothing is shared but the processor; the best of some rounds."""
    alone = together = float("inf")
    with ThreadPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            alone = min(alone, run(*LOOP).wall)
            together = min(together, max(cost.wall for cost in pool.map(lambda _: run(*LOOP), range(2))))
    return 2 * alone / together


def main() -> None:
    """One process, then two."""
    one, two = seconds_a_page(1), seconds_a_page(2)
    gain, plain = one / two, plain_gain()
    print(
        f"scanned page, 200 dpi: {two:.2f} s with two processes, {one:.2f} s with one; gain {gain:.2f}; target 1.0 s, 1.8"
    )
    print(f"  a plain loop in two processes gains {plain:.2f} here; ratio {gain / plain:.2f}")
