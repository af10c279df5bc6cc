"""The story of a document: accepted once, read once, kept whole; a bad file is said to be bad; nothing is lost."""

import pytest
import sqlalchemy as sa

from archive import intake, tables
from archive.database import open_database
from records.errors import NotFound, NotKept, Refused
from tests.archive_tools import DATABASES, TinyHouse, empty_database

BILL = "type: electricity_bill\nuser_no: 3301234567\nbill_month: 2024-05\nkwh_total: 128400\namount_total: 98000.00\n"


@pytest.fixture(params=DATABASES)
def house(request, tmp_path):
    engine = open_database(empty_database(request.param, tmp_path))
    house = TinyHouse(engine)
    house.open_the_bank()
    yield house
    engine.dispose()


def test_a_paper_goes_in_and_its_facts_come_out(house):
    document_id = house.take(BILL, "5月电费.txt")

    record = house.documents.get(document_id)
    assert (record.status, record.type, record.version, record.pages_total) == ("read", "electricity_bill", 1, 1)
    assert [(link.kind, link.to, [r.kind for r in link.reasons]) for link in record.links] == [
        ("customer", "C1", ["user_no"])
    ]
    assert house.documents.reading(document_id).papers[0].fields["kwh_total"].value == "128400"
    assert house.documents.text(document_id) == [(1, BILL)]
    assert house.documents.words(document_id, 1)[0][1] == "type:"
    assert house.documents.original(document_id) == BILL.encode()
    assert [line.what for line in house.documents.history(document_id)] == ["received", "reading", "linked", "read"]


def test_the_feed_tells_the_story_in_order(house):
    document_id = house.take(BILL)

    told = [item.type for item in house.feed() if item.subject.get("document_id") == document_id]
    assert told == ["document.received", "document.reading", "document.linked", "document.read"]
    read = house.feed("document.read")[0]
    assert read.data["type"] == "electricity_bill"
    assert read.subject == {"document_id": document_id, "customer_no": "C1"}


def test_the_same_bytes_twice_are_one_document(house):
    first = house.intake.accept(BILL.encode(), "a.txt", by="王某")
    again = house.intake.accept(BILL.encode(), "副本.txt", by="李某")
    house.work()

    assert (again.id, again.duplicate_of, first.duplicate_of) == (first.id, first.id, None)
    assert house.documents.list().total == 1
    duplicate = next(line for line in house.documents.history(first.id) if line.what == "duplicate")
    assert (duplicate.by, duplicate.detail["name"]) == ("李某", "副本.txt")
    assert len(house.feed("document.read")) == 1


def test_an_empty_file_is_unreadable_and_its_original_is_kept(house):
    document_id = house.take("", "空.pdf")

    record = house.documents.get(document_id)
    assert (record.status, record.problem.code) == ("unreadable", "empty")
    assert house.documents.original(document_id) == b""
    assert house.feed("document.unreadable")[0].data["problem"]["code"] == "empty"


def test_a_reader_that_was_stopped_gives_an_unreadable_document_with_code_and_remedy(house):
    record = house.documents.get(house.take("locked: 168\n" + BILL))

    assert (record.status, record.problem.code) == ("unreadable", "password_protected")
    assert "密码" in record.problem.message
    assert record.problem.remedy


def test_a_password_serves_one_reading_and_leaves_no_trace(house):
    document_id = house.take("locked: 168-secret\n" + BILL, password="168-secret")

    assert house.documents.get(document_id).status == "read"
    house.blobs = None
    with house.engine.connect() as conn:
        for table in tables.METADATA.sorted_tables:
            for row in conn.execute(sa.select(table)):
                said = "".join(str(value) for name, value in row._asdict().items() if name != "text")
                assert "168-secret" not in said, table.name


def test_the_password_comes_later(house):
    text = "locked: 168\n" + BILL
    document_id = house.take(text)

    again = house.intake.accept(text.encode(), "同.txt", by="王某", password="168")
    house.work()

    assert again.duplicate_of == document_id
    assert house.documents.get(document_id).status == "read"


def test_an_upload_for_a_loan_that_does_not_exist_is_refused_at_once(house):
    with pytest.raises(NotFound, match="JJ404"):
        house.intake.accept(BILL.encode(), "a.txt", by="王某", loan_note_no="JJ404")


def test_a_path_in_the_name_is_no_path(house):
    document_id = house.take(BILL, "..\\..\\C:\\桌面\\电费.txt")

    assert house.documents.get(document_id).name == "电费.txt"


def test_reading_again_keeps_the_earlier_reading_and_repeats_nothing(house):
    document_id = house.take(BILL)
    before = house.documents.get(document_id)
    house.documents.reread(document_id, by="王某")
    house.work()

    after = house.documents.get(document_id)
    assert (before.version, after.version, after.status) == (1, 2, "read")
    assert [link.id for link in before.links] == [link.id for link in after.links]
    assert len(house.feed("document.linked")) == 1
    with house.engine.connect() as conn:
        versions = conn.execute(sa.select(tables.reading.c.version).order_by(tables.reading.c.version)).scalars().all()
    assert versions == [1, 2]


