"""Balances carried from page to page (承前页, 过次页, brought forward): the last balance of a page printed a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.forms.fields import make_field
from extract.grammar import Bearing, Reading
from extract.layout import Strip, folded, squeezed
from extract.proof.equations import Equation
from extract.statements.accounts import TABLE, Account
from extract.statements.chain import amount_of, page_of
from extract.statements.order import order_of
from extract.statements.rows import accounts_of
from records.facts import Check, Field, Outcome, Printed
from records.values import money

IN = re.compile(r"承前页|上页结转|接上页|broughtforward", re.IGNORECASE)
ON = re.compile(r"过次页|转下页|结转下页|carriedforward", re.IGNORECASE)
SAYS = "承前页、过次页余额 = 前一页最后余额"
NAME = "page_carry"


def carried(reading: Reading, books: Sequence[Account]) -> Iterator[tuple[Bearing, Equation]]:
    """Each carried balance against the last row before it; nothing where the rows are not printed in the order of time."""
    if len(books) != 1 or list(books[0].order.rows) != list(books[0].members):
        return
    rows = reading.tables[TABLE]
    last: dict[int, int] = {}
    for number, row in enumerate(rows):
        page = page_of(row)
        if page is not None and amount_of(row, "balance") is not None:
            last[page] = number
    for page, strips in reading.sheet.by_page.items():
        for strip in strips:
            text = squeezed(strip.text)
            ends = last.get(page) if ON.search(text) else last.get(page - 1) if IN.search(text) else None
            figure = _figure(strip) if ends is not None else None
            if ends is not None and figure is not None:
                yield _held(rows[ends], ends, page, figure * reading.money_unit)


def _held(row: dict[str, Field], number: int, page: int, figure: Decimal) -> tuple[Bearing, Equation]:
    balance = amount_of(row, "balance")
    holds = balance == figure
    path = f"{TABLE}[{number}].balance"
    state = Outcome.HOLDS if holds else Outcome.FAILS
    check = Check(NAME, state, SAYS, f"{balance:f}", f"{figure:f}", f"page {page}", page, (path,))
    return Bearing(check), Equation(NAME, ((path, 1),), holds)


def carried_over(reading: Reading) -> None:
    """承前页 over the first row of all: the balance of the sheet before this one is the opening balance of these rows."""
    rows = reading.tables[TABLE]
    groups = accounts_of(reading)
    if "opening_balance" in reading.fields or len(groups) != 1:
        return
    place = next(iter(rows[0].values())).source
    if not isinstance(place, Printed) or place.box is None or list(order_of(rows, groups[0]).rows) != list(groups[0]):
        return
    for strip in reading.sheet.by_page[place.page]:
        figures = [word for word in strip.words if "." in word.text and money.money(word.text) is not None]
        if strip.box.y1 > place.box.y0 + 0.002 or not IN.search(squeezed(strip.text)) or len(figures) != 1:
            continue
        kind = reading.kinds()["opening_balance"]
        picked = kind.pick(folded(figures[0].text), reading.money_unit)
        if picked is not None:
            reading.fields["opening_balance"] = make_field(kind, picked[0], figures, strip.page)
            return


def _figure(strip: Strip) -> Decimal | None:
    """The one amount on a line."""
    amounts = [found for word in strip.words if "." in word.text and (found := money.money(word.text)) is not None]
    return amounts[0].value if len(amounts) == 1 else None
