"""What every search index must do. A new one (Elasticsearch) is done when it passes this file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from records.errors import Refused
from search.cards import Card, Kind
from search.clauses import (
    EVERYTHING,
    Among,
    AmountIn,
    AnyOf,
    Clause,
    DateIn,
    IdEnds,
    Noisy,
    Phrase,
    Query,
    Scope,
    Sort,
    Words,
)
from search.embedded import TantivyIndex
from search.index import Index
from search.memory import MemoryIndex


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    made: Index = MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path / "index")
    yield made
    made.close()


def page(number: int, text: str, **given: object) -> Card:
    card = Card(f"page:d{number}:1", f"document:d{number}", Kind.PAGE, text, document_id=f"d{number}", page=1)
    return replace(card, **given)  # type: ignore[arg-type]


def event(number: int, text: str, **given: object) -> Card:
    card = Card(f"event:e{number}", f"document:d{number}", Kind.EVENT, text, event_id=f"e{number}", polarity="asserted")
    return replace(card, **given)  # type: ignore[arg-type]


CARDS = [
    page(1, "06-12 司法扣划 借方 86,000.00 法院执行款专户", heading="杭州临屿机械有限公司 对公账户明细", customers=("C1",),
         loans=("JJ1",), type="bank_statement_corporate", day=date(2024, 6, 30), starts=date(2024, 4, 1),
         ends=date(2024, 6, 30), amounts=(8600000, 120000000), ids=("3305000000002345",)),
    page(2, "经查询，借款人因买卖合同纠纷被申请执\n行，标的 86,000.00 元", heading="杭州临屿机械有限公司 贷后检查报告",
         customers=("C1",), loans=("JJ1", "JJ2"), type="post_loan_inspection", day=date(2024, 6, 27), amounts=(8600000,),
         ids=("（2024）浙0110执2317号",)),
    page(3, "青禾食品车间正常，未发现停产迹象。执照有效，可行", heading="宁波青禾食品有限公司 贷后检查报告",
         customers=("C2",), loans=("JJ3",), type="post_loan_inspection", day=date(2023, 11, 2), amounts=(120600000,)),
    page(4, "鑫源纸业电费通知单 合计 1,200,000.00", type="electricity_bill", day=date(2024, 1, 31),
         amounts=(120000000,), ids=("91330106MA2TEXT017",)),
    event(2, "被申请执行，标的 86,000.00 元", customers=("C1",), loans=("JJ1", "JJ2"), type="post_loan_inspection",
          event_type="enforcement_target", severity="moderate", day=date(2024, 6, 12), amounts=(8600000,)),
    event(3, "未发现停产迹象", customers=("C2",), loans=("JJ3",), type="post_loan_inspection",
          event_type="operation_shutdown", polarity="negated", day=date(2023, 11, 2)),
    event(5, "工厂大门紧锁，已停产两月", customers=("C2",), type="visit_note", event_type="operation_shutdown",
          severity="severe", day=date(2024, 2, 1)),
    Card("indicator:1", "customer:C1", Kind.INDICATOR, "销售回笼率", customers=("C1",), amount="0.43",
         day=date(2024, 6, 30)),
]  # fmt: skip


def filled(index: Index, cards: list[Card]) -> Index:
    for source in sorted({card.source for card in cards}):
        index.put(source, [card for card in cards if card.source == source])
    index.commit(7)
    return index


def keys(index: Index, *clauses: Clause, scope: Scope = EVERYTHING, **filters: Clause) -> set[str]:
    query = Query(clauses=clauses, filters=tuple(filters.items()), limit=100)
    found = index.search(query, scope)
    assert found.total == len(found.hits)
    return {hit.card.key for hit in found.hits}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Words("执行"), {"page:d1:1", "page:d2:1", "event:e2"}),  # over the line break of d2, never 执照…可行 of d3
        (Words("临屿"), {"page:d1:1", "page:d2:1"}),  # in the heading
        (Words("执行专户"), set()),  # 行专 stands nowhere
        (Words("司法扣划"), {"page:d1:1"}),
        (Words("鑫"), {"page:d4:1"}),  # one character alone
        (Phrase("买卖合同纠纷"), {"page:d2:1"}),
        (Phrase("借款人 因买卖"), set()),
        (Phrase("法院执行款"), {"page:d1:1"}),
        (Phrase("执行法院"), set()),
        (Phrase("86,000.00"), {"page:d1:1", "page:d2:1", "event:e2"}),
        (Words("８６，０００．００"), {"page:d1:1", "page:d2:1", "event:e2"}),
        (Noisy("杭州临玙机械有限公司"), {"page:d1:1", "page:d2:1"}),
        (AmountIn(120000000, 120000000), {"page:d1:1", "page:d4:1"}),
        (AmountIn(119400000, 120600000), {"page:d1:1", "page:d3:1", "page:d4:1"}),
        (AmountIn(8600001, 119999999), set()),  # between two values of one page is not on that page
        (IdEnds("2345"), {"page:d1:1"}),
        (IdEnds("3305000000002345"), {"page:d1:1"}),
        (IdEnds("（2024）浙0110执2317号"), {"page:d2:1"}),
        (IdEnds("33050000"), set()),
        (DateIn(date(2024, 5, 1), date(2024, 5, 31)), {"page:d1:1"}),
        (DateIn(date(2024, 6, 27), date(2024, 6, 27)), {"page:d1:1", "page:d2:1"}),
        (Among("loan", ("JJ2", "JJ3")), {"page:d2:1", "page:d3:1", "event:e2", "event:e3"}),
        (Among("polarity", ("negated",)), {"event:e3"}),
        (Among("kind", ()), set()),
        (AnyOf((Words("电费"), AmountIn(120600000, 120600000))), {"page:d3:1", "page:d4:1"}),
        (AnyOf(()), set()),
    ],
    ids=lambda value: " ".join(sorted(value)) or "nothing" if isinstance(value, set) else str(value),
)  # fmt: skip
def test_finds_exactly_these(index: Index, clause: Clause, expected: set[str]) -> None:
    assert keys(filled(index, CARDS), clause) == expected


def test_every_clause_and_every_filter_must_hold(index: Index) -> None:
    filled(index, CARDS)

    assert keys(index, Words("临屿"), Words("执行"), type=Among("type", ("post_loan_inspection",))) == {"page:d2:1"}


def test_a_question_without_words_lists_the_newest_first(index: Index) -> None:
    found = filled(index, CARDS).search(Query(limit=3), EVERYTHING)

    assert found.total == len(CARDS)
    assert [hit.card.day for hit in found.hits] == [date(2024, 6, 30), date(2024, 6, 30), date(2024, 6, 27)]


def test_a_hit_shows_its_card_and_leaves_the_text_of_pages_in_the_archive(index: Index) -> None:
    hits = filled(index, CARDS).search(Query(clauses=(Words("申请"),)), EVERYTHING).hits
    by_key = {hit.card.key: hit.card for hit in hits}

    assert by_key["page:d2:1"].text == ""
    assert by_key["page:d2:1"].loans == ("JJ1", "JJ2")
    assert by_key["event:e2"].text == "被申请执行，标的 86,000.00 元"
    assert by_key["event:e2"].day == date(2024, 6, 12)


def test_facets_count_what_was_found(index: Index) -> None:
    facets = filled(index, CARDS).search(Query(clauses=(Words("执行"),), limit=1), EVERYTHING).facets

    assert list(facets["kind"]) == [("page", 2), ("event", 1)]
    assert list(facets["type"]) == [("post_loan_inspection", 2), ("bank_statement_corporate", 1)]
    assert list(facets["loan"]) == [("JJ1", 3), ("JJ2", 2)]
    assert list(facets["customer"]) == [("C1", 3)]
    assert list(facets["month"]) == [("2024-06", 3)]
    assert list(facets["event"]) == [("enforcement_target", 1)]


def test_a_facet_that_is_filtered_still_offers_its_other_values(index: Index) -> None:
    query = Query(clauses=(Words("执行"),), filters=(("kind", Among("kind", ("event",))),))
    facets = filled(index, CARDS).search(query, EVERYTHING).facets

    assert list(facets["kind"]) == [("page", 2), ("event", 1)]
    assert list(facets["type"]) == [("post_loan_inspection", 1)]


def test_the_scope_holds_for_hits_totals_facets_and_suggestions(index: Index) -> None:
    cards = [replace(card, suggest=tuple(f"{no}|name" for no in card.customers)) for card in CARDS]
    filled(index, cards)
    mine = Scope(customers=frozenset({"C2"}))
    found = index.search(Query(), mine)

    assert {customer for hit in found.hits for customer in hit.card.customers} == {"C2"}
    assert found.total == 3
    assert list(found.facets["customer"]) == [("C2", 3)]
    assert list(found.facets["type"]) == [("post_loan_inspection", 2), ("visit_note", 1)]
    assert index.suggest("C", mine) == [("C2|name", 3)]
    assert index.search(Query(), Scope(customers=frozenset())).total == 0
    assert index.suggest("C", Scope(customers=frozenset())) == []


def test_what_is_sealed_is_found_only_by_those_who_may_read_it(index: Index) -> None:
    text = "借款人确诊胃癌，暂停营业。"
    filled(index, [page(9, text, sealed=((3, 7),))])

    assert keys(index, Words("胃癌")) == set()
    assert keys(index, Words("借款人")) == {"page:d9:1"}
    assert keys(index, Words("胃癌"), scope=Scope(sealed=True)) == {"page:d9:1"}
    assert keys(index, Noisy("胃癌")) == set()
    assert keys(index, Phrase("确诊胃癌")) == set()


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.SEVERITY, Sort.RELEVANCE])
def test_paging_gives_everything_once_in_the_order_of_the_whole(index: Index, sort: Sort) -> None:
    start = date(2024, 1, 1)
    cards = [
        page(n, "执行 " * (n % 4 + 1), day=start + timedelta(n % 9), severity=["light", "severe", None][n % 3])
        for n in range(53)
    ]
    filled(index, cards)
    whole = [
        hit.card.key for hit in index.search(Query(clauses=(Words("执行"),), sort=sort, limit=100), EVERYTHING).hits
    ]
    seen: list[str] = []
    query = Query(clauses=(Words("执行"),), sort=sort, limit=10)
    while True:
        found = index.search(query, EVERYTHING)
        assert found.total == 53
        seen += [hit.card.key for hit in found.hits]
        if found.cursor is None:
            break
        query = replace(query, cursor=found.cursor)

    assert len(whole) == 53
    assert seen == whole


def test_paging_by_date_is_not_disturbed_by_what_comes_in_meanwhile(index: Index) -> None:
    filled(index, [page(n, "流水", day=date(2024, 1, n + 1)) for n in range(10)])
    first = index.search(Query(sort=Sort.NEWEST, limit=4), EVERYTHING)
    filled(index, [page(99, "流水", day=date(2024, 3, 1))])
    second = index.search(Query(sort=Sort.NEWEST, limit=4, cursor=first.cursor), EVERYTHING)

    assert [hit.card.day for hit in second.hits] == [date(2024, 1, day) for day in (6, 5, 4, 3)]


def test_orders_by_severity_and_by_day(index: Index) -> None:
    filled(index, CARDS)
    events = (("kind", Among("kind", ("event",))),)

    def order(sort: Sort) -> list[str]:
        return [hit.card.key for hit in index.search(Query(filters=events, sort=sort), EVERYTHING).hits]

    assert order(Sort.SEVERITY) == ["event:e5", "event:e2", "event:e3"]
    assert order(Sort.OLDEST) == ["event:e3", "event:e5", "event:e2"]


@pytest.mark.parametrize("cursor", ["nonsense", "WyJuZXdlc3QiLCAiMSJd"])
def test_a_cursor_of_somewhere_else_is_refused(index: Index, cursor: str) -> None:
    with pytest.raises(Refused):
        filled(index, CARDS).search(Query(clauses=(Words("执行"),), cursor=cursor), EVERYTHING)


def test_the_better_page_comes_first(index: Index) -> None:
    filled(
        index, [page(1, "执行" + "其他文字" * 30), page(2, "被执行人名单：执行案件，执行标的"), page(3, "行情 执照")]
    )

    assert [hit.card.document_id for hit in index.search(Query(clauses=(Words("执行"),)), EVERYTHING).hits] == [
        "d2",
        "d1",
    ]


def test_putting_replaces_and_nothing_shows_before_the_commit(index: Index) -> None:
    filled(index, CARDS)
    index.put("document:d1", [page(1, "换了内容")])
    assert keys(index, Words("司法扣划")) == {"page:d1:1"}
    index.commit(8)

    assert keys(index, Words("司法扣划")) == set()
    assert keys(index, Words("换了")) == {"page:d1:1"}


def test_putting_the_same_twice_changes_nothing(index: Index) -> None:
    filled(filled(index, CARDS), CARDS)

    assert index.search(Query(), EVERYTHING).total == len(CARDS)


def test_putting_nothing_takes_a_source_out_with_all_its_cards(index: Index) -> None:
    filled(index, CARDS)
    index.put("document:d2", [])
    index.commit(9)

    assert keys(index, Words("申请执行")) == set()


def test_remembers_how_far_the_feed_was_followed(index: Index) -> None:
    assert index.seq() == 0
    filled(index, CARDS)
    assert index.seq() == 7
    assert index.search(Query(), EVERYTHING).seq == 7


def test_a_new_index_is_filled_beside_the_old_one_and_then_takes_its_place(index: Index) -> None:
    filled(index, CARDS)
    new = index.begin()
    new.put("document:d7", [page(7, "重建之后")])
    new.commit(70)
    assert keys(index, Words("司法扣划")) == {"page:d1:1"}
    index.switch(new)

    assert keys(index) == {"page:d7:1"}
    assert index.seq() == 70


def test_suggests_by_what_a_spelling_begins_with(index: Index) -> None:
    filled(
        index, [page(n, "", suggest=("临屿机械|C1", "lyjx|C1")) for n in (1, 2)] + [page(3, "", suggest=("lyc|C3",))]
    )

    assert index.suggest("ly", EVERYTHING) == [("lyjx|C1", 2), ("lyc|C3", 1)]
    assert index.suggest("临", EVERYTHING) == [("临屿机械|C1", 2)]
    assert index.suggest("x", EVERYTHING) == []


def test_a_name_with_one_wrong_character_is_still_found_first(index: Index) -> None:
    names = [f"{city}{word}{trade}有限公司" for city in ("杭州", "宁波", "温州") for word in ("临屿", "青禾", "鑫源", "恒通")
             for trade in ("机械", "食品", "纸业")]  # fmt: skip
    filled(index, [page(n, "贷后检查报告 电费 流水", heading=name) for n, name in enumerate(names)])
    firsts = []
    for name in names:
        wrong = name[:3] + "某" + name[4:]
        best = index.search(Query(clauses=(Noisy(wrong),), limit=3), EVERYTHING).hits[0]
        firsts.append(names[int((best.card.document_id or "")[1:])])

    assert firsts == names
