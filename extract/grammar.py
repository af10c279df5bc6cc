"""The words a document type is written in: fields, tables, identities. Everything else follows from the declaration.

A type is a class in ``extract/types``; being there is being registered. Its kinds are descriptors: on the class they are the
specification, on a reading they are the values. A declaration that could not work is refused when it is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, overload

from extract.kinds import Kind, NotRead
from extract.layout import Sheet
from records.facts import Check, Field, Finding, Outcome, Period, RiskEvent, Sign, Subject, Value

Rows = list[dict[str, Field]]


class Table:
    """A table of a paper: its columns by name, each a kind with the labels its header may carry.

    ``key``: columns that every row has on its first line; a line without them continues its neighbour. ``needs``: columns
    without which a header is not this table's (one group of alternatives each). Columns whose name begins with an underscore
    are raw material for the type (``_in``, ``_out``) and do not appear in the reading. ``instead``: a column whose head may be
    missing, and the column that then stands for it (a lone 交易时间 holds day and time). ``ends``: how the line begins under
    which nothing belongs to the table any more (合计 of a form that goes on with other fields). ``each``: columns of which every
    row fills one; a line that does so without a key of its own is a row of the same key as the one above (one date for a day).
    ``spare``: a column, and the one that takes a second head of its name (two heads of 金额 whose sides nobody can tell).
    ``optional``: columns of the key that a paper may not have at all. ``stacked``: a column whose cells may hold more things one
    under the other, and the columns of these (a name, the number of its account, a remark).
    """

    def __init__(
        self,
        *,
        key: Sequence[str],
        needs: Sequence[tuple[str, ...]] = (),
        instead: Mapping[str, str] | None = None,
        ends: Sequence[str] = (),
        each: Sequence[str] = (),
        spare: Mapping[str, str] | None = None,
        optional: Sequence[str] = (),
        stacked: Mapping[str, tuple[str, str]] | None = None,
        **columns: Kind[Any],
    ) -> None:
        unknown = [
            name for name in (*key, *each, *optional, *(n for group in needs for n in group)) if name not in columns
        ]
        if unknown:
            raise TypeError(f"the table names columns that it does not have: {', '.join(unknown)}")
        for name, kind in columns.items():
            kind.name = name
        self.columns = columns
        self.key = tuple(key)
        self.instead = dict(instead or {})
        self.ends = tuple(ends)
        self.each = tuple(each)
        self.spare = dict(spare or {})
        self.optional = tuple(optional)
        self.stacked = dict(stacked or {})
        self.needs = tuple(needs) or tuple((name,) for name in key)
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, reading: None, owner: type) -> Table: ...
    @overload
    def __get__(self, reading: Reading, owner: type) -> Rows: ...
    def __get__(self, reading: Reading | None, owner: type) -> Table | Rows:
        if reading is None:
            return self
        return reading.tables.get(self.name, [])


class Fieldset:
    """A declaration that stands for many fields at once (the lines of a form): it says which, and finds them by itself."""

    def kinds(self) -> dict[str, Kind[Any]]:
        """The fields it stands for, by name."""
        return {}

    def read(self, reading: Reading) -> None:
        """Find them on the paper. Called after the tables and before the fields that have labels of their own."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a check says about single values: which it proves when it holds, which it accuses when it fails.

    Values are named ``closing_balance`` or ``transactions[3].balance`` (rows count from 0). ``proves`` is what it would prove if
    one value at most were wrong; ``extract.proof.witness`` leaves of that what holds for two. ``terms``: all figures in the
    equation, each with its sign in a plain sum, else 0, where they are more than ``proves``; ``#1`` names one that is no value of
    the reading. ``leans``: what it takes for right. ``apart``: each value has a witness of its own (two spellings, two sources).
    """

    check: Check
    proves: tuple[str, ...] = ()
    accuses: tuple[str, ...] = ()
    terms: tuple[tuple[str, int], ...] = ()
    leans: tuple[str, ...] = ()
    apart: bool = False


Weigh = Callable[["Reading", Sequence[Bearing]], list[Bearing]]


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation between values of a paper, in words, and the values it would catch if they were wrong."""

    name: str
    says: str
    proves: tuple[str, ...]
    sides: Callable[[Any], tuple[object, object]]
    within: Decimal = Decimal(0)
    terms: tuple[tuple[str, int], ...] = ()
    leans: tuple[str, ...] = ()
    apart: bool = False

    def hold_against(self, reading: Reading) -> Bearing:
        """Compute both sides; a value that is missing makes it impossible to tell, never a failure."""
        try:
            computed, printed = self.sides(reading)
        except NotRead as missing:
            return Bearing(Check(self.name, Outcome.CANNOT_TELL, self.says, where=f"缺 {missing}"))
        if isinstance(computed, Decimal) and isinstance(printed, Decimal):
            holds = abs(computed - printed) <= self.within
        else:
            holds = computed == printed
        check = Check(
            self.name,
            Outcome.HOLDS if holds else Outcome.FAILS,
            self.says,
            plain(computed),
            plain(printed),
            values=self.proves,
        )
        exact = computed == printed  # within a tolerance a wrong last digit would pass unnoticed: that proves nothing
        proves, accuses = self.proves if exact else (), () if holds else self.proves
        return Bearing(check, proves, accuses, self.terms, self.leans, self.apart)


def plain(value: object) -> str:
    """A number as a check shows it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def identity(
    says: str, *, proves: Sequence[str], within: Decimal = Decimal(0), plus: Sequence[str] = (),
    minus: Sequence[str] = (), leans: Sequence[str] = (), apart: bool = False,
) -> Callable[[Callable[[Any], tuple[object, object]]], Identity]:  # fmt: skip
    """Declare an equation: the method returns (computed, printed), ``proves`` names the values it bears on.

    ``plus`` and ``minus``: the terms of a plain sum by their sides; for ``leans`` and ``apart`` see ``Bearing``.
    """
    terms = (*((name, 1) for name in plus), *((name, -1) for name in minus))

    def declare(sides: Callable[[Any], tuple[object, object]]) -> Identity:
        return Identity(sides.__name__, says, tuple(proves), sides, within, terms, tuple(leans), apart)

    return declare


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
