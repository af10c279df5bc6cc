"""The paths of an OFD: the letters of AbbreviatedData become polylines."""

from __future__ import annotations

import itertools
import math

Point = tuple[float, float]
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CUTS = 8  # straight pieces of a curve


def outline(data: str, most: int) -> list[list[Point]]:
    """The polylines of a path, at most so many points; what is no path ends it."""
    words = data[: 64 * most].split()
    lines: list[list[Point]] = []
    index = points = 0
    while index < len(words) and points < most:
        letter = words[index]
        count = _TAKES.get(letter)
        values = _numbers(words[index + 1 : index + 1 + (count or 0)])
        if count is None or len(values) < count:
            break
        index += 1 + count
        if letter in "SM":
            lines.append([(values[0], values[1])])
        elif not lines:
            break
        elif letter == "C":
            lines[-1].append(lines[-1][0])
        else:
            lines[-1] += _piece(letter, lines[-1][-1], values)
        points += _CUTS if letter in "QBA" else 1
    return [line for line in lines if len(line) > 1]


def _numbers(words: list[str]) -> list[float]:
    values: list[float] = []
    for word in words:
        try:
            value = float(word)
        except ValueError:
            return values
        if not abs(value) < 1e7:
            return values
        values.append(value)
    return values


def _piece(letter: str, start: Point, values: list[float]) -> list[Point]:
    if letter == "L":
        return [(values[0], values[1])]
    if letter == "A":
        return _arc(start, values)
    controls = [start, *zip(values[0::2], values[1::2], strict=True)]
    return [_bezier(controls, cut / _CUTS) for cut in range(1, _CUTS + 1)]


def _bezier(controls: list[Point], t: float) -> Point:
    while len(controls) > 1:
        controls = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in itertools.pairwise(controls)]
    return controls[0]


def _arc(start: Point, values: list[float]) -> list[Point]:
    """An elliptical arc from here to its end point, as SVG defines it (turned ellipses as if they were not)."""
    rx, ry, _, large, sweep, x, y = values
    rx, ry = abs(rx), abs(ry)
    dx, dy = (start[0] - x) / 2, (start[1] - y) / 2
    if rx == 0 or ry == 0 or (dx == 0 and dy == 0):
        return [(x, y)]
    over = math.sqrt(max(1.0, (dx / rx) ** 2 + (dy / ry) ** 2))
    rx, ry = rx * over, ry * over
    rest = max(0.0, 1 / ((dx / rx) ** 2 + (dy / ry) ** 2) - 1)
    side = math.sqrt(rest) * (-1 if bool(large) == bool(sweep) else 1)
    cx, cy = side * rx * dy / ry + (start[0] + x) / 2, -side * ry * dx / rx + (start[1] + y) / 2
    first = math.atan2((start[1] - cy) / ry, (start[0] - cx) / rx)
    turn = math.atan2((y - cy) / ry, (x - cx) / rx) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    cuts = 3 * _CUTS
    angles = [first + turn * cut / cuts for cut in range(1, cuts + 1)]
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]
