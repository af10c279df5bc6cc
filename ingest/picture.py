"""Pictures of papers: opened with their size known beforehand, read page by page; and pages shown to people as pictures."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest import sniff
from ingest.limits import Limits
from ingest.ocr import page_reader
from ingest.tiff import pages_in
from records.document import Box, Notice, Page, Word
from records.errors import Bomb, DamagedFile, NotFound, TooLarge, TooManyPages

Image.MAX_IMAGE_PIXELS = None  # sizes are checked here, from the header, with our own limit and sentence

_KEEP = 5000  # pixels of the longer side; more than any engine or person makes use of
_PAGED = frozenset({sniff.TIFF, sniff.HEIC})  # what may hold pages
_MOVING = frozenset({sniff.GIF, sniff.WEBP, sniff.PNG})
_WHITES = (
    1.0,
    255.0,
    4095.0,
    65535.0,
)  # the white of pictures with more than eight bits: the least that holds all of it
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, ZeroDivisionError)


def read_picture(
    data: bytes,
    name: str,
    kind: str,
    *,
    ocr: str = "auto",
    limits: Limits | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read a picture as one page; a TIFF or HEIC of several as so many. Of what moves the first frame is the page."""
    limits = limits or Limits()
    if kind != sniff.TIFF and len(data) > limits.picture_bytes:
        raise TooLarge(f"{name}: {len(data) / 1e6:.1f} MB > {limits.picture_bytes / 1e6:.0f} MB")
    read = page_reader(ocr)
    pages: list[Page] = []
    notices: list[Notice] = []
    moving = _moving(data, name, kind, limits)
    if moving > 1:
        notices.append(Notice("animation", f"动图共 {moving} 帧，只读取了第一帧。", 1))
    for number, count, picture in _frames(data, name, kind, limits):
        page, remarks = read(picture, number, 1.0)
        pages.append(page)
        notices += remarks
        if on_page:
            on_page(number, count)
    return tuple(pages), tuple(notices)


def first_picture(data: bytes, name: str, limits: Limits) -> Image.Image:
    """The (first) picture in a file, upright, its size known before it is decoded."""
    with _opened(data, name, sniff.media_type(data, name), limits) as picture:
        return _frame(picture, 0, len(data), name, limits)


def _opened(data: bytes, name: str, kind: str, limits: Limits) -> Image.Image:
    """The picture with nothing but its header read."""
    if kind == sniff.HEIC:
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    try:
        picture = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise DamagedFile(name) from error
    _bearable(picture, len(data), name, limits)
    return picture


def _bearable(picture: Image.Image, size: int, name: str, limits: Limits) -> None:
    width, height = picture.size
    if width * height <= limits.pixels:
        return
    if width * height > 4 * limits.pixels and width * height > 100 * size:
        raise Bomb(f"{name}: {size} bytes, {width} x {height}")
    raise TooLarge(f"{name}: {width} x {height}")


def _frames(
    data: bytes, name: str, kind: str, limits: Limits, only: int | None = None
) -> Iterator[tuple[int, int, Image.Image]]:
    """Every page of the file (or one): its number, how many there are, the upright picture."""
    if kind == sniff.TIFF and (count := pages_in(data, limits.pages)) > limits.pages:  # the library counts in squares
        raise TooManyPages(f"{name}: {count} > {limits.pages}")
    with _opened(data, name, kind, limits) as picture:
        count = _count(picture, name) if kind in _PAGED else 1
        if count > limits.pages:
            raise TooManyPages(f"{name}: {count} > {limits.pages}")
        for index in range(count) if only is None else range(only - 1, min(only, count)):
            yield index + 1, count, _frame(picture, index, len(data), name, limits)


def _moving(data: bytes, name: str, kind: str, limits: Limits) -> int:
    """How many frames a picture that moves has."""
    if kind not in _MOVING:
        return 1
    with _opened(data, name, kind, limits) as picture:
        return _count(picture, name)


def _count(picture: Image.Image, name: str) -> int:
    try:
        return int(getattr(picture, "n_frames", 1))
    except _BROKEN as error:
        raise DamagedFile(name) from error


