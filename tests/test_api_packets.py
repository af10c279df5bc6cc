"""Containers through the service: kept unchanged, their members documents of their own, each once, tied both ways."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pyzipper
import sqlalchemy as sa

from archive import tables

NOTE = "走访记录\n客户：某某公司\n日期：2026年5月3日\n车间正常。"
SUED = "借款人作为被告，因买卖合同纠纷被诉至法院。"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


def mail(subject: str, text: str, **attached: bytes) -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = subject, "客户 <a@example.com>", "desk@example.com"
    letter.set_content(text)
    for name, data in attached.items():
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{name}.txt")
    return letter.as_bytes()


def read_all(door) -> None:
    """Do everything that waits, until nothing does."""
    while True:
        with door.house.engine.connect() as conn:
            document = tables.document
            rows = conn.execute(sa.select(document.c.id, document.c.attempt).where(document.c.status == "received"))
            todo = rows.all()
        if not todo:
            return
        for row in todo:
            door.read(row.id, row.attempt)


def get(door, document_id: str) -> dict:
    return door.client.get(f"/v1/documents/{document_id}").json()


def received(door) -> list[str]:
    items = door.client.get("/v1/feed?limit=1000").json()["items"]
    return [item["subject"]["document_id"] for item in items if item["type"] == "document.received"]


def test_every_member_becomes_a_document_of_its_own(door):
    packet = zipped({"走访/记录.txt": NOTE.encode(), "诉讼.txt": SUED.encode()})
    id = door.upload("资料包.zip", packet, received_from="客户")
    read_all(door)

    whole = get(door, id)
    assert whole["status"] == "read"
    assert whole["title"] == "压缩包 · 2 份文件"
    assert [(one["path"], one["status"]) for one in whole["members"]] == [
        ("走访/记录.txt", "read"),
        ("诉讼.txt", "read"),
    ]
    first = get(door, whole["members"][0]["id"])
    assert first["name"] == "记录.txt"
    assert first["type"] == "visit_note"
    assert first["received_from"] == "客户"
    assert first["within"] == [{"id": id, "name": "资料包.zip", "path": "走访/记录.txt"}]
    assert door.client.get(f"/v1/documents/{first['id']}/original").content == NOTE.encode()
    assert door.client.get(f"/v1/documents/{id}/original").content == packet
    assert sorted(received(door)) == sorted([id, *(one["id"] for one in whole["members"])])


def test_the_reading_of_a_container_names_its_members(door):
    id = door.upload("资料包.zip", zipped({"a.txt": NOTE.encode()}))
    read_all(door)

    reading = door.client.get(f"/v1/documents/{id}/reading").json()
    assert reading["schema"] == "postloan.reading/1"
    assert reading["status"] == "read"
    assert reading["papers"] == []
    assert [one["path"] for one in reading["members"]] == ["a.txt"]
    assert "1 份文件" in reading["findings"][0]["message"]


def test_the_same_paper_in_two_packets_is_one_document_with_both_ties(door):
    alone = door.upload("记录.txt", NOTE.encode())
    read_all(door)
    one = door.upload("一.zip", zipped({"a.txt": NOTE.encode(), "b.txt": SUED.encode()}))
    two = door.upload("二.zip", zipped({"c.txt": NOTE.encode()}))
    read_all(door)

    document = get(door, alone)
    assert [(tie["id"], tie["path"]) for tie in document["within"]] == [(one, "a.txt"), (two, "c.txt")]
    came = [line["detail"].get("within", {}).get("id") for line in document["history"] if line["what"] == "duplicate"]
    assert came == [one, two]
    assert len(received(door)) == len(set(received(door))) == 4


def test_reading_a_packet_again_repeats_nothing(door):
    id = door.upload("包.zip", zipped({"a.txt": NOTE.encode(), "b.txt": SUED.encode()}))
    read_all(door)
    before = [get(door, one["id"])["history"] for one in get(door, id)["members"]]
    door.client.post(f"/v1/documents/{id}/reread")
    read_all(door)

    assert [get(door, one["id"])["history"] for one in get(door, id)["members"]] == before
    assert len(received(door)) == 3


def test_a_mail_in_an_archive_is_opened_in_its_turn_and_its_text_is_a_paper(door):
    letter = mail("关于欠款", SUED, 记录=NOTE.encode())
    id = door.upload("包.zip", zipped({"邮件.eml": letter}))
    read_all(door)
    door.find()

    inner = get(door, get(door, id)["members"][0]["id"])
    assert inner["title"] == "邮件 · 2 份文件"
    assert [one["path"] for one in inner["members"]] == ["正文", "记录.txt"]
    text = get(door, inner["members"][0]["id"])
    assert text["name"] == "邮件.eml · 正文"
    assert text["counts"]["events"] == 1
    hits = door.client.get("/v1/search", params={"q": "买卖合同纠纷"}).json()["hits"]
    assert text["id"] in [hit["document_id"] for hit in hits]


def test_what_belongs_to_the_packet_belongs_to_what_is_in_it(door):
    body = {"customer_no": "C1", "kind": "company", "name": "杭州临屿机械有限公司"}
    door.client.post("/v1/customers", json=body)
    id = door.upload("包.zip", zipped({"诉讼.txt": SUED.encode()}), customer_no="C1")
    read_all(door)

    inner = get(door, get(door, id)["members"][0]["id"])
    assert [link["to"] for link in inner["links"]] == ["C1"]


def locked(secret: str) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(secret.encode())
        archive.writestr("账单.txt", NOTE)
    return out.getvalue()


def test_a_locked_packet_waits_for_its_password_and_forgets_it(door):
    id = door.upload("账单.zip", locked("123456"))
    read_all(door)
    assert get(door, id)["problem"]["code"] == "password_protected"
    assert get(door, id)["members"] == []

    door.client.post(f"/v1/documents/{id}/reread", json={"password": "123456"})
    read_all(door)
    assert [one["status"] for one in get(door, id)["members"]] == ["read"]
    with door.house.engine.connect() as conn:
        assert conn.execute(sa.select(tables.secret)).all() == []


def test_a_password_given_to_the_packet_later_opens_what_is_locked_in_it(door):
    id = door.upload("包.zip", zipped({"账单.zip": locked("123456"), "a.txt": SUED.encode()}))
    read_all(door)
    assert [one["status"] for one in get(door, id)["members"]] == ["unreadable", "read"]

    door.client.post(f"/v1/documents/{id}/reread", json={"password": "123456"})
    read_all(door)
    assert [one["status"] for one in get(door, id)["members"]] == ["read", "read"]


def test_a_member_that_cannot_be_had_is_named_and_asks_for_attention(door):
    data = bytearray(zipped({"好.txt": NOTE.encode(), "坏.txt": bytes(range(256)) * 40}))
    at = data.find(bytes(range(200, 240)))
    data[at - 30 if at > 0 else len(data) // 2] ^= 0xFF
    id = door.upload("包.zip", bytes(data))
    read_all(door)

    whole = get(door, id)
    bad = [one for one in whole["members"] if one["id"] is None]
    assert [one["problem"]["code"] for one in bad] == ["damaged"]
    assert whole["counts"]["unopened"] == 1
    assert id in [one["id"] for one in door.client.get("/v1/documents?state=attention").json()["items"]]


def test_a_bomb_becomes_one_unreadable_document(door):
    id = door.upload("弹.zip", zipped({"a.txt": NOTE.encode(), "零.bin": bytes(64 << 20)}))
    read_all(door)

    assert get(door, id)["problem"]["code"] == "bomb"
    assert received(door) == [id]


def test_layers_beyond_the_limit_are_not_opened(door):
    data = zipped({"底.txt": NOTE.encode()})
    for layer in range(4):
        data = zipped({f"{layer}.zip": data})
    id = door.upload("套.zip", data)
    read_all(door)

    depth, states = 0, []
    while members := get(door, id)["members"]:
        id, depth = members[0]["id"], depth + 1
        states.append(members[0]["status"])
    assert states == ["read", "read", "unreadable"]
    assert get(door, id)["problem"]["code"] == "unsupported"


def test_an_archive_that_holds_itself_ends(door):
    """Made by hand: the member's bytes are found on file as the container's own."""
    id = door.upload("包.zip", zipped({"a.txt": NOTE.encode()}))
    read_all(door)
    again = door.upload("外.zip", zipped({"里.zip": door.client.get(f"/v1/documents/{id}/original").content}))
    read_all(door)

    assert get(door, again)["members"][0]["id"] == id
    assert [tie["id"] for tie in get(door, id)["within"]] == [again]


def test_whoever_may_only_watch_sees_no_members(door):
    id = door.upload("包.zip", zipped({"机密项目/a.txt": NOTE.encode()}))
    read_all(door)
    watcher = door.as_role("monitor")

    assert door.client.get(f"/v1/documents/{id}", headers=watcher).status_code == 403
    assert door.client.get(f"/documents/{id}", headers=watcher).status_code == 403
    feed = door.client.get("/v1/feed?limit=1000", headers=watcher).json()["items"]
    assert {"id": id} in [item["data"].get("within") for item in feed]
    assert "机密项目" not in str(feed)  # the folders of a packet tell more than the name of a file


def test_the_pages_link_a_container_and_its_members_both_ways(door):
    id = door.upload("资料包.zip", zipped({"走访/记录.txt": NOTE.encode(), "诉讼.txt": SUED.encode()}))
    read_all(door)
    inner = get(door, id)["members"][0]["id"]

    inbox = door.client.get("/").text
    assert "内含 2 份文件" in inbox
    assert f'href="/documents/{id}#inside"' in inbox
    page = door.client.get(f"/documents/{id}").text
    assert f'href="/documents/{inner}"' in page
    assert "走访/记录.txt" in page
    member = door.client.get(f"/documents/{inner}").text
    assert f'href="/documents/{id}#inside"' in member
    assert "取自 资料包.zip" in member
    english = door.client.get(f"/documents/{id}?lang=en").text
    assert "Files inside" in english
