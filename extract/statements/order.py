"""In which order the rows of a statement happened: as printed, newest first, day by day, with pages swapped or doubled.

The balances decide, the days where balances do not. Nothing is guessed: an order counts only when more links hold in it than in
any other, rows are moved only to the one place where the balances meet and the days allow it, and a row counts as printed twice
only when all of it, its balance included, stands there twice in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from extract.grammar import Rows
from extract.statements.chain import amount_of, links_of

#: Pieces beyond which a chain is not put together again: it is broken, not shuffled.
PIECES = 60


@dataclass(frozen=True, slots=True)
class Order:
    """The rows of one account, earliest first."""

    rows: tuple[int, ...]
    doubled: tuple[int, ...] = ()  #: rows printed a second time; not among ``rows``
    moved: tuple[
        tuple[int, int], ...
    ] = ()  #: first and last row (in time) of each piece that stands elsewhere on paper
    sure: bool = True  #: whether balances or days decided; both ways round fit otherwise


def order_of(rows: Rows, members: Sequence[int]) -> Order:
    """Find the order of one account's rows."""
    best, certain = _best(rows, members)
    pieces = _pieces(rows, best)
    if len(pieces) == 1 or len(pieces) > PIECES:
        return Order(tuple(best), sure=certain)
    pieces, doubled = _without_doubles(rows, pieces)
    pieces, moved = _joined(rows, pieces)
    return Order(tuple(number for piece in pieces for number in piece), tuple(sorted(doubled)), moved, certain)


# --- which way round --------------------------------------------------------------------------------------------------


def candidates(rows: Rows, members: Sequence[int]) -> list[list[int]]:
    """The orders in which banks print: as they happened, newest first, days one way and the rows of a day the other."""
    days = [list(group) for _, group in groupby(members, key=lambda number: _day(rows, number))]
    return [
        list(members),
        list(reversed(members)),
        [number for day in days for number in reversed(day)],
        [number for day in reversed(days) for number in day],
    ]


def _best(rows: Rows, members: Sequence[int]) -> tuple[list[int], bool]:
    """The order in which most links hold, then the one in which the days run on; and whether these decided."""
    ways = candidates(rows, members)
    ranked = [_ranked(rows, way, place) for place, way in enumerate(ways[:2])]
    if all(held < links for (_, _, _), held, links, _ in ranked):
        ranked += [_ranked(rows, way, place) for place, way in enumerate(ways[2:], 2)]
    ranked.sort(key=lambda entry: entry[0])
    (first, _, _, best), *others = ranked
    rival = next((key for key, _, _, way in others if way != best), None)
    return best, rival is None or first[:2] < rival[:2]


def _ranked(rows: Rows, order: list[int], place: int) -> tuple[tuple[int, int, int], int, int, list[int]]:
    links = links_of(rows, order, None)
    held = sum(link.holds for link in links)
    return (-held, backwards(rows, order), place), held, len(links), order


def backwards(rows: Rows, order: Sequence[int]) -> int:
    """How often the days step back in this order."""
    days = [_day(rows, number) for number in order]
    return sum(later < earlier for earlier, later in pairwise(days) if earlier and later)


def _day(rows: Rows, number: int) -> str:
    cell = rows[number].get("date")
    return str(cell.value) if cell is not None else ""


# --- pieces -----------------------------------------------------------------------------------------------------------


def _pieces(rows: Rows, order: Sequence[int]) -> list[list[int]]:
    """The order cut wherever a link breaks."""
    broken = {link.rows[0] for link in links_of(rows, order, None) if not link.holds}
    pieces: list[list[int]] = [[]]
    for number in order:
        if number in broken and pieces[-1]:
            pieces.append([])
        pieces[-1].append(number)
    return pieces


Mark = tuple[object, ...]


def _mark(rows: Rows, number: int) -> Mark | None:
    """All that a row says; None for a row that may honestly stand there twice."""
    row = rows[number]
    amount, balance = amount_of(row, "amount"), amount_of(row, "balance")
    if not amount or balance is None:
        return None
    told = (row[name].value if name in row else None for name in ("date", "time", "summary", "counterparty_name"))
    return (amount, balance, *told)


