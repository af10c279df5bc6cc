"""Several files of one account and currency put in order: what they show twice counts once, what lies between them is told.

Each file is a stretch of the account: rows in time order, the balance before the first, the balance after the last. On a day that
two files both cover from morning to evening they must say the same; where they do not, one of them is wrong, and nothing decides
which: the amounts are in conflict. A row that only one of them read surely is taken from that one. Between the end of one stretch
and the beginning of the next no money may move; what did is missing (documents.md §2.1, identity 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from extract.statements.entries import Entry, decimal_of, entries_of
from records.facts import Paper, Period, State

#: A finding that says: this file is some pages of a statement.
PARTIAL = "pages_incomplete"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One file of an account: its rows, earliest first, and the balances at both ends."""

    document: str
    paper: Paper
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, account: str, document: str, paper: Paper, currency: str = "CNY") -> Stretch:
        """The rows of a paper in one currency."""
        return cls(document, paper, tuple(entries_of(account, document, paper, currency)))

    @property
    def first(self) -> date:
        return self.entries[0].day if self.entries else self.paper.period.start if self.paper.period else date.min

    @property
    def last(self) -> date:
        return self.entries[-1].day if self.entries else self.paper.period.end if self.paper.period else date.min

    @property
    def partial(self) -> bool:
        return any(finding.code == PARTIAL for finding in self.paper.findings)

    @property
    def opening(self) -> tuple[Decimal, State] | None:
        """The balance before the first row, as the row says it, else as printed."""
        row = self.entries[0] if self.entries else None
        if row is not None and row.balance is not None:
            return row.balance - row.amount, _weaker(row.state, row.balance_state)
        return self._printed("opening_balance")

    @property
    def closing(self) -> tuple[Decimal, State] | None:
        """The balance after the last row, as the row says it, else as printed."""
        row = self.entries[-1] if self.entries else None
        return (row.balance, row.balance_state) if row and row.balance is not None else self._printed("closing_balance")

    def _printed(self, name: str) -> tuple[Decimal, State] | None:
        found = self.paper.fields.get(name)
        value = decimal_of(found)
        return (value, found.state) if found is not None and value is not None else None

    def covers(self, day: date) -> bool:
        """Whether this file claims to show all of a day: a whole statement in its period, some pages inside their rows."""
        if self.partial or self.paper.period is None:
            return self.first < day < self.last
        return self.paper.period.start <= day <= self.paper.period.end

    def edge(self, day: date) -> bool:
        """Whether its rows begin or end on this day: a print-out may have been cut there."""
        return day in (self.first, self.last)


def _weaker(one: State, other: State) -> State:
    return next((s for s in (State.CONFLICT, State.LOW_CONFIDENCE, State.CONSISTENT) if s in (one, other)), one)


