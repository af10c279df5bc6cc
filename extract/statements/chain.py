"""The running balance: every balance is the one before it plus what moved since (documents.md §2.1, identity 1).

A link ties two printed balances and the amounts between them: one amount where every row prints its balance, several where
only the last row of a day does. What a link that holds proves is counted in ``extract.proof.equations``: an amount alone between
two balances that other links vouch for is proved; the amounts of a day together are not, since two of them could be wrong by
the same sum. On a scan the same glyph may be misread in row after row, and a chain of balances that are all wrong by the same
sum still holds: therefore a scanned balance also needs a sure reading.

What a broken link accuses. Where both neighbours hold, both balances are vouched for by others: an amount is wrong, or rows
between them are missing. When two links in a row break and the sum over both is right, the balance between them is wrong.
Otherwise everything in the broken links is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.grammar import Bearing, Rows
from extract.proof.equations import Equation
from records.facts import Check, Field, Outcome, Printed

SAYS = "余额[i] = 余额[i-1] + 金额[i]"
#: A scanned balance needs this confidence to be called proved (see above).
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Link:
    """Two printed balances, earlier first, and the rows that moved between them; the last of these prints the second balance.

    ``before`` is the row of the first balance, None for the link to the opening balance.
    """

    before: int | None
    rows: tuple[int, ...]
    start: Decimal
    amount: Decimal
    end: Decimal

    @property
    def row(self) -> int:
        return self.rows[-1]

    @property
    def holds(self) -> bool:
        return self.start + self.amount == self.end

    @property
    def gap(self) -> Decimal:
        return self.end - self.start - self.amount


def amount_of(row: dict[str, Field], name: str) -> Decimal | None:
    """A money value of a row."""
    cell = row.get(name)
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None


def links_of(rows: Rows, order: Sequence[int], opening: Decimal | None) -> list[Link]:
    """The links of one account in time order; a row whose amount was not read leaves a hole, not a link."""
    links: list[Link] = []
    previous: int | None = None
    start, total, moved, hole = opening, Decimal(0), [], False
    for number in order:
        amount, balance = amount_of(rows[number], "amount"), amount_of(rows[number], "balance")
        if amount is None:
            hole = hole or balance is None or _printed(rows[number], "amount")
        else:
            moved.append(number)
            total += amount
        if balance is None:
            continue
        if start is not None and moved and not hole:
            links.append(Link(previous, tuple(moved), start, total, balance))
        start, previous, total, moved, hole = balance, number, Decimal(0), [], False
    return links


def _printed(row: dict[str, Field], name: str) -> bool:
    return name in row


def tail_of(rows: Rows, order: Sequence[int]) -> tuple[int | None, tuple[int, ...]]:
    """The last row that prints a balance, and the rows after it."""
    tail: list[int] = []
    for number in reversed(order):
        if amount_of(rows[number], "balance") is not None:
            return number, tuple(reversed(tail))
        tail.append(number)
    return None, tuple(reversed(tail))


def equations_of(links: Sequence[Link], table: str = "transactions") -> Iterator[Equation]:
    """Each link as an equation between printed values."""
    for link in links:
        start = "opening_balance" if link.before is None else f"{table}[{link.before}].balance"
        moved = tuple((f"{table}[{number}].amount", 1) for number in link.rows)
        yield Equation("row_chain", ((start, 1), *moved, (f"{table}[{link.row}].balance", -1)), link.holds)


def bearings(rows: Rows, links: Sequence[Link], table: str = "transactions") -> Iterator[Bearing]:
    """What the chain says, and what it accuses where it breaks; what it proves follows from all equations together."""
    holding = [link for link in links if link.holds]
    if holding:
        yield Bearing(_held(holding))
    for index, link in enumerate(links):
        if not link.holds:
            yield Bearing(_broken(rows, link), accuses=_accused(links, index, table))


def _held(holding: Sequence[Link]) -> Check:
    last = holding[-1]
    numbers = {number for link in holding for number in link.rows} | {
        link.before for link in holding if link.before is not None
    }
    return Check(
        "row_chain",
        Outcome.HOLDS,
        SAYS,
        computed=f"{last.start + last.amount:f}",
        printed=f"{last.end:f}",
        where=f"rows {spans(sorted(numbers))}",
    )


def _broken(rows: Rows, link: Link) -> Check:
    return Check(
        "row_chain",
        Outcome.FAILS,
        SAYS,
        computed=f"{link.start + link.amount:f}",
        printed=f"{link.end:f}",
        where=f"row {link.row + 1}" if len(link.rows) == 1 else f"rows {spans(link.rows)}",
        page=page_of(rows[link.row]),
    )


def spans(numbers: Sequence[int]) -> str:
    """Row numbers for people, from 1, as ranges: 1–56, 58–214."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(f"{a + 1}–{b + 1}" if a != b else str(a + 1) for a, b in ranges)


def run_around(links: Sequence[Link], index: int) -> tuple[int, int]:
    """The first and last of the broken links in a row to which this one belongs."""
    first = last = index
    while first and not links[first - 1].holds and links[first].before == links[first - 1].row:
        first -= 1
    while last + 1 < len(links) and not links[last + 1].holds and links[last + 1].before == links[last].row:
        last += 1
    return first, last


def _accused(links: Sequence[Link], index: int, table: str) -> tuple[str, ...]:
    first, last = run_around(links, index)
    run = links[first : last + 1]
    if len(run) == 2 and run[0].gap + run[1].gap == 0:
        return (f"{table}[{run[0].row}].balance",)
    link = links[index]
    accused = [f"{table}[{number}].amount" for number in link.rows]
    if index > first or not _vouched_before(links, index):
        accused.append("opening_balance" if link.before is None else f"{table}[{link.before}].balance")
    if index < last or not _vouched_after(links, index):
        accused.append(f"{table}[{link.row}].balance")
    return tuple(accused)


def _vouched_before(links: Sequence[Link], index: int) -> bool:
    """Whether another link that holds ends in the balance where this one begins."""
    before = links[index - 1] if index else None
    return before is not None and before.row == links[index].before and before.holds


def _vouched_after(links: Sequence[Link], index: int) -> bool:
    after = links[index + 1] if index + 1 < len(links) else None
    return after is not None and after.before == links[index].row and after.holds


def page_of(row: dict[str, Field]) -> int | None:
    """The page a row stands on."""
    source = next(iter(row.values())).source
    return source.page if isinstance(source, Printed) else None


def sure(cell: Field | None) -> bool:
    """Whether a balance was read surely enough for its neighbours to prove it."""
    return cell is not None and (not isinstance(cell.source, Printed) or cell.source.confidence >= SURE)
