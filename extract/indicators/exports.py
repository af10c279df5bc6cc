"""Indicators of what was exported (indicators.md §7): against last year, and against what the tax return says was exported.

Amounts are compared only in one currency: no rate of exchange is guessed. Where that, or the terms of delivery, stand in the
way, there is no figure and the reason is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators import returns
from extract.indicators.frame import Figure, Papers, cited, family, indicator, quality_of
from extract.indicators.statements import whole
from extract.statements.entries import day_of, decimal_of
from records.facts import Field, Month, Paper, Period, Quality, State

#: The ninth digit of a declaration's number tells the direction (documents.md §0.4).
DIRECTION, EXPORT = 8, "0"
FREE_ON_BOARD = "FOB"


@dataclass(frozen=True, slots=True)
class Shipment:
    """One declaration of an export: its month, the totals of its items, their currency, the terms of delivery."""

    month: Month
    totals: tuple[Field, ...]
    currency: str
    terms: str
    document: str

    @property
    def value(self) -> Decimal:
        return sum((decimal_of(field) or Decimal(0) for field in self.totals), Decimal(0))


Exports = dict[Month, tuple[Shipment, ...]]


@family("exports")
def gather(papers: Papers) -> Exports | None:
    """The exports on file by the month they were declared in, each number once."""
    found: dict[str, Shipment] = {}
    for document, paper in papers:
        shipment = _shipment(document, paper)
        if shipment is not None:
            found.setdefault(str(paper.fields["customs_no"].value), shipment)
    months: Exports = {}
    for _, shipment in sorted(found.items(), key=lambda pair: (pair[1].month, pair[0])):
        months[shipment.month] = (*months.get(shipment.month, ()), shipment)
    return months or None


def _shipment(document: str, paper: Paper) -> Shipment | None:
    day, number = day_of(paper.fields.get("declare_date")), paper.fields.get("customs_no")
    if paper.type != "customs_declaration" or day is None or number is None:
        return None
    totals = tuple(row["total"] for row in paper.tables.get("items", ()) if "total" in row)
    if str(number.value)[DIRECTION : DIRECTION + 1] != EXPORT or not totals:
        return None
    currency, terms = (str(paper.fields[name].value) if name in paper.fields else "" for name in ("currency", "terms"))
    return Shipment(Month(day.year, day.month), totals, currency, terms.upper(), document)


def _summed(shipments: Iterable[Shipment]) -> Decimal:
    return sum((shipment.value for shipment in shipments), Decimal(0))


def _figure(value: Decimal, period: Period, used: Iterable[tuple[Field, str]]) -> Figure:
    fields = list(used)
    states = [field.state for field, _ in fields]
    if State.CONFLICT in states:
        return _none(period, "有金额处于冲突状态，先复核再计算")
    return Figure(value, period, tuple(cited(*pair) for pair in fields), quality_of(states))


def _none(period: Period, reason: str) -> Figure:
    return Figure(None, period, (), Quality.PARTIAL, reason)


def _cells(shipments: Iterable[Shipment]) -> list[tuple[Field, str]]:
    return [(field, shipment.document) for shipment in shipments for field in shipment.totals]


@indicator(
    "export_amount_yoy",
    ("报关出口额同比", "Exports, year on year"),
    "ratio",
    "本月出口总价 / 上年同月出口总价 − 1（同一币种）",
    family="exports",
)
def export_amount_yoy(exports: Exports) -> Iterable[Figure]:
    """Each month whose month a year earlier is on file too."""
    for month, now in exports.items():
        then = exports.get(month.plus(-12), ())
        if not then or _summed(then) <= 0:
            continue
        currencies = {shipment.currency for shipment in (*now, *then)}
        if len(currencies) > 1 or "" in currencies:
            yield _none(whole(month), "币种不一，未配置月均汇率")
        else:
            yield _figure(_summed(now) / _summed(then) - 1, whole(month), _cells((*now, *then)))


@dataclass(frozen=True, slots=True)
class ExportsAndReturns:
    """Exports beside the tax returns of their months."""

    exports: Exports
    filed: tuple[returns.Filed, ...]


@family("exports_and_returns")
def gather_both(papers: Papers) -> ExportsAndReturns | None:
    """Declarations and returns; nothing where one of the two is not on file."""
    exports, filed = gather(papers), returns.gather(papers)
    return ExportsAndReturns(exports, filed.filed) if exports and filed else None


@indicator(
    "export_vs_vat7",
    ("报关与免抵退一致率", "Exports declared to customs and to the tax office"),
    "ratio",
    "报关出口额（FOB，人民币）/ 申报表第 7 栏",
    family="exports_and_returns",
)
def export_vs_vat7(both: ExportsAndReturns) -> Iterable[Figure]:
    """Each return that says something was exported, in whose time there are declarations."""
    for item in both.filed:
        line = item.field("line_7_cur") if item.paper.type == returns.GENERAL else None
        used = [s for month, found in both.exports.items() if _lies_in(month, item.period) for s in found]
        if line is None or (decimal_of(line) or 0) <= 0 or not used:
            continue
        if any(shipment.currency != "CNY" for shipment in used):
            yield _none(item.period, "报关单为外币，未配置月均汇率")
        elif any(FREE_ON_BOARD not in shipment.terms for shipment in used):
            yield _none(item.period, "成交方式不是 FOB，运保费未扣除")
        else:
            value = _summed(used) / (decimal_of(line) or Decimal(1))
            yield _figure(value, item.period, [(line, item.document), *_cells(used)])


def _lies_in(month: Month, period: Period) -> bool:
    span = whole(month)
    return period.start <= span.start and span.end <= period.end
