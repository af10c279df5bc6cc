"""Contacts and collecting: forms, notes without labels, letters with receipts, lists; hours, promises and what is none."""

from __future__ import annotations

import pytest

from demo.papers import contacts
from extract.reading import read_document
from records.facts import Outcome, Paper
from tests.paper import paper
from tests.types_read import read, states, wrong


def first(*lines: str, **more: object) -> Paper:
    return read_document(paper(*lines, **more)).papers[0]  # type: ignore[arg-type]


def values(read: Paper) -> dict[str, str]:
    return {name: str(field.value) for name, field in read.fields.items()}


@pytest.mark.parametrize(
    "drawn",
    [
        contacts.contact_form("pdf"), contacts.contact_form("scan"),
        contacts.collection_form("pdf"), contacts.collection_form("scan"),
        contacts.collection_letter("docx"), contacts.collection_letter("scan"),
    ],
    ids=lambda drawn: drawn.name,
)  # fmt: skip
def test_a_form_and_a_letter_are_read_alike_from_word_print_and_scan(drawn: contacts.Drawn):
    found = read(drawn)

    assert wrong(drawn, found) == {}
    assert {event["type"] for event in drawn.truth["asserted"]} <= {
        event["type"] for event in found["events"] if event["polarity"] == "asserted"
    }


def test_an_option_whose_box_the_scan_lost_is_told_as_unsure():
    assert {"channel", "result"} <= states(read(contacts.contact_form("scan")), "low_confidence")


def test_options_of_which_none_is_ticked_say_nothing():
    read = first("客户沟通记录", "沟通时间：2026-06-18", "沟通方式：□电话 □短信", "沟通内容：未能联系上。")

    assert "channel" not in read.fields


def test_a_note_without_labels_says_when_whom_and_what_was_promised():
    read = first(
        "2026-06-18 09:30 电话联系借款人王某(138****1234)，其表示货款未到，",
        "承诺6月25日前归还5万元。",
        "客户经理 周岚",
    )

    assert read.type == "contact_record"
    assert values(read) | {"content": ""} == {
        "time": "2026-06-18 09:30", "channel": "电话", "who": "王某", "number": "138****1234", "promise": "2026-06-25",
        "promise_amount": "50000", "recorded_by": "周岚", "content": "",
    }  # fmt: skip


def test_a_chat_that_names_no_year_has_no_time():
    read = first("6月18日 15:20", "周岚：刚和恒屿的王总通完电话，", "他说这个月回款慢，保证25号之前把利息打进来。")

    assert read.type == "contact_record"
    assert "time" not in read.fields
    assert "promise" not in read.fields  # 25号 of which month nobody can say
    assert values(read)["who"] == "王总"


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("承诺6月25日前归还5万元。", "2026-06-25"),
        ("答应本月底还清。", "2026-06-30"),
        ("保证下月10号前还款。", "2026-07-10"),
        ("承诺5号前还款。", "2026-07-05"),
        ("承诺1月5日前还款。", "2027-01-05"),
        ("表示明天还款。", "2026-06-19"),
        ("承诺2026年7月20日前结清。", "2026-07-20"),
        ("表示无法在6月25日前还款。", None),
        ("不能保证月底前还款。", None),
        ("我行要求其于6月25日前还款。", None),
        ("承诺2月30日前还款。", None),
        ("表示6月20日货款到账，届时还款。", None),
    ],
)
def test_a_promise_is_a_day_and_no_more_than_was_said(said: str, until: str | None):
    read = first("通话记录", "通话时间：2026-06-18 09:30", "通话对象：王某", f"通话内容：客户{said}")

    assert values(read).get("promise") == until


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("承诺归还逾期利息5万元。", "50000"),
        ("承诺先还3,215.60元。", "3215.60"),
        ("承诺还款，现欠款5万元。", None),
        ("无法归还5万元。", None),
    ],
)
def test_a_promise_is_a_sum_only_where_it_is_what_will_be_paid(said: str, amount: str | None):
    read = first("通话记录", "通话时间：2026-06-18 09:30", "通话对象：王某", f"通话内容：客户{said}")

    assert values(read).get("promise_amount") == amount


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("2026年6月18日 上午9时30分", "2026-06-18 09:30"),
        ("2026/6/8 9:30", "2026-06-08 09:30"),
        ("2026年6月18日晚9点半", "2026-06-18 21:30"),
        ("2026-06-18（周四）14：20", "2026-06-18 14:20"),
        ("18 June 2026 2:05 pm", "2026-06-18 14:05"),
        ("2026-06-18", "2026-06-18"),
        ("2026-06-18 25:70", "2026-06-18"),
        ("2026-02-30 09:30", None),
        ("2026-07- 14:22", None),
    ],
)
def test_the_time_of_a_contact_is_the_day_with_its_hour(printed: str, time: str | None):
    assert (
        values(first("沟通记录", f"沟通时间：{printed}", "沟通内容：正常。", "联系电话：13800138000")).get("time")
        == time
    )