def _without_doubles(rows: Rows, pieces: list[list[int]]) -> tuple[list[list[int]], list[int]]:
    """Pieces that begin with the rows with which the one before ended, or say again what an earlier one said: once only."""
    kept: list[list[int]] = [pieces[0]]
    doubled: list[int] = []
    for piece in pieces[1:]:
        before = [_mark(rows, number) for number in kept[-1]]
        here = [_mark(rows, number) for number in piece]
        again = next((k for k in range(min(len(before), len(here)), 0, -1) if _same(before[-k:], here[:k])), 0)
        if not again and len(here) >= 3 and any(_within(here, kept_piece, rows) for kept_piece in kept):
            again = len(here)
        doubled += piece[:again]
        if piece[again:]:
            kept.append(piece[again:])
    return kept, doubled


def _same(one: Sequence[Mark | None], other: Sequence[Mark | None]) -> bool:
    return None not in one and list(one) == list(other)


def _within(marks: Sequence[Mark | None], piece: Sequence[int], rows: Rows) -> bool:
    whole = [_mark(rows, number) for number in piece]
    return any(_same(whole[at : at + len(marks)], marks) for at in range(len(whole) - len(marks) + 1))


def _joined(rows: Rows, pieces: list[list[int]]) -> tuple[list[list[int]], tuple[tuple[int, int], ...]]:
    """The pieces in the order in which their balances meet, where that is the only way and the days allow it."""
    if len(pieces) < 2:
        return pieces, ()
    begins = [_begin(rows, piece) for piece in pieces]
    ends = [amount_of(rows[piece[-1]], "balance") for piece in pieces]
    seen = (
        Counter(value for value in begins if value is not None),
        Counter(value for value in ends if value is not None),
    )
    follows: dict[int, int] = {}
    for here, end in enumerate(ends):
        if end is None or seen[0][end] != 1 or seen[1][end] != 1:
            continue
        there = begins.index(end)
        if there != here and _day(rows, pieces[here][-1]) <= _day(rows, pieces[there][0]):
            follows[here] = there
    heads = sorted(set(range(len(pieces))) - set(follows.values()), key=lambda n: (_day(rows, pieces[n][0]), n))
    order = _chained(heads, follows, len(pieces))
    if order is None or order == list(range(len(pieces))):
        return pieces, ()
    result = [pieces[place] for place in order]
    flat = [number for piece in result for number in piece]
    before = [number for piece in pieces for number in piece]
    now, then = _failing(rows, flat), _failing(rows, before)
    if backwards(rows, flat) > backwards(rows, before) or (now and now > then - 2):
        return pieces, ()  # one balance that happens to meet another is no order; both ends of what moved must meet
    moved = tuple((pieces[later][0], pieces[later][-1]) for earlier, later in pairwise(order) if later < earlier)
    return result, moved


def _begin(rows: Rows, piece: Sequence[int]) -> Decimal | None:
    """The balance before a piece: only a first row with amount and balance tells it."""
    amount, balance = amount_of(rows[piece[0]], "amount"), amount_of(rows[piece[0]], "balance")
    return balance - amount if amount is not None and balance is not None else None


def _chained(heads: Sequence[int], follows: dict[int, int], count: int) -> list[int] | None:
    """The pieces strung together from those that nothing precedes; None for a ring."""
    order: list[int] = []
    for head in heads:
        place: int | None = head
        while place is not None:
            order.append(place)
            place = follows.get(place)
    return order if len(order) == count else None


def _failing(rows: Rows, order: Sequence[int]) -> int:
    return sum(not link.holds for link in links_of(rows, order, None))


# --- which way the money went -----------------------------------------------------------------------------------------


def directions(rows: Rows, members: Sequence[int]) -> tuple[list[int], dict[int, Decimal]] | None:
    """Amounts printed without a sign, signed by the balances: the order and the signed amounts that the balances confirm.

    None where the balances confirm less than half of them, or where both ways round fit equally well.
    """
    found: list[tuple[int, int, int, list[int], dict[int, Decimal]]] = []
    for place, order in enumerate(candidates(rows, members)):
        signed = _signed(rows, order)
        found.append((-len(signed), backwards(rows, order), place, order, signed))
    found.sort(key=lambda entry: entry[:3])
    best = found[0]
    if 2 * len(best[4]) < len(members) - 1 or not best[4]:
        return None
    if any(entry[:2] == best[:2] and entry[4] != best[4] for entry in found[1:]):
        return None
    return best[3], best[4]


def _signed(rows: Rows, order: Sequence[int]) -> dict[int, Decimal]:
    signed: dict[int, Decimal] = {}
    for before, number in pairwise(order):
        start, end = (amount_of(rows[n], "balance") for n in (before, number))
        amount = amount_of(rows[number], "amount")
        if start is not None and amount is not None and end is not None and abs(end - start) == abs(amount):
            signed[number] = end - start if end != start else amount
    return signed
