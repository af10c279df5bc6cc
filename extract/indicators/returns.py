"""Indicators of tax returns (indicators.md §6): what was declared, and how heavy the tax on it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of, ratio
from extract.statements.entries import decimal_of
from records.facts import Field, Paper, Period, State

GENERAL, SMALL = "vat_return_general", "vat_return_small"
#: Taxable sales, the tax on them: lines and columns by kind of return.
TAXED = {GENERAL: (("1", "5"), ("24",)), SMALL: (("1", "4", "7"), ("20",))}
COLUMNS = {GENERAL: ("cur", "refund_cur"), SMALL: ("cur", "service_cur")}


@dataclass(frozen=True, slots=True)
class Filed:
    """One return as it counts: the last one filed for its period."""

    paper: Paper
    document: str
    period: Period

    def field(self, name: str) -> Field | None:
        return self.paper.fields.get(name)

    def cells(self, lines: Sequence[str]) -> list[Field]:
        """These lines in both groups of columns, where they are printed."""
        names = [f"line_{line}_{column}" for line in lines for column in COLUMNS[self.paper.type]]
        return [field for name in names if (field := self.paper.fields.get(name)) is not None]


@dataclass(frozen=True, slots=True)
class Returns:
    """All VAT returns on file, by period, corrections in place of what they correct."""

    filed: tuple[Filed, ...]

    @property
    def period(self) -> Period:
        return Period(self.filed[0].period.start, max(item.period.end for item in self.filed))


def latest(papers: Papers, *types: str) -> list[Filed]:
    """The returns of these types: of two for the same taxpayer and period the later one supersedes."""
    found: dict[tuple[str, Period], tuple[str, Filed]] = {}
    for document, paper in papers:
        if paper.type not in types or paper.period is None:
            continue
        owner = str(paper.fields["taxpayer_id"].value) if "taxpayer_id" in paper.fields else ""
        day = str(paper.fields["fill_date"].value) if "fill_date" in paper.fields else ""
        key = (owner, paper.period)
        if key not in found or day >= found[key][0]:
            found[key] = (day, Filed(paper, document, paper.period))
    return sorted((filed for _, filed in found.values()), key=lambda filed: (filed.period.start, filed.period.end))


@family("vat_returns")
def gather(papers: Papers) -> Returns | None:
    """Every VAT return on file."""
    filed = latest(papers, GENERAL, SMALL)
    return Returns(tuple(filed)) if filed else None


def figure(value: Decimal, item: Filed, fields: Iterable[Field]) -> Figure:
    """A figure over these fields of one return; a value in conflict gives none."""
    used = list(fields)
    if any(field.state is State.CONFLICT for field in used):
        raise NoValue("申报表里有金额处于冲突状态，先复核再计算")
    inputs = tuple(cited(field, item.document) for field in used)
    return Figure(value, item.period, inputs, quality_of(field.state for field in used))


def total(fields: Iterable[Field]) -> Decimal:
    return sum((decimal_of(field) or Decimal(0) for field in fields), Decimal(0))


def _each(returns: Returns, name: str) -> Iterable[Figure]:
    for item in returns.filed:
        field = item.field(name)
        if field is not None and decimal_of(field) is not None:
            yield figure(total([field]), item, [field])


@indicator(
    "declared_revenue_month",
    ("申报收入（当期）", "Declared sales"),
    "CNY",
    "一般纳税人 1+5+7+8 栏，小规模 1+4+7+9+13 栏，各列相加",
    family="vat_returns",
)
def declared_revenue_month(returns: Returns) -> Iterable[Figure]:
    return _each(returns, "declared_revenue")


@indicator(
    "declared_revenue_ytd",
    ("申报收入（本年累计）", "Declared sales, year to date"),
    "CNY",
    "同上，本年累计",
    family="vat_returns",
)
def declared_revenue_ytd(returns: Returns) -> Iterable[Figure]:
    return _each(returns, "declared_revenue_ytd")


@indicator("vat_burden", ("增值税税负率", "VAT burden"), "ratio", "应纳税额合计 / 应税销售额", family="vat_returns")
def vat_burden(returns: Returns) -> Iterable[Figure]:
    for item in returns.filed:
        sales, tax = (item.cells(lines) for lines in TAXED[item.paper.type])
        if sales and tax and total(sales) > 0:
            yield figure(ratio(total(tax), total(sales), "应税销售额"), item, [*tax, *sales])


@indicator(
    "input_output_ratio", ("进销比", "Input to output tax"), "ratio", "进项税额 / 销项税额", family="vat_returns"
)
def input_output_ratio(returns: Returns) -> Iterable[Figure]:
    for item in returns.filed:
        if item.paper.type == GENERAL:
            into, out = item.cells(("12",)), item.cells(("11",))
            if into and out and total(out) > 0:
                yield figure(ratio(total(into), total(out), "销项税额"), item, [*into, *out])


@indicator(
    "credit_cf_growth",
    ("留抵增长", "Growth of carried credit"),
    "ratio",
    "期末留抵 / 期初留抵 − 1",
    family="vat_returns",
)
def credit_cf_growth(returns: Returns) -> Iterable[Figure]:
    for item in returns.filed:
        if item.paper.type == GENERAL:
            before, after = item.field("line_13_cur"), item.field("line_20_cur")
            if before is not None and after is not None and total([before]) > 0:
                yield figure(total([after]) / total([before]) - 1, item, [after, before])


@indicator(
    "zero_filing_months",
    ("零申报月数", "Months declared as zero"),
    "months",
    "申报收入为 0 的月数",
    family="vat_returns",
)
def zero_filing_months(returns: Returns) -> Figure:
    """A quarterly return without sales is three months."""
    declared = [(item, field) for item in returns.filed if (field := item.field("declared_revenue")) is not None]
    if not declared:
        raise NoValue("没有读到申报收入")
    if any(field.state is State.CONFLICT for _, field in declared):
        raise NoValue("申报表里有金额处于冲突状态，先复核再计算")
    months = sum(_months(item.period) for item, field in declared if decimal_of(field) == 0)
    inputs = tuple(cited(field, item.document) for item, field in declared)
    return Figure(Decimal(months), returns.period, inputs, quality_of(field.state for _, field in declared))


def _months(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


@indicator(
    "tax_arrears_amount", ("欠税余额", "Tax in arrears"), "CNY", "申报表 33 栏（欠缴税额）", family="vat_returns"
)
def tax_arrears_amount(returns: Returns) -> Iterable[Figure]:
    return _each(returns, "line_33_cur")


# --- corporate income tax -------------------------------------------------------------------------------------------------


@family("cit_returns")
def gather_cit(papers: Papers) -> Returns | None:
    """Every corporate income tax return on file."""
    filed = latest(papers, "cit_return")
    return Returns(tuple(filed)) if filed else None


@indicator(
    "declared_revenue_cit",
    ("所得税申报收入", "Revenue declared for income tax"),
    "CNY",
    "营业收入（本年累计）",
    family="cit_returns",
)
def declared_revenue_cit(returns: Returns) -> Iterable[Figure]:
    return _each(returns, "revenue")


@indicator(
    "income_tax_burden", ("所得税贡献率", "Income tax burden"), "ratio", "应纳所得税额 / 营业收入", family="cit_returns"
)
def income_tax_burden(returns: Returns) -> Iterable[Figure]:
    for item in returns.filed:
        tax, sales = item.field("tax_payable"), item.field("revenue")
        if tax is not None and sales is not None and total([sales]) > 0:
            yield figure(ratio(total([tax]), total([sales]), "营业收入"), item, [tax, sales])
