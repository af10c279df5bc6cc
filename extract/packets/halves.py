"""Two receipts on one sheet: a page is parted where its title comes again, above one another or side by side.

The parts keep their places on the real page; only the words are shared out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.layout import Sheet, Strip, squeezed
from extract.packets.fronts import Title, titles
from records.document import Box, Page

_APART = 0.15  # of the page, between two titles: closer ones are a title and its repetition
CUT = re.compile(r"^[-—_=·.…✂✁\s]{8,}$|裁剪线|裁切线|剪切线|骑缝")


def parts_of(sheet: Sheet, page: Page) -> list[Page]:
    """The papers that share a page, top to bottom or left to right; the page itself where there is one."""
    strips = sheet.by_page[page.number]
    found = titles(strips)
    if len(found) < 2:
        return [page]
    first = found[0]
    again = [title for title in found if title.text == first.text]
    beside = [title for title in again if title.box.shared_height(first.box) > 0.5 * first.box.height]
    if len(beside) == 2 and beside[1].box.x0 > 0.5 > beside[0].box.x1 and _gutter(page):
        return [_within(page, Box(0, 0, 0.5, 1)), _within(page, Box(0.5, 0, 1, 1))]
    below = [first] + [title for title in again if title not in beside]
    below = [title for i, title in enumerate(below) if i == 0 or title.box.y0 - below[i - 1].box.y0 > _APART]
    if len(below) < 2:
        return [page]
    cuts = [0.0, *(_cut(strips, above, title, first) for above, title in pairwise(below)), 1.0]
    return [_within(page, Box(0, a, 1, b)) for a, b in pairwise(cuts)]


def _gutter(page: Page) -> bool:
    """Whether the middle of the page is free of words."""
    return not any(word.box.x0 < 0.495 and word.box.x1 > 0.505 for word in page.words)


def _cut(strips: Sequence[Strip], above: Title, title: Title, first: Title) -> float:
    """Where one paper ends and the next begins: at a cutting line, else as far above the title as on the first one."""
    between = [s for s in strips if above.box.y1 < s.middle < title.box.y0]
    for strip in between:
        if CUT.search(squeezed(strip.text)):
            return strip.middle
    lead = first.box.y0 - min(strip.top for strip in strips)
    wanted = title.box.y0 - lead
    edges = [above.box.y1, *(y for strip in between for y in (strip.top, strip.box.y1)), title.box.y0]
    gaps = [
        (a, b) for a, b in pairwise(sorted(edges)) if b > a and not any(s.top < (a + b) / 2 < s.box.y1 for s in between)
    ]
    if not gaps:
        return wanted
    low, high = min(gaps, key=lambda gap: abs(gap[1] - wanted))
    return (low + high) / 2


def _within(page: Page, box: Box) -> Page:
    words = tuple(w for w in page.words if box.x0 <= w.box.middle[0] < box.x1 and box.y0 <= w.box.middle[1] < box.y1)
    rulings = tuple(
        r for r in page.rulings if box.x0 <= (r.x0 + r.x1) / 2 <= box.x1 and box.y0 <= (r.y0 + r.y1) / 2 <= box.y1
    )
    return replace(page, words=words, rulings=rulings)
