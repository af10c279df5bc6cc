"""A column of single letters that OCR took for one upright word (个 over 套 over 米): each letter goes back to its own line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extract.layout import Strip
from records.document import Box, Word

#: Taller than this, against the lines it stands in, and each letter no wider or narrower than a letter can be.
_TALL = 1.7
_LETTER = (0.6, 3.0)  #: height of a letter's share of the word, in widths of the word


def stood_up(strips: Sequence[Strip]) -> Sequence[Strip]:
    """The lines of a page with the letters of upright words in them, where a word crosses as many lines as it has letters."""
    if not any(strip.scanned for strip in strips):
        return strips
    usual = median(word.box.height for strip in strips for word in strip.words)
    moved: dict[int, list[Word]] = {}
    gone: set[int] = set()
    for strip in strips:
        for word in strip.words:
            crossed = _crossed(word, strip, strips, usual)
            for place, lower in enumerate(crossed):
                moved.setdefault(lower.number, []).append(_letter(word, place))
            if crossed:
                gone.add(id(word))
    if not gone:
        return strips
    return [line for strip in strips if (line := _with(strip, moved.get(strip.number, []), gone)).words]


def _crossed(word: Word, strip: Strip, strips: Sequence[Strip], usual: float) -> list[Strip]:
    """The lines that an upright word crosses, one for each letter; none where it is no such word."""
    count = len(word.text)
    share = word.box.height * strip.ratio / (count * max(word.box.width, 1e-6)) if count else 0.0
    if count < 2 or word.box.height < _TALL * usual or not _LETTER[0] < share < _LETTER[1]:
        return []
    others = [s for s in strips if any(w is not word for w in s.words)]
    crossed = [s for s in others if word.box.y0 < _middle(s, word) < word.box.y1]
    most = max((len(s.words) for s in crossed), default=0)
    crossed = [s for s in crossed if len(s.words) >= max(2, most / 2)]  # rows; not a letter at the edge of the page
    return crossed if len(crossed) == count else []


def _middle(strip: Strip, word: Word) -> float:
    """The middle of a line without the upright word in it."""
    boxes = [other.box for other in strip.words if other is not word]
    return sum(box.middle[1] for box in boxes) / len(boxes)


def _letter(word: Word, place: int) -> Word:
    step = word.box.height / len(word.text)
    top = word.box.y0 + place * step
    return Word(word.text[place], Box(word.box.x0, top, word.box.x1, top + step), word.confidence)


def _with(strip: Strip, more: Sequence[Word], gone: set[int]) -> Strip:
    words = [word for word in strip.words if id(word) not in gone]
    if len(words) == len(strip.words) and not more:
        return strip
    return replace(strip, words=tuple(sorted([*words, *more], key=lambda word: word.box.x0)))
