"""Boxes to tick: whichever mark, on whichever side of its word, the option that was chosen is the one that is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.boxes import options
from extract.kinds import Choice, Count, LooseMoney, Names, Span, WrittenMoney, YesNo

UNIT = Decimal(1)
LEVELS = Choice(among={"轻度": "轻度", "中度": "中度", "重度": "重度"})


def picked(kind, text):
    found = kind.pick(text, UNIT)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ("☑是 □否", "是"),
        ("□是 ☑否", "否"),
        ("是√ 否□", "是"),
        ("是□ 否√", "否"),
        ("[x]是 [ ]否", "是"),
        ("[ ]是 [√]否", "否"),
        ("( )是 (√)否", "否"),
        ("是√ 否", "是"),
        ("是 √否", "否"),
        ("□是 □否", None),
        ("是 □否", None),  # the mark of the other box was lost: nobody knows
        ("☑不一致 □一致", "否"),
        ("一致", "是"),
        ("不相符", "否"),
    ],
)
def test_yes_or_no(printed, answer):
    assert picked(YesNo("是否一致"), printed) == answer


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("□轻度 □中度 ■重度", "重度"),
        ("轻度□ 中度☑ 重度□", "中度"),
        ("[ ]轻度 [x]中度", "中度"),
        ("□轻度 □中度 □重度", None),
        ("☑轻度 ☑中度", None),
        ("中度", "中度"),
    ],
)
def test_one_of_several_is_the_one_that_is_ticked(printed, level):
    assert picked(LEVELS, printed) == level


def test_a_single_mark_between_two_words_of_equal_distance_is_nobodys():
    assert options("是√否") is None


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("人民币玖佰万元整（¥9,000,000.00）", "9000000.00"),  # brackets of a remark, not of a negative amount
        ("（1,234.56）", "-1234.56"),
        ("830万元（上次评估价值：1,200万元）", "8300000"),
        ("9,800元/㎡", "9800"),
        ("3,000元/平方米", "3000"),
        ("1,200万元 830万元", None),
    ],
)
def test_the_one_amount_among_words(printed, amount):
    assert picked(LooseMoney("金额"), printed) == (Decimal(amount) if amount else None)


def test_an_amount_in_words_only_is_an_amount_where_no_figures_are_held_against_it():
    assert picked(WrittenMoney("保险金额"), "人民币贰仟陆佰万元整") == Decimal(26000000)
    assert picked(LooseMoney("保险金额"), "人民币贰仟陆佰万元整") is None


@pytest.mark.parametrize(
    ("printed", "names"),
    [("周逸 孔庆", ("周逸", "孔庆")), ("周逸、孔庆", ("周逸", "孔庆")), ("沈 某 某", ("沈某某",))],
)
def test_names_with_blanks_between_them(printed, names):
    assert picked(Names("检查人"), printed) == names


@pytest.mark.parametrize(
    "printed", ["2025年6月10日起2028年6月9日止", "共36个月，自2025年06月10日00时起至2028年06月09日24时止"]
)
def test_a_period_from_a_day_to_a_day(printed):
    period = picked(Span("履行期限"), printed)

    assert (period.start.isoformat(), period.end.isoformat()) == ("2025-06-10", "2028-06-09")


def test_the_second_rank_is_a_number():
    assert picked(Count("抵押顺位"), "第二顺位") == "2"
