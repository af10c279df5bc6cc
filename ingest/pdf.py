"""PDF: the text layer where it is sound, a picture of the page for OCR where it is not; page by page."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pypdfium2 import raw

from ingest.limits import Limits
from ingest.pdf_lines import Drawn, drawn_on
from ingest.pdf_seen import blanked, hidden_on
from ingest.pdf_words import Frame, words_of
from ingest.pdfium import Characters, Handle, characters_of, opened, page_box, page_of
from records.document import Notice, Page, Word
from records.errors import DamagedFile, EmptyFile, TooManyPages

if TYPE_CHECKING:
    from PIL.Image import Image

#: Reads the picture of a page whose text layer is of no use; given the picture, the page's number, and how many pixels of
#: the scan stand behind each of the picture's.
PictureReader = Callable[["Image", int, float], tuple[Page, tuple[Notice, ...]]]
OnPage = Callable[[int, int], None]

_FEW = 60  # characters: a stamp or a running head over a scan, not the text of a page
_FILLING = 0.5  # of the page: a picture that large is the page
_SPOILT = 0.12  # share of characters that mean nothing
#: Private, replacement and control characters: what a broken table of characters leaves behind.
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\U000f0000-\U0010ffff]")
_SECOND_HAND = 0.85  # what we trust a text that somebody's OCR laid invisibly under a picture


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the text layer of a page can be read, and what a person should know about it."""

    sound: bool
    notice: Notice | None = None
    confidence: float = 1.0
    blank: bool = False  #: nothing is printed on the page, and nothing drawn that could be text


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
    pages: list[Page] = []
    notices: list[Notice] = []
    with opened(data, name, password) as document:
        count = raw.FPDF_GetPageCount(document)
        if count > limits.pages:
            raise TooManyPages(f"{name}: {count} > {limits.pages}")
        broken = blank = 0
        for index in range(count):
            with page_of(document, index) as handle:
                if handle is None:
                    broken += 1
                    notices.append(Notice("page_damaged", f"第 {index + 1} 页已损坏，无法读取。", index + 1))
                    pages.append(Page(index + 1, (), "text", legibility=0.0))
                else:
                    page = _read_page(document, handle, index + 1, read_picture, notices)
                    blank += page is None
                    pages.append(page or Page(index + 1, (), "text"))
            if on_page:
                on_page(index + 1, count)
        if broken == count:
            raise DamagedFile(name)
        if broken + blank == count:
            raise EmptyFile(name)
    return tuple(pages), tuple(notices)


def _read_page(
    document: Handle, page: Handle, number: int, read_picture: PictureReader, notices: list[Notice]
) -> Page | None:
    """The page, or None when it is blank."""
    flat = _flattened(document, page, number)
    try:
        page = flat or page
        frame = frame_of(page)
        drawn = drawn_on(page)
        with characters_of(page) as characters:
            verdict = judge(characters, frame, drawn, number)
            if verdict.notice:
                notices.append(verdict.notice)
            if verdict.blank:
                return None
            if verdict.sound:
                if verdict.confidence == 1.0:
                    notices += blanked(characters, hidden_on(document, page, drawn), frame, number)
                return _text_page(characters, frame, drawn, number, verdict, notices)
        read, remarks = _picture_page(page, frame, drawn, number, read_picture)
        notices += remarks
        return read
    finally:
        if flat:
            raw.FPDF_ClosePage(flat)


_PRINTED = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)


def _flattened(document: Handle, page: Handle, number: int) -> Handle | None:
    """The page with what was typed into forms and annotations made part of it; None when there is nothing such."""
    for index in range(min(200, raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation) if annotation else 0
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)
        if kind in _PRINTED:
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            return raw.FPDF_LoadPage(document, number - 1) or None
    return None


def frame_of(page: Handle) -> Frame:
    """How the page lies, by the file's own word."""
    left, bottom, right, top = page_box(page)
    return Frame(left, bottom, max(1.0, right - left), max(1.0, top - bottom), raw.FPDFPage_GetRotation(page) % 4)


def judge(characters: Characters, frame: Frame, drawn: Drawn, number: int) -> Verdict:
    """Whether the text layer says what the page shows."""
    text = characters.text
    solid = len(text) - sum(map(text.count, " \r\n\t\u3000\u00a0"))
    picture = drawn.largest_picture(frame) if drawn.pictures else 0.0
    if solid == 0:
        blank = picture < 0.02 and drawn.paths < 30
        return Verdict(sound=blank, blank=blank)
    if _outside(characters, frame) > 0.8 * solid:
        return Verdict(sound=False)
    if len(_MEANINGLESS.findall(text)) > _SPOILT * solid:
        return Verdict(False, Notice("text_layer_garbled", f"第 {number} 页文字层是乱码，已按图像识别。", number))
    if picture >= _FILLING:
        if solid < _FEW:
            return Verdict(sound=False)
        if _invisible(characters):
            message = f"第 {number} 页的文字由他人识别后隐藏在图像下，未必与图像一致。"
            return Verdict(True, Notice("invisible_text", message, number), _SECOND_HAND)
    return Verdict(sound=True)


def _outside(characters: Characters, frame: Frame) -> int:
    left, right = frame.left - 2, frame.left + frame.width + 2
    low, high = frame.bottom - 2, frame.bottom + frame.height + 2
    xs, ys = characters.left, characters.bottom
    if left <= min(xs) and max(xs) <= right and low <= min(ys) and max(ys) <= high:
        return 0
    return sum(1 for x, y in zip(xs, ys, strict=True) if not (left <= x <= right and low <= y <= high))


def _invisible(characters: Characters) -> bool:
    """Whether most of the text is laid down without being drawn (render mode 3)."""
    modes = Counter(characters.render_mode(index) for index in _sample(characters.text, 24))
    return modes[raw.FPDF_TEXTRENDERMODE_INVISIBLE] > 0.6 * sum(modes.values())


def _sample(text: str, count: int) -> list[int]:
    """Some characters that are no blanks, spread over the page."""
    step = max(1, len(text) // (2 * count))
    return [index for index in range(0, len(text), step) if not text[index].isspace()]


def _sideways(characters: Characters, frame: Frame) -> int:
    """Quarter turns clockwise that bring most of the text upright, beyond what the file itself asks for."""
    quarters: Counter[int] = Counter()
    sample = _sample(characters.text, 40)
    for index in sample:
        angle = characters.angle(index)
        if angle >= 0:
            quarters[round(angle / (math.pi / 2)) % 4] += 1
    if not quarters:
        return 0
    turned, votes = quarters.most_common(1)[0]
    if votes < 0.6 * len(sample):
        return 0
    return (-turned - frame.quarter) % 4


def _text_page(
    characters: Characters, frame: Frame, drawn: Drawn, number: int, verdict: Verdict, notices: list[Notice]
) -> Page:
    turn = _sideways(characters, frame)
    frame = replace(frame, quarter=(frame.quarter + turn) % 4)
    words, slanted = words_of(characters, frame)
    if slanted:
        shown = "、".join(dict.fromkeys(word.text for word in slanted))[:60]
        notices.append(Notice("watermark", f"第 {number} 页有倾斜的水印：{shown}", number))
    if verdict.confidence < 1.0:
        words = [replace(word, confidence=verdict.confidence) for word in words]
    width, height = frame.size
    return Page(
        number,
        _on_page(words),
        "text",
        rotation=90 * turn,
        legibility=verdict.confidence,
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
