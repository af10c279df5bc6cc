"""Rows that share a date: one date for a day, several movements under it, the balance on the last of them."""

from __future__ import annotations

from extract.reading import read_document
from ingest.opening import open_file
from records.document import Document
from tests.ingest_papers import pdf, workbook
from tests.paper import page, pages, paper

TITLE = ("Your Statement", "Account Name: Zeus Field", "Opening Balance 100.00", "Closing Balance 148.00")
HEAD = "Date|Details|Paid out|Paid in|Balance"


def rows(document: Document) -> list[tuple[str, str, str, str]]:
    table = read_document(document).papers[0].tables["transactions"]
    return [
        tuple(str(row[name].value) if name in row else "" for name in ("date", "summary", "amount", "balance"))
        for row in table
    ]  # type: ignore[return-value]


def test_a_date_stands_once_and_holds_for_the_rows_below_it():
    read = rows(
        paper(
            *TITLE, HEAD, "01 May 2026|DD RENT|20.00", "|DD POWER|2.00||78.00", "03 May 2026|CR PAY||100.00",
            "|TFR SHOP|30.00||148.00",
        )
    )  # fmt: skip

    assert read == [
        ("2026-05-01", "DD RENT", "-20.00", ""),
        ("2026-05-01", "DD POWER", "-2.00", "78.00"),
        ("2026-05-03", "CR PAY", "100.00", ""),
        ("2026-05-03", "TFR SHOP", "-30.00", "148.00"),
    ]


def test_a_row_of_two_lines_may_have_its_amount_on_the_second():
    def drawn(canvas):
        canvas.setFont("sans", 10)
        lines = [
            (60, ["Your Statement"]), (60, ["Account Name: Zeus Field"]),
            (60, ["Opening Balance 100.00"]), (60, ["Closing Balance 148.00"]),
        ]  # fmt: skip
        y = 780
        for x, texts in lines:
            canvas.drawString(x, y, texts[0])
            y -= 16
        table = [
            ((60, "Date"), (130, "Payment type and details"), (330, "Paid out"), (420, "Paid in"), (500, "Balance")),
            ((60, "01 May 26"), (130, "CR"), (160, "A Person")),
            ((160, "Her Reference"), (420, "100.00")),
            ((130, "TFR"), (160, "001122")),
            ((160, "To Shop"), (330, "30.00"), (500, "170.00")),
            ((60, "03 May 26"), (130, "DD"), (160, "Power"), (330, "22.00"), (500, "148.00")),
        ]
        for line in table:
            y -= 14
            for x, text in line:
                canvas.drawString(x, y, text)
        canvas.drawString(60, y - 60, "Information about something that is printed on every statement of this bank")

    assert rows(open_file(pdf(drawn), "a.pdf")) == [
        ("2026-05-01", "CR A Person Her Reference", "100.00", ""),
        ("2026-05-01", "TFR 001122 To Shop", "-30.00", "170.00"),
        ("2026-05-03", "DD Power", "-22.00", "148.00"),
    ]


def test_a_day_goes_on_on_the_next_page():
    first = page(*TITLE, HEAD, "01 May 2026|DD RENT|20.00||80.00")
    second = page(HEAD, "|DD POWER|2.00||78.00", "02 May 2026|CR PAY||70.00|148.00")

    assert [row[0] for row in rows(pages(first, second))] == ["2026-05-01", "2026-05-01", "2026-05-02"]


def test_a_merged_date_cell_of_a_sheet_holds_for_its_rows():
    sheet = [
        ["云洲银行交易明细"], ["户名", "沈某某"], ["交易日期", "摘要", "收入", "支出", "余额"],
        ["2026-05-01", "工资", "100.00", None, "200.00"], [None, "消费", None, "30.00", "170.00"],
        ["2026-05-02", "消费", None, "22.00", "148.00"],
    ]  # fmt: skip

    assert [row[:3] for row in rows(open_file(workbook(sheet), "a.xlsx"))] == [
        ("2026-05-01", "工资", "100.00"),
        ("2026-05-01", "消费", "-30.00"),
        ("2026-05-02", "消费", "-22.00"),
    ]


def test_a_wrapped_name_and_a_sum_are_no_rows_of_their_own():
    read = rows(
        paper(
            "云洲银行账户交易明细", "户名：沈某某", "交易日期|对方户名|收入|支出|余额", "2026-05-01|云洲恒屿精密|1.00||101.00",
            "|机械有限公司", "|合计|1.00|0.00",
        )
    )  # fmt: skip

    assert len(read) == 1
