"""What several sentences of a paragraph tell together, and whom a sentence means that only points back."""

from __future__ import annotations

import pytest

from benchmarks import events, gold
from extract.notes import read_events
from records.facts import Polarity, RiskEvent


def read(text: str) -> list[RiskEvent]:
    return list(read_events([events.page(text)]))


def told(text: str) -> dict[str, tuple[str, str]]:
    return {one.type: (one.polarity.value, one.subject_role) for one in read(text)}


@pytest.mark.parametrize(
    ("text", "kind", "figures"),
    [
        ("房屋放款时评估值300万元。周边成交清淡，现评估值220万元。", "collateral_devaluation", ("3000000.00", "2200000.00")),
        ("抵押房产2023年评估价为300万元。本次重估，评估价220万元。", "collateral_devaluation", ("3000000.00", "2200000.00")),
        ("抵押房产评估价220万元。上次评估价300万元。", "collateral_devaluation", ("3000000.00", "2200000.00")),
        ("年初存货640万元。销售放缓。目前存货1530万元。", "inventory_overstock", ("6400000.00", "15300000.00")),
        ("年初应收账款420万元。客户结构未变。期末应收账款1180万元。", "receivable_deterioration", ("4200000.00", "11800000.00")),
    ],
)  # fmt: skip
def test_one_thing_then_and_now_is_held_together_over_sentences(text: str, kind: str, figures: tuple[str, str]) -> None:
    (event,) = (one for one in read(text) if one.type == kind)
    assert event.polarity is Polarity.ASSERTED
    assert (event.args["from"], event.args["to"]) == figures
    assert "。" in event.evidence.quote


@pytest.mark.parametrize(
    "text",
    [
        "抵押房产原评估价220万元。目前评估价300万元。",
        "抵押房产评估价300万元。贷款余额120万元。",
        "上年末存货920万元，周转正常。本期销售收入430万元。",
        "房屋放款时评估值300万元。\n现评估值220万元的是另一处。",
    ],
    ids=["it rose", "two things", "two things with dates", "another paragraph"],
)
def test_figures_of_two_things_or_paragraphs_are_not(text: str) -> None:
    assert not [one for one in read(text) if one.polarity is Polarity.ASSERTED]


@pytest.mark.parametrize(
    "text",
    [
        "借款人月薪9000元。房贷每月4200元，车贷每月2300元，信用卡分期每月1500元。",
        "借款人在某超市上班，每月到手6500元。房贷月供3100元。车贷月供2200元。另有花呗每月还1200元。",
        "夫妻月收入合计1.2万元，房贷月供6200元，车贷月供2800元，装修贷每月还2100元。",
    ],
)
def test_debts_of_a_paragraph_are_added_up_and_held_against_the_income(text: str) -> None:
    assert told(text)["over_indebtedness"] == ("asserted", "borrower")


@pytest.mark.parametrize(
    "text",
    [
        "借款人月收入2万元。房贷月供3100元。车贷月供2200元。",
        "借款人月收入9000元，配偶月收入8000元。房贷月供5000元，车贷月供2000元。",
        "借款人月收入9000元，房贷余额80万元，车贷余额12万元。",
        "企业月均销售收入80万元。企业贷款利息每月2.1万元。",
    ],
)
def test_debts_that_the_income_carries_tell_of_nothing(text: str) -> None:
    assert "over_indebtedness" not in told(text)


def test_signs_on_both_sides_of_a_stop_add_up_when_they_weigh_more() -> None:
    text = "会计一年换了三个。副总也走人了。"
    assert told(text)["management_change"] == ("asserted", "borrower")
    assert not read("会计来开了门。副总也在。")


@pytest.mark.parametrize(
    ("text", "kind", "polarity", "role"),
    [
        ("下游客户恒通公司资金紧张。该公司已停产。", "operation_shutdown", "other_party", "counterparty"),
        ("借款人主要供应商宏达公司经营困难，该公司已停产。", "operation_shutdown", "other_party", "counterparty"),
        ("下游恒通公司老板失联。目前已停产。", "operation_shutdown", "other_party", "counterparty"),
        ("下游客户为恒通公司。该公司已停产。", "operation_shutdown", "other_party", "counterparty"),
        ("保证人为恒通公司。该公司已停产。", "guarantor_risk", "asserted", "guarantor"),
        ("供应商反映，该公司已停产。", "operation_shutdown", "asserted", "borrower"),
        ("借款人被供应商起诉。该公司已停产。", "operation_shutdown", "asserted", "borrower"),
        ("其下游客户恒通公司回款缓慢。借款人已停产。", "operation_shutdown", "asserted", "borrower"),
        ("该公司主要供应商为宏达公司。该公司已停产。", "operation_shutdown", "asserted", "borrower"),
        ("借款人经营困难。目前已停产。", "operation_shutdown", "asserted", "borrower"),
        ("下游恒通公司老板失联。\n目前已停产。", "operation_shutdown", "asserted", "borrower"),
    ],
)
def test_words_that_point_back_mean_whoever_was_named(text: str, kind: str, polarity: str, role: str) -> None:
    assert told(text)[kind] == (polarity, role)


@pytest.mark.parametrize("lines", [2, 3, 4])
def test_ordinary_sentences_alarm_nobody_side_by_side(lines: int) -> None:
    written = (gold.HERE / "ordinary.txt").read_text("utf-8").splitlines()
    plain = [line.rstrip("。") + "。" for line in written if line and not line.startswith("#")]
    stretches = ["".join(plain[start : start + lines]) for start in range(0, len(plain), lines)]
    assert not [one for one in stretches if any(event.polarity is Polarity.ASSERTED for event in read(one))]
