"""Statements in sections: what came in and what went out in tables of their own, under a title each, and no running balance.

American banks print so (Deposits and Other Credits, Withdrawals and Other Debits). The title over a table is the sign of its
amounts; the sums at the head of the paper are what proves them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.grammar import Reading, Rows, Table
from extract.kinds import Text
from extract.layout import Sheet, Strip
from extract.statements.chain import amount_of
from extract.statements.columns import transactions_table
from extract.statements.ledger import LedgerDay, LedgerMoney
from extract.tables.headers import find_headers
from extract.tables.labels import labels_of
from extract.tables.table import read_table
from records.facts import Field, Printed

_CAME = re.compile(
    r"^(?:total )?(?:deposits?|credits?|additions|other credits|electronic (?:deposits|credits)|interest paid)\b"
    r"|^(?:收入|存入|贷方)明细",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"^(?:total )?(?:withdrawals?|debits?|checks?|subtractions|other (?:debits|withdrawals)|payments|fees|service charges?)\b"
    r"|^(?:electronic (?:withdrawals|debits|payments)|atm|card)\b|^(?:支出|支取|借方)明细",
    re.IGNORECASE,
)
_BALANCE = re.compile(r"balance|余额|结余", re.IGNORECASE)
_LINES = 2  #: lines between the title of a section and the head of its table
_LETTERS = 60  #: of a title

_WHOLE = transactions_table()
SECTION = Table(
    key=("date",),
    needs=(("date",), ("amount",), ("summary",)),
    date=LedgerDay(*_WHOLE.columns["date"].labels),
    summary=Text(*_WHOLE.columns["summary"].labels),
    amount=LedgerMoney(*_WHOLE.columns["amount"].labels),
)

Section = tuple[int, float, int]  #: page, top, and 1 for what came in, −1 for what went out


def sections_of(sheet: Sheet) -> list[Section]:
    """The titled tables of a statement, when some tell what came in and others what went out; else nothing."""
    found: list[Section] = []
    for page in sheet.pages:
        strips = sheet.by_page[page.number]
        for header in find_headers(strips, SECTION, labels_of(SECTION)):
            if any(_BALANCE.search(strip.text) for strip in strips[header.first : header.last + 1]):
                return []
            sign = next(
                (s for t in reversed(strips[max(0, header.first - _LINES) : header.first]) if (s := _sign(t))), 0
            )
            if sign:
                found.append((page.number, strips[header.first].top, sign))
    return found if {sign for _, _, sign in found} == {1, -1} else []


def _sign(strip: Strip) -> int:
    text = strip.text.strip()
    if len(text) > _LETTERS or any(character.isdigit() for character in text):
        return 0
    return 1 if _CAME.match(text) else -1 if _WENT.match(text) else 0


def rows_in_sections(reading: Reading) -> Rows:
    """The rows of all sections, each with the sign of the section it stands in."""
    sections = sections_of(reading.sheet)
    if not sections:
        return []
    rows = read_table(reading, SECTION)
    outs = [(row, amount) for row in rows if _section(row, sections) < 0 and (amount := amount_of(row, "amount"))]
    if any(amount > 0 for _, amount in outs):  # else a minus already says what the title does
        for row, amount in outs:
            row["amount"] = replace(row["amount"], value=-amount)
    return rows


def _section(row: dict[str, Field], sections: list[Section]) -> int:
    """The sign of the last section that begins above a row."""
    source = row["date"].source
    if not isinstance(source, Printed) or source.box is None:
        return 0
    return next((s for page, top, s in reversed(sections) if (page, top) < (source.page, source.box.y0)), 0)
