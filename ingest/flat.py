"""Laying a photographed or crooked page flat: the sheet on its desk becomes a rectangle, its lines become level.

Depends on the picture alone, so that whoever shows the page later lays it flat as its reader did, and boxes fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from ingest.ocr import Pixels
from ingest.scan_image import fitted, levelness, pixels, scaled, skew, turned
from ingest.scan_spread import parted

if TYPE_CHECKING:
    from PIL.Image import Image

_LOOK = 600  # pixels of the longer side; enough to find a sheet of paper
_TALLEST = 12000
_AS_LEVEL = (
    0.5  # a sheet laid flat may be less level than a page only turned: its corners are known to a pixel or two only
)


def flattening(image: Pixels) -> Pixels | None:
    """The 3 x 3 matrix that lays an upright page flat, in its own pixels; None when it lies flat already.

    A bright part of a page may look like a sheet on a desk: whether the lines of print come to lie level decides.
    """
    sheet = _sheet(image)
    turn = _levelled(image, np.eye(3))
    if sheet is None:
        return turn
    laid = _levelled(image, _squared(sheet))
    laid = _squared(sheet) if laid is None else laid
    level = levelness(flattened(image, laid))
    other = max(levelness(image), levelness(flattened(image, turn)) if turn is not None else 0.0)
    return laid if level > _AS_LEVEL * other else turn


def _levelled(image: Pixels, matrix: Pixels) -> Pixels | None:
    """The matrix with the turn that makes lines level after it; None where none is needed."""
    height, width = image.shape[:2]
    angle = skew(flattened(image, matrix) if (matrix != np.eye(3)).any() else image)
    if not angle:
        return None
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1), [0, 0, 1]])
    return np.asarray(turn @ matrix)


def two_pages(original: Pixels, image: Pixels, scale: float, matrix: Pixels | None) -> Pixels | None:
    """The pages of a sheet that holds two, one under the other, from all its pixels; None for any other sheet."""
    if image.shape[1] < image.shape[0] or parted(flattened(image, matrix)) is None:
        return None
    return parted(flattened(original, scaled(matrix, 1 / scale)))


def flattened(image: Pixels, matrix: Pixels | None) -> Pixels:
    """The page laid flat, as large as before."""
    if matrix is None:
        return image
    height, width = image.shape[:2]
    return cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _sheet(image: Pixels) -> Pixels | None:
    """The corners of a bright sheet on a darker ground, clockwise from the top left; None when there is no such thing."""
    height, width = image.shape[:2]
    scale = min(1.0, _LOOK / max(height, width))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (0, 0), 2)
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(outline) / bright.size
    corners = cv2.approxPolyDP(outline, 0.02 * cv2.arcLength(outline, closed=True), closed=True).reshape(-1, 2)
    if not 0.3 < area < 0.96 or len(corners) != 4:
        return None
    if cv2.contourArea(corners) < 0.93 * cv2.contourArea(outline):
        return None
    corners = _clockwise(corners.astype(np.float64)) / scale
    return corners if _rectangular(corners) and not _framed(corners, width, height) else None


def _clockwise(corners: Pixels) -> Pixels:
    """From the top left on, the way a page is read."""
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    corners = corners[order]
    return np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0)


def _rectangular(corners: Pixels) -> bool:
    """Corners near a right angle, opposite sides of about one length: a sheet seen from not too far aside."""
    for i in range(4):
        before, after = corners[i - 1] - corners[i], corners[(i + 1) % 4] - corners[i]
        cosine = abs(float(before @ after)) / float(np.linalg.norm(before) * np.linalg.norm(after))
        if cosine > 0.3:
            return False
    sides = [float(np.linalg.norm(corners[(i + 1) % 4] - corners[i])) for i in range(4)]
    return all(0.7 < sides[i] / sides[i + 2] < 1.43 for i in (0, 1))


def _framed(corners: Pixels, width: int, height: int) -> bool:
    """Whether the sheet is the whole picture but for a straight margin: nothing to lay flat then."""
    squared = _squared(corners)
    moved = cv2.perspectiveTransform(
        np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64), squared
    )
    away = np.abs(moved[0] - [[0, 0], [width, 0], [width, height], [0, height]]).max()
    return bool(away < 0.004 * max(width, height))


def _squared(corners: Pixels) -> Pixels:
    """The matrix that makes a rectangle of the sheet, in the place and size it has."""
    a, b, c, d = corners
    across = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
    down = (np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2
    x, y = corners.mean(axis=0)
    goal = [(x - across / 2, y - down / 2), (x + across / 2, y - down / 2)]
    goal += [(x + across / 2, y + down / 2), (x - across / 2, y + down / 2)]
    return cv2.getPerspectiveTransform(corners.astype(np.float32), np.array(goal, np.float32)).astype(np.float64)


def shown(picture: Image, quarter: int, width: int) -> Image:
    """A scan or photo for people: turned, laid flat, two pages of one sheet one under the other, at this width."""
    from PIL import Image

    image = turned(pixels(picture), quarter)
    reduced, scale = fitted(image)
    matrix = flattening(reduced)
    pages = two_pages(image, reduced, scale, matrix)
    if pages is not None:
        image, matrix = pages, flattening(fitted(pages)[0])
        scale = fitted(pages)[1]
    image = flattened(image, scaled(matrix, 1 / scale))
    height = max(1, round(image.shape[0] * width / image.shape[1]))
    if height > _TALLEST:
        width, height = max(1, round(width * _TALLEST / height)), _TALLEST
    flat = Image.fromarray(np.ascontiguousarray(image[:, :, ::-1]))
    return flat.resize((width, height), Image.Resampling.LANCZOS if width < flat.width else Image.Resampling.BICUBIC)
