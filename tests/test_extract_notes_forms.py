"""Forms before prose: answers, ticks, counts and headings."""

from __future__ import annotations

import pytest

from benchmarks.events import page
from extract.notes import read_events


def told(text: str) -> dict[str, str]:
    return {event.type: event.polarity.value for event in read_events([page(text)])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("是否涉诉：是", {"litigation_defendant": "asserted"}),
        ("是否涉诉：否", {"litigation_defendant": "negated"}),
        ("是否涉诉　否", {"litigation_defendant": "negated"}),
        ("是否涉诉\n否", {"litigation_defendant": "negated"}),
        ("是否涉诉：", {}),
        ("涉诉情况", {}),
        ("四、涉诉及处罚情况", {}),
        ("涉诉：无", {"litigation_defendant": "negated"}),
        ("涉诉情况：—", {"litigation_defendant": "negated"}),
        ("涉诉：2件", {"litigation_defendant": "asserted"}),
        ("逾期0期", {"loan_overdue": "negated"}),
        ("逾期天数：0", {"loan_overdue": "negated"}),
        ("逾期天数：47", {"loan_overdue": "asserted"}),
        ("冻结金额：0.00", {"account_frozen": "negated"}),
        ("查封（有，1处）", {"collateral_seizure": "asserted"}),
        ("查封（无）", {"collateral_seizure": "negated"}),
        ("是否停产：□是 ☑否", {"operation_shutdown": "negated"}),
        ("是否停产：☑是 □否", {"operation_shutdown": "asserted"}),
        ("是否停产：是□ 否☑", {"operation_shutdown": "negated"}),
        ("是否停产：是√ 否□", {"operation_shutdown": "asserted"}),
        ("是否停产：□是 □否", {}),
        ("□有 ☑无 诉讼事项", {"litigation_defendant": "negated"}),
        ("□存在挪用 ☑未发现挪用", {"fund_diversion": "negated"}),
        ("☑存在挪用 □未发现挪用", {"fund_diversion": "asserted"}),
        ("□停产 ☑失联 □涉诉", {"lost_contact": "asserted"}),
        ("[ ]停产 [x]失联", {"lost_contact": "asserted"}),
        ("是否按时还款：否", {"loan_overdue": "asserted"}),
        ("是否按时还款：是", {"loan_overdue": "negated"}),
        (
            "是否与约定用途一致：☑是 □否；是否存在回流：□是 ☑否",
            {"fund_diversion": "negated", "purpose_mismatch": "negated"},
        ),
        ("是否正常经营：否", {"operation_decline": "asserted"}),
        ("■ 企业已停产", {"operation_shutdown": "asserted"}),  # a bullet, not a box
    ],
)
def test_a_form_says_what_was_answered(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


def test_the_tick_of_one_line_does_not_answer_the_next() -> None:
    assert told("是否停产：☑是 □否\n是否失联：□是 ☑否") == {"operation_shutdown": "asserted", "lost_contact": "negated"}
