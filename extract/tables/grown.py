"""Words that an engine drew together over the white between two columns (3,174,250.37代发工资户), parted where the other rows
of the table show that white: by character boxes, never by what is written, and only where most rows agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.layout import Strip, folded, part
from extract.tables.grid import AMOUNT, is_note
from records.document import Word

_NEAR = 0.6  # of a character's width: how exactly character boxes are known
_RIM = 0.15  # of a character's width that is white on either side of the cut
_ROWS = 2  # rows that must show the white
_DIGITS = 4  # of a number that is nothing but digits: fewer are no number of their own
_SIDES = ("借", "贷", "收", "支", "元")  # one of them may end an amount
_FIGURE = frozenset("0123456789.,+-*:/¥%")


def parted(body: Sequence[Strip]) -> list[Strip]:
    """The lines of a table with such words parted; lines of anything but a scan are left as they are."""
    if not body or not body[0].scanned:
        return list(body)
    lines = [strip.words for strip in body if not is_note(strip)]
    found = []
    for strip in body:
        words = strip.words if is_note(strip) else _all_parts(strip.words, lines)
        found.append(strip if words == strip.words else replace(strip, words=words))
    return found


def _all_parts(words: Sequence[Word], lines: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    """The pieces of all words; not those that only say again what the word beside them begins with, read by both boxes."""
    found: list[Word] = []
    for word in words:
        pieces = _parts(word, lines)
        beside = [other for other in words if other is not word and word.box.x0 < other.box.x0 < word.box.x1]
        while len(pieces) > 1 and any(other.text.startswith(pieces[-1].text) for other in beside):
            pieces.pop()
        found += pieces
    return tuple(sorted(found, key=lambda piece: piece.box.x0))


def _parts(word: Word, lines: Sequence[Sequence[Word]]) -> list[Word]:
    place = _place(word, lines)
    if place is None:
        return [word]
    left, right = part(word, 0, place), part(word, place, len(word.text))
    # The pieces must not touch, or their columns would seem to be one: they end and begin where those of the other rows do.
    pitch = word.box.width / len(word.text)
    shown = [gap for line in lines if (gap := _white(word.edges[place], word, line, _NEAR * pitch))]
    end = min(left.box.x1 - _RIM * pitch, max(before.box.x1 for before, _ in shown))
    begin = max(right.box.x0 + _RIM * pitch, min(after.box.x0 for _, after in shown))
    left = replace(left, box=replace(left.box, x1=max(left.box.x0, end)))
    right = replace(right, box=replace(right.box, x0=min(right.box.x1, begin)))
    return [*_parts(left, lines), *_parts(right, lines)]


def _place(word: Word, lines: Sequence[Sequence[Word]]) -> int | None:
    """Where between its characters most other rows have white with words of their own on both sides; None where they have not.

    Rows that all say the same show the blank of a text, not the border of two columns.
    """
    if len(word.edges) != len(word.text) + 1 or len(word.text) < 2:
        return None
    near = _NEAR * word.box.width / len(word.text)
    beside = [line for line in lines if any(other.box.shared_width(word.box) > 0 for other in line)]
    best: tuple[float, int] | None = None
    for place in range(1, len(word.text)):
        if not _may_part(word.text, place):
            continue
        edge, turns = word.edges[place], _turns(word.text, place)
        white = [gap for line in beside if (gap := _white(edge, word, line, near))]
        inked = sum(any(o.box.x0 + near < edge < o.box.x1 - near for o in line) for line in beside) - 1  # itself
        said = {(before.text, after.text) for before, after in white}
        if len(white) < _ROWS or len(white) <= 2 * inked or (len(said) < _ROWS and not turns):
            continue
        score = len(white) - 2 * inked + 0.5 * len(white) * turns
        if best is None or score > best[0]:
            best = (score, place)
    return best[1] if best else None


def _white(edge: float, word: Word, line: Sequence[Word], near: float) -> tuple[Word, Word] | None:
    """The two words of a line, both over or under this one, between which it shows white at this place."""
    for left, right in pairwise(line):
        around = left.box.x0 < edge < right.box.x1 and left.box.x1 - near < edge < right.box.x0 + near
        if around and left.box.x1 > word.box.x0 and right.box.x0 < word.box.x1:
            return left, right
    return None


def _may_part(text: str, place: int) -> bool:
    """Whether two things may meet here. Blanks in a Latin text stand anywhere and are no columns; an amount ends with its cents;
    a few digits beyond a border are a page that leans."""
    both = text[place - 1 : place + 1]
    if both.isascii() and both.isalpha():
        return False
    if _turns(text, place):
        return True
    amount = AMOUNT.match(text)
    if amount is not None:
        end = amount.end() + text.startswith(_SIDES, amount.end())
        return place == end < len(text)
    return not (text.isdigit() and min(place, len(text) - place) < _DIGITS)


def _turns(text: str, place: int) -> bool:
    """Whether figures end here and words begin, or the other way round."""
    before, after = (folded(letter)[:1] in _FIGURE for letter in (text[place - 1], text[place]))
    return before != after
