"""Data that files carry beside what they print: the official XML of an e-invoice, alone, in a PDF, or in an OFD."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from ingest.layout import Cell, column_name, sheet_page
from ingest.limits import MB, Limits
from ingest.xml_tree import xml_tree
from records.document import Embedded, Entry, Notice, Page
from records.errors import Unsupported

_MOST = 20_000  # values of one part
_LONG = 600  # characters; beyond that it is a signature or a picture
_DEEP = 24
#: What an invoice calls its number, in the formats that tax authorities and their software have used.
_NUMBER = re.compile(
    r"(?:e-?)?invoice_?(?:no|num|number|id)|eiid|number_?of_?(?:the_?)?(?:electronic_?)?invoice|fphm|fp_?hm|发票号码",
    re.IGNORECASE,
)


def entries_of(root: Element) -> tuple[Entry, ...]:
    """Every value of an XML, by its way from the root; of several elements of one name each gets its number, from 1."""
    found: list[Entry] = []
    for label, value in _values(root, "", 0):
        if len(value) <= _LONG:
            found.append(Entry(label, value))
        if len(found) >= _MOST:
            break
    return tuple(found)


def _values(element: Element, way: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in sorted(element.attrib.items()):
        bare = name.rpartition("}")[2]
        if value.strip() and bare not in ("schemaLocation", "contextRef", "decimals", "unitRef"):
            yield f"{way}/@{bare}".lstrip("/"), value.strip()
    if element.text and element.text.strip() and way:
        yield way, element.text.strip()
    if depth >= _DEEP:
        return
    named = [each for each in element if isinstance(each.tag, str)]
    several = {tag for tag, count in Counter(each.tag for each in named).items() if count > 1}
    seen: Counter[str] = Counter()
    for each in named:
        seen[each.tag] += 1
        name = f"{each.tag}[{seen[each.tag]}]" if each.tag in several else each.tag
        yield from _values(each, f"{way}/{name}" if way else name, depth + 1)


def is_invoice(entries: tuple[Entry, ...]) -> bool:
    """Whether these values are those of an invoice: something bears the name of its number."""
    return any(_NUMBER.fullmatch(last_name(entry.label)) for entry in entries)


def last_name(label: str) -> str:
    """What a value is called, without its way and number: ``GoodsInfo[2]/Amount`` → ``Amount``."""
    return re.sub(r"\[\d+\]$", "", label.rpartition("/")[2]).lstrip("@")


def carried(data: bytes, part: str, name: str, pages: tuple[int, int]) -> Embedded | None:
    """A part of a file as embedded data, if it is an invoice's."""
    root = xml_tree(data, name)
    entries = entries_of(root) if root is not None else ()
    return Embedded(part, entries, pages) if is_invoice(entries) else None


def read_invoice_xml(
    data: bytes, name: str, limits: Limits
) -> tuple[tuple[Page, ...], tuple[Notice, ...], tuple[Embedded, ...]]:
    """An invoice that is nothing but its data: one page of names and values."""
    found = carried(data, name, name, (1, 1))
    if found is None or len(found.entries) > limits.cells:
        raise Unsupported(
            f"{name}（XML 数据文件，请上传其版式文件（PDF） · an XML data file; upload the printed form (PDF)）"
        )
    cells = [Cell(row, column, text) for row, entry in enumerate(found.entries)
             for column, text in enumerate((entry.label, entry.value))]  # fmt: skip
    page = sheet_page(1, cells)
    places = {word.cell: word.box for word in page.words}
    entries = []
    for row, entry in enumerate(found.entries):
        cell = f"{column_name(1)}{row + 1}"
        entries.append(replace(entry, page=1, box=places.get(cell), cell=cell))
    return (page,), (), (replace(found, entries=tuple(entries)),)


#: What the tax authority's PDFs say about themselves in their properties.
_PROPERTIES = (
    "InvoiceNumber", "IssueTime", "SellerName", "SellerIdNum", "BuyerName", "BuyerIdNum", "TotalAmWithoutTax", "TotalTaxAm",
    "TotalTax-includedAmount",
)  # fmt: skip


def attached_to_pdf(data: bytes, name: str, pages: int, password: str | None) -> tuple[Embedded, ...]:
    """The invoice data in a PDF: in files attached to it, and in its own properties."""
    from pypdfium2 import raw

    from ingest.pdfium import opened

    found = []
    with opened(data, name, password) as document:
        for index in range(min(20, max(0, raw.FPDFDoc_GetAttachmentCount(document)))):
            attachment = raw.FPDFDoc_GetAttachment(document, index)
            part = _attachment_name(attachment)
            if not part.lower().endswith((".xml", ".xbrl")):
                continue
            content = _attachment_bytes(attachment)
            one = carried(content, part, name, (1, pages)) if content else None
            if one is not None:
                found.append(one)
        told = tuple(Entry(key, value) for key in _PROPERTIES if (value := _property(document, key)))
    if is_invoice(told):
        found.append(Embedded("PDF 属性", told, (1, pages)))
    return tuple(found)


def _property(document: object, key: str) -> str:
    from pypdfium2 import raw

    buffer = ctypes.create_string_buffer(4 * _LONG)
    length = raw.FPDF_GetMetaText(document, key.encode(), buffer, len(buffer))
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace").strip() if length <= len(buffer) else ""


def _attachment_name(attachment: object) -> str:
    from pypdfium2 import raw

    length = raw.FPDFAttachment_GetName(attachment, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAttachment_GetName(attachment, buffer, length)
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")


def _attachment_bytes(attachment: object) -> bytes:
    from pypdfium2 import raw

    length = ctypes.c_ulong()
    if not raw.FPDFAttachment_GetFile(attachment, None, 0, length) or not 0 < length.value <= 12 * MB:
        return b""
    buffer = ctypes.create_string_buffer(length.value)
    raw.FPDFAttachment_GetFile(attachment, buffer, length.value, length)
    return buffer.raw[: length.value]
