"""Formats of a workbook: a person's text, and no digit of the value lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.number_format import day_of, written, written_day
from ingest.opening import open_file
from tests.ingest_papers import lines, saved, texts, zipped
from tests.office_papers import xls


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0.00%", "0.0435", "4.35%"),
        ("0%", "0.0435", "4.35%"),
        ("#,##0.00", "1280.5", "1,280.50"),
        ("#,##0.00", "1280.125", "1,280.125"),
        ("#,##0", "1234567", "1,234,567"),
        ("000000", "42", "000042"),
        ("0!.0,", "12345678", "1234.5678"),
        ('0"."0,', "50000", "5.0"),
        ('0!.0000"万元"', "12345678", "1234.5678万元"),
        ("#,##0,", "1500000", "1,500"),
        ("0.00;[Red]0.00", "-5", "-5.00"),
        ("0.00_);[红色](0.00)", "-5", "(5.00)"),
        ("#,##0.00;-#,##0.00;;@", "0", "0.00"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1280", "-1,280.00"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "0.00"),
        ("[$¥-804]#,##0.00", "1280", "¥1,280.00"),
        ("General", "5", None),
        ("0.00E+00", "5", None),
        ("# ?/?", "0.5", None),
        ("[>100]0.0;0.00", "5", None),
        ("@", "5", None),
        ("yyyy-mm-dd", "45292", None),
        ("[DBNum2][$-804]General", "5", None),
    ],
)
def test_a_number_is_written_as_its_format_shows_it(code, value, text):
    assert written(Decimal(value), code) == text


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    st.sampled_from(["#,##0.00", "0.0", "0%", "0!.0,", "00000"]),
)
def test_no_format_rounds_a_value_away(value, code):
    text = written(value, code)
    assert text is not None
    factor = Decimal(100) if "%" in code else Decimal("0.0001") if "!" in code else Decimal(1)
    assert Decimal(text.rstrip("%").replace(",", "")) == value * factor


@given(st.text(max_size=40))
def test_any_format_is_survived(code):
    written(Decimal("1.5"), code)
    written_day(date(2024, 1, 3), code)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"d"日"', "2024年1月3日"),
        ('[$-804]yyyy"年"mm"月"dd"日";@', "2024年01月03日"),
        ('yyyy"年"m"月"', "2024年1月"),
        ("yyyy-mm", "2024-01"),
        ("mmm-yy", "2024-01"),
        ("yyyy", "2024"),
        ("yyyy-mm-dd", None),
        ('m"月"d"日"', None),
    ],
)
def test_a_day_is_written_as_its_format_shows_it_and_never_with_less_than_is_known(code, text):
    assert written_day(date(2024, 1, 3), code) == text


def test_the_first_days_of_both_calendars():
    assert str(day_of(1, from_1904=False)) == "1900-01-01 00:00:00"
    assert str(day_of(61, from_1904=False)) == "1900-03-01 00:00:00"
    assert str(day_of(45292, from_1904=False)) == "2024-01-01 00:00:00"
    assert str(day_of(43830, from_1904=True)) == "2024-01-01 00:00:00"


def formatted_book(epoch_1904: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    for row, (value, code) in enumerate(
        [(0.0435, "0.00%"), (date(2024, 1, 3), 'yyyy"年"m"月"d"日"'), (42, "000000")], 1
    ):
        sheet.cell(row, 1, value).number_format = code
    return saved(book)


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_the_cells_of_a_workbook_are_what_a_person_sees(epoch_1904):
    assert texts(open_file(formatted_book(epoch_1904), "a.xlsx").pages[0]) == ["4.35%", "2024年1月3日", "000042"]


def test_the_cells_of_an_old_workbook_are_what_a_person_sees():
    data = xls(
        [["利率", 0.0435], ["金额", 12345678.0], ["日期", 45292.0], ["编号", 42.0], ["数", 1280.5]],
        {(0, 1): "0.00%", (1, 1): "0!.0,", (2, 1): 'yyyy"年"m"月"', (3, 1): "000000"},
    )
    assert [line[1] for line in lines(open_file(data, "a.xls").pages[0])] == [
        "4.35%",
        "1234.5678",
        "2024年1月",
        "000042",
        "1280.5",
    ]


RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="2" hidden="1"/></cols>'
    "<sheetData>%s</sheetData></worksheet>"
)


def raw_book(rows: str) -> bytes:
    """A workbook whose one sheet is written by hand."""
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 57, 10))
    sheets = '<sheets><sheet name="甲" sheetId="1" r:id="x"/></sheets>'
    top = f'<Relationship Id="b" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    first = f'<Relationship Id="x" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f"{RELATIONS}{top}</Relationships>",
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": f"{RELATIONS}{first}</Relationships>",
            "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>{styles}</cellXfs></styleSheet>",
            "xl/worksheets/sheet1.xml": SHEET % rows,
        }
    )


def test_a_formula_that_was_never_computed_is_a_missing_value_and_an_error_is_no_value():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f></c><c r="C1" t="str"><f>A1</f><v></v></c></row>'
        '<row r="2" hidden="1"><c r="A2" t="e"><f>A1</f><v>#REF!</v></c><c r="B2"><f>A1</f><v>7</v></c></row>'
    )
    document = open_file(raw_book(rows), "a.xlsx")

    assert lines(document.pages[0]) == [["1"], ["7"]]
    said = {notice.code: notice.message for notice in document.notices}
    assert set(said) == {"formula_not_computed", "error_cells", "hidden_rows", "hidden_columns"}
    assert "B1 " in said["formula_not_computed"]
    assert "C1" not in said["formula_not_computed"]
    assert "A2" in said["error_cells"]
    assert "第 2 行" in said["hidden_rows"]
    assert "B 列" in said["hidden_columns"]


def test_formats_that_only_Chinese_programs_number_are_known():
    rows = '<row r="1"><c r="A1" s="1"><v>45292</v></c><c s="2"><v>0.5</v></c></row>'

    assert texts(open_file(raw_book(rows), "a.xlsx").pages[0]) == ["2024年1月", "50.00%"]


def cell(value: str, kind: str = "Number", about: str = "") -> str:
    return f'<Cell {about}><Data ss:Type="{kind}">{value}</Data></Cell>'


SS = "urn:schemas-microsoft-com:office:spreadsheet"
XML_BOOK = (
    f'<?xml version="1.0" encoding="GBK"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SS}" xmlns:ss="{SS}">'
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>'
    '<Worksheet ss:Name="流水"><Table><Row>'
    + cell("明细", "String", 'ss:MergeAcross="1"')
    + cell("1280.50")
    + '</Row><Row ss:Index="3">'
    + cell("0.0435", about='ss:StyleID="p"')
    + cell("2024-01-01T00:00:00.000", "DateTime", 'ss:Index="3" ss:StyleID="d"')
    + cell("#REF!", "Error")
    + "</Row></Table></Worksheet></Workbook>"
)


def test_the_XML_of_Excel_2003_is_a_workbook():
    document = open_file(XML_BOOK.encode("gbk"), "a.xls")

    assert [(word.cell, word.text) for word in document.pages[0].words] == [
        ("A1", "明细"),
        ("C1", "1280.5"),
        ("A3", "4.35%"),
        ("C3", "2024年1月"),
    ]
    assert [notice.code for notice in document.notices] == ["misnamed", "error_cells"]
