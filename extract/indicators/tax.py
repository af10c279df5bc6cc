"""Indicators of tax paid (indicators.md §6): what reached the treasury, by kind of tax and by the period it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, family, indicator, quality_of
from extract.statements.entries import decimal_of
from records.facts import Input, Period, Printed, Row, State
from records.values.numbers import id_card

SURTAXES = ("城市维护建设税", "教育费附加", "地方教育附加")
KINDS: dict[str, tuple[str, ...]] = {
    "vat": ("增值税",),
    "cit": ("企业所得税",),
    "iit": ("个人所得税",),
    "stamp": ("印花税",),
    "property": ("房产税",),
    "land": ("城镇土地使用税", "土地增值税"),
    "surtax": SURTAXES,
}
#: Not tax of the firm: social insurance, and income tax that it only withholds for its employees.
NOT_TAX = ("社会保险费", "社保费", "基本养老保险", "基本医疗保险", "失业保险", "工伤保险", "生育保险")


@dataclass(frozen=True, slots=True)
class Paid:
    """One line of a certificate."""

    kind: str
    item: str
    amount: Decimal
    state: State
    period: Period | None
    withheld: bool
    document: str
    page: int | None

    @property
    def late_fee(self) -> bool:
        return "滞纳金" in self.kind or "滞纳金" in self.item

    @property
    def burden(self) -> bool:
        """Whether it is tax that the payer itself bears."""
        return not self.late_fee and not self.withheld and not any(word in self.kind for word in NOT_TAX)


@dataclass(frozen=True, slots=True)
class Payments:
    """All tax payments on file, each counted once."""

    lines: tuple[Paid, ...]

    @property
    def period(self) -> Period | None:
        spans = [line.period for line in self.lines if line.period]
        return Period(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


@family("tax")
def gather(papers: Papers) -> Payments | None:
    """The lines of all certificates; the same voucher on two certificates is one payment."""
    lines: list[Paid] = []
    seen: set[tuple[object, ...]] = set()
    for document, paper in papers:
        if paper.type != "tax_payment_certificate":
            continue
        owner = str(paper.fields["taxpayer_id"].value) if "taxpayer_id" in paper.fields else ""
        own: list[tuple[object, ...]] = []
        for row in paper.tables.get("lines", ()):
            line = _line(row, document, company=bool(owner) and id_card(owner) is None)
            if line is None:
                continue
            voucher = str(row["voucher_no"].value) if "voucher_no" in row else ""
            mark = (voucher, line.kind, line.item, str(line.period), line.amount)
            if not voucher or mark not in seen:
                lines.append(line)
            own.append(mark)
        seen.update(own)
    return Payments(tuple(lines)) if lines else None


def _line(row: Row, document: str, *, company: bool) -> Paid | None:
    amount = decimal_of(row.get("amount"))
    if amount is None:
        return None
    kind = str(row["tax_type"].value) if "tax_type" in row else ""
    item = str(row["item"].value) if "item" in row else ""
    source, period = row["amount"].source, row.get("period")
    return Paid(
        kind, item, amount, row["amount"].state, period.value if period and isinstance(period.value, Period) else None,
        company and "个人所得税" in kind, document, source.page if isinstance(source, Printed) else None,
    )  # fmt: skip


def figure(paid: Payments, lines: Iterable[Paid]) -> Figure:
    """The sum of these lines; a line in conflict gives no figure."""
    used = list(lines)
    if any(line.state is State.CONFLICT for line in paid.lines):
        raise NoValue("有税额处于冲突状态，先复核再计算")
    pages = {line.document: line.page for line in reversed(used or list(paid.lines))}
    inputs = tuple(Input("lines", page, document or None) for document, page in sorted(pages.items()))
    return Figure(
        sum((line.amount for line in used), Decimal(0)),
        paid.period,
        inputs,
        quality_of(line.state for line in used or paid.lines),
    )


@indicator(
    "tax_paid_total", ("实缴税额合计", "Tax paid"), "CNY", "Σ 实缴金额（不含社保费、滞纳金、代扣个税）", family="tax"
)
def tax_paid_total(paid: Payments) -> Figure:
    return figure(paid, (line for line in paid.lines if line.burden))


@indicator("tax_late_fee", ("滞纳金", "Late payment surcharge"), "CNY", "Σ 滞纳金", family="tax")
def tax_late_fee(paid: Payments) -> Figure:
    return figure(paid, (line for line in paid.lines if line.late_fee))


def _of_kind(name: str, title: tuple[str, str]) -> None:
    """Declare the sum of one kind of tax; nothing where no line of the kind is on file."""

    def amount(paid: Payments) -> Iterable[Figure]:
        lines = [line for line in paid.lines if line.burden and line.kind in KINDS[name]]
        return [figure(paid, lines)] if lines else []

    indicator(f"tax_paid_{name}", title, "CNY", f"Σ {'、'.join(KINDS[name])}", family="tax")(amount)


_of_kind("vat", ("增值税", "VAT paid"))
_of_kind("cit", ("企业所得税", "Corporate income tax paid"))
_of_kind("iit", ("个人所得税", "Personal income tax paid"))
_of_kind("stamp", ("印花税", "Stamp duty paid"))
_of_kind("property", ("房产税", "Property tax paid"))
_of_kind("land", ("土地税", "Land taxes paid"))
_of_kind("surtax", ("附加税费", "Surtaxes paid"))
