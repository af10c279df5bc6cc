"""What is drawn on a PDF page, in the order of drawing: printed lines, pictures, coloured areas, runs of text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pypdfium2 import raw

from ingest.pdf_words import Frame
from ingest.pdfium import Handle, address, plain
from records.document import Ruling

_THIN = 2.0  # points; a printed line is no thicker
_LONG = 6.0  # points; shorter strokes are parts of drawings
_MOST = 6000  # objects looked at on one page; a map or a logo may have a hundred thousand
_DEEP = 3  # forms within forms
_OPAQUE, _CLEAR = 230, 12  # of 255
_TEXT, _PATH, _IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE
_SHADING, _FORM = raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM
_UNDRAWN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)

Matrix = tuple[float, float, float, float, float, float]
Bounds = tuple[float, float, float, float]
Colour = tuple[int, int, int]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_P, _I, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_object = plain(raw.FPDFPage_GetObject, _P, _P, _I)
_inner = plain(raw.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_inner_count = plain(raw.FPDFFormObj_CountObjects, _I, _P)
_type = plain(raw.FPDFPageObj_GetType, _I, _P)
_get_bounds = plain(raw.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
_get_matrix = plain(raw.FPDFPageObj_GetMatrix, _I, _P, _P)
_draw_mode = plain(raw.FPDFPath_GetDrawMode, _I, _P, _P, _P)
_segment_count = plain(raw.FPDFPath_CountSegments, _I, _P)
_segment = plain(raw.FPDFPath_GetPathSegment, _P, _P, _I)
_point = plain(raw.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_segment_type = plain(raw.FPDFPathSegment_GetType, _I, _P)
_closes = plain(raw.FPDFPathSegment_GetClose, _I, _P)
_fill_colour = plain(raw.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_transparent = plain(raw.FPDFPageObj_HasTransparency, _I, _P)
_mode = plain(raw.FPDFTextObj_GetTextRenderMode, _I, _P)

# Where the library writes its answers; the lock of the library keeps them ours.
_sides = (_F * 4)()
_AT = [ctypes.addressof(_sides) + 4 * index for index in range(4)]
_ints = (ctypes.c_int * 2)()
_FILL, _STROKE = ctypes.addressof(_ints), ctypes.addressof(_ints) + 4
_rgba = (ctypes.c_uint * 4)()
_RGBA = [ctypes.addressof(_rgba) + 4 * index for index in range(4)]


class Area(NamedTuple):
    """An opaque area: when it was drawn, where, in which colour (None: a picture or a shading), and its handle."""

    order: int
    bounds: Bounds
    colour: Colour | None
    handle: int


class Run(NamedTuple):
    """A run of text: when it was drawn, its colour, whether it is drawn at all, and how its own points lie on the page."""

    order: int
    colour: Colour
    drawn: bool
    handle: int
    placed: Matrix


@dataclass(slots=True)
class Drawn:
    """What was found on one page, in points of the page."""

    strokes: dict[Bounds, None] = field(default_factory=dict)
    pictures: list[Bounds] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    paths: int = 0
    looked_at: int = 0

    def rulings(self, frame: Frame) -> tuple[Ruling, ...]:
        """The lines as fractions of the page as held, each with its own thickness taken out."""
        found: dict[Ruling, None] = {}
        width, height = frame.size
        for x0, y0, x1, y1 in self.strokes:
            left, top, right, bottom = frame.sides(x0, y0, x1, y1)
            if left > 1.01 or top > 1.01 or right < -0.01 or bottom < -0.01:
                continue
            if (right - left) * width >= (bottom - top) * height:
                middle = (top + bottom) / 2
                found[Ruling(left, middle, right, middle)] = None
            else:
                middle = (left + right) / 2
                found[Ruling(middle, top, middle, bottom)] = None
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
    place = address(page)
    for index in range(max(0, raw.FPDFPage_CountObjects(page))):
        if drawn.looked_at >= _MOST:
            break
        _look(_object(place, index), _PLAIN, drawn, 0)
    return drawn


def _look(thing: int, placed: Matrix, drawn: Drawn, depth: int) -> None:
    drawn.looked_at += 1
    kind = _type(thing)
    if kind == _TEXT:
        colour, alpha = _colour(thing)
        shown = alpha > _CLEAR and _mode(thing) not in _UNDRAWN
        drawn.runs.append(Run(drawn.looked_at, colour, shown, thing, placed))
    elif kind == _PATH:
        drawn.paths += 1
        _path(thing, placed, drawn)
    elif kind in (_IMAGE, _SHADING):
        bounds = bounds_of(thing, placed)
        if bounds:
            if kind == _IMAGE:
                drawn.pictures.append(bounds)
            drawn.areas.append(Area(drawn.looked_at, bounds, None, thing if kind == _IMAGE else 0))
    elif kind == _FORM and depth < _DEEP:
        inner = _times(_matrix(thing), placed)
        for index in range(max(0, _inner_count(thing))):
            if drawn.looked_at >= _MOST:
                break
            _look(_inner(thing, index), inner, drawn, depth + 1)


def _colour(thing: int) -> tuple[Colour, int]:
    """The fill colour of an object, and how opaque it is; black where it has none."""
    if not _fill_colour(thing, *_RGBA):
        return (0, 0, 0), 255
    red, green, blue, alpha = _rgba[:]  # a slice is four times as fast as one after the other
    return (red, green, blue), alpha


def bounds_of(thing: int, placed: Matrix) -> Bounds | None:
    """Where an object lies on the page."""
    if not _get_bounds(thing, *_AT):
        return None
    left, bottom, right, top = _sides[:]
    if placed is _PLAIN:
        return left, bottom, right, top
    ax, ay = _at(placed, left, bottom)
    bx, by = _at(placed, right, top)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _path(thing: int, placed: Matrix, drawn: Drawn) -> None:
    bounds = bounds_of(thing, placed)
    if bounds is None:
        return
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if width <= _THIN or height <= _THIN:
        if width >= _LONG or height >= _LONG:
            drawn.strokes[_rounded(*bounds)] = None
        return
    segments = _segment_count(thing)
    filled, stroked = (_ints[0], _ints[1]) if _draw_mode(thing, _FILL, _STROKE) else (0, 0)
    if filled:
        _area(thing, bounds, segments, drawn)
    if not (segments > 5 or stroked):
        return
    matrix = _times(_matrix(thing), placed)
    frame = _frame_of(thing, matrix, bounds) if segments in (4, 5) else None
    if frame is not None:
        left, bottom, right, top = frame
        for level in (bottom, top) if right - left >= _LONG else ():
            drawn.strokes[left, level, right, level] = None
        for upright in (left, right) if top - bottom >= _LONG else ():
            drawn.strokes[upright, bottom, upright, top] = None
        return
    _segments(thing, segments, matrix, drawn)


def _area(thing: int, bounds: Bounds, segments: int, drawn: Drawn) -> None:
    """A filled path, where it is simple enough to fill its bounds and nothing shines through."""
    colour, alpha = _colour(thing)
    if alpha >= _OPAQUE and segments <= 12 and not _transparent(thing):
        drawn.areas.append(Area(drawn.looked_at, bounds, colour, thing))


def _frame_of(path: int, matrix: Matrix, bounds: Bounds) -> Bounds | None:
    """The upright rectangle that a path of four or five segments draws; None when it draws something else.

    Three of its corners tell: they stand at right angles and reach as far as the whole path does.
    """
    corners: list[tuple[float, float]] = []
    plainly = matrix == _PLAIN
    for index in range(3):
        segment = _segment(path, index)
        if not segment or not _point(segment, _AT[0], _AT[1]):
            return None
        x, y = _sides[:2]
        corners.append((x, y) if plainly else _at(matrix, x, y))
    (ax, ay), (bx, by), (cx, cy) = corners
    upright_first = abs(ax - bx) < 0.5 and abs(by - cy) < 0.5
    if not upright_first and not (abs(ay - by) < 0.5 and abs(bx - cx) < 0.5):
        return None
    frame = _rounded(min(ax, bx, cx), min(ay, by, cy), max(ax, bx, cx), max(ay, by, cy))
    near = abs(frame[0] - bounds[0]) <= _THIN and abs(frame[1] - bounds[1]) <= _THIN
    return frame if near and abs(frame[2] - bounds[2]) <= _THIN and abs(frame[3] - bounds[3]) <= _THIN else None


def _segments(path: int, count: int, placed: Matrix, drawn: Drawn) -> None:
    """The level and upright edges of a path of several segments: a grid, or the frame of a cell."""
    drawn.looked_at += count
    edges = list(_edges(path, count, placed))
    level = [(a, b) for a, b in edges if _straight(a, b)]
    if 2 * len(level) < len(edges):  # outlines of letters and logos have a few straight edges too
        return
    for (ax, ay), (bx, by) in level:
        drawn.strokes[_rounded(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))] = None


def _edges(path: int, count: int, placed: Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    start = last = (0.0, 0.0)
    for index in range(min(count, _MOST)):
        segment = _segment(path, index)
        if not segment or not _point(segment, _AT[0], _AT[1]):
            return
        point = _at(placed, _sides[0], _sides[1])
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if _closes(segment):
            yield last, start
            last = start


def _straight(a: tuple[float, float], b: tuple[float, float]) -> bool:
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    return min(dx, dy) < 0.5 and max(dx, dy) >= _LONG


def _rounded(x0: float, y0: float, x1: float, y1: float) -> Bounds:
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


_six = (_F * 6)()


def _matrix(thing: int) -> Matrix:
    if not _get_matrix(thing, ctypes.addressof(_six)):
        return _PLAIN
    a, b, c, d, e, f = _six[:]
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _PLAIN:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
