"""PDF: the text layer where it is sound, a picture of the page for OCR where it is not; page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pypdfium2 import raw

from ingest.limits import Limits
from ingest.pdf_check import Trust, sampled, settled, smells
from ingest.pdf_forms import Field, beyond_the_pages, fields_on, form_of, with_fields
from ingest.pdf_guard import guard_pdf
from ingest.pdf_judge import FILLING, SECOND_HAND, UNCHECKED, Verdict, frame_of, judge
from ingest.pdf_lines import Drawn, drawn_on
from ingest.pdf_seen import blanked, hidden_on, mostly
from ingest.pdf_words import Frame, sideways, words_of
from ingest.pdfium import Characters, Handle, characters_of, opened, page_of
from records.document import Notice, Page, Word
from records.errors import DamagedFile, EmptyFile, TooManyPages

if TYPE_CHECKING:
    from PIL.Image import Image

#: Reads the picture of a page whose text layer is of no use; given the picture, the page's number, and how many pixels of
#: the scan stand behind each of the picture's.
PictureReader = Callable[["Image", int, float], tuple[Page, tuple[Notice, ...]]]
OnPage = Callable[[int, int], None]


def read_pdf(
    data: bytes,
    name: str,
    read_picture: PictureReader,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    on_page: OnPage | None = None,
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read every page; the notices say which pages could not be taken at their word."""
    limits = limits or Limits()
    guard_pdf(data, name, limits)
    pages: list[Page] = []
    notices: list[Notice] = []
    with opened(data, name, password) as document, form_of(document) as form:
        count = raw.FPDF_GetPageCount(document)
        if count > limits.pages:
            raise TooManyPages(f"{name}: {count} > {limits.pages}")
        broken = blank = 0
        notices += beyond_the_pages(document)
        file = _File(document, form, read_picture, notices)
        for index in range(count):
            with page_of(document, index) as handle:
                if handle is None:
                    broken += 1
                    notices.append(Notice("page_damaged", f"第 {index + 1} 页已损坏，无法读取。", index + 1))
                    pages.append(Page(index + 1, (), "text", legibility=0.0))
                else:
                    page = _read_page(file, handle, index + 1)
                    blank += page is None
                    pages.append(page or Page(index + 1, (), "text"))
            if on_page:
                on_page(index + 1, count)
        if broken == count:
            raise DamagedFile(name)
        if broken + blank == count:
            raise EmptyFile(name)
    return tuple(pages), tuple(notices)


@dataclass(slots=True)
class _File:
    """The file at hand, and what was found out about its layers so far."""

    document: Handle
    form: Handle | None
    read_picture: PictureReader
    notices: list[Notice]
    trust: Trust = field(default_factory=Trust)


def _read_page(file: _File, page: Handle, number: int) -> Page | None:
    """The page, or None when it is blank."""
    fields, printed = fields_on(file.form, page)
    flat = _flattened(file.document, page, number) if printed else None
    try:
        page = flat or page
        frame = frame_of(page)
        drawn = drawn_on(page)

        def read() -> tuple[Page, tuple[Notice, ...]]:
            return _picture_page(page, frame, drawn, number, file.read_picture)

        with characters_of(page) as characters:
            verdict = _seen(file, page, characters, drawn, judge(characters, frame, drawn, number), number)
            if verdict.notice:
                file.notices.append(verdict.notice)
            if verdict.blank and not fields:
                return None
            if verdict.sound:
                doubtful = verdict.confidence == 1.0 and smells(page, characters, frame, file.trust)
                layer = _text_page(characters, frame, drawn, fields, number, file.notices)
                if verdict.confidence < 1.0:
                    return _second_hand(file, page, layer, read, drawn)
                return _settled(file, layer, read) if doubtful else layer
        found, remarks = read()
        file.notices += remarks
        return found
    finally:
        if flat:
            raw.FPDF_ClosePage(flat)


