"""Figures in prose tell of an event when they got worse, in whatever words, and of nothing when they did not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.events import page
from extract.notes import read_events
from records.facts import RiskEvent


def told(text: str, kind: str) -> list[RiskEvent]:
    return [event for event in read_events([page(text)]) if event.type == kind and event.polarity == "asserted"]


@pytest.mark.parametrize(
    ("text", "kind", "args"),
    [
        ("产能利用率六月81%，九月只有43%。", "operation_decline", {"from": "0.81", "to": "0.43"}),
        ("员工从高峰期500多人减到不足200人。", "operation_decline", {"from": "500", "to": "200"}),
        (
            "日均存款从一百二十万掉到八万。",
            "cashflow_deterioration",
            {"from": "1200000.00", "to": "80000.00"},
        ),
        (
            "估值388万元（上期520万元）。",
            "collateral_devaluation",
            {"from": "5200000.00", "to": "3880000.00"},
        ),
        ("1-8月电量同比降36.5%。", "operation_decline", {"percent": "0.365"}),
        ("客流不足去年同期三成。", "operation_decline", {"percent": "0.7"}),
        ("抵押率72%，高于70%的预警线。", "collateral_devaluation", {"to": "0.72"}),
        ("月末余额3.1万元，较3月末下降87万元。", "cashflow_deterioration", {"from": "901000.00", "to": "31000.00"}),
    ],
)
def test_what_got_worse_is_told_with_its_figures(text: str, kind: str, args: dict[str, str]) -> None:
    events = told(text, kind)
    assert events
    assert args.items() <= dict(events[0].args).items()


@pytest.mark.parametrize(
    "text",
    [
        "产能利用率由47%升至82%。",
        "员工80人，较年初增加12人。",
        "抵押率58%，低于70%的警戒线。",
        "抵押率58%，未触及警戒线。",
        "账期由150天缩短到60天。",
        "员工80人，其中技术人员20人。",
        "若产能利用率由82%降至47%，应及时报告。",
    ],
)
def test_what_got_better_or_is_only_supposed_tells_of_nothing(text: str) -> None:
    assert not [event for event in read_events([page(text)]) if event.polarity == "asserted"]


@given(before=st.integers(10, 99), now=st.integers(1, 99))
def test_a_rate_speaks_exactly_when_it_fell_by_a_fifth(before: int, now: int) -> None:
    events = told(f"毛利率从{before}%变成{now}%。", "operation_decline")
    assert bool(events) == ((before - now) / before >= 0.2)
