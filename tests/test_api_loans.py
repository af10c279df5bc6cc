"""Borrowers and loan notes at the front door: exact money, no silent slips, everything about one loan in one place."""

from __future__ import annotations

import pytest

COMPANY = {"customer_no": "C1", "kind": "company", "name": "杭州临屿精密机械有限公司"}
LOAN = {
    "loan_note_no": "JJ-2024-001",
    "customer_no": "C1",
    "product": "corporate_business",
    "amount": "4200000.10",
    "balance": "4200000.10",
    "granted": "2024-01-15",
    "due": "2025-01-14",
}


@pytest.fixture
def booked(door):
    """A door behind which one company has one loan."""
    assert door.client.post("/v1/customers", json=COMPANY).status_code == 201
    assert door.client.post("/v1/loans", json=LOAN).status_code == 201
    return door


def test_what_was_registered_comes_back_to_the_cent(booked):
    loan = booked.client.get("/v1/loans/JJ-2024-001").json()

    assert loan["amount"] == "4200000.10"
    assert loan["classification"] == "正常"
    assert booked.client.get("/v1/customers/C1").json()["name"] == COMPANY["name"]


def test_registering_the_same_again_is_no_error_and_something_else_is(booked):
    assert booked.client.post("/v1/loans", json=LOAN).status_code == 200
    assert booked.client.post("/v1/loans", json=LOAN | {"balance": "1.00"}).status_code == 409
    assert booked.client.put("/v1/loans/JJ-2024-001", json=_fields(balance="1.00")).status_code == 200
    assert booked.client.get("/v1/loans/JJ-2024-001").json()["balance"] == "1.00"
    assert booked.client.put("/v1/loans/JJ-2024-002", json=_fields()).status_code == 201


def _fields(**changed):
    return {key: value for key, value in (LOAN | changed).items() if key != "loan_note_no"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"amount": 4200000.1}, "body.amount"),
        ({"amount": "4,200,000"}, "body.amount"),
        ({"granted": "15.01.2024"}, "body.granted"),
        ({"product": "mortgage"}, "body.product"),
        ({"blance": "1.00"}, "body.blance"),
    ],
)
def test_a_slip_is_named_and_nothing_is_kept(booked, change, where):
    answer = booked.client.post("/v1/loans", json=LOAN | {"loan_note_no": "JJ-9"} | change)

    assert answer.status_code == 422
    assert where in [error["where"] for error in answer.json()["errors"]]
    assert booked.client.get("/v1/loans/JJ-9").status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"customer_no": "nobody"}, {"due": "2023-01-01"}, {"amount": "0"}],
    ids=["no customer", "due before", "nothing"],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(booked, change):
    answer = booked.client.post("/v1/loans", json=LOAN | {"loan_note_no": "JJ-9"} | change)

    assert answer.status_code == 422
    assert answer.json()["code"] == "refused"
    assert answer.json()["detail"]


def test_the_list_of_a_borrowers_loans(booked):
    booked.client.put("/v1/loans/JJ-2024-002", json=_fields())

    page = booked.client.get("/v1/loans", params={"customer": "C1", "limit": 1}).json()
    rest = booked.client.get("/v1/loans", params={"customer": "C1", "limit": 1, "cursor": page["cursor"]}).json()

    assert [loan["loan_note_no"] for loan in page["items"] + rest["items"]] == ["JJ-2024-001", "JJ-2024-002"]
    assert (page["total"], rest["cursor"]) == (2, None)


@pytest.mark.parametrize("part", ["", "/archive", "/timeline", "/indicators", "/events", "/entries"])
def test_a_loan_that_is_not_on_file_has_nothing(booked, part):
    answer = booked.client.get(f"/v1/loans/JJ-404{part}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_record_is_added_and_corrected_and_both_stay(booked):
    said = {"kind": "contact", "happened_at": "2024-07-02", "content": {"channel": "电话", "summary": "提醒还款"}}
    first = booked.client.post("/v1/loans/JJ-2024-001/entries", json=said)
    assert first.status_code == 201, first.text
    fix = said | {
        "content": {"channel": "面谈", "summary": "提醒还款"},
        "corrects": first.json()["id"],
        "reason": "记错渠道",
    }
    second = booked.client.post("/v1/loans/JJ-2024-001/entries", json=fix)

    assert second.status_code == 201, second.text
    entries = booked.client.get("/v1/loans/JJ-2024-001/entries").json()["items"]
    assert [(entry["version"], entry["content"]["channel"]) for entry in entries] == [(2, "面谈")]
    assert entries[0]["earlier"][0]["content"]["channel"] == "电话"
    assert entries[0]["by"] == "林某某"


def test_the_archive_of_a_new_loan_says_what_is_missing(booked):
    archive = booked.client.get("/v1/loans/JJ-2024-001/archive").json()

    assert archive["loan"]["loan_note_no"] == "JJ-2024-001"
    assert "missing" in str(archive["completeness"])


def test_a_paper_of_the_borrower_tells_of_a_risk_which_a_person_confirms(booked):
    note = "走访记录\n借款人：杭州临屿精密机械有限公司\n借据号：JJ-2024-001\n2024年6月18日走访，企业已停产。\n"
    id = booked.upload("走访记录.txt", note.encode(), loan_note_no="JJ-2024-001")
    booked.read(id)

    events = booked.client.get("/v1/loans/JJ-2024-001/events").json()["items"]
    asserted = [event for event in events if event["polarity"] == "asserted"]
    assert asserted, events
    event = asserted[0]
    assert event["evidence"]["quote"] in note
    assert [one["id"] for one in booked.client.get("/v1/events?status=open").json()["items"]] == [event["id"]]

    decided = booked.client.patch(f"/v1/events/{event['id']}", json={"status": "confirmed", "reason": "已现场核实"})

    assert decided.status_code == 200
    assert decided.json()["history"][-1]["by"] == "林某某"
    assert decided.json()["history"][-1]["reason"] == "已现场核实"
    assert booked.client.get("/v1/events?status=open").json()["items"] == []
    assert (
        booked.client.patch(f"/v1/events/{event['id']}", json={"status": "confirmed", "reason": " "}).status_code == 422
    )
    kinds = {item["kind"] for item in booked.client.get("/v1/loans/JJ-2024-001/timeline").json()["items"]}
    assert {"granted", "paper", "event"} <= kinds


def test_what_was_agreed_on_the_money_is_kept_and_may_be_left_out(booked):
    assert booked.client.get("/v1/loans/JJ-2024-001").json()["payees"] == []
    agreed = {"payees": ["云洲钢材有限公司"], "collection_account": "19045101040012345"}
    booked.client.put("/v1/loans/JJ-2024-001", json=_fields(**agreed))
    loan = booked.client.get("/v1/loans/JJ-2024-001").json()

    assert {name: loan[name] for name in agreed} == agreed
