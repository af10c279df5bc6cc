"""OFD (GB/T 33190): the text as the file places it, OCR for pages that are pictures, and the data it carries; page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ingest.embedded import carried
from ingest.limits import Limits
from ingest.ocr import PageRead, page_reader
from ingest.ofd_marks import Face, PathMark, PictureMark, face_of
from ingest.ofd_package import Package, package
from ingest.ofd_tree import OfdDocument, OfdPage, documents_in
from ingest.ofd_words import Lettered, largest_picture, lettered, rulings, text_of_objects
from ingest.xml_tree import children
from records.document import Embedded, Entry, Notice, Page
from records.errors import DamagedFile, EmptyFile

OnPage = Callable[[int, int], None]
OfdRead = tuple[tuple[Page, ...], tuple[Notice, ...], tuple[Embedded, ...]]

_FEW = 60  # characters: a stamp or a running head over a scan, not the text of a page
_SOME = 300  # characters: what is typed into a form whose printed part may be a picture
_FILLING = 0.5  # of the page: a picture that large is the page
_SECOND_HAND = 0.85  # what we trust a text that somebody's OCR laid invisibly under a picture
_SPOILT = 0.12  # share of characters that mean nothing
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be read on a page without looking at its pictures, and whether that is what it says."""

    seen: Lettered
    sound: bool
    notice: Notice | None = None
    confidence: float = 1.0
    blank: bool = False


def read_ofd(
    data: bytes, name: str, *, ocr: str = "auto", limits: Limits | None = None, on_page: OnPage | None = None
) -> OfdRead:
    """Read every page of every document in the file, and the data beside them."""
    limits = limits or Limits()
    read_picture = page_reader(ocr)
    pages: list[Page] = []
    notices: list[Notice] = []
    embedded: list[Embedded] = []
    with package(data, name, limits) as pack:
        documents = documents_in(pack, limits)
        total = sum(len(document.pages) for document in documents)
        empty = broken = 0
        for page in (page for document in documents for page in document.pages):
            read = _read_page(pack, page, read_picture, notices, limits)
            broken += read is None and pack.tree(page.key) is None
            empty += read is None
            pages.append(read or Page(page.number, (), "text", legibility=0.0 if pack.tree(page.key) is None else 1.0))
            if on_page:
                on_page(page.number, total)
        for document in documents:
            embedded += _carried(pack, document)
            notices += _beside(document)
    if not embedded and empty == total:
        raise DamagedFile(name) if broken or not total else EmptyFile(name)
    return tuple(pages), tuple(notices), tuple(embedded)


def _read_page(
    pack: Package,
    page: OfdPage,
    read_picture: Callable[..., PageRead],
    notices: list[Notice],
    limits: Limits,
) -> Page | None:
    """The page, or None when it is blank or its content is missing."""
    if pack.tree(page.key) is None:
        notices.append(Notice("page_damaged", f"第 {page.number} 页的内容缺失或已损坏，无法读取。", page.number))
        return None
    face = face_of(pack, page)
    verdict = judge(face, page.number)
    if any(isinstance(mark, PictureMark) and mark.key is None for mark in face.marks):
        message = f"第 {page.number} 页有图片在文件中找不到，可能缺少内容。"
        notices.append(Notice("picture_missing", message, page.number))
    if verdict.notice:
        notices.append(verdict.notice)
    if verdict.blank:
        return None
    if verdict.sound:
        return _text_page(face, page.number, verdict, notices)
    from ingest.ofd_draw import for_reading

    picture, native = for_reading(pack, face, limits)
    read, remarks = read_picture(picture, page.number, native)
    notices += remarks
    return read


