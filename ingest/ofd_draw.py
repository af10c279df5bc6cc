"""An OFD page as a picture: for people at the width they ask for, for OCR with the pixels its own picture has."""

from __future__ import annotations

import math
import posixpath
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw

from ingest.drawing import font
from ingest.jbig2 import MAGIC, jbig2_picture
from ingest.limits import Limits
from ingest.ofd_marks import Face, Matrix, PathMark, PictureMark, TextMark, at, face_of
from ingest.ofd_package import Package, package
from ingest.ofd_text import Glyph, extent, glyphs_of
from ingest.ofd_tree import documents_in
from ingest.ofd_words import largest_picture
from ingest.picture import first_picture
from records.errors import Bomb, NotFound, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORTEST, _LONGEST = 1600, 2600  # pixels of the longer side, for OCR
_TALLEST = 12000
_PIXELS = 24_000_000  # of one page drawn


def drawn_face(pack: Package, face: Face, width: int, limits: Limits) -> Image.Image:
    """The page at this width in pixels, drawn twice as large and reduced, so that lines are smooth."""
    across, down = face.box[2], face.box[3]
    height = min(_TALLEST, max(1, round(width * down / across)))
    factor = 2 if 4 * width * height <= _PIXELS else 1
    pen = _Pen(pack, face, width * factor, height * factor, limits)
    for mark in face.marks:
        pen.draw(mark)
    return pen.picture.reduce(factor) if factor > 1 else pen.picture


