"""Tables and fieldsets: what a type declares beside single fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from extract.kinds import Kind
from records.facts import Field

if TYPE_CHECKING:
    from extract.grammar.reading import Reading

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
