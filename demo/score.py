"""Holds what was read against what was drawn: the demo knows the truth, so it can say how good the reading is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

Json = Mapping[str, Any]
PROVED = "verified"
#: What arithmetic can speak of: amounts, quantities and prices; names, days and numbers of accounts are proved by nothing.
FIGURE = re.compile(r"-?\d+\.\d+")
_COUNTS = (
    "papers",
    "recognised",
    "fields",
    "fields_exact",
    "rows",
    "rows_exact",
    "values",
    "verified",
    "told",
    "found",
)


@dataclass(slots=True)
class Tally:
    """What became of the values of some papers."""

    papers: int = 0
    recognised: int = 0
    fields: int = 0
    fields_exact: int = 0
    rows: int = 0
    rows_exact: int = 0
    values: int = 0  #: amounts, quantities and prices that were read and of which the truth is known
    verified: int = 0
    wrong_but_verified: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    told: int = 0  #: risk events that the papers assert
    found: int = 0
    false_alarms: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong_but_verified += other.wrong_but_verified
        self.wrong += other.wrong
        self.false_alarms += other.false_alarms


def same(read: Any, drawn: Any) -> bool:
    """Exactly the same value: figures by value, text without differences of width or blanks."""
    if isinstance(drawn, list):
        return isinstance(read, list) and len(read) == len(drawn) and all(map(same, read, drawn))
    if isinstance(drawn, Mapping):
        return isinstance(read, Mapping) and all(same(read.get(key), drawn[key]) for key in drawn)
    if read is None or isinstance(read, list | Mapping):
        return False
    first, second = _plain(read), _plain(drawn)
    if first == second:
        return True
    try:
        return "." in first + second and Decimal(first) == Decimal(second)
    except InvalidOperation:
        return False


def _plain(value: Any) -> str:
    text = unicodedata.normalize("NFKC", str(value)).replace("~", "～")
    return "".join(text.split())


def score(reading: Json, truth: Json) -> Tally:
    """One paper: its type, every field, every row, every risk event."""
    tally = Tally(papers=1)
    paper = _best(reading.get("papers", ()), truth["type"])
    if paper is None:
        tally.fields, tally.told = len(truth["fields"]), len(truth["asserted"])
        tally.rows = sum(len(rows) for rows in truth["tables"].values())
        tally.wrong.append(f"type {[p['type'] for p in reading.get('papers', ())]} for {truth['type']}")
        return tally
    tally.recognised = 1
    for name, drawn in truth["fields"].items():
        tally.fields += 1
        tally.fields_exact += _weigh(tally, name, paper["fields"].get(name), drawn)
    for name, rows in truth["tables"].items():
        _rows(tally, name, paper["tables"].get(name, []), rows, truth.get("altered_rows", ()))
    _events(tally, reading, truth)
    return tally


def _best(papers: Sequence[Json], kind: str) -> Json | None:
    right = [paper for paper in papers if paper["type"] == kind]
    return max(right, key=lambda paper: len(paper["fields"]), default=None)


def _weigh(tally: Tally, where: str, read: Json | None, drawn: Any) -> bool:
    """Count one value; whether it is exact."""
    if read is None or read.get("value") is None:
        tally.wrong.append(f"{where}: not read, {drawn!r} is printed")
        return False
    right, proved = same(read["value"], drawn), read["state"] == PROVED
    if FIGURE.fullmatch(str(read["value"])):
        tally.values += 1
        tally.verified += proved
    if not right:
        tally.wrong.append(f"{where}: {read['value']!r} ({read['state']}), {drawn!r} is printed")
        if proved:
            tally.wrong_but_verified.append(
                f"{where}: {read['value']!r}, {drawn!r} is printed, by {read.get('verified_by')}"
            )
    return right


def _rows(tally: Tally, table: str, read: Sequence[Json], drawn: Sequence[Json], altered: Sequence[int]) -> None:
    """Rows are compared in order; a row more or less shifts none of the others."""
    tally.rows += len(drawn)
    matches = _aligned(read, drawn)
    for place, row in enumerate(drawn, 1):
        found = matches.get(place - 1)
        if found is None:
            tally.wrong.append(f"{table}[{place}]: not read")
            continue
        cells = [_weigh(tally, f"{table}[{place}].{key}", found.get(key), value) for key, value in row.items()]
        tally.rows_exact += all(cells)
        if place in altered and found.get("amount", {}).get("state") == PROVED:
            tally.wrong_but_verified.append(f"{table}[{place}].amount: the forger's figure was believed")
    if len(read) > len(drawn):
        tally.wrong.append(f"{table}: {len(read) - len(drawn)} rows too many")


def _aligned(read: Sequence[Json], drawn: Sequence[Json]) -> dict[int, Json]:
    """Which row read belongs to which row drawn: the longest common course of similar rows."""
    if len(read) == len(drawn) and all(2 * _alike(a, b) >= len(a) for a, b in zip(drawn, read, strict=True)):
        return dict(enumerate(read))
    alike = [[_alike(a, b) for b in read] for a in drawn]
    best = [[0] * (len(read) + 1) for _ in range(len(drawn) + 1)]
    for i in range(len(drawn) - 1, -1, -1):
        for j in range(len(read) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    pairs, i, j = {}, 0, 0
    while i < len(drawn) and j < len(read):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs[i] = read[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(drawn: Json, read: Json) -> int:
    return sum(same(read.get(key, {}).get("value"), value) for key, value in drawn.items())


def _events(tally: Tally, reading: Json, truth: Json) -> None:
    """Every event told must be asserted once; nothing else may be."""
    asserted = [
        (event["type"], "".join(event["evidence"]["quote"].split()))
        for paper in reading["papers"]
        for event in paper["events"]
        if event["polarity"] == "asserted" and event["source"] == "text"
    ]
    told = {event["type"]: event["quote"] for event in truth["asserted"]}
    kinds = {kind for kind, _ in asserted}
    tally.told, tally.found = len(told), len(told.keys() & kinds)
    tally.wrong += [f"event {kind} not found: {quote}" for kind, quote in told.items() if kind not in kinds]
    tally.false_alarms += [f"{kind}: {quote}" for kind, quote in asserted if kind not in told]
