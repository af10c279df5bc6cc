"""One page of a paper and what was read from it, side by side: values, rows, identities, events, findings, and their boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.names import field_title
from api.quotes import Piece, pieces
from api.values import MARKS, Shown, against, apart, grouped, missing, shown
from api.words import Language
from records.document import Box
from records.facts import Check, Field, FileReading, Outcome, Paper, Polarity, Printed, RiskEvent

#: A page of a spreadsheet may hold thousands of rows; so many of them are shown at once.
ROWS_AT_ONCE = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A box on the picture, tied to the value that stands there."""

    id: str
    mark: str
    box: Box
    name: str
    stop: bool  #: whether the keyboard stops here


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: a cell per column, and what is wrong between it and the row before."""

    number: int
    cells: tuple[Shown | None, ...]
    state: str
    broken: str


@dataclass(frozen=True, slots=True)
class TableView:
    """The rows of one table that stand on this page."""

    name: str
    columns: tuple[tuple[str, bool], ...]  #: title, and whether it holds numbers
    rows: tuple[TableRow, ...]
    proofs: tuple[str, ...]  #: what proves or accuses cells, each once
    on_page: int
    total: int
    first: int  #: index of the first row shown among those of the page


@dataclass(frozen=True, slots=True)
class EventView:
    """A risk event of the paper, its words with the cues marked."""

    id: str
    event: RiskEvent
    quote: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """An identity held against the paper."""

    check: Check
    apart: Decimal | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """Everything the right-hand side shows of one paper, for one page."""

    index: int
    paper: Paper
    groups: list[tuple[str, list[Shown]]]
    tables: tuple[TableView, ...]
    checks: tuple[CheckView, ...]
    events: tuple[EventView, ...]
    places: tuple[Place, ...]
    counts: Mapping[str, int]
    look: tuple[CheckView, ...]  #: what needs eyes


def paper_at(reading: FileReading, page: int) -> int:
    """Which paper of the file this page belongs to."""
    for index, paper in enumerate(reading.papers):
        if paper.pages[0] <= page <= paper.pages[1]:
            return index
    return 0


def view(reading: FileReading, index: int, page: int, lang: Language, first: int = 0) -> PaperView:
    """One paper of the file as this page of it shows it."""
    paper = reading.papers[index]
    fields = [shown(paper, f"{index}.{name}", name, field, lang, name) for name, field in paper.fields.items()]
    fields += [missing(paper, f"{index}.{name}", name, lang) for name in paper.absent]
    tables = tuple(_table(paper, index, name, rows, page, lang, first) for name, rows in paper.tables.items() if rows)
    events = tuple(_event(index, number, event) for number, event in enumerate(paper.events))
    checks = tuple(sorted((CheckView(check, apart(check)) for check in paper.checks), key=_worst_first))
    return PaperView(
        index=index,
        paper=paper,
        groups=grouped(fields),
        tables=tables,
        checks=checks,
        events=events,
        places=tuple(_places(fields, tables, events, paper, index, page)),
        counts=_counts(paper),
        look=tuple(item for item in checks if item.check.state is Outcome.FAILS)[:3],
    )


def _worst_first(item: CheckView) -> int:
    return (Outcome.FAILS, Outcome.HOLDS, Outcome.CANNOT_TELL).index(item.check.state)


def _counts(paper: Paper) -> dict[str, int]:
    counts: dict[str, int] = {"absent": len(paper.absent)}
    cells = [cell for rows in paper.tables.values() for row in rows for cell in row.values()]
    for field in [*paper.fields.values(), *cells]:
        counts[str(field.state)] = counts.get(str(field.state), 0) + 1
    return {state: number for state, number in counts.items() if number}


def _event(index: int, number: int, event: RiskEvent) -> EventView:
    return EventView(f"{index}.event.{number}", event, pieces(event))


# --- tables -------------------------------------------------------------------------------------------------------


def _table(
    paper: Paper, index: int, name: str, rows: Sequence[Mapping[str, Field]], page: int, lang: Language, first: int
) -> TableView:
    here = [number for number, row in enumerate(rows) if _page_of(row) in (page, None)]
    first = max(0, min(first, len(here) - 1)) // ROWS_AT_ONCE * ROWS_AT_ONCE
    columns = sorted(dict.fromkeys(column for number in here for column in rows[number]), key=_usual_place)
    numeric = {c: any(isinstance(rows[n][c].value, Decimal) for n in here[:40] if c in rows[n]) for c in columns}
    breaks = _breaks(paper.checks, name, lang)
    seen = tuple(
        _row(paper, f"{index}.{name}.{number}", name, number, rows[number], columns, breaks.get(number, ""), lang)
        for number in here[first : first + ROWS_AT_ONCE]
    )
    return TableView(
        name=name,
        columns=tuple((field_title(paper.type, column, lang), numeric[column]) for column in columns),
        rows=seen,
        proofs=tuple(dict.fromkeys(cell.by for row in seen for cell in row.cells if cell is not None and cell.by)),
        on_page=len(here),
        total=len(rows),
        first=first,
    )


#: What a person looks for first in a row; columns that are not named keep their order behind these.
USUAL = ("date", "time", "summary", "amount", "balance", "counterparty_name")


def _usual_place(column: str) -> int:
    return USUAL.index(column) if column in USUAL else len(USUAL)


def _row(
    paper: Paper,
    at: str,
    table: str,
    number: int,
    row: Mapping[str, Field],
    columns: Sequence[str],
    broken: str,
    lang: Language,
) -> TableRow:
    cells = tuple(
        shown(paper, f"{at}.{column}", column, row[column], lang, f"{table}[{number}].{column}")
        if column in row
        else None
        for column in columns
    )
    states = [cell.state for cell in cells if cell is not None]
    worst = next((state for state in ("conflict", "low_confidence") if state in states), "")
    return TableRow(number + 1, cells, worst, broken)


def _page_of(row: Mapping[str, Field]) -> int | None:
    return next((cell.source.page for cell in row.values() if isinstance(cell.source, Printed)), None)


def _breaks(checks: Sequence[Check], table: str, lang: Language) -> dict[int, str]:
    """row number -> what a failed check says there."""
    found: dict[int, str] = {}
    for check in checks:
        if check.state is not Outcome.FAILS:
            continue
        named = [int(n) for path in check.values for n in re.findall(rf"^{re.escape(table)}\[(\d+)\]", path)]
        named = named or [int(n) - 1 for n in re.findall(r"^rows? (\d+)$", check.where or "")]
        if named and (said := against(check, lang)):
            found.setdefault(max(named), f"{check.says}：{said}")
    return found


# --- boxes --------------------------------------------------------------------------------------------------------


def _places(
    fields: Sequence[Shown],
    tables: Sequence[TableView],
    events: Sequence[EventView],
    paper: Paper,
    index: int,
    page: int,
) -> list[Place]:
    """Every box of this page: values, then events over them."""
    found = [_place(value, True) for value in fields if value.page == page and value.box]
    for table in tables:
        for row in table.rows:
            cells = [cell for cell in row.cells if cell is not None and cell.page == page and cell.box]
            found += [_place(cell, cell.state == "conflict") for cell in cells]
    for item in events:
        event = item.event
        mark = "risk" if event.polarity is Polarity.ASSERTED else "calm"
        found += [
            Place(item.id, mark, evidence.box, event.type, True)
            for evidence in (event.evidence, *event.more_evidence)
            if evidence.page == page and evidence.box
        ]
    for number, finding in enumerate(paper.findings):
        if finding.page == page and finding.box:
            found.append(Place(f"{index}.finding.{number}", "clash", finding.box, finding.code, True))
    return found


def _place(value: Shown, stop: bool) -> Place:
    assert value.box is not None
    return Place(value.id, MARKS[value.state], value.box, f"{value.label} {value.text}", stop)
