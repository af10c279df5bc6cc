"""Two pages on one sheet, side by side (two-up prints, open books, two slips on one glass), are laid one under the other.

The sheet stays one page, so that page numbers stay those of the file. Its left page stands above its right one, for its readers
and in the picture shown to people alike; no line ever runs across both. Depends on the picture alone, as laying flat does.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from ingest.ocr import Pixels

_LOOK = 900  # pixels of the width; enough to see rows of print
_WIDE = 1.2  # a sheet of two pages is that much wider than high
_MIDDLE = 0.03  # of the width: how far from the middle the gutter may end
_GUTTER = 0.03  # of the width: two inner margins
_SHIFT = 0.015  # of the width: how far two pages of one kind may be out of place
_FEWEST = 5  # rows of print that make a page
_ROWS_ALIKE, _COLUMNS_ALIKE = 0.5, 0.8  # correlations


def parted(image: Pixels) -> Pixels | None:
    """The left page above the right one, from an upright flat sheet; None where there are not two."""
    height, width = image.shape[:2]
    if width < _WIDE * height:
        return None
    ink = _print(image)
    gutter = _gutter(ink)
    if gutter is None:
        return None
    left, right = ink[:, : gutter[0]], ink[:, gutter[1] :]
    if not (_page(left) and _page(right)) or (_same_rows(left, right) and not _same_columns(ink)):
        return None
    cut = round(_nearest(gutter, ink.shape[1] / 2) * width / ink.shape[1])
    return _stacked(image[:, :cut], image[:, cut:])


def _nearest(gutter: tuple[int, int], middle: float) -> float:
    """Where to cut: in the middle of the sheet if that is free, else as near to it as leaves a third of the gutter."""
    start, end = gutter
    return min(max(middle, start + (end - start) / 3), end - (end - start) / 3)


def _print(image: Pixels) -> Pixels:
    """What is printed, small: ones on zeros; specks, and the upright lines of folds and edges, left out."""
    scale = min(1.0, _LOOK / image.shape[1])
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    fold = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(15, ink.shape[0] // 6), 1), np.uint8))
    ink[cv2.dilate(fold, np.ones((1, 5), np.uint8)) > 0] = 0
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return (boxes[:, cv2.CC_STAT_AREA] >= 4)[labels].astype(np.uint8) * ink


def _gutter(ink: Pixels) -> tuple[int, int] | None:
    """The strip about the middle in which nothing is printed from top to bottom."""
    width = ink.shape[1]
    printed = np.flatnonzero(ink.sum(axis=0) > 1)
    near = _MIDDLE * width
    for start, end in pairwise(printed):
        if end - start >= _GUTTER * width and start - near < width / 2 < end + near:
            return int(start) + 1, int(end)
    return None


def _page(ink: Pixels) -> bool:
    """Whether a half has rows of print over most of its width."""
    rows = ink.sum(axis=1) > 2
    columns = np.flatnonzero(ink.sum(axis=0))
    across = int(columns[-1] - columns[0]) if len(columns) else 0
    return int((rows[1:] & ~rows[:-1]).sum()) >= _FEWEST and across > 0.4 * ink.shape[1]


def _same_rows(left: Pixels, right: Pixels) -> bool:
    """Whether the rows of both halves stand at the same heights: one table that leaves its middle free."""
    return _likeness(left.sum(axis=1), right.sum(axis=1)) > _ROWS_ALIKE


def _same_columns(ink: Pixels) -> bool:
    """Whether both halves of the sheet have their columns in the same places: two pages of one kind."""
    half, most = ink.shape[1] // 2, round(_SHIFT * ink.shape[1])
    columns = ink.sum(axis=0)
    left, right = columns[most : half - most], columns[half:]
    return any(_likeness(left, right[shift : shift + len(left)]) > _COLUMNS_ALIKE for shift in range(2 * most))


def _likeness(a: Pixels, b: Pixels) -> float:
    """How alike two profiles are (their correlation), a little blurred."""
    a, b = (cv2.GaussianBlur(line.astype(np.float32).reshape(-1, 1), (0, 0), 2).ravel() for line in (a, b))
    spread = float(a.std() * b.std())
    return float(((a - a.mean()) * (b - b.mean())).mean()) / spread if spread else 0.0


def _stacked(left: Pixels, right: Pixels) -> Pixels:
    """One above the other, as wide as the wider one; what is added takes the colour of the paper."""
    width = max(left.shape[1], right.shape[1])
    paper = [int(np.median(left[..., channel])) for channel in range(3)]
    sides = [
        cv2.copyMakeBorder(half, 0, 0, 0, width - half.shape[1], cv2.BORDER_CONSTANT, value=paper)
        for half in (left, right)
    ]
    return np.ascontiguousarray(np.vstack(sides))
