"""Word documents (docx): text and tables in the order of the document, pictures of pages read as pages where they stand."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from ingest.container import checked, whole
from ingest.docx_body import Block, Body, Picture, W
from ingest.docx_numbers import Numbers
from ingest.flow import broken
from ingest.layout import LINES, TextLine, text_pages
from ingest.limits import Limits
from ingest.text import flowing
from records.document import Notice, Page
from records.errors import Bomb, DamagedFile, EmptyFile, TooLarge, TooManyPages, UnreadableFile

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OnPage = Callable[[int, int], None]
#: A picture in the document, and which of its own pages.
Shown = tuple[bytes, int]
_MOST_PICTURES = 200
_MOST_TAGS = 3_000_000  # thirty and more to each line of as many pages as a file may have
_RELATIONS = re.compile(r"word/_rels/document\d*\.xml\.rels")
_MAIN = re.compile(r"word/document\d*\.xml")
_EMBED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def read_docx(
    data: bytes, name: str, *, ocr: str = "auto", limits: Limits | None = None, on_page: OnPage | None = None
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read the headers, the text, then footers and notes; pages of our own making, for Word keeps none."""
    pages, notices, _ = _read(data, name, ocr, limits or Limits(), on_page)
    return pages, notices


def picture_on(data: bytes, name: str, number: int) -> Shown | None:
    """What a page is a picture of; None for a page of text."""
    _, _, pictures = _read(data, name, "off", Limits(), None)
    return pictures.get(number)


def _read(
    data: bytes, name: str, ocr: str, limits: Limits, on_page: OnPage | None
) -> tuple[tuple[Page, ...], tuple[Notice, ...], dict[int, Shown]]:
    with checked(data, name, limits) as archive:
        main = next((path for path in archive.namelist() if _MAIN.fullmatch(path)), "word/document.xml")
        body = _parsed(whole(archive, main, name, limits), name)
        if body is None:
            raise DamagedFile(name)
        parts = {
            kind: [_parsed(whole(archive, path, name, limits), name) for path in _named(archive, kind)]
            for kind in ("header", "footer", "footnotes", "endnotes")
        }
        numbers = Numbers(
            _parsed(whole(archive, "word/numbering.xml", name, limits), name), _styles(archive, name, limits)
        )
        blocks: list[Block] = list(_header(parts["header"]))
        try:
            blocks += Body(numbers).blocks(body)
            for kind in ("footnotes", "endnotes", "footer"):
                blocks += _header(parts[kind])
        except RecursionError as error:
            raise DamagedFile(f"{name}: nested without end") from error
        if sum(not isinstance(block, Picture) for block in blocks) > limits.pages * LINES:
            raise TooManyPages(f"{name}: {len(blocks)} lines")
        notices: list[Notice] = []
        if any(body.iter(W + "del")) or any(body.iter(W + "ins")):
            notices.append(Notice("tracked_changes", "文档含修订痕迹：按修订后的内容读取，已删除的内容不读。"))
        pictures = _Pictures(archive, name, ocr, limits)
        pages, remarks = _pages(blocks, pictures, on_page)
    if not pages:
        raise EmptyFile(name)
    return tuple(pages), (*notices, *remarks), pictures.shown


def _named(archive: zipfile.ZipFile, kind: str) -> list[str]:
    return sorted(path for path in archive.namelist() if path.startswith(f"word/{kind}") and path.endswith(".xml"))


def _styles(archive: zipfile.ZipFile, name: str, limits: Limits) -> Element | None:
    return _parsed(whole(archive, "word/styles.xml", name, limits), name)


def _parsed(data: bytes | None, name: str) -> Element | None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if data is None:
        return None
    if (tags := data.count(b"<")) > _MOST_TAGS:
        raise TooLarge(f"{name}: {tags} tags")
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:  # entities: a Word document has none
        raise Bomb(f"{name}: {type(error).__name__}") from error
    except (ParseError, ValueError, RecursionError, LookupError) as error:
        raise DamagedFile(name) from error
    return root


def _header(roots: list[Element | None]) -> Iterator[TextLine]:
    """What stands at the head or foot of the pages, once."""
    seen: set[str] = set()
    for root in roots:
        for paragraph in root.iter(W + "p") if root is not None else ():
            text = Body.text(paragraph).strip()
            if text and text not in seen:
                seen.add(text)
                yield from flowing(text)


def _pages(blocks: list[Block], pictures: _Pictures, on_page: OnPage | None) -> tuple[list[Page], list[Notice]]:
    """Text on pages of its own making; a picture of a page is a page between them."""
    said = any(piece.text.strip() for block in blocks if not isinstance(block, Picture) for piece in block)
    shown = [block for block in blocks if isinstance(block, Picture) and (block.page_like or not said)]
    pages: list[Page] = []
    notices: list[Notice] = []
    lines: list[TextLine] = []

    def turn() -> None:
        if any(piece.text.strip() for line in lines for piece in line):
            pages.extend(replace(page, number=page.number + len(pages)) for page in text_pages(broken(lines), "text"))
        lines.clear()

    for block in blocks:
        if not isinstance(block, Picture):
            lines.append(block)
        elif block in shown[:_MOST_PICTURES]:
            turn()
            for page, remarks in pictures.read(block, len(pages)):
                pages.append(page)
                notices += remarks
                if on_page:
                    on_page(len(pages), len(pages) + len(shown))
    turn()
    if on_page and pages:
        on_page(len(pages), len(pages))
    return pages, notices


class _Pictures:
    """The pictures of the document, by what the text calls them."""

    def __init__(self, archive: zipfile.ZipFile, name: str, ocr: str, limits: Limits) -> None:
        self.shown: dict[int, Shown] = {}  #: by the page of the document that it became
        self._archive, self._name, self._ocr, self._limits = archive, name, ocr, limits
        path = next((path for path in archive.namelist() if _RELATIONS.fullmatch(path)), "")
        root = _parsed(whole(archive, path, name, limits), name)
        self._targets = {
            about.get("Id"): posixpath.normpath(posixpath.join("/word", about.get("Target") or "")).lstrip("/")
            for about in (root.iter(_EMBED) if root is not None else ())
            if about.get("TargetMode") != "External"
        }

    def read(self, picture: Picture, before: int) -> Iterator[tuple[Page, list[Notice]]]:
        """The picture as pages after so many; nothing when it is drawn and not photographed, or broken."""
        from ingest import sniff
        from ingest.picture import read_picture

        path = self._targets.get(picture.identity) or ""
        if path not in self._archive.NameToInfo:
            return
        try:
            content = whole(self._archive, path, self._name, self._limits) or b""
            kind = sniff.media_type(content)
            if kind not in sniff.PICTURES:
                return
            pages, notices = read_picture(content, self._name, kind, ocr=self._ocr, limits=self._limits)
        except (TooLarge, Bomb):
            raise
        except UnreadableFile as problem:
            yield (
                Page(before + 1, (), "ocr", legibility=0.0),
                [
                    Notice(
                        "picture_unreadable", f"第 {before + 1} 页的内嵌图片无法读取：{problem.says_zh}。", before + 1
                    )
                ],
            )
            return
        for page in pages:
            number = page.number + before
            self.shown[number] = (content, page.number)
            yield (
                replace(page, number=number),
                [replace(notice, page=number) for notice in notices if notice.page in (None, page.number)],
            )