def test_text_runs_on_to_the_next_label_and_not_further():
    read = first(
        "电话访谈记录", "访谈日期：2026.05.20", "访谈时间：下午3点", "访谈对象：方澜", "访谈内容：订单少了四成，",
        "两条线停了一条。", "客户：还款没问题。", "访谈人：周岚", "2026年5月20日",
    )  # fmt: skip

    assert values(read)["content"] == "订单少了四成,两条线停了一条。客户:还款没问题。"
    assert values(read)["time"] == "2026-05-20 15:00"
    assert values(read)["recorded_by"] == "周岚"


@pytest.mark.parametrize(
    ("hour", "channel", "state"),
    [
        ("22:40", "电话", Outcome.FAILS),
        ("07:59", "上门", Outcome.FAILS),
        ("08:00", "电话", Outcome.HOLDS),
        ("21:59", "短信", Outcome.HOLDS),
        ("23:10", "客户来电", Outcome.HOLDS),
        ("", "电话", Outcome.CANNOT_TELL),
    ],
)
def test_nobody_collects_at_night(hour: str, channel: str, state: Outcome):
    read = first(
        "催收记录", "客户名称：沈某某", f"催收时间：2026-06-18 {hour}", f"催收方式：{channel}", "催收内容：提醒还款。",
        "催收人：何屿",
    )  # fmt: skip
    told = {event.type for event in read.events} | {finding.code for finding in read.findings}

    assert [check.state for check in read.checks if check.identity == "contact_hours"] == [state]
    assert ({"collection_violation", "contact_at_night"} <= told) == (state is Outcome.FAILS)


def test_sums_that_do_not_add_up_are_in_conflict():
    read = first(
        "逾期贷款催收记录", "客户名称：沈某某", "催收时间：2026-06-18 10:00", "逾期本金：1,000.00元", "逾期利息：20.00元",
        "逾期本息合计：1,120.00元", "催收情况：已提醒。",
    )  # fmt: skip

    assert read.fields["overdue_total"].state == "conflict"
    assert [f.message for f in read.findings] == [
        "不成立：逾期本金 + 利息 + 罚息 = 逾期本息合计。应为 1020.00，印着 1120.00。"
    ]


def test_one_form_is_one_loan_overdue_with_its_days_and_its_sum():
    events = read(contacts.collection_form("pdf"))["events"]
    (event,) = [e for e in events if (e["type"], e["subject_role"]) == ("loan_overdue", "borrower")]

    assert (event["severity"], event["args"]["days"], event["args"]["amount"]) == ("moderate", "46", "817420.11")


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("visit_note", ("走访记录", "客户：云洲恒屿", "日期：2026年6月18日", "到厂查看，电话联系了法人，车间三条线开两条。")),
        ("utility_arrears_notice", ("电费催缴通知", "户号：3301234567", "贵户欠费合计：1,200.00元，请于2026年6月30日前缴清。")),
        ("court_summons", ("云洲市人民法院", "传票", "案号：（2026）云0110民初1号", "应到时间：2026年9月4日")),
    ],
)  # fmt: skip
def test_papers_that_speak_of_calls_and_arrears_stay_what_they_are(kind: str, lines: tuple[str, ...]):
    assert first(*lines).type == kind
