"""Old Word documents (.doc): what shows on the paper, tables in cells, nothing that was deleted or hidden."""

from __future__ import annotations

import struct

import pytest

from ingest.limits import Limits
from ingest.opening import open_file
from records.errors import DamagedFile, PasswordProtected, TooManyPages, Unsupported
from tests.ingest_papers import answer, lines, texts
from tests.office_papers import DELETED, HIDDEN, Run, cells, doc, ole, row_end, ticked_form


def test_paragraphs_in_one_byte_and_two_and_in_the_bytes_of_GBK():
    page = open_file(
        doc(
            Run("贷后检查报告\r"),
            Run("“Loan” no. 7\r", wide=False),
            Run("", raw="借款企业经营情况正常。\r".encode("gbk")),
        ),
        "a.doc",
    ).pages[0]

    assert lines(page) == [["贷后检查报告"], ["“Loan”", "no.", "7"], ["借款企业经营情况正常。"]]
    assert page.source == "text"


def test_tables_are_cells_in_the_columns_of_the_table():
    page = open_file(
        doc(
            Run("以下为表：\r"),
            *cells("客户", "张三"),
            row_end(0, 2000, 6000),
            *cells("余额", ""),
            row_end(0, 2000, 6000),
            *cells("利率", "4.35%"),
            row_end(0, 2000, 6000),
            Run("完\r"),
        ),
        "a.doc",
    ).pages[0]

    assert lines(page) == [["以下为表："], ["客户", "张三"], ["余额"], ["利率", "4.35%"], ["完"]]
    left = {word.text: word.box.x0 for word in page.words}
    assert left["张三"] == pytest.approx(left["4.35%"])
    assert left["张三"] > left["客户"] + 0.2


def test_rows_end_also_where_nothing_is_said_of_paragraphs():
    page = open_file(doc(Run("甲\x07乙\x07\x07丙\x07丁\x07\x07完\r"), formatted=False), "a.doc").pages[0]

    assert lines(page) == [["甲", "乙"], ["丙", "丁"], ["完"]]


def test_a_cell_of_several_paragraphs_stays_one_cell():
    two = Run("第一段\r", paragraph=struct.pack("<HB", 0x2416, 1))
    page = open_file(doc(*cells("情况"), two, *cells("第二段"), row_end(0, 2000, 6000)), "a.doc").pages[0]

    assert lines(page) == [["情况", "第一段"], ["第二段"]]


def test_codes_of_fields_are_hidden_and_results_are_read():
    page = open_file(doc(Run('日期：\x13 DATE \\@ "yyyy" \x14二〇二四\x13 X \x14年\x15\x15。\r')), "a.doc").pages[0]

    assert texts(page) == ["日期：二〇二四年。"]


@pytest.mark.parametrize(("state", "shown"), [(0, "□"), (1, "☑"), (25, "□")])
def test_a_check_box_of_a_form_is_ticked_or_not(state, shown):
    box = Run("\x01", run=struct.pack("<HI", 0x6A03, 0))
    made = doc(Run("逾期\x13 FORMCHECKBOX "), box, Run("\x14\x15是\r"), data=ticked_form(state=state))

    assert texts(open_file(made, "a.doc").pages[0]) == [f"逾期{shown}是"]


def test_a_symbol_shows_as_its_font_draws_it():
    symbol = Run("(", run=struct.pack("<HHH", 0x6A09, 1, 0xF0FE))

    assert texts(open_file(doc(symbol, Run("是\r"), fonts=("宋体", "Wingdings")), "a.doc").pages[0]) == ["☑是"]


def test_what_was_deleted_or_hidden_is_not_read():
    document = open_file(doc(Run("余额"), Run("100", run=DELETED), Run("9", run=HIDDEN), Run("200\r")), "a.doc")

    assert texts(document.pages[0]) == ["余额200"]
    assert [notice.code for notice in document.notices] == ["tracked_changes"]


def test_notes_headers_and_boxes_follow_the_body_and_comments_are_never_read():
    made = doc(
        Run("正文\r"),
        notes=[Run("脚注\r")],
        heads=[Run("云洲农商银行\r"), Run("云洲农商银行\r")],
        comments=[Run("批注\r")],
        boxes=[Run("文本框\r")],
    )
    assert lines(open_file(made, "a.doc").pages[0]) == [["正文"], ["脚注"], ["云洲农商银行"], ["文本框"]]


def test_a_page_break_begins_a_page():
    assert [texts(page) for page in open_file(doc(Run("一\x0c二\r")), "a.doc").pages] == [["一"], ["二"]]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (doc(Run("密\r"), flags=0x0100), PasswordProtected),
        (doc(Run("old\r"), version=104), Unsupported),
        (doc(Run("a\r"))[:700], DamagedFile),
        (ole({"WordDocument": b"\xec\xa5\xc1\x00"}), DamagedFile),
    ],
    ids=["encrypted", "Word 95", "cut", "hollow"],
)
def test_what_cannot_be_opened_says_why(data, error):
    with pytest.raises(error):
        open_file(data, "a.doc")


def test_pieces_that_repeat_one_text_are_counted_before_they_are_read():
    with pytest.raises(TooManyPages):
        open_file(doc(*[Run("重复" * 200 + "\r")] * 60), "a.doc", limits=Limits(pages=3))


@pytest.mark.parametrize("at", [0x1A2, 0x1A6, 0xFA, 0xFE, 0x102, 0x106, 0x112, 0x116, 0x4C, 0x54, 0x64])
@pytest.mark.parametrize("value", [0, 1, 0x7FFFFFFF, 0xFFFFFFFF])
def test_lengths_that_lie_do_no_harm(at, value):
    made = bytearray(doc(Run("正文\r"), *cells("甲"), row_end(0, 100), heads=[Run("头\r")]))
    start = bytes(made).index(b"\xec\xa5\xc1\x00")
    struct.pack_into("<I", made, start + at, value)
    assert answer(bytes(made), "a.doc") in ("read", "damaged", "empty")
