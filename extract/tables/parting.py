"""Where the columns of a table part: on a printed ruling where there is one, else in the white that the words leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.layout import Strip, clusters, folded
from extract.tables.grid import Grid
from extract.tables.headers import Head, Header
from records.document import Ruling


def first_grid(header: Header) -> Grid:
    """Borders half-way between the heads: enough to see which lines carry the key."""
    heads = header.heads
    bounds = [(left.box.x1 + right.box.x0) / 2 for left, right in pairwise(heads)]
    return Grid([head.column for head in heads], bounds)


def grid_of(header: Header, strips: Sequence[Strip], rulings: Sequence[Ruling], cells: bool) -> Grid:
    """Borders on a printed ruling where there is one, else in the white between the words of neighbouring columns."""
    heads = header.heads
    if cells:
        return first_grid(header)
    apart = [[(word.box.x0, word.box.x1) for word in strip.words] for strip in strips]
    lines = [[(g[0].box.x0, g[-1].box.x1) for g in clusters(strip.words, strip.ratio, 0.6)] for strip in strips]
    bands = _covered(sorted(span for line in lines for span in line))
    owners = [(band, _heads_over(band, heads)) for band in bands]
    if len(_owned(owners)) < len(heads):  # columns may stand closer than the words of a cell
        finer = [(band, _heads_over(band, heads)) for band in _covered(sorted(span for line in apart for span in line))]
        ordered = _in_order(bands, heads) or _in_order([band for band, _ in finer], heads)
        owners = ordered or (finer if len(_owned(finer)) > len(_owned(owners)) else owners)
    if len(_owned(owners)) < len(heads):
        owners = _shared(owners, [_things(strip, line) for strip, line in zip(strips, lines, strict=True)], len(heads))
    upright = _upright(rulings, strips)
    bounds: list[float] = []
    printed: set[float] = set()
    for index, (left, right) in enumerate(pairwise(heads)):
        middle = (left.box.x1 + right.box.x0) / 2
        drawn = [x for x in upright if left.box.middle[0] < x < right.box.middle[0]]
        bound = min(drawn, key=lambda x: abs(x - middle)) if drawn else _white(owners, index, apart, heads, middle)
        bounds.append(max(bound, bounds[-1]) if bounds else bound)
        if drawn:
            printed.add(bounds[-1])
    return Grid([head.column for head in heads], bounds, frozenset(printed))


#: Pieces of one upright line stand as near to each other as this, in widths of the page.
_SAME_LINE = 0.002


def _upright(rulings: Sequence[Ruling], strips: Sequence[Strip]) -> list[float]:
    """Where upright lines pass through these rows, through half of them at least: one that stands elsewhere on the page parts
    other things, and the rim of a seal is a line too, a short one."""
    top, bottom = min((s.top for s in strips), default=0.0), max((s.box.y1 for s in strips), default=1.0)
    long: dict[float, float] = {}
    for x0, y0, x1, y1 in rulings:
        if abs(x1 - x0) >= 0.004 or abs(y1 - y0) <= 0.008:
            continue
        low, high = max(top, min(y0, y1)), min(bottom, max(y0, y1))
        if low < high:
            x = round((x0 + x1) / 2, 4)
            near = x if x in long else next((known for known in long if abs(known - x) < _SAME_LINE), x)
            long[near] = long.get(near, 0.0) + high - low
    return sorted(x for x, length in long.items() if length > 0.5 * (bottom - top))


def _covered(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The bands of the page's width that words cover, left to right, with white between them."""
    bands: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if bands and x0 <= bands[-1][1] + 0.0015:
            bands[-1] = (bands[-1][0], max(bands[-1][1], x1))
        else:
            bands.append((x0, x1))
    return bands


def _heads_over(band: tuple[float, float], heads: Sequence[Head]) -> tuple[int, int]:
    """The first and last head that a band stands under; the nearest one when it stands under none."""
    over = [i for i, head in enumerate(heads) if min(band[1], head.box.x1) - max(band[0], head.box.x0) > 0.001]
    if not over:
        nearest = min(range(len(heads)), key=lambda i: max(band[0] - heads[i].box.x1, heads[i].box.x0 - band[1]))
        return nearest, nearest
    return over[0], over[-1]


