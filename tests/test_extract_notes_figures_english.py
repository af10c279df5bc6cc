"""English figures: two values, a change, a line, a level; years and dates are no figures."""

from __future__ import annotations

import pytest

from benchmarks.events import page
from extract.notes import read_events


def told(text: str) -> dict[str, dict[str, str]]:
    return {event.type: dict(event.args) for event in read_events([page(text)]) if event.polarity == "asserted"}


@pytest.mark.parametrize(
    ("text", "kind", "args"),
    [
        ("Capacity utilisation fell from 82% to 47%.", "operation_decline", {"from": "0.82", "to": "0.47"}),
        ("Revenue was RMB 3.2 million, compared with RMB 5.8 million in 2025.", "operation_decline",
         {"from": "5800000", "to": "3200000"}),
        ("Headcount went from ninety-six to forty.", "operation_decline", {"from": "96", "to": "40"}),
        ("There was a 35% drop in sales.", "operation_decline", {"percent": "0.35"}),
        ("Output is down by a third.", "operation_decline", {"percent": "0.333"}),
        ("His salary was halved in 2026.", "income_decline", {"percent": "0.5"}),
        ("The LTV is 92%.", "collateral_devaluation", {"to": "0.92"}),
        ("The collection period rose from two months to 150 days.", "receivable_deterioration", {"from": "60", "to": "150"}),
    ],
)  # fmt: skip
def test_a_figure_that_got_worse_tells_with_its_values(text: str, kind: str, args: dict[str, str]) -> None:
    given = told(text)
    assert kind in given, given
    assert {key: given[kind].get(key) for key in args} == args


@pytest.mark.parametrize(
    "text",
    [
        "Revenue grew from RMB 3.2 million in 2025 to RMB 5.8 million in 2026.",
        "Revenue was RMB 5.8 million in 2026.",
        "Sales on 12 May were as high as on 14 April.",
        "The LTV is 52%, not above the limit of 70%.",
        "The workforce of 120 works in two shifts.",
    ],
)
def test_figures_that_stand_or_improve_tell_of_nothing(text: str) -> None:
    assert not told(text)
