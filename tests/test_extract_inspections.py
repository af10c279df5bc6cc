"""Inspection reports: figures told in prose are read, of a change the one that holds now."""

from __future__ import annotations

import pytest

from extract.reading import read_document
from records.facts import Polarity
from tests.paper import paper

HEAD = ("贷后检查报告", "客户名称：云洲恒屿 检查日期：2026-05-03 检查人：周岚、何屿", "检查结论：正常")


@pytest.mark.parametrize(
    ("told", "name", "value"),
    [
        ("机器满负荷运转，产能利用率保持在86%左右。", "capacity_utilisation", "0.86"),
        ("产能利用率由上季度的82%降至47%，三条线仅开一条。", "capacity_utilisation", "0.47"),
        ("产能利用率约65%。", "capacity_utilisation", "0.65"),
        ("产能利用率下降。", "capacity_utilisation", None),
        ("员工由210人减至96人，车间设备大面积闲置。", "headcount", "96"),
        ("在手订单1200万元，员工210人，较上期稳定。", "headcount", "210"),
        ("员工减少30人。", "headcount", None),
    ],
)
def test_figures_told_in_prose(told: str, name: str, value: str | None):
    fields = read_document(paper(*HEAD, told)).papers[0].fields

    assert (str(fields[name].value) if name in fields else None) == value


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("资金用途是否与合同约定一致 是√ 否□", "是"),
        ("贷款资金实际用途与借款合同约定是否相符：□是 ■否", "否"),
        ("资金用途是否与合同约定一致 □是 □否", None),
        ("资金用途与合同约定一致，同意维持，是否存在挪用 □是 ■否", None),  # the answer to another question
    ],
)
def test_whether_the_use_is_as_agreed_in_whatever_words_it_is_asked(line: str, answer: str | None):
    found = read_document(paper("首次检查报告", "客户名称：云洲恒屿 放款日期：2026-05-03", line)).papers[0]

    assert found.type == "first_inspection"
    assert (found.fields["use_match"].value if "use_match" in found.fields else None) == answer


def test_who_leads_and_who_goes_along_are_the_inspectors():
    fields = (
        read_document(paper(*HEAD[:1], "客户名称：云洲恒屿 检查日期：2026-05-03", "主办：周岚 协办：何屿"))
        .papers[0]
        .fields
    )

    assert fields["inspectors"].value == ("周岚", "何屿")


@pytest.mark.parametrize(
    "lines",
    [
        ("客户：云洲恒屿精密机械有限公司", "日期：2026年10月22日", "借据号：JJ20260318000101", "车间正常生产。"),
        ("2026年10月22日到云洲恒屿精密机械有限公司走访，该户借据JJ20260318000101余额260万元，", "车间正常生产。"),
    ],
    ids=["labelled", "told"],
)
def test_a_visit_note_that_names_its_loan_says_so(lines: tuple[str, ...]):
    """The number is what ties the note to one of several loans of a customer."""
    found = read_document(paper("走访记录", *lines)).papers[0]

    assert found.type == "visit_note"
    assert found.fields["loan_note_no"].value == "JJ20260318000101"
    assert not [event for event in found.events if event.polarity is Polarity.ASSERTED]
