"""What stands under red seals is read a second time with the red taken away; elsewhere the first reading stands.

Never the whole page: print in red ink would be lost. Never the only reading: what both read alike is trusted more.
"""

from __future__ import annotations

from dataclasses import replace

from ingest import scan_image as look
from ingest.ocr import Engine, Pixels, Reading
from ingest.scan_image import Seal

_DOUBTED = 0.9  # what a reading is worth at most when the other one says something else
_UNCONFIRMED = 0.5  # what the first reading is worth where the second found nothing: red print, perhaps


def moved(reading: Reading, dx: float, dy: float) -> Reading:
    """The same reading elsewhere."""
    return replace(reading, corners=tuple((x + dx, y + dy) for x, y in reading.corners))


def through_seals(engine: Engine, image: Pixels, readings: list[Reading]) -> tuple[list[Reading], int]:
    """The readings with those under seals replaced, and how many seals there are; their inscriptions are left out."""
    found = look.seals(image)
    if not found:
        return readings, 0
    kept, second = readings, list[Reading]()
    for seal in found:
        touched = [reading for reading in kept if _touches(reading, seal)]
        again = _again(engine, image, seal, touched)
        second += [reading for reading in again if _touches(reading, seal) or _same(reading, touched)]
        kept = [reading for reading in kept if reading not in touched and not _part_of(reading, second)]
    first = [reading for reading in readings if reading not in kept]
    merged = kept + [_compared(reading, first) for reading in _once(second, kept)]
    lost = [reading for reading in first if not _same(reading, merged) and not _within(reading, found)]
    return merged + [_capped(reading, _UNCONFIRMED) for reading in lost], len(found)


def _again(engine: Engine, image: Pixels, seal: Seal, touched: list[Reading]) -> list[Reading]:
    """Read the seal's surroundings without red; whole lines, for lines cut off would be read as something else."""
    margin = 0.35 * max(seal.across, seal.high)
    left, right = seal.x - seal.across / 2 - margin, seal.x + seal.across / 2 + margin
    top, bottom = seal.y - seal.high / 2 - margin, seal.y + seal.high / 2 + margin
    for reading in touched:
        x0, y0, x1, y1 = _span(reading)
        left, right = min(left, x0 - 8), max(right, x1 + 8)
        top, bottom = min(top, y0 - 8), max(bottom, y1 + 8)
    x, y = max(0, int(left)), max(0, int(top))
    clean = look.without_red(image[y : int(bottom), x : int(right)])
    return [moved(reading, x, y) for reading in engine.look(clean).readings()]


def _touches(reading: Reading, seal: Seal) -> bool:
    """Whether any part of a line lies under the seal."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = reading.corners
    left, right = ((ax + dx) / 2, (ay + dy) / 2), ((bx + cx) / 2, (by + cy) / 2)
    return any(
        seal.covers(left[0] + (right[0] - left[0]) * step / 20, left[1] + (right[1] - left[1]) * step / 20)
        for step in range(21)
    )


def _within(reading: Reading, seals: list[Seal]) -> bool:
    x0, y0, x1, y1 = _span(reading)
    return any(seal.covers((x0 + x1) / 2, (y0 + y1) / 2) for seal in seals)


def _span(reading: Reading) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in reading.corners], [y for _, y in reading.corners]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(a: Reading, b: Reading) -> float:
    """The share of the smaller one that both have in common."""
    ax0, ay0, ax1, ay1 = _span(a)
    bx0, by0, bx1, by1 = _span(b)
    common = max(0.0, min(ax1, bx1) - max(ax0, bx0)) * max(0.0, min(ay1, by1) - max(ay0, by0))
    smaller = min((ax1 - ax0) * (ay1 - ay0), (bx1 - bx0) * (by1 - by0))
    return common / smaller if smaller else 0.0


def _same(reading: Reading, others: list[Reading]) -> bool:
    return any(_overlap(reading, other) > 0.5 for other in others)


def _part_of(reading: Reading, whole: list[Reading]) -> bool:
    """Whether a line is the end of a longer one that was cut in two by the rim of a seal."""
    x0, _, x1, _ = _span(reading)
    return any(
        _overlap(reading, other) > 0.5 and x1 - x0 < 0.8 * (_span(other)[2] - _span(other)[0]) for other in whole
    )


def _once(second: list[Reading], kept: list[Reading]) -> list[Reading]:
    """Second readings of what the first one left out, each place once."""
    result: list[Reading] = []
    for reading in sorted(second, key=lambda reading: -reading.confidence):
        if not _same(reading, kept) and not _same(reading, result):
            result.append(reading)
    return result


def _compared(reading: Reading, first: list[Reading]) -> Reading:
    """A second reading beside the first of the same place: trusted less where they differ, the first kept as a candidate."""
    same = [other for other in first if _overlap(reading, other) > 0.5]
    if not same or any(other.text.replace(" ", "") == reading.text.replace(" ", "") for other in same):
        return reading
    likely = tuple(other.text for other in same if len(other.text) == len(reading.text))
    return replace(_capped(reading, _DOUBTED), alternatives=(*likely, *reading.alternatives))


def _capped(reading: Reading, most: float) -> Reading:
    glyphs = tuple(replace(glyph, confidence=min(glyph.confidence, most)) for glyph in reading.glyphs)
    return replace(reading, confidence=min(reading.confidence, most), glyphs=glyphs)
