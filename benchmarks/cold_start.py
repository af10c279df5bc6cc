"""Cold start of ``postloan read`` on a one-page text PDF (target 1.5 s), beside a bare pdfplumber in the same run.

OCR and language are imported only when needed. Both may keep their bytecode, as on a user's machine; one run before counts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.tools import POSTLOAN, run
from demo.papers import miniature_personal

RUNS = 7
PEER = "import sys, pdfplumber; print(pdfplumber.open(sys.argv[1]).pages[0].extract_words())"


def main() -> None:
    """The median of some fresh processes, one of ours and one of theirs in turn."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with TemporaryDirectory() as folder:
        drawn = miniature_personal()
        path = Path(folder) / drawn.name
        path.write_bytes(drawn.bytes)
        ours, theirs = (POSTLOAN, "read", str(path), "--json"), (sys.executable, "-c", PEER, str(path))
        pairs = [(run(*ours), run(*theirs)) for _ in range(1 + RUNS)][1:]
    walls = [cost.wall for cost, _ in pairs]
    peer = median(cost.wall for _, cost in pairs)
    print(
        f"cold start, one-page text PDF: {median(walls):.2f} s wall (best {min(walls):.2f}), "
        f"{median(cost.cpu for cost, _ in pairs):.2f} s CPU; target 1.5 s"
    )
    print(f"  pdfplumber, words of the same page: {peer:.2f} s; ratio {median(walls) / peer:.1f}")
