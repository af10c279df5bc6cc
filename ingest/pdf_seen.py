"""What a person sees of the text of a page: nothing that is covered, in the colour of its ground, or not drawn at all.

Text that stands in the file and not on the paper must not be read as a value; that it is there is worth a notice. Everything
is decided by the order of drawing: what is drawn later lies above.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import sub

from pypdfium2 import raw

from ingest.pdf_lines import Area, Bounds, Colour, Drawn, Run, bounds_of
from ingest.pdf_words import Frame
from ingest.pdfium import Characters, Handle
from records.document import Notice

_LARGE = 3.0  # points; what is smaller covers nothing
_WHITE: Colour = (255, 255, 255)
_ALIKE = 20  # of 255; colours as near as that are one to the eye
_TINY = 2.2  # points; print that nobody reads
_SHOWN = 60  # characters of hidden text that a notice quotes
_ALPHA = 200  # of 255
_WORTH = {"covered_text": 2, "hidden_text": 6}  # characters; fewer are dots and marks of the printing program


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not seen of the text objects of a page: whole ones, and parts of others under an area."""

    covered: frozenset[int]
    unseen: frozenset[int]
    under: dict[int, list[Bounds]]

    def __bool__(self) -> bool:
        return bool(self.covered or self.unseen or self.under)


def hidden_on(document: Handle, page: Handle, drawn: Drawn) -> Hidden:
    """Hold every run of text against what is drawn above it and below it."""
    areas = [a for a in drawn.areas if a.bounds[2] - a.bounds[0] > _LARGE and a.bounds[3] - a.bounds[1] > _LARGE]
    grounds = [area for area in areas if area.colour is None or not _alike(area.colour, _WHITE)]
    colours = {_WHITE, *(area.colour for area in areas if area.colour)}
    covered: set[int] = set()
    under: dict[int, list[Bounds]] = {}
    unseen = {run.handle for run in drawn.runs if not run.drawn}
    for run in drawn.runs:
        if run.drawn and any(_alike(run.colour, colour) for colour in colours) and _sunk(run, areas, grounds):
            unseen.add(run.handle)
    for run, area in _overlaid(drawn.runs, areas):
        bounds = bounds_of(run.handle, run.placed)
        if bounds is None or run.handle in unseen:
            continue
        share = _shared(bounds, area.bounds) / max(1e-6, (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]))
        if share < 0.03 or (area.colour is None and not _solid(document, page, area, bounds)):
            continue
        if share > 0.9:
            covered.add(run.handle)
        else:
            under.setdefault(run.handle, []).append(area.bounds)
    return Hidden(frozenset(covered), frozenset(unseen), under)


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _sunk(run: Run, areas: Sequence[Area], grounds: Sequence[Area]) -> bool:
    """Whether a run has the colour of what lies directly under it: the last area drawn before it there, else the paper."""
    if not grounds:
        return _alike(run.colour, _WHITE)
    bounds = bounds_of(run.handle, run.placed)
    if bounds is None:
        return False
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    ground: Colour | None = _WHITE
    for area in areas:
        if area.order > run.order:
            break
        left, bottom, right, top = area.bounds
        if left <= x <= right and bottom <= y <= top:
            ground = area.colour
    return ground is not None and _alike(run.colour, ground)


def _overlaid(runs: Sequence[Run], areas: Sequence[Area]) -> Iterator[tuple[Run, Area]]:
    """Runs with the areas drawn after them that could lie over them."""
    if not runs or not areas or areas[-1].order < runs[0].order:
        return
    placed = sorted(
        ((b[1], b[3], run) for run in runs if (b := bounds_of(run.handle, run.placed))), key=lambda p: p[:2]
    )
    for area in areas:
        if area.order < runs[0].order:
            continue
        for bottom, top, run in placed:
            if bottom > area.bounds[3]:
                break
            if run.order < area.order and top > area.bounds[1]:
                yield run, area


