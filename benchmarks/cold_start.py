"""Cold start of ``postloan read`` on a one-page text PDF (target 1.5 s): OCR and language are imported only when needed."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.tools import POSTLOAN, run
from demo.papers import miniature_personal

RUNS = 7


def main() -> None:
    """The median of some fresh processes."""
    with TemporaryDirectory() as folder:
        drawn = miniature_personal()
        path = Path(folder) / drawn.name
        path.write_bytes(drawn.bytes)
        costs = [run(POSTLOAN, "read", str(path), "--json") for _ in range(RUNS)]
    walls = [cost.wall for cost in costs]
    cpu = median(cost.cpu for cost in costs)
    print(
        f"cold start, one-page text PDF: {median(walls):.2f} s wall (best {min(walls):.2f}), {cpu:.2f} s CPU; target 1.5 s"
    )
