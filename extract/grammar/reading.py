"""A paper read as one type: what the class declares is what its readings hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from extract.grammar.declared import Fieldset, Rows, Table
from extract.grammar.identities import Bearing, Identity, Weigh
from extract.kinds import Kind, NotRead
from extract.layout import Sheet
from records.facts import Field, Finding, Period, RiskEvent, Sign, Subject, Value


@dataclass(frozen=True, slots=True)
class Anchors:
    """How a type is recognised (documents.md §15): what raises its score, and what lowers it."""

    titles: tuple[str, ...]
    issuers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """One paper read as one type: its fields, tables and checks. It does not decide which loan it is about."""

    type_id: ClassVar[str] = ""
    title: ClassVar[tuple[str, str]] = ("", "")  #: 中文, English
    recognised_by: ClassVar[Anchors] = Anchors(())
    linear: ClassVar[bool] = (
        False  #: whether every identity is a plain sum: a repair must then differ by what the sum is off
    )
    prose: ClassVar[bool] = False  #: whether the whole text is read for events, not only what stands outside tables
    lists: ClassVar[bool] = False  #: whether each row of its table may say all that a paper of this type says
    heads_ask: ClassVar[bool] = False  #: whether the heads of its table only ask (查封情况): they tell no events
    narrates: ClassVar[bool] = True  #: whether its text tells events at all; a paper of a court *is* one

    sheet: Sheet
    fields: dict[str, Field] = field(default_factory=dict)
    tables: dict[str, Rows] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    #: Fields computed from others, not printed by themselves: they can prove nothing.
    derived: set[str] = field(default_factory=set)
    #: Lines of the sheet (page, number) that belong to a table: no labels are looked for there.
    taken: set[tuple[int, int]] = field(default_factory=set)
    #: Those of them that are heads of a table.
    heads: set[tuple[int, int]] = field(default_factory=set)
    money_unit: Decimal = Decimal(1)  #: 万元 over a table multiplies every amount
    #: Values that take part in an identity that holds, proved by it or not.
    supported: set[str] = field(default_factory=set)
    #: What a form found besides values, by the form's name: which lines are there, which cells are blank or struck out.
    forms: dict[str, Any] = field(default_factory=dict)

    def value_of(self, name: str) -> Any:
        """The value of a field, or ``NotRead``."""
        found = self.fields.get(name)
        if found is None:
            raise NotRead(name)
        return found.value

    def printed_value(self, name: str) -> Any:
        """The value of a field that the paper prints by itself, or ``NotRead``: what an identity may lean on."""
        if name in self.derived:
            raise NotRead(name)
        return self.value_of(name)

    def get(self, name: str) -> Any:
        """The value of a field, or None."""
        found = self.fields.get(name)
        return None if found is None else found.value

    def missing(self) -> tuple[str, ...]:
        """Required fields that were not found; what the rows of a list say for themselves is not missing."""
        listed = {name for table in self.tables.values() for row in table for name in row} if self.lists else set()
        return tuple(
            name
            for name, kind in self.kinds().items()
            if kind.required and name not in self.fields and name not in listed
        )

    @classmethod
    def kinds(cls) -> dict[str, Kind[Any]]:
        """The fields this type declares, in the order of their declaration, base classes first."""
        found: dict[str, Kind[Any]] = {}
        for name, item in _declared(cls):
            if isinstance(item, Kind):
                found[name] = item
            elif isinstance(item, Fieldset):
                found |= item.kinds()
        return found

    @classmethod
    def fieldsets(cls) -> list[Fieldset]:
        """The fieldsets this type declares."""
        return [item for _, item in _declared(cls) if isinstance(item, Fieldset)]

    @classmethod
    def table_specs(cls) -> dict[str, Table]:
        """The tables this type declares."""
        return {name: item for name, item in _declared(cls) if isinstance(item, Table)}

    @classmethod
    def identities(cls) -> list[Identity]:
        """The identities this type declares."""
        return [item for _, item in _declared(cls) if isinstance(item, Identity)]

    # --- what a type may add to its declaration ---------------------------------------------------------------------

    def complete(self) -> None:
        """Called when fields and tables are read: derive what follows from them (a period from its rows ...)."""

    def look_through(self) -> None:
        """Called before the identities are held against the values: what several of them need is worked out once."""

    def more_checks(self) -> Iterator[Bearing]:
        """Checks that no single equation can say (the chain of a whole statement)."""
        return iter(())

    def settled(self, bearings: list[Bearing], weighed: Weigh) -> list[Bearing]:
        """The bearings heard together: what two errors could feign is not proved. Keeps their order.

        ``weighed`` is how most papers settle it (``extract.proof.witness``).
        """
        return weighed(self, bearings)

    def remarks(self) -> Iterator[Finding]:
        """What a person should know once everything is checked; called last, and only once."""
        return iter(())

    def signs(self) -> Iterator[Sign]:
        """Signs of alteration that only this type can see (a statement against its own summary)."""
        return iter(())

    def covers(self) -> Period | None:
        """The time this paper speaks of."""
        value = self.get("period")
        return value if isinstance(value, Period) else None

    def about(self) -> Subject | None:
        """Whom this paper is about."""
        return None

    def own_events(self) -> Iterator[RiskEvent]:
        """Events that this paper is by itself, whatever its text tells (a summons, a seizure)."""
        return iter(())

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """What its text tells, as this type means it: a circular tells of others, a warning that was lifted is over."""
        return list(events)

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """Points for or against that anchors cannot say (a company as account holder)."""
        return 0


def _declared(cls: type) -> Iterator[tuple[str, object]]:
    seen: dict[str, object] = {}
    for base in reversed(cls.__mro__):
        seen.update(vars(base))
    return iter(seen.items())


def value_at(reading: Reading, path: str) -> Field | None:
    """The field that a path such as ``transactions[3].balance`` names."""
    table, bracket, rest = path.partition("[")
    if not bracket:
        return reading.fields.get(path)
    index, _, column = rest.partition("].")
    rows = reading.tables.get(table, [])
    return rows[int(index)].get(column) if int(index) < len(rows) else None


def set_value(reading: Reading, path: str, value: Field) -> None:
    """Put a field back where ``value_at`` found it."""
    table, bracket, rest = path.partition("[")
    if not bracket:
        reading.fields[path] = value
        return
    index, _, column = rest.partition("].")
    reading.tables[table][int(index)][column] = value


def columns_of(row: Mapping[str, Field]) -> dict[str, Field]:
    """A row as it appears in a reading: without the raw columns."""
    return {name: cell for name, cell in row.items() if not name.startswith("_")}


def as_text(value: Value | None) -> str | None:
    """A value as text where it is text, else None."""
    return value if isinstance(value, str) else None
