"""The index follows the feed: it catches up, repeats nothing, and can start again from nothing."""

from __future__ import annotations

import pytest

from search.query import parse
from tests.test_api_loans import COMPANY, LOAN

NOTE = (
    "走访记录\n客户：杭州临屿精密机械有限公司\n日期：2024年6月18日\n借据号：JJ-2024-001\n"
    "抵押厂房已被法院查封，标的额286万元。借款人身份证 999901197811040028。\n"
).encode()


@pytest.fixture
def filed(door):
    """A door behind which one loan has one paper, found by the index."""
    door.client.post("/v1/customers", json=COMPANY)
    door.client.post("/v1/loans", json=LOAN)
    door.read(door.upload("走访.txt", NOTE))
    door.find()
    return door


def found(door, q: str, **filters: str) -> list[tuple[str, str | None]]:
    return [(hit.kind, hit.event_type) for hit in door.house.finder.search(parse(q, filters)).hits]


def test_a_read_paper_is_found_by_words_borrower_loan_event_and_amount(filed):
    assert ("event", "collateral_seizure") in found(filed, "查封")
    assert ("page", None) in found(filed, "临屿精密")
    assert found(filed, "JJ-2024-001")
    assert ("event", "collateral_seizure") in found(filed, "", event="collateral_seizure")
    assert set(found(filed, "2860000")) >= set(found(filed, "286万元")) != set()
    assert found(filed, "没有这样的词") == []


def test_following_again_changes_nothing(filed):
    before = found(filed, "查封")
    filed.house.follower.step()

    assert found(filed, "查封") == before


def test_rebuilt_from_nothing_it_finds_the_same(filed):
    before = found(filed, "查封"), found(filed, "2860000"), found(filed, "临屿")
    filed.house.follower.rebuild()

    assert (found(filed, "查封"), found(filed, "2860000"), found(filed, "临屿")) == before


def test_it_has_read_the_feed_to_its_end(filed):
    assert filed.house.follower.lag == 0
    assert filed.house.follower.wait_for(filed.house.feed.last(), timeout=0.1)


def test_hits_carry_page_place_and_the_words_that_were_meant(filed):
    hit = next(hit for hit in filed.house.finder.search(parse("查封", {})).hits if hit.kind == "page")

    assert hit.page == 1
    assert hit.box is not None
    assert ("查封", True) in hit.fragments


def test_a_number_of_a_person_finds_and_is_not_shown(filed):
    results = filed.house.finder.search(parse("999901197811040028", {}))

    assert results.total
    assert "197811040028" not in str([hit.fragments for hit in results.hits])
