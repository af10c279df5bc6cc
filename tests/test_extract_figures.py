"""Figures told in prose become fields, and from there indicators with the day of the inspection."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.families.figures import TOLD
from extract.reading import read_file


@pytest.mark.parametrize(
    ("name", "text", "now"),
    [
        ("capacity_utilisation", "产能利用率由82%降至47%，三条线仅开一条", "47%"),
        ("capacity_utilisation", "产能利用率保持在86%", "86%"),
        ("headcount", "现有员工约80人", "80"),
        ("headcount", "员工由210人减至96人", "96"),
        ("headcount", "员工减少30人", None),
        ("order_backlog", "在手订单1,200万元", "1,200万元"),
        ("order_backlog", "订单由2000万元减到700万元", "700万元"),
        ("order_backlog", "订单减少300万元", None),
        ("order_backlog", "订单排到年底", None),
    ],
)
def test_the_figure_that_holds_now_is_read(name: str, text: str, now: str | None) -> None:
    found = TOLD[name].search(text)
    assert (found["now"] if found else None) == now


def test_a_visit_gives_indicators_of_its_day() -> None:
    note = "走访记录\n客户：苏州恒泰纺织有限公司\n走访日期：2024年8月14日\n老板介绍产能利用率65%，在手订单1200万元，员工80人。\n"
    (paper,) = read_file(note.encode(), "走访.txt").papers
    told = {one.id: one for one in paper.indicators}
    assert Decimal(told["capacity_utilisation"].value or 0) == Decimal("0.65")
    assert Decimal(told["order_backlog"].value or 0) == Decimal(12000000)
    assert told["headcount"].value == "80"
    assert told["headcount"].period is not None
    assert told["headcount"].period.end.isoformat() == "2024-08-14"
