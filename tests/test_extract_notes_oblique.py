"""Told without a word of the taxonomy: figures that are held together, weak signs that add up, and what keeps them quiet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from benchmarks.events import page
from extract.lexicon.adding import Signs
from extract.notes import read_events
from extract.notes.gate import mentions_risk
from extract.notes.quantities import number, quantities
from extract.notes.sums import can_sum


def told(text: str) -> dict[str, str]:
    """Every event of a text with its polarity."""
    return {one.type: one.polarity.value for one in read_events([page(text)])}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("一万一", "11000"),
        ("六千八", "6800"),
        ("两百三", "230"),
        ("一百零五", "105"),
        ("十五六", "16"),
        ("三四十", "40"),
        ("一万二千", "12000"),
        ("一百二十万", "1200000"),
        ("3.5万", "35000"),
        ("半", "0.5"),
    ],
)
def test_a_number_is_worth_what_people_mean_by_it(said: str, value: str) -> None:
    assert number(said) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("收在6块2,警戒价7块", [("6.2", "money"), ("7", "money")]),
        ("贷了七百万,底价六百二", [("7000000", "money"), ("6200000", "money")]),
        ("货到三十天改成半年承兑", [("30", "days"), ("180", "days")]),
        ("2023年末86人,5月6日34人", [("86", "count"), ("34", "count")]),
        ("一直没给,十分困难,万一呢", []),
        ("余额260万,合同云银2026借字第018号,(2026)浙0106民初12号", [("2600000", "money")]),
        ("去年2025台,今年1800台", [("2025", "count"), ("1800", "count")]),
    ],
    ids=["jiao", "in full", "days", "no calendar", "no numbers", "numbers that name", "no year but machines"],
)
def test_quantities_say_what_they_count(text: str, kinds: list[tuple[str, str]]) -> None:
    assert [(f"{one.value.normalize():f}", one.kind) for one in quantities(text, 0, len(text))] == kinds


def test_two_numbers_must_stand_apart_to_be_held_together() -> None:
    assert can_sum("挣九千,还一万一")
    assert not can_sum("挣一万一千五百元")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("一个月挣九千，光房贷车贷就要还一万一。", "over_indebtedness"),
        ("四十多个工人现在连老板娘算上剩九个。", "operation_decline"),
        ("纳税申报：一季度销售额410万元，二季度182万元，三季度57万元。", "operation_decline"),
        ("员工社保人数：2023年末86人，本次34人。", "operation_decline"),
        ("Customers now take 120 days to pay instead of 45.", "receivable_deterioration"),
    ],
)
def test_figures_open_the_gate_by_themselves(text: str, event: str) -> None:
    assert mentions_risk(text)
    assert told(text)[event] == "asserted"


def test_ample_money_quiets_words_of_shortness() -> None:
    assert "cashflow_deterioration" not in told("账上剩四百八十万，下期只要还十一万。")


def test_plainer_words_speak_for_what_signs_would_only_hint_at() -> None:
    assert told("社保3月起断缴，本人承认没上班。").get("tax_arrears") is None


def test_what_is_told_obliquely_and_denied_assures_of_nothing() -> None:
    assert "operation_decline" not in told("没有师傅在看手机，也没有机器封了布。")


def test_a_contrary_sign_outweighs_the_others() -> None:
    assert told("印刷机三台封了布，师傅在看手机。")["operation_decline"] == "asserted"
    assert "operation_decline" not in told("印刷机三台封了布，师傅在看手机，下午换模，订单排到年底。")


ENTRIES = [
    {"event": "e", "weight": 0.4, "thing": True, "words": ["甲", "乙"]},
    {"event": "e", "weight": 0.4, "thing": True, "words": ["丙"]},
    {"event": "e", "weight": 0.6, "words": ["丁"]},
    {"event": "e", "weight": -1, "words": ["戊"]},
]


@pytest.mark.parametrize(
    ("heard", "says"),
    [
        ({"甲": [1], "丁": [2]}, True),
        ({"甲": [1], "丙": [2]}, False),
        ({"甲": [1], "乙": [2], "丙": [3]}, False),
        ({"甲": [1], "丁": [90]}, False),
        ({"甲": [1], "丁": [2], "戊": [90]}, False),
        ({"丁": [2]}, False),
    ],
    ids=["thing and state", "two things", "things only", "far apart", "a contrary sign", "alone"],
)
def test_signs_add_up_near_each_other_only(heard: dict[str, list[int]], says: bool) -> None:
    assert bool(list(Signs(ENTRIES, str).met(heard))) == says
