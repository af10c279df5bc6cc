"""Drawing with a pencil of our own: pages that have no looks, and what was read on any page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from records.document import Box, Word
from records.errors import BackendUnavailable

_FONT = Path(__file__).parent / "fonts" / "sans.ttf"
_SYSTEM_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
_TALLEST = 12000  # pixels; a sheet of many thousand rows is drawn with thinner ones
_INK, _PAPER, _GRID = "#1c2733", "#ffffff", "#e4e8ec"

#: What a state of a value looks like; anything else is taken for a colour itself.
COLOURS = {
    "verified": "#1f8a4c",
    "consistent": "#5b6b7b",
    "conflict": "#8e3b76",
    "low_confidence": "#2b6cb0",
    "absent": "#9aa5b1",
    "event": "#b4491f",
}
_DASHED = frozenset({"low_confidence", "absent"})


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """A font that knows Chinese: our own, else one of the system's."""
    for path in (_FONT, *map(Path, _SYSTEM_FONTS)):
        if path.exists():
            return ImageFont.truetype(str(path), size)
    raise BackendUnavailable(f"no font with Chinese characters; `make assets` brings {_FONT.name}")


def drawn_page(words: Sequence[Word], width: int) -> Image.Image:
    """Cells or lines of text as a sheet of paper."""
    rows = _rows(words)
    height = min(_TALLEST, max(int(width * 0.3), round(rows * max(18.0, min(34.0, 1754 / rows)) * width / 1240)))
    picture = Image.new("RGB", (width, height), _PAPER)
    pencil = ImageDraw.Draw(picture)
    if any(word.cell for word in words) or rows > 60:
        for row in range(1, rows) if rows <= 2000 else ():
            pencil.line([(0, row * height / rows), (width, row * height / rows)], fill=_GRID)
    for word in words:
        _write(pencil, word, width, height)
    return picture


def _rows(words: Sequence[Word]) -> int:
    """How many rows such a page has room for: by the distance of its lines."""
    tops = sorted({round(word.box.y0, 7) for word in words})
    steps = [b - a for a, b in pairwise(tops) if b - a > 1e-6]
    step = min(steps) if steps else words[0].box.height / 0.7 if words else 1 / 46
    return max(1, round(1 / max(step, 1e-6)))


def _write(pencil: ImageDraw.ImageDraw, word: Word, width: int, height: int) -> None:
    box = word.box
    high, across = box.height * height, box.width * width
    size = max(4, min(40, int(high * 0.95)))
    long = font(size).getlength(word.text)
    if long > across > 4:
        size = max(4, int(size * across / long))
    pencil.text((box.x0 * width, box.y0 * height + high / 2), word.text, fill=_INK, font=font(size), anchor="lm")


def marked(picture: Image.Image, marks: Iterable[tuple[Box, str, str]]) -> Image.Image:
    """The picture with a frame, and a label where there is one, around every place."""
    pencil = ImageDraw.Draw(picture, "RGBA")
    line = max(1, round(picture.width / 620))
    for box, state, label in marks:
        colour = COLOURS.get(state, state if state.startswith("#") else "#5b6b7b")
        pad = 2 * line
        left, top = box.x0 * picture.width - pad, box.y0 * picture.height - pad
        right = max(left + 1, box.x1 * picture.width + pad)
        bottom = max(top + 1, box.y1 * picture.height + pad)
        pencil.rectangle((left, top, right, bottom), fill=colour + "1c")
        if state in _DASHED:
            _dashes(pencil, (left, top, right, bottom), colour, line)
        else:
            pencil.rectangle((left, top, right, bottom), outline=colour, width=line)
        if label:
            _label(pencil, label, left, top, colour, picture.width)
    return picture


def _dashes(pencil: ImageDraw.ImageDraw, sides: tuple[float, float, float, float], colour: str, line: int) -> None:
    left, top, right, bottom = sides
    step = 5.0 * line
    x = left
    while x < right:
        for y in (top, bottom):
            pencil.line([(x, y), (min(x + step * 0.6, right), y)], fill=colour, width=line)
        x += step
    y = top
    while y < bottom:
        for x in (left, right):
            pencil.line([(x, y), (x, min(y + step * 0.6, bottom))], fill=colour, width=line)
        y += step


def _label(pencil: ImageDraw.ImageDraw, text: str, left: float, top: float, colour: str, width: int) -> None:
    size = max(9, round(width / 95))
    letters = font(size)
    long = letters.getlength(text)
    y = max(0.0, top - size * 1.25)
    left = max(0.0, min(left, width - long - 6))
    pencil.rectangle((left, y, left + long + 6, y + size * 1.25), fill=colour + "e0")
    pencil.text((left + 3, y + size * 0.62), text, fill="#ffffff", font=letters, anchor="lm")
