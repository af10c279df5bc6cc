"""The papers that ``make eval-papers`` reads: every type of money, tax and supply in every layout the made-up bank can draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.altered_cases import ALTERED, NOT_SO
from demo.draw_damage import DAMAGES, damaged_pdf
from demo.draw_photo import scan_pdf
from demo.papers import (
    collateral,
    customs_prints,
    electricity,
    forged,
    income_tax,
    invoice_kinds,
    invoice_paper,
    invoices,
    loans,
    park,
    park_piped,
    payments,
    shared_meters,
    tax,
    tax_letters,
    tax_prints,
    taxes,
    unruled,
    unruled_trade,
    utilities,
    wallets,
)
from demo.papers.drawn import Drawn
from demo.papers.english import ENGLISH
from demo.papers.layouts_corporate import CORPORATE
from demo.papers.layouts_personal import PERSONAL
from demo.papers.layouts_terse import EXPORTS
from demo.papers.mishaps import english_statement
from demo.papers.returns import small_return, vat_return
from demo.papers.statements import corporate_statement, personal_statement

Draw = Callable[[int, str], Drawn]  #: seed and medium


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of one type, and the media it comes in besides a text PDF and its scan."""

    kind: str
    name: str
    draw: Draw
    sheets: tuple[str, ...] = ()
    paper: bool = True  #: whether it is printed at all; an export is not


@dataclass(frozen=True, slots=True)
class Case:
    """One paper to read: ``how`` is pdf, a kind of sheet, scan, scan and a kind of damage, forged (written over in a text PDF or
    its scan), altered (printed anew with another figure)."""

    layout: Layout
    how: str
    seed: int

    def drawn(self) -> Drawn | None:
        kind, name = self.layout.kind, self.layout.name
        if self.how == "altered":
            if kind not in ALTERED or (kind, name) in NOT_SO or name.startswith("english"):
                return None
            paper = ALTERED[kind](name, self.seed)
            return Drawn(f"altered-{paper.name}", paper.bytes, {**paper.truth, "forged": True})
        if self.how.startswith("scan "):
            return _damaged(self.layout.draw(self.seed, "pdf"), self.how.removeprefix("scan "), self.seed)
        if not self.how.startswith("forged"):
            return self.layout.draw(self.seed, self.how)
        paper = forged.forged(self.layout.draw(self.seed, "pdf"), self.seed)
        if paper is None or self.how == "forged":
            return paper
        return Drawn(f"{paper.name}-scan.pdf", scan_pdf(paper.bytes, seed=self.seed), paper.truth)


def _damaged(paper: Drawn, kind: str, seed: int) -> Drawn:
    figures = forged.figure_places(paper.bytes)
    return Drawn(f"{paper.name}-{kind}.pdf", damaged_pdf(paper.bytes, kind, seed=seed, figures=figures), paper.truth)


def _statements() -> Iterator[Layout]:
    sheets = ("xlsx", "xlsx_numbers", "csv")
    for name in CORPORATE:
        yield Layout("bank_statement_corporate", name, lambda s, m, n=name: corporate_statement(n, 24, s, m), sheets)
    for name in EXPORTS:
        yield Layout(
            "bank_statement_corporate", name, lambda s, m, n=name: corporate_statement(n, 24, s, m), sheets, False
        )
    for name in PERSONAL:
        yield Layout(
            "bank_statement_personal",
            name,
            lambda s, m, n=name: personal_statement(n, 24, s, m),
            sheets,
            name != "icbc_csv",
        )
    for name in ENGLISH:
        yield Layout("bank_statement_personal", f"english {name}", lambda s, m, n=name: _english(n, s, m))


def _english(name: str, seed: int, medium: str) -> Drawn:
    drawn = english_statement(name, seed=seed)
    if medium == "scan":
        return Drawn("english-scan.pdf", scan_pdf(drawn.bytes, seed=seed), drawn.truth)
    return drawn


def _styles(
    kind: str, draw: Callable[..., Drawn], *names: str, sheets: dict[str, tuple[str, ...]] | None = None
) -> Iterator[Layout]:
    for name in names:
        yield Layout(kind, name, lambda s, m, n=name: draw(style=n, medium=m, seed=s), (sheets or {}).get(name, ()))


