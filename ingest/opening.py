"""Bytes in, document out: the one door through which every file is opened."""

from __future__ import annotations

import hashlib

from ingest import sniff
from ingest.limits import Limits
from ingest.readers import Given, OnPage, read
from records.document import Document, Notice
from records.errors import EmptyFile, TooLarge

__all__ = ["OnPage", "check_size", "open_file"]

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

    ``ocr`` names the engine for pages without a sound text: auto, rapid, tesseract, both, or off.
    """
    limits = limits or Limits()
    check_size(data, name, limits)
    kind = sniff.media_type(data, name)
    found = read(Given(data, name, kind, password, limits, ocr, on_page))
    said = [notice for notice in (_misnamed(name, kind), *found.notices) if notice is not None]
    if not any(page.words for page in found.pages):
        said.append(Notice("no_text", "没有读到任何文字。"))
    digest = hashlib.sha256(data).hexdigest()
    return Document(digest, name, kind, len(data), found.pages, tuple(said), found.embedded, found.traits)


def check_size(data: bytes, name: str, limits: Limits) -> None:
    """Neither nothing nor too much."""
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile(name)
    if len(data) > limits.bytes:
        raise TooLarge(f"{name}: {len(data) / 1e6:.1f} MB > {limits.bytes / 1e6:.0f} MB")


def _misnamed(name: str, kind: str) -> Notice | None:
    suffix = name.lower().rpartition(".")[2]
    if suffix in _PROMISED and kind not in _PROMISED[suffix]:
        return Notice("misnamed", f"文件扩展名为 .{suffix}，内容实为 {kind}，已按内容读取。")
    return None
