"""The running balance: every balance is the one before it plus the amount of its row (documents.md §2.1, identity 1).

What one link proves. ``balance[i-1] + amount[i] = balance[i]`` ties three values; a single wrong one breaks it. An amount is
proved by its own link. A balance is proved when both links it takes part in hold (or the only one it has, at an end), so that
a wrong balance would have to be wrong by the same sum twice in a row and agree with two amounts. On a scan that can still
happen where the same glyph is misread in neighbouring rows, therefore a scanned balance also needs a sure reading.

What a broken link accuses. When both neighbours of the link hold, both balances are vouched for by others: the amount is
wrong, or rows between them are missing. When two links in a row break and the sum over both is right, the balance between
them is wrong. Otherwise all three values of the link are in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from extract.grammar import Bearing, Rows
from records.facts import Check, Field, Finding, Outcome, Printed

SAYS = "余额[i] = 余额[i-1] + 金额[i]"
#: A scanned balance needs this confidence to be called proved (see above).
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbouring rows of a chain, earlier first; ``before`` is None for the link to the opening balance."""

    before: int | None
    row: int
    start: Decimal
    amount: Decimal
    end: Decimal

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


def in_order(rows: Rows, members: Sequence[int]) -> list[int]:
    """The rows (by number) from the earliest to the latest: as printed, or turned round when the newest stands first."""
    upward = downward = 0
    for earlier, later in pairwise(members):
        first, second = rows[earlier], rows[later]
        b0, b1 = amount_of(first, "balance"), amount_of(second, "balance")
        a0, a1 = amount_of(first, "amount"), amount_of(second, "amount")
        if b0 is None or b1 is None:
            continue
        upward += a1 is not None and b0 + a1 == b1
        downward += a0 is not None and b1 + a0 == b0
    if upward == downward:
        dates = [str(rows[number]["date"].value) for number in members if "date" in rows[number]]
        turned = bool(dates) and dates[0] > dates[-1]
    else:
        turned = downward > upward
    return list(reversed(members)) if turned else list(members)


def links_of(rows: Rows, order: Sequence[int], opening: Decimal | None) -> list[Link]:
    """The links of one account in time order; rows without balance or amount leave a hole, not a link."""
    links: list[Link] = []
    previous: int | None = None
    start = opening
    for number in order:
        amount, balance = amount_of(rows[number], "amount"), amount_of(rows[number], "balance")
        if amount is not None and balance is not None and start is not None:
            links.append(Link(previous, number, start, amount, balance))
        start, previous = balance, number
    return links


def bearings(rows: Rows, links: Sequence[Link], table: str = "transactions") -> Iterator[Bearing]:
    """What the chain proves, and what it accuses where it breaks."""
    if not links:
        return
    holding = [link for link in links if link.holds]
    if holding:
        yield Bearing(_held(rows, holding), proves=tuple(_proved(rows, links, table)))
    for index, link in enumerate(links):
        if not link.holds:
            yield _broken(rows, links, index, table)


def _held(rows: Rows, holding: Sequence[Link]) -> Check:
    last = holding[-1]
    numbers = sorted({link.row for link in holding} | {link.before for link in holding if link.before is not None})
    return Check(
        "row_chain",
        Outcome.HOLDS,
        SAYS,
        computed=f"{last.start + last.amount:f}",
        printed=f"{last.end:f}",
        where=f"rows {spans(numbers)}",
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


def _proved(rows: Rows, links: Sequence[Link], table: str) -> Iterator[str]:
    held_into = {link.row: link.holds for link in links}
    held_from = {link.before: link.holds for link in links if link.before is not None}
    for number in sorted(set(held_into) | set(held_from)):
        if held_into.get(number):
            yield f"{table}[{number}].amount"
        sides = [side[number] for side in (held_into, held_from) if number in side]
        if all(sides) and _sure(rows[number].get("balance")):
            yield f"{table}[{number}].balance"


def _sure(cell: Field | None) -> bool:
    return cell is not None and (not isinstance(cell.source, Printed) or cell.source.confidence >= SURE)


def _broken(rows: Rows, links: Sequence[Link], index: int, table: str) -> Bearing:
    link = links[index]
    before = links[index - 1] if index and links[index - 1].row == link.before else None
    after = links[index + 1] if index + 1 < len(links) and links[index + 1].before == link.row else None
    check = Check(
        "row_chain",
        Outcome.FAILS,
        SAYS,
        computed=f"{link.start + link.amount:f}",
        printed=f"{link.end:f}",
        where=f"row {link.row + 1}",
        page=_page(rows[link.row]),
    )
    if after is not None and not after.holds and link.gap + after.gap == 0:
        return Bearing(check, accuses=(f"{table}[{link.row}].balance",))
    if before is not None and not before.holds and before.gap + link.gap == 0:
        return Bearing(check, accuses=(f"{table}[{link.before}].balance",))
    if (before is None or before.holds) and (after is None or after.holds) and (before or after):
        return Bearing(check, accuses=(f"{table}[{link.row}].amount",))
    accused = [f"{table}[{link.row}].amount", f"{table}[{link.row}].balance"]
    if link.before is not None:
        accused.append(f"{table}[{link.before}].balance")
    return Bearing(check, accuses=tuple(accused))


def _page(row: dict[str, Field]) -> int | None:
    source = next(iter(row.values())).source
    return source.page if isinstance(source, Printed) else None


def breaks(rows: Rows, links: Sequence[Link]) -> Iterator[Finding]:
    """What a person should know about each break: between which rows, over which pages, and how much money it is."""
    for index, link in enumerate(links):
        if link.holds:
            continue
        after = links[index + 1] if index + 1 < len(links) else None
        before = links[index - 1] if index else None
        if after is not None and not after.holds and link.gap + after.gap == 0:
            yield Finding(
                "balance_conflict",
                f"第 {link.row + 1} 行余额应为 {link.start + link.amount:f}，印着 {link.end:f}，差 {link.gap:f} 元。",
                _page(rows[link.row]),
            )
            continue
        if before is not None and not before.holds and before.gap + link.gap == 0:
            continue
        here = _page(rows[link.row])
        there = _page(rows[link.before]) if link.before is not None else here
        if here != there and here is not None and there is not None:
            first, second = sorted((here, there))
            yield Finding(
                "page_missing",
                f"第 {first} 页与第 {second} 页之间余额不连续，缺少 {abs(link.gap):f} 元的流水。",
                here,
            )
        else:
            yield Finding(
                "chain_broken",
                f"第 {link.row + 1} 行余额不衔接：应为 {link.start + link.amount:f}，印着 {link.end:f}，差 {link.gap:f} 元。",
                here,
            )