def _power(style: str, seed: int, medium: str) -> Drawn:
    rng = Random(seed)
    site = electricity.Site(user_no=f"99{rng.randrange(10**8):08d}", multiplier=rng.choice((40, 60, 80)))
    given, _ = electricity.bill(site, 2026, rng.randrange(1, 13), rng.randrange(20_000, 400_000))
    return electricity.electricity_bill(given, style, medium, seed=seed)


def _certificate(style: str, seed: int, medium: str) -> Drawn:
    rng = Random(seed)
    lines = []
    for month in range(1, rng.randrange(2, 4)):
        vat = Decimal(rng.randrange(100_000, 30_000_000)) / 100
        lines += tax.vat_lines(vat, 2026, month)
    return tax.tax_certificate(lines, style=style, medium=medium, seed=seed)


def _voucher(style: str, seed: int, medium: str) -> Drawn:
    lines = tax.vat_lines(Decimal(Random(seed).randrange(100_000, 30_000_000)) / 100, 2026, 1 + seed % 12)
    return taxes.tax_voucher(lines, style=style, medium=medium, seed=seed)


def layouts() -> Iterator[Layout]:
    """Every layout of every type."""
    yield from _statements()
    yield from _styles("bank_receipt", payments.bank_receipt, "boxes", "lines", "sides")
    yield from _styles("wechat_statement", wallets.wechat_statement, "certificate")
    yield Layout(
        "wechat_statement", "export", lambda s, m: wallets.wechat_statement(style="export", seed=s), ("csv",), False
    )
    yield from _styles("alipay_statement", wallets.alipay_statement, "certificate")
    for name in ("export", "web"):
        yield Layout(
            "alipay_statement", name, lambda s, m, n=name: wallets.alipay_statement(style=n, seed=s), ("csv",), False
        )
    yield from _styles("payroll_statement", payments.payroll, "works", "person", sheets={"works": ("xlsx",)})
    yield from _styles("loan_note", loans.loan_note, "boxes", "lines")
    yield from _styles("repayment_record", loans.repayment, "plan", "level", "settled", sheets={"plan": ("xlsx",)})
    yield from _styles("entrusted_payment", loans.entrusted_payment, "form", "letter")
    for name in ("plain", "boxed"):
        yield Layout("tax_payment_certificate", name, lambda s, m, n=name: _certificate(n, s, m))
    yield from _styles("tax_payment_certificate", tax_letters.tax_letter, *tax_letters.STYLES)
    for name in ("bank", "office"):
        yield Layout("tax_payment_voucher", name, lambda s, m, n=name: _voucher(n, s, m))
    yield from _styles("tax_status_certificate", taxes.tax_status, "no_arrears", "reply", "grade")
    both = {"official": ("xlsx",), "list": ("xlsx",)}
    yield from _styles("vat_return_general", vat_return, "official", "list", sheets=both)
    yield from _styles("vat_return_general", tax_prints.general_print, *tax_prints.GENERAL_STYLES)
    yield from _styles("vat_return_small", tax_prints.small_print, *tax_prints.SMALL_STYLES)
    yield from _styles("iit_record", tax_prints.record_print, *tax_prints.RECORD_STYLES)
    yield from _styles("tax_payment_voucher", tax_prints.voucher_print, *tax_prints.VOUCHER_STYLES)
    yield from _styles("vat_return_small", small_return, "official", "list", sheets=both)
    for name in ("quarter", "year"):
        yield Layout("cit_return", name, lambda s, m, n=name: taxes.cit_return(n, medium=m, seed=s))
    yield from _styles("cit_return", income_tax.income_tax, *income_tax.STYLES)
    yield from _styles("iit_record", taxes.iit_record, "office", "app")
    yield from _invoices()
    for name in ("list", "grid", "notice"):
        yield Layout("electricity_bill", name, lambda s, m, n=name: _power(n, s, m))
    yield from _styles("electricity_bill", park.power_bill, *park.POWER)
    for kind in ("water", "gas"):
        for name in park_piped.PIPED:
            yield Layout(
                f"{kind}_bill",
                f"passed on, {name}",
                lambda s, m, k=kind, n=name: park_piped.piped_bill(k, n, medium=m, seed=s),
            )
    yield from _styles("water_bill", utilities.water_bill, "list", "fees", "slip")
    yield from _styles("gas_bill", utilities.gas_bill, "list", "steps", "card")
    for name, kind in shared_meters.STYLES.items():
        yield from _styles(kind, shared_meters.shared_bill, name)
    yield from _unruled()
    yield from _styles("utility_arrears_notice", utilities.arrears_notice, "letter", "form")
    yield from _styles("customs_declaration", customs_prints.customs_print, *customs_prints.STYLES)
    yield from _styles("customs_declaration", payments.customs_declaration, "export", "import")


