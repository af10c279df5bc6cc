"""Data that a file carries, held against what it prints: it fills what was not read, proves what agrees, accuses what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from extract.grammar import Bearing, Reading, plain
from extract.kinds import Kind
from records.document import Embedded, Entry
from records.facts import Check, Field, Finding, Outcome, Printed, State, Value
from records.values.text import fold

Names = Mapping[str, Sequence[str]]
_INDEX = re.compile(r"\[\d+\]")
_NOISE = re.compile(r"[\s_\-.:()]")


@dataclass(slots=True)
class Carried:
    """One part of a file's data under the names of a type: fields, and rows of its table."""

    source: Embedded
    fields: dict[str, Entry] = field(default_factory=dict)
    rows: list[dict[str, Entry]] = field(default_factory=list)


def carried_by(reading: Reading, fields: Names, columns: Names, row_needs: Sequence[str]) -> list[Carried]:
    """What the file carries about the pages of this paper, under the type's own names."""
    first, last = reading.sheet.pages[0].number, reading.sheet.pages[-1].number
    return [
        under_names(part, fields, columns, row_needs)
        for part in reading.sheet.document.embedded
        if part.pages[0] <= last and first <= part.pages[1]
    ]


def under_names(part: Embedded, fields: Names, columns: Names, row_needs: Sequence[str]) -> Carried:
    """Entries sorted into fields and rows; entries that lie together with a row's needs are its cells."""
    found = Carried(part)
    groups: dict[str, list[Entry]] = {}
    for entry in part.entries:
        groups.setdefault(entry.label.rpartition("/")[0], []).append(entry)
    others: list[Entry] = []
    for way, entries in groups.items():
        cells = _named(entries, columns)
        if way and part.kind == "data" and all(name in cells for name in row_needs):
            found.rows.append(cells)
        else:
            others += entries
    found.fields = _named(others, fields)
    return found


def _named(entries: Sequence[Entry], names: Names) -> dict[str, Entry]:
    """The entries that bear one of a name's spellings; the first spelling wins."""
    by_key: dict[str, Entry] = {}
    for entry in entries:
        by_key.setdefault(key_of(entry.label), entry)
        by_key.setdefault(_with_parent(entry.label), entry)
    found: dict[str, Entry] = {}
    for name, ways in names.items():
        for way in ways:
            hit = by_key.get(_with_parent(way) if "/" in way else key_of(way))
            if hit is not None:
                found[name] = hit
                break
    return found


def key_of(label: str) -> str:
    """What a value is called, as names are compared: without its way, small letters, no marks."""
    return _NOISE.sub("", fold(_INDEX.sub("", label).rpartition("/")[2].lstrip("@"))).lower()


def _with_parent(label: str) -> str:
    """The same with the name of what it lies in: ``EInvoiceType/LabelName``."""
    parent, _, _ = label.rpartition("/")
    return f"{key_of(parent)}/{key_of(label)}"


def fill(reading: Reading, parts: Sequence[Carried]) -> None:
    """Take what was not read on the page from the data, and say so; tags first, for they name what the page prints."""
    taken: dict[str, list[str]] = {}
    kinds = reading.kinds()
    for part in sorted(parts, key=lambda part: part.source.kind != "tags"):
        for name, entry in part.fields.items():
            if name in reading.fields or name not in kinds:
                continue
            value = _field(reading, kinds[name], entry)
            if value is not None:
                reading.fields[name] = value
                if entry.box is None:
                    taken.setdefault(part.source.name, []).append(kinds[name].labels[0] if kinds[name].labels else name)
    for source, names in taken.items():
        says = f"票面未读到{'、'.join(names)}，取自文件内嵌数据 {source}（未验证其签名）。"
        reading.findings.append(Finding("from_embedded", says, reading.sheet.first_page))


def fill_rows(reading: Reading, table: str, parts: Sequence[Carried]) -> None:
    """A table that was not read at all, from the data."""
    spec = reading.table_specs()[table]
    for part in parts:
        if reading.tables.get(table) or not part.rows:
            continue
        rows = [
            {
                name: cell
                for name, kind in spec.columns.items()
                if name in row and (cell := _field(reading, kind, row[name])) is not None
            }
            for row in part.rows
        ]
        reading.tables[table] = rows
        if all(entry.box is None for row in part.rows for entry in row.values()):
            says = f"票面明细未读到，取自文件内嵌数据 {part.source.name}（未验证其签名）。"
            reading.findings.append(Finding("from_embedded", says, reading.sheet.first_page))


