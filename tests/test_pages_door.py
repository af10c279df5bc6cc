"""The door of the pages: who is let in, how the language is remembered, what an error looks like."""

import pytest

HTML = {"Accept": "text/html"}


@pytest.fixture
def browser(door):
    """A browser that is not signed in: no bearer token, cookies kept, redirects not followed."""
    del door.client.headers["Authorization"]
    door.client.follow_redirects = False
    return door.client


def test_who_is_not_signed_in_is_sent_to_the_door_and_back_again(door, browser):
    sent = browser.get("/loans?customer=C1", headers=HTML)
    assert sent.status_code == 303
    assert sent.headers["location"] == "/signin?next=/loans%3Fcustomer%3DC1"

    secret = door.house.access.create("苏禾", "desk")
    let_in = browser.get(f"/signin?token={secret}&next=/loans", headers=HTML)

    assert let_in.headers["location"] == "/loans"
    assert "HttpOnly" in let_in.headers["set-cookie"]
    assert "苏禾" in browser.get("/loans", headers=HTML).text


def test_a_fragment_is_told_to_go_to_the_door(browser):
    answer = browser.get("/", headers={**HTML, "HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/signin?next=/"


def test_a_wrong_token_is_refused_in_words(browser):
    answer = browser.post("/signin", data={"token": "pl_wrong", "next": "/"}, headers=HTML)

    assert answer.status_code == 401
    assert "令牌不对" in answer.text
    assert "postloan" not in browser.cookies


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_is_never_another_site(door, browser, elsewhere):
    secret = door.house.access.create("苏禾", "desk")

    answer = browser.post("/signin", data={"token": secret, "next": elsewhere}, headers=HTML)

    assert answer.headers["location"] == "/"


def test_english_is_one_click_away_and_stays(door, browser):
    browser.cookies.set("postloan", door.house.access.create("苏禾", "desk"))
    assert "收件箱" in browser.get("/", headers=HTML).text

    english = browser.get("/?lang=en", headers=HTML)

    assert "<h1>Inbox</h1>" in english.text
    assert '<html lang="en"' in english.text
    assert "<h1>Inbox</h1>" in browser.get("/", headers=HTML).text


def test_a_form_of_another_site_changes_nothing(door, browser):
    browser.cookies.set("postloan", door.house.access.create("苏禾", "desk"))

    answer = browser.post("/inbox", files={"file": ("a.txt", b"text")}, headers=HTML)

    assert answer.status_code == 403
    assert "没有权限" in answer.text
    assert door.house.documents.counts()["received"] == 0


def test_an_auditor_sees_everything_and_changes_nothing(door):
    auditor = {**HTML, **door.as_role("auditor")}

    assert "上传单据" not in door.client.get("/", headers=auditor).text
    assert door.client.post("/inbox", files={"file": ("a.txt", b"text")}, headers=auditor).status_code == 403


def test_what_is_not_there_says_so_on_a_page_with_a_way_back(door):
    answer = door.client.get("/documents/d000000000000", headers=HTML)

    assert answer.status_code == 404
    assert "没有这一页，或不在你的范围内" in answer.text
    assert 'href="/"' in answer.text


def test_a_part_that_fails_is_a_note_in_its_own_block(door):
    answer = door.client.get("/loans/JJ-none", headers={**HTML, "HX-Request": "true"})

    assert answer.status_code == 404
    assert answer.text.lstrip().startswith('<div class="note clash" role="alert">')


@pytest.mark.parametrize("path", ["/", "/search", "/loans", "/review", "/signin"])
def test_every_page_is_small_carries_the_policy_and_names_no_other_host(door, path):
    answer = door.client.get(path, headers=HTML)

    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "http://" not in answer.text.replace("http://www.w3.org/", "")
    assert "https://" not in answer.text