def _unruled() -> Iterator[Layout]:
    """Prints from a screen: few rulings, labels over their values, days apart."""
    yield from _styles("tax_payment_certificate", unruled.dated_certificate, "dated")
    yield from _styles("vat_return_general", unruled.return_print, "joined", "listed")
    yield from _styles("electricity_bill", unruled.power_print, "app", "message")
    yield from _styles("water_bill", unruled.stepped_water, "steps")
    yield from _styles("gas_bill", unruled.one_row_gas, "row")
    yield from _styles("customs_declaration", unruled_trade.customs_above, "above")
    yield Layout("vat_invoice", "stacked", lambda s, m: unruled_trade.stacked_invoice(_invoice(s), medium=m, seed=s))
    yield Layout(
        "collateral_inspection", "form", lambda s, m: collateral.collateral_check("scan" if m == "scan" else "pdf")
    )
    yield Layout("collateral_inspection", "several", lambda s, m: collateral.several_checked(medium=m, seed=s))


def _invoice(seed: int) -> invoices.Invoice:
    rng = Random(seed)
    names = (
        "*通用设备*滚珠丝杠",
        "*金属制品*轴承座",
        "*电力设备*变压器",
        "*电线电缆*铜芯线",
        "*信息技术服务*运维服务费",
    )
    lines = [
        invoices.line(
            rng.choice(names), str(rng.randrange(1, 400)), str(Decimal(rng.randrange(100, 900_000)) / 100),
            rng.choice(("0.13", "0.09", "0.06")),
        )
        for _ in range(rng.randrange(1, 5))
    ]  # fmt: skip
    return invoices.Invoice(lines, f"2699200000{rng.randrange(10**10):010d}")


def _invoices() -> Iterator[Layout]:
    yield Layout("vat_invoice", "digital", lambda s, m: invoices.vat_invoice(_invoice(s), medium=m), ("ofd", "xml"))
    yield from _styles("vat_invoice", invoice_kinds.special_invoice, *invoice_kinds.STYLES)
    for name in invoice_paper.STYLES:
        yield Layout(
            "vat_invoice", f"paper, {name}", lambda s, m, n=name: invoice_paper.paper_invoice(n, medium=m, seed=s)
        )
    for draw in (invoices.old_invoice, invoices.red_invoice, invoices.discounted_invoice, invoices.free_invoice,
                 invoices.long_names_invoice):  # fmt: skip
        yield Layout("vat_invoice", draw.__name__.removesuffix("_invoice"), lambda s, m, d=draw: d(m), ("ofd",))


def cases(
    seeds: int,
    scans: int,
    first: int = 1,
    kinds: frozenset[str] = frozenset(),
    forged_scans: int = 0,
    damaged: int = 0,
) -> Iterator[Case]:
    """``seeds`` clean and altered text PDFs and sheets of every layout, ``scans`` scans, ``forged_scans`` forged ones, and
    ``damaged`` in a bad state: every layout in another one, so that a few runs show every layout in each."""
    states = [kind for kind in DAMAGES if kind != "plain"]
    for place, layout in enumerate(layouts()):
        if kinds and layout.kind not in kinds:
            continue
        for seed in range(first, first + seeds):
            for how in (*(("pdf", "forged", "altered") if layout.paper else ()), *layout.sheets):
                yield Case(layout, how, seed)
        if layout.paper:
            yield from (Case(layout, "scan", seed) for seed in range(first, first + scans))
            yield from (Case(layout, "forged scan", seed) for seed in range(first, first + forged_scans))
            for seed in range(first, first + damaged):
                yield Case(layout, f"scan {states[(place + 5 * seed) % len(states)]}", seed)
