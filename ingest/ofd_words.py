"""The words and printed lines of an OFD page, formed as those of a PDF are."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.ofd_marks import Face, PathMark, PictureMark, TextMark, at, times
from ingest.ofd_text import Glyph, extent, glyphs_of, lettering, runs_down
from ingest.pdf_words import Frame, sideways, words_of
from records.document import Box, Ruling, Word, lines_of

_THIN, _LONG = 0.7, 2.1  # millimetres; a printed line is no thicker, and no shorter
_BORDER = 0.15  # of the size: white between two texts that their writer set apart
_RULINGS = 4000  # on one page; a drawing has more


@dataclass(frozen=True, slots=True)
class Lettered:
    """What can be read on a page without looking at its pictures."""

    words: tuple[Word, ...]
    slanted: tuple[Word, ...]
    rotation: int
    solid: int  #: characters that are no blanks
    hidden: int  #: of them, those laid down without being drawn


def lettered(face: Face, *, hidden: bool = False) -> Lettered:
    """The words of a page in reading order; ``hidden`` text counts only where a picture shows what it says."""
    level: list[Glyph] = []
    down: list[Word] = []
    unseen = 0
    for mark in face.marks:
        if not isinstance(mark, TextMark):
            continue
        for glyphs in glyphs_of(mark):
            unseen += sum(not glyph.char.isspace() for glyph in glyphs) if mark.hidden else 0
            if mark.hidden and not hidden:
                continue
            if runs_down(glyphs):
                down.append(_column(glyphs, face))
            elif glyphs:
                level += [*_between(level, glyphs[0]), *glyphs]
    x, y, width, height = face.box
    letters = lettering(level, (x, y), height)
    frame = Frame(0.0, 0.0, width, height, 0)
    turn = sideways(letters, frame)
    frame = replace(frame, quarter=turn)
    words, slanted = words_of(letters, frame)
    words += [_held(word, turn) for word in down]
    shown = [w for w in words if w.box.x1 > 0 and w.box.y1 > 0 and w.box.x0 < 1 and w.box.y0 < 1]
    ordered = tuple(word for line in lines_of(shown) for word in line.words)
    solid = sum(not char.isspace() for char in letters.text) + sum(len(word.text) for word in down)
    return Lettered(ordered, tuple(slanted), 90 * turn, solid, unseen)


def _between(before: Sequence[Glyph], glyph: Glyph) -> list[Glyph]:
    """A blank where a writer began a new text a little behind the last: two columns, not one word."""
    if not before:
        return []
    last = before[-1]
    (x0, y0), (x1, y1) = last.corners()[1], glyph.corners()[0]
    size = last.size * math.hypot(last.matrix[2], last.matrix[3])
    if not _BORDER * size < x1 - x0 < size or abs(y1 - y0) > 0.5 * size:
        return []
    width = (x1 - x0) / (math.hypot(last.matrix[0], last.matrix[1]) or 1.0)
    return [Glyph(" ", 0.0, 0.0, width, last.size, times((1.0, 0.0, 0.0, 1.0, last.width, 0.0), last.matrix))]


def _column(glyphs: Sequence[Glyph], face: Face) -> Word:
    """Characters that stand below one another, as the one word they are."""
    solid = [glyph for glyph in glyphs if not glyph.char.isspace()]
    return Word("".join(glyph.char for glyph in solid), _box([p for g in solid for p in g.corners()], face))


def _box(points: Sequence[tuple[float, float]], face: Face) -> Box:
    left, top, width, height = face.box
    x0, y0, x1, y1 = extent(points)
    return Box((x0 - left) / width, (y0 - top) / height, (x1 - left) / width, (y1 - top) / height)


def _held(word: Word, turn: int) -> Word:
    """A word as it lies when the page is turned."""
    b = word.box
    match turn:
        case 1:
            return replace(word, box=Box(1 - b.y1, b.x0, 1 - b.y0, b.x1))
        case 2:
            return replace(word, box=Box(1 - b.x1, 1 - b.y1, 1 - b.x0, 1 - b.y0))
        case 3:
            return replace(word, box=Box(b.y0, 1 - b.x1, b.y1, 1 - b.x0))
        case _:
            return word


def text_of_objects(face: Face, wanted: Sequence[str]) -> tuple[str, Box | None]:
    """What the objects of these numbers say together, and where."""
    text, points = "", []
    by_id = {mark.id: mark for mark in face.marks if isinstance(mark, TextMark) and mark.id}
    for number in wanted:
        for glyphs in glyphs_of(by_id[number]) if number in by_id else ():
            solid = [glyph for glyph in glyphs if not glyph.char.isspace()]
            text += "".join(glyph.char for glyph in glyphs)
            points += [point for glyph in solid for point in glyph.corners()]
    return text.strip(), _box(points, face) if points else None


def rulings(face: Face, rotation: int) -> tuple[Ruling, ...]:
    """The level and upright lines of all paths, each with its own thickness taken out."""
    found: dict[Ruling, None] = {}
    for mark in face.marks:
        if isinstance(mark, PathMark) and (mark.stroke is not None or mark.fill is not None):
            for box in _strokes(mark, face):
                held = _held(Word("", box), rotation // 90).box
                found[_ruling(held, face)] = None
                if len(found) > _RULINGS:
                    return tuple(found)
    return tuple(found)


def _strokes(mark: PathMark, face: Face) -> list[Box]:
    boxes = []
    for line in mark.lines:
        points = [at(mark.matrix, x, y) for x, y in line]
        x0, y0, x1, y1 = extent(points)
        if min(x1 - x0, y1 - y0) <= _THIN:
            pairs = [(points[0], points[-1])] if len(points) == 2 else [((x0, y0), (x1, y1))]
        elif mark.stroke is not None:
            pairs = list(itertools.pairwise(points))
            level = [(a, b) for a, b in pairs if min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.18]
            pairs = level if 2 * len(level) >= len(pairs) else []  # outlines of letters have a few straight edges too
        else:
            continue
        boxes += [_box(pair, face) for pair in pairs if extent(pair)[2] - extent(pair)[0] >= _LONG
                  or extent(pair)[3] - extent(pair)[1] >= _LONG]  # fmt: skip
    return [box for box in boxes if max(box.x0, box.y0) <= 1.01 and min(box.x1, box.y1) >= -0.01]


def _ruling(box: Box, face: Face) -> Ruling:
    if box.width * face.box[2] >= box.height * face.box[3]:
        middle = (box.y0 + box.y1) / 2
        return Ruling(round(box.x0, 5), round(middle, 5), round(box.x1, 5), round(middle, 5))
    middle = (box.x0 + box.x1) / 2
    return Ruling(round(middle, 5), round(box.y0, 5), round(middle, 5), round(box.y1, 5))


def largest_picture(face: Face) -> float:
    """The share of the page that its largest picture covers."""
    shares = [0.0]
    for mark in face.marks:
        if isinstance(mark, PictureMark):
            box = _box([at(mark.matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))], face)
            across, down = min(box.x1, 1) - max(box.x0, 0), min(box.y1, 1) - max(box.y0, 0)
            shares.append(max(0.0, across) * max(0.0, down))
    return max(shares)
