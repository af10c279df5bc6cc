"""Bytes in, document out: the one door through which every file is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from ingest import sniff
from ingest.limits import Limits
from records.document import Document, Notice, Page
from records.errors import EmptyFile, NotADocument, PasswordProtected, TooLarge, Unsupported

OnPage = Callable[[int, int], None]
_Read = tuple[tuple[Page, ...], tuple[Notice, ...]]

#: What is a real document and not opened here, with the sentence for the person who sent it.
_CLOSED = {
    sniff.OFD: "OFD 版式文件，请转换为 PDF 后上传 · an OFD file; convert it to PDF",
    sniff.ZIP: "压缩包，请解压后逐份上传 · a zip archive; take the papers out and upload them",
    sniff.SEVEN_ZIP: "7z 压缩包，请解压后逐份上传 · a 7z archive; take the papers out and upload them",
    sniff.RAR: "RAR 压缩包，请解压后逐份上传 · a RAR archive; take the papers out and upload them",
    sniff.GZIP: "gzip 压缩文件，请解压后上传 · a gzip file; unpack it and upload the content",
    sniff.EML: "电子邮件，请取出附件逐份上传 · a mail; take the attachments out and upload them",
    sniff.MSG: "Outlook 邮件，请取出附件逐份上传 · an Outlook mail; take the attachments out and upload them",
    sniff.DOC: "旧版 Word 文档（.doc），请另存为 docx 或 PDF · an old Word document; save it as docx or PDF",
    sniff.PPTX: "演示文稿，请打印为 PDF 后上传 · a presentation; print it to PDF",
    sniff.RTF: "RTF 文档，请另存为 docx 或 PDF · an RTF document; save it as docx or PDF",
    sniff.XML: "XML 数据文件，请上传其版式文件（PDF） · an XML data file; upload the printed form (PDF)",
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
    "csv": {sniff.CSV, sniff.TSV, sniff.TXT},
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
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile(name)
    if len(data) > limits.bytes:
        raise TooLarge(f"{name}: {len(data) / 1e6:.1f} MB > {limits.bytes / 1e6:.0f} MB")
    kind = sniff.media_type(data, name)
    pages, notices = _read(data, name, kind, password, limits, ocr, on_page)
    if not any(page.words for page in pages):
        notices += (Notice("no_text", "没有读到任何文字。"),)
    wrong = _misnamed(name, kind)
    return Document(
        hashlib.sha256(data).hexdigest(), name, kind, len(data), pages, ((wrong,) if wrong else ()) + notices
    )


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
    pages, notices = _read_cells_or_text(data, name, kind, limits)
    if on_page:
        on_page(len(pages), len(pages))
    return pages, notices


def _read_cells_or_text(data: bytes, name: str, kind: str, limits: Limits) -> _Read:
    if kind in (sniff.XLSX, sniff.XLS, sniff.ODS):
        from ingest.sheets import read_workbook

        return read_workbook(data, name, kind, limits=limits)
    if kind in (sniff.CSV, sniff.TSV):
        from ingest.delimited import read_delimited

        return read_delimited(data, name, limits=limits)
    if kind == sniff.DOCX:
        from ingest.docx import read_docx

        return read_docx(data, name, limits=limits)
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
    if kind in _CLOSED:
        return Unsupported(f"{name}（{_CLOSED[kind]}）")
    return NotADocument(name)


def _misnamed(name: str, kind: str) -> Notice | None:
    suffix = name.lower().rpartition(".")[2]
    if suffix in _PROMISED and kind not in _PROMISED[suffix]:
        return Notice("misnamed", f"文件扩展名为 .{suffix}，内容实为 {kind}，已按内容读取。")
    return None
