"""A forger with an editor: one amount of a text PDF lies under a white box, another amount stands on it."""

from __future__ import annotations

import ctypes
import re
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from demo.papers.drawn import Drawn

FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d.])")
Spot = tuple[str, tuple[float, float, float, float]]  #: a figure and where it stands: left, bottom, right, top


def forged(drawn: Drawn, seed: int = 1, *, covered: bool = True) -> Drawn | None:
    """The paper with one amount of its first page raised; the truth stays that of the honest paper. None: it has no amount.

    Without ``covered`` the new figure is written over the old one, as a careless hand does.
    """
    document = pypdfium2.PdfDocument(drawn.bytes)
    try:
        page = document[0]
        spots = [spot for spot in _figures(page) if Decimal(spot[0].replace(",", "")) >= 10]
        if not spots:
            return None
        _write_over(document, page, *Random(seed).choice(spots), covered=covered)
        out = BytesIO()
        document.save(out)
    finally:
        document.close()
    return Drawn(f"forged-{drawn.name}", out.getvalue(), {**drawn.truth, "forged": True})


def figure_places(data: bytes) -> list[list[tuple[float, float]]]:
    """The middles of the amounts of each page, as fractions of it from the top left."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            [((x0 + x1) / 2 / page.get_width(), 1 - (y0 + y1) / 2 / page.get_height())
             for _, (x0, y0, x1, y1) in _figures(page)]
            for page in document
        ]  # fmt: skip
    finally:
        document.close()


def raised(figure: str) -> str:
    """The same figure with its first digit made larger, as forgers do: 312,450.00 becomes 912,450.00."""
    return ("9" if figure[0] != "9" else "8") + figure[1:]


def _figures(page: Any) -> list[Spot]:
    text = page.get_textpage()
    whole = text.get_text_range()
    found = []
    for match in FIGURE.finditer(whole):
        boxes = [text.get_charbox(index) for index in range(match.start(), match.end())]
        place = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        found.append((match.group(), place))
    return found


def _write_over(
    document: Any, page: Any, figure: str, place: tuple[float, float, float, float], *, covered: bool
) -> None:
    left, bottom, right, top = place
    if covered:
        box = pdfium.FPDFPageObj_CreateNewRect(left - 0.5, bottom - 1, right - left + 1, top - bottom + 2)
        pdfium.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
        pdfium.FPDFPath_SetDrawMode(box, pdfium.FPDF_FILLMODE_ALTERNATE, False)
        pdfium.FPDFPage_InsertObject(page, box)
    size = (top - bottom) / 0.72
    text = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", size)
    letters = (raised(figure) + "\x00").encode("utf-16-le")
    pdfium.FPDFText_SetText(text, ctypes.cast(ctypes.create_string_buffer(letters), ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, left, bottom)
    pdfium.FPDFPage_InsertObject(page, text)
    pdfium.FPDFPage_GenerateContent(page)
