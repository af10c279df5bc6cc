"""Whether the text layer of a page can be read: not where it is rubbish, beside the page, or only a head over a scan."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pypdfium2 import raw

from ingest.pdf_lines import Drawn
from ingest.pdf_words import Frame, sample
from ingest.pdfium import Characters, Handle, page_box
from records.document import Notice

_FEW = 60  # characters: a stamp or a running head over a scan, not the text of a page
FILLING = 0.5  # of the page: a picture that large is the page
_SPOILT = 0.12  # share of characters that mean nothing
#: Private, replacement and control characters: what a broken table of characters leaves behind.
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\U000f0000-\U0010ffff]")
UNCHECKED = 0.6  # what we trust a layer that smells and cannot be held against its picture
SECOND_HAND = 0.85  # what we trust a text that somebody's OCR laid invisibly under a picture


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the text layer of a page can be read, and what a person should know about it."""

    sound: bool
    notice: Notice | None = None
    confidence: float = 1.0
    blank: bool = False  #: nothing is printed on the page, and nothing drawn that could be text


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
    if picture >= FILLING:
        if solid < _FEW:
            return Verdict(sound=False)
        if _invisible(characters):
            return Verdict(True, confidence=SECOND_HAND)
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
    modes = Counter(characters.render_mode(index) for index in sample(characters.text, 24))
    return modes[raw.FPDF_TEXTRENDERMODE_INVISIBLE] > 0.6 * sum(modes.values())
