"""Whether a reading process grows: 2,000 files of every kind, one after another, and what it holds after each hundred."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from benchmarks.tools import resident
from demo import bank
from demo.papers import Drawn
from ingest.child import Child
from ingest.limits import Limits
from records.errors import UnreadableFile

FILES = 2000
PICTURES = 50  #: every so many files one that needs OCR
WARM = 400  #: files after which every model and cache is loaded; the slope is taken from there


def papers() -> list[Drawn]:
    """Every paper of the made-up bank; of the pictures only as many as two minutes allow."""
    drawn = list(bank.papers())
    pictures = [paper for paper in drawn if paper.truth.get("picture")]
    texts = [paper for paper in drawn if paper not in pictures]
    turns, pictured = cycle(texts), cycle(pictures)
    return [next(pictured) if number % PICTURES == 0 else next(turns) for number in range(FILES)]


def slope(points: list[tuple[int, float]]) -> float:
    """MB per thousand files, by least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    rise = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return 1000 * rise / sum((x - mean_x) ** 2 for x, _ in points)


def measure(limits: Limits) -> tuple[list[tuple[int, float]], int]:
    """Memory in MB after each hundred files, and how many processes it took."""
    points: list[tuple[int, float]] = []
    seen: set[int] = set()
    with Child("extract.reading:job", limits) as child:
        for number, drawn in enumerate(papers(), 1):
            try:
                child.run({"name": Path(drawn.name).name}, drawn.bytes)
            except UnreadableFile as problem:
                print(f"  {drawn.name}: {problem}", file=sys.stderr)
            if child.pid is not None:
                seen.add(child.pid)
                if number % 100 == 0:
                    points.append((number, resident(child.pid) / 1024))
    return points, len(seen)


def main() -> None:
    """One process for all files, to see what grows; then as shipped, where it is replaced now and then."""
    for name, limits in (("one process", replace(Limits(), files=FILES + 1, memory=8 << 30)), ("as shipped", Limits())):
        points, processes = measure(limits)
        warm = [point for point in points if point[0] > WARM]
        print(
            f"{name}: {FILES} files, {processes} process(es), at most {max(y for _, y in points):.0f} MB, "
            f"{slope(warm):+.0f} MB per 1,000 files once warm"
        )