class _Pen:
    """Draws the marks of a page on white."""

    def __init__(self, pack: Package, face: Face, width: int, height: int, limits: Limits) -> None:
        self._pack, self._limits = pack, limits
        self._left, self._top = face.box[0], face.box[1]
        self._x, self._y = width / face.box[2], height / face.box[3]
        self.picture = Image.new("RGB", (width, height), "#ffffff")
        self._pencil = ImageDraw.Draw(self.picture)

    def draw(self, mark: TextMark | PathMark | PictureMark) -> None:
        match mark:
            case TextMark():
                for glyphs in [] if mark.hidden else glyphs_of(mark):
                    for glyph in glyphs:
                        self._glyph(glyph, mark.colour)
            case PathMark():
                self._path(mark)
            case PictureMark():
                self._picture(mark)

    def _at(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        x, y = at(matrix, x, y)
        return (x - self._left) * self._x, (y - self._top) * self._y

    def _glyph(self, glyph: Glyph, colour: tuple[int, int, int]) -> None:
        if glyph.char.isspace():
            return
        size = round(glyph.size * math.hypot(glyph.matrix[2], glyph.matrix[3]) * self._y)
        x, y = self._at(glyph.matrix, 0.0, 0.0)
        if not 1 < size < 2000 or not (
            -size < x < self.picture.width + size and -size < y < self.picture.height + size
        ):
            return
        degrees = math.degrees(glyph.angle)
        if min(degrees, 360 - degrees) < 1:
            self._pencil.text((x, y), glyph.char, fill=colour, font=font(size), anchor="ls")
            return
        tile = Image.new("L", (4 * size, 4 * size))
        ImageDraw.Draw(tile).text((2 * size, 2 * size), glyph.char, fill=255, font=font(size), anchor="ls")
        turned = tile.rotate(-degrees, resample=Image.Resampling.BICUBIC)
        self.picture.paste(colour, (round(x) - 2 * size, round(y) - 2 * size), turned)

    def _path(self, mark: PathMark) -> None:
        wide = mark.width * math.hypot(mark.matrix[0], mark.matrix[1]) * self._x
        for line in mark.lines:
            points = [self._at(mark.matrix, x, y) for x, y in line]
            if any(abs(x) > 50_000 or abs(y) > 50_000 for x, y in points):
                continue
            if mark.fill is not None and len(points) > 2:
                self._pencil.polygon(points, fill=mark.fill)
            if mark.stroke is not None:
                self._pencil.line(points, fill=mark.stroke, width=max(1, round(min(wide, 200))))

    def _picture(self, mark: PictureMark) -> None:
        corners = [self._at(mark.matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        x0, y0, x1, y1 = (round(side) for side in extent(corners))
        x0, y0 = max(x0, 0), max(y0, 0)
        x1, y1 = min(x1, self.picture.width), min(y1, self.picture.height)
        if mark.key is None or x1 <= x0 or y1 <= y0:
            return
        try:
            shown = opened_picture(self._pack, mark.key, self._limits).convert("RGBA")
        except Bomb:
            raise
        except UnreadableFile:  # the page is shown without it; its reader has said so
            return
        inverse = _inverse(corners, shown.size, (x0, y0))
        if inverse is None:
            return
        wide, high = max(1, round(math.dist(*corners[:2]))), max(1, round(math.dist(*corners[1:3])))
        if wide < shown.width / 2 and high < shown.height / 2:
            shown = shown.resize((wide, high), Image.Resampling.BOX)
            inverse = _inverse(corners, shown.size, (x0, y0)) or inverse
        tile = shown.transform((x1 - x0, y1 - y0), Image.Transform.AFFINE, inverse, Image.Resampling.BILINEAR)
        if mark.darkens:
            white = Image.new("RGBA", tile.size, "#ffffff")
            below = self.picture.crop((x0, y0, x1, y1))
            self.picture.paste(ImageChops.darker(below, Image.alpha_composite(white, tile).convert("RGB")), (x0, y0))
        else:
            self.picture.paste(tile.convert("RGB"), (x0, y0), tile.getchannel("A"))


def _inverse(
    corners: Sequence[tuple[float, float]], size: tuple[int, int], origin: tuple[int, int]
) -> tuple[float, ...] | None:
    """From pixels of the tile back to those of the picture; None when the picture has no area."""
    (ax, ay), (bx, by), _, (dx, dy) = corners
    a, b, c, d = (bx - ax) / size[0], (by - ay) / size[0], (dx - ax) / size[1], (dy - ay) / size[1]
    area = a * d - b * c
    if abs(area) < 1e-9:
        return None
    x, y = origin[0] - ax, origin[1] - ay
    return (d / area, -c / area, (d * x - c * y) / area, -b / area, a / area, (a * y - b * x) / area)


def opened_picture(pack: Package, key: str, limits: Limits) -> Image.Image:
    """A picture of the package, decoded; raises ``UnreadableFile`` when it cannot be."""
    data = pack.bytes(key)
    label = f"{pack.name}: {posixpath.basename(key)}"
    if data.startswith(MAGIC) or key.endswith((".jb2", ".jbig2", ".gb2")):
        return jbig2_picture(data, label, limits)
    return first_picture(data, label, limits)


def for_reading(pack: Package, face: Face, limits: Limits) -> tuple[Image.Image, float]:
    """The page for OCR, and how many pixels of its scan stand behind each of the picture's."""
    scanned = _scanned(pack, face, limits)
    longest = max(face.box[2], face.box[3])
    wanted = min(max(scanned or longest / 25.4 * 200, _SHORTEST), _LONGEST)
    width = max(1, round(face.box[2] * wanted / longest))
    return drawn_face(pack, face, width, limits), scanned / wanted if scanned else 1.0


def _scanned(pack: Package, face: Face, limits: Limits) -> float:
    """Pixels along the longer side of the page, by the picture that fills it; 0 where none does."""
    if largest_picture(face) < 0.5:
        return 0.0
    best = 0.0
    for mark in face.marks:
        if not isinstance(mark, PictureMark) or mark.key is None:
            continue
        corners = [at(mark.matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1))]
        span = max(math.dist(*corners[:2]), math.dist(*corners[1:]))
        if span * span < 0.4 * face.box[2] * face.box[3]:
            continue
        try:
            size = opened_picture(pack, mark.key, limits).size
        except Bomb:
            raise
        except UnreadableFile:
            continue
        best = max(best, max(size) * max(face.box[2], face.box[3]) / span)
    return best


def shown_page(data: bytes, name: str, number: int, quarter: int, width: int) -> Image.Image:
    """A page for people; one that was read from its picture is laid flat as it was for reading."""
    from ingest.ofd import judge

    limits = Limits()
    with package(data, name, limits) as pack:
        pages = {page.number: page for document in documents_in(pack, limits) for page in document.pages}
        if number not in pages:
            raise NotFound(f"page {number} of {name}")
        face = face_of(pack, pages[number])
        if not judge(face, number).sound:
            from ingest.flat import shown

            return shown(for_reading(pack, face, limits)[0], quarter, width)
        if quarter % 2:
            width, height = max(1, round(width * face.box[2] / face.box[3])), width
            return drawn_face(pack, face, width, limits).rotate(-90 * quarter, expand=True).resize((height, width))
        return drawn_face(pack, face, width, limits).rotate(-90 * quarter, expand=True)