def _field(reading: Reading, kind: Kind[Any], entry: Entry) -> Field | None:
    picked = kind.pick(entry.value, Decimal(1))
    if picked is None:
        return None
    page = entry.page or reading.sheet.first_page
    source = Printed(page, entry.box, entry.value, cell=entry.cell)
    proof = kind.proved_by(picked[0])
    return (
        Field(kind.name, picked[0], source, State.VERIFIED, (proof,)) if proof else Field(kind.name, picked[0], source)
    )


def agreement(reading: Reading, parts: Sequence[Carried], table: str, worded: Sequence[str] = ()) -> Iterator[Bearing]:
    """What page and data both say: one check for all that agrees, one for each value that does not.

    ``worded``: fields that a page may word otherwise than the data (a remark with more in it); they accuse nobody.
    """
    for part in parts:
        if part.source.kind == "tags":
            continue
        agreeing: list[str] = []
        for path, kind, printed, entry in _both(reading, part, table):
            picked = kind.pick(entry.value, Decimal(1))
            if picked is None or entry.page is not None or _of_data(printed, entry):
                continue
            if same(printed.value, picked[0]):
                agreeing.append(path)
            elif path not in worded:
                yield _differs(reading, part, path, kind, printed, picked[0])
        _rows_told(reading, part, table)
        if agreeing:
            where = f"{part.source.name}：{len(agreeing)} 项"
            check = Check("embedded_agrees", Outcome.HOLDS, "票面 = 文件内嵌数据", where=where, values=tuple(agreeing))
            yield Bearing(check, proves=tuple(agreeing), apart=True)


def _rows_told(reading: Reading, part: Carried, table: str) -> None:
    """A person is told when page and data have not as many rows: then rows were not compared."""
    rows = reading.tables.get(table, [])
    if not part.rows or len(rows) == len(part.rows):
        return
    says = f"票面明细读到 {len(rows)} 行，文件内嵌数据 {part.source.name} 有 {len(part.rows)} 行，明细未逐行核对。"
    if not any(finding.message == says for finding in reading.findings):
        reading.findings.append(Finding("embedded_differs", says, reading.sheet.first_page))


def _both(reading: Reading, part: Carried, table: str) -> Iterator[tuple[str, Kind[Any], Field, Entry]]:
    kinds = reading.kinds()
    for name, entry in part.fields.items():
        if name in reading.fields and name in kinds and name not in reading.derived:
            yield name, kinds[name], reading.fields[name], entry
    rows = reading.tables.get(table, [])
    if len(rows) != len(part.rows):
        return
    columns = reading.table_specs()[table].columns
    for number, (row, carried) in enumerate(zip(rows, part.rows, strict=True)):
        for name, entry in carried.items():
            if name in row:
                yield f"{table}[{number}].{name}", columns[name], row[name], entry


def _of_data(printed: Field, entry: Entry) -> bool:
    """Whether a value was itself taken from data: it cannot prove itself. (An entry with a page stands on it as data.)"""
    source = printed.source
    return not isinstance(source, Printed) or (source.box is None and source.cell is None and source.raw == entry.value)


def _differs(reading: Reading, part: Carried, path: str, kind: Kind[Any], printed: Field, carried: Value) -> Bearing:
    label = kind.labels[0] if kind.labels else kind.name
    source = printed.source
    page = source.page if isinstance(source, Printed) else None
    box = source.box if isinstance(source, Printed) else None
    says = f"“{label}”票面为 {plain(printed.value)}，文件内嵌数据 {part.source.name} 为 {plain(carried)}，请核对原件。"
    finding = Finding("embedded_differs", says, page, box)
    if finding not in reading.findings:
        reading.findings.append(finding)
    check = Check(
        "embedded_agrees",
        Outcome.FAILS,
        "票面 = 文件内嵌数据",
        plain(carried),
        plain(printed.value),
        path,
        page,
        (path,),
    )
    return Bearing(check, accuses=(path,))


def same(one: Value, other: Value) -> bool:
    """Whether two values are one: numbers by value (4 and 4.00), texts without blanks and width."""
    if not isinstance(one, str) or not isinstance(other, str):
        return one == other
    left, right = (re.sub(r"\s", "", fold(text)) for text in (one, other))
    if left == right:
        return True
    return all(map(_QUANTITY.fullmatch, (left, right))) and Decimal(left) == Decimal(right)


#: Short enough to be a quantity, and no identifier: those begin with zeros, or have no point and many figures.
_QUANTITY = re.compile(r"-?(?:0|[1-9]\d{0,11})\.\d{1,15}|-?[1-9]\d{0,6}")
