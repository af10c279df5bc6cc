"""Clean transactions: the rows of all statements of a customer, counted once, classed, without noise (indicators.md §5).

Counted once: a row that two files of the same account both show (same day, time, amount, balance and summary) is one.
Reversals and what they reverse cancel and are left out; so are transfers between the customer's own accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from extract.lexicon import tables
from records.facts import Field, Paper, Period, Printed, Row, State
from records.values.text import company, squeeze

STATEMENTS = ("bank_statement_personal", "bank_statement_corporate", "wechat_statement", "alipay_statement")


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


@dataclass(frozen=True, slots=True)
class Account:
    """All that is on file of one account: its rows in time order, the days covered, the balance it began with."""

    number: str
    holder: str
    personal: bool
    entries: tuple[Entry, ...]
    periods: tuple[Period, ...]
    opening: Decimal | None
    incomplete: bool  #: a chain is broken or rows could not be read


@dataclass(frozen=True, slots=True)
class Flow:
    """The money of a customer over all accounts on file."""

    accounts: tuple[Account, ...]
    gross: tuple[Entry, ...]  #: every row once
    clean: tuple[Entry, ...]  #: without reversals and own transfers

    @property
    def period(self) -> Period:
        spans = [period for account in self.accounts for period in account.periods]
        return Period(min(p.start for p in spans), max(p.end for p in spans))


def flow_of(papers: Iterable[tuple[str, Paper]]) -> Flow | None:
    """Gather the statements in yuan among these papers; None when there is none with rows.

    Figures are in yuan and no rate of exchange is guessed: a statement in another currency is not counted as if it were yuan.
    """
    by_account: dict[str, list[tuple[str, Paper]]] = {}
    for document, paper in papers:
        if paper.type in STATEMENTS and paper.tables.get("transactions") and _in_yuan(paper):
            number = paper.fields.get("account_no")
            by_account.setdefault(str(number.value) if number else document, []).append((document, paper))
    accounts = tuple(_account(number, papers) for number, papers in sorted(by_account.items()))
    accounts = tuple(account for account in accounts if account.periods)
    if not accounts:
        return None
    gross = tuple(entry for account in accounts for entry in account.entries)
    return Flow(accounts, gross, _cleaned(gross))


def _in_yuan(paper: Paper) -> bool:
    """Whether a statement is in yuan; one that names no currency is. One of several currencies says so row by row."""
    if _mixed(paper):
        return any(_of_yuan(row) for row in paper.tables["transactions"])
    return "currency" not in paper.fields or str(paper.fields["currency"].value) in YUAN


YUAN = ("CNY", "RMB", "人民币")


def _of_yuan(row: Row) -> bool:
    return "currency" in row and str(row["currency"].value) in YUAN


def _mixed(paper: Paper) -> bool:
    """Whether the rows of a statement name their currencies: then a row that names none is of none we know."""
    return any("currency" in row for row in paper.tables["transactions"])


def _account(number: str, papers: Sequence[tuple[str, Paper]]) -> Account:
    ordered = sorted(papers, key=lambda pair: (str(pair[1].period.start) if pair[1].period else "", pair[0]))
    seen: set[tuple[object, ...]] = set()
    entries: list[Entry] = []
    for document, paper in ordered:
        fresh = _entries(number, document, paper)
        marks = [(e.day, e.time, e.amount, e.balance, squeeze(e.text)) for e in fresh]
        twice = doubled_in(marks)
        entries += [
            e for n, (e, mark) in enumerate(zip(fresh, marks, strict=True)) if mark not in seen and n not in twice
        ]
        seen.update(marks)
    periods = tuple(paper.period for _, paper in ordered if paper.period) or _span_of(entries)
    first = ordered[0][1]
    broken = any(finding.code in BROKEN for _, paper in ordered for finding in paper.findings)
    holder = str(first.fields["account_name"].value) if "account_name" in first.fields else ""
    opening = decimal_of(first.fields.get("opening_balance"))
    return Account(number, holder, first.type != "bank_statement_corporate", tuple(entries), periods, opening, broken)


def _span_of(entries: Sequence[Entry]) -> tuple[Period, ...]:
    """The days from the first row to the last, where no paper says what it covers."""
    days = [entry.day for entry in entries]
    return (Period(min(days), max(days)),) if days else ()


def doubled_in(marks: Sequence[tuple[object, ...]]) -> set[int]:
    """Rows that say all that the rows just before them said, balances included: printed or scanned twice, they count once.

    A balance that moved cannot come out the same in the next row, so these are never two honest transactions.
    """
    found: set[int] = set()
    last: dict[tuple[object, ...], int] = {}
    for start, mark in enumerate(marks):
        length = start - last.get(mark, start)
        last[mark] = start
        if start in found or not length or mark[3] is None:
            continue
        before, here = marks[start - length : start], marks[start : start + length]
        if before == here and _moved(before):
            found.update(range(start, start + length))
    return found


def _moved(marks: Sequence[tuple[object, ...]]) -> bool:
    """Whether these rows together changed the balance: otherwise they may honestly come again (+100, −100, +100, −100)."""
    amounts = [mark[2] for mark in marks]
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0)) != 0


#: Findings after which the rows of a statement are not the whole story.
BROKEN = (
    "page_missing",
    "pages_incomplete",
    "chain_broken",
    "balance_conflict",
    "cell_unreadable",
    "amount_missing",
    "direction_unknown",
)


def decimal_of(field: Field | None) -> Decimal | None:
    """A money value, whether the reading is fresh or came back from JSON."""
    return Decimal(str(field.value)) if field is not None else None


def day_of(field: Field | None) -> date | None:
    """A day, whether the reading is fresh or came back from JSON."""
    if field is None:
        return None
    return field.value if isinstance(field.value, date) else date.fromisoformat(str(field.value))


def _entries(account: str, document: str, paper: Paper) -> list[Entry]:
    holder = company(str(paper.fields["account_name"].value)) if "account_name" in paper.fields else ""
    rows = list(enumerate(paper.tables["transactions"]))
    if _mixed(paper):
        rows = [(n, row) for n, row in rows if _of_yuan(row)]
    days = [day_of(row.get("date")) for _, row in rows]
    known = [day for day in days if day]
    if known and known[0] > known[-1]:
        rows.reverse()
    found = [_entry(account, holder, document, number, row) for number, row in rows]
    return [entry for entry in found if entry is not None]


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


def _cleaned(gross: Sequence[Entry]) -> tuple[Entry, ...]:
    """Without reversals and the rows they take back, and without moves between own accounts."""
    dropped: set[int] = set()
    for index, entry in enumerate(gross):
        if entry.kind != "reversal":
            continue
        dropped.add(index)
        for earlier in range(index - 1, -1, -1):
            other = gross[earlier]
            if earlier not in dropped and other.account == entry.account and other.amount == -entry.amount:
                dropped.add(earlier)
                break
    return tuple(e for index, e in enumerate(gross) if index not in dropped and e.kind != "own")
