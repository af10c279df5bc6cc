"""What happens to statements between the printer and us: a page lost, a row printed twice, rows changed about, two currencies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby

import pypdfium2

from demo.papers.drawn import Drawn
from demo.papers.english import ENGLISH, english_ledger
from demo.papers.layout import Cell, Layout
from demo.papers.layouts_corporate import CORPORATE
from demo.papers.layouts_personal import PERSONAL
from demo.papers.ledger import Entry, Ledger
from demo.papers.statement import drawn, statement_pdf
from demo.papers.statements import corporate_ledger, personal_ledger

Mishap = Callable[[Sequence[Entry]], list[Entry]]


def twice(index: int) -> Mishap:
    """One row stands there twice."""
    return lambda entries: [*entries[: index + 1], *entries[index:]]


def changed_about(index: int) -> Mishap:
    """Two neighbours have changed places."""
    return lambda entries: [*entries[:index], entries[index + 1], entries[index], *entries[index + 2 :]]


def left_out(index: int) -> Mishap:
    """One row is not there."""
    return lambda entries: [*entries[:index], *entries[index + 1 :]]


def days_down(entries: Sequence[Entry]) -> list[Entry]:
    """The newest day first, and within a day the rows as they happened."""
    days = [list(group) for _, group in groupby(entries, key=lambda entry: entry.movement.day)]
    return [entry for group in reversed(days) for entry in group]


def _drawn(name: str, layout: Layout, ledger: Ledger) -> Drawn:
    return drawn(f"{name}.pdf", layout, ledger, statement_pdf(layout, ledger))


def mishap_statement(mishap: Mishap, layout: str = "ccb", rows: int = 30, seed: int = 1) -> Drawn:
    """A company's statement to which this happened; the truth is what is printed."""
    return _drawn("mishap", replace(CORPORATE[layout], shuffle=mishap), corporate_ledger(rows, seed))


def english_statement(layout: str = "columns", rows: int = 24, seed: int = 1, *, mishap: Mishap | None = None) -> Drawn:
    """A statement in English; layouts are the keys of ``ENGLISH``."""
    return _drawn(f"statement-{layout}", replace(ENGLISH[layout], shuffle=mishap), english_ledger(rows, seed))


def page_lost(lost: int = 2, layout: str = "icbc", rows: int = 120, seed: int = 1) -> Drawn:
    """A statement of several pages of which one (from 1) is not in the file. The truth still holds its rows."""
    whole = _drawn("page-lost", CORPORATE[layout], corporate_ledger(rows, seed))
    document = pypdfium2.PdfDocument(whole.bytes)
    try:
        del document[lost - 1]
        out = BytesIO()
        document.save(out)
    finally:
        document.close()
    return Drawn(whole.name, out.getvalue(), {**whole.truth, "lost_page": lost})


def taken_back(rows: int = 20, seed: int = 1, layout: str = "abc") -> Drawn:
    """A payment made by mistake and taken back the same day (冲正)."""
    ledger = personal_ledger(rows, seed)
    at = len(ledger.movements) // 2
    day = ledger.movements[at].day
    slip = ledger.movements[at - 1]
    wrong = replace(slip, day=day, amount=-abs(slip.amount), summary="转账支取")
    back = replace(wrong, amount=-wrong.amount, summary="冲正")
    movements = (*ledger.movements[:at], wrong, back, *ledger.movements[at:])
    return _drawn("taken-back", PERSONAL[layout], replace(ledger, movements=movements))


def two_currencies(rows: int = 16, seed: int = 1) -> Drawn:
    """One card with an account in yuan and one in dollars, their rows among each other by day."""
    yuan, dollars = personal_ledger(rows, seed), personal_ledger(rows // 2, seed + 100)
    abroad = {id(movement): replace(movement, remark="USD") for movement in dollars.movements}
    foreign = replace(
        dollars, movements=tuple(abroad.values()), opening=(dollars.opening / 8).quantize(dollars.opening)
    ).entries()

    def mixed(entries: Sequence[Entry]) -> list[Entry]:
        return sorted([*entries, *foreign], key=lambda entry: (entry.movement.day, entry.movement.remark == "USD"))

    def currency(entry: Entry, _: int) -> str:
        return "美元" if entry.movement.remark == "USD" else "人民币"

    plain = PERSONAL["boc"]
    cells = tuple(
        Cell("币别", 12, currency) if cell.head == "币别" else cell for cell in plain.cells if cell.head != "附言"
    )
    return _drawn("two-currencies", replace(plain, cells=cells, newest_first=False, shuffle=mixed), yuan)


__all__ = [
    "changed_about", "days_down", "english_statement", "left_out", "mishap_statement", "page_lost", "taken_back",
    "twice", "two_currencies",
]  # fmt: skip
