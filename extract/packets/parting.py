"""The papers in one file: where one ends and the next begins, what is blank, and which pages are missing.

A page begins a paper when it says so: page 1 of its own counting, a title that is not the paper's so far, or the same title
with another account, number or month. A page that says nothing goes on with the paper before it; a page whose number goes on
does so whatever it is called, for a report may hold a balance sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from extract.layout import Sheet, squeezed
from extract.packets.fronts import Front, front
from extract.packets.halves import parts_of
from extract.recognise import recognise
from ingest import sniff
from records.document import Document, Page
from records.facts import Finding

_MARKS = 3  # characters: what a scanner makes of an empty page
_LIKE = 0.75  # of a number read by OCR: as like as that it is the same, misread
_INSTRUCTIONS = re.compile(
    r"(?:填写|填报|编制|使用|导入|操作|模板)(?:说明|须知|指引|指南)|^(?:说明|须知|注意事项|instructions|readme|数据字典)"
)
_IN_WORDS = re.compile(r"合计.{0,8}大写|大写.{0,6}合计|价税合计|[壹贰叁肆伍陆柒捌玖拾佰仟万亿]{3,}[元圆]")
_HOLDS = r"(?:包括|后附|附件|附表|附[:：]|所附|如下|详见|见下)"


@dataclass(slots=True)
class Bundle:
    """The pages of one paper, with what their order tells."""

    sheet: Sheet
    pages: list[Page]
    fronts: list[Front] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    instructions: bool = False  #: a sheet of a workbook that only says how to fill in the others

    def sheet_of_its_own(self) -> Sheet:
        """The paper's pages as a sheet."""
        return self.sheet.part(self.pages)


def papers_in(document: Document) -> list[Bundle]:
    """The papers of a file in the order of its pages; every page that is not blank belongs to one."""
    if not document.pages:
        return []
    sheet = Sheet(document, document.pages)
    if all(page.source == "cells" for page in document.pages):
        return [_tab(sheet, page) for page in document.pages if page.words]
    if not _has_pages(document):
        return [Bundle(sheet, list(document.pages))]
    bundles: list[Bundle] = []
    blank = [page for page in document.pages if _blank(page, document)]
    for page in document.pages:
        if any(page is other for other in blank):
            continue
        for part, said in _parts(sheet, page):
            if bundles and not _begins(bundles[-1], part, said):
                bundles[-1].pages.append(part)
                bundles[-1].fronts.append(said)
            else:
                bundles.append(Bundle(sheet, [part], [said]))
    for page in blank if bundles else ():
        before = [bundle for bundle in bundles if bundle.pages[0].number < page.number]
        (before or bundles[:1])[-1].findings.append(_said_blank(page))
    for bundle in bundles:
        bundle.findings += _gaps(bundle)
    return bundles or [Bundle(sheet, list(document.pages))]


def _has_pages(document: Document) -> bool:
    """Whether page breaks are the paper's own; running text was broken into pages by us."""
    kind = document.media_type
    return kind == sniff.PDF or kind == sniff.OFD or kind in sniff.PICTURES


def _tab(sheet: Sheet, page: Page) -> Bundle:
    head = [squeezed(strip.text) for strip in sheet.by_page[page.number][:3]]
    figures = sum(word.text.replace(",", "").replace(".", "").isdigit() for word in page.words)
    told = any(_INSTRUCTIONS.search(text.lower()) and len(text) < 40 for text in head)
    return Bundle(sheet, [page], instructions=told and 10 * figures <= len(page.words))


def _blank(page: Page, document: Document) -> bool:
    """Whether nothing is printed on a page; one that could not be read, which is said, is not blank."""
    if sum(len(word.text) for word in page.words) > _MARKS:
        return False
    return not any(notice.page == page.number for notice in document.notices)


def _said_blank(page: Page) -> Finding:
    return Finding("blank_page", f"第 {page.number} 页空白，未计入任何单据。", page.number)


# --- does this page begin a paper? -------------------------------------------------------------------------------------


def _begins(bundle: Bundle, page: Page, said: Front) -> bool:
    before = bundle.fronts[-1]
    if before.number is not None and (said.number, said.of) == (before.number + 1, before.of):
        return False
    if said.number == 1:
        return True
    if _another(bundle, page, said.identity):
        return True
    if said.title is None:
        return _looks_different(bundle, page)
    own = next((item.title for item in bundle.fronts if item.title is not None), None)
    if own is None:
        return _is_another_type(bundle, said)
    if own.text == said.title.text or own.types & said.title.types:
        return not _shares(bundle, said) and (_closed(bundle) or not _like(own.text, said.title.text))
    return not _holds(bundle, said.title.text)


