"""What stands around an event in office prose does not change whether it happened: every core in every frame."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from benchmarks.events import page
from extract.notes import read_events

ORDINARY = Path(__file__).parent / "events" / "ordinary.txt"
CORES = (
    ("operation_shutdown", "asserted", "企业已停产"),
    ("collateral_seizure", "asserted", "抵押房产被法院查封"),
    ("litigation_defendant", "asserted", "借款人被供应商起诉"),
    ("loan_overdue", "asserted", "本期贷款已逾期30天"),
    ("lost_contact", "asserted", "借款人失联"),
    ("cashflow_deterioration", "asserted", "企业拖欠工人工资三个月"),
    ("guarantor_risk", "asserted", "保证人被列为失信被执行人"),
    ("account_frozen", "asserted", "企业基本户被法院冻结"),
    ("operation_shutdown", "negated", "企业未停产"),
    ("collateral_seizure", "negated", "抵押房产未被查封"),
    ("litigation_defendant", "negated", "借款人无涉诉信息"),
    ("loan_overdue", "negated", "贷款未发生逾期"),
    ("operation_shutdown", "resolved", "前期停产，现已恢复生产"),
    ("collateral_seizure", "resolved", "抵押房产原被查封，现已解除查封"),
    ("account_frozen", "resolved", "账户曾被冻结，现已解冻"),
    ("operation_shutdown", "hypothetical", "企业可能停产"),
    ("litigation_defendant", "hypothetical", "供应商扬言起诉借款人"),
)
BEFORE = (
    *(
        "经核实，",
        "经现场检查，",
        "据了解，",
        "检查发现，",
        "风险提示：",
        "建议重点关注，",
        "存在问题：",
        "（1）",
        "二是",
    ),
    *("通过与财务人员访谈了解到，", "另据物业反映，", "截至2026年3月末，", "客户经理反映，", "自上次检查以来，"),
)
BEHIND = (
    *("，需密切关注", "，建议密切关注", "，应引起高度重视", "，请各支行关注", "，列入重点关注名单", "，我行将持续跟踪"),
    *("，拟于下季度复查", "，建议维持现有分类", "，已下发风险预警", "，已录入系统并上报分行", "，特此报告"),
    *("，其他方面未见异常", "，本次检查未发现其他异常", "，未发现其他重大风险", "，影像资料已归档", "（见附件2）"),
    *("；未发现挪用贷款", "；企业纳税正常", "，无欠息", "，担保人王某为其配偶", "，贷款余额500万元", "。以上情况属实"),
)
#: Only what has happened can be asked about, go on or get worse.
BEHIND_FACTS = (
    *("，原因待核实", "，具体金额有待核实", "，后续进展需持续关注", "，建议提前收回贷款", "，拟于下周再次上门核实"),
    *("，可能影响按期还款", "，不排除进一步恶化", "，如继续恶化将采取保全措施", "，已要求其说明原因", "，未见好转"),
    *("，本息暂能按期归还", "，须尽快落实风险缓释措施", "，客户承诺月底前解决", "，目前尚未找到解决办法", "，情况属实"),
)


def polarities(text: str, event: str) -> set[str]:
    return {found.polarity.value for found in read_events([page(text)]) if found.type == event}


@pytest.mark.parametrize(("event", "polarity", "core"), CORES, ids=[core for *_, core in CORES])
def test_a_frame_leaves_the_polarity_as_it_is(event: str, polarity: str, core: str) -> None:
    behind = BEHIND + (BEHIND_FACTS if polarity == "asserted" else ())
    framed = [f"{before}{core}。" for before in BEFORE] + [f"{core}{after}。" for after in behind]

    assert [text for text in framed if polarity not in polarities(text, event)] == []


NOUNS = ("停产", "涉诉", "逾期", "失联", "欠薪", "欠税", "行政处罚", "抵押物被查封", "账户冻结", "存货积压", "高管变动")
DENIED = (
    *(
        "未发现{}、{}、{}等情况。",
        "{}、{}、{}：均无。",
        "{}情况：无；{}情况：无；{}情况：无。",
        "□{} □{} □{} ☑以上均无",
    ),
    *("暂未发现{}及{}，{}情况亦未发生。", "{}、{}、{}情况均未发生。", "不涉及{}、{}或{}。"),
)
SUPPOSED = (
    *(
        "如发生{}、{}、{}等情况，应及时报告。",
        "排查{}、{}、{}等风险客户。",
        "关注是否存在{}、{}、{}。",
        "防范{}、{}、{}风险。",
    ),
    "贷款合同约定，借款人发生{}、{}、{}的，银行有权提前收贷。",
)


@pytest.mark.parametrize("frame", DENIED + SUPPOSED)
def test_a_list_is_denied_or_supposed_as_a_whole(frame: str) -> None:
    lists = [frame.format(*NOUNS[at : at + 3]) for at in range(len(NOUNS) - 2)]
    alarms = {
        text: found.type for text in lists for found in read_events([page(text)]) if found.polarity.value == "asserted"
    }

    assert alarms == {}


@pytest.mark.parametrize("text", ["借款人是否失联需进一步核实。", "据称老板失联，待核实。", "应密切关注企业是否停产。"])
def test_what_is_to_be_checked_or_watched_for_has_not_happened(text: str) -> None:
    assert {found.polarity.value for found in read_events([page(text)])} == {"hypothetical"}


@pytest.mark.parametrize("event", ["逾期", "停产", "失联"])
def test_what_is_to_be_done_with_a_kind_of_customer_is_no_report(event: str) -> None:
    for text, tail in product((f"对{event}客户", f"凡{event}的，"), ("应及时上报。", "须逐户排查。")):
        assert "asserted" not in {found.polarity.value for found in read_events([page(text + tail)])}


@pytest.mark.parametrize(
    "text",
    [
        "逾期不缴的，我局将依法强制执行。",
        "借款人停产的，我行将启动诉讼。",
        "逾期仍未缴清的，我公司将于7月17日中止供电。",
    ],
)
def test_what_follows_from_a_condition_is_a_threat(text: str) -> None:
    assert {found.polarity.value for found in read_events([page(text)])} == {"hypothetical"}


def test_who_is_paid_by_a_judgment_is_not_the_defendant() -> None:
    assert polarities("法院判决被告向借款人支付货款120万元。", "litigation_defendant") == {"other_party"}


def test_an_order_to_mend_is_not_mended() -> None:
    assert polarities("企业因环保问题被责令停产整改。", "env_safety_penalty") == {"asserted"}
    assert polarities("企业因环保问题被处罚，已整改到位。", "env_safety_penalty") == {"resolved"}


def test_ordinary_sentences_alarm_nobody() -> None:
    lines = [line for line in ORDINARY.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    alarms = {
        line: sorted(found.type for found in read_events([page(line)]) if found.polarity.value == "asserted")
        for line in lines
    }

    assert {line: events for line, events in alarms.items() if events} == {}


def test_figures_of_a_form_with_names_of_their_own_are_not_then_and_now() -> None:
    assert not read_events([page("上期止码：2041 总电量：117600 本期电费：99,491.61")])
