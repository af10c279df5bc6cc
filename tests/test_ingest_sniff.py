"""What a file is, by its content."""

from __future__ import annotations

import pytest

from ingest import sniff
from tests.ingest_papers import docx, encoded, pdf, picture_of, statement, workbook, zipped

CSV = "日期,摘要,金额\n2024-01-03,存入,1\n2024-01-04,支出,2\n"
PROSE = "We visited the plant, the yard, and the office.\nAll, as before, was calm.\nThe owner, Mr Li, was there.\n"

CASES = [
    ("a", lambda: pdf(statement), sniff.PDF),
    ("a", lambda: b"junk before it " + pdf(statement), sniff.PDF),
    ("a", lambda: encoded(picture_of(pdf(statement), dpi=30)), sniff.PNG),
    ("a", lambda: encoded(picture_of(pdf(statement), dpi=30), "JPEG"), sniff.JPEG),
    ("a", lambda: encoded(picture_of(pdf(statement), dpi=30), "WEBP"), sniff.WEBP),
    ("a", lambda: encoded(picture_of(pdf(statement), dpi=30), "BMP"), sniff.BMP),
    ("a", lambda: encoded(picture_of(pdf(statement), dpi=30), "TIFF"), sniff.TIFF),
    ("a", lambda: workbook([[1]]), sniff.XLSX),
    ("a", lambda: docx(""), sniff.DOCX),
    ("a", lambda: zipped({"x.txt": "x"}), sniff.ZIP),
    ("a", lambda: zipped({"OFD.xml": "x"}), sniff.OFD),
    ("a", lambda: zipped({"票/ofd.XML": "x"}), sniff.OFD),
    ("a", lambda: zipped({"Doc_0/a.xml": "x" * 99, "OFD.xml": "x"})[:60], sniff.OFD),
    ("a.xml", lambda: b"<EInvoice><Header/></EInvoice>", sniff.XML),
    ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", sniff.HTML),
    ("a.xls", lambda: CSV.replace(",", "\t").encode("gbk"), sniff.TSV),
    ("a.csv", lambda: CSV.encode("gbk"), sniff.CSV),
    ("a.txt", lambda: CSV.encode(), sniff.CSV),
    ("a.txt", lambda: PROSE.encode(), sniff.TXT),
    ("a.csv", lambda: b"only one line", sniff.CSV),
    ("a.md", lambda: b"# Title\n| a | b |\n|---|---|\n| 1 | 2 |\n", sniff.MD),
    ("a", lambda: "走访记录".encode("utf-16"), sniff.TXT),
    ("a.eml", lambda: b"From: a@b\nTo: c@d\nSubject: x\nDate: y\n\nhello", sniff.EML),
    ("a.xml", lambda: b"<?xml version='1.0'?><Invoice/>", sniff.XML),
    ("a.pdf", lambda: bytes(range(256)), sniff.UNKNOWN),
]


@pytest.mark.parametrize(("name", "make", "kind"), CASES, ids=[f"{kind} {name}" for name, _, kind in CASES])
def test_the_content_decides(name, make, kind):
    assert sniff.media_type(make(), name) == kind


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("Workbook", sniff.XLS), ("WordDocument", sniff.DOC), ("EncryptedPackage", sniff.OFFICE_LOCKED)],
)
def test_old_office_files_are_told_apart_by_their_streams(stream, kind):
    assert sniff.media_type(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")) == kind
