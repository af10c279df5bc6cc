"""Statements of wallets: counts and sums of each direction, rows that are neither, and what an alteration shows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from demo.papers.wallets import alipay_statement, purse, wechat_statement
from extract.indicators import compute
from extract.reading import read_document, read_file
from extract.risks import rule_events
from records.contract import to_json
from tests.paper import paper
from tests.types_read import checks, read, states, wrong


@pytest.mark.parametrize(
    "drawn",
    [
        wechat_statement(),
        wechat_statement(style="export", seed=2),
        wechat_statement(purse("wechat", 60, seed=7)),
        alipay_statement(),
        alipay_statement(style="export", seed=2),
        alipay_statement(style="web", seed=3),
    ],
    ids=["certificate", "export", "many pages", "alipay certificate", "alipay export", "alipay web"],
)
def test_every_row_of_a_wallet_is_read(drawn):
    found = read(drawn)

    assert found["type"] == drawn.truth["type"]
    assert wrong(drawn, found) == {}
    assert checks(found, "fails") == []


def test_a_summary_that_agrees_proves_its_counts_and_one_that_does_not_accuses_amounts():
    clean = purse("alipay", seed=5)
    place = next(n for n, move in enumerate(clean.moves) if move.way == "支出")
    other = next(n for n, move in enumerate(clean.moves) if move.way == "收入")
    altered = purse("alipay", seed=5, alter={place: clean.moves[place].amount + 100})
    before, after = read(alipay_statement(clean)), read(alipay_statement(altered))

    assert {"count_in", "count_out"} <= states(before, "verified")
    assert f"transactions[{place}].amount" in states(before, "consistent")  # two of them may be misread by the same sum
    assert {f"transactions[{place}].amount", "total_out"} <= states(after, "conflict")
    assert f"transactions[{other}].amount" in states(after, "consistent")


def test_a_missing_row_says_nothing_against_the_others():
    drawn = wechat_statement(style="export", seed=2)
    lines = drawn.bytes.decode("utf-8-sig").split("\r\n")
    gone = next(n for n, line in enumerate(lines) if ",支出,¥" in line)
    cut = read_file("\r\n".join(lines[:gone] + lines[gone + 1 :]).encode(), drawn.name).papers[0]

    assert cut.fields["count_out"].state == "conflict"
    assert all(row["amount"].state != "conflict" for row in cut.tables["transactions"])
    assert [f.code for f in cut.findings].count("summary_differs") == 3  # its count, its sum, and the count of all


def test_money_between_own_pockets_is_no_income():
    """充值, 提现 and 余额宝 are neither in nor out: the bank's own statement shows them again."""
    drawn = wechat_statement(style="export", seed=2)
    paper = read_file(drawn.bytes, drawn.name).papers[0]
    inflow = next(i for i in compute([("", paper)]) if i.id == "inflow_total")

    assert inflow.value == str(paper.fields["total_in"].value)
    assert any(row["amount"].value > 0 and row["direction"].value == "中性" for row in paper.tables["transactions"])


def test_a_row_copied_in_twice_is_told():
    drawn = wechat_statement(style="export", seed=2)
    lines = drawn.bytes.decode("utf-8-sig").rstrip("\r\n").split("\r\n")
    found = read_file("\r\n".join([*lines, lines[-1]]).encode(), drawn.name).papers[0]

    assert "row_twice" in [finding.code for finding in found.findings]


def test_a_row_outside_the_period_is_told():
    drawn = wechat_statement(style="export", seed=2)
    text = drawn.bytes.decode("utf-8-sig").replace("起始时间：[2026-04-01", "起始时间：[2026-05-01")
    found = read_file(text.encode(), drawn.name).papers[0]

    assert "date_outside" in [finding.code for finding in found.findings]


def test_amounts_keep_their_sign_by_direction():
    paper = read_file(alipay_statement(style="export", seed=2).bytes, "支付宝.csv").papers[0]

    for row in paper.tables["transactions"]:
        assert (row["amount"].value < Decimal(0)) == (row["direction"].value == "支出")


@pytest.mark.slow
@pytest.mark.parametrize("draw", [wechat_statement, alipay_statement], ids=["wechat", "alipay"])
def test_the_rim_of_a_seal_is_no_border_of_a_column(draw):
    """The seal's rim stands as an upright line between two columns; a border runs through the table."""
    drawn = draw(medium="scan", seed=1)

    assert wrong(drawn, read(drawn)) == {}


def test_the_net_flow_of_a_wallet_alone_is_a_part_of_the_truth_and_raises_nothing():
    """What is paid from the bank card behind a wallet goes out of it and never came in."""
    paper = read_file(wechat_statement(style="export", seed=2).bytes, "wallet.csv").papers[0]
    flows = [found for found in compute([("1", paper)]) if found.id == "net_flow"]

    assert flows
    assert {found.quality.value for found in flows} == {"partial"}
    assert "rule_netflow_negative" not in {event.type for event in rule_events(flows)}


SUMMARY = ("共3笔记录 收入合计：1笔，1,500.00元", "支出合计：1笔，36.50元", "其他合计：1笔，2,000.00元")
ROWS = (
    "交易单号|交易时间|收/支/其他|金额(元)|交易对方",
    "100005030120250628|2025-06-28|支出|36.50|便利店",
    "100005030120250621|2025-06-21|收入|1500.00|顾屿生",
    "100005030120250618|2025-06-18|其他|2000.00|提现",
)


def wallet(*rows: str) -> dict[str, Any]:
    lines = ("微信支付交易明细证明", "财付通支付科技有限公司", *SUMMARY, "微信号：cen_88")
    found: dict[str, Any] = to_json(read_document(paper(*lines, *rows)))["papers"][0]
    return found


def test_a_summary_counts_what_is_neither_in_nor_out_and_every_row():
    found = wallet(*ROWS)

    assert {"count_neutral", "total_neutral", "count_all"} <= set(checks(found, "holds"))
    assert checks(found, "fails") == []
    assert {name: found["fields"][name]["value"] for name in ("count_in", "total_in", "total_neutral")} == {
        "count_in": "1", "total_in": "1500.00", "total_neutral": "2000.00",
    }  # fmt: skip


def test_a_lost_row_is_told_by_the_count_of_all():
    assert {"count_all", "count_neutral"} <= set(checks(wallet(*ROWS[:-1]), "fails"))
