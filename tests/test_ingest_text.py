"""Plain text, Markdown and web pages."""

from __future__ import annotations

import pytest

from ingest.encoding import decoded
from ingest.opening import open_file
from records.document import text_of
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
