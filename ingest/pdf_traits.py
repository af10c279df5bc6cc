"""What a PDF says about its own making: producer, dates, how often it was saved again, and which figures a later save changed."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from datetime import date

from pypdfium2 import raw

from ingest.pdfium import Handle, opened, page_of
from records.document import Revision, Traits
from records.errors import UnreadableFile

#: The end of one save: a later one is written behind it.
_SAVED = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]{0,2}")
_FIGURE = re.compile(r"\d[\d,]*\.\d\d(?!\d)|\d{4,}")
#: Earlier saves that are looked at, the latest first, and pages compared in each.
_SAVES, _PAGES = 3, 80


def traits_of(data: bytes, name: str, password: str | None = None) -> Traits:
    """The making of a PDF that can be opened; never an error, a file that says nothing says nothing."""
    ends = saves_in(data)
    try:
        with opened(data, name, password) as document:
            told = {key: _metadata(document, key) for key in ("Producer", "Creator", "CreationDate", "ModDate")}
            changes = _changes(data, name, password, ends, document) if len(ends) > 1 else ()
    except UnreadableFile:
        return Traits(revisions=max(1, len(ends)))
    return Traits(
        told["Producer"].strip(), told["Creator"].strip(), _day(told["CreationDate"]), _day(told["ModDate"]),
        max(1, len(ends)), changes,
    )  # fmt: skip


def saves_in(data: bytes) -> list[int]:
    """Where each save of the file ends. The first mark of a file laid out for the web is no save of its own."""
    ends = [found.end() for found in _SAVED.finditer(data)]
    return ends[1:] if len(ends) > 1 and b"/Linearized" in data[:2048] else ends


def _metadata(document: Handle, key: str) -> str:
    size = raw.FPDF_GetMetaText(document, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(document, key.encode(), buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _day(text: str) -> str | None:
    """The day in D:20240305120000+08'00'."""
    found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _changes(data: bytes, name: str, password: str | None, ends: list[int], last: Handle) -> tuple[Revision, ...]:
    """Figures of an earlier save that no longer stand on their page; what was only added (a seal, a date) is no change."""
    found: dict[int, Revision] = {}
    for end in reversed(ends[:-1][-_SAVES:]):
        try:
            with opened(data[:end], name, password) as earlier:
                for index in range(min(_PAGES, raw.FPDF_GetPageCount(earlier), raw.FPDF_GetPageCount(last))):
                    before, after = _figures(earlier, index), _figures(last, index)
                    gone, come = before - after, after - before
                    if gone and sum(before.values()) > sum(gone.values()):
                        was, now = tuple(sorted(gone)), tuple(sorted(come))
                        found.setdefault(index + 1, Revision(index + 1, was, now))
        except UnreadableFile:
            continue
    return tuple(found[page] for page in sorted(found))


def _figures(document: Handle, index: int) -> Counter[str]:
    """All figures in the text of a page, as often as each stands there."""
    with page_of(document, index) as page:
        textpage = raw.FPDFText_LoadPage(page) if page else None
        if not textpage:
            return Counter()
        try:
            count = raw.FPDFText_CountChars(textpage)
            buffer = (ctypes.c_ushort * (count + 1))()
            raw.FPDFText_GetText(textpage, 0, count, buffer)
            return Counter(_FIGURE.findall(bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")))
        finally:
            raw.FPDFText_ClosePage(textpage)
