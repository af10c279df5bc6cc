"""English statements: paid out, paid in and balance in columns of their own; CR and DR behind figures, days without a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from demo.draw_table import Look
from demo.identity import money
from demo.papers.layout import (
    Cell,
    Item,
    Layout,
    Show,
    balance,
    day,
    figure,
    lines,
    noted,
    one_side,
    signed,
    words,
)
from demo.papers.ledger import Entry, Ledger, Movement

KIND = "bank_statement_personal"
BANK = "Northmere Bank plc"
SHOPS = (
    "CARD PAYMENT ORCHARD GROCERS",
    "DD RIVERSIDE WATER",
    "DD METROLINE ENERGY",
    "ATM HIGH STREET",
    "STO RENT 14 MILL LANE",
)
PAYERS = ("CR EASTGATE PRINTWORKS LTD", "TFR J HOLLIS", "CR REFUND ORCHARD GROCERS")


def english_ledger(rows: int = 24, seed: int = 1, *, opening: Decimal = Decimal("1366.39")) -> Ledger:
    """A person's account in pounds over one month that crosses into the next."""
    rng, start = Random(seed), date(2026, 6, 11)
    days = sorted(rng.randrange(30) for _ in range(rows))
    movements = []
    for offset in days:
        came = rng.random() < 0.3
        amount = Decimal(rng.randrange(500, 240000 if came else 30000)).scaleb(-2)
        summary = rng.choice(PAYERS if came else SHOPS)
        movements.append(Movement(start + timedelta(days=offset), amount if came else -amount, summary))
    return Ledger("Zoe Hartwell", "70118842", start, start + timedelta(days=29), opening, tuple(movements))


def _named(label: str, at: float = 0.0) -> Callable[[Ledger], Item]:
    return lambda ledger: Item(f"{label}{ledger.holder}", at, {"account_name": ledger.holder})


def _number(label: str, at: float = 0.0) -> Callable[[Ledger], Item]:
    return lambda ledger: Item(f"{label}{ledger.number}", at, {"account_no": ledger.number})


def _spoken(label: str, at: float = 0.0) -> Callable[[Ledger], Item]:
    def item(ledger: Ledger) -> Item:
        text = f"{ledger.start.day} {ledger.start:%B} to {ledger.end.day} {ledger.end:%B %Y}"
        return Item(label + text, at, {"period": (ledger.start, ledger.end)})

    return item


def _marked(plus: str, minus: str) -> Show:
    def show(entry: Entry, _: int) -> str:
        amount = entry.movement.amount
        return f"{money(abs(amount))} {plus if amount > 0 else minus}"

    return show


def _overdrawn(entry: Entry, _: int) -> str:
    return f"{money(abs(entry.balance))}{' OD' if entry.balance < 0 else ''}"


ENGLISH = {
    "columns": Layout(
        KIND, BANK, "Your Statement",
        (
            Cell("Date", 22, day("%d %b %y"), ("date",)),
            Cell("Payment type and details", 74, noted("summary"), ("summary",)),
            Cell("Paid out", 26, one_side(-1), ("amount",), "right"),
            Cell("Paid in", 26, one_side(1), ("amount",), "right"),
            Cell("Balance", 28, balance(), ("balance",), "right"),
        ),
        lines(
            (words(BANK), _spoken("", 0.5)),
            (_named("Account Name: "), _number("Account Number: ", 0.4), words("Sort code: 99-00-99", 0.75)),
            (figure("Opening Balance £", "opening_balance", lambda ledger: ledger.opening),
             figure("Payments In £", "total_in", lambda ledger: ledger.paid_in, 0.4)),
            (figure("Payments Out £", "total_out", lambda ledger: ledger.paid_out),
             figure("Closing Balance £", "closing_balance", lambda ledger: ledger.closing, 0.4)),
        ),
        look=Look("none", 8, "Helvetica", 5.6), page_no="Page {page} of {pages}", title_align="left",
    ),
    "once_a_day": Layout(  # the day once, the balance once, other words for the two sides
        KIND, BANK, "Account Statement",
        (
            Cell("Date", 20, day("%d %b"), ("date",)),
            Cell("Description", 76, noted("summary"), ("summary",)),
            Cell("Payments", 28, one_side(-1), ("amount",), "right"),
            Cell("Receipts", 28, one_side(1), ("amount",), "right"),
            Cell("Balance", 28, balance(), ("balance",), "right"),
        ),
        lines(
            (words(BANK),), (lambda ledger: Item(f"Miss {ledger.holder}"),),
            (_number("Account Number: "), _spoken("Statement Period: ", 0.45)),
            (figure("Opening Balance ", "opening_balance", lambda ledger: ledger.opening),
             figure("Closing Balance ", "closing_balance", lambda ledger: ledger.closing, 0.45)),
        ),
        look=Look("none", 8, "Helvetica", 5.6), page_no="Page {page} of {pages}",
    ),
    "american": Layout(  # 06/17 without a year, one signed column
        KIND, BANK, "CHECKING SUMMARY",
        (
            Cell("DATE", 18, day("%m/%d"), ("date",)),
            Cell("DESCRIPTION", 84, noted("summary"), ("summary",)),
            Cell("AMOUNT", 32, signed(), ("amount",), "right"),
            Cell("BALANCE", 34, balance(), ("balance",), "right"),
        ),
        lines(
            (words(BANK), lambda ledger: Item(
                f"{ledger.start:%B %d, %Y} through {ledger.end:%B %d, %Y}", 0.5, {"period": (ledger.start, ledger.end)})),
            (_number("Account Number: "),),
            (figure("Beginning Balance $", "opening_balance", lambda ledger: ledger.opening),
             figure("Ending Balance $", "closing_balance", lambda ledger: ledger.closing, 0.5)),
        ),
        look=Look("none", 8.5, "Helvetica", 5.6),
    ),
    "marks": Layout(
        KIND, BANK, "Current Account Statement",
        (
            Cell("Date", 20, day("%d %b"), ("date",)),
            Cell("Description", 80, noted("summary"), ("summary",)),
            Cell("Amount", 34, _marked("CR", "DR"), ("amount",), "right"),
            Cell("Running Balance", 36, _overdrawn, ("balance",), "right"),
        ),
        lines(
            (words(BANK), _spoken("Statement Period: ", 0.4)),
            (_number("Account No: "), _named("Customer Name: ", 0.4), words("Currency: GBP", 0.8, currency="GBP")),
        ),
        look=Look("rows", 8.5, "Courier", 6.0), page_no="Page {page}/{pages}",
    ),
}  # fmt: skip
