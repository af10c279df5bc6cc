"""Word documents: what the paper says when all changes are accepted, tables in their columns, boxes ticked or not."""

from __future__ import annotations

import pytest

from ingest.limits import Limits
from ingest.opening import open_file
from records.errors import Bomb, DamagedFile, TooManyPages
from tests.ingest_papers import docx, lines, texts, zipped


def p(*runs: str) -> str:
    return "<w:p>" + "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str, grid: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_paragraphs_and_tables_in_the_order_of_the_document():
    body = p("贷后检查报告") + tbl(tc("客户") + tc("张三"), tc("余额") + tc("100.00"), grid=(2000, 4000)) + p("以上。")
    page = open_file(docx(body), "a.docx").pages[0]

    assert lines(page) == [["贷后检查报告"], ["客户", "张三"], ["余额", "100.00"], ["以上。"]]
    assert page.source == "text"
    first, second = (word for word in page.words if word.text in ("张三", "100.00"))
    assert first.box.x0 == pytest.approx(second.box.x0)


def test_what_was_deleted_is_not_read_and_what_was_inserted_is():
    changed = p(
        "余额", "<w:del><w:r><w:delText>100</w:delText></w:r></w:del>", "<w:ins><w:r><w:t>200</w:t></w:r></w:ins>"
    )
    document = open_file(docx(changed), "a.docx")

    assert texts(document.pages[0]) == ["余额200"]
    assert [notice.code for notice in document.notices] == ["tracked_changes"]


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "□"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr></w:sdt>', "☑"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr></w:sdt>', "□"),
        ("<w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>", "☑"),
        ('<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>', "□"),
        ("☑", "☑"),
    ],
)
def test_boxes_are_ticked_or_not(box, shown):
    assert texts(open_file(docx(p("是否逾期：", box, "是")), "a.docx").pages[0]) == [f"是否逾期：{shown}是"]


def test_a_long_cell_wraps_inside_its_own_column():
    body = tbl(tc("情况说明") + tc("设备运转正常。" * 20), tc("结论") + tc("正常"), grid=(2000, 6000))
    page = open_file(docx(body), "a.docx").pages[0]
    left = max(word.box.x1 for word in page.words if word.text in ("情况说明", "结论"))

    assert sum(len(word.text) for word in page.words) == len("情况说明结论正常") + 20 * len("设备运转正常。")
    assert all(word.box.x0 > left for word in page.words if word.text not in ("情况说明", "结论"))
    assert lines(page)[-1] == ["结论", "正常"]


def test_merged_cells_do_not_repeat_themselves():
    body = tbl(
        tc("标题", '<w:gridSpan w:val="2"/>'),
        tc("甲", '<w:vMerge w:val="restart"/>') + tc("1"),
        tc("甲", "<w:vMerge/>") + tc("2"),
        grid=(3000, 3000),
    )
    assert lines(open_file(docx(body), "a.docx").pages[0]) == [["标题"], ["甲", "1"], ["2"]]


def test_headers_are_read_once_and_comments_never():
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>云洲农商银行</w:t></w:r></w:p></w:hdr>"
    )
    data = docx(p("正文"), header1=header, header2=header, comments=header.replace("云洲", "批注"))

    assert lines(open_file(data, "a.docx").pages[0]) == [["云洲农商银行"], ["正文"]]


def test_a_page_break_begins_a_page():
    body = p("一") + p('<w:r><w:br w:type="page"/></w:r>', "二")

    assert [texts(page) for page in open_file(docx(body), "a.docx").pages] == [["一"], ["二"]]


def test_an_entity_bomb_is_not_unpacked():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(Bomb):
        open_file(zipped({"[Content_Types].xml": "", "word/document.xml": bomb}), "a.docx")


def test_broken_xml_is_damage():
    with pytest.raises(DamagedFile):
        open_file(zipped({"[Content_Types].xml": "", "word/document.xml": "<w:p>"}), "a.docx")


def test_the_number_of_pages_is_limited():
    with pytest.raises(TooManyPages):
        open_file(docx(p("行") * 200), "a.docx", limits=Limits(pages=2))
