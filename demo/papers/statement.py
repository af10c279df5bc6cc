"""Draws a ledger the way a layout says: as a PDF of many pages, a workbook or an export, with the truth of what is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from demo.draw import Sheet, width_of
from demo.draw_office import Grid, csv_bytes, xlsx_bytes
from demo.draw_table import Column, Table
from demo.identity import money
from demo.papers.drawn import Drawn, Truth, truth
from demo.papers.layout import Item, Layout
from demo.papers.ledger import ZERO, Entry, Ledger

Alter = Mapping[int, Decimal]  #: entry (from 0, in the order of time) -> the amount that a forger printed instead


def statement_truth(layout: Layout, ledger: Ledger, alter: Alter | None = None) -> Truth:
    """What a perfect reader finds on this print-out (on an altered one: what is printed, and the row that lies)."""
    fields: dict[str, object] = {"bank_name": layout.bank}
    for row in [*layout.header(ledger), *layout.footer(ledger)]:
        for item in row:
            fields.update(item.fields)
    fields["opening_balance"] = fields.get("opening_balance") or (ledger.opening if layout.carry else None)
    if layout.carry:
        fields["closing_balance"] = ledger.closing
    rows = [_row_truth(layout, entry, place) for place, entry in enumerate(_printed(layout, ledger, alter), 1)]
    subject = {"name": ledger.holder, "uscc": None, "id_no": fields.get("id_no")}
    found = {"altered_rows": [layout_place(layout, ledger, i) for i in sorted(alter)]} if alter else {}
    return truth(layout.kind, fields, {"transactions": rows}, subject=subject, **found)


def layout_place(layout: Layout, ledger: Ledger, index: int) -> int:
    """Where (from 1) the entry stands on paper."""
    return len(ledger.movements) - index if layout.newest_first else index + 1


def _printed(layout: Layout, ledger: Ledger, alter: Alter | None) -> list[Entry]:
    entries = ledger.entries()
    for index, amount in (alter or {}).items():
        entries[index] = replace(entries[index], movement=replace(entries[index].movement, amount=amount))
    if layout.shuffle:
        entries = layout.shuffle(entries)
    return entries[::-1] if layout.newest_first else entries


def _row_truth(layout: Layout, entry: Entry, place: int) -> dict[str, object]:
    movement = entry.movement
    known: dict[str, object] = {
        "date": movement.day, "amount": movement.amount, "balance": entry.balance, "summary": movement.summary,
        "counterparty_name": movement.name, "counterparty_account": movement.account, "channel": movement.channel,
        "remark": movement.remark, "serial_no": movement.serial, "counterparty_bank": movement.bank,
    }  # fmt: skip
    row: dict[str, object] = {}
    for cell in layout.cells:
        for key in cell.keys:
            row[key] = _clock(cell.show(entry, place)) if key == "time" else known[key]
    return row


def _clock(cell: str) -> str | None:
    found = re.search(r"(\d\d):?(\d\d):?(\d\d)$", cell)
    return ":".join(found.groups()) if found else None


def _cells(layout: Layout, ledger: Ledger, entry: Entry, place: int) -> list[str]:
    own = {"{number}": ledger.number, "{holder}": ledger.holder}
    shown = [cell.show(entry, place) for cell in layout.cells]
    return [own.get(words, words) for words in shown]


# --- as a PDF -------------------------------------------------------------------------------------------------------


def statement_pdf(layout: Layout, ledger: Ledger, alter: Alter | None = None) -> bytes:
    """Drawn twice when there is more than one page: the first time only to count them."""
    pages, data = _Printer(layout, ledger, alter, pages=1).print()
    if pages > 1:
        pages, data = _Printer(layout, ledger, alter, pages=pages).print()
    return data


class _Printer:
    """Prints one ledger; knows how far it has come."""

    def __init__(self, layout: Layout, ledger: Ledger, alter: Alter | None, *, pages: int):
        self.layout, self.ledger, self.pages = layout, ledger, pages
        self.entries = _printed(layout, ledger, alter)
        self.sheet = Sheet(landscape=layout.landscape, title=layout.title, producer="iText 2.1.7 by 1T3XT")
        self.width = sum(cell.width for cell in layout.cells)
        self.x = (self.sheet.width - self.width) / 2
        self.balance = ledger.opening
        self.on_page: list[Entry] = []

    def print(self) -> tuple[int, bytes]:
        layout = self.layout
        tail = layout.look.row * (int(bool(layout.carry)) + int(bool(layout.page_total)))
        columns = [Column(tuple(c.head.split("\n")), c.width, c.align, c.wraps) for c in layout.cells]
        self._under()
        top = self._heading()
        bottom = self.sheet.height - 18 - tail
        self.table = Table(self.sheet, columns, layout.look, x=self.x, y=top, bottom=bottom, turn=self._turn)
        self.table.begin = self._carried_in
        self._carried_in()
        for place, entry in enumerate(self.entries, 1):
            self.table.row(_cells(layout, self.ledger, entry, place))
            self.on_page.append(entry)
            self.balance = entry.balance
        self._page_total()
        self._foot()
        return self.sheet.page, self.sheet.finish()

    def _turn(self) -> float:
        """The end of a page: its subtotal, the balance carried on, its number; then a new one."""
        self._page_total()
        if self.layout.carry:
            self._carry(self.layout.carry[1], self.balance)
        self._number()
        self.sheet.next_page()
        self._under()
        return self._heading() if self.layout.header_everywhere else 14.0

    def _under(self) -> None:
        """What lies below the words of a page."""
        if self.layout.watermark:
            self.sheet.watermark(self.layout.watermark)

    def _carried_in(self) -> None:
        if self.layout.carry:
            self._carry(self.layout.carry[0], self.balance)

    def _carry(self, label: str, balance: Decimal) -> None:
        self._special(label, {"balance": balance})

    def _page_total(self) -> None:
        if self.layout.page_total:
            paid_in = sum((e.movement.amount for e in self.on_page if e.movement.amount > 0), ZERO)
            paid_out = -sum((e.movement.amount for e in self.on_page if e.movement.amount < 0), ZERO)
            self._special(self.layout.page_total, {"out": paid_out, "in": paid_in})
        self.on_page = []

    def _special(self, label: str, sums: Mapping[str, Decimal]) -> None:
        """A row that is no movement: its label stands under 摘要."""
        cells, sides = [], iter(("out", "in"))
        for cell in self.layout.cells:
            key = next(sides) if cell.keys == ("amount",) else "balance" if "balance" in cell.keys else ""
            cells.append(label if "summary" in cell.keys else money(sums[key]) if key in sums else "")
        self.table.row(cells, keep=True)

    def _heading(self) -> float:
        layout, sheet = self.layout, self.sheet
        x, y = (self.x, 16.0) if layout.title_align == "left" else (sheet.width / 2, 16.0)
        sheet.text(x, y, layout.title, size=layout.title_size, align=layout.title_align, bold=True)
        if layout.subtitle:
            y += 6
            sheet.text(x, y, layout.subtitle, size=9.5, align=layout.title_align)
        if layout.page_no_at == "top":
            sheet.text(self.x + self.width, 16, self._page_words(), size=8, align="right")
        y = self._items(layout.header(self.ledger), y + 8)
        return y - 2

    def _items(self, rows: Sequence[Sequence[Item]], y: float, size: float = 8.5) -> float:
        for row in rows:
            for item in row:
                self.sheet.text(self.x + item.at * self.width, y, item.words, size=size)
            y += 5.4
        return y

    def _foot(self) -> None:
        rows = self.layout.footer(self.ledger)
        if self.table.y + 6 + 6 * len(rows) > self.sheet.height - 12:
            self._number()
            self.sheet.next_page()
            self.table.y = 12.0
        y = self._items(rows, self.table.y + 7)
        if self.layout.seal:
            self.sheet.seal(self.x + self.width - 26, min(y + 4, self.sheet.height - 24), self.layout.seal)
        self._number()

    def _number(self) -> None:
        if self.layout.page_no_at == "bottom":
            at = self.sheet.width / 2 + width_of(self._page_words(), 8) / 2
            self.sheet.text(at, self.sheet.height - 8, self._page_words(), size=8, align="right")

    def _page_words(self) -> str:
        return self.layout.page_no.format(page=self.sheet.page, pages=self.pages)


# --- as a workbook or an export -------------------------------------------------------------------------------------


def _grid(layout: Layout, ledger: Ledger, alter: Alter | None) -> Grid:
    head = [cell.head.replace("\n", " ") for cell in layout.cells]
    rows = [_cells(layout, ledger, entry, place) for place, entry in enumerate(_printed(layout, ledger, alter), 1)]
    above = [[item.words for item in row] for row in layout.header(ledger)]
    below = [[item.words for item in row] for row in layout.footer(ledger)]
    figures = {i for i, cell in enumerate(layout.cells) if {"amount", "balance"} & set(cell.keys)}
    return Grid(layout.title, above, head, rows, below, figures)


def statement_xlsx(layout: Layout, ledger: Ledger, alter: Alter | None = None, *, as_numbers: bool = False) -> bytes:
    """A workbook from the bank's site; ``as_numbers`` writes figures as numbers, else as the text they are shown as."""
    return xlsx_bytes(_grid(layout, ledger, alter), as_numbers=as_numbers)


def statement_csv(layout: Layout, ledger: Ledger, alter: Alter | None = None) -> bytes:
    """A GBK export whose cells are padded with blanks and a tab, so that spreadsheets keep them as text."""
    return csv_bytes(_grid(layout, ledger, alter))


def drawn(name: str, layout: Layout, ledger: Ledger, data: bytes, alter: Alter | None = None) -> Drawn:
    """The file with its truth."""
    return Drawn(name, data, statement_truth(layout, ledger, alter))