def _frame(picture: Image.Image, index: int, size: int, name: str, limits: Limits) -> Image.Image:
    try:
        if index or picture.tell():  # a HEIC opens at its main picture, wherever that stands
            picture.seek(index)
            _bearable(picture, size, name, limits)
        if max(picture.size) > 2 * _KEEP:
            picture.draft("RGB", (_KEEP, _KEEP))  # JPEG decodes smaller at once; others ignore it
        shown = _square(_eight_bit(picture), picture.info.get("dpi"))
        if max(shown.size) > _KEEP:
            shown.thumbnail((_KEEP, _KEEP), Image.Resampling.BOX)
        return ImageOps.exif_transpose(shown) or shown
    except _BROKEN as error:
        raise DamagedFile(name) from error


def _eight_bit(picture: Image.Image) -> Image.Image:
    """A copy in a mode that everything else understands; sixteen bits are brought down to eight, not cut off."""
    if picture.mode.startswith(("I", "F")):
        grey = picture.convert("F")
        _, brightest = grey.getextrema()
        assert isinstance(brightest, float)  # of one band
        white = next((white for white in _WHITES if brightest <= white), brightest)
        return grey.point(lambda value: value * (255.0 / white)).convert("L")
    if picture.mode in ("L", "RGB", "RGBA", "LA"):
        return picture.copy()
    return picture.convert("RGBA" if "transparency" in picture.info else "RGB")


def _square(picture: Image.Image, dpi: object) -> Image.Image:
    """With pixels as wide as high: a coarse fax has half as many rows as columns on the same length."""
    if not (isinstance(dpi, tuple) and len(dpi) == 2 and all(dpi)):
        return picture
    ratio = float(dpi[0]) / float(dpi[1])
    if not 1.25 < max(ratio, 1 / ratio) < 4.5:
        return picture
    width, height = picture.size
    size = (width, round(height * ratio)) if ratio > 1 else (round(width / ratio), height)
    return picture.convert("L" if picture.mode == "1" else picture.mode).resize(size, Image.Resampling.BICUBIC)


# --- pages shown to people ----------------------------------------------------------------------------------------------


def page_picture(
    data: bytes,
    document_name: str,
    page: int,
    *,
    rotation: int = 0,
    width: int = 1240,
    words: Sequence[Word] = (),
    password: str | None = None,
) -> bytes:
    """A page as a reader would hold it, as PNG: turned by ``rotation`` degrees clockwise, and straight.

    What has no pages of its own (cells, text) is drawn from ``words``, or from what the file says when none are given.
    """
    kind = sniff.media_type(data, document_name)
    if kind == sniff.OFFICE_LOCKED:
        from ingest.locked import unlocked

        data = unlocked(data, document_name, password, Limits())
        kind = sniff.media_type(data, document_name)
    if kind == sniff.PDF:
        from ingest.pdf_render import shown_page

        return _png(shown_page(data, document_name, page, rotation // 90, width, password))
    if kind == sniff.OFD:
        from ingest.ofd_draw import shown_page as shown_ofd_page

        return _png(shown_ofd_page(data, document_name, page, rotation // 90, width))
    if kind in sniff.PICTURES:
        return _png(_shown_picture(data, document_name, kind, page, rotation // 90, width))
    if kind == sniff.DOCX and not words:
        from ingest.docx import picture_on

        if found := picture_on(data, document_name, page):
            return page_picture(found[0], document_name, found[1], rotation=rotation, width=width)
    from ingest.drawing import drawn_page

    return _png(drawn_page(words or _words(data, document_name, page, password), width))


def _words(data: bytes, name: str, number: int, password: str | None) -> Sequence[Word]:
    from ingest.opening import open_file

    for page in open_file(data, name, password=password, ocr="off").pages:
        if page.number == number:
            return page.words
    raise NotFound(f"page {number} of {name}")


def _shown_picture(data: bytes, name: str, kind: str, page: int, quarter: int, width: int) -> Image.Image:
    from ingest.flat import shown

    if page >= 1:
        for _, _, picture in _frames(data, name, kind, Limits(), only=page):
            return shown(picture, quarter, width)
    raise NotFound(f"page {page} of {name}")


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def draw_boxes(png: bytes, marks: Iterable[tuple[Box, str, str]]) -> bytes:
    """Draw what was read on the picture of a page: (place, state or colour, label) each."""
    from ingest.drawing import marked

    with Image.open(io.BytesIO(png)) as picture:
        return _png(marked(picture.convert("RGB"), marks))
