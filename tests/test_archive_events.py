"""Risk events and figures follow the papers: opened once, moved with their paper, and a person's decision stays."""

import pytest

from archive.database import open_database
from records.errors import NotFound, Refused
from tests.archive_tools import DATABASES, TinyHouse, empty_database

NOTE = "type: visit_note\ncustomer: 杭州临屿机械有限公司\ndate: 2024-06-18\n"
SUED = (
    NOTE + "event: litigation_defendant asserted 借款人作为被告被诉\nevent: business_stopped negated 未发现停产迹象\n"
)


def bill(month, kwh, user="3301234567"):
    return f"type: electricity_bill\nuser_no: {user}\nbill_month: {month}\nkwh_total: {kwh}\namount_total: {kwh}.00\n"


@pytest.fixture(params=DATABASES)
def house(request, tmp_path):
    house = TinyHouse(open_database(empty_database(request.param, tmp_path)))
    house.open_the_bank()
    yield house
    house.engine.dispose()


def figures(house, customer_no="C1"):
    return {
        (record.indicator.id, str(record.indicator.period)): record.indicator.value
        for record in house.dossier.customer_indicators(customer_no)
    }


def test_an_asserted_event_is_opened_at_the_loan_of_its_paper_with_a_deadline(house):
    document_id = house.take(SUED)

    [opened] = house.feed("event.opened")
    assert opened.subject["loan_note_no"] == "JJ20240322000187"
    assert (opened.data["type"], opened.data["quote"]) == ("litigation_defendant", "借款人作为被告被诉")
    [event] = house.dossier.all_events().items
    assert (event.status, event.document_id, event.customer_name) == ("open", document_id, "杭州临屿机械有限公司")
    assert event.due is not None


def test_a_negated_event_is_on_record_and_no_risk(house):
    house.take(SUED)

    [negated] = house.dossier.all_events(polarity="negated").items
    assert (negated.status, negated.due, negated.event.severity) == ("recorded", None, None)
    assert [item.data["type"] for item in house.feed("event.opened")] == ["litigation_defendant"]
    with pytest.raises(Refused, match="not counted as a risk"):
        house.dossier.decide_event(negated.id, "confirmed", "王某", "看错")


def test_a_decision_needs_a_reason_and_keeps_who_and_why(house):
    house.take(SUED)
    [event] = house.dossier.all_events().items
    with pytest.raises(Refused, match="why"):
        house.dossier.decide_event(event.id, "confirmed", "王某", " ")

    confirmed = house.dossier.decide_event(event.id, "confirmed", "王某", "已电话核实")
    resolved = house.dossier.decide_event(event.id, "resolved", "李某", "原告已撤诉")

    assert confirmed.status == "confirmed"
    assert [(step.by, step.status, step.reason) for step in resolved.history] == [
        ("王某", "confirmed", "已电话核实"),
        ("李某", "resolved", "原告已撤诉"),
    ]
    assert [item.data["status"] for item in house.feed("event.changed")] == ["confirmed", "resolved"]
    with pytest.raises(NotFound):
        house.dossier.decide_event("e404", "confirmed", "王某", "x")


def test_reading_again_opens_nothing_twice_and_keeps_the_decision(house):
    document_id = house.take(SUED)
    [event] = house.dossier.all_events().items
    house.dossier.decide_event(event.id, "dismissed", "王某", "同名公司")
    house.documents.reread(document_id, by="王某")
    house.work()

    [after] = house.dossier.all_events().items
    assert (after.id, after.status) == (event.id, "dismissed")
    assert len(house.feed("event.opened")) == 1


def test_an_event_of_an_unclaimed_paper_opens_when_the_paper_finds_its_borrower(house):
    document_id = house.take(SUED.replace("临屿机械", "不知何处"))
    assert house.feed("event.opened") == []

    house.documents.link(document_id, loan_note_no="JJ20240322000187", by="王某", reason="曾用名")
    house.work()

    [opened] = house.feed("event.opened")
    assert opened.subject["customer_no"] == "C1"
    assert house.documents.unlinked() == []


