"""``make bench``: every figure of the README in one run. Quote medians and ratios; machines differ and drift."""

from __future__ import annotations

import os
import sys

from benchmarks import cold_start, memory, scans, soak, text_pages, uploads

MODULES = {
    "cold_start": cold_start,
    "text_pages": text_pages,
    "scans": scans,
    "uploads": uploads,
    "memory": memory,
    "soak": soak,
}


def main() -> None:
    """Run the benchmarks named on the command line, or all of them."""
    names = sys.argv[1:] or list(MODULES)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    for name in names:
        MODULES[name].main()
        print()


if __name__ == "__main__":
    main()
