"""Bank statements to order: any layout, any medium, rows made up or given, one amount altered when a forger is wanted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from demo.draw_photo import photo_jpeg, scan_pdf
from demo.identity import card
from demo.papers.drawn import Drawn
from demo.papers.layouts_corporate import CORPORATE
from demo.papers.layouts_personal import PERSONAL
from demo.papers.layouts_terse import EXPORTS
from demo.papers.ledger import Ledger
from demo.papers.living import Business, Household, spend, trade
from demo.papers.statement import Alter, drawn, statement_csv, statement_pdf, statement_xlsx

Medium = Literal["pdf", "xlsx", "xlsx_numbers", "csv", "scan", "photo"]

CUSTOMERS = (
    ("云洲瑶川纺织有限公司", "33050162999900001201"),
    ("星桥锦岚服饰有限公司", "1202026209900034567"),
    ("海甸远澜进出口有限公司", "571999900010508"),
    ("云洲明岑电气有限公司", "400099990120100567"),
    ("白榆重工装备股份有限公司（北方制造基地）", "11050199990000000321"),
)
SUPPLIERS = (
    ("星桥恒钧金属材料有限公司", "33050199990000007788"),
    ("云洲通达物流有限公司", "19099901040009876"),
    ("白榆工具量具有限公司", "1202099909900077665"),
    ("海甸石化销售有限公司云洲分公司", "110060999018010012345"),
)
BUSINESS = Business(CUSTOMERS, SUPPLIERS, Decimal("1860000"), Decimal("218000"))
HOUSEHOLD = Household("云洲恒屿精密机械有限公司", Decimal("12860"), Decimal("4312.56"))
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


def corporate_ledger(
    rows: int = 28,
    seed: int = 1,
    *,
    holder: str = "云洲恒屿精密机械有限公司",
    number: str = "33050199990000012345",
    start: date = QUARTER[0],
    end: date = QUARTER[1],
    opening: Decimal = Decimal("862315.40"),
    business: Business = BUSINESS,
) -> Ledger:
    """A company's account with about ``rows`` movements between two days."""
    movements = trade(Random(seed), business, start, end, opening, rows)
    return Ledger(holder, number, start, end, opening, movements)


def personal_ledger(
    rows: int = 24,
    seed: int = 1,
    *,
    holder: str = "沈砚秋",
    number: str = card("622848999900000456"),
    start: date = QUARTER[0],
    end: date = QUARTER[1],
    opening: Decimal = Decimal("23518.06"),
    home: Household = HOUSEHOLD,
    id_no: str | None = "999901198503124523",
) -> Ledger:
    """A person's account with about ``rows`` movements between two days."""
    movements = spend(Random(seed), home, start, end, opening, rows)
    return Ledger(holder, number, start, end, opening, movements, id_no=id_no)


def statement(
    layout: str, ledger: Ledger, medium: Medium = "pdf", *, personal: bool, alter: Alter | None = None, seed: int = 1
) -> Drawn:
    """This account in this bank's layout, on this medium."""
    look = (PERSONAL if personal else CORPORATE | EXPORTS)[layout]
    stem = f"{'personal' if personal else 'corporate'}-{layout}-{ledger.start:%Y%m}-{ledger.end:%Y%m}"
    match medium:
        case "xlsx" | "xlsx_numbers":
            return drawn(
                f"{stem}.xlsx", look, ledger, statement_xlsx(look, ledger, alter, as_numbers=medium != "xlsx"), alter
            )
        case "csv":
            return drawn(f"{stem}.csv", look, ledger, statement_csv(look, ledger, alter), alter)
    pdf = statement_pdf(look, ledger, alter)
    match medium:
        case "scan":
            return drawn(f"{stem}-scan.pdf", look, ledger, scan_pdf(pdf, seed=seed), alter).pictured()
        case "photo":
            return drawn(f"{stem}-photo.jpg", look, ledger, photo_jpeg(pdf, seed=seed), alter).pictured()
    return drawn(f"{stem}.pdf", look, ledger, pdf, alter)


def corporate_statement(
    layout: str = "ccb",
    rows: int = 28,
    seed: int = 1,
    medium: Medium = "pdf",
    *,
    ledger: Ledger | None = None,
    alter: Alter | None = None,
) -> Drawn:
    """A company's statement; layouts are the keys of ``CORPORATE``."""
    return statement(layout, ledger or corporate_ledger(rows, seed), medium, personal=False, alter=alter, seed=seed)


def personal_statement(
    layout: str = "abc",
    rows: int = 24,
    seed: int = 1,
    medium: Medium = "pdf",
    *,
    ledger: Ledger | None = None,
    alter: Alter | None = None,
) -> Drawn:
    """A person's statement; layouts are the keys of ``PERSONAL``."""
    return statement(layout, ledger or personal_ledger(rows, seed), medium, personal=True, alter=alter, seed=seed)


def altered_statement(layout: str = "ccb", rows: int = 28, seed: int = 1, medium: Medium = "pdf") -> Drawn:
    """A statement on which one receipt was made ten thousand larger, and nothing else was touched."""
    ledger = corporate_ledger(rows, seed)
    index = max(range(len(ledger.movements)), key=lambda i: ledger.movements[i].amount)
    return corporate_statement(
        layout, seed=seed, medium=medium, ledger=ledger, alter={index: ledger.movements[index].amount + 10000}
    )


def long_statement(pages: int = 60, layout: str = "ccb", seed: int = 1) -> Drawn:
    """A year of a busy company over about this many pages, for benchmarks."""
    a_page = {"ccb": 26.8, "icbc": 36.0, "boc": 35.0, "rural": 38.0}.get(layout, 26.0)
    ledger = corporate_ledger(
        round(a_page * pages), seed, start=date(2025, 10, 1), end=date(2026, 9, 30), opening=Decimal("2862315.40")
    )
    return corporate_statement(layout, seed=seed, ledger=ledger)
