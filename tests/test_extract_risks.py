"""The table of events, and what figures alone raise: only from sound figures over whole periods."""

from __future__ import annotations

from datetime import date

import pytest

from extract.risks import DISPOSITIONS, EVENTS, RULES, rule_events
from records.facts import Indicator, Input, Month, Period, Quality

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def figure(
    name: str, value: str | None, *, quality: Quality = Quality.CONSISTENT, period: Period | None = YEAR
) -> Indicator:
    return Indicator(name, value, "ratio", period, quality, "公式", (Input("transactions", 3, "d1"),))


def monthly(name: str, *values: str) -> list[Indicator]:
    """One figure per calendar month from January 2024."""
    months = [Month(2024, 1).plus(index) for index in range(len(values))]
    last = [date.fromordinal(date(m.plus(1).year, m.plus(1).month, 1).toordinal() - 1) for m in months]
    return [
        figure(name, value, period=Period(date(m.year, m.month, 1), end))
        for m, end, value in zip(months, last, values, strict=True)
    ]


def test_the_table_holds_every_event_of_text_and_of_figures() -> None:
    assert len([kind for kind in EVENTS if not kind.startswith("rule_")]) == 38
    assert {rule.id for rule in RULES} <= set(EVENTS)
    for kind in EVENTS.values():
        assert kind.name_zh
        assert kind.name_en
        assert set(kind.dispositions) <= set(DISPOSITIONS)


def test_personal_facts_are_marked_sensitive() -> None:
    assert {name for name, kind in EVENTS.items() if kind.sensitive} == {
        "job_loss", "divorce", "serious_illness", "borrower_death",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "raised", "severity"),
    [
        ("kwh_yoy", "-0.3400", "rule_kwh_yoy", "moderate"),  # indicators.md §14, 4
        ("kwh_yoy", "-0.3000", None, None),
        ("balance_drop", "0.9464", "rule_balance_drop", "light"),  # §14, 8
        ("balance_drop", "0.35", None, None),
        ("kwh_month", "0", "rule_kwh_zero", "severe"),
        ("kwh_month", "128400", None, None),
        ("tax_late_fee", "120.50", "rule_tax_late", "light"),
        ("tax_late_fee", "0.00", None, None),
        ("lender_count_flow", "3", "rule_lender_count", "moderate"),
        ("lender_count_flow", "2", None, None),
        ("dsr", "0.4971", None, None),  # §14, 6
        ("dsr", "0.5865", "rule_dsr", "light"),  # §14, 7
        ("dsr", "0.71", "rule_dsr", "moderate"),
        ("debt_fs_vs_credit", "1.1571", "rule_hidden_debt", "moderate"),  # §14, 13
        ("debt_ratio", "0.86", "rule_debt_ratio", "severe"),
        ("overdue_days", "65", "rule_overdue_60", "moderate"),
        ("overdue_days", "0", None, None),
        ("salary_months", "8", "rule_salary_missing", "moderate"),
        ("salary_months", "12", None, None),
        ("salary_months", "0", None, None),  # never had one: nothing has stopped
    ],
)
def test_a_rule_fires_at_its_bound(name: str, value: str, raised: str | None, severity: str | None) -> None:
    assert [(event.type, event.severity) for event in rule_events([figure(name, value)])] == (
        [(raised, severity)] if raised else []
    )


@pytest.mark.parametrize("quality", [Quality.PARTIAL, Quality.CONFLICT])
def test_a_doubtful_figure_raises_nothing(quality: Quality) -> None:
    assert rule_events([figure("kwh_yoy", "-0.9", quality=quality)]) == []


def test_a_missing_figure_raises_nothing() -> None:
    assert rule_events([figure("kwh_yoy", None)]) == []


def test_a_short_window_does_not_say_that_salary_stopped() -> None:
    half = Period(date(2024, 1, 1), date(2024, 6, 30))
    assert rule_events([figure("salary_months", "6", period=half)]) == []


def test_the_event_of_a_rule_shows_the_figure_the_formula_and_the_bound() -> None:
    (event,) = rule_events([figure("kwh_yoy", "-0.3400")])
    assert event.source == "rule"
    assert event.evidence.page == 3
    assert event.evidence.quote == "2024-01-01 ~ 2024-12-31 用电量同比 -0.3400（公式），< -0.3"
    assert event.date == YEAR.end


def test_the_latest_figure_speaks_for_the_rule() -> None:
    (event,) = rule_events(monthly("kwh_yoy", "-0.40", "-0.10", "-0.35", "0.05"))
    assert event.date == date(2024, 3, 31)


def test_net_outflow_counts_months_in_a_row() -> None:
    assert rule_events(monthly("net_flow", "-10", "-20", "5", "-30", "-40")) == []
    (event,) = rule_events(monthly("net_flow", "9", "-10", "-20", "-30"))
    assert event.type == "rule_netflow_negative"
    whole = figure("net_flow", "-90")
    assert rule_events([whole]) == []  # one figure of a year does not say that every month was negative


def test_inflow_drop_compares_the_last_months_with_those_before() -> None:
    (event,) = rule_events(monthly("inflow_operating", "100", "100", "100", "100", "100", "100", "60", "60", "60"))
    assert event.args["value"] == "0.6000"
    assert rule_events(monthly("inflow_operating", "100", "100", "100", "80", "80", "80")) == []
    assert rule_events(monthly("inflow_operating", "100", "60", "60", "60")) == []  # too few months before


def test_money_for_investments_is_a_matter_of_the_loan_only_where_a_loan_was_drawn() -> None:
    outflow = figure("invest_outflow", "50000.00")
    assert rule_events([outflow]) == []
    assert rule_events([outflow, figure("lender_count_flow", "0")]) == []
    raised = rule_events([outflow, figure("lender_count_flow", "1")])
    assert [event.type for event in raised] == ["rule_invest_flow"]
