"""Workbooks: values as a person sees them, one line per row, nothing pretended that the file has lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layout import column_name
from ingest.opening import open_file
from ingest.sheets import number, shown
from tests.ingest_papers import lines, saved, texts, workbook


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1280.0, "1280"),
        (-1234.5, "-1234.5"),
        (1e-7, "0.0000001"),
        (20240103.0, "20240103"),
        (622202000000123.0, "622202000000123"),
        (6222020000001234566.0, "6.22202000000123E+18"),
        (True, "TRUE"),
        (date(2024, 1, 3), "2024-01-03"),
        (datetime(2024, 1, 3, tzinfo=UTC), "2024-01-03"),
        (datetime(2024, 1, 3, 12, 30, 0, 999999, tzinfo=UTC), "2024-01-03 12:30:01"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=30, minutes=2), "30:02:00"),
        ("  a\nb  c ", "a b c"),
        (None, ""),
    ],
)
def test_values_are_shown_as_the_sheet_shows_them(value, text):
    assert shown(value) == text


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_any_amount_of_money_comes_out_of_a_float_unharmed(amount):
    assert number(float(amount)) == f"{amount.normalize():f}".replace("-0", "0", amount == 0)


def test_every_row_is_one_line_and_every_cell_has_its_name():
    page = open_file(workbook([["日期", "金额"], ["2024-01-03", 1280.5], [None, 3]]), "a.xlsx").pages[0]

    assert lines(page) == [["日期", "金额"], ["2024-01-03", "1280.5"], ["3"]]
    assert [word.cell for word in page.words] == ["A1", "B1", "A2", "B2", "B3"]
    assert page.source == "cells"


def test_a_long_sheet_is_one_page_with_a_line_for_every_row():
    page = open_file(workbook([[index, f"第{index}行", index * 1.5] for index in range(3000)]), "a.xlsx").pages[0]

    assert [len(line.words) for line in page.lines()] == [3] * 3000
    boxes = [word.box for word in page.words]
    assert all(a.x1 <= b.x0 or a.y1 <= b.y0 for a, b in pairwise(boxes))


def test_a_merged_cell_stands_over_its_columns():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["个人账户交易明细", None, None])
    sheet.append(["日期", "金额", "余额"])
    sheet.merge_cells("A1:C1")
    page = open_file(saved(book), "a.xlsx").pages[0]

    assert lines(page) == [["个人账户交易明细"], ["日期", "金额", "余额"]]


def test_sheets_become_pages_and_hidden_ones_are_said_to_be():
    book = openpyxl.Workbook()
    book.active.title = "流水"
    book.active["A1"] = "可见"
    book.create_sheet("空")
    hidden = book.create_sheet("底稿")
    hidden["A1"], hidden.sheet_state = "隐藏", "hidden"
    document = open_file(saved(book), "a.xlsx")

    assert [texts(page) for page in document.pages] == [["可见"], ["隐藏"]]
    assert [(notice.code, notice.page) for notice in document.notices] == [
        ("sheet", 1),
        ("sheet", 2),
        ("hidden_sheet", 2),
    ]


def test_an_account_number_that_lost_its_digits_is_no_account():
    document = open_file(workbook([["账号", 6222020000001234566]]), "a.xlsx")

    assert texts(document.pages[0]) == ["账号", "6.22202000000123E+18"]
    assert [notice.code for notice in document.notices] == ["precision_lost"]
    assert "B1" in next(notice.message for notice in document.notices if notice.code == "precision_lost")


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_counted_as_a_spreadsheet_does(index, name):
    assert column_name(index) == name
