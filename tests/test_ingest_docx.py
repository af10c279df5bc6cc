"""Word documents: what the paper says when all changes are accepted, tables in their columns, boxes ticked or not."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.limits import Limits
from ingest.opening import open_file
from records.errors import Bomb, DamagedFile, TooManyPages
from tests.ingest_papers import docx, encoded, lines, pdf, picture_of, statement, texts, zipped


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


def test_a_table_within_a_cell_is_read_once_and_keeps_its_rows():
    inner = tbl(tc("甲") + tc("1"), tc("乙") + tc("2"))
    row = tc("明细") + f"<w:tc>{inner}{p('合计 3')}</w:tc>"

    assert lines(open_file(docx(tbl(row, grid=(2000, 6000))), "a.docx").pages[0]) == [
        ["明细", "甲", "1"],
        ["乙", "2"],
        ["合计", "3"],
    ]


def test_a_table_that_only_places_another_leaves_it_its_columns():
    inner = tbl(tc("日期") + tc("金额"), tc("2024-01-03") + tc("1.00"), grid=(1000, 1000))
    page = open_file(docx(tbl(f"<w:tc>{inner}{p('')}</w:tc>")), "a.docx").pages[0]
    left = {word.text: word.box.x0 for word in page.words}

    assert lines(page) == [["日期", "金额"], ["2024-01-03", "1.00"]]
    assert left["金额"] == pytest.approx(left["1.00"])


BOX = (
    "<w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>%s</w:txbxContent></v:textbox></w:pict>"
)


def test_a_box_is_read_once_whichever_way_it_is_said():
    both = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>%s</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>"
    ) % (p("框内"), p("框内"))
    body = p("正文", both) + tbl(f"<w:tc>{p('格', f'<w:r>{BOX % p(str(7))}</w:r>')}</w:tc>")

    assert lines(open_file(docx(body), "a.docx").pages[0]) == [["正文"], ["框内"], ["格"], ["7"]]


def test_a_prompt_that_nobody_answered_and_hidden_text_are_not_read():
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击输入</w:t></w:r></w:sdtContent></w:sdt>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"

    assert texts(open_file(docx(p("客户：", prompt, hidden, "张三")), "a.docx").pages[0]) == ["客户：张三"]


def test_numbered_paragraphs_carry_their_numbers():
    def level(depth: int, kind: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        )

    levels = level(0, "chineseCountingThousand", "%1、") + level(1, "decimal", "%1.%2 ") + level(2, "bullet", "•")
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
    )

    def item(depth: int, text: str) -> str:
        return p(f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr>', text)

    body = item(0, "基本情况") + item(1, "甲") + item(1, "乙") + item(2, "点") + item(0, "结论") + item(1, "丙")
    page = open_file(docx(body, numbering=numbering), "a.docx").pages[0]

    assert [" ".join(line) for line in lines(page)] == [
        "一、基本情况",
        "一.1 甲",
        "一.2 乙",
        "点",
        "二、结论",
        "二.1 丙",
    ]


def test_footers_and_notes_follow_the_text():
    def part(text: str) -> str:
        return f'<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p(text)}</w:x>'

    data = docx(p("正文"), header1=part("页眉"), footer1=part("页脚"), footnotes=part("脚注"), endnotes=part("尾注"))
    assert lines(open_file(data, "a.docx").pages[0]) == [["页眉"], ["正文"], ["脚注"], ["尾注"], ["页脚"]]


def with_pictures(body: str, picture: bytes) -> bytes:
    relation = '<Relationship Id="p1" Target="media/image1.png" Type="image"/>'
    links = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    with zipfile.ZipFile(io.BytesIO(docx(body))) as made:
        members: dict[str, str | bytes] = {name: made.read(name) for name in made.namelist()}
    return zipped(members | {"word/_rels/document.xml.rels": links, "word/media/image1.png": picture})


def shown(wide: int, high: int) -> str:
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent cx="{wide * 360_000}" cy="{high * 360_000}"/>'
        '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="p1"/>'
        "</wp:inline></w:drawing></w:r>"
    )


def test_a_picture_of_a_page_is_a_page_where_it_stands_and_a_logo_is_none():
    picture = encoded(picture_of(pdf(statement), dpi=50))
    data = with_pictures(p("之前", shown(2, 2)) + p(shown(15, 20)) + p("之后"), picture)
    document = open_file(data, "a.docx", ocr="off")

    assert [(page.number, page.source, texts(page)) for page in document.pages] == [
        (1, "text", ["之前"]),
        (2, "ocr", []),
        (3, "text", ["之后"]),
    ]
    assert [(notice.code, notice.page) for notice in document.notices] == [("ocr_off", 2)]


def test_a_picture_that_cannot_be_read_does_not_take_the_text_with_it():
    document = open_file(with_pictures(p("之前") + p(shown(15, 20)), b"\x89PNG\r\n\x1a\n" + bytes(90)), "a.docx")

    assert texts(document.pages[0]) == ["之前"]
    assert [(notice.code, notice.page) for notice in document.notices] == [("picture_unreadable", 2)]


@pytest.mark.slow
def test_a_document_that_is_only_a_photo_is_read_from_it():
    pages = open_file(with_pictures(p(shown(5, 5)), encoded(picture_of(pdf(statement)))), "a.docx").pages

    assert [page.source for page in pages] == ["ocr"]
    assert "户名：张三" in "".join(texts(pages[0])).replace(":", "：")


def test_nesting_without_end_is_damage():
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("x") + "</w:sdtContent></w:sdt>" * 3000
    with pytest.raises(DamagedFile):
        open_file(docx(deep), "a.docx")
