"""Several files of one account: what they show twice counts once, what lies between them is told with its amount."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extract.indicators import compute
from extract.reading import read_document
from records import contract
from records.facts import FileReading, Indicator, Paper, Quality
from tests.paper import page, pages, paper

Move = tuple[str, str]  #: day and amount
JUNE: list[Move] = [
    ("2026-06-02", "100.00"),
    ("2026-06-10", "-30.00"),
    ("2026-06-10", "250.00"),
    ("2026-06-28", "-45.50"),
]
JULY: list[Move] = [("2026-07-03", "80.00"), ("2026-07-20", "-15.25")]


def lines(moves: Sequence[Move], opening: str) -> list[str]:
    """Rows in time order with true balances."""
    balance, found = Decimal(opening), []
    for number, (day, amount) in enumerate(moves):
        balance += Decimal(amount)
        found.append(f"{day}|转账{number % 3}|{Decimal(amount):+,.2f}|{balance:,.2f}")
    return found


def head(start: str, end: str, number: str = "6228489999000004568") -> tuple[str, ...]:
    return ("云洲银行账户交易明细", f"户名：沈某某 账号：{number}", f"起止日期：{start} 至 {end}")


def file(moves: Sequence[Move], opening: str, start: str, end: str, number: str = "6228489999000004568") -> Paper:
    rows = lines(moves, opening)
    return read_document(paper(*head(start, end, number), "交易日期|摘要|交易金额|余额", *rows)).papers[0]


def two_columns(moves: Sequence[Move], opening: str, start: str, end: str) -> Paper:
    """The same rows as another print-out of the bank shows them: newest first, in two columns, without a summary."""
    rows = []
    for line in reversed(lines(moves, opening)):
        day, _, amount, balance = line.split("|")
        came = amount.startswith("+")
        rows.append(f"{day}|{amount[1:] if came else ''}|{'' if came else amount[1:]}|{balance}")
    return read_document(paper(*head(start, end), "记账日期|收入金额|支出金额|账户余额", *rows)).papers[0]


def of(papers: Sequence[Paper], name: str) -> Indicator:
    found = compute([(f"d{n}", paper) for n, paper in enumerate(papers, 1)])
    return [one for one in found if one.id == name][-1]


def total(papers: Sequence[Paper]) -> str | None:
    return of(papers, "inflow_total").value


def test_months_that_follow_on_are_one_flow():
    june, july = file(JUNE, "1000.00", "2026-06-01", "2026-06-30"), file(JULY, "1274.50", "2026-07-01", "2026-07-31")

    assert total([july, june]) == "430.00"
    assert (of([july, june], "doc_chain_continuity").value, of([july, june], "doc_chain_continuity").reason) == (
        "0",
        None,
    )


def test_a_month_that_is_not_there_is_told_with_the_money_that_moved_in_it():
    june = file(JUNE, "1000.00", "2026-06-01", "2026-06-30")
    august = file([("2026-08-03", "80.00")], "9000.00", "2026-08-01", "2026-08-31")
    found = of([june, august], "doc_chain_continuity")

    assert found.value == "1"
    assert found.reason == (
        "2026-08-01 前断档（2026-07-01 至 2026-07-31 没有流水）：期末 1274.50，下期期初 9000.00，差 7725.50 元"
    )
    assert of([june, august], "inflow_total").quality is Quality.PARTIAL


@pytest.mark.parametrize("again", [file, two_columns], ids=["the same layout", "another layout"])
def test_rows_that_two_files_show_count_once(again):
    june = file(JUNE, "1000.00", "2026-06-01", "2026-06-30")
    both = [june, again(JUNE, "1000.00", "2026-06-01", "2026-06-30")]

    assert total(both) == "350.00"
    assert of(both, "doc_chain_continuity").reason == "4 行在两份流水中都有，涉及 425.50 元，只计一次"


def test_files_that_overlap_count_the_common_days_once_and_keep_the_rest():
    early = file(JUNE, "1000.00", "2026-06-01", "2026-06-30")
    late = two_columns([*JUNE[2:], *JULY], "1070.00", "2026-06-10", "2026-07-31")

    assert total([early, late]) == "430.00"
    assert of([early, late], "doc_chain_continuity").value == "0"


def test_two_honest_rows_alike_stay_two():
    """+100, −100, +100 on one day: the same day, amount and balance twice in one file, and again in its second print."""
    moves = [("2026-06-02", "100.00"), ("2026-06-02", "-100.00"), ("2026-06-02", "100.00"), ("2026-06-09", "5.00")]
    june = file(moves, "1000.00", "2026-06-01", "2026-06-30")

    assert total([june]) == "205.00"
    assert total([june, two_columns(moves, "1000.00", "2026-06-01", "2026-06-30")]) == "205.00"


def test_files_that_contradict_each_other_are_told_and_counted_by_neither():
    forged = [JUNE[0], JUNE[1], ("2026-06-10", "8250.00"), JUNE[3]]
    both = [
        file(JUNE, "1000.00", "2026-06-01", "2026-06-30"),
        file(forged, "1000.00", "2026-06-01", "2026-06-30"),
    ]
    found = of(both, "doc_chain_continuity")

    assert found.quality is Quality.CONFLICT
    assert found.reason is not None
    assert "2026-06-10 两份流水不同：一份有 250.00，另一份有 8250.00，差 8000.00 元" in found.reason
    assert total(both) is None


def test_a_row_that_a_second_file_leaves_out_is_told():
    short = [move for move in JUNE if move[1] != "250.00"]
    both = [file(moves, "1000.00", "2026-06-01", "2026-06-30") for moves in (JUNE, short)]

    assert "差 -250.00 元" in (of(both, "doc_chain_continuity").reason or "")
    assert total(both) is None


def test_a_month_in_which_nothing_moved_is_covered_by_its_statement():
    june, august = (
        file(JUNE, "1000.00", "2026-06-01", "2026-06-30"),
        file([("2026-08-03", "80.00")], "1274.50", "2026-08-01", "2026-08-31"),
    )
    still = ("期初余额：1,274.50 期末余额：1,274.50", "交易日期|摘要|交易金额|余额", "本期无交易")
    july = read_document(paper(*head("2026-07-01", "2026-07-31"), *still)).papers[0]

    assert of([june, august], "statement_gap_days").value == "31"
    assert of([june, july, august], "statement_gap_days").value == "0"
    assert of([june, july, august], "doc_chain_continuity").value == "0"


def test_a_number_with_stars_is_the_number_it_fits():
    june = file(JUNE, "1000.00", "2026-06-01", "2026-06-30")
    masked = file(JUNE, "1000.00", "2026-06-01", "2026-06-30", "6228****4568")

    assert total([june, masked]) == "350.00"


def half(number: int, moves: Sequence[Move], opening: str) -> Paper:
    """A page of a statement that came as a file of its own: the head is that of the whole."""
    top = (*head("2026-06-01", "2026-06-30"), "期初余额：1,000.00 期末余额：1,274.50")
    body = ("交易日期|摘要|交易金额|余额", *lines(moves, opening), f"第 {number} 页 共 2 页")
    return read_document(pages(page(*top, *body))).papers[0]


def test_pages_that_came_one_by_one_make_the_statement():
    both = [half(2, JUNE[2:], "1070.00"), half(1, JUNE[:2], "1000.00")]

    assert total(both) == "350.00"
    assert of(both, "doc_chain_continuity").value == "0"
    assert of(both, "inflow_total").quality is not Quality.PARTIAL


def test_a_page_that_came_alone_accuses_nothing_and_tells_what_is_missing():
    second = half(2, JUNE[2:], "1070.00")

    assert not [check for check in second.checks if check.state.value == "fails"]
    assert "第一行之前缺页，缺少 70.00 元的流水（印着的期初余额到第一行）。" in [f.message for f in second.findings]


def test_a_kept_reading_gives_the_same_figures_as_a_fresh_one():
    papers = (
        file(JUNE, "1000.00", "2026-06-01", "2026-06-30"),
        two_columns(JULY, "1274.50", "2026-07-01", "2026-07-31"),
    )
    kept = contract.loads(contract.dumps(FileReading("a.pdf", "0" * 64, "application/pdf", 1, (), papers))).papers

    assert [(i.id, i.value, i.reason) for i in compute([("a", p) for p in kept])] == [
        (i.id, i.value, i.reason) for i in compute([("a", p) for p in papers])
    ]


MONTHS = [*JUNE, *JULY, ("2026-07-20", "400.00"), ("2026-07-20", "-1.00"), ("2026-08-09", "33.00")]


def piece(first: int, last: int, *, newest: bool) -> Paper:
    """The rows from one to another as an app prints them that is asked for so many rows: cut within a day."""
    opening = Decimal("1000.00") + sum((Decimal(amount) for _, amount in MONTHS[:first]), Decimal(0))
    moves = MONTHS[first:last]
    return (two_columns if newest else file)(moves, str(opening), moves[0][0], moves[-1][0])


@pytest.mark.parametrize("newest", [False, True], ids=["oldest first", "newest first"])
@pytest.mark.parametrize("cuts", [(2, 6), (3, 7), (5, 8), (1, 3)], ids=str)
def test_files_cut_within_a_day_are_neither_doubled_nor_in_dispute(cuts: tuple[int, int], newest: bool):
    one, two = cuts
    files = [piece(two, 9, newest=False), piece(0, one, newest=newest), piece(one, two, newest=False)]

    assert total(files) == "863.00"
    assert (of(files, "doc_chain_continuity").value, of(files, "doc_chain_continuity").reason) == ("0", None)
    lost = of([files[0], files[1]], "doc_chain_continuity")
    assert lost.value == "1"
    assert f"差 {sum(Decimal(amount) for _, amount in MONTHS[one:two]):f} 元" in (lost.reason or "")


@pytest.mark.parametrize("cuts", [(3, 5), (1, 6), (4, 8)], ids=str)
def test_files_that_overlap_within_a_day_count_once(cuts: tuple[int, int]):
    early, late = piece(0, cuts[1], newest=True), piece(cuts[0], 9, newest=False)

    assert total([late, early]) == "863.00"
    assert of([late, early], "doc_chain_continuity").value == "0"