def _like(one: str, other: str) -> bool:
    return one in other or other in one


def _shares(bundle: Bundle, said: Front) -> bool:
    """Whether a number of this paper stands on this page too."""
    return any(item.identity.get(name) == value for item in bundle.fronts for name, value in said.identity.items())


def _closed(bundle: Bundle) -> bool:
    """Whether the paper so far has come to its end: its total stands there in words, which no page of many has."""
    return any(
        _IN_WORDS.search(squeezed(strip.text)) for strip in bundle.sheet_of_its_own().by_page[bundle.pages[-1].number]
    )


def _another(bundle: Bundle, page: Page, identity: Mapping[str, str]) -> bool:
    """Whether a number or month that this paper has is another one on this page."""
    known: dict[str, str] = {}
    for item in bundle.fronts:
        known = {**item.identity, **known}
    return any(name in known and _differ(known[name], value, page) for name, value in identity.items())


def _differ(one: str, other: str, page: Page) -> bool:
    if one == other or one.strip("*") in other or other.strip("*") in one:
        return False
    if page.source != "ocr":
        return True
    halves, others = one.split(" ~ "), other.split(" ~ ")
    if (
        len(halves) == len(others) == 2
    ):  # a period that is another one begins and ends elsewhere; a misread one does not
        return halves[0] != others[0] and halves[1] != others[1]
    return len(one) < 8 or SequenceMatcher(None, one, other).ratio() < _LIKE


def _looks_different(bundle: Bundle, page: Page) -> bool:
    """A page without a title that is of another make (a photo behind a print) may be a paper of its own."""
    last = bundle.pages[-1]
    if last.source == page.source and abs(last.width / last.height - page.width / page.height) < 0.05:
        return False
    mine = recognise(bundle.sheet.part([page])).type
    return mine is not None and mine is not recognise(bundle.sheet_of_its_own()).type


def _is_another_type(bundle: Bundle, said: Front) -> bool:
    """Behind pages without a title: a title of what those pages were taken for goes on with them."""
    kind = recognise(bundle.sheet_of_its_own()).type
    assert said.title is not None
    return kind is None or kind.type_id not in said.title.types


def _holds(bundle: Bundle, title: str) -> bool:
    """Whether the paper so far says that what is so called comes with it (后附的资产负债表)."""
    text = bundle.sheet_of_its_own().squeezed().replace("\n", "")
    return bool(re.search(rf"{_HOLDS}[^。]{{0,60}}{re.escape(title)}", text))


# --- two papers on one page --------------------------------------------------------------------------------------------


def _parts(sheet: Sheet, page: Page) -> Iterator[tuple[Page, Front]]:
    """The page with its front, or its parts where they are different papers."""
    whole = front(sheet, page.number)
    parts = parts_of(sheet, page) if whole.title is not None else [page]
    if len(parts) > 1:
        fronts = [front(sheet.part([part]), part.number) for part in parts]
        if all(item.title is not None for item in fronts) and _told_apart(parts, fronts):
            yield from zip(parts, fronts, strict=True)
            return
    yield page, whole


def _told_apart(parts: Sequence[Page], fronts: Sequence[Front]) -> bool:
    """Whether the parts differ in a number, or each counts its pages from 1."""
    if all(item.number == 1 for item in fronts):
        return True
    first = fronts[0].identity
    return all(
        any(name in first and _differ(first[name], value, part) for name, value in item.identity.items())
        for part, item in zip(parts[1:], fronts[1:], strict=True)
    )


# --- pages missing -----------------------------------------------------------------------------------------------------


def _gaps(bundle: Bundle) -> Iterator[Finding]:
    """第1页, 第3页 of 共3页: the second is missing."""
    numbers = [item.number for item in bundle.fronts if item.number is not None]
    of = max((item.of or 0 for item in bundle.fronts), default=0) or max(numbers, default=0)
    if len(numbers) < len(bundle.fronts) or of > 2000 or not numbers:
        return
    missing = [
        number for number in range(min(numbers) if not bundle.fronts[0].of else 1, of + 1) if number not in numbers
    ]
    if missing:
        shown = "、".join(map(str, missing[:20])) + ("…" if len(missing) > 20 else "")
        page = bundle.pages[0].number
        yield Finding("page_missing", f"纸上标明共 {of} 页，缺第 {shown} 页。", page)
