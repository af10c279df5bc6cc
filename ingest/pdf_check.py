"""Text layers that smell: held against OCR of the page, and believed only when both say the same.

A sound text layer is never read by OCR. What smells: characters that the file does not map, characters no paper is made of,
digits that look like other digits; and a layer that somebody's OCR laid under a scan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.pdf_glyphs import contradicted
from ingest.pdf_words import Frame
from ingest.pdfium import Characters, Handle
from records.document import Notice, Page, Word
from records.values.text import fold

if TYPE_CHECKING:
    from PIL.Image import Image

_UNMAPPED = 0.3  # share of characters the file does not map
_USUAL = 0.55  # share of Chinese characters among the 3,755 usual ones; papers have 0.97 and more
_ENOUGH = 40  # characters; fewer tell nothing
_SAME = 0.7  # of the words that are long enough: below, layer and picture say different things
_SAMPLES = 2  # pages with a layer under a scan that must agree before the others are believed
_BAND = 0.2  # of the page, read as a sample

PageRead = tuple[Page, tuple[Notice, ...]]


@dataclass(slots=True)
class Trust:
    """What was found out about the layers of one file so far."""

    known: set[str] = field(default_factory=set)  #: fonts whose digits were looked at
    doubted: bool = False  #: a page was found to say something else than its picture
    agreed: int = 0  #: samples of layers under scans that agreed


def smells(page: Handle, characters: Characters, frame: Frame, trust: Trust) -> bool:
    """Whether the layer of a page gives reason to look at the picture."""
    text = characters.text
    where = [index for index in range(0, len(text), max(1, len(text) // 120)) if not text[index].isspace()]
    if len(where) >= _ENOUGH // 2 and sum(map(characters.unmapped, where)) > _UNMAPPED * len(where):
        return True
    return unusual(text) or contradicted(page, characters, frame, trust.known) or trust.doubted


def unusual(text: str) -> bool:
    """Whether Chinese text is made of characters that hardly occur."""
    chinese = [char for char in text if "\u4e00" <= char <= "\u9fff"][:400]
    return len(chinese) >= _ENOUGH and sum(map(_is_usual, chinese)) < _USUAL * len(chinese)


@lru_cache(maxsize=8192)
def _is_usual(char: str) -> bool:
    try:
        return char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def settled(words: Sequence[Word], read: Callable[[], PageRead], number: int, trust: Trust) -> PageRead | Notice | None:
    """The page as its picture says, where the layer says something else; a notice where nobody can tell; None where the
    layer is right."""
    page, remarks = read()
    if not page.words:
        return Notice("text_layer_unchecked", f"第 {number} 页文字层可疑，且无法与图像核对，请人工核对。", number)
    if agreement(words, page.words) >= _SAME:
        return None
    trust.doubted = True
    says = f"第 {number} 页文字层与图像不一致（字符映射有误），已按图像识别。"
    return page, (Notice("text_layer_wrong", says, number), *remarks)


def agreement(layer: Sequence[Word], seen: Sequence[Word]) -> float:
    """The share of the layer's longer words, weighted by length, that OCR read too."""
    text = "".join(_bare(word.text) for word in seen)
    pieces = [piece for word in layer if len(piece := _bare(word.text)) >= 3]
    total = sum(map(len, pieces))
    return sum(len(piece) for piece in pieces if piece in text) / total if total else 1.0


def _bare(text: str) -> str:
    return "".join(char for char in fold(text).lower() if char.isalnum())


# --- a layer under a scan ----------------------------------------------------------------------------------------------


def sampled(
    words: Sequence[Word], picture: Callable[[], Image], read: Callable[[Image], PageRead], trust: Trust
) -> bool | None:
    """Whether the layer under a scan says what a band of the scan shows; None where nobody can tell, or need not ask again."""
    if trust.agreed >= _SAMPLES and not trust.doubted:
        return None
    top = _busiest(words)
    within = [word for word in words if top <= word.box.middle[1] < top + _BAND]
    image = picture()
    band = image.crop((0, int(top * image.height), image.width, int((top + _BAND) * image.height)))
    seen = read(band)[0].words
    if not seen or not any(len(_bare(word.text)) >= 3 for word in within):
        return None
    same = agreement(within, seen) >= _SAME
    trust.agreed += same
    trust.doubted = trust.doubted or not same
    return same


def _busiest(words: Sequence[Word]) -> float:
    """Where the band with the most figures begins."""
    places = [(word.box.middle[1], sum(map(str.isdigit, word.text))) for word in words]
    tops = [step / 20 for step in range(17)]
    return max(tops, key=lambda top: (sum(count for y, count in places if top <= y < top + _BAND), -top))