def test_link_and_unlink_by_hand_move_figures_and_events_there_and_back(house):
    house.take(bill("2024-04", 1000))
    before = figures(house)
    lost = house.take(bill("2024-05", 1500, user="9900000000") + "event: power_cut asserted 已停电\n")
    [waiting] = house.documents.unlinked()
    assert (waiting.document.id, waiting.kind) == (lost, "unknown")

    link = house.documents.link(lost, customer_no="C1", by="王某", reason="新装电表，客户确认")
    house.work()
    between = figures(house)
    assert between != before
    assert (link.by, link.reason, link.confidence) == ("王某", "新装电表，客户确认", 1.0)

    house.documents.unlink(lost, link.id, by="李某", reason="电表属于隔壁")
    house.work()
    assert figures(house) == before
    [again] = house.documents.unlinked()
    assert "李某" in again.reasons[0]
    assert [event.current for event in house.dossier.document_events(lost)] == [True]
    history = [(line.what, line.by) for line in house.documents.history(lost)]
    assert history[-3:] == [("linked", "王某"), ("unlinked", "李某"), ("queued", "machine")]
    removed = [one for one in house.documents.links(lost, removed=True) if one.removed_at]
    assert [(one.removed_by, one.removed_reason) for one in removed] == [("李某", "电表属于隔壁")]


def test_what_a_person_unlinked_is_not_linked_there_again_by_the_machine(house):
    document_id = house.take(bill("2024-04", 1000))
    [link] = house.documents.links(document_id)
    house.documents.unlink(document_id, link.id, by="王某", reason="户号录错")
    house.documents.reread(document_id, by="王某")
    house.work()

    assert house.documents.links(document_id) == []
    [waiting] = house.documents.unlinked()
    assert "人工解除" in waiting.reasons[0]
    assert [candidate.to for candidate in waiting.candidates] == ["C1"]


def test_what_a_person_linked_stays_when_read_again(house):
    document_id = house.take(bill("2024-04", 1000))
    house.documents.link(document_id, customer_no="C2", by="王某", reason="两家共用电表")
    house.documents.reread(document_id, by="王某")
    house.work()

    assert [(link.to, link.by) for link in house.documents.links(document_id)] == [("C2", "王某")]


def test_linking_needs_a_target_and_a_reason(house):
    document_id = house.take(bill("2024-04", 1000))
    with pytest.raises(Refused, match="reason"):
        house.documents.link(document_id, customer_no="C2", by="王某", reason="")
    with pytest.raises(Refused, match="either"):
        house.documents.link(document_id, by="王某", reason="x")
    with pytest.raises(NotFound, match="C404"):
        house.documents.link(document_id, customer_no="C404", by="王某", reason="x")
    with pytest.raises(NotFound, match="paper 7"):
        house.documents.link(document_id, customer_no="C2", paper=7, by="王某", reason="x")


def test_figures_are_told_only_when_they_change(house):
    house.take(bill("2024-04", 1000))
    told = {(item.data["id"], str(item.data["period"])) for item in house.feed("indicator.computed")}
    count = len(house.feed("indicator.computed"))
    house.take("type: visit_note\ncustomer: 杭州临屿机械有限公司\ndate: 2024-06-19\n")

    assert len(told) == count > 0
    assert len(house.feed("indicator.computed")) == count


def test_a_figure_names_the_documents_it_came_from(house):
    document_id = house.take(bill("2024-04", 1000))

    inputs = {
        given.document for record in house.dossier.indicators("JJ20240322000187") for given in record.indicator.inputs
    }
    assert inputs == {document_id}


def test_events_page_severe_first(house):
    for number in range(3):
        house.take(NOTE + f"remark: {number}\nevent: litigation_defendant asserted 第{number}次\n")
    first = house.dossier.all_events(limit=2)
    second = house.dossier.all_events(limit=2, cursor=first.cursor)

    assert (first.total, len(first.items), len(second.items), second.cursor) == (3, 2, 1, None)
    assert len({event.id for event in (*first.items, *second.items)}) == 3
    assert house.dossier.all_events(customer="C2").total == 0
    assert house.dossier.all_events(loan="JJ20240322000187", severity="moderate").total == 3


def test_a_judgment_for_the_borrower_is_no_risk_of_the_borrower(house):
    told = "event: litigation_defendant asserted 民事判决书"
    lost = house.take(f"type: court_judgment\ndefendant: 杭州临屿机械有限公司\n{told}\nagainst: 杭州临屿机械有限公司\n")
    won = house.take(f"type: court_judgment\nplaintiff: 杭州临屿机械有限公司\n{told}\nagainst: 乙公司、丙公司\n")
    stand = {record.document_id: record.event.polarity.value for record in house.dossier.customer_events("C1")}

    assert stand == {lost: "asserted", won: "other_party"}
