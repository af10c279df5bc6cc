"""Papers at the front door: what comes in is kept, what was read comes out, and one bad file stops no other."""

from __future__ import annotations

import hashlib

import pytest

from api.uploads import plain_name

NOTE = "走访记录\n2024年6月18日走访杭州临屿精密机械有限公司。生产正常。\n".encode()


def test_every_file_of_an_upload_gets_its_own_entry(door):
    files = [("file", ("一.txt", NOTE)), ("file", ("空.pdf", b"")), ("file", ("坏.pdf", b"%PDF-1.7 broken"))]

    answer = door.client.post("/v1/documents", files=files)

    assert answer.status_code == 202
    items = answer.json()["items"]
    assert [item["name"] for item in items] == ["一.txt", "空.pdf", "坏.pdf"]
    assert [item["status"] for item in items] == ["received"] * 3
    assert items[0]["sha256"] == hashlib.sha256(NOTE).hexdigest()
    assert items[0]["duplicate_of"] is None


def test_the_same_bytes_twice_are_one_document(door):
    first = door.upload("一.txt", NOTE)

    again = door.client.post("/v1/documents", files={"file": ("另存.txt", NOTE)}).json()["items"][0]

    assert again["id"] == first
    assert again["duplicate_of"] == first


def test_a_file_beyond_the_limit_is_refused_and_the_others_are_taken(open_door):
    client = open_door(max_file_mb=1).client
    large = ("file", ("大.png", b"\x89PNG" + bytes(1 << 20)))

    both = client.post("/v1/documents", files=[large, ("file", ("一.txt", NOTE))])
    alone = client.post("/v1/documents", files=[large])

    refused, taken = both.json()["items"]
    assert both.status_code == 202
    assert (refused["status"], refused["problem"]["code"]) == ("refused", "too_large")
    assert taken["status"] == "received"
    assert alone.status_code == 413
    assert alone.json()["items"][0]["status"] == "refused"


def test_a_request_beyond_the_limit_is_refused_before_it_is_read(open_door):
    answer = open_door(max_request_mb=1).client.post("/v1/documents", files={"file": ("x", bytes(2 << 20))})

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_request_that_does_not_announce_its_length_is_counted_as_it_comes(open_door):
    door = open_door(max_request_mb=1)
    headers = {"Content-Type": "multipart/form-data; boundary=b"}

    answer = door.client.post("/v1/documents", content=(bytes(1 << 18) for _ in range(8)), headers=headers)

    assert answer.status_code == 413
    assert door.client.get("/v1/documents").json()["total"] == 0


def test_a_loan_that_does_not_exist_is_said_at_once(door):
    answer = door.client.post("/v1/documents", files={"file": ("一.txt", NOTE)}, data={"loan_note_no": "JJ-404"})

    assert answer.status_code == 404
    assert "JJ-404" in answer.json()["detail"]


def test_the_original_comes_back_byte_for_byte_and_never_runs_in_a_browser(door):
    page = b"<html><script>alert(1)</script></html>"
    id = door.upload("页面.html", page)

    answer = door.client.get(f"/v1/documents/{id}/original")

    assert answer.content == page
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E9%A1%B5")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = door.client.get(f"/v1/documents/{id}/original", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_before_it_is_read_a_paper_has_no_reading(door):
    id = door.upload("一.txt", NOTE)

    assert door.client.get(f"/v1/documents/{id}").json()["status"] == "received"
    assert door.client.get(f"/v1/documents/{id}/reading").status_code == 404


def test_what_was_read_comes_out_as_the_contract_says(door):
    id = door.upload("走访记录.txt", NOTE)
    door.read(id)

    document = door.client.get(f"/v1/documents/{id}").json()
    reading = door.client.get(f"/v1/documents/{id}/reading")

    assert document["status"] == "read"
    assert document["progress"] == {"done": 1, "total": 1}
    assert [line["what"] for line in document["history"]][:1] == ["received"]
    assert reading.json()["schema"] == "postloan.reading/1"
    assert reading.json()["file"]["sha256"] == hashlib.sha256(NOTE).hexdigest()
    unchanged = door.client.get(f"/v1/documents/{id}/reading", headers={"If-None-Match": reading.headers["etag"]})
    assert unchanged.status_code == 304


