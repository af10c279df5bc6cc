"""Two stretches of one table beside each other: the heads come twice on one line, and every line carries two rows.

税种 所属期 实缴金额 | 税种 所属期 实缴金额. The stretches are read as tables of their own; their rows go line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.grammar import Table
from extract.layout import Strip, clusters
from extract.tables.labels import Labels, key_of
from records.document import Ruling, Word, around

#: A word may reach this far over the border between the stretches (of the page's width) before it belongs to neither.
_OVER = 0.004


def abreast(
    strips: Sequence[Strip], table: Table, labels: Labels, rulings: Sequence[Ruling]
) -> tuple[list[Strip], list[Strip]] | None:
    """The lines of the left and of the right stretch, heads first; None where no head comes twice."""
    for index, strip in enumerate(strips):
        groups = clusters(strip.words, strip.ratio, 0.6)
        half, odd = divmod(len(groups), 2)
        keys = [key_of("".join(word.text for word in group)) for group in groups]
        if odd or half < 2 or keys[:half] != keys[half:]:
            continue
        named = {found[0] for key in keys[:half] if (found := labels.find([key]))}
        if not all(named & set(group) for group in table.needs):
            continue
        border = _border(groups[half - 1], groups[half], strips[index + 1 :], rulings)
        return _parted(strips[index:], border)
    return None


def _border(left: Sequence[Word], right: Sequence[Word], body: Sequence[Strip], rulings: Sequence[Ruling]) -> float:
    """A ruling that passes between the two heads, else the widest white between them that the first line under them leaves."""
    low, high = around(w.box for w in left).middle[0], around(w.box for w in right).middle[0]
    at = left[0].box.middle[1]
    upright = [r for r in rulings if abs(r.x1 - r.x0) < 0.004 and min(r.y0, r.y1) < at < max(r.y0, r.y1)]
    drawn = [r.x0 for r in upright if low < r.x0 < high]
    end, begin = left[-1].box.x1, right[0].box.x0
    if drawn:
        return min(drawn, key=lambda x: abs(x - (end + begin) / 2))
    for word in body[0].words if body else ():
        if word.box.middle[0] < (low + high) / 2:
            end = max(end, word.box.x1)
        else:
            begin = min(begin, word.box.x0)
    return (end + begin) / 2


def _parted(strips: Sequence[Strip], border: float) -> tuple[list[Strip], list[Strip]]:
    """Lines cut at the border, down to the first that runs across it."""
    sides: tuple[list[Strip], list[Strip]] = [], []
    for strip in strips:
        if any(w.box.x0 < border - _OVER and w.box.x1 > border + _OVER for w in strip.words):
            break
        for side, words in zip(sides, _sides(strip, border), strict=True):
            if words:
                side.append(replace(strip, words=words))
    return sides


def _sides(strip: Strip, border: float) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    return (
        tuple(word for word in strip.words if word.box.middle[0] < border),
        tuple(word for word in strip.words if word.box.middle[0] >= border),
    )
