"""What a bank's statement looks like: columns, header, footer, order, carried balances. Banks differ in data, not in code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from demo.draw_table import Look
from demo.identity import money
from demo.papers.ledger import Entry, Ledger

Show = Callable[[Entry, int], str]  #: the entry and its number from 1
IN, OUT = 1, -1
CNY = {"currency": "CNY"}  #: what a line says that names the currency


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a statement; ``keys`` are the ids of the truth that a reader can find in it."""

    head: str  #: lines of the head are separated by a newline
    width: float
    show: Show
    keys: tuple[str, ...] = ()
    align: str = "left"
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Something printed above or below the table, and what it says about the account."""

    words: str
    at: float = 0.0  #: where it begins, as a fraction of the table's width
    fields: Mapping[str, object] = field(default_factory=dict)


Items = Callable[[Ledger], list[list[Item]]]


@dataclass(frozen=True, slots=True)
class Layout:
    """One bank's way to print one kind of statement."""

    kind: Literal["bank_statement_corporate", "bank_statement_personal"]
    bank: str | None  #: as the paper names it; None where it does not
    title: str
    cells: tuple[Cell, ...]
    header: Items
    footer: Items = lambda _: []
    subtitle: str = ""
    landscape: bool = False
    look: Look = field(default_factory=Look)
    newest_first: bool = False
    header_everywhere: bool = False
    carry: tuple[str, str] | None = None  #: 承前页, 过次页
    page_total: str | None = None  #: 本页合计
    page_no: str = "第{page}页，共{pages}页"
    page_no_at: Literal["top", "bottom"] = "bottom"
    title_size: float = 15
    title_align: str = "center"
    seal: str | None = None
    watermark: str | None = None  #: pale words that run through the rows
    shuffle: Callable[[Sequence[Entry]], list[Entry]] | None = (
        None  #: what happened to the rows before they were printed
    )


# --- what stands in a cell ------------------------------------------------------------------------------------------


def day(style: str = "%Y-%m-%d") -> Show:
    return lambda entry, _: entry.movement.day.strftime(style)


def time(style: str = ":", blank: str = "") -> Show:
    return lambda entry, _: (entry.movement.time or "").replace(":", style) or blank


def moment(style: str = "%Y-%m-%d") -> Show:
    return lambda entry, _: f"{entry.movement.day.strftime(style)} {entry.movement.time or '00:00:00'}"


def signed(plus: str = "", *, commas: bool = True) -> Show:
    """One column, money out with a minus."""

    def show(entry: Entry, _: int) -> str:
        amount = entry.movement.amount
        return (plus if amount > 0 else "") + (money(amount) if commas else f"{amount:.2f}")

    return show


def unsigned() -> Show:
    return lambda entry, _: money(abs(entry.movement.amount))


def flag(paid_in: str, paid_out: str) -> Show:
    return lambda entry, _: paid_in if entry.movement.amount > 0 else paid_out


def one_side(sign: int, blank: str = "", *, commas: bool = True) -> Show:
    """One of two columns: money in (1) or out (-1)."""

    def show(entry: Entry, _: int) -> str:
        amount = entry.movement.amount * sign
        return blank if amount <= 0 else money(amount) if commas else f"{amount:.2f}"

    return show


def balance(*, commas: bool = True) -> Show:
    return lambda entry, _: money(entry.balance) if commas else f"{entry.balance:.2f}"


def number() -> Show:
    return lambda _, place: str(place)


def constant(words: str) -> Show:
    return lambda _, __: words


def noted(name: str, blank: str = "") -> Show:
    """A note of the movement: summary, name, account, channel, remark, serial, bank."""
    return lambda entry, _: getattr(entry.movement, name) or blank


def pair(first: str, second: str, joint: str, blank: str = "") -> Show:
    """Two notes in one cell: name over account, or account/name."""

    def show(entry: Entry, _: int) -> str:
        words = [getattr(entry.movement, key) for key in (first, second) if getattr(entry.movement, key)]
        return joint.join(words) or blank

    return show


# --- what stands above and below ------------------------------------------------------------------------------------


def holder(label: str, at: float = 0.0) -> Callable[[Ledger], Item]:
    return lambda ledger: Item(f"{label}{ledger.holder}", at, {"account_name": ledger.holder})


def account(label: str, at: float = 0.0, *, masked: bool = False) -> Callable[[Ledger], Item]:
    def item(ledger: Ledger) -> Item:
        shown = ledger.number[:4] + "*" * (len(ledger.number) - 8) + ledger.number[-4:] if masked else ledger.number
        return Item(f"{label}{shown}", at, {"account_no": shown})

    return item


def period(label: str, at: float = 0.0, style: str = "%Y-%m-%d", joint: str = " 至 ") -> Callable[[Ledger], Item]:
    def item(ledger: Ledger) -> Item:
        words = f"{label}{ledger.start.strftime(style)}{joint}{ledger.end.strftime(style)}"
        return Item(words, at, {"period": (ledger.start, ledger.end)})

    return item


def words(text: str, at: float = 0.0, **fields: object) -> Callable[[Ledger], Item]:
    return lambda _: Item(text, at, fields)


def figure(label: str, key: str, value: Callable[[Ledger], Decimal], at: float = 0.0) -> Callable[[Ledger], Item]:
    """A sum of money: 期末余额 1,253,679.99."""
    return lambda ledger: Item(f"{label}{money(value(ledger))}", at, {key: value(ledger)})


def counted(label: str, sign: int, at: float = 0.0, tail: str = "笔") -> Callable[[Ledger], Item]:
    key = "count_in" if sign > 0 else "count_out"
    return lambda ledger: Item(f"{label}{ledger.count(sign)}{tail}", at, {key: str(ledger.count(sign))})


def total(label: str, sign: int, at: float = 0.0, tail: str = " {count}笔") -> Callable[[Ledger], Item]:
    """借方合计 370,235.91 3笔: the sum of one side with its count, or without (tail '')."""

    def item(ledger: Ledger) -> Item:
        value = ledger.paid_in if sign > 0 else ledger.paid_out
        side, count = ("in", ledger.count(1)) if sign > 0 else ("out", ledger.count(-1))
        fields: dict[str, object] = {f"total_{side}": value}
        if "{count}" in tail:
            fields[f"count_{side}"] = str(count)
        return Item(f"{label}{money(value)}{tail.format(count=count)}", at, fields)

    return item


def lines(*rows: tuple[Callable[[Ledger], Item], ...]) -> Items:
    """Lines of items."""
    return lambda ledger: [[item(ledger) for item in row] for row in rows]