def test_every_step_done_twice_is_done_once(house):
    document_id = house.intake.accept(
        (BILL + "event: litigation_defendant asserted 借款人被诉\n").encode(), "a.txt", by="王某"
    ).id
    steps = house.steps
    assert steps.begin(document_id, 1)
    for _ in range(2):
        steps.read(document_id, 1)
    kept = [steps.keep(document_id, 1) for _ in range(2)]
    for _ in range(2):
        steps.assess("C1")
    for _ in range(2):
        steps.finish(document_id, 1)

    assert kept == [["C1"], ["C1"]]
    once = ("document.linked", "event.opened", "document.read")
    assert [item.type for item in house.feed(*once)] == list(once)
    computed = [(item.data["id"], str(item.data["period"])) for item in house.feed("indicator.computed")]
    assert len(computed) == len(set(computed)) > 0


def test_what_was_cancelled_is_not_kept(house):
    document_id = house.intake.accept(BILL.encode(), "a.txt", by="王某").id
    assert house.steps.begin(document_id, 1)
    house.documents.cancel(document_id, by="王某")
    house.steps.read(document_id, 1)
    house.steps.keep(document_id, 1)
    house.steps.finish(document_id, 1)

    record = house.documents.get(document_id)
    assert (record.status, record.version, record.links) == ("cancelled", 0, ())
    with pytest.raises(NotFound, match="cancelled"):
        house.documents.reading(document_id)
    with pytest.raises(Refused, match="cancelled"):
        house.documents.cancel(document_id, by="王某")


def test_a_reading_that_nobody_wants_any_more_is_broken_off(house, monkeypatch):
    """Progress finds the document cancelled and says so to the reader, which stops: the child is killed by that."""
    monkeypatch.setattr("archive.reading._Progress.EVERY", 0.0)
    document_id = house.intake.accept(BILL.encode(), "a.txt", by="王某").id
    assert house.steps.begin(document_id, 1)
    house.documents.cancel(document_id, by="王某")
    house.steps.read(document_id, 1)

    with house.engine.connect() as conn:
        assert conn.execute(sa.select(tables.reading.c.version)).all() == []
    assert house.steps.keep(document_id, 1) == []
    house.steps.finish(document_id, 1)
    assert house.documents.get(document_id).status == "cancelled"


def test_progress_reaches_the_document_and_the_feed(house, monkeypatch):
    monkeypatch.setattr("archive.reading._Progress.EVERY", 0.0)
    monkeypatch.setattr("archive.reading._Progress.TELL_EVERY", 0.0)
    house.take(BILL)

    assert [(item.data["pages_done"], item.data["pages_total"]) for item in house.feed("document.reading")] == [
        (0, None),
        (0, 1),
    ]


def test_a_cancelled_job_that_is_taken_up_all_the_same_does_nothing(house):
    document_id = house.intake.accept(BILL.encode(), "a.txt", by="王某").id
    house.documents.cancel(document_id, by="王某")

    intake.story(document_id, 1, house.steps)

    assert house.documents.get(document_id).status == "cancelled"


def test_a_file_with_several_papers_links_each_by_itself(house):
    document_id = house.take(BILL + "---\ntype: tax_payment_certificate\ntaxpayer_id: 91440300MA5DEMQ12M\n")

    record = house.documents.get(document_id)
    assert [(link.paper, link.to) for link in record.links] == [(0, "C1"), (1, "C2")]
    assert record.types == ("electricity_bill", "tax_payment_certificate")
    assert record.title.endswith("等 2 份")


def test_lists_page_by_cursor_newest_first_and_by_state(house):
    ids = [house.take(f"{BILL}remark: {number}\n") for number in range(5)]
    ids.append(house.take(""))

    first = house.documents.list(limit=4)
    second = house.documents.list(limit=4, cursor=first.cursor)
    seen = [record.id for record in (*first.items, *second.items)]
    assert sorted(seen) == sorted(ids)
    assert (first.total, second.cursor) == (6, None)
    assert [record.received_at for record in first.items] == sorted((r.received_at for r in first.items), reverse=True)
    assert [record.status for record in house.documents.list(state="unreadable").items] == ["unreadable"]
    assert house.documents.list(customer="C1").total == house.documents.list(loan="JJ20240322000187").total == 5
    assert house.documents.list(state="attention").total == 1
    counts = house.documents.counts()
    assert (counts["read"], counts["unreadable"], counts["unclaimed"]) == (5, 1, 0)
    with pytest.raises(Refused, match="cursor"):
        house.documents.list(cursor="nonsense")


def test_what_is_not_on_file_is_said_not_to_be(house):
    for ask in (house.documents.get, house.documents.reading, house.documents.original, house.documents.history):
        with pytest.raises(NotFound, match="d404"):
            ask("d404")
    with pytest.raises(NotKept):
        house.blobs.fetch("0" * 64)
