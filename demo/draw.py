"""A sheet of paper: text, lines and seals at millimetres from the top left, written as a PDF with a text layer."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path

from reportlab.lib.units import mm
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
        """A round red seal with a star, its words along the rim; laid over what stands there."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColorRGB(*RED, alpha=0.75)
        canvas.setFillColorRGB(*RED, alpha=0.75)
        canvas.translate(x * mm, (self.height - y) * mm)
        canvas.setLineWidth(0.9 * mm)
        canvas.circle(0, 0, radius * mm, fill=0)
        self._star(radius * 0.3)
        size, turn = radius * min(0.62, 7.6 / len(words)), 250 / max(len(words) - 1, 1)
        canvas.setFont("sans", size)
        for place, letter in enumerate(words):
            canvas.saveState()
            canvas.rotate(125 - place * turn)
            canvas.translate(0, (radius - size * 0.42) * mm)
            canvas.drawCentredString(0, 0, letter)
            canvas.restoreState()
        canvas.setFont("sans", size * 0.8)
        canvas.drawCentredString(0, -radius * 0.72 * mm, inner)
        canvas.restoreState()

    def _star(self, radius: float) -> None:
        path = self._canvas.beginPath()
        for point in range(10):
            reach = radius if point % 2 == 0 else radius * 0.4
            angle = math.pi / 2 + point * math.pi / 5
            place = (reach * math.cos(angle) * mm, reach * math.sin(angle) * mm)
            path.moveTo(*place) if point == 0 else path.lineTo(*place)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._canvas.showPage()
        self.page += 1

    def finish(self) -> bytes:
        """The PDF, the same bytes for the same drawing."""
        self._canvas.save()
        return self._bytes.getvalue()
