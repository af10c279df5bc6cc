"""Forms of numbered lines: every value is addressed by its line (栏次, 行次) and its column (本月数, 本年累计 …).

A return or a balance sheet is not a table of like rows. Each line has a meaning of its own, which its label tells; the number
printed beside it is a hint, since re-issued forms count anew. A type declares its lines, its columns and its formulas as
data, and gets one field for every cell: ``line_11`` and ``ytd`` give ``line_11_ytd``.

Formulas are written as the forms print them: ``17=12+13-14-15+16``, ``18=min(11,17)``, ``33=max(0,25+26-27)``,
``total_profit=op_profit+nonop_in``.
A formula that holds would have caught one wrong figure on either side; what all formulas prove together when two are wrong is
counted in ``extract.proof.witness``. What they cannot tell is whether two
columns were taken for each other, since all of them follow the same formulas; therefore a formula proves nothing where the
heads of the columns were not printed. A formula that fails puts all of its values in doubt, and a formula that leans on a
value in doubt proves nothing either.

A blank cell of a line that is on the paper counts as zero in a formula, a dash (——, does not apply) does not; where a page was
read by OCR a blank may be a figure that was not seen, so a formula with blanks can hold there but never fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from extract.forms.fields import make_field
from extract.forms.form_heads import Block, FormColumn, continued, find_blocks, supposed_block
from extract.forms.form_lines import FormLine, FormRow, Lines, rows_of
from extract.grammar import Bearing, Fieldset, Reading
from extract.kinds import Kind, Money
from extract.layout import Sheet
from extract.scanned import meant
from records.document import Line
from records.facts import Check, Field, Finding, Outcome, State

__all__ = ["FormColumn", "FormLine", "LineForm"]


@dataclass(slots=True)
class Cells:
    """What a form found besides values: lines that are on the paper, cells that are struck out, lines nobody knows."""

    lines: set[str] = field(default_factory=set)
    dashes: set[str] = field(default_factory=set)
    unknown: int = 0
    sure: bool = True


class LineForm(Fieldset):
    """The lines, the columns and the formulas of a form."""

    def __init__(
        self, *, lines: Sequence[FormLine], columns: Sequence[FormColumn], formulas: Sequence[str] = ()
    ) -> None:
        self.lines = Lines(lines)
        self.columns = tuple(columns)
        self.formulas = tuple(Formula.parsed(text, self.lines) for text in formulas)
        self.name = ""
        self._kinds = {kind.name: kind for line in lines for column in columns for kind in [cell_kind(line, column)]}

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def kinds(self) -> dict[str, Kind[Any]]:
        return self._kinds

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, reading: Reading) -> None:
        """Every cell of every page; a page without heads goes on with the columns of the one before it."""
        found = Cells()
        reading.forms[self.name] = found
        blocks: list[Block] = []
        for page in reading.sheet.pages:
            blocks = find_blocks(reading.sheet, page.number, self.columns) or [continued(block) for block in blocks]
            for block in blocks or self._supposed(reading.sheet, page.number):
                found.sure = found.sure and block.sure
                for row in rows_of(reading.sheet, page.number, block, self.lines):
                    self._take(reading, row, found)

    def _supposed(self, sheet: Sheet, page: int) -> list[Block]:
        block = supposed_block(sheet.by_page[page], self.columns[0])
        return [block] if block else []

    def _take(self, reading: Reading, row: FormRow, found: Cells) -> None:
        reading.taken.update((row.page, number) for number in row.strips)
        if row.line is None:
            found.unknown += 1
            return
        found.lines.add(row.line.key)
        for column, words in row.values:
            kind = self._kinds[field_name(row.line, column)]
            text = Line(tuple(words)).text
            if re.fullmatch(r"[-—–－─_*/\s]+", text):
                found.dashes.add(kind.name)
                continue
            said = meant(kind, text) if reading.sheet.by_ocr else text
            picked = kind.pick(said, reading.money_unit)
            if picked is None:
                if any(letter.isdigit() for letter in text):
                    says = f"“{row.line.labels[0]}”一栏的“{text}”读不出数值。"
                    reading.findings.append(Finding("cell_unreadable", says, row.page, words[0].box))
                continue
            if kind.name not in reading.fields:
                reading.fields[kind.name] = make_field(kind, picked[0], words, row.page, text)

    # --- proving -----------------------------------------------------------------------------------------------------

    def bearings(self, reading: Reading) -> Iterator[Bearing]:
        """Every formula in every column that has its result."""
        found = reading.forms.get(self.name) or Cells()
        for formula in self.formulas:
            for column in self.columns:
                bearing = formula.held(reading, column, found)
                if bearing is not None:
                    yield bearing


class FormCell(Money):
    """An amount at a line and a column of a form."""

    sought = False


def cell_kind(line: FormLine, column: FormColumn) -> Kind[Any]:
    """The kind of one cell: money, or what the line says it is (a rate). Its first label tells people the column too."""
    where = "".join((*column.group[:1], *column.heads[:1])) if column.name else ""
    labels = (f"{line.labels[0]}（{where}）", *line.labels) if where else line.labels
    kind: Kind[Any] = line.kind(*labels) if line.kind else FormCell(*labels)
    if line.kind is not None:
        kind.sought = False
    kind.required = column.name in line.required
    kind.name = field_name(line, column)
    return kind


def field_name(line: FormLine, column: FormColumn) -> str:
    return f"{line.key}_{column.name}" if column.name else line.key


# --- formulas -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Formula:
    """One line as the sum of others, or as the least of others; ``floor``: a sum below nothing is printed as nothing."""

    says: str
    result: FormLine
    terms: tuple[tuple[int, FormLine], ...]
    least: bool = False
    floor: bool = False

    @classmethod
    def parsed(cls, text: str, lines: Lines) -> Formula:
        """``17=12+13-14`` or ``18=min(11,17)``; a line that does not exist is refused when the type is declared."""
        result, _, right = text.replace(" ", "").partition("=")
        floor = re.fullmatch(r"max\(0,(.+)\)", right)
        right = floor[1] if floor else right
        least = re.fullmatch(r"min\((.+)\)", right)
        if least:
            terms = [(1, lines.named(name)) for name in least[1].split(",")]
        else:
            terms = [
                (-1 if sign == "-" else 1, lines.named(name))
                for sign, name in re.findall(r"([-+]?)([A-Za-z_0-9]+)", right)
            ]
        return cls(text, lines.named(result), tuple(terms), least is not None, floor is not None)

    def held(self, reading: Reading, column: FormColumn, found: Cells) -> Bearing | None:
        """The formula in one column; nothing where the column does not print the result."""
        name = field_name(self.result, column)
        result, given = amount(reading, name), []
        missing = False
        for sign, line in self.terms:
            value = amount(reading, field_name(line, column))
            missing = missing or (value is None and not self._zero(reading, line, column, found))
            given.append((sign, line, value))
        if result is None or all(value is None for _, _, value in given):
            return None
        numbers = [sign * (value or Decimal(0)) for sign, _, value in given]
        computed = min(numbers) if self.least else sum(numbers, Decimal(0))
        floored = self.floor and computed < 0
        computed = Decimal(0) if floored else computed
        paths = (name, *(field_name(line, column) for _, line, value in given if value is not None))
        if computed == result and not (missing and self.least):
            state = Outcome.HOLDS
        else:
            state = Outcome.CANNOT_TELL if missing else Outcome.FAILS
        check = Check(
            self.result.key, state, f"{self.result.labels[0]}：{self.says}", f"{computed:f}", f"{result:f}",
            column.heads[0] if column.name else None, values=paths,
        )  # fmt: skip
        if state is Outcome.FAILS:
            says = f"不成立：{self.result.labels[0]} {self.says}（{column.heads[0]}）。应为 {computed:f}，印着 {result:f}。"
            page = getattr(reading.fields[name].source, "page", None)
            reading.findings.append(Finding("identity_fails", says, page))
        proves = paths if state is Outcome.HOLDS and found.sure and not floored else ()
        terms = self._terms(name, [(sign, field_name(line, column), value) for sign, line, value in given])
        proves = proves and tuple(path for path, _ in terms)
        return Bearing(check, proves, paths if state is Outcome.FAILS else (), terms)

    def _terms(self, name: str, given: Sequence[tuple[int, str, Decimal | None]]) -> tuple[tuple[str, int], ...]:
        """The values it would catch, with their signs. Of a least only the least itself: the others may be anything above it."""
        there = [(path, sign, value) for sign, path, value in given if value is not None]
        if self.least:
            least = min(value for _, _, value in there)
            there = [each for each in there if each[2] == least]
            there = there if len(there) == 1 else []
        return ((name, -1), *((path, sign) for path, sign, _ in there))

    def _zero(self, reading: Reading, line: FormLine, column: FormColumn, found: Cells) -> bool:
        """Whether a term that was not read is known to be zero: a blank cell, or a line the form does not have."""
        if reading.sheet.by_ocr or field_name(line, column) in found.dashes:
            return False
        return line.key in found.lines or not found.unknown


def amount(reading: Reading, name: str) -> Decimal | None:
    value = reading.get(name)
    return value if isinstance(value, Decimal) else None


def derived(reading: Reading, name: str, parts: Sequence[str], bearings: Sequence[Bearing]) -> Bearing | None:
    """A field that is the sum of cells is as sure as they are: proved when all are, in doubt when one is."""
    if name not in reading.fields:
        return None
    given = [part for part in parts if part in reading.fields]
    accused = {path for bearing in bearings for path in bearing.accuses}
    proved = {path for bearing in bearings for path in bearing.proves} - accused
    says, value = f"{name} = Σ {' + '.join(given)}", f"{reading.get(name):f}"
    if accused & set(given):
        return Bearing(Check(name, Outcome.CANNOT_TELL, says, value, values=(name,)), accuses=(name,))
    if not set(given) <= proved:
        return None
    return Bearing(Check(name, Outcome.HOLDS, says, value, value, values=(name,)), proves=(name,))


def summed(reading: Reading, name: str, parts: Sequence[str]) -> Field | None:
    """The sum of the cells that are there, at the place of the first; None where there is none."""
    given = [reading.fields[part] for part in parts if isinstance(reading.get(part), Decimal)]
    if not given:
        return None
    total = sum((item.value for item in given if isinstance(item.value, Decimal)), Decimal(0))
    unsure = any(item.state is State.LOW_CONFIDENCE for item in given)
    return Field(name, total, given[0].source, State.LOW_CONFIDENCE if unsure else State.CONSISTENT)