def test_the_text_is_plain_or_by_page(door):
    id = door.upload("走访记录.txt", NOTE)
    door.read(id)

    plain = door.client.get(f"/v1/documents/{id}/text", headers={"Accept": "text/plain"})
    pages = door.client.get(f"/v1/documents/{id}/text", headers={"Accept": "application/json"})

    assert "生产正常" in plain.text
    assert pages.json()["pages"][0]["page"] == 1
    assert "生产正常" in pages.json()["pages"][0]["text"]


def test_a_page_is_a_picture_that_a_browser_keeps(door):
    id = door.upload("走访记录.txt", NOTE)
    door.read(id)

    picture = door.client.get(f"/v1/documents/{id}/pages/1.png?width=600")
    again = door.client.get(
        f"/v1/documents/{id}/pages/1.png?width=600", headers={"If-None-Match": picture.headers["etag"]}
    )

    assert picture.status_code == 200
    assert picture.content.startswith(b"\x89PNG")
    assert again.status_code == 304
    assert door.client.get(f"/v1/documents/{id}/pages/2.png").status_code == 404


def test_an_unreadable_file_says_why_and_what_to_do(door):
    id = door.upload("空.pdf", b"")
    door.read(id)

    document = door.client.get(f"/v1/documents/{id}").json()

    assert document["status"] == "unreadable"
    assert document["problem"]["code"] == "empty"
    assert document["problem"]["remedy"]
    assert door.client.get(f"/v1/documents/{id}/original").content == b""


def test_a_paper_is_linked_by_hand_and_unlinked_again_with_reasons(door):
    company = {"customer_no": "C1", "kind": "company", "name": "海东食品有限公司"}
    door.client.post("/v1/customers", json=company)
    id = door.upload("走访记录.txt", NOTE)
    door.read(id)

    made = door.client.post(f"/v1/documents/{id}/links", json={"customer_no": "C1", "reason": "客户经理确认"})
    assert made.status_code == 201
    assert (made.json()["to"], made.json()["reason"], made.json()["by"]) == ("C1", "客户经理确认", "林某某")

    gone = door.client.delete(f"/v1/documents/{id}/links/{made.json()['id']}", params={"reason": "挂错"})
    assert gone.status_code == 200
    assert gone.json()["links"] == []
    assert door.client.get("/v1/unlinked").json()["items"][0]["document"]["id"] == id


def test_a_link_names_one_place_exactly(door):
    id = door.upload("走访记录.txt", NOTE)

    answer = door.client.post(f"/v1/documents/{id}/links", json={"reason": "x"})

    assert answer.status_code == 422
    assert answer.json()["code"] == "refused"


def test_reading_is_cancelled_and_asked_for_again(door):
    id = door.upload("走访记录.txt", NOTE)

    assert door.client.post(f"/v1/documents/{id}/cancel").json()["status"] == "cancelled"
    assert door.client.post(f"/v1/documents/{id}/cancel").status_code == 422
    assert door.client.post(f"/v1/documents/{id}/reread").json()["status"] == "received"
    door.read(id, attempt=2)
    assert door.client.get(f"/v1/documents/{id}").json()["status"] == "read"


def test_the_list_goes_on_with_a_cursor_to_its_end(door):
    ids = {door.upload(f"{n}.txt", NOTE + str(n).encode()) for n in range(5)}

    seen, cursor = [], None
    while True:
        page = door.client.get("/v1/documents", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["cursor"]
        if cursor is None:
            break

    assert page["total"] == 5
    assert len(seen) == 5
    assert set(seen) == ids
    assert door.client.get("/v1/documents", params={"cursor": "nonsense"}).status_code == 422


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\文件\\流水.pdf", "流水.pdf"),
        ("流\x07水\n.pdf", "流水.pdf"),
        ("", "unnamed"),
        (None, "unnamed"),
        ("长" * 300, "长" * 200),
    ],
)
def test_a_name_is_for_people_and_never_a_place(given, kept):
    assert plain_name(given) == kept
