"""The rows of a table that stand on one page of the paper, and what is wrong between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.names import field_title
from api.values import Shown, against, shown
from api.words import Language
from records.facts import Check, Field, Outcome, Paper, Printed

#: A page of a spreadsheet may hold thousands of rows; so many of them are shown at once.
ROWS_AT_ONCE = 50


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


def table(
    paper: Paper, index: int, name: str, rows: Sequence[Mapping[str, Field]], page: int, lang: Language, first: int
) -> TableView:
    """The rows of this page, a limited number at once, with the columns they have between them."""
    here = [number for number, row in enumerate(rows) if _page_of(row) in (page, None)]
    first = max(0, min(first, len(here) - 1)) // ROWS_AT_ONCE * ROWS_AT_ONCE
    columns = sorted(dict.fromkeys(column for number in here for column in rows[number]), key=_usual_place)
    breaks, place = _breaks(paper.checks, name, lang), list(paper.tables).index(name)
    seen = tuple(
        _row(paper, f"{index}.{place}.{number}", name, number, rows[number], columns, breaks.get(number, ""), lang)
        for number in here[first : first + ROWS_AT_ONCE]
    )
    return TableView(
        name=name,
        columns=tuple(
            (field_title(paper.type, name, lang), _numeric(seen, place)) for place, name in enumerate(columns)
        ),
        rows=seen,
        proofs=tuple(dict.fromkeys(cell.by for row in seen for cell in row.cells if cell is not None and cell.by)),
        on_page=len(here),
        total=len(rows),
        first=first,
    )


def _numeric(rows: Sequence[TableRow], place: int) -> bool:
    """Whether a column holds numbers: its head stands over them, to the right."""
    return any(cell.number for row in rows if (cell := row.cells[place]) is not None)


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
        shown(paper, f"{at}.{place}", column, row[column], lang, f"{table}[{number}].{column}")
        if column in row
        else None
        for place, column in enumerate(columns)
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
