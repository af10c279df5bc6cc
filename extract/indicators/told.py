"""Indicators that inspections and visits state in words (indicators.md §2): utilisation, orders on hand, people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extract.indicators.frame import Figure, Papers, cited, family, indicator, quality_of
from extract.statements.entries import day_of, decimal_of
from records.facts import Paper, Period

TYPES = frozenset({"post_loan_inspection", "visit_note"})
NAMES = ("capacity_utilisation", "headcount", "order_backlog")


@dataclass(frozen=True, slots=True)
class Statements:
    """What was stated, on which day, in which paper."""

    lines: tuple[tuple[str, Paper, date | None], ...]

    def of(self, name: str) -> Iterable[Figure]:
        """One figure per paper that states it; stated figures are points in time."""
        for document, paper, day in self.lines:
            field = paper.fields.get(name)
            value = decimal_of(field) if field else None
            if field is None or value is None:
                continue
            when = Period(day, day) if day else None
            yield Figure(value, when, (cited(field, document, name),), quality_of([field.state]))


@family("told")
def gather(papers: Papers) -> Statements | None:
    """The inspections and notes on file that state any of the figures."""
    lines = tuple(
        (document, paper, day_of(paper.fields.get("check_date") or paper.fields.get("date")))
        for document, paper in papers
        if paper.type in TYPES and any(name in paper.fields for name in NAMES)
    )
    return Statements(lines) if lines else None


@indicator("capacity_utilisation", ("产能利用率", "Capacity utilisation"), "ratio", "检查或走访所述", family="told")
def capacity_utilisation(stated: Statements) -> Iterable[Figure]:
    """As the inspection states it."""
    return list(stated.of("capacity_utilisation"))


@indicator("headcount", ("员工人数", "Headcount"), "人", "检查或走访所述", family="told")
def headcount(stated: Statements) -> Iterable[Figure]:
    """As the inspection states it."""
    return list(stated.of("headcount"))


@indicator("order_backlog", ("在手订单", "Orders on hand"), "CNY", "检查或走访所述", family="told")
def order_backlog(stated: Statements) -> Iterable[Figure]:
    """As the inspection states it."""
    return list(stated.of("order_backlog"))
