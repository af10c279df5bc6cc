"""Clean transactions: the rows of all statements of a customer, counted once, classed, without noise (indicators.md §5).

Counted once: a row that two files of the same account both show is one (``extract.statements.succession``).
Reversals and what they reverse cancel and are left out; so are transfers between the customer's own accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.statements.entries import Entry, currencies, decimal_of
from extract.statements.succession import PARTIAL, Stretch, Succession, books_of, periods_of, succession
from records.facts import Outcome, Paper, Period

STATEMENTS = ("bank_statement_personal", "bank_statement_corporate", "wechat_statement", "alipay_statement")


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
    told = [
        (document, paper)
        for document, paper in papers
        if paper.type in STATEMENTS
        and (paper.tables.get("transactions") or _still(paper))
        and "CNY" in currencies(paper)
    ]
    accounts = tuple(_account(number, papers) for number, papers in sorted(books_of(told).items()))
    accounts = tuple(account for account in accounts if account.periods and account.entries)
    if not accounts:
        return None
    gross = tuple(entry for account in accounts for entry in account.entries)
    return Flow(accounts, gross, _cleaned(gross))


def _still(paper: Paper) -> bool:
    """Whether a statement without rows shows a time in which nothing moved: it prints the same balance at both ends."""
    ends = [decimal_of(paper.fields.get(name)) for name in ("opening_balance", "closing_balance")]
    return ends[0] is not None and ends[0] == ends[1]


def _account(number: str, papers: Sequence[tuple[str, Paper]]) -> Account:
    found = succession([Stretch.of(number, document, paper) for document, paper in papers])
    entries = _each_once(found.entries)
    first = found.stretches[0].paper
    holder = str(first.fields["account_name"].value) if "account_name" in first.fields else ""
    opening = decimal_of(first.fields.get("opening_balance"))
    kind = first.type != "bank_statement_corporate"
    return Account(number, holder, kind, entries, periods_of(found.stretches), opening, _incomplete(found))


def _each_once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    twice = doubled_in([(e.day, e.time, e.amount, e.balance, e.text) for e in entries])
    return tuple(entry for number, entry in enumerate(entries) if number not in twice)


def _incomplete(found: Succession) -> bool:
    """Whether rows are missing: inside a file, between files, or because two files contradict each other."""
    codes = {finding.code for stretch in found.stretches for finding in stretch.paper.findings} & set(BROKEN)
    chained = not any(
        check.identity == "row_chain" and check.state is Outcome.FAILS
        for stretch in found.stretches
        for check in stretch.paper.checks
    )
    if codes and codes <= {PARTIAL, "page_missing"} and chained and found.pages_met:
        codes = set()
    return bool(codes) or not found.whole


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
