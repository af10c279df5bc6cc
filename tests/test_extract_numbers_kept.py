"""Identifiers that a table keeps as numbers: zeros before them may be gone; nothing proves them, and a person is told where."""

from __future__ import annotations

import openpyxl
import pytest

from extract.reading import read_file
from records.facts import FileReading, State
from tests.ingest_papers import saved

ROWS = (("2026-05-01", 100.0, 600.0), ("2026-05-02", -50.0, 550.0))


def read(number: object, other: object, code: str = "General") -> FileReading:
    """A statement as a workbook, its account and the other side's kept as given."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["云洲银行账户交易明细"],
        ["户名", "沈某某"],
        ["账号", number],
        ["日期", "交易金额", "余额", "对方账号"],
    ):
        sheet.append(line)
    for row in ROWS:
        sheet.append([*row, other])
    sheet["B3"].number_format = code
    return read_file(saved(book), "a.xlsx")


def exported(number: str) -> FileReading:
    lines = ["云洲银行账户交易明细", "户名,沈某某", f"账号,{number}", "日期,交易金额,余额"]
    return read_file("\n".join([*lines, "2026-05-01,100.00,600.00", "2026-05-02,-50.00,550.00"]).encode(), "a.csv")


def test_an_account_kept_as_a_number_is_in_doubt_and_told():
    (paper,) = read(801012003456, 45294039402).papers

    assert paper.fields["account_no"].state is State.LOW_CONFIDENCE
    assert [row["counterparty_account"].state for row in paper.tables["transactions"]] == [State.LOW_CONFIDENCE] * 2
    assert [finding.message for finding in paper.findings if finding.code == "number_kept_as_value"] == [
        "单元格 B3、D5、D6 的号码在表格中存成了数值，开头的 0 或末尾的数字可能已丢失，请与原件核对。"
    ]
    assert paper.tables["transactions"][0]["amount"].state is not State.LOW_CONFIDENCE


@pytest.mark.parametrize(("number", "code"), [("00801012003456", "General"), (801012003456, "00000000000000")])
def test_an_account_kept_as_text_or_filled_up_with_zeros_is_not(number: object, code: str):
    (paper,) = read(number, "0045294039402", code).papers

    assert paper.fields["account_no"].value == "00801012003456"
    assert paper.fields["account_no"].state is State.CONSISTENT
    assert "number_kept_as_value" not in [finding.code for finding in paper.findings]


@pytest.mark.parametrize("number", ["6228480402564890018.0", "801012003456.0"])
def test_a_number_that_ends_in_a_point_and_zeros_was_a_float(number: str):
    (paper,) = exported(number).papers

    assert paper.fields["account_no"].state is State.LOW_CONFIDENCE
    assert paper.fields["account_no"].verified_by == ()
