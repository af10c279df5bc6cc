"""What an OCR engine is to us, and which one reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from records.document import Notice, Page
from records.errors import BackendUnavailable, Refused

if TYPE_CHECKING:
    from PIL.Image import Image

#: A picture as rows of BGR pixels (a numpy array; the name keeps numpy out of cheap imports).
Pixels = Any

#: ``auto``: RapidOCR, or Tesseract where that cannot run. ``both``: RapidOCR, its numbers checked by Tesseract.
#: ``onnx``: RapidOCR without OpenVINO.
ENGINES = ("auto", "rapid", "onnx", "tesseract", "both", "off")
#: What RapidOCR runs on, the faster one first.
RUNTIMES = ("openvino", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, or a few that the engine would not part, with its horizontal extent along the line (0 to 1)."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One line (or word) as an engine read it: corners in pixels, clockwise from the top left of the text."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float
    glyphs: tuple[Glyph, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def runs_down(self) -> bool:
        """Whether the text runs from top to bottom rather than from left to right."""
        (ax, ay), (bx, by) = self.corners[:2]
        return abs(by - ay) > abs(bx - ax)


class Seen(Protocol):
    """A picture that an engine has looked at. Reading costs most: nothing is read before it is asked for, nor twice."""

    def quarter(self) -> int:
        """Quarter turns clockwise that bring the picture upright; told from a few lines, before the rest is read."""

    def readings(self) -> list[Reading]:
        """Every piece of text in the picture, in no particular order; an empty picture gives an empty list."""


class Engine(Protocol):
    """Reads the text in a picture. One instance serves one thread of one process."""

    name: str

    def look(self, image: Pixels) -> Seen:
        """Look at a picture as it lies."""

    def mirrored(self, image: Pixels, readings: list[Reading]) -> list[Reading]:
        """Those of the readings that are mirror writing: print of the back that shows through."""


@cache
def engine(name: str = "auto") -> Engine:
    """The engine of this name, made once per process; raises ``BackendUnavailable`` when it cannot run here."""
    if name in ("rapid", "onnx"):
        from ingest.ocr_rapid import RapidEngine

        return RapidEngine(RUNTIMES if name == "rapid" else RUNTIMES[1:])
    if name == "tesseract":
        from ingest.ocr_tesseract import TesseractEngine

        return TesseractEngine()
    if name == "both":
        from ingest.ocr_tesseract import TesseractEngine

        TesseractEngine()  # say now, not after the first page, that it is missing
        return engine("rapid")
    if name != "auto":
        raise Refused(f"ocr engine {name!r}; known: {', '.join(ENGINES)}")
    try:
        return engine("rapid")
    except BackendUnavailable:
        return engine("tesseract")


def steadier(name: str) -> str:
    """What to ask for when reading by this name broke the process: the same without OpenVINO."""
    return "onnx" if name in ("auto", "rapid", "both") else name


#: A page and what a person should know about it.
PageRead = tuple[Page, tuple[Notice, ...]]


def page_reader(ocr: str) -> Callable[[Image, int, float], PageRead]:
    """What reads the picture of a page; nothing is loaded before the first picture comes."""
    if ocr not in ENGINES:
        raise Refused(f"ocr engine {ocr!r}; known: {', '.join(ENGINES)}")

    def read(picture: Image, number: int, native: float = 1.0) -> PageRead:
        if ocr == "off":
            page = Page(number, (), "ocr", legibility=0.0, width=float(picture.width), height=float(picture.height))
            return page, (Notice("ocr_off", f"第 {number} 页是图像，文字识别已关闭。", number),)
        from ingest.scan import read_page

        return read_page(picture, number, engine(ocr), native=native, second=ocr == "both")

    return read
