"""Several papers in one file: where one ends and the next begins, two on a sheet, blank pages, missing pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from demo.papers import (
    corporate_statement,
    electricity_bill,
    personal_statement,
    tax_certificate,
    vat_lines,
)
from demo.papers.electricity import Site, bill
from demo.papers.reports import About, post_loan_inspection
from extract.packets.parting import papers_in
from extract.reading import read_file
from ingest.opening import open_file
from tests.ingest_papers import pdf, workbook

LOAN = About(
    "云洲恒屿精密机械有限公司", "JJ20260318000101", "云农商2026年(借)字第0318号", Decimal("5000000.00"), Decimal("4500000.00"),
    date(2026, 3, 18),
)  # fmt: skip


def merged(*parts: bytes | None) -> bytes:
    """One PDF of these; None is a blank page."""
    with pypdfium2.PdfDocument.new() as out:
        for part in parts:
            if part is None:
                out.new_page(595, 842)
            else:
                out.import_pages(pypdfium2.PdfDocument(part))
        file = io.BytesIO()
        out.save(file)
    return file.getvalue()


def year_of_bills(style: str) -> list[bytes]:
    site, bills = Site(), []
    for month in range(1, 13):
        given, site = bill(site, 2025, month, 120000 + 900 * month)
        bills.append(electricity_bill(given, style).bytes)  # type: ignore[arg-type]
    return bills


def spans(data: bytes) -> list[tuple[int, int]]:
    return [(bundle.pages[0].number, bundle.pages[-1].number) for bundle in papers_in(open_file(data, "a.pdf"))]


def said(data: bytes) -> list[str]:
    return [finding.message for bundle in papers_in(open_file(data, "a.pdf")) for finding in bundle.findings]


def lines(*texts: str, size: int = 10, top: int = 780) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.setFont("sans", 16 if number == 0 else size)
            canvas.drawString(200 if number == 0 else 60, top - 22 * number, text)

    return draw


@pytest.mark.parametrize("style", ["list", "grid", "notice"])
def test_a_year_of_bills_is_twelve_papers(style):
    assert spans(merged(*year_of_bills(style))) == [(n, n) for n in range(1, 13)]


def test_every_paper_of_a_packet_is_read_as_what_it_is():
    data = merged(
        corporate_statement("ccb", rows=60, seed=1).bytes, electricity_bill().bytes,
        tax_certificate(vat_lines(Decimal(10000), 2026, 3)).bytes, personal_statement("abc", rows=50, seed=2).bytes,
    )  # fmt: skip
    papers = read_file(data, "a.pdf").papers

    assert [paper.type for paper in papers] == [
        "bank_statement_corporate", "electricity_bill", "tax_payment_certificate", "bank_statement_personal",
    ]  # fmt: skip
    assert all(second.pages[0] == first.pages[1] + 1 for first, second in pairwise(papers))


@pytest.mark.parametrize("layout", ["ccb", "icbc", "boc", "cmb"])
def test_a_long_statement_is_one_paper(layout):
    data = corporate_statement(layout, rows=220, seed=3).bytes

    ((first, last),) = spans(data)
    assert first == 1
    assert last > 4


def test_statements_of_three_accounts_are_three_papers():
    drawn = [
        corporate_statement(layout, rows=70, seed=seed).bytes for seed, layout in enumerate(("boc", "icbc", "boc"))
    ]

    assert len(spans(merged(*drawn))) == 3


def test_a_blank_page_belongs_to_no_paper_and_is_told():
    data = merged(None, electricity_bill().bytes, None, post_loan_inspection(LOAN, medium="pdf").bytes)

    assert spans(data) == [(2, 2), (4, 4)]
    assert said(data) == ["第 1 页空白，未计入任何单据。", "第 3 页空白，未计入任何单据。"]


@pytest.mark.parametrize(
    "counted",
    ["第{}页 共{}页", "第{}页/共{}页", "Page {} of {}", "共{1}页 第{0}页", "页码：{}/{}", "{}/{}", "第 {} / {} 页"],
)
def test_page_numbers_that_begin_again_begin_a_paper(counted):
    pages = [
        lines("往来说明", "正文一行。", counted.format(n, of)) for n, of in ((1, 2), (2, 2), (1, 3), (2, 3), (3, 3))
    ]

    assert spans(pdf(*pages)) == [(1, 2), (3, 5)]


def test_a_certificate_with_its_total_in_words_is_whole():
    drawn = [tax_certificate(vat_lines(Decimal(amount), 2026, 3), style="boxed").bytes for amount in (10000, 20000)]

    assert spans(merged(*drawn)) == [(1, 1), (2, 2)]


def test_statements_of_two_banks_whose_accounts_are_not_printed_are_two():
    pages = [
        lines("云洲银行账户交易明细", "张三"),
        lines("账户交易明细", "续"),
        lines("海甸信用社活期账户流水", "户名张三，以下为本期全部交易，供核对之用"),
    ]

    assert spans(pdf(*pages)) == [(1, 2), (3, 3)]


def test_a_page_number_in_the_title_is_no_other_paper():
    pages = [lines(f"客户存款对账单（第{n}页）", "账号：6222020000001234566") for n in (1, 2, 3)]

    assert spans(pdf(*pages)) == [(1, 3)]


def test_numbers_of_rows_and_of_printed_sheets_split_nothing():
    pages = [
        lines(
            "客户存款对账单", "账号：6222020000001234566", "日期 摘要 金额 余额",
            f"2026-05-0{n} 凭证号：2026050{n}001 1,000.00 {n},000.00",
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    bare = [lines("摘要 金额 余额", f"No.2026050{n}", size=16) for n in (1, 2)]

    assert spans(pdf(*pages)) == [(1, 3)]
    assert spans(pdf(pages[0], *bare)) == [(1, 3)]


def test_a_missing_page_is_a_finding_of_its_paper():
    pages = [lines("财务情况说明", "正文一行。", f"第{n}页 共3页") for n in (1, 3)]

    (paper,) = read_file(pdf(*pages), "a.pdf").papers
    assert [(f.code, f.message) for f in paper.findings] == [("page_missing", "纸上标明共 3 页，缺第 2 页。")]


def test_a_title_that_is_another_begins_another_paper():
    pages = [lines("借款合同", "甲方：云洲农商银行"), lines("一、借款金额", "正文。"), lines("购销合同", "供方：恒屿")]

    assert spans(pdf(*pages)) == [(1, 2), (3, 3)]


def test_a_report_keeps_the_tables_that_it_says_it_holds():
    pages = [
        lines("审计报告", "我们审计了恒屿公司的财务报表，包括2025年12月31日的资产负债表。"),
        lines("资产负债表", "编制单位：恒屿 货币资金 100.00"),
    ]

    assert spans(pdf(*pages)) == [(1, 2)]


def test_a_heading_and_a_mention_split_nothing():
    pages = [
        lines("贷后检查报告", "客户名称：恒屿公司"),
        lines("二、银行对账单核对情况", "已取得对账单，核对无误。"),
        lines("该户提供了交易明细，与电费账单一并归档。", "正文。", size=10),
    ]

    assert spans(pdf(*pages)) == [(1, 3)]


@pytest.mark.slow
def test_scanned_bills_of_two_months_are_two_papers():
    site, bills = Site(), []
    for month in (1, 2):
        given, site = bill(site, 2025, month, 120000)
        bills.append(electricity_bill(given, "grid", "scan").bytes)

    assert spans(merged(*bills)) == [(1, 1), (2, 2)]


def receipt(canvas: Canvas, top: float, number: str, amount: str, left: float = 60) -> None:
    canvas.setFont("sans", 15)
    canvas.drawString(left + 60, top, "云洲银行电子回单")
    canvas.setFont("sans", 9)
    for row, text in enumerate((f"回单编号：{number}", "付款人：恒屿公司", "收款人：鼎坤科技", f"金额：{amount}")):
        canvas.drawString(left, top - 24 - 18 * row, text)


@pytest.mark.parametrize("cut", [False, True])
def test_two_receipts_under_one_another_are_two_papers(cut):
    def draw(canvas: Canvas) -> None:
        receipt(canvas, 790, "2026031800010001", "1,000.00")
        receipt(canvas, 400, "2026031800010002", "2,000.00")
        if cut:
            canvas.drawString(60, 450, "- - - - - - - - - - - - - - - - - - - - - - - - - -")

    one, other = papers_in(open_file(pdf(draw), "a.pdf"))
    texts = ["".join(word.text for word in bundle.pages[0].words) for bundle in (one, other)]

    assert ["1,000.00" in text for text in texts] == [True, False]
    assert ["2,000.00" in text for text in texts] == [False, True]
    assert all(word.box.y0 > 0.4 for word in other.pages[0].words)  # the place on the real page


def test_two_receipts_side_by_side_are_two_papers():
    def draw(canvas: Canvas) -> None:
        receipt(canvas, 500, "2026031800010001", "1,000.00", 40)
        receipt(canvas, 500, "2026031800010002", "2,000.00", 460)

    one, other = papers_in(open_file(pdf(draw, size=(842, 595)), "a.pdf"))
    assert "1,000.00" in "".join(word.text for word in one.pages[0].words)
    assert "2,000.00" in "".join(word.text for word in other.pages[0].words)


def test_the_same_paper_twice_on_a_sheet_stays_together():
    def draw(canvas: Canvas) -> None:
        receipt(canvas, 790, "2026031800010001", "1,000.00")
        receipt(canvas, 400, "2026031800010001", "1,000.00")

    assert spans(pdf(draw)) == [(1, 1)]


def test_a_sheet_of_instructions_is_no_paper_of_a_type():
    told = [["填写说明"], ["请按银行对账单填写交易日期、摘要、借方发生额、贷方发生额、余额。"], ["账号、户名为必填。"]]
    rows = [
        ["云洲银行账户交易明细"], ["户名", "沈某某"], ["交易日期", "摘要", "交易金额", "余额"],
        ["2026-05-01", "消费", "-1.00", "99.00"],
    ]  # fmt: skip
    papers = read_file(workbook(rows, 说明=told, 空=[]), "a.xlsx").papers

    assert [paper.type for paper in papers] == ["bank_statement_personal", "unknown"]


def test_a_title_of_two_letters_begins_a_paper():
    licence = pdf(
        lines("营业执照", "统一社会信用代码 91330106MA2TEXT017", "名称 云洲恒屿精密机械有限公司", "经营范围 机械制造")
    )
    summons = pdf(
        lines("云洲市人民法院", "传 票", "被传唤人：云洲恒屿精密机械有限公司", "应到时间：2026年6月30日14时30分")
    )

    papers = read_file(merged(licence, summons), "a.pdf", ocr="off").papers

    assert [paper.type for paper in papers] == ["business_license", "court_summons"]
