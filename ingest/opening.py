"""Bytes in, document out: the one door through which every file is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from ingest import sniff
from ingest.inside import CONTAINERS
from ingest.limits import Limits
from records.document import Document, Embedded, Notice, Page
from records.errors import DamagedFile, EmptyFile, NotADocument, PasswordProtected, TooLarge, Unsupported

OnPage = Callable[[int, int], None]
_Read = tuple[tuple[Page, ...], tuple[Notice, ...]]

#: What is a real document and not opened here, with the sentence for the person who sent it.
_CLOSED = {
    sniff.PPTX: "演示文稿，请打印为 PDF 后上传 · a presentation; print it to PDF",
    sniff.ODT: "ODT 文档，请另存为 docx 或 PDF · an ODT document; save it as docx or PDF",
}

#: Suffixes that promise a kind of content; a file that keeps no such promise is read as what it is, and that is said.
_PROMISED = {
    "pdf": {sniff.PDF},
    "png": sniff.PICTURES,
    "jpg": sniff.PICTURES,
    "jpeg": sniff.PICTURES,
    "bmp": sniff.PICTURES,
    "tif": sniff.PICTURES,
    "tiff": sniff.PICTURES,
    "webp": sniff.PICTURES,
    "gif": sniff.PICTURES,
    "heic": sniff.PICTURES,
    "heif": sniff.PICTURES,
    "xlsx": {sniff.XLSX},
    "xlsm": {sniff.XLSX},
    "xls": {sniff.XLS},
    "docx": {sniff.DOCX},
    "doc": {sniff.DOC},
    "rtf": {sniff.RTF},
    "csv": {sniff.CSV, sniff.TSV, sniff.TXT},
    "ofd": {sniff.OFD},
}


def open_file(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    ocr: str = "auto",
    on_page: OnPage | None = None,
) -> Document:
    """Open a file of any kind; raises a subclass of ``UnreadableFile`` that says why when it cannot be.

    ``ocr`` names the engine for pages without a sound text: auto, rapid, tesseract, or off.
    """
    limits = limits or Limits()
    check_size(data, name, limits)
    kind = sniff.media_type(data, name)
    embedded: tuple[Embedded, ...] = ()
    if kind in (sniff.OFD, sniff.XML):
        pages, notices, embedded = _read_with_data(data, name, kind, limits, ocr, on_page)
    else:
        pages, notices = _read(data, name, kind, password, limits, ocr, on_page)
    if kind == sniff.PDF:
        from ingest.embedded import attached_to_pdf

        embedded = attached_to_pdf(data, name, len(pages), password)
    if not any(page.words for page in pages):
        notices += (Notice("no_text", "没有读到任何文字。"),)
    wrong = _misnamed(name, kind)
    traits = None
    if kind == sniff.PDF:
        from ingest.pdf_traits import traits_of

        traits = traits_of(data, name, password)
    return Document(
        hashlib.sha256(data).hexdigest(),
        name,
        kind,
        len(data),
        pages,
        ((wrong,) if wrong else ()) + notices,
        embedded,
        traits,
    )


def check_size(data: bytes, name: str, limits: Limits) -> None:
    """Neither nothing nor too much."""
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile(name)
    if len(data) > limits.bytes:
        raise TooLarge(f"{name}: {len(data) / 1e6:.1f} MB > {limits.bytes / 1e6:.0f} MB")


def _read(
    data: bytes, name: str, kind: str, password: str | None, limits: Limits, ocr: str, on_page: OnPage | None
) -> _Read:
    """Choose the reader; each is imported only when a file of its kind arrives."""
    if kind == sniff.PDF:
        from ingest.ocr import page_reader
        from ingest.pdf import read_pdf

        return read_pdf(data, name, page_reader(ocr), password=password, limits=limits, on_page=on_page)
    if kind in sniff.PICTURES:
        from ingest.picture import read_picture

        return read_picture(data, name, kind, ocr=ocr, limits=limits, on_page=on_page)
    if kind == sniff.DOCX:
        from ingest.docx import read_docx

        return read_docx(data, name, ocr=ocr, limits=limits, on_page=on_page)
    if kind == sniff.OFFICE_LOCKED:
        return _read_locked(data, name, password, limits, ocr, on_page)
    try:
        pages, notices = _read_cells_or_text(data, name, kind, limits)
    except PasswordProtected:
        if kind not in (sniff.DOC, sniff.XLS):
            raise
        return _read_locked(data, name, password, limits, ocr, on_page)
    if on_page:
        on_page(len(pages), len(pages))
    return pages, notices


def _read_with_data(
    data: bytes, name: str, kind: str, limits: Limits, ocr: str, on_page: OnPage | None
) -> tuple[tuple[Page, ...], tuple[Notice, ...], tuple[Embedded, ...]]:
    """Files that carry data beside (or instead of) what they print."""
    if kind == sniff.OFD:
        from ingest.ofd import read_ofd

        return read_ofd(data, name, ocr=ocr, limits=limits, on_page=on_page)
    from ingest.embedded import read_invoice_xml

    read = read_invoice_xml(data, name, limits)
    if on_page:
        on_page(1, 1)
    return read


def _read_locked(
    data: bytes, name: str, password: str | None, limits: Limits, ocr: str, on_page: OnPage | None
) -> _Read:
    """An Office file with a password, as the file it is without."""
    from ingest.locked import unlocked

    inner = unlocked(data, name, password, limits)
    kind = sniff.media_type(inner, name)
    if kind not in (sniff.DOCX, sniff.XLSX, sniff.DOC, sniff.XLS):
        raise _refusal(name, kind)
    if kind in (sniff.DOC, sniff.XLS):
        return _read_cells_or_text(inner, name, kind, limits)
    return _read(inner, name, kind, None, limits, ocr, on_page)


def _read_cells_or_text(data: bytes, name: str, kind: str, limits: Limits) -> _Read:
    if kind in (sniff.XLSX, sniff.XLS, sniff.ODS):
        from ingest.sheets import read_workbook

        return read_workbook(data, name, kind, limits=limits)
    if kind in (sniff.CSV, sniff.TSV):
        from ingest.delimited import read_delimited

        return read_delimited(data, name, limits=limits)
    if kind == sniff.XML_SHEET:
        from ingest.sheet_xml import read_xml_sheet

        return read_xml_sheet(data, name, limits=limits)
    if kind == sniff.DOC:
        from ingest.doc import read_doc

        return read_doc(data, name, limits=limits)
    if kind == sniff.RTF:
        from ingest.rtf import read_rtf

        return read_rtf(data, name, limits=limits)
    if kind == sniff.MHT:
        from ingest.mht import read_mht

        return read_mht(data, name, limits=limits)
    if kind in (sniff.TXT, sniff.MD):
        from ingest.text import read_text

        return read_text(data, name, kind, limits=limits), ()
    if kind == sniff.HTML:
        from ingest.html import read_html

        return read_html(data, name, limits=limits)
    raise _refusal(name, kind)


def _refusal(name: str, kind: str) -> Exception:
    if kind == sniff.OFFICE_LOCKED:
        return PasswordProtected(name)
    if kind == sniff.OLE:
        return DamagedFile(name)
    if kind in CONTAINERS:
        return Unsupported(f"{name}（内含其他文件，请逐份读取 · it holds other files; each is read by itself）")
    if kind in _CLOSED:
        return Unsupported(f"{name}（{_CLOSED[kind]}）")
    return NotADocument(name)


def _misnamed(name: str, kind: str) -> Notice | None:
    suffix = name.lower().rpartition(".")[2]
    if suffix in _PROMISED and kind not in _PROMISED[suffix]:
        return Notice("misnamed", f"文件扩展名为 .{suffix}，内容实为 {kind}，已按内容读取。")
    return None
