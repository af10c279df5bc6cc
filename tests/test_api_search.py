"""Search at the front door: by words, with place and marks, within what the asker may see."""

from __future__ import annotations

NOTE = "走访记录\n借款人：杭州临屿精密机械有限公司\n2024年6月18日走访，企业已停产，机器设备被法院查封。\n"


def test_words_lead_to_the_page_with_the_words_marked(door):
    id = door.upload("走访记录.txt", NOTE.encode())
    door.read(id)
    door.find()

    found = door.client.get("/v1/search", params={"q": "精密机械", "kind": "page"}).json()

    assert found["total"] == 1
    hit = found["hits"][0]
    assert (hit["kind"], hit["document_id"], hit["page"], hit["file_name"]) == ("page", id, 1, "走访记录.txt")
    assert any(piece["marked"] for fragment in hit["fragments"] for piece in fragment)
    assert found["understood"]
    assert found["cursor"] is None


def test_facets_count_what_was_found(door):
    door.read(door.upload("走访记录.txt", NOTE.encode()))
    door.find()

    facets = door.client.get("/v1/search", params={"q": "停产"}).json()["facets"]

    assert {"key", "count"} == set(facets["kind"][0])


def test_what_is_not_there_is_not_found(door):
    door.read(door.upload("走访记录.txt", NOTE.encode()))
    door.find()

    assert door.client.get("/v1/search", params={"q": "不存在的公司"}).json()["total"] == 0


def test_a_filter_that_makes_no_sense_is_refused_with_what_is_known(door):
    answer = door.client.get("/v1/search", params={"severity": "terrible"})

    assert answer.status_code == 422
    assert "severe" in answer.json()["detail"]
