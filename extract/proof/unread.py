"""Cells of a scan that carry figures nobody could read as a number: filled in where arithmetic proves one reading of them.

A table's reader leaves such a cell empty and says so (``cell_unreadable``). Here its text is tried in the spellings of
``extract.proof.repair``; one is taken when, with it, an identity proves the value, and no other spelling does the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.grammar import Bearing, Reading
from extract.kinds import Money
from extract.layout import printed
from extract.spellings import signed, spellings
from records.document import Box
from records.facts import Field, Finding, Outcome, Printed, Repair, State

Evaluate = Callable[[Reading], list[Bearing]]
TOLD = re.compile(r"^“(?P<label>.+?)”一栏的“(?P<text>.+)”读不出数值")


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty cell whose text is known."""

    table: str
    row: int
    column: str  #: where the value belongs in the reading
    sign: int  #: -1 for a column of money that went out
    source: Printed
    finding: Finding

    @property
    def path(self) -> str:
        return f"{self.table}[{self.row}].{self.column}"


def gaps(reading: Reading) -> Iterator[Gap]:
    """The cells that could not be read, with the row and column they belong to."""
    for finding in reading.findings:
        told = TOLD.match(finding.message) if finding.code == "cell_unreadable" else None
        if told is None or finding.page is None or finding.box is None or not _scanned(reading, finding.page):
            continue
        for name, table in reading.table_specs().items():
            column = next((c for c, kind in table.columns.items() if kind.labels[:1] == (told["label"],)), None)
            row = _row_at(reading, name, finding.page, finding.box)
            if column is None or row is None or not isinstance(table.columns[column], Money):
                continue
            target = "amount" if column in ("_in", "_out") else column
            if target not in reading.tables[name][row]:
                yield Gap(
                    name, row, target, -1 if column == "_out" else 1, _source(reading, finding, told["text"]), finding
                )


def _scanned(reading: Reading, page: int) -> bool:
    return any(one.number == page and one.source == "ocr" for one in reading.sheet.pages)


def _row_at(reading: Reading, table: str, page: int, box: Box) -> int | None:
    """The row whose cells stand on the height of this box."""
    found = None
    for number, row in enumerate(reading.tables.get(table, [])):
        for cell in row.values():
            place = cell.source
            if isinstance(place, Printed) and place.page == page and place.box is not None:
                if place.box.y0 <= box.middle[1] <= place.box.y1 and place.box.height < 2.5 * box.height:
                    found = number
                break
    return found


def _source(reading: Reading, finding: Finding, text: str) -> Printed:
    page = next(one for one in reading.sheet.pages if one.number == finding.page)
    words = [word for word in page.words if finding.box is not None and word.box == finding.box]
    return replace(printed(words, page.number), raw=text) if words else Printed(page.number, finding.box, text, 0.5)


def fill(reading: Reading, evaluate: Evaluate) -> None:
    """Put the one provable reading into every such cell."""
    for gap in list(gaps(reading)):
        failing = _failing(evaluate(reading))
        ways: dict[Decimal, Field] = {}
        for value in _values(gap, reading.money_unit):
            by = _proof(reading, gap, value, failing, evaluate)
            if by is not None:
                source = gap.source
                ways[value] = Field(gap.column, value, source, State.CONSISTENT, (), Repair(source.raw, by))
        if len(ways) == 1:
            reading.tables[gap.table][gap.row][gap.column] = next(iter(ways.values()))
            reading.findings.remove(gap.finding)


def _values(gap: Gap, unit: Decimal) -> Iterator[Decimal]:
    seen: set[Decimal] = set()
    for text in [*gap.source.alternatives, *spellings(gap.source.raw)]:
        picked = Money().pick(text, unit)
        if picked is None or not isinstance(picked[0], Decimal):
            continue
        for value in [picked[0]] if signed(text) or gap.column != "amount" or gap.sign < 0 else [picked[0], -picked[0]]:
            if (value := value * gap.sign) not in seen:
                seen.add(value)
                yield value


def _proof(reading: Reading, gap: Gap, value: Decimal, failing: set[tuple[str, str]], evaluate: Evaluate) -> str | None:
    """The identity that speaks for this value here, when nothing fails for it. Where only separators were misread, an identity
    that would fail with any other value is enough; where a glyph was, nothing less than a proof is."""
    after = _tried(reading, gap, value, evaluate)
    if _failing(after) - failing:
        return None
    proof = next((bearing.check.identity for bearing in after if gap.path in bearing.proves), None)
    if proof or _figures(gap.source.raw) != _figures(f"{value:f}"):
        return proof
    caught = _failing(_tried(reading, gap, value + 1, evaluate)) - failing
    return min(caught)[0] if caught else None


def _tried(reading: Reading, gap: Gap, value: Decimal, evaluate: Evaluate) -> list[Bearing]:
    row = reading.tables[gap.table][gap.row]
    row[gap.column] = Field(gap.column, value, replace(gap.source, confidence=1.0))
    after = evaluate(reading)
    del row[gap.column]
    return after


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def _failing(bearings: list[Bearing]) -> set[tuple[str, str]]:
    return {(b.check.identity, b.check.where or "") for b in bearings if b.check.state is Outcome.FAILS}