def _seen(file: _File, page: Handle, characters: Characters, drawn: Drawn, verdict: Verdict, number: int) -> Verdict:
    """The verdict once what nobody sees is taken away: a layer under a scan is second-hand, an empty one of no use."""
    if not verdict.sound or verdict.confidence < 1.0 or verdict.blank:
        return verdict
    frame, hidden = frame_of(page), hidden_on(file.document, page, drawn)
    if hidden and drawn.largest_picture(frame) >= FILLING and mostly(characters, hidden):
        return Verdict(True, confidence=SECOND_HAND)
    file.notices += blanked(characters, hidden, frame, number)
    if hidden and not characters.text.strip("\x00 \r\n\t"):
        return Verdict(sound=False)
    return verdict


def _settled(file: _File, layer: Page, read: Callable[[], tuple[Page, tuple[Notice, ...]]]) -> Page:
    """A layer that smells: as it is, or as the picture says, or as it is with a warning where nobody can tell."""
    found = settled(layer.words, read, layer.number, file.trust)
    if found is None:
        return layer
    if isinstance(found, Notice):
        file.notices.append(found)
        return _doubted(layer, UNCHECKED)
    file.notices += found[1]
    return found[0]


def _second_hand(
    file: _File, page: Handle, layer: Page, read: Callable[[], tuple[Page, tuple[Notice, ...]]], drawn: Drawn
) -> Page:
    """A layer that somebody's OCR laid under a scan: a sample of the first pages tells whether it is to be believed."""
    from ingest.pdf_render import for_reading

    number = layer.number
    same = sampled(
        layer.words,
        lambda: for_reading(page, frame_of(page), drawn)[0],
        lambda band: file.read_picture(band, number, 1.0),
        file.trust,
    )
    if same is False:
        found, remarks = read()
        says = f"第 {number} 页图像下隐藏的文字与图像不一致（抽查），已按图像识别。"
        file.notices += [Notice("invisible_text", says, number), *remarks]
        return found
    says = "，抽查与图像一致" if same else "，未必与图像一致"
    file.notices.append(Notice("invisible_text", f"第 {number} 页的文字由他人识别后隐藏在图像下{says}。", number))
    return _doubted(layer, SECOND_HAND)


def _doubted(page: Page, confidence: float) -> Page:
    words = tuple(replace(word, confidence=confidence) for word in page.words)
    return replace(page, words=words, legibility=confidence)


def _flattened(document: Handle, page: Handle, number: int) -> Handle | None:
    """The page with what was typed into forms and annotations made part of it."""
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return raw.FPDF_LoadPage(document, number - 1) or None


def _text_page(
    characters: Characters, frame: Frame, drawn: Drawn, fields: Sequence[Field], number: int, notices: list[Notice]
) -> Page:
    """The page by its text layer."""
    turn = sideways(characters, frame)
    frame = replace(frame, quarter=(frame.quarter + turn) % 4)
    words, slanted = words_of(characters, frame)
    if slanted:
        shown = "、".join(dict.fromkeys(word.text for word in slanted))[:60]
        notices.append(Notice("watermark", f"第 {number} 页有倾斜的水印：{shown}", number))
    width, height = frame.size
    return Page(
        number,
        _on_page(with_fields(words, fields, frame) if fields else words),
        "text",
        rotation=90 * turn,
        width=round(width, 2),
        height=round(height, 2),
        rulings=drawn.rulings(frame),
    )


def _on_page(words: list[Word]) -> tuple[Word, ...]:
    """Only what stands on the page; text beyond its edge is seen by nobody."""
    return tuple(w for w in words if w.box.x1 > 0 and w.box.y1 > 0 and w.box.x0 < 1 and w.box.y0 < 1)


def _picture_page(
    page: Handle, frame: Frame, drawn: Drawn, number: int, read_picture: PictureReader
) -> tuple[Page, tuple[Notice, ...]]:
    from ingest.pdf_render import for_reading

    picture, native = for_reading(page, frame, drawn)
    return read_picture(picture, number, native)
