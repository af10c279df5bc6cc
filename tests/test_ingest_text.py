"""Plain text, Markdown and web pages."""

from __future__ import annotations

import pytest

from ingest.encoding import decoded
from ingest.opening import open_file
from records.document import text_of
from records.errors import TooManyPages
from tests.ingest_papers import lines, texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_a_note_in_any_encoding(encoding):
    page = open_file("走访记录\r\n2024年3月5日 走访人：李四".encode(encoding), "note.txt").pages[0]

    assert lines(page) == [["走访记录"], ["2024年3月5日", "走访人：李四"]]
    assert page.source == "text file"


def test_bytes_that_are_no_chinese_are_not_made_chinese():
    assert decoded("Café déjà vu, naïve façade".encode("latin-1")) == "Café déjà vu, naïve façade"
    assert decoded(bytes([0xFF] * 50)) is None


def test_a_long_paragraph_is_wrapped_and_its_quotations_have_a_place():
    page = open_file(("企业经营正常，" * 30 + "已停产。").encode(), "note.txt").pages[0]
    text = text_of(page)
    start = text.text.index("停产")

    assert len(page.lines()) > 4
    box = text.box(start, start + 2)
    assert box is not None
    assert 0 < box.x0 < box.x1 <= 1


def test_many_lines_become_pages():
    pages = open_file("\n".join(f"第{index}行" for index in range(100)).encode(), "note.txt").pages

    assert [len(page.words) for page in pages] == [46, 46, 8]


def test_markdown_loses_its_marks_and_keeps_its_tables():
    source = "# 走访记录\n**客户**：张三\n\n| 项目 | 金额 |\n|---|---|\n| 余额 | 100 |\n"

    assert lines(open_file(source.encode(), "note.md").pages[0]) == [
        ["走访记录"],
        ["客户：张三"],
        ["项目", "金额"],
        ["余额", "100"],
    ]


def test_a_table_called_xls_is_cells():
    table = "<html><head><style>x</style></head><table><tr><td colspan=2>明细</td></tr><tr><td>余额<td>100.00</table>"
    page = open_file(table.encode("gbk"), "a.xls").pages[0]

    assert lines(page) == [["明细"], ["余额", "100.00"]]
    assert [word.cell for word in page.words] == ["A1", "A2", "B2"]


def test_a_web_page_is_its_text():
    source = "<html><body><h1>公告</h1><script>var a</script><p>被执行人：张三&nbsp;等。</p></body></html>"
    document = open_file(source.encode(), "a.html")

    assert texts(document.pages[0]) == ["公告", "被执行人：张三", "等。"]


def test_cells_over_several_rows_keep_the_columns_beside_them():
    table = (
        "<table><tr><td rowspan=2>甲</td><td>1</td><td rowspan='2'>丙</td></tr><tr><td>2</td></tr>"
        "<tr><td>乙</td><td colspan=2>3</td></tr></table>"
    )
    page = open_file(table.encode(), "a.html").pages[0]

    assert [(word.text, word.cell) for word in page.words] == [
        ("甲", "A1"), ("1", "B1"), ("丙", "C1"), ("2", "B2"), ("乙", "A3"), ("3", "B3")
    ]  # fmt: skip


def test_what_a_browser_does_not_show_is_not_read():
    source = (
        "<p>一</p><div style='DISPLAY: none'>二<div>三</div><p>四</div><span hidden>五</span>"
        "<table><tr><td style='display:none'>六<td>七</td></tr><tr style='display:none'><td>八</td></tr><tr><td>九</table>"
        "<!-- 十 --><template>百</template><p style='visibility:hidden'>千<p>万"
    )
    assert "".join("".join(texts(page)) for page in open_file(source.encode(), "a.html").pages) == "一七九万"


def test_traditional_characters_in_Big5_and_simplified_ones_in_GBK_are_told_apart():
    text = "客戶名稱：台灣甲乙股份有限公司，本月營業收入為新台幣壹仟萬元整，經查核無異常情形。"
    simple = "客户名称：杭州甲乙股份有限公司，本月营业收入为人民币壹仟万元整，经查核无异常情形。"

    assert decoded(text.encode("big5")) == text
    assert decoded(simple.encode("gbk")) == simple
    assert decoded(text.encode("gbk")) == text


def test_a_line_without_end_is_stopped_at_the_limit_of_pages():
    with pytest.raises(TooManyPages):
        open_file("字".encode() * 6_000_000, "a.txt")


def test_columns_wider_than_a_page_of_prose_stay_on_their_lines_and_under_each_other():
    head = f"{'Date':<12}{'Details':<60}{'Amount':>16}{'Balance':>18}"
    row = f"{'2026-01-03':<12}{'CARD PAYMENT':<60}{'-1,280.00':>16}{'5,300.21':>18}"
    page = open_file("\n".join((head, row)).encode(), "statement.txt").pages[0]

    above, below = page.lines()
    assert [word.text for word in below.words] == ["2026-01-03", "CARD", "PAYMENT", "-1,280.00", "5,300.21"]
    assert above.words[-1].box.x1 == pytest.approx(below.words[-1].box.x1)


def test_prose_beside_wide_columns_is_still_wrapped():
    columns = f"{'Date':<12}{'Details':<60}{'Amount':>16}{'Balance':>18}"
    page = open_file((columns + "\n" + "企业经营正常，" * 40).encode(), "statement.txt").pages[0]

    assert len(page.lines()) > 3
    assert all(word.box.x1 <= 1 for word in page.words)
