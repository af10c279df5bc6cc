"""What sentences of our own tell: the right event, whether it happened, and nothing that did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from benchmarks.events import page
from extract.notes import read_events
from extract.risks import EVENTS
from records.facts import RiskEvent

POLARITY = {"A": "asserted", "N": "negated", "R": "resolved", "H": "hypothetical", "O": "other_party"}
REPORTED = date(2024, 7, 15)


@dataclass(frozen=True)
class Told:
    """A sentence, what it must tell, and what it may tell besides."""

    text: str
    required: dict[str, str]
    allowed: frozenset[str]


def gold() -> Iterator[Told]:
    """The sentences of ``events_gold.txt``; a sentence may run over a line end, as on paper."""
    pending = ""
    for line in Path(__file__).with_name("events_gold.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        if "|" not in line:
            pending += line + "\n"
            continue
        text, told, *more = (part.strip() for part in (pending + line).split("|"))
        pending = ""
        required = (
            {} if told == "-" else {name: POLARITY[mark] for name, _, mark in (t.partition(":") for t in told.split())}
        )
        yield Told(text, required, frozenset(more[0].split()) if more else frozenset())


def read(text: str, **known: object) -> list[RiskEvent]:
    return read_events([page(text)], report_date=REPORTED, **known)  # type: ignore[arg-type]


def only(text: str, kind: str, **known: object) -> RiskEvent:
    """The one event of this kind in a text."""
    found = [event for event in read(text, **known) if event.type == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("told", list(gold()), ids=lambda told: told.text[:24])
def test_a_sentence_tells_what_its_reader_would_say(told: Told) -> None:
    found: dict[str, set[str]] = {}
    for event in read(told.text):
        found.setdefault(event.type, set()).add(event.polarity.value)
    for kind, polarity in told.required.items():
        assert polarity in found.get(kind, set()), found
        assert polarity == "asserted" or "asserted" not in found[kind], found
    spurious = (
        {kind for kind, polarities in found.items() if "asserted" in polarities} - set(told.required) - told.allowed
    )
    assert not spurious


def test_only_what_happened_has_a_severity() -> None:
    for event in read("企业已停产。未发现涉诉。如被查封应告知。欠税已补缴。"):
        assert (event.severity is not None) == (event.polarity == "asserted")


@pytest.mark.parametrize(
    ("text", "kind", "args"),
    [
        (
            "借款人作为被告，因买卖合同纠纷被诉至余杭区法院，标的额286万元。",
            "litigation_defendant",
            {"amount": "2860000.00", "court": "余杭区法院"},
        ),
        ("案件进入执行程序，案号（2024）苏0205执1876号。", "enforcement_target", {"case_no": "（2024）苏0205执1876号"}),
        ("抵押房产被杭州市中级人民法院查封。", "collateral_seizure", {"court": "杭州市中级人民法院"}),
        ("该笔贷款已逾期４７天，欠息３．６万元。", "loan_overdue", {"days": "47", "amount": "36000.00"}),
        ("产能利用率由上季度的82%降至47%。", "operation_decline", {"from": "0.82", "to": "0.47"}),
        ("重估后价值由1,200万元降至830万元。", "collateral_devaluation", {"from": "12000000.00", "to": "8300000.00"}),
        ("企业欠缴增值税约94.3万元。", "tax_arrears", {"amount": "943000.00", "amount_is": "approximate"}),
        ("税务机关冻结其银行存款37万元。", "account_frozen", {"amount": "370000.00"}),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value else "",
)
def test_an_event_carries_its_arguments(text: str, kind: str, args: dict[str, str]) -> None:
    assert args.items() <= only(text, kind).args.items()


def test_two_events_of_one_sentence_keep_their_own_amounts() -> None:
    text = "借款人欠税8万元，另被供应商起诉，标的120万元。"
    assert only(text, "tax_arrears").args["amount"] == "80000.00"
    assert only(text, "litigation_defendant").args["amount"] == "1200000.00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年5月20日抵押厂房被法院查封。", date(2024, 5, 20)),
        ("8月3日抵押厂房被法院查封。", date(2023, 8, 3)),  # the last one before the report
        ("上月12日抵押厂房被法院查封。", date(2024, 6, 12)),
        ("抵押厂房被法院查封。", None),  # never the date of the report
    ],
)
def test_the_day_of_an_event_is_the_one_stated(text: str, day: date | None) -> None:
    assert only(text, "collateral_seizure").date == day


def test_without_a_report_date_a_day_without_a_year_is_not_guessed() -> None:
    (event,) = read_events([page("8月3日抵押厂房被法院查封。")])
    assert event.date is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("保证人张三被列为失信被执行人。", "guarantor"),
        ("实控人被法院限制高消费。", "controller"),
        ("抵押人被列为失信被执行人。", "mortgagor"),
        ("宏达公司被列为失信被执行人。", "borrower"),
        ("其竞争对手被列为失信被执行人。", "stranger"),
    ],
)
def test_an_event_knows_whom_it_is_about(text: str, role: str) -> None:
    assert only(text, "dishonest_debtor", subject="宏达公司").subject_role == role


def test_a_guarantor_that_stops_or_falls_behind_is_a_risk_of_the_guarantee() -> None:
    assert {event.type for event in read("保证人企业已停产。")} == {"guarantor_risk"}


def test_the_borrower_is_known_by_name() -> None:
    sued = only("宏达公司起诉利民公司追讨货款。", "litigation_defendant", subject="宏达公司")
    assert sued.polarity == "other_party"
    sued = only("利民建材有限公司起诉宏达公司追讨货款。", "litigation_defendant", subject="宏达公司")
    assert sued.polarity == "asserted"
    stopped = only("利民建材有限公司停产。", "operation_shutdown", subject="浙江宏达纺织有限公司")
    assert stopped.polarity == "other_party"
    stopped = only("宏达纺织有限公司停产。", "operation_shutdown", subject="浙江宏达纺织有限公司")
    assert stopped.polarity == "asserted"


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("该笔贷款逾期5天。", "loan_overdue", "light"),
        ("该笔贷款逾期47天。", "loan_overdue", "moderate"),
        ("该笔贷款逾期103天。", "loan_overdue", "severe"),
        ("营业收入下降15%。", "operation_decline", "light"),
        ("营业收入下降44%。", "operation_decline", "severe"),
        ("抵押厂房被法院查封。", "collateral_seizure", "severe"),
        ("抵押厂房被法院轮候查封。", "collateral_seizure", "moderate"),
        ("据了解，抵押厂房被法院查封。", "collateral_seizure", "moderate"),
    ],
)
def test_severity_follows_the_table_and_says_what_moved_it(text: str, kind: str, level: str) -> None:
    event = only(text, kind)
    assert event.severity == level
    if level != EVENTS[kind].severity:
        assert event.cues


def test_two_families_at_a_time_weigh_more() -> None:
    alone, together = only("该笔贷款逾期5天。", "loan_overdue"), only("该笔贷款逾期5天。借款人失业。", "loan_overdue")
    assert (alone.severity, together.severity) == ("light", "moderate")
    assert any(cue.rule == "modifier.families" for cue in together.cues)


def test_every_decision_names_its_cue_and_rule() -> None:
    denied = only("现场未发现停产迹象。", "operation_shutdown")
    assert [(cue.text, cue.effect) for cue in denied.cues] == [("未发现", "denies")]
    assert denied.rule == "shutdown.stopped"
    ended = only("抵押房产的查封已解除。", "collateral_seizure")
    assert [(cue.text, cue.effect) for cue in ended.cues] == [("解除", "resolves")]


def test_contracts_are_not_read_for_events() -> None:
    text = "借款人停产、歇业。"
    assert read(text)
    assert read(text, paper_type="loan_contract") == []


@pytest.mark.parametrize(
    ("text", "kind", "polarity"),
    [
        ("告知逾期本息合计81.74万元，客户称月底归还。", "loan_overdue", "asserted"),
        ("贷款逾期，借款人表示下月结清。", "loan_overdue", "asserted"),
        ("逾期利息，客户讲过两天就还清。", "loan_overdue", "asserted"),
        ("逾期利息十日内结清。", "loan_overdue", "asserted"),
        ("欠缴电费2万元，老板说过几天缴清。", "utility_arrears", "asserted"),
        ("欠缴电费2万元，老板说缴清了。", "utility_arrears", "resolved"),
        ("贷款曾逾期，客户说已于上周结清。", "loan_overdue", "resolved"),
        ("逾期本息于5月底归还。", "loan_overdue", "resolved"),
        ("贷款逾期12天，昨日归还。", "loan_overdue", "resolved"),
        ("The mortgaged plant was sealed by the court and has not been released.", "collateral_seizure", "asserted"),
        ("The supplier sued the borrower but later withdrew the claim.", "litigation_defendant", "resolved"),
    ],
)
def test_a_promise_to_pay_is_no_payment(text: str, kind: str, polarity: str) -> None:
    assert {event.polarity.value for event in read(text) if event.type == kind} == {polarity}


@pytest.mark.parametrize(
    ("text", "kind", "polarity"),
    [
        ("员工由210人减至60人，欠缴电费三个月。", "utility_arrears", "asserted"),
        ("我行已起诉借款人。", "litigation_defendant", "asserted"),
        ("建议尽快起诉借款人并查封厂房。", "collateral_seizure", "hypothetical"),
        ("企业说设备检修，实际已半年没有生产。", "operation_shutdown", "asserted"),
        ("企业说设备检修三天，停产期间工资照发。", "operation_shutdown", "negated"),
    ],
    ids=[
        "the staff's fate is not whose bill it is",
        "whom the bank sued",
        "a proposal",
        "what is in fact so",
        "a quiet reason",
    ],
)
def test_whose_affair_it_is_and_whether_it_is_done(text: str, kind: str, polarity: str) -> None:
    assert [event.polarity.value for event in read(text) if event.type == kind] == [polarity]
