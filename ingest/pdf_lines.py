"""What is drawn on a PDF page besides text: printed lines, and pictures large enough to be a scan."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

from pypdfium2 import raw

from ingest.pdf_words import Frame
from ingest.pdfium import Handle
from records.document import Ruling

_THIN = 2.0  # points; a printed line is no thicker
_LONG = 6.0  # points; shorter strokes are parts of drawings
_MOST = 6000  # objects looked at on one page; a map or a logo may have a hundred thousand
_DEEP = 3  # forms within forms

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What was found on one page, in points of the page."""

    strokes: dict[tuple[float, float, float, float], None] = field(default_factory=dict)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    paths: int = 0
    texts: int = 0
    looked_at: int = 0

    def rulings(self, frame: Frame) -> tuple[Ruling, ...]:
        """The lines as fractions of the page as held, each with its own thickness taken out."""
        found: dict[Ruling, None] = {}
        for x0, y0, x1, y1 in self.strokes:
            box = frame.box(x0, y0, x1, y1)
            if max(box.x0, box.y0) > 1.01 or min(box.x1, box.y1) < -0.01:
                continue
            width, height = frame.size
            if box.width * width >= box.height * height:
                middle = (box.y0 + box.y1) / 2
                found[Ruling(box.x0, middle, box.x1, middle)] = None
            else:
                middle = (box.x0 + box.x1) / 2
                found[Ruling(middle, box.y0, middle, box.y1)] = None
        return tuple(found)

    def largest_picture(self, frame: Frame) -> float:
        """The share of the page that the largest picture covers."""
        area = frame.width * frame.height
        right, top = frame.left + frame.width, frame.bottom + frame.height
        shares = [0.0]
        for x0, y0, x1, y1 in self.pictures:
            width = min(x1, right) - max(x0, frame.left)
            height = min(y1, top) - max(y0, frame.bottom)
            shares.append(max(0.0, width) * max(0.0, height) / area)
        return max(shares)


def drawn_on(page: Handle) -> Drawn:
    """Look at every object of a page once."""
    drawn = Drawn()
    for index in range(max(0, raw.FPDFPage_CountObjects(page))):
        if drawn.looked_at >= _MOST:
            break
        _look(raw.FPDFPage_GetObject(page, index), _PLAIN, drawn, 0)
    return drawn


_sides = [ctypes.c_float() for _ in range(4)]


def _look(thing: Handle, placed: Matrix, drawn: Drawn, depth: int) -> None:
    drawn.looked_at += 1
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        drawn.texts += 1
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        drawn.paths += 1
        _path(thing, placed, drawn)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        bounds = _bounds(thing, placed)
        if bounds:
            drawn.pictures.append(bounds)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEP:
        inner = _times(_matrix(thing), placed)
        for index in range(max(0, raw.FPDFFormObj_CountObjects(thing))):
            if drawn.looked_at >= _MOST:
                break
            _look(raw.FPDFFormObj_GetObject(thing, index), inner, drawn, depth + 1)


def _bounds(thing: Handle, placed: Matrix) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = _sides
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    if placed is _PLAIN:
        return left.value, bottom.value, right.value, top.value
    ax, ay = _at(placed, left.value, bottom.value)
    bx, by = _at(placed, right.value, top.value)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _path(thing: Handle, placed: Matrix, drawn: Drawn) -> None:
    bounds = _bounds(thing, placed)
    if bounds is None:
        return
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if min(width, height) <= _THIN:
        if max(width, height) >= _LONG:
            drawn.strokes[_rounded(*bounds)] = None
        return
    segments = raw.FPDFPath_CountSegments(thing)
    if segments > 5 or _stroked(thing):
        _segments(thing, segments, _times(_matrix(thing), placed), drawn)


def _stroked(path: Handle) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _segments(path: Handle, count: int, placed: Matrix, drawn: Drawn) -> None:
    """The level and upright edges of a path of several segments: a grid, or the frame of a cell."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    drawn.looked_at += count
    edges: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for index in range(min(count, _MOST)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = _at(placed, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            edges.append((last, point))
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            edges.append((last, start))
            last = start
    level = [(a, b) for a, b in edges if _straight(a, b)]
    if 2 * len(level) < len(edges):  # outlines of letters and logos have a few straight edges too
        return
    for (ax, ay), (bx, by) in level:
        drawn.strokes[_rounded(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))] = None


def _straight(a: tuple[float, float], b: tuple[float, float]) -> bool:
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    return min(dx, dy) < 0.5 and max(dx, dy) >= _LONG


def _rounded(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def _matrix(thing: Handle) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, matrix):
        return _PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
