"""``make eval-papers``: every type in every layout the made-up bank draws, read by the real reader and held against the truth.

One table, a line for each type: required fields and rows read exactly, the share of figures that are verified, what is verified
and wrong (a single one ends in exit status 1), identities that fail and signs of alteration on papers nobody altered, and how
many altered papers were told. Scans are counted apart, in a second table, and those in a bad state (``DAMAGED=1``) once more by
their damage. ``SEEDS=…`` and ``SCANS=…`` draw more or fewer papers.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from benchmarks.paper_cases import Case, cases
from benchmarks.paper_scores import Line, added
from demo.score import FIGURE, same, score
from extract.reading import read_file
from extract.recognise import all_types
from records.contract import to_json


def measured(case: Case) -> Line | None:
    """One paper drawn, read and counted; None where this layout cannot be had so."""
    drawn = case.drawn()
    if drawn is None:
        return None
    started = time.process_time()
    reading = to_json(read_file(drawn.bytes, drawn.name))
    spent = time.process_time() - started
    damage = case.how.removeprefix("scan ") if case.how.startswith("scan ") else ""
    line = Line(case.layout.kind, "scan" in case.how, damage, papers=1, pages=len(reading["pages"]), seconds=spent)
    tally = score(reading, drawn.truth)
    where = f"{case.layout.kind} {case.layout.name} {case.how} {case.seed}"
    line.wrong_but_verified = [f"{where}: {told}" for told in tally.wrong_but_verified]
    paper = next((paper for paper in reading["papers"] if paper["type"] == case.layout.kind), None)
    line.values, line.verified = _figures(paper)
    if drawn.truth.get("forged"):
        line.forged, line.caught = 1, _told(paper)
        line.papers = line.values = line.verified = 0
        line.notes = [] if line.caught else [f"{where}: not told"]
        return line
    line.recognised, line.timed = int(paper is not None), int(case.how == "pdf")
    line.rows, line.rows_exact = tally.rows, tally.rows_exact
    line.required, line.required_exact = _required(paper, drawn.truth)
    failing = [check["identity"] for check in (paper or {"checks": ()})["checks"] if check["state"] == "fails"]
    signs = [sign["code"] for sign in (paper or {}).get("tampering", {}).get("signs", ())]
    line.failing, line.signs = int(bool(failing)), int(bool(signs))
    line.notes = [f"{where}: {told}" for told in (*tally.wrong, *failing, *signs)]
    return line


def _figures(paper: dict[str, Any] | None) -> tuple[int, int]:
    """The amounts, quantities and prices of a reading, and how many of them are proved."""
    given = paper or {"fields": {}, "tables": {}}
    cells = [
        *given["fields"].values(),
        *(cell for rows in given["tables"].values() for row in rows for cell in row.values()),
    ]
    states = [cell["state"] for cell in cells if FIGURE.fullmatch(str(cell["value"]))]
    return len(states), states.count("verified")


def _told(paper: dict[str, Any] | None) -> int:
    """Whether somebody who sees this reading is warned: an identity fails, or the file shows that it was altered."""
    if paper is None:
        return 0
    signs = paper.get("tampering", {}).get("verdict") == "signs"
    return int(signs or any(check["state"] == "fails" for check in paper["checks"]))


def _required(paper: dict[str, Any] | None, truth: dict[str, Any]) -> tuple[int, int]:
    kinds = next(kind for kind in all_types() if kind.type_id == truth["type"]).kinds()
    wanted = {name: value for name, value in truth["fields"].items() if name in kinds and kinds[name].required}
    read = (paper or {"fields": {}})["fields"]
    return len(wanted), sum(same(read.get(name, {}).get("value"), value) for name, value in wanted.items())


def measure(given: Sequence[Case], workers: int) -> list[Line]:
    """Every case, each worker taking every so many; layouts are functions of our own, so workers are told numbers only."""
    if workers < 2:
        _warm()
        return [line for case in given if (line := measured(case))]
    with ProcessPoolExecutor(workers, get_context("fork"), _begin, (given,)) as pool:
        return [line for line in pool.map(_numbered, range(len(given))) if line]


def _warm() -> None:
    """What is loaded once, by the first paper, is not the time of a page."""
    for case in cases(1, 0, 9):
        if case.how == "pdf":
            measured(case)
            return


_GIVEN: list[Case] = []


def _begin(given: Sequence[Case]) -> None:
    _GIVEN[:] = given
    _warm()


def _numbered(number: int) -> Line | None:
    return measured(_GIVEN[number])


def main() -> None:
    """Draw, read, print; the exit status says whether a wrong value was called verified."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--scans", type=int, default=1)
    parser.add_argument("--forged-scans", type=int, default=0, help="scans of papers on which a figure was covered")
    parser.add_argument(
        "--damaged", type=int, default=0, help="scans in a bad state: crooked, blurred, faint, stamped …"
    )
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--wrong", action="store_true", help="tell what was read wrongly")
    parser.add_argument("types", nargs="*")
    options = parser.parse_args()
    kinds = frozenset(options.types)
    given = list(cases(options.seeds, options.scans, options.first, kinds, options.forged_scans, options.damaged))
    lines = measure(given, options.workers)
    print(added(lines))
    print("\n".join(note for line in lines for note in line.notes) if options.wrong else "")
    believed = [told for line in lines for told in line.wrong_but_verified]
    print("\n".join(("wrong but verified:", *believed)) if believed else "no wrong value is called verified")
    sys.exit(1 if believed else 0)


if __name__ == "__main__":
    main()
