"""VAT invoices: every value of every look and medium, proved by their sums, held against the data that the file carries."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from demo.papers import Drawn, miniature_tax
from demo.papers.invoices import (
    Invoice,
    discounted_invoice,
    free_invoice,
    line,
    long_names_invoice,
    miniature_invoice,
    old_invoice,
    red_invoice,
    vat_invoice,
)
from extract.proof.embedded import same
from extract.reading import read_document, read_file
from extract.types.vat_invoice import VatInvoice
from ingest.embedded import attached_to_pdf
from ingest.opening import open_file
from records.contract import to_json
from records.document import Document
from records.facts import Field, Paper, State
from tests.ingest_papers import pdf, words
from tests.paper import misread
from tests.test_extract_statements import differences


def papers(drawn: Drawn) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = to_json(read_file(drawn.bytes, drawn.name))["papers"]
    return read


def without_data(drawn: Drawn) -> Document:
    """The file as if it carried nothing but its page."""
    return replace(open_file(drawn.bytes, drawn.name), embedded=())


def read(drawn: Drawn) -> Paper:
    return read_file(drawn.bytes, drawn.name).papers[0]


LOOKS: dict[str, Callable[..., Drawn]] = {
    "digital": vat_invoice,
    "miniature": miniature_invoice,
    "old": old_invoice,
    "red": red_invoice,
    "discounted": discounted_invoice,
    "free of tax": free_invoice,
    "long names": long_names_invoice,
}


@pytest.mark.parametrize("medium", ["pdf", "ofd"])
@pytest.mark.parametrize("look", sorted(LOOKS))
def test_every_value_is_read(look: str, medium: str):
    (paper,) = papers(LOOKS[look](medium=medium))

    assert paper["type"] == "vat_invoice"
    assert differences(LOOKS[look](medium=medium), paper) == []
    assert [check["identity"] for check in paper["checks"] if check["state"] == "fails"] == []


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_an_ofd_says_on_its_page_what_its_data_says(look: str):
    drawn = LOOKS[look](medium="ofd")
    (paper,) = to_json(read_document(without_data(drawn)))["papers"]

    assert differences(drawn, paper) == []
    assert "embedded_agrees" not in [check["identity"] for check in paper["checks"]]


@pytest.mark.parametrize("look", ["digital", "miniature", "red", "discounted"])
def test_bare_data_is_read_as_an_invoice(look: str):
    drawn = LOOKS[look](medium="xml")
    (paper,) = papers(drawn)

    assert paper["type"] == "vat_invoice"
    assert differences(drawn, paper) == []
    assert {value.get("cell") for value in paper["fields"].values()} > {None} or all(
        value["cell"] for value in paper["fields"].values()
    )


@pytest.mark.slow
@pytest.mark.parametrize("medium", ["scan", "photo"])
def test_a_scanned_invoice_proves_its_figures(medium: str):
    drawn = vat_invoice(medium=medium)  # type: ignore[arg-type]
    paper = read(drawn)

    assert paper.type == "vat_invoice"
    for name in ("total_amount", "total_tax", "total_num", "total_cn"):
        assert paper.fields[name].state is State.VERIFIED
        assert str(paper.fields[name].value) == drawn.truth["fields"][name]
    assert [str(row["amount"].value) for row in paper.tables["lines"]] == ["21966.00", "3858.41"]


# --- proofs -------------------------------------------------------------------------------------------------------------


def test_what_the_sums_prove_is_verified():
    paper = read_document(without_data(vat_invoice())).papers[0]

    assert {name for name, value in paper.fields.items() if value.state is State.VERIFIED} == {
        "total_amount", "total_tax", "total_num", "total_cn", "buyer_id", "seller_id",
    }  # fmt: skip
    assert all(row[name].state is State.VERIFIED for row in paper.tables["lines"] for name in ("amount", "rate", "tax"))


def test_a_price_is_proved_only_as_far_as_it_weighs():
    """1850 × 55.297772972973: another last figure would give the same amount."""
    price = read_document(without_data(miniature_invoice())).papers[0].tables["lines"][0]["price"]

    assert price.value == Decimal("55.297772972973")
    assert price.state is State.CONSISTENT


def test_a_price_printed_hard_against_its_quantity_is_parted_where_the_amount_says():
    row = read_document(without_data(miniature_invoice())).papers[0].tables["lines"][0]

    assert row["qty"].value == "1850"
    assert row["qty"].repaired is not None
    assert row["qty"].repaired.by == "line_amount"


@pytest.mark.parametrize(
    ("printed", "accused"),
    [
        ({"total_num": "29182.58"}, {"total_num", "total_cn", "total_amount", "total_tax"}),
        ({"total_amount": "25824.42"}, {"total_amount", "total_tax", "total_num"}),
        ({"total_tax": "3357.71"}, {"total_amount", "total_tax", "total_num"}),
        ({"total_cn": "贰万玖仟壹佰捌拾壹圆伍角玖分"}, {"total_cn", "total_num"}),
    ],
    ids=["total", "amount", "tax", "words"],
)
def test_a_figure_that_does_not_add_up_is_in_conflict(printed: dict[str, str], accused: set[str]):
    lines = [line("*通用设备*滚珠丝杠", "12", "1830.5"), line("*金属制品*轴承座", "40", "96.46017699")]
    paper = read(vat_invoice(Invoice(lines, printed=printed)))

    assert {name for name, value in paper.fields.items() if value.state is State.CONFLICT} >= accused
    assert "identity_fails" in [finding.code for finding in paper.findings]


def wrong_and_verified(drawn: Drawn, paper: Paper) -> list[str]:
    """Values that depart from the truth and are called verified all the same."""
    true_rows = drawn.truth["tables"]["lines"]
    values: list[tuple[str, Field, object]] = [
        (name, value, drawn.truth["fields"].get(name)) for name, value in paper.fields.items()
    ]
    for row, true in zip(paper.tables.get("lines", ()), true_rows, strict=False):
        values += [(name, cell, true.get(name)) for name, cell in row.items()]
    return [
        f"{name}: {value.value} instead of {true}"
        for name, value, true in values
        if value.state is State.VERIFIED and true is not None and not same(str(value.value), str(true))
    ]


@pytest.mark.parametrize("look", ["digital", "old"])
def test_no_single_misread_figure_is_ever_called_verified(look: str):
    drawn = LOOKS[look]()
    document = without_data(drawn)
    caught = 0
    for index, word in enumerate(document.pages[0].words):
        for at, character in enumerate(word.text):
            if character not in "0123456789":
                continue
            text = word.text[:at] + str((int(character) + 3) % 10) + word.text[at + 1 :]
            paper = read_document(misread(document, 1, index, text)).papers[0]
            assert wrong_and_verified(drawn, paper) == [], text
            caught += 1
    assert caught > 80


yuan = st.decimals("0.10", "90000", places=2)
rates = st.sampled_from(["0.13", "0.09", "0.06", "0.03", "0.01"])


@given(
    st.lists(st.tuples(st.integers(1, 9000), yuan, rates), min_size=1, max_size=5), st.sampled_from(["digital", "old"])
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_invoice_that_adds_up_still_adds_up_after_reading(rows: list[tuple[int, Decimal, str]], style: str):
    invoice = Invoice([line("*金属制品*轴承座", str(qty), str(price), rate) for qty, price, rate in rows])
    drawn = vat_invoice(invoice, style=style, medium="ofd", data=False)  # type: ignore[arg-type]
    (paper,) = papers(drawn)

    assert differences(drawn, paper) == []
    assert {check["state"] for check in paper["checks"]} == {"holds"}


def test_red_letters_are_told():
    paper = read(red_invoice())

    assert paper.fields["red_flag"].value is True
    assert paper.fields["total_num"].value == Decimal("-4136.93")
    assert "red_invoice" in [finding.code for finding in paper.findings]


def test_a_number_that_does_not_fit_its_year_is_told():
    codes = [f.code for f in read(vat_invoice(Invoice([line("*布*布", "1", "9.90")], "21992000000000018867"))).findings]

    assert "number_year" in codes


# --- the data beside the page -------------------------------------------------------------------------------------------


def test_data_that_agrees_proves_what_no_sum_can():
    paper = read(vat_invoice(medium="ofd"))

    for name in ("number", "issue_date", "buyer_name", "seller_name", "drawer"):
        assert paper.fields[name].state is State.VERIFIED
        assert paper.fields[name].verified_by == ("embedded_agrees",)
        assert paper.fields[name].source.box is not None  # type: ignore[union-attr]


def test_data_that_differs_is_never_silently_one_of_the_two():
    drawn = vat_invoice(medium="ofd", altered={"SellerName": "星桥明岑电器有限公司", "TotalTaxAm": "3357.00"})
    paper = read(drawn)

    assert {name for name, value in paper.fields.items() if value.state is State.CONFLICT} == {
        "seller_name",
        "total_tax",
    }
    assert paper.fields["seller_name"].value == "星桥明岑电气有限公司"
    told = [finding.message for finding in paper.findings if finding.code == "embedded_differs"]
    assert len(told) == 2
    assert all("original_invoice.xml" in message for message in told)
    assert "星桥明岑电器有限公司" in told[0]
    assert "星桥明岑电气有限公司" in told[0]


def test_what_the_page_does_not_print_comes_from_the_data_and_that_is_said():
    drawn = vat_invoice(Invoice([line("*布*布", "1", "9.90")], drawer=""), medium="ofd", altered={"Drawer": "安某"})
    paper = read(drawn)

    assert paper.fields["drawer"].value == "安某"
    assert paper.fields["drawer"].state is State.CONSISTENT
    assert any(finding.code == "from_embedded" and "开票人" in finding.message for finding in paper.findings)


def test_the_number_is_what_the_authority_calls_it():
    drawn = vat_invoice(medium="xml", altered={"EIid": "99"})

    assert read(drawn).fields["number"].value == drawn.truth["fields"]["number"]


def test_data_with_more_lines_than_the_page_is_told():
    lines = [line("*布*布", "3", "9.90"), line("*布*呢", "5", "19.90")]
    document = open_file(vat_invoice(Invoice(lines[:1]), medium="ofd").bytes, "a.ofd")
    other = open_file(vat_invoice(Invoice(lines), medium="ofd").bytes, "b.ofd").embedded
    findings = read_document(replace(document, embedded=other)).papers[0].findings

    assert any("1 行" in f.message and "2 行" in f.message for f in findings if f.code == "embedded_differs")


def test_an_invoice_goes_on_over_pages():
    """小计 ends the table on the first page, 合计 on the last; both carry the head."""
    first = vat_invoice(Invoice([line("*布*布", "3", "9.90")]), medium="ofd", data=False)
    second = vat_invoice(Invoice([line("*布*呢", "5", "19.90")]), medium="ofd", data=False)
    one, two = (open_file(each.bytes, each.name).pages[0] for each in (first, second))
    last_line = {"价税合计（大写）", "叁拾叁圆伍角陆分", "（小写）", "¥33.56"}
    upper = [replace(w, text="小" if w.text == "合" else w.text) for w in one.words if w.text not in last_line]
    totals = {"¥99.50": "¥129.20", "¥12.94": "¥16.80", "¥112.44": "¥146.00", "壹佰壹拾贰圆肆角肆分": "壹佰肆拾陆圆整"}
    lower = [replace(w, text=totals.get(w.text, w.text), edges=()) for w in two.words]
    pages = (replace(one, words=tuple(upper)), replace(two, number=2, words=tuple(lower)))
    paper = read_document(replace(open_file(first.bytes, "a.ofd"), pages=pages)).papers[0]

    assert [row["item"].value for row in paper.tables["lines"]] == ["*布*布", "*布*呢"]
    assert {check.state.value for check in paper.checks} == {"holds"}
    assert paper.fields["total_num"].value == Decimal("146.00")


def test_data_of_two_invoices_is_held_against_neither():
    drawn = vat_invoice(medium="ofd")
    document = open_file(drawn.bytes, drawn.name)
    other = open_file(red_invoice(medium="ofd").bytes, "b.ofd").embedded
    paper = read_document(replace(document, embedded=document.embedded + other)).papers[0]

    assert "several_embedded" in [finding.code for finding in paper.findings]
    assert paper.fields["number"].verified_by == ()


def with_attachment(data: bytes, name: str, content: bytes) -> bytes:
    """The PDF with a file attached to it."""
    document = pypdfium2.PdfDocument(data)
    encoded = (name + "\0").encode("utf-16-le")
    buffer = ctypes.create_string_buffer(encoded)
    attachment = raw.FPDFDoc_AddAttachment(document, ctypes.cast(buffer, raw.FPDF_WIDESTRING))
    raw.FPDFAttachment_SetFile(attachment, document, content, len(content))
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_data_attached_to_a_pdf_is_read():
    drawn, xml = vat_invoice(), vat_invoice(medium="xml").bytes
    data = with_attachment(drawn.bytes, "发票.xml", xml)
    paper = read_file(data, "发票.pdf").papers[0]

    assert [part.name for part in open_file(data, "发票.pdf").embedded] == ["发票.xml"]
    assert paper.fields["seller_name"].verified_by == ("embedded_agrees",)


def test_the_properties_of_a_pdf_are_held_against_its_page():
    told = b"/InvoiceNumber (26992000000000018867) /SellerIdNum (91999902MA9MQNGC01) /TotalTaxAm (3357.71) /Producer"
    data = vat_invoice().bytes.replace(b"/Producer", told)
    paper = read_file(data, "发票.pdf").papers[0]

    assert paper.fields["number"].verified_by == ("embedded_agrees",)
    assert paper.fields["total_tax"].state is State.CONFLICT
    assert any("PDF 属性" in finding.message and "3357.71" in finding.message for finding in paper.findings)


XBRL = (
    '<xbrl xmlns:inv="urn:inv"><inv:NumberOfInvoice contextRef="c">26992000000000018867</inv:NumberOfInvoice>'
    '<inv:NameOfSeller contextRef="c">星桥明岑电气有限公司</inv:NameOfSeller>'
    "<inv:TotalAmountExcludingTax>25824.41</inv:TotalAmountExcludingTax><inv:TotalTaxAmount>3357.17</inv:TotalTaxAmount>"
    "<inv:TaxIncludedAmountInFigures>29181.58</inv:TaxIncludedAmountInFigures></xbrl>"
)


def test_xbrl_attached_to_a_pdf_is_data_too():
    paper = read_file(with_attachment(vat_invoice().bytes, "einv.xbrl", XBRL.encode()), "发票.pdf").papers[0]

    for name in ("number", "seller_name", "total_amount", "total_tax", "total_num"):
        assert "embedded_agrees" in paper.fields[name].verified_by


def test_other_files_attached_to_a_pdf_are_no_invoice_data():
    data = with_attachment(vat_invoice().bytes, "notes.xml", b"<notes><note>x</note></notes>")

    assert attached_to_pdf(data, "a.pdf", 1, None) == ()


# --- look-alikes --------------------------------------------------------------------------------------------------------


def test_an_invoice_in_english_is_none_of_these():
    data = pdf(
        words("INVOICE", "Invoice no. 2026-00123", "VAT no. GB123456789", "Description Qty Price Amount VAT 20%",
              "Bearing 4 25.00 100.00 20.00", "Total 120.00")
    )  # fmt: skip

    assert read_file(data, "invoice.pdf").papers[0].type != "vat_invoice"


def test_an_invoice_for_electricity_is_an_invoice():
    power = [line("*供电*电费", "128400", "0.7377", unit="千瓦时")]
    remark = "户号：9901234567 电费年月：2026-05 抄表 示数 倍率60\n用电类别：大工业 有功(总)电量"
    paper = read(
        vat_invoice(
            Invoice(
                power, kind="电子发票（普通发票）", seller=("国网云洲市供电公司", "91999902MA9MQNGC01"), remark=remark
            )
        )
    )

    assert paper.type == "vat_invoice"
    assert paper.fields["total_num"].state is State.VERIFIED


def test_a_tax_certificate_is_none():
    assert read(miniature_tax()).type == "tax_payment_certificate"


@pytest.mark.parametrize("title", ["收据", "形式发票", "报价单"])
def test_a_receipt_or_a_quotation_is_none(title: str):
    data = pdf(words(title, "购买方：云洲恒屿精密机械有限公司", "开票日期：2026年6月18日", "价税合计：1,130.00"))

    assert read_file(data, "a.pdf").papers[0].type != "vat_invoice"


def test_money_receipts_of_the_treasury_are_no_vat_invoices():
    data = (
        '<?xml version="1.0"?><EInvoice><Header><EInvoiceNumber>0012345678</EInvoiceNumber></Header><Main>'
        "<IssueDate>20260618</IssueDate><TotalAmount>120.00</TotalAmount><PayerPartyName>某某</PayerPartyName></Main></EInvoice>"
    )  # fmt: skip

    assert read_file(data.encode(), "票据.xml").papers[0].type == "unknown"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("4", "4.00", True), ("1850", "1850.000000", True), ("0012", "12", False), ("某 公司", "某公司", True),
     ("24332000000012345678", "24332000000012345679", False), ("1.50", "1.5", True), ("1.50", "1.05", False)],
)  # fmt: skip
def test_values_are_one_when_a_person_would_say_so(one: str, other: str, alike: bool):
    assert same(one, other) is alike


def test_the_declaration_names_every_field_of_the_registry():
    assert {"number", "code", "issue_date", "buyer_name", "buyer_id", "seller_name", "seller_id", "total_amount", "total_tax",
            "total_cn", "total_num", "drawer", "remark"} <= set(VatInvoice.kinds())  # fmt: skip
    assert list(VatInvoice.table_specs()["lines"].columns) == [
        "item", "spec", "unit", "qty", "price", "amount", "rate", "tax",
    ]  # fmt: skip