@dataclass(frozen=True, slots=True)
class Break:
    """Money that moved between two files and that neither shows."""

    before: Stretch
    after: Stretch
    closing: Decimal
    opening: Decimal

    @property
    def says(self) -> str:
        start = self.after.paper.period.start if self.after.paper.period else self.after.first
        end = self.before.paper.period.end if self.before.paper.period else self.before.last
        day = start if start > end else self.after.first
        silent = (
            f"（{end + timedelta(days=1)} 至 {start - timedelta(days=1)} 没有流水）" if (start - end).days > 1 else ""
        )
        gap = self.opening - self.closing
        return f"{day} 前断档{silent}：期末 {self.closing}，下期期初 {self.opening}，差 {gap:f} 元"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A day of which two files tell differently."""

    day: date
    one: tuple[Entry, ...]
    other: tuple[Entry, ...]

    @property
    def says(self) -> str:
        off = sum((e.amount for e in self.other), Decimal(0)) - sum((e.amount for e in self.one), Decimal(0))
        if not off:
            return f"{self.day} 两份流水的余额不同（{_listed(self.one, 'balance')}；{_listed(self.other, 'balance')}）"
        return f"{self.day} 两份流水不同：一份有 {_listed(self.one)}，另一份有 {_listed(self.other)}，差 {off:f} 元"


def _listed(entries: Sequence[Entry], name: str = "amount") -> str:
    return "、".join(f"{getattr(entry, name)}" for entry in entries[:4]) + (" 等" if len(entries) > 4 else "") or "没有"


@dataclass(slots=True)
class Succession:
    """The files of one account and currency in time order, and what they make together."""

    stretches: list[Stretch] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  #: every row once, earliest first
    joints: list[tuple[Stretch, Stretch]] = field(
        default_factory=list
    )  #: files that follow on one another and can be compared
    breaks: list[Break] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    twice: list[Entry] = field(default_factory=list)  #: rows that an earlier file shows too
    strangers: int = 0  #: files of days that others cover too, with not one row in common
    currency: str = "CNY"

    @property
    def whole(self) -> bool:
        """Whether nothing is missing between the files, and none contradicts another."""
        return not (self.breaks or self.disputes or self.strangers)

    @property
    def says(self) -> list[str]:
        """What a person should know of how the files fit together."""
        found = [one.says for one in self.breaks] + [one.says for one in self.disputes]
        if self.strangers:
            found.append(f"{self.strangers} 份流水与别的流水日期重叠而无一行相同")
        if self.twice:
            money = sum((abs(entry.amount) for entry in self.twice), Decimal(0))
            found.append(f"{len(self.twice)} 行在两份流水中都有，涉及 {money:f} 元，只计一次")
        return found if self.currency == "CNY" else [one.replace(" 元", f" {self.currency}") for one in found]

    @property
    def pages_met(self) -> bool:
        """Whether files that are some pages each make the whole statement that they print the ends of."""
        told = {
            tuple(decimal_of(stretch.paper.fields.get(name)) for name in ("opening_balance", "closing_balance"))
            for stretch in self.stretches
            if stretch.partial
        }
        ends = tuple(end[0] if end else None for end in (self.stretches[0].opening, self.stretches[-1].closing))
        return self.whole and None not in ends and told == {ends}


def succession(stretches: Sequence[Stretch], currency: str = "CNY") -> Succession:
    """Put the files of one account in order and take every row once."""
    found = Succession(_in_time(stretches), currency=currency)
    seen: list[Stretch] = []
    for stretch in found.stretches:
        _take(found, seen, stretch)
        seen.append(stretch)
    found.entries.sort(key=lambda entry: entry.day)  # stable: the rows of a day stay as their files tell them
    return found


def _in_time(stretches: Sequence[Stretch]) -> list[Stretch]:
    """By their first days; of several that could follow, the one whose balance meets."""
    left = sorted(
        stretches, key=lambda s: (s.first, s.last, str(s.paper.period.start) if s.paper.period else "", s.document)
    )
    ordered: list[Stretch] = []
    while left:
        end = ordered[-1].closing if ordered else None
        last = ordered[-1].last if ordered else left[0].first
        meets = (s for s in left if end is not None and s.opening and s.opening[0] == end[0] and s.first >= last)
        chosen = next(meets, left[0])
        left.remove(chosen)
        ordered.append(chosen)
    return ordered


def _take(found: Succession, seen: Sequence[Stretch], stretch: Stretch) -> None:
    """Add what a file shows beyond those before it."""
    shared = _shared(found.entries, stretch.entries)
    mine, theirs = _by_day(stretch.entries), _by_day(found.entries)
    days = sorted({*mine, *theirs})
    claimed = {day for day in days if stretch.covers(day) and any(s.covers(day) for s in seen)}
    edges = {day for day in days if stretch.edge(day) or any(s.edge(day) for s in seen)}
    if not shared and mine and any(day in theirs for day in claimed - edges):
        found.strangers += 1
        found.entries += stretch.entries
        return
    if seen and not shared:
        _join(found, max(reversed(seen), key=lambda s: s.last), stretch)
    for day in days:
        if day in claimed and (shared or day not in edges):
            _settle(found, day, theirs.get(day, []), mine.get(day, []), edge=day in edges)
        else:
            rest, _ = _unmatched(mine.get(day, []), theirs.get(day, []), _mark)
            found.twice += [entry for entry in mine.get(day, []) if entry not in rest]
            found.entries += rest


def _join(found: Succession, before: Stretch, after: Stretch) -> None:
    """Two files one after the other: the balances must meet."""
    closing, opening = before.closing, after.opening
    if closing is None or opening is None or after.first < before.last:
        return
    found.joints.append((before, after))
    if closing[0] != opening[0]:
        found.breaks.append(Break(before, after, closing[0], opening[0]))


def _settle(found: Succession, day: date, theirs: list[Entry], mine: list[Entry], *, edge: bool) -> None:
    """A day that two files cover: what both say once; what only one says is fresh at an edge that was cut, else in dispute."""
    rest, left = _unmatched(mine, theirs, _mark)
    found.twice += [entry for entry in mine if entry not in rest]
    if not rest and not left:
        return
    if edge and (not rest or not left or _runs_on([*theirs, *rest])):
        found.entries += rest
        return
    if len(rest) == len(left) and _surer(left, rest):
        return
    if len(rest) == len(left) and _surer(rest, left):
        found.entries = [entry for entry in found.entries if entry not in left] + rest
        return
    found.disputes.append(Dispute(day, tuple(left), tuple(rest)))
    more, less = _unmatched(rest, left, lambda entry: entry.amount)
    doubted = {id(e): replace(e, balance_state=State.CONFLICT) for e in left if e not in less}
    doubted |= {id(e): replace(e, state=State.CONFLICT, balance_state=State.CONFLICT) for e in less}
    found.entries = [doubted.get(id(entry), entry) for entry in found.entries]
    found.entries += [replace(e, state=State.CONFLICT, balance_state=State.CONFLICT) for e in more]


def _surer(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Whether all these rows are proved and none of the others: the other file was read less surely here."""
    return all(e.state is State.VERIFIED for e in one) and not any(e.state is State.VERIFIED for e in other)


