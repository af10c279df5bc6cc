"""Which reader opens which kind of file. Each is imported only when a file of its kind arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module

from ingest import sniff
from ingest.inside import CONTAINERS
from ingest.limits import Limits
from records.document import Embedded, Notice, Page, Traits
from records.errors import DamagedFile, NotADocument, PasswordProtected, Unsupported

OnPage = Callable[[int, int], None]

#: What is a real document and not opened here, with the sentence for the person who sent it.
_CLOSED = {
    sniff.PPTX: "演示文稿，请打印为 PDF 后上传 · a presentation; print it to PDF",
    sniff.ODT: "ODT 文档，请另存为 docx 或 PDF · an ODT document; save it as docx or PDF",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A file to open, and how."""

    data: bytes
    name: str
    kind: str  #: media type by content
    password: str | None
    limits: Limits
    ocr: str
    on_page: OnPage | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a reader found in a file."""

    pages: tuple[Page, ...]
    notices: tuple[Notice, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    traits: Traits | None = None


def read(given: Given) -> Opened:
    """The file by the reader of its kind; a subclass of ``UnreadableFile`` when there is none, or it cannot."""
    reader = _READERS.get(given.kind)
    if reader is None:
        raise _refusal(given.name, given.kind)
    return reader(given)


# --- pages ------------------------------------------------------------------------------------------------------------


def _pdf(given: Given) -> Opened:
    from ingest.embedded import attached_to_pdf
    from ingest.ocr import page_reader
    from ingest.pdf import read_pdf
    from ingest.pdf_traits import traits_of

    data, name, password = given.data, given.name, given.password
    reader = page_reader(given.ocr)
    pages, notices = read_pdf(data, name, reader, password=password, limits=given.limits, on_page=given.on_page)
    embedded = attached_to_pdf(data, name, len(pages), password)
    return Opened(pages, notices, embedded, traits_of(data, name, password))


def _picture(given: Given) -> Opened:
    from ingest.picture import read_picture

    name, kind = given.name, given.kind
    return Opened(*read_picture(given.data, name, kind, ocr=given.ocr, limits=given.limits, on_page=given.on_page))


def _ofd(given: Given) -> Opened:
    from ingest.ofd import read_ofd

    return Opened(*read_ofd(given.data, given.name, ocr=given.ocr, limits=given.limits, on_page=given.on_page))


def _docx(given: Given) -> Opened:
    from ingest.docx import read_docx

    return Opened(*read_docx(given.data, given.name, ocr=given.ocr, limits=given.limits, on_page=given.on_page))


# --- cells and text, which are there all at once ---------------------------------------------------------------------


def _at_once(reader: Callable[[Given], Opened]) -> Callable[[Given], Opened]:
    """A reader without pages to wait for: progress is told when all of it is there."""

    def whole(given: Given) -> Opened:
        opened = reader(given)
        if given.on_page:
            given.on_page(len(opened.pages), len(opened.pages))
        return opened

    return whole


def _plain(where: str) -> Callable[[Given], Opened]:
    """The reader at ``module:function`` that asks for bytes, name and limits only."""
    module, _, function = where.partition(":")

    def reader(given: Given) -> Opened:
        read_kind = getattr(import_module(module), function)
        return Opened(*read_kind(given.data, given.name, limits=given.limits))

    return _at_once(reader)


@_at_once
def _workbook(given: Given) -> Opened:
    from ingest.sheets import read_workbook

    return Opened(*read_workbook(given.data, given.name, given.kind, limits=given.limits))


@_at_once
def _text(given: Given) -> Opened:
    from ingest.text import read_text

    return Opened(read_text(given.data, given.name, given.kind, limits=given.limits))


@_at_once
def _invoice_xml(given: Given) -> Opened:
    from ingest.embedded import read_invoice_xml

    return Opened(*read_invoice_xml(given.data, given.name, given.limits))


# --- Office files with a password ------------------------------------------------------------------------------------


def _locked(given: Given) -> Opened:
    """An Office file with a password, as the file it is without."""
    from ingest.locked import unlocked

    inner = unlocked(given.data, given.name, given.password, given.limits)
    kind = sniff.media_type(inner, given.name)
    if kind not in _OFFICE:
        raise _refusal(given.name, kind)
    return _OFFICE[kind](replace(given, data=inner, kind=kind, password=None))


def _or_locked(reader: Callable[[Given], Opened]) -> Callable[[Given], Opened]:
    """Old Office files tell only while they are read that they are locked."""

    def either(given: Given) -> Opened:
        try:
            return reader(given)
        except PasswordProtected:
            return _locked(given)

    return either


_doc = _plain("ingest.doc:read_doc")
_OFFICE: Mapping[str, Callable[[Given], Opened]] = {
    sniff.DOCX: _docx,
    sniff.DOC: _doc,
    sniff.XLSX: _workbook,
    sniff.XLS: _workbook,
}
_READERS: Mapping[str, Callable[[Given], Opened]] = {
    sniff.PDF: _pdf,
    **dict.fromkeys(sniff.PICTURES, _picture),
    sniff.OFD: _ofd,
    sniff.XML: _invoice_xml,
    sniff.DOCX: _docx,
    sniff.DOC: _or_locked(_doc),
    sniff.RTF: _plain("ingest.rtf:read_rtf"),
    sniff.MHT: _plain("ingest.mht:read_mht"),
    sniff.XLSX: _workbook,
    sniff.XLS: _or_locked(_workbook),
    sniff.ODS: _workbook,
    sniff.XML_SHEET: _plain("ingest.sheet_xml:read_xml_sheet"),
    **dict.fromkeys((sniff.CSV, sniff.TSV), _plain("ingest.delimited:read_delimited")),
    **dict.fromkeys((sniff.TXT, sniff.MD), _text),
    sniff.HTML: _plain("ingest.html:read_html"),
    sniff.OFFICE_LOCKED: _locked,
}


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
