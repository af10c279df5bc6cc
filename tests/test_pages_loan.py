"""A loan: who and how much, the risks with their words, the figures, what is missing; and the queue of the unclaimed."""

import re
from datetime import date
from decimal import Decimal

import pytest

from records.loans import Borrower, Loan

HTML = {"Accept": "text/html"}
HTMX = {**HTML, "HX-Request": "true"}
NAME = "杭州临屿精密机械有限公司"
NOTE = (
    f"走访记录\n借款人：{NAME}\n借据号：JJ-2025-001\n2026年6月18日走访，企业已停产，机器设备被法院查封。\n"
    "未发现借款人存在民间借贷。\n"
).encode()
BELONGS_NOWHERE = "走访记录\n2026年6月18日走访张先生家，一切正常。\n".encode()


@pytest.fixture
def desk(door):
    """A customer with a loan, and one visit note that was read."""
    door.house.loans.put_customer(Borrower("C1", "company", NAME, manager="苏禾"))
    door.house.loans.put_loan(
        Loan("JJ-2025-001", "C1", "corporate_business", Decimal("5000000.00"), Decimal("4200000.00"), date(2025, 3, 18),
             date(2027, 3, 17), "HT-2025-0088", purpose="采购原材料", classification="关注")
    )  # fmt: skip
    note = door.upload("走访.txt", NOTE)
    door.read(note)
    return door


def test_the_list_names_every_loan_with_its_open_risks(desk):
    page = desk.client.get("/loans", headers=HTML).text

    assert NAME in page
    assert "4,200,000.00" in page
    assert "重度" in page or "中度" in page


def test_a_loan_says_who_how_much_until_when_and_how_it_is_classed(desk):
    page = desk.client.get("/loans/JJ-2025-001", headers=HTML).text

    assert f"<h1>{NAME}</h1>" in page
    assert "2027-03-17" in page
    assert '<i class="on">关注</i>' in page


def test_an_asserted_risk_is_a_card_with_its_words_and_the_way_to_its_page(desk):
    page = desk.client.get("/loans/JJ-2025-001", headers=HTML).text
    cards = page.split('<section class="risks"')[1].split("</section>")[0]

    assert "停产" in cards or "查封" in cards
    assert "/documents/d" in cards


def test_negation_stays_calm(desk):
    """What a report denies raises no card and carries no colour of risk; it is kept, folded."""
    page = desk.client.get("/loans/JJ-2025-001", headers=HTML).text
    cards = page.split('<section class="risks"')[1].split("</section>")[0]

    assert "民间借贷" not in cards
    folded = page.split('id="events"')[1].split("</details>")[0]
    denied = next(part for part in folded.split("<article") if "民间借贷" in part)
    assert "已否认" in denied
    assert "sv-" not in denied


def test_a_decision_needs_a_reason_and_answers_the_card(desk):
    event = desk.house.dossier.events("JJ-2025-001")[0]

    refused = desk.client.post(f"/events/{event.id}", data={"status": "confirmed", "reason": " "}, headers=HTMX)
    decided = desk.client.post(f"/events/{event.id}", data={"status": "confirmed", "reason": "现场核实"}, headers=HTMX)

    assert refused.status_code == 422
    assert f'id="ev-{event.id}"' in decided.text
    assert "已确认" in decided.text
    assert desk.house.dossier.event(event.id).status == "confirmed"


def test_what_is_missing_is_listed_by_kind_with_its_periods(desk):
    page = desk.client.get("/loans/JJ-2025-001", headers=HTML).text

    assert "银行流水（月）" in page
    assert page.count("银行流水（月）") == 1
    assert "期</span>" in page
    assert "Bank statement (monthly)" in desk.client.get("/loans/JJ-2025-001?lang=en", headers=HTML).text


def test_the_timeline_holds_papers_events_and_entries_and_can_be_narrowed(desk):
    said = {"kind": "contact", "text": "电话沟通，财务 13812345678 承诺补齐流水", "happened_at": "2026-06-20"}
    added = desk.client.post("/loans/JJ-2025-001/entries", data=said, headers=HTML, follow_redirects=False)
    assert added.status_code == 303

    entries = desk.client.get("/loans/JJ-2025-001?kind=entry", headers=HTMX).text

    assert "承诺补齐流水" in entries
    assert "138****5678" in entries
    assert "13812345678" not in entries
    assert "走访.txt" not in entries
    assert "走访.txt" in desk.client.get("/loans/JJ-2025-001", headers=HTML).text


def test_an_unclaimed_paper_is_linked_by_hand_with_a_reason(desk):
    paper = desk.upload("张先生.txt", BELONGS_NOWHERE)
    desk.read(paper)
    assert "张先生.txt" in desk.client.get("/review", headers=HTML).text

    silent = desk.client.post(f"/review/{paper}", data={"to": "other", "other": "JJ-2025-001"}, headers=HTML)
    nowhere = desk.client.post(f"/review/{paper}", data={"to": "other", "other": "JJ-x", "reason": "r"}, headers=HTML)
    linked = desk.client.post(
        f"/review/{paper}",
        data={"to": "other", "other": "JJ-2025-001", "reason": "客户经理确认"},
        headers=HTML,
        follow_redirects=False,
    )

    assert (silent.status_code, nowhere.status_code) == (422, 422)
    assert "请写理由" in silent.text
    assert "没有这个编号" in nowhere.text
    assert linked.status_code == 303
    assert [link.to for link in desk.house.documents.links(paper)] == ["JJ-2025-001"]
    assert "都认领完了" in desk.client.get("/review", headers=HTML).text


def test_a_link_is_taken_away_with_a_reason_and_stays_in_the_history(desk):
    paper = desk.house.documents.list().items[0]
    link = paper.links[0]

    answer = desk.client.post(
        f"/documents/{paper.id}/unlink",
        data={"link_id": link.id, "reason": "挂错了"},
        headers=HTML,
        follow_redirects=False,
    )

    assert answer.status_code == 303
    assert desk.house.documents.links(paper.id) == []
    assert "挂错了" in desk.client.get(f"/documents/{paper.id}", headers=HTML).text


def test_a_risk_is_decided_beside_its_words_on_the_paper_too(desk):
    event = desk.house.dossier.events("JJ-2025-001")[0]
    page = desk.client.get(f"/documents/{event.document_id}", headers=HTML).text
    assert f'action="/events/{event.id}"' in page

    back = f"/documents/{event.document_id}?page=1"
    said = {"status": "dismissed", "reason": "同名企业", "back": back}
    answer = desk.client.post(f"/events/{event.id}", data=said, headers=HTML, follow_redirects=False)

    assert answer.headers["location"] == back
    assert "误报" in desk.client.get(back, headers=HTML).text


def test_who_may_only_read_is_offered_no_forms(desk):
    auditor = {**HTML, **desk.as_role("auditor")}
    event = desk.house.dossier.events("JJ-2025-001")[0]
    unreadable = desk.upload("坏.pdf", b"%PDF-1.7 nothing more")
    desk.read(unreadable)

    for path in ("/", "/loans/JJ-2025-001", f"/documents/{event.document_id}", f"/documents/{unreadable}", "/review"):
        forms = re.findall(r'<form[^>]*action="([^"]+)"', desk.client.get(path, headers=auditor).text)
        assert set(forms) <= {"/search", "/signout"}, path