def _runs_on(entries: Sequence[Entry]) -> bool:
    """Whether every balance of these rows follows from the one before."""
    return all(
        one.balance is not None and other.balance is not None and one.balance + other.amount == other.balance
        for one, other in pairwise(entries)
    )


def _mark(entry: Entry) -> tuple[object, ...]:
    """What makes a row of two prints the same: its amount and balance; where no balance is printed, all that it says."""
    if entry.balance is not None:
        return (entry.amount, entry.balance)
    return (entry.amount, entry.time, entry.text)


def _unmatched(
    mine: Sequence[Entry], theirs: Sequence[Entry], mark: Callable[[Entry], object]
) -> tuple[list[Entry], list[Entry]]:
    """The rows of each side that the other does not have, each counted as often as it stands there."""
    left = list(theirs)
    rest: list[Entry] = []
    for entry in mine:
        other = next((e for e in left if mark(e) == mark(entry)), None)
        if other is None:
            rest.append(entry)
        else:
            left.remove(other)
    return rest, left


def _shared(kept: Sequence[Entry], fresh: Sequence[Entry]) -> bool:
    """Whether some row stands in both: by its balance, or as one of many amounts of the same days."""
    marks = {(entry.day, _mark(entry)) for entry in kept}
    if any((entry.day, _mark(entry)) in marks for entry in fresh):
        return True
    amounts = {(entry.day, entry.amount) for entry in kept}
    return len(fresh) > 1 and 2 * sum((entry.day, entry.amount) in amounts for entry in fresh) > len(fresh)


def _by_day(entries: Sequence[Entry]) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.day, []).append(entry)
    return found


# --- which files are of one account -------------------------------------------------------------------------------------


def books_of(papers: Sequence[tuple[str, Paper]]) -> dict[str, list[tuple[str, Paper]]]:
    """The papers by account: one with a masked number, or one that lost its zeros in a spreadsheet, joins the number it fits."""
    books: dict[str, list[tuple[str, Paper]]] = {}
    told = [(_number(paper) or document, document, paper) for document, paper in papers]
    numbers = list(dict.fromkeys(number for number, _, _ in told))
    for number, document, paper in told:
        fits = [other for other in numbers if other != number and _fits(number, other, paper)]
        books.setdefault(fits[0] if len(fits) == 1 else number, []).append((document, paper))
    return books


def _number(paper: Paper) -> str | None:
    found = paper.fields.get("account_no")
    return None if found is None or found.value is None else str(found.value).replace(" ", "")


def _fits(number: str, other: str, paper: Paper) -> bool:
    """Whether this number is another one, less legible: with stars in it, or without the zeros before it."""
    if "*" in number:
        shown = [part for part in number.split("*") if part]
        same = "*" not in other and len(shown) == 2 and other.startswith(shown[0]) and other.endswith(shown[1])
        return same and len(other) >= len(shown[0]) + len(shown[1])
    unsure = paper.fields["account_no"].state is State.LOW_CONFIDENCE if "account_no" in paper.fields else False
    return unsure and len(other) > len(number) and other.lstrip("0") == number


def periods_of(stretches: Sequence[Stretch]) -> tuple[Period, ...]:
    """The days that files cover, as they say it; from the first row to the last where none does."""
    said = tuple(s.paper.period for s in stretches if s.paper.period)
    days = [entry.day for s in stretches for entry in s.entries]
    return said or ((Period(min(days), max(days)),) if days else ())


def successions(papers: Sequence[tuple[str, Paper]], currencies: Callable[[Paper], set[str]]) -> Iterator[Succession]:
    """Each account and currency of which several files are there."""
    for number, book in books_of(papers).items():
        for currency in sorted(set().union(*(currencies(paper) for _, paper in book))):
            mine = [(document, paper) for document, paper in book if currency in currencies(paper)]
            if len(mine) > 1:
                yield succession([Stretch.of(number, document, paper, currency) for document, paper in mine], currency)
