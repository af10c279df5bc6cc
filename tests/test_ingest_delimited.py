"""CSV as banks export it."""

from __future__ import annotations

import pytest

from ingest.delimited import clean, delimiter, rows_of
from ingest.delimited_commas import whole_figures
from ingest.opening import open_file
from tests.ingest_papers import CORPUS, lines, texts

EXPORT = "账户明细\r\n账号:,\t6222020000001234566\t\r\n日期,摘要,金额\r\n2024-01-03,工资,1280.00\r\n2024-01-04,消费,-5.00\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_any_encoding_of_a_chinese_export(encoding):
    page = open_file(EXPORT.encode(encoding), "a.csv").pages[0]

    assert lines(page) == [
        ["账户明细"],
        ["账号:", "6222020000001234566"],
        ["日期", "摘要", "金额"],
        ["2024-01-03", "工资", "1280.00"],
        ["2024-01-04", "消费", "-5.00"],
    ]
    assert page.words[2].cell == "B2"


def test_tabs_that_pad_quoted_cells_part_nothing():
    """One tab more than commas in every line, all of them inside quotation marks."""
    export = "".join(f'"{day}\t","工资\t","1,280.00\t"\r\n' for day in ("2024-01-03", "2024-01-04", "2024-01-05"))

    assert delimiter(export) == ","
    assert [clean(cell) for cell in rows_of(export)[0]] == ["2024-01-03", "工资", "1,280.00"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("\t6222 \t", "6222"),
        ('="6222020000001234566"', "6222020000001234566"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("`6222", "6222"),
        ("一\n二", "一 二"),
        ("\u3000张三\u3000", "张三"),
    ],
)
def test_cells_lose_their_wrapping(value, text):
    assert clean(value) == text


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\tc\n1\t2\t3\n", "\t"),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a|b|c\n1|2|3\n", "|"),
        ("a\t,b\t,c\t\n1\t,2\t,3\t\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_alike(text, mark):
    assert delimiter(text) == mark


def test_a_line_break_inside_quotes_is_part_of_the_cell():
    assert rows_of('a,"b\nc",d\n1,2,3\n') == [["a", "b\nc", "d"], ["1", "2", "3"]]


def test_a_quotation_mark_never_closed_does_not_swallow_the_file():
    rows = rows_of('a,b\n1,"2\n' + "3,4\n" * 100)

    assert len(rows) == 102


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real files is not beside this checkout")
@pytest.mark.parametrize("path", sorted((CORPUS / "exports-zh").glob("*.csv")), ids=lambda path: path.name)
def test_real_exports_keep_their_columns(path):
    document = open_file(path.read_bytes(), path.name)
    widths = [len(line.words) for line in document.pages[0].lines()]

    assert max(widths) >= 5
    assert "\ufffd" not in "".join(texts(document.pages[0]))


BOXED = """某银行活期存款明细
户名：张三　　账号：6222020000001234566
┌──────┬────┬─────┬─────┐
│日期    │摘要│金额  │余额  │
├──────┼────┼─────┼─────┤
│20240103│工资│1280.00│1380.00│
├──────┼────┼─────┼─────┤
│20240104│消费│  -5.00│1375.00│
└──────┴────┴─────┴─────┘
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_table_drawn_in_characters_is_a_table(encoding, end):
    """Its lines are most of its characters, and no reason to take it for another language."""
    page = open_file(BOXED.replace("\n", end).encode(encoding), "a.txt").pages[0]

    assert lines(page)[2:] == [
        ["日期", "摘要", "金额", "余额"],
        ["20240103", "工资", "1280.00", "1380.00"],
        ["20240104", "消费", "-5.00", "1375.00"],
    ]


HEADED = "户名：沈某某\n日期,借方,贷方,余额,摘要\n"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("2024-01-03,1,234.50,,12,000.00,货款", ["2024-01-03", "1,234.50", "", "12,000.00", "货款"]),
        ("2024-01-04,,-1,234,567.00,500.00,货款", ["2024-01-04", "", "-1,234,567.00", "500.00", "货款"]),
        ("2024-01-05,20.00,,480.00,货款", ["2024-01-05", "20.00", "", "480.00", "货款"]),
    ],
)
def test_thousands_that_nobody_quoted_are_one_cell(row, cells):
    document = open_file(f"{HEADED}2024-01-02,,3,000.00,13,234.50,货款\n{row}\n".encode(), "a.csv")

    assert lines(document.pages[0])[-1] == [cell for cell in cells if cell]
    assert [notice.code for notice in document.notices] == ["thousands_unquoted"]


def test_a_number_before_an_amount_is_not_drawn_into_it():
    """1,234.00 could be row 1 with 234.00: the head says how many cells there are."""
    rows = whole_figures(
        [row.split(",") for row in ("序号,金额,余额,摘要", "1,234.00,1,234.00,甲", "2,1,000.00,2,234.00,乙")]
    )[0]

    assert rows[1:] == [["1", "234.00", "1,234.00", "甲"], ["2", "1,000.00", "2,234.00", "乙"]]


def test_a_row_that_can_be_put_together_in_two_ways_stays_and_is_told():
    rows, notices = whole_figures([row.split(",") for row in ("号,数,额,余", "1,234,567.00,8,900.00,5.00")])

    assert rows[1] == ["1", "234", "567.00", "8", "900.00", "5.00"]
    assert [notice.code for notice in notices] == ["columns_unclear"]


def test_an_export_whose_rows_fit_their_head_is_left_alone():
    rows = [row.split(",") for row in ("序号,数量,金额,摘要", "1,200,300.00,甲", "2,100,400.00,乙")]

    assert whole_figures(rows) == (rows, [])
