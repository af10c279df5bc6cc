"""Tax held against the power used (indicators.md §10): both follow what a works makes, so they should move together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators import electricity, tax
from extract.indicators.frame import Figure, Papers, cited, family, indicator, quality_of
from extract.indicators.statements import ZERO
from extract.indicators.trends import before, months_of, same_supply
from records.facts import Input, Period, State

#: Taxes on what is sold, month by month or quarter by quarter; those on profit, property and stamps follow other things.
ON_SALES = ("增值税", "消费税", *tax.SURTAXES)


@dataclass(frozen=True, slots=True)
class TaxAndPower:
    """Tax payments beside the bills of power."""

    paid: tax.Payments
    supply: electricity.Supply


@family("tax_and_power")
def gather(papers: Papers) -> TaxAndPower | None:
    """Certificates and bills; nothing where one of the two is not on file."""
    paid, supply = tax.gather(papers), electricity.gather(papers)
    return TaxAndPower(paid, supply) if paid and supply else None


@indicator(
    "tax_vs_kwh",
    ("纳税与用电趋势差", "Tax against power, year on year"),
    "ratio",
    "流转税（增值税、消费税及附加）实缴同比 − 用电量同比（同一所属期、同一组户号）",
    family="tax_and_power",
)
def tax_vs_kwh(both: TaxAndPower) -> Iterable[Figure]:
    """Each period with the tax of a year earlier, and the bills of every month of both.

    Below zero tax fell where power did not: sales may be left out. Above zero it is the other way round, and invoices may
    stand for nothing that was made. Either way is worth a look, so the sign is kept.
    """
    lines: dict[Period, list[tax.Paid]] = {}
    for line in both.paid.lines:
        if line.period and line.burden and line.kind in ON_SALES:
            lines.setdefault(line.period, []).append(line)
    for period, now in sorted(lines.items(), key=lambda item: (item[0].start, item[0].end)):
        months = months_of(period)
        then = next((old for other, old in lines.items() if months_of(other) == before(months)), None)
        if then is None or not same_supply(both.supply, months):
            continue
        used, base = (sum((both.supply.kwh(month) for month in each), ZERO) for each in (months, before(months)))
        paid, earlier = (sum((line.amount for line in each), ZERO) for each in (now, then))
        if base > 0 and earlier > 0:
            yield _gap(both, period, [*now, *then], paid / earlier - used / base)


def _gap(both: TaxAndPower, period: Period, lines: Sequence[tax.Paid], value: Decimal) -> Figure:
    months = months_of(period)
    bills = [bill for month in (*months, *before(months)) for bill in both.supply.months[month]]
    states = [*(line.state for line in lines), *(bill.kwh.state for bill in bills)]
    if State.CONFLICT in states:
        return Figure(None, period, (), quality_of((), complete=False), "有数值处于冲突状态，先复核再计算")
    pages = {(line.document, line.page) for line in lines}
    inputs = [Input("lines", page, document or None) for document, page in sorted(pages, key=str)]
    inputs += [cited(bill.kwh, bill.document, "kwh_total") for bill in bills]
    return Figure(value, period, tuple(inputs), quality_of(states))
