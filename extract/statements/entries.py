"""The rows of one statement as transactions: in time order, each once, with its class and the states of its reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from extract.grammar import Rows
from extract.lexicon import tables
from extract.statements.order import order_of
from records.facts import Field, Paper, Printed, Row, State
from records.values.text import company, squeeze


@dataclass(frozen=True, slots=True)
class Class:
    """A class of transactions and the words it is known by."""

    name: str
    title: str
    words: tuple[str, ...]
    way: str | None
    example: str
    beside: str


@lru_cache(maxsize=1)
def classes() -> tuple[Class, ...]:
    """The classes of ``lexicon/transactions.toml``, in the order in which they are tried."""
    return tuple(
        Class(c["name"], c["title"], tuple(c["words"]), c.get("way"), c["example"], c["beside"])
        for c in tables()["class"]
    )


def class_of(text: str, amount: Decimal) -> str:
    """The class of a transaction with these words; sales for money that came in and nothing explains, else other."""
    return _class_of(text, "in" if amount > 0 else "out")


@lru_cache(maxsize=4096)
def _class_of(text: str, way: str) -> str:
    """The same words come again row after row."""
    plain = squeeze(text).upper()
    for item in classes():
        if item.way in (None, way) and any(word.upper() in plain for word in item.words):
            return item.name
    return "sales_in" if way == "in" else "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction of one account, with the state of its reading."""

    account: str
    holder: str
    day: date
    time: str | None
    amount: Decimal
    balance: Decimal | None
    party: str  #: normalised counterparty, "" when the paper names none
    text: str  #: summary, remark and counterparty
    kind: str
    state: State
    balance_state: State
    document: str
    page: int | None
    row: int


def decimal_of(field: Field | None) -> Decimal | None:
    """A money value, whether the reading is fresh or came back from JSON."""
    return Decimal(str(field.value)) if field is not None else None


def day_of(field: Field | None) -> date | None:
    """A day, whether the reading is fresh or came back from JSON."""
    if field is None:
        return None
    return field.value if isinstance(field.value, date) else date.fromisoformat(str(field.value))


YUAN = ("CNY", "RMB", "人民币")


def currencies(paper: Paper) -> set[str]:
    """The currencies of a statement: of its rows where they name them, else of the paper; one that names none is in yuan."""
    rows = [row for row in paper.tables.get("transactions", ()) if "currency" in row]
    if rows:
        return {_currency(row["currency"]) for row in rows}
    return {_currency(paper.fields.get("currency"))}


def _currency(field: Field | None) -> str:
    return "CNY" if field is None or str(field.value) in YUAN else str(field.value)


def entries_of(account: str, document: str, paper: Paper, currency: str = "CNY") -> list[Entry]:
    """The transactions of one statement in one currency, earliest first.

    Where the rows name their currencies, a row that names none is of none we know.
    """
    holder = company(str(paper.fields["account_name"].value)) if "account_name" in paper.fields else ""
    rows = paper.tables.get("transactions", ())
    mixed = any("currency" in row for row in rows)
    mine = [
        n for n, row in enumerate(rows) if not mixed or ("currency" in row and _currency(row["currency"]) == currency)
    ]
    found = (_entry(account, holder, document, number, rows[number]) for number in _in_time(rows, mine))
    return [entry for entry in found if entry is not None]


def _in_time(rows: tuple[Row, ...], members: list[int]) -> tuple[int, ...]:
    """These rows in the order in which they happened, each once."""
    if not members:
        return ()
    plain: Rows = [dict(row) for row in rows]
    for row in plain:  # amounts come back from a kept reading as text
        for name in ("amount", "balance"):
            cell = row.get(name)
            if cell is not None and isinstance(cell.value, str):
                row[name] = replace(cell, value=Decimal(cell.value))
    return order_of(plain, members).rows


#: What a wallet calls a direction, and the states in which nothing moved. A wallet's neutral rows are neither in nor out:
#: they move money between the holder's own pockets, and the bank's statement shows them again.
DIRECTIONS = ("收入", "收", "支出", "支")
NOT_MOVED = ("交易关闭", "已关闭", "支付失败", "付款失败", "交易失败", "已取消", "已撤销", "等待付款")


def moved(row: Row) -> bool:
    """Whether a row of a wallet is money that came in or went out; a bank's rows carry no direction and always are."""
    direction, status = (
        str(row[name].value).replace(" ", "") if name in row else "" for name in ("direction", "status")
    )
    return (not direction or direction in DIRECTIONS) and not any(word in status for word in NOT_MOVED)


def _entry(account: str, holder: str, document: str, number: int, row: Row) -> Entry | None:
    day, amount = day_of(row.get("date")), decimal_of(row.get("amount"))
    if day is None or amount is None or not moved(row):
        return None
    party = str(row["counterparty_name"].value) if "counterparty_name" in row else ""
    words = [str(row[name].value) for name in ("summary", "remark", "counterparty_name") if name in row]
    text = " ".join(words)
    kind = class_of(text, amount)
    if party and holder and company(party) == holder and kind in ("sales_in", "other"):
        kind = "own"
    source = row["amount"].source
    return Entry(
        account, holder, day, str(row["time"].value) if "time" in row else None, amount, decimal_of(row.get("balance")),
        company(party) if party else "", text, kind, row["amount"].state,
        row["balance"].state if "balance" in row else State.ABSENT,
        document, source.page if isinstance(source, Printed) else None, number,
    )  # fmt: skip
