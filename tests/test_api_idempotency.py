"""A call repeated under the same key is answered again and done once."""

from __future__ import annotations

import threading

import pytest

from api.idempotency import ABANDONED_SECONDS, Claim, Kept

BODY = {"customer_no": "C1", "kind": "company", "name": "临屿机械"}
KEY = {"Idempotency-Key": "k-1"}


def test_the_second_call_gets_the_first_answer(door):
    first = door.client.post("/v1/customers", json=BODY, headers=KEY)
    again = door.client.post("/v1/customers", json=BODY, headers=KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


def test_an_upload_repeated_under_its_key_is_not_a_duplicate(door):
    sent = {"files": {"file": ("一.txt", b"\xe8\xb5\xb0\xe8\xae\xbf")}, "headers": KEY}

    first = door.client.post("/v1/documents", **sent)
    again = door.client.post("/v1/documents", **sent)

    assert again.json() == first.json()
    assert again.json()["items"][0]["duplicate_of"] is None
    assert door.client.get("/v1/feed").json()["last"] == 1


def test_a_key_is_not_reused_for_something_else(door):
    door.client.post("/v1/customers", json=BODY, headers=KEY)

    answer = door.client.post("/v1/customers", json=BODY | {"customer_no": "C2"}, headers=KEY)

    assert answer.status_code == 422
    assert answer.json()["code"] == "key_used"


def test_another_caller_may_use_the_same_key(door):
    door.client.post("/v1/customers", json=BODY, headers=KEY)

    answer = door.client.post("/v1/customers", json=BODY | {"customer_no": "C2"}, headers=KEY | door.as_role("desk"))

    assert answer.status_code == 201


def test_what_may_pass_is_not_kept(door):
    refused = door.client.post("/v1/customers", json=BODY, headers=KEY | door.as_role("auditor"))

    assert refused.status_code == 403
    assert door.client.post("/v1/customers", json=BODY, headers=KEY).status_code == 201


def test_while_the_first_call_is_under_way_the_second_waits_outside(door):
    kept = Kept(door.house.engine)
    claim = Claim("somebody", "k", "same request")

    assert kept.claim(claim) is None
    assert kept.claim(claim)["status"] is None
    kept.forget(claim)
    assert kept.claim(claim) is None


def test_a_call_that_died_gives_its_key_back(door, monkeypatch):
    kept = Kept(door.house.engine)
    claim = Claim("somebody", "k", "same request")
    assert kept.claim(claim) is None

    from api import idempotency

    later = idempotency.time.time() + ABANDONED_SECONDS + 1
    monkeypatch.setattr(idempotency.time, "time", lambda: later)

    assert kept.claim(claim) is None


def test_of_two_calls_at_once_one_is_done(door):
    kept = Kept(door.house.engine)
    claims: list[object] = []
    threads = [threading.Thread(target=lambda: claims.append(kept.claim(Claim("s", "k", "r")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert claims.count(None) == 1


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_a_sensible_length(door, key):
    assert door.client.post("/v1/customers", json=BODY, headers={"Idempotency-Key": key}).status_code == 400
