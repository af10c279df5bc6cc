"""A sheet of paper: text, lines and seals at millimetres from the top left, written as a PDF with a text layer."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parent.parent / "ingest" / "fonts"
A4 = (210.0, 297.0)

Colour = tuple[float, float, float]
BLACK: Colour = (0.08, 0.08, 0.1)
GREY: Colour = (0.45, 0.45, 0.47)
RED: Colour = (0.8, 0.12, 0.14)


@cache
def _fonts() -> None:
    """Register the two Chinese fonts once a process; the Latin ones come with every PDF reader."""
    for name in ("sans", "hand"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def width_of(text: str, size: float, font: str = "sans") -> float:
    """How wide the text would stand, in millimetres."""
    _fonts()
    return float(pdfmetrics.stringWidth(text, font, size)) / mm


def plain(text: str) -> bool:
    """Whether a Latin font can write it."""
    return all(" " <= letter <= "~" for letter in text)


@cache
def seal_picture(words: str, inner: str = "", side: int = 420) -> Image.Image:
    """Words along the rim of a red circle, a star in the middle."""
    picture = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    draw, middle, ink = ImageDraw.Draw(picture), side / 2, (205, 30, 36, 190)
    draw.ellipse((6, 6, side - 6, side - 6), outline=ink, width=side // 42)
    reach = [side * (0.16 if point % 2 == 0 else 0.065) for point in range(10)]
    turns = [point * math.pi / 5 for point in range(10)]
    draw.polygon(
        [(middle + r * math.sin(t), middle - r * math.cos(t)) for r, t in zip(reach, turns, strict=True)], fill=ink
    )
    size = int(side * min(0.115, 2.0 / len(words)))
    font = ImageFont.truetype(str(FONTS / "sans.ttf"), size)
    for place, letter in enumerate(words):
        angle = -125 + place * 250 / max(len(words) - 1, 1)
        tile = Image.new("RGBA", (side, side), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((middle, side * 0.1), letter, font=font, fill=ink, anchor="mm")
        picture.alpha_composite(tile.rotate(-angle, resample=Image.Resampling.BICUBIC))
    if inner:
        draw.text((middle, side * 0.78), inner, font=font, fill=ink, anchor="mm")
    return picture


class Sheet:
    """Pages of one PDF. The origin is the top left corner, x to the right, y down, all in millimetres."""

    def __init__(self, *, landscape: bool = False, title: str = "", producer: str = "", size: tuple[float, float] = A4):
        _fonts()
        self.width, self.height = (size[1], size[0]) if landscape else size
        self._bytes = io.BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=(self.width * mm, self.height * mm), invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setProducer(producer or "demo")
        self.page = 1

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        font: str = "sans",
        align: str = "left",
        colour: Colour = BLACK,
        bold: bool = False,
        spacing: float = 0,
    ) -> None:
        """Write on the baseline y; ``align`` says which end of the text stands at x; ``spacing`` spreads the letters."""
        font = font if font in ("sans", "hand") or plain(text) else "sans"
        width = width_of(text, size, font) + spacing * max(len(text) - 1, 0)
        x -= {"left": 0.0, "right": width, "center": width / 2}[align]
        written = self._canvas.beginText(x * mm, (self.height - y) * mm)
        written.setFont(font, size)
        written.setFillColorRGB(*colour)
        if spacing:
            written.setCharSpace(spacing * mm)
        if bold:
            self._canvas.setStrokeColorRGB(*colour)
            self._canvas.setLineWidth(size / 32)
            written.setTextRenderMode(2)
        written.textOut(text)
        if bold:
            written.setTextRenderMode(0)
        if spacing:
            written.setCharSpace(0)
        self._canvas.drawText(written)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.18, *, colour: Colour = BLACK) -> None:
        """A ruling, ``width`` in millimetres."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(width * mm)
        self._canvas.line(x0 * mm, (self.height - y0) * mm, x1 * mm, (self.height - y1) * mm)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        stroke: float = 0.18,
        colour: Colour = BLACK,
    ) -> None:
        """A rectangle; ``stroke`` 0 leaves the edge out."""
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(stroke * mm)
        if fill:
            self._canvas.setFillColorRGB(*fill)
        self._canvas.rect(
            x * mm,
            (self.height - y - height) * mm,
            width * mm,
            height * mm,
            stroke=int(stroke > 0),
            fill=int(bool(fill)),
        )

    def seal(self, x: float, y: float, words: str, *, radius: float = 17, inner: str = "") -> None:
        """A round red seal laid over what stands there: a picture, as banks print it, not text."""
        picture = ImageReader(seal_picture(words, inner))
        side = 2 * radius * mm
        self._canvas.drawImage(picture, (x - radius) * mm, (self.height - y - radius) * mm, side, side, mask="auto")

    def watermark(self, words: str, *, size: float = 26) -> None:
        """Pale words across the page, slanted, three times; they are text and run through the table."""
        canvas = self._canvas
        for place in (0.25, 0.5, 0.75):
            canvas.saveState()
            canvas.setFillColorRGB(0.88, 0.88, 0.9)
            canvas.translate(self.width / 2 * mm, self.height * place * mm)
            canvas.rotate(30)
            canvas.setFont("sans", size)
            canvas.drawCentredString(0, 0, words)
            canvas.restoreState()

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._canvas.showPage()
        self.page += 1

    def finish(self) -> bytes:
        """The PDF, the same bytes for the same drawing."""
        self._canvas.save()
        return self._bytes.getvalue()
