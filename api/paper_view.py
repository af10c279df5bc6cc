"""One page of a paper and what was read from it, side by side: values, rows, identities, events, findings, and their boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from api.quotes import Piece, pieces
from api.table_view import TableView, table
from api.values import MARKS, Shown, apart, grouped, missing, shown
from api.words import Language
from records.document import Box
from records.facts import Check, Field, FileReading, Outcome, Paper, Polarity, Printed, RiskEvent

GRAVITY = {"light": 1, "moderate": 2, "severe": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """A box on the picture, tied to the value that stands there."""

    id: str
    mark: str
    box: Box
    name: str
    stop: bool  #: whether the keyboard stops here


@dataclass(frozen=True, slots=True)
class EventView:
    """A risk event of the paper, its words with the cues marked."""

    id: str
    event: RiskEvent
    quote: tuple[Piece, ...]

    @property
    def told(self) -> tuple[str, str, int, str]:
        """What makes it the same event on file."""
        event = self.event
        return event.type, str(event.polarity), event.evidence.page, event.evidence.quote


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


def view(
    reading: FileReading, index: int, page: int, lang: Language, first: int = 0, cells: Mapping[str, Box] | None = None
) -> PaperView:
    """One paper of the file as this page of it shows it; ``cells`` says where the cells of a spreadsheet stand."""
    paper = _placed(reading.papers[index], page, cells) if cells else reading.papers[index]
    fields = [shown(paper, f"{index}.{name}", name, field, lang, name) for name, field in paper.fields.items()]
    fields += [missing(paper, f"{index}.{name}", name, lang) for name in paper.absent]
    tables = tuple(table(paper, index, name, rows, page, lang, first) for name, rows in paper.tables.items() if rows)
    events = tuple(
        sorted((_event(index, number, event) for number, event in enumerate(paper.events)), key=_gravest_first)
    )
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


def _placed(paper: Paper, page: int, cells: Mapping[str, Box]) -> Paper:
    """The paper with a box for every value of this page that was read from a cell."""

    def put(field: Field) -> Field:
        source = field.source
        if not isinstance(source, Printed) or source.page != page or not source.cell or source.cell not in cells:
            return field
        return replace(field, source=replace(source, box=cells[source.cell]))

    tables = {
        name: tuple({column: put(field) for column, field in row.items()} for row in rows)
        for name, rows in paper.tables.items()
    }
    return replace(paper, fields={name: put(field) for name, field in paper.fields.items()}, tables=tables)


def _worst_first(item: CheckView) -> int:
    return (Outcome.FAILS, Outcome.HOLDS, Outcome.CANNOT_TELL).index(item.check.state)


def _counts(paper: Paper) -> dict[str, int]:
    counts: dict[str, int] = {"absent": len(paper.absent)}
    cells = [cell for rows in paper.tables.values() for row in rows for cell in row.values()]
    for field in [*paper.fields.values(), *cells]:
        counts[str(field.state)] = counts.get(str(field.state), 0) + 1
    return {state: number for state, number in counts.items() if number}


def _gravest_first(item: EventView) -> tuple[bool, int]:
    event = item.event
    return event.polarity is not Polarity.ASSERTED, -GRAVITY.get(str(event.severity), 0)


def _event(index: int, number: int, event: RiskEvent) -> EventView:
    return EventView(f"{index}.event.{number}", event, pieces(event))


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
    for each in tables:
        for row in each.rows:
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
