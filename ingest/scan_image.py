"""What is done to the pixels of a scanned page: turning, finding lean, seals and printed lines, taking red away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ingest.ocr import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 2000  # pixels of the longer side that an engine gets to see; above that nothing was gained
_STRIP = 1.6  # longer pages (screenshots, till rolls) are read in strips this much longer than wide
_MOST_SKEW = 10.0  # degrees
_LEAST_SKEW = 0.25
_PAPER, _INK = 120, 40  # how bright paper is at least, how much darker what is printed on it
_EVEN, _DARK = 12, 110  # how little the paper's brightness varies under even light; how dark sound print stands on it
_WORD = (60, 40)  # pixels of a page 900 long: wider or higher than print in one piece
_RED = 30  # how far red must stand above green and blue


def pixels(picture: Image) -> Pixels:
    """A picture as BGR rows, what is transparent as white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        from PIL import Image as Pillow

        clear = picture.convert("RGBA")
        paper = Pillow.new("RGBA", clear.size, (255, 255, 255, 255))
        picture = Pillow.alpha_composite(paper, clear)
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def fitted(image: Pixels) -> tuple[Pixels, float]:
    """The picture at a size that an engine reads well, and the factor it was reduced by (1 at most)."""
    height, width = image.shape[:2]
    longest = max(height, width)
    if longest > _STRIP * 1.5 * min(height, width):  # read in strips: the shorter side is what counts
        longest = _STRIP * min(height, width)
    scale = min(1.0, LONGEST / longest)
    if scale == 1.0:
        return image, 1.0
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA), scale


def strips(image: Pixels) -> list[tuple[int, Pixels]]:
    """A long page cut where nothing is printed; each strip with the row it begins at. A usual page is one strip."""
    height, width = image.shape[:2]
    if height <= _STRIP * 1.5 * width:
        return [(0, image)]
    busy = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).std(axis=1)
    cuts, top = [0], 0
    while height - top > _STRIP * 1.5 * width:
        low, high = top + int(_STRIP * width * 0.6), top + int(_STRIP * width)
        top = low + int(np.argmin(cv2.blur(busy[low:high].reshape(-1, 1), (1, 9)).ravel()))
        cuts.append(top)
    cuts.append(height)
    return [(a, image[a:b]) for a, b in pairwise(cuts)]


def turned(image: Pixels, quarter: int) -> Pixels:
    """The picture after so many quarter turns clockwise."""
    return np.ascontiguousarray(np.rot90(image, -quarter)) if quarter % 4 else image


def bare(image: Pixels) -> bool:
    """Whether this is paper with nothing on it but noise, specks, punched holes, a shadow at its edge."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, None, fx=600 / max(grey.shape), fy=600 / max(grey.shape), interpolation=cv2.INTER_AREA)
    paper = float(np.median(grey))
    return paper > _PAPER and float((grey < paper - _INK).mean()) < 0.015


def skew(image: Pixels) -> float:
    """How far an upright page leans, in degrees: turning it by this counter-clockwise makes its lines level."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    scale = 900 / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=sharpness)
    angle = float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=sharpness))
    if abs(angle) < _LEAST_SKEW or abs(angle) > _MOST_SKEW - 0.3 or sharpness(angle) < 1.15 * sharpness(0.0):
        return 0.0
    return round(angle, 2)


def levelness(image: Pixels) -> float:
    """How level the lines of print lie: how sharply rows of pixels with print are parted from those without. Printed lines and
    the edges of the sheet are left out; only pictures of the same size and page compare."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, 900 / max(grey.shape))
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = (boxes[:, 2] < _WORD[0]) & (boxes[:, 3] < _WORD[1]) & (boxes[:, 4] > 3)
    kept[0] = False
    rows = kept[labels].sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum() / max(1.0, rows.sum()))


def enlarged(original: Pixels, image: Pixels) -> tuple[Pixels, float]:
    """The picture with more of its original pixels than ``image`` has, and by what factor more."""
    factor = min(1.6, original.shape[1] / image.shape[1])
    size = round(image.shape[1] * factor), round(image.shape[0] * factor)
    return cv2.resize(original, size, interpolation=cv2.INTER_AREA), factor


def scaled(matrix: Pixels | None, factor: float) -> Pixels | None:
    """A matrix for points of the same picture with so many times the pixels."""
    if matrix is None:
        return None
    grow = np.diag([factor, factor, 1.0])
    return grow @ matrix @ np.linalg.inv(grow)


@dataclass(frozen=True, slots=True)
class Seal:
    """A round or oval red stamp, in pixels."""

    x: float
    y: float
    across: float
    high: float

    def covers(self, x: float, y: float) -> bool:
        """Whether a point lies within the stamp."""
        return ((x - self.x) / (self.across / 2)) ** 2 + ((y - self.y) / (self.high / 2)) ** 2 <= 1.05


def _redness(image: Pixels) -> Pixels:
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(image))
    return red - np.maximum(green, blue)


def seals(image: Pixels) -> list[Seal]:
    """Round or oval red blobs of the size of a stamp (25 to 60 mm on A4). A page printed in red has none."""
    shortest = min(image.shape[:2])
    mask = (_redness(image) > _RED).astype(np.uint8)
    if mask.mean() < 0.0005:
        return []
    reach = max(3, shortest // 90) | 1
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        if not (0.09 * shortest < max(width, height) < 0.36 * shortest and 0.5 < height / max(width, 1) < 2.0):
            continue
        hull = cv2.contourArea(cv2.convexHull(outline)) / (width * height)
        ink = mask[y : y + height, x : x + width].mean()
        if 0.68 < hull < 0.88 and 0.05 < ink < 0.75:  # an ellipse fills 0.785 of its frame
            found.append(Seal(x + width / 2, y + height / 2, width, height))
    return found


def without_red(image: Pixels) -> Pixels:
    """The red ink taken away: black print under a stamp stays, for it is dark in the red channel too."""
    mask = cv2.dilate((_redness(image) > _RED).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    red = np.clip(image[:, :, 2].astype(np.float32) * 1.15 + 10, 0, 255).astype(np.uint8)
    result = image.copy()
    result[mask] = red[mask][:, None]
    return result


def evened(image: Pixels) -> Pixels:
    """Divided by its background, print made dark again, where the light was uneven or the print faint; else as it is."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    paper = cv2.GaussianBlur(cv2.dilate(grey, np.ones((15, 15), np.uint8)), (0, 0), 15)
    ink = float(np.median(paper)) - float(np.percentile(grey, 1))
    if paper.std() < _EVEN and ink > _DARK:
        return image
    flat = cv2.divide(grey, paper, scale=255)
    darkest = float(np.percentile(flat, 1))
    flat = np.clip((flat.astype(np.float32) - darkest) * 255 / max(1.0, 250 - darkest), 0, 255).astype(np.uint8)
    return cv2.cvtColor(flat, cv2.COLOR_GRAY2BGR)


def printed_lines(image: Pixels) -> list[tuple[float, float, float, float]]:
    """Long level and upright lines of a table, in pixels, each by its middle."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    long = max(40, max(grey.shape) // 40)
    found: list[tuple[float, float, float, float]] = []
    for kernel, level in (((1, long), True), ((long, 1), False)):
        mask = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
        mask = cv2.dilate(mask, np.ones((1, 9) if level else (9, 1), np.uint8))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        for x, y, width, height, _ in boxes[1:].tolist():
            thick = height if level else width
            if thick > 12 or (width if level else height) < long:
                continue
            if level:
                found.append((x, y + height / 2, x + width, y + height / 2))
            else:
                found.append((x + width / 2, y, x + width / 2, y + height))
    return found
