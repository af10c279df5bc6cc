"""Search: how the question was understood, what narrows it, and hits that lead to their page."""

import pytest

HTML = {"Accept": "text/html"}
NOTE = "走访记录\n借款人：杭州临屿精密机械有限公司\n2026年6月18日走访，企业已停产，机器设备被法院查封。\n".encode()


@pytest.fixture
def found(door):
    document = door.upload("走访.txt", NOTE)
    door.read(document)
    door.find()
    return door, document


def test_the_empty_page_says_what_can_be_asked(door):
    assert "搜什么都行" in door.client.get("/search", headers=HTML).text


def test_a_hit_marks_the_words_and_leads_to_its_page(found):
    door, document = found

    page = door.client.get("/search?q=查封", headers=HTML).text

    assert "<mark>查封</mark>" in page
    assert f"/documents/{document}" in page


def test_what_was_understood_can_be_taken_away_again(found):
    door, _ = found

    page = door.client.get("/search?q=查封&severity=severe", headers=HTML).text

    assert "严重程度 重度" in page
    assert 'href="/search?q=%E6%9F%A5%E5%B0%81"' in page


def test_nothing_found_says_what_else_to_try(found):
    door, _ = found

    page = door.client.get("/search?q=不存在的词语", headers=HTML).text

    assert "没有「不存在的词语」" in page
    assert "polarity=all" in page


def test_htmx_gets_the_part_below_the_box(found):
    door, _ = found

    part = door.client.get("/search?q=查封", headers={**HTML, "HX-Request": "true"})

    assert "<html" not in part.text
    assert part.headers["vary"] == "HX-Request"