_Span = tuple[float, float]


def _in_order(bands: Sequence[_Span], heads: Sequence[Head]) -> list[tuple[_Span, tuple[int, int]]]:
    """As many bands as heads belong to them one by one, however far a short name stands from the middle of its wide column;
    nothing where a band stands under another head than its own."""
    if len(bands) != len(heads):
        return []
    owners = [(band, (index, index)) for index, band in enumerate(bands)]
    for band, (index, _) in owners:
        over = [i for i, head in enumerate(heads) if min(band[1], head.box.x1) - max(band[0], head.box.x0) > 0.001]
        if over and over != [index]:
            return []
    return owners


def _owned(owners: Sequence[tuple[_Span, tuple[int, int]]]) -> set[int]:
    """The heads that some band stands under."""
    return {index for _, (first, last) in owners for index in range(first, last + 1)}


def _things(strip: Strip, groups: Sequence[_Span]) -> list[_Span]:
    """What stands apart on a line: groups of words, and figures beside an amount however close (1850 55.2977)."""
    figures = [(w.box.x0, w.box.x1) for w in strip.words if re.fullmatch(r"[-¥￥]?[\d,]+(?:\.\d+)?", folded(w.text))]
    amounts = [(w.box.x0, w.box.x1) for w in strip.words if re.search(r"\d\.\d", w.text)]
    found: list[_Span] = []
    for x0, x1 in groups:
        inside = [span for span in figures if x0 <= span[0] and span[1] <= x1]
        found += inside if len(inside) > 1 and any(span in amounts for span in inside) else [(x0, x1)]
    return found


def _shared(
    owners: Sequence[tuple[_Span, tuple[int, int]]], lines: Sequence[Sequence[_Span]], heads: int
) -> list[tuple[_Span, tuple[int, int]]]:
    """A band that holds two things in one line is two columns grown together: the head beside it that has no band is its too
    (3 33333.33 in one row, 185055.29 in the next)."""
    owned = _owned(owners)
    found = []
    for band, (first, last) in owners:
        most = max(sum(band[0] <= (a + b) / 2 <= band[1] for a, b in line) for line in lines) if lines else 0
        while most > last - first + 1:
            beside = [index for index in (first - 1, last + 1) if 0 <= index < heads and index not in owned]
            if not beside:
                break
            owned.add(beside[0])
            first, last = min(first, beside[0]), max(last, beside[0])
        found.append((band, (first, last)))
    return found


def _white(
    owners: Sequence[tuple[_Span, tuple[int, int]]],
    index: int,
    lines: Sequence[Sequence[_Span]],
    heads: Sequence[Head],
    middle: float,
) -> float:
    """The border between column ``index`` and the next: between their bands, or, where one band covers both, where the fewest
    words are cut and the most lines parted, near the middle between the heads."""
    for band, (first, last) in owners:
        if first <= index < last:
            low, high = max(band[0], heads[index].box.middle[0]), min(band[1], heads[index + 1].box.middle[0])
            inside = [[span for span in line if span[1] > band[0] and span[0] < band[1]] for line in lines]
            return _fewest(inside, low, high, middle)
    left = max((band[1] for band, (_, last) in owners if last <= index), default=heads[index].box.x1)
    right = min((band[0] for band, (first, _) in owners if first > index), default=heads[index + 1].box.x0)
    return (left + right) / 2


def _fewest(lines: Sequence[Sequence[_Span]], low: float, high: float, middle: float) -> float:
    edges = sorted({low, high, *(x for line in lines for span in line for x in span if low < x < high)})
    best: tuple[int, float, float] | None = None
    for x0, x1 in pairwise(edges):
        x = (x0 + x1) / 2
        crossed = sum(left < x < right for line in lines for left, right in line)
        parted = sum(any(b <= x for _, b in line) and any(a >= x for a, _ in line) for line in lines)
        if best is None or (crossed - parted, abs(x - middle)) < best[:2]:
            best = (crossed - parted, abs(x - middle), x)
    return best[2] if best else middle
