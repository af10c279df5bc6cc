"""A document: its picture with boxes, every value with its place and proof, rows of the page only."""

import re

import pytest

HTML = {"Accept": "text/html"}
HTMX = {**HTML, "HX-Request": "true", "HX-Target": "desk"}


def statement(rows: int) -> bytes:
    """A bank's export whose balances run on."""
    lines = ["账号：6222020000001234566", "户名：杭州临屿精密机械有限公司", "日期,摘要,收入,支出,余额"]
    balance = 1000
    for number in range(rows):
        balance += 10
        lines.append(f"2026-{1 + number // 2800:02d}-{1 + number // 100 % 28:02d},货款,10.00,,{balance}.00")
    return "\n".join(lines).encode("gb18030")


@pytest.fixture
def paper(door):
    document = door.upload("流水.csv", statement(20))
    door.read(document)
    return document


def test_values_and_boxes_carry_the_same_name(door, paper):
    page = door.client.get(f"/documents/{paper}", headers=HTML).text

    boxes = set(re.findall(r'<rect[^>]*data-f="([^"]+)"', page))
    values = set(re.findall(r'<(?:td|li)[^>]*data-f="([^"]+)"', page))
    assert boxes
    assert boxes <= values
    assert f"/v1/documents/{paper}/pages/1.png" in page


def test_an_account_is_masked_in_everything_the_page_sends(door, paper):
    page = door.client.get(f"/documents/{paper}", headers=HTML).text

    assert "6222 **** **** 4566" in page
    assert "6222020000001234566" not in page


def test_htmx_gets_only_the_desk(door, paper):
    part = door.client.get(f"/documents/{paper}?page=1", headers=HTMX).text

    assert 'id="desk"' in part
    assert "<html" not in part


def test_a_statement_of_thousands_of_rows_is_shown_piece_by_piece(door):
    document = door.upload("长流水.csv", statement(5000))
    door.read(document)

    page = door.client.get(f"/documents/{document}", headers=HTML)
    rows = re.findall(r'<td class="n qq">\d+</td>', page.text)

    assert 0 < len(rows) <= 50
    assert len(page.content) < 60_000


def test_a_wanted_field_is_lit(door, paper):
    assert 'data-lit="0.account_no"' in door.client.get(f"/documents/{paper}?field=account_no", headers=HTML).text


def test_a_hit_of_the_search_is_marked_on_the_page(door, paper):
    page = door.client.get(f"/documents/{paper}?spot=0.1,0.2,0.3,0.25", headers=HTML).text

    assert '<rect class="spot" x="100.0" y="200.0" width="200.0" height="50.0"/>' in page
    assert door.client.get(f"/documents/{paper}?spot=<svg>", headers=HTML).status_code == 422


def test_a_file_that_cannot_be_read_offers_its_remedy_and_the_original(door):
    document = door.upload("坏.pdf", b"%PDF-1.7\nnothing more")
    door.read(document)

    page = door.client.get(f"/documents/{document}", headers=HTML).text

    assert "不可读" in page
    assert f"/v1/documents/{document}/original" in page


def test_a_paper_that_waits_says_so(door):
    document = door.upload("流水.csv", statement(5))

    assert "还在识别" in door.client.get(f"/documents/{document}", headers=HTML).text


def test_reading_again_goes_back_to_the_paper(door, paper):
    answer = door.client.post(f"/documents/{paper}/reread", headers=HTML, follow_redirects=False)

    assert answer.headers["location"] == f"/documents/{paper}"
    assert door.house.documents.get(paper).status == "received"
