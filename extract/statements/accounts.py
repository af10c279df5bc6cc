"""The accounts of a statement: the rows of each in time order, the links between them, and what to know of breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.grammar import Reading, Rows
from extract.proof.equations import Equation
from extract.statements.chain import Link, amount_of, equations_of, links_of, page_of, run_around, spans, tail_of
from extract.statements.entries import class_of
from extract.statements.numbering import lacking
from extract.statements.order import Order, order_of
from extract.statements.rows import accounts_of
from records.facts import Finding

TABLE = "transactions"
#: How many rows back a reversal may reach.
REACH = 400


@dataclass(frozen=True, slots=True)
class Account:
    """One account and currency: its rows in time order, the links of its chain, and the rows after its last balance."""

    members: tuple[int, ...]
    order: Order
    links: tuple[Link, ...]
    last: int | None  #: the row of its last balance
    tail: tuple[int, ...]
    unseen: Decimal | None = None  #: what moved before its first row, on a page that is not there

    def counted(self) -> list[int]:
        """The rows that count, as printed: each once, however often it is printed."""
        return [number for number in self.members if number not in self.order.doubled]

    def equations(self) -> Iterator[Equation]:
        """The links of this account as equations."""
        return equations_of(self.links, TABLE)


def accounts(reading: Reading) -> list[Account]:
    """Every account of a statement. The printed opening balance begins the chain where there is one account only."""
    rows = reading.tables[TABLE]
    groups = accounts_of(reading)
    found: list[Account] = []
    for members in groups:
        order = order_of(rows, members)
        known = (
            reading.get("opening_balance") if len(groups) == 1 and "opening_balance" not in reading.derived else None
        )
        links = links_of(rows, order.rows, known if isinstance(known, Decimal) else None)
        unseen: Decimal | None = None
        if links and links[0].before is None and not links[0].holds and lacks(reading, order, first=True):
            unseen = links.pop(0).gap
        last, tail = tail_of(rows, order.rows)
        found.append(Account(tuple(members), order, tuple(links), last, tail, unseen))
    return found


def lacks(reading: Reading, order: Order, *, first: bool) -> bool:
    """Whether the page with which these rows begin (or end) in time is not there, as the numbering of the pages says."""
    missing, total = lacking(reading.sheet)
    upwards = order.rows[0] <= order.rows[-1]
    return (1 if first == upwards else total) in missing


def remarks(rows: Rows, account: Account) -> Iterator[Finding]:
    """What a person should know: rows printed twice or out of order, and every break with the money it is about."""
    yield from _doubled(rows, account.order)
    yield from _moved(rows, account.order)
    yield from _taken_back(rows, account.order)
    if account.unseen:
        says = f"第一行之前缺页，缺少 {abs(account.unseen):f} 元的流水（印着的期初余额到第一行）。"
        yield Finding("page_missing", says, page_of(rows[account.order.rows[0]]))
    for index, link in enumerate(account.links):
        if not link.holds:
            yield from _break(rows, account.links, index)


def _doubled(rows: Rows, order: Order) -> Iterator[Finding]:
    pages: dict[int | None, list[int]] = {}
    for number in order.doubled:
        pages.setdefault(page_of(rows[number]), []).append(number)
    for page, numbers in pages.items():
        whole = {n for n, row in enumerate(rows) if page_of(row) == page} <= set(numbers)
        money = sum((abs(amount_of(rows[n], "amount") or Decimal(0)) for n in numbers), Decimal(0))
        if whole and page is not None and len(numbers) > 1:
            says = f"第 {page} 页与前面的页重复，涉及 {money:f} 元，只计一次。"
            yield Finding("page_doubled", says, page)
        else:
            yield Finding("row_doubled", f"第 {spans(numbers)} 行重复打印，涉及 {money:f} 元，只计一次。", page)


def _moved(rows: Rows, order: Order) -> Iterator[Finding]:
    for first, last in order.moved:
        here, there = page_of(rows[first]), page_of(rows[last])
        low, high = min(first, last), max(first, last)
        if here is not None and {
            n for n, row in enumerate(rows) if here <= (page_of(row) or 0) <= (there or here)
        } == set(range(low, high + 1)):
            pages = f"第 {here} 页" if here == there else f"第 {min(here, there or here)}–{max(here, there or here)} 页"
            yield Finding("pages_swapped", f"{pages}次序颠倒，已按余额与日期排回。", here)
        else:
            yield Finding("rows_swapped", f"第 {spans(range(low, high + 1))} 行次序颠倒，已按余额与日期排回。", here)


def _taken_back(rows: Rows, order: Order) -> Iterator[Finding]:
    """冲正: a row that takes an earlier one back; both stand, together they are nothing."""
    open_rows: list[int] = []
    for number in order.rows:
        row, amount = rows[number], amount_of(rows[number], "amount")
        told = " ".join(str(row[name].value) for name in ("summary", "remark") if name in row)
        if amount is None or class_of(told, amount) != "reversal":
            open_rows.append(number)
            continue
        first = next((n for n in reversed(open_rows[-REACH:]) if amount_of(rows[n], "amount") == -amount), None)
        if first is not None:
            open_rows.remove(first)
            says = f"第 {number + 1} 行冲正第 {first + 1} 行，金额 {abs(amount):f} 元，两行互抵，不计入流水。"
            yield Finding("reversed_pair", says, page_of(row))


def _break(rows: Rows, links: Sequence[Link], index: int) -> Iterator[Finding]:
    """One break in words: between which rows or pages, and how much money it is."""
    link = links[index]
    first, last = run_around(links, index)
    run = links[first : last + 1]
    if len(run) == 2 and run[0].gap + run[1].gap == 0:
        if index == first:
            says = f"第 {link.row + 1} 行余额应为 {link.start + link.amount:f}，印着 {link.end:f}，差 {link.gap:f} 元。"
            yield Finding("balance_conflict", says, page_of(rows[link.row]))
        return
    here = page_of(rows[link.row])
    there = page_of(rows[link.before]) if link.before is not None else here
    if here != there and here is not None and there is not None:
        one, other = sorted((here, there))
        says = f"第 {one} 页与第 {other} 页之间余额不连续，缺少 {abs(link.gap):f} 元的流水。"
        yield Finding("page_missing", says, here)
        return
    if link.before is None:
        says = f"期初余额 {link.start:f} 与第 {spans(link.rows)} 行不衔接：应为 {link.start + link.amount:f}，印着 {link.end:f}，"
        yield Finding("chain_broken", f"{says}差 {link.gap:f} 元；期初余额或该行金额有误。", here)
        return
    where = f"第 {link.row + 1} 行" if len(link.rows) == 1 else f"第 {spans(link.rows)} 行"
    says = f"{where}余额不衔接：应为 {link.start + link.amount:f}，印着 {link.end:f}，差 {link.gap:f} 元。"
    yield Finding("chain_broken", says, here)