def _shared(one: Bounds, other: Bounds) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _solid(document: Handle, page: Handle, area: Area, under: Bounds) -> bool:
    """Whether a picture is opaque where it lies over a run: stamps and seals are mostly not."""
    if not area.handle:
        return False
    thing = ctypes.cast(area.handle, raw.FPDF_PAGEOBJECT)
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document, page, thing)
    if not bitmap:
        return False
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return True
        return _opaque(bitmap, area.bounds, under)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _opaque(bitmap: Handle, whole: Bounds, part: Bounds) -> bool:
    """Whether nine places in ten of a part of a picture let nothing through."""
    width, height = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    seen = total = 0
    for step in range(400):
        x = part[0] + (part[2] - part[0]) * (step % 20 + 0.5) / 20
        y = part[1] + (part[3] - part[1]) * (step // 20 + 0.5) / 20
        column = int((x - whole[0]) / max(1e-6, whole[2] - whole[0]) * width)
        row = int((whole[3] - y) / max(1e-6, whole[3] - whole[1]) * height)
        if 0 <= column < width and 0 <= row < height:
            total += 1
            seen += data[row * stride + 4 * column + 3] >= _ALPHA
    return total > 0 and seen > 0.9 * total


def mostly(characters: Characters, hidden: Hidden) -> bool:
    """Whether hardly anything of a layer is seen: laid under or over a picture for machines, not for people."""
    where = [index for index in range(0, len(characters.text), 7) if not characters.text[index].isspace()]
    things = [characters.object_of(index) for index in where]
    lost = sum(thing in hidden.covered or thing in hidden.unseen for thing in things)
    return lost > 0.6 * len(things)


# --- the characters ----------------------------------------------------------------------------------------------------


def blanked(characters: Characters, hidden: Hidden, frame: Frame, number: int) -> list[Notice]:
    """Take away the characters that nobody sees; say which."""
    lost: dict[str, list[int]] = {"covered_text": [], "hidden_text": []}
    tiny = _tiny(characters)
    if len(tiny) * 2 < len(characters.text) and frame.height > 200:
        lost["hidden_text"] += [index for index in tiny if not characters.text[index].isspace()]
    if hidden:
        for index, char in enumerate(characters.text):
            if char.isspace() or not (thing := characters.object_of(index)):
                continue
            if thing in hidden.covered or _within(characters, index, hidden.under.get(thing, ())):
                lost["covered_text"].append(index)
            elif thing in hidden.unseen:
                lost["hidden_text"].append(index)
    notices = [
        _notice(code, characters, sorted(set(where)), number)
        for code, where in lost.items()
        if len(where) >= _WORTH[code]
    ]
    gone = {index for where in lost.values() for index in where}
    if gone:
        characters.text = "".join("\x00" if i in gone else char for i, char in enumerate(characters.text))
    return notices


def _tiny(characters: Characters) -> list[int]:
    """The characters that are smaller than anybody prints."""
    heights = list(map(sub, characters.top, characters.bottom))
    if min(filter(None, heights), default=_TINY) >= _TINY:
        return []
    return [index for index, height in enumerate(heights) if 0 < height < _TINY]


def _within(characters: Characters, index: int, areas: Sequence[Bounds]) -> bool:
    x = (characters.left[index] + characters.right[index]) / 2
    y = (characters.bottom[index] + characters.top[index]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in areas)


_SAYS = {
    "covered_text": "第 {page} 页有被遮盖的文字，未读（只读看得见的）：{text}",
    "hidden_text": "第 {page} 页有看不见的文字（与底色相同、极小或未显示），未读：{text}",
}


def _notice(code: str, characters: Characters, where: Sequence[int], number: int) -> Notice:
    text, last = "", -1
    for index in where:
        gap = last >= 0 and characters.text[last + 1 : index].isspace()
        text += (" " if gap or (last >= 0 and index > last + 1) else "") + characters.text[index]
        last = index
    shown = re.sub(r"\d{7,}", lambda found: found.group()[:3] + "****" + found.group()[-2:], text)
    shown = shown[:_SHOWN] + ("…" if len(shown) > _SHOWN else "")
    return Notice(code, _SAYS[code].format(page=number, text=shown), number)
