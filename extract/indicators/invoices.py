"""Indicators of invoices (indicators.md §6): what the borrower sold and bought by its invoices, what was taken back, to whom.

Whether an invoice is a sale or a purchase depends on whose file it lies in: nothing is computed where that is not known. Two
copies of one invoice are one; a void one counts only among those taken back. Amounts are without tax, as returns declare them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of, ratio
from extract.indicators.statements import whole
from extract.statements.entries import day_of, decimal_of
from records.facts import Field, Month, Paper, Period, State, Subject
from records.values.text import company

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice: the month it was issued in, its amount without tax, and the other side."""

    month: Month
    amount: Field
    other: str  #: by its number, by its name where it has none
    void: bool
    document: str

    @property
    def value(self) -> Decimal:
        return decimal_of(self.amount) or ZERO


@dataclass(frozen=True, slots=True)
class Invoices:
    """The invoices that the borrower issued, and those issued to it, each number once."""

    sold: tuple[Invoice, ...]
    bought: tuple[Invoice, ...]

    @property
    def period(self) -> Period:
        months = sorted(invoice.month for invoice in (*self.sold, *self.bought))
        return Period(whole(months[0]).start, whole(months[-1]).end)


@family("invoices")
def gather(papers: Papers, whose: Subject | None = None) -> Invoices | None:
    """The invoices on file in which the borrower is one of the two sides."""
    if whose is None:
        return None
    seen: set[tuple[str, str]] = set()
    sides: dict[str, list[Invoice]] = {"seller": [], "buyer": []}
    for document, paper in papers:
        day, amount = day_of(paper.fields.get("issue_date")), paper.fields.get("total_amount")
        if paper.type != "vat_invoice" or day is None or amount is None:
            continue
        key = _said(paper, "code"), _said(paper, "number") or document
        side = next((side for side in sides if _is(paper, side, whose)), None)
        if side is None or key in seen:
            continue
        seen.add(key)
        other = "buyer" if side == "seller" else "seller"
        void = any(finding.code == "void" for finding in paper.findings)
        partner = _said(paper, f"{other}_id") or company(_said(paper, f"{other}_name"))
        sides[side].append(Invoice(Month(day.year, day.month), amount, partner, void, document))
    if not any(sides.values()):
        return None
    return Invoices(tuple(sides["seller"]), tuple(sides["buyer"]))


def _said(paper: Paper, name: str) -> str:
    field = paper.fields.get(name)
    return str(field.value) if field is not None else ""


def _is(paper: Paper, side: str, whose: Subject) -> bool:
    """Whether this side is the borrower: by its number where both are known, else by its exact name."""
    number = _said(paper, f"{side}_id")
    if number and whose.uscc:
        return number == whose.uscc
    return bool(whose.name) and company(_said(paper, f"{side}_name")) == company(whose.name or "")


def _by_month(invoices: Iterable[Invoice]) -> Mapping[Month, list[Invoice]]:
    found: defaultdict[Month, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        found[invoice.month].append(invoice)
    return dict(sorted(found.items()))


def _figure(value: Decimal, period: Period, used: Sequence[Invoice]) -> Figure:
    states = [invoice.amount.state for invoice in used]
    if State.CONFLICT in states:
        raise NoValue("有发票金额处于冲突状态，先复核再计算")
    inputs = tuple(cited(invoice.amount, invoice.document) for invoice in used)
    return Figure(value, period, inputs, quality_of(states))


def _total(invoices: Iterable[Invoice]) -> Decimal:
    return sum((invoice.value for invoice in invoices), ZERO)


def _each_month(invoices: Iterable[Invoice]) -> Iterable[Figure]:
    """Each month's sum; red ones are negative by themselves, void ones are none."""
    for month, used in _by_month(invoice for invoice in invoices if not invoice.void).items():
        yield _figure(_total(used), whole(month), used)


@indicator(
    "invoice_sales", ("开票金额", "Invoiced sales"), "CNY", "Σ 开出发票金额（不含税，红字冲减）", family="invoices"
)
def invoice_sales(invoices: Invoices) -> Iterable[Figure]:
    return _each_month(invoices.sold)


@indicator(
    "invoice_purchase",
    ("受票金额", "Invoiced purchases"),
    "CNY",
    "Σ 收到发票金额（不含税，红字冲减）",
    family="invoices",
)
def invoice_purchase(invoices: Invoices) -> Iterable[Figure]:
    return _each_month(invoices.bought)


@indicator(
    "invoice_red_ratio",
    ("红冲作废率", "Share of invoices taken back"),
    "ratio",
    "（红字 + 作废）金额 / 开出蓝字金额（含作废）",
    family="invoices",
)
def invoice_red_ratio(invoices: Invoices) -> Iterable[Figure]:
    """Over all invoices issued; one without any issued invoice has none."""
    if not invoices.sold:
        return
    issued = [invoice for invoice in invoices.sold if invoice.value > 0]
    back = [invoice for invoice in invoices.sold if invoice.value < 0 or invoice.void]
    value = ratio(sum((abs(invoice.value) for invoice in back), ZERO), _total(issued), "开出蓝字金额")
    yield _figure(value, invoices.period, invoices.sold)


@indicator(
    "invoice_customer_top1",
    ("开票集中度", "Largest customer by invoices"),
    "ratio",
    "最大购方开票金额 / 开票总额（红字冲减，不含作废）",
    family="invoices",
)
def invoice_customer_top1(invoices: Invoices) -> Iterable[Figure]:
    sold = [invoice for invoice in invoices.sold if not invoice.void]
    if not sold:
        return
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for invoice in sold:
        sums[invoice.other] += invoice.value
    yield _figure(ratio(max(sums.values()), _total(sold), "开票总额"), invoices.period, sold)
