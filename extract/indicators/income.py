"""Salary on the account against the income that the tax office knows (indicators.md §10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.indicators.frame import Figure, NoValue, Papers, cited, family, indicator, quality_of, ratio
from extract.indicators.statements import ZERO, came, full_months, inputs_of, month_of, total, whole
from extract.statements.entries import decimal_of
from extract.statements.transactions import Flow, flow_of
from records.facts import Field, Month, Period, State
from records.values.text import squeeze


@dataclass(frozen=True, slots=True)
class SalaryAndTax:
    """Personal accounts beside the income of each month, each line of the tax office once."""

    flow: Flow
    income: dict[Month, tuple[tuple[Field, str], ...]]


@family("salary_and_tax")
def gather(papers: Papers) -> SalaryAndTax | None:
    """Statements of a person, and what records of that person's income tax say of the income before tax."""
    flow = flow_of(papers) if any(paper.type == "iit_record" for _, paper in papers) else None
    holders = {squeeze(a.holder) for a in flow.accounts if a.personal and a.holder} if flow else set()
    seen: set[tuple[str, ...]] = set()
    income: dict[Month, tuple[tuple[Field, str], ...]] = {}
    for document, paper in papers:
        name = paper.fields.get("name")
        if paper.type != "iit_record" or name is None or squeeze(str(name.value)) not in holders:
            continue
        for row in paper.tables.get("lines", ()):
            month, mark = _month(row.get("period")), tuple(str(row[k].value) for k in sorted(row) if k != "remark")
            if month is None or "income" not in row or mark in seen:
                continue
            seen.add(mark)
            income[month] = (*income.get(month, ()), (row["income"], document))
    return SalaryAndTax(flow, income) if flow and income else None


def _month(field: Field | None) -> Month | None:
    if field is None:
        return None
    return (
        field.value if isinstance(field.value, Month) else Month(*(int(part) for part in str(field.value).split("-")))
    )


@indicator(
    "income_vs_iit",
    ("工资流水与个税收入比", "Salary to income declared for tax"),
    "ratio",
    "工资入账 / 个税收入（同一时期的完整月份）",
    family="salary_and_tax",
)
def income_vs_iit(both: SalaryAndTax) -> Figure:
    """Over the full months that both tell of; salary comes after tax and insurance, so a little less than one is usual."""
    months = [month for month in full_months(both.flow) if month in both.income]
    if not months:
        raise NoValue("流水的完整月份与个税记录没有重合")
    personal = {account.number for account in both.flow.accounts if account.personal}
    salary = [
        entry for entry in came(both.flow.clean)
        if entry.kind == "salary_in" and entry.account in personal and month_of(entry) in months
    ]  # fmt: skip
    cells = [cell for month in months for cell in both.income[month]]
    states = [field.state for field, _ in cells] + [entry.state for entry in salary]
    if State.CONFLICT in states:
        raise NoValue("有金额处于冲突状态，先复核再计算")
    declared = sum((decimal_of(field) or ZERO for field, _ in cells), Decimal(0))
    value = ratio(total(salary), declared, "个税收入")
    inputs = (*inputs_of(salary), *(cited(field, document) for field, document in cells))
    complete = not any(account.incomplete for account in both.flow.accounts)
    span = Period(whole(months[0]).start, whole(months[-1]).end)
    return Figure(value, span, inputs, quality_of(states, complete=complete))
