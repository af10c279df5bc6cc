"""Printed lines as borders: pieces of one line joined, double lines one, and which cell a point of the page stands in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from records.document import Box, Ruling, Word

NEAR = 0.004  # of the page: lines as close as that are one line printed double, or two edges of one
_REACH = 0.006  # of the page: lines of a scan end a little short of the corner


class Stroke(NamedTuple):
    """A printed line seen along itself: where it lies across, and from where to where it runs."""

    at: float
    start: float
    end: float

    def covers(self, position: float) -> bool:
        return self.start - _REACH <= position <= self.end + _REACH


def strokes_of(rulings: Iterable[Ruling]) -> tuple[list[Stroke], list[Stroke]]:
    """The upright lines by x and the level ones by y; pieces of one line joined, double lines one."""
    upright: list[Stroke] = []
    level: list[Stroke] = []
    for x0, y0, x1, y1 in rulings:
        if abs(y1 - y0) > abs(x1 - x0):
            upright.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        else:
            level.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    return _joined(upright), _joined(level)


def _joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    lanes: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=attrgetter("at", "start")):
        if lanes and stroke.at - lanes[-1][0].at <= NEAR:
            lanes[-1].append(stroke)
        else:
            lanes.append([stroke])
    result: list[Stroke] = []
    for lane in lanes:
        at = sum(stroke.at for stroke in lane) / len(lane)
        start, end = -1.0, -1.0
        for stroke in sorted(lane, key=attrgetter("start")):
            if stroke.start > end + 2 * NEAR:
                if end > start:
                    result.append(Stroke(at, start, end))
                start, end = stroke.start, stroke.end
            else:
                end = max(end, stroke.end)
        if end > start:
            result.append(Stroke(at, start, end))
    return result


class Borders:
    """The printed lines of a page, to be asked which cell a point stands in."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self.upright, self.level = strokes_of(rulings)
        self._xs = [stroke.at for stroke in self.upright]
        self._ys = [stroke.at for stroke in self.level]

    def cell_at(self, x: float, y: float) -> Box | None:
        """The cell around a point: the nearest lines on its four sides, where an outer one is missing the ends of the others;
        None where it stands in no cell."""
        i, j = bisect_left(self._xs, x), bisect_left(self._ys, y)
        left = _nearest(self.upright, range(i - 1, -1, -1), y)
        right = _nearest(self.upright, range(i, len(self._xs)), y)
        top = _nearest(self.level, range(j - 1, -1, -1), x)
        bottom = _nearest(self.level, range(j, len(self._ys)), x)
        sides = (left, right, top, bottom)
        if sum(side is None for side in sides) > 1:
            return None
        x0 = left.at if left else max(top.start, bottom.start)  # type: ignore[union-attr]
        x1 = right.at if right else min(top.end, bottom.end)  # type: ignore[union-attr]
        y0 = top.at if top else max(left.start, right.start)  # type: ignore[union-attr]
        y1 = bottom.at if bottom else min(left.end, right.end)  # type: ignore[union-attr]
        return Box(x0, y0, x1, y1) if x0 < x < x1 and y0 < y < y1 else None

    def right_of(self, box: Box) -> Box | None:
        """The cell to the right of a cell."""
        return self.cell_at(box.x1 + 2 * NEAR, box.middle[1])

    def below(self, box: Box) -> Box | None:
        """The cell below a cell."""
        return self.cell_at(box.middle[0], box.y1 + 1.5 * NEAR)


def _nearest(strokes: Sequence[Stroke], order: Iterable[int], position: float) -> Stroke | None:
    return next((strokes[index] for index in order if strokes[index].covers(position)), None)


def cut(word: Word, borders: Sequence[float]) -> list[Word]:
    """A word cut at these places between its characters, where their borders are known and both sides keep some."""
    if not borders or len(word.edges) != len(word.text) + 1:
        return [word]
    middles = [(a + b) / 2 for a, b in pairwise(word.edges)]
    places = sorted({bisect_left(middles, border) for border in borders} - {0, len(word.text)})
    pieces = []
    for start, end in pairwise([0, *places, len(word.text)]):
        edges = word.edges[start : end + 1]
        box = Box(edges[0], word.box.y0, edges[-1], word.box.y1)
        pieces.append(Word(word.text[start:end], box, word.confidence, (), edges, word.cell))
    return pieces
