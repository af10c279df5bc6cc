"""Writes the bank that does not exist into a folder: its loan book, its papers, and beside each paper its truth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from demo import companies, persons
from demo.book import customers_csv, loans_csv
from demo.papers import Drawn


def papers() -> Iterator[Drawn]:
    """Every paper of the bank, one after another."""
    yield from companies.machines()
    yield from companies.textiles()
    yield from persons.everything()


def write(folder: Path) -> Iterator[Drawn]:
    """Write book, papers and truth; gives back each paper as it is written."""
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(exist_ok=True)
    (folder / "customers.csv").write_text(customers_csv(), encoding="utf-8")
    (folder / "loans.csv").write_text(loans_csv(), encoding="utf-8")
    for drawn in papers():
        (folder / "papers" / drawn.name).write_bytes(drawn.bytes)
        truth = json.dumps(drawn.truth, ensure_ascii=False, indent=1)
        (folder / "truth" / f"{drawn.name}.json").write_text(truth + "\n", encoding="utf-8")
        yield drawn
