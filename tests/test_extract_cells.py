"""Values in ruled forms: within their cell, beside or below the label's, never from a neighbour."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.forms.fields import read_fields
from extract.forms.told import told
from extract.grammar import Anchors, Reading
from extract.kinds import Digits, LooseMoney, Text
from extract.layout import Sheet
from extract.reading import read_file
from ingest.opening import open_file
from records.facts import Polarity
from tests.ingest_papers import docx, pdf


class Form(Reading):
    """A form of this test."""

    recognised_by = Anchors(("测试",))
    title = ("测试", "Test")
    name = Text("客户名称", "Account Name", required=True)
    number = Digits("账号", "Account Number")
    place = Text("经营地址")
    opinion = Text("检查意见")
    balance = LooseMoney("贷款余额")


def form(
    rows: Sequence[Sequence[str]], *, wide: float = 120, high: float = 24, merged: int = 0, outer: bool = True
) -> bytes:
    """A ruled form; a text may hold lines; ``merged`` rows at the end have one cell from the second column on."""

    def draw(canvas):
        top = 760.0
        columns = max(map(len, rows))
        right = 60 + wide * columns
        for number, row in enumerate(rows):
            y = top - high * number
            if outer or number:
                canvas.line(60, y, right, y)
            whole = number >= len(rows) - merged
            for column in range(columns + 1):
                if (whole and 1 < column < columns) or (not outer and column in (0, columns)):
                    continue
                canvas.line(60 + wide * column, y, 60 + wide * column, y - high)
            for column, text in enumerate(row):
                for line, part in enumerate(text.split("\n")):
                    canvas.drawString(63 + wide * column, y - 11 - 11 * line, part)
        if outer:
            canvas.line(60, top - high * len(rows), right, top - high * len(rows))

    return pdf(draw)


def read(data: bytes) -> dict[str, str]:
    document = open_file(data, "a.pdf", ocr="off")
    reading = Form(Sheet(document, document.pages))
    read_fields(reading)
    return {name: str(value.value) for name, value in reading.fields.items()}


def test_a_value_stands_in_the_cell_beside_its_label():
    assert read(form([["客户名称", "恒屿公司", "账号", "622202000000"], ["贷款余额", "5,000.00", "备注", "无"]])) == {
        "name": "恒屿公司", "number": "622202000000", "balance": "5000.00",
    }  # fmt: skip


def test_an_empty_cell_gives_no_value_of_a_neighbour():
    assert read(form([["客户名称", "", "行业", "机械制造"], ["经营地址", "", "客户经理", "张三"]])) == {}


def test_all_lines_of_a_cell_are_its_value():
    data = form([["经营地址", "云洲市临屿区恒屿路\n十八号三幢", "客户经理", "张三\n李四"]], high=40)

    assert read(data) == {"place": "云洲市临屿区恒屿路十八号三幢"}


def test_text_close_to_a_border_stays_in_its_cell():
    data = form([["客户名称", "云洲恒屿精密机械", "有限责任", "其他"], ["经营地址", "临屿区", "电话", "1"]], wide=82)

    assert read(data) == {"name": "云洲恒屿精密机械", "place": "临屿区"}


def test_label_and_value_may_share_a_cell():
    assert read(form([["客户名称：恒屿公司", "账号：622202000000"], ["x", "y"]])) == {
        "name": "恒屿公司", "number": "622202000000",
    }  # fmt: skip


def test_values_stand_below_a_row_of_heads():
    data = form([["Account Name", "Sort code", "Account Number"], ["Zeus Field", "990099", "11111111"]])

    assert read(data) == {"name": "Zeus Field", "number": "11111111"}


def test_a_wide_cell_of_text_is_read_whole():
    data = form(
        [["客户名称", "恒屿公司", "账号", "622202000000"], ["检查意见", "经营正常，还款来源\n可靠。"]],
        merged=1,
        high=40,
    )

    assert read(data)["opinion"].startswith("经营正常")


def test_outer_borders_may_be_missing():
    assert (
        read(form([["客户名称", "恒屿公司"], ["贷款余额", "5,000.00"], ["备注", "无"]], outer=False))["balance"]
        == "5000.00"
    )


def test_values_below_labels_without_any_lines():
    def draw(canvas):
        canvas.drawString(60, 700, "Account Name")
        canvas.drawString(300, 700, "Sortcode")
        canvas.drawString(400, 700, "Account Number")
        canvas.drawString(60, 686, "Zeus Test Field")
        canvas.drawString(300, 686, "99-00-99")
        canvas.drawString(400, 686, "11111111")

    assert read(pdf(draw)) == {"name": "Zeus Test Field", "number": "11111111"}


@pytest.mark.parametrize("lines", [True, False])
def test_rows_between_printed_lines_keep_all_their_words(lines):
    head = ["交易日期", "对方户名", "交易金额", "余额"]
    rows = [
        ["2026-05-01", "云洲恒屿精密机械\n有限公司临屿分公司\n第三车间", "-12.00", "88.00"],
        ["2026-05-02", "鼎坤科技", "30.00", "118.00"],
        ["2026-05-03", "澜庭商贸\n有限公司", "2.00", "120.00"],
    ]

    def draw(canvas):
        canvas.setFont("sans", 14)
        canvas.drawString(200, 800, "个人账户交易明细")
        canvas.setFont("sans", 10)
        canvas.drawString(60, 775, "户名：张三 账号：6222020000001234566")
        y = 750.0
        for row in [head, *rows]:
            texts = [text.split("\n") for text in row]
            high = 4 + 11 * max(map(len, texts))
            for column, parts in enumerate(texts):
                offset = (high - 11 * len(parts)) / 2
                for line, part in enumerate(parts):
                    canvas.drawString(64 + 120 * column, y - offset - 9 - 11 * line, part)
            if lines:
                canvas.line(60, y, 540, y)
                canvas.line(60, y - high, 540, y - high)
            y -= high

    (paper,) = read_file(pdf(draw), "a.pdf").papers
    names = [row["counterparty_name"].value for row in paper.tables["transactions"]]
    if lines:
        assert names == [row[1].replace("\n", "") for row in rows]
    assert [str(row["balance"].value) for row in paper.tables["transactions"]] == ["88.00", "118.00", "120.00"]


def test_a_label_that_wraps_in_its_cell_is_still_a_label():
    assert read(form([["客户\n名称", "屿岚公司", "经营\n地址", "某路1号"]], high=40)) == {
        "name": "屿岚公司",
        "place": "某路1号",
    }


def told_text(data: bytes) -> str:
    document = open_file(data, "a.pdf", ocr="off")
    return told(Sheet(document, document.pages)).text


def test_text_that_wraps_in_its_cell_goes_on_there_and_not_in_the_cell_beside_it():
    row = ["是否回流、挪\n用", "□是 √否", "是否与合同一\n致", "√是 □否"]

    assert "是否回流、挪用" in told_text(form([row, ["结论", "正常", "等级", "甲"]], wide=78, high=40))


def test_half_a_label_of_a_form_beside_another_is_no_event():
    rows = [
        ["贷款用途首次检查表", ""],
        ["是否一\n致", "√是 □否", "是否挪\n用贷款", "□是 √否"],
        ["检查结论", "一致", "级", "甲"],
    ]
    paper = read_file(form(rows, high=40), "a.pdf", ocr="off").papers[0]

    assert [event.type for event in paper.events if event.polarity is Polarity.ASSERTED] == []


def test_a_value_wraps_in_a_table_of_a_word_document():
    name = "杭州临屿智能装备制造股份有限公司余杭分公司"
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        for text in ("客户名称", name, "账号", "33150198765400001234")
    )
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    document = open_file(docx(body), "a.docx")
    reading = Form(Sheet(document, document.pages))
    read_fields(reading)

    assert {name: value.value for name, value in reading.fields.items()} == {
        "name": name,
        "number": "33150198765400001234",
    }


def column(*lines: str, beside: Sequence[str] = ()) -> bytes:
    """Two columns of text without any lines between them."""

    def draw(canvas):
        for number, text in enumerate(lines):
            canvas.drawString(60, 760 - 14 * number, text)
        for number, text in enumerate(beside):
            canvas.drawString(300, 760 - 14 * number, text)

    return pdf(draw)


def test_a_value_goes_on_below_its_label_where_its_line_was_full():
    full = "客户名称：杭州临屿智能装备制造股份有限公司余杭"  # up to the column beside it

    assert (
        read(column(full, "分公司", beside=["账号：33150198765400001234", "某某：一"]))["name"] == full[5:] + "分公司"
    )
    assert read(column("客户名称：杭州临屿", "分公司", beside=["账号：33150198765400001234"]))["name"] == "杭州临屿"
    assert read(column(full, "行业：制造", beside=["账号：33150198765400001234"]))["name"] == full[5:]


def test_a_label_with_its_value_over_another_is_no_row_of_heads():
    spaced = text_file("客户名称        屿岚\n总层数          7\n")

    assert read_sheet(spaced) == {"name": "屿岚"}


def text_file(text: str) -> Sheet:
    document = open_file(text.encode(), "a.txt")
    return Sheet(document, document.pages)


def read_sheet(sheet: Sheet) -> dict[str, str]:
    reading = Form(sheet)
    read_fields(reading)
    return {name: str(value.value) for name, value in reading.fields.items()}


@pytest.mark.parametrize("text", ["经营地址：宗地㎡一号", "经营地址：①号楼㎡"])
def test_a_value_is_cut_from_its_label_although_a_sign_in_it_folds_to_two(text):
    assert not read_sheet(text_file(text))["place"].startswith("经营地址")


def test_labels_beside_their_values_are_no_heads_over_a_label_that_nobody_declared():
    rows = [["客户名称", "屿岚公司", "经营地址", "某路一号"], ["是否一致", "■是 □否", "是否挪用", "□是 ■否"]]

    assert read(form(rows)) == {"name": "屿岚公司", "place": "某路一号"}