def judge(face: Face, number: int) -> Verdict:
    """Whether the text of a page says what the page shows."""
    seen = lettered(face)
    picture = largest_picture(face)
    if picture >= _FILLING and seen.hidden >= _FEW and seen.hidden > seen.solid:
        message = f"第 {number} 页的文字由他人识别后隐藏在图像下，未必与图像一致。"
        return Verdict(lettered(face, hidden=True), True, Notice("invisible_text", message, number), _SECOND_HAND)
    if picture >= _FILLING and seen.solid < _FEW:
        return Verdict(seen, sound=False)
    if picture >= _FILLING and seen.solid < _SOME:
        message = f"第 {number} 页的文字印在铺满页面的图像上，图像中的文字没有读取；如有需要请打印后扫描上传。"
        return Verdict(seen, True, Notice("picture_unread", message, number))
    if not seen.words:
        paths = sum(isinstance(mark, PathMark) for mark in face.marks)
        blank = picture < 0.02 and paths < 30 and not seen.slanted
        return Verdict(seen, sound=blank, blank=blank)
    text = "".join(word.text for word in seen.words)
    if len(_MEANINGLESS.findall(text)) > _SPOILT * len(text):
        message = f"第 {number} 页的文字编码是乱码，请打印为 PDF 或扫描后上传。"
        return Verdict(seen, True, Notice("text_layer_garbled", message, number), 0.3)
    return Verdict(seen, sound=True)


def _text_page(face: Face, number: int, verdict: Verdict, notices: list[Notice]) -> Page:
    seen = verdict.seen
    if seen.slanted:
        shown = "、".join(dict.fromkeys(word.text for word in seen.slanted))[:60]
        notices.append(Notice("watermark", f"第 {number} 页有倾斜的水印：{shown}", number))
    width, height = face.box[2] / 25.4 * 72, face.box[3] / 25.4 * 72
    if seen.rotation % 180:
        width, height = height, width
    sure = verdict.confidence
    return Page(
        number,
        seen.words if sure == 1.0 else tuple(replace(word, confidence=sure) for word in seen.words),
        "text",
        rotation=seen.rotation,
        legibility=sure,
        width=round(width, 2),
        height=round(height, 2),
        rulings=rulings(face, seen.rotation),
    )


# --- what lies beside the pages -----------------------------------------------------------------------------------------


def _beside(document: OfdDocument) -> Iterator[Notice]:
    first = document.pages[0].number if document.pages else None
    if document.signatures:
        message = f"文件带有 {document.signatures} 个电子签章，这里没有验证其有效性。"
        yield Notice("signature_unverified", message, first)
    others = [name for name, key in document.attachments if not key.endswith((".xml", ".xbrl"))]
    if others:
        yield Notice("attachments", f"文件带有附件，未读取：{'、'.join(others)[:80]}", first)


def _carried(pack: Package, document: OfdDocument) -> Iterator[Embedded]:
    """The data of one document: attached invoices, what DocInfo says, and the tags that name texts on its pages."""
    if not document.pages:
        return
    pages = document.pages[0].number, document.pages[-1].number
    keys = [key for _, key in document.attachments if key.endswith((".xml", ".xbrl"))]
    keys += [key for key in pack.ending("original_invoice.xml", ".xbrl") if key.startswith(document.folder.lower())]
    for key in dict.fromkeys(keys):
        found = carried(pack.bytes(key), pack.title(key), pack.name, pages)
        if found is not None:
            yield found
    values = tuple(Entry(name, value) for name, value in document.values if name and value)
    if values:
        yield Embedded("OFD.xml", values, pages)
    for key in document.tags:
        entries = tuple(_tagged(pack, document, pack.tree(key)))
        if entries:
            yield Embedded(pack.title(key), entries, pages, "tags")


def _tagged(pack: Package, document: OfdDocument, root: Element | None) -> Iterator[Entry]:
    """Every name in a tag file, with the text of the objects it points to."""
    faces: dict[str, tuple[OfdPage, Face]] = {}
    for page in document.pages[:8]:
        if pack.tree(page.key) is not None:
            faces[page.id] = page, face_of(pack, page)
    for way, element in _leaves(root, "") if root is not None else ():
        wanted: dict[str, list[str]] = {}
        for each in children(element, "ObjectRef"):
            wanted.setdefault(each.get("PageRef", ""), []).append((each.text or "").strip())
        for page_id, ids in wanted.items():
            meant = faces.get(page_id) or next(iter(faces.values()), None)
            if meant is None:
                continue
            text, place = text_of_objects(meant[1], ids)
            if text and place:
                yield Entry(way, text, meant[0].number, place)


def _leaves(element: Element, way: str, depth: int = 0) -> Iterator[tuple[str, Element]]:
    if children(element, "ObjectRef"):
        yield way, element
    for each in element if depth < 12 else ():
        if isinstance(each.tag, str) and each.tag != "ObjectRef":
            yield from _leaves(each, f"{way}/{each.tag}".lstrip("/"), depth + 1)
