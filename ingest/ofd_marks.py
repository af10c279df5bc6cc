"""What is drawn on an OFD page, in drawing order: text, paths and pictures, each with the matrix that places it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.ofd_package import Package
from ingest.ofd_path import outline
from ingest.ofd_tree import OfdPage, Rectangle, Resources, numbers, rectangle, take_resources
from ingest.xml_tree import child, children, text_at
from records.errors import Bomb

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEP = 8  # blocks within blocks
_MOST = 120_000  # objects and points on one page
_ORDER = {"background": 0, "body": 1, "foreground": 2}


@dataclass(frozen=True, slots=True)
class TextMark:
    """A TextObject: its element, its size in its own units, and what it is drawn with."""

    matrix: Matrix
    element: Element
    id: str
    colour: Colour
    hidden: bool  #: laid down without being drawn


@dataclass(frozen=True, slots=True)
class PathMark:
    """A path, flattened to straight pieces in its own units; None where it is not filled, or not stroked."""

    matrix: Matrix
    lines: list[list[tuple[float, float]]]
    stroke: Colour | None
    fill: Colour | None
    width: float


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture in the unit square; ``key`` is None when its file is missing."""

    matrix: Matrix
    key: str | None
    darkens: bool = False  #: laid over what is there like ink, as seals are


Mark = TextMark | PathMark | PictureMark


@dataclass(slots=True)
class Face:
    """A page as drawn: its area in millimetres and its marks."""

    box: Rectangle
    marks: list[Mark] = field(default_factory=list)


def face_of(package: Package, page: OfdPage) -> Face:
    """The marks of a page, its templates and its annotations, from the lowest up."""
    root = package.tree(page.key)
    document = page.document
    resources = document.resources.copy()
    for part in children(root, "PageRes"):
        take_resources(package, package.find((part.text or "").strip(), document.folder), resources)
    box = rectangle(numbers(text_at(root, "Area", "PhysicalBox"))) or document.box
    layers: list[tuple[int, Element]] = []
    for template in children(root, "Template"):
        key, order = document.templates.get(template.get("TemplateID", ""), (None, ""))
        place = 2 * _ORDER.get((template.get("ZOrder") or order).lower(), 0)
        layers += [(place, layer) for layer in children(child(package.tree(key), "Content"), "Layer")]
    for layer in children(child(root, "Content"), "Layer"):
        layers.append((1 + 2 * _ORDER.get(layer.get("Type", "Body").lower(), 1), layer))
    layers.sort(key=lambda pair: pair[0])
    walk = _Walk(resources, package.name)
    face = Face(box)
    for _, layer in layers:
        face.marks += walk.block(layer, PLAIN, layer.get("DrawParam"), 0)
    for note in page.annotations:
        for each in children(package.tree(note), "Annot"):
            face.marks += walk.annotation(each)
    return face


class _Walk:
    """Goes through the blocks of one page and counts what it meets."""

    def __init__(self, resources: Resources, name: str) -> None:
        self._resources, self._name = resources, name
        self._met = 0

    def annotation(self, note: Element) -> Iterator[Mark]:
        """What a shown annotation shows."""
        appearance = child(note, "Appearance")
        if appearance is None or not _shown(note):
            return
        yield from self.block(appearance, _placed(appearance, PLAIN), None, 0)

    def block(self, block: Element, placed: Matrix, style: str | None, depth: int) -> Iterator[Mark]:
        """The marks of a layer, a page block, or a composite drawing."""
        for thing in block:
            if not isinstance(thing.tag, str) or not _shown(thing):
                continue
            self._count(1)
            kind = thing.tag
            style_here = thing.get("DrawParam") or style
            if kind == "TextObject":
                yield self._text(thing, placed, style_here)
            elif kind == "PathObject":
                yield from self._path(thing, placed, style_here)
            elif kind == "ImageObject":
                yield self._picture(thing, placed)
            elif depth < _DEEP and kind in ("PageBlock", "Layer"):
                yield from self.block(thing, placed, style_here, depth + 1)
            elif depth < _DEEP and kind == "CompositeObject":
                unit = self._resources.composites.get(thing.get("ResourceID", ""))
                content = child(unit, "Content") if unit is not None else None
                if content is not None:
                    yield from self.block(content, _placed(thing, placed), style_here, depth + 1)

    def _count(self, more: int) -> None:
        self._met += more
        if self._met > _MOST:
            raise Bomb(f"{self._name}: > {_MOST} objects on one page")

    def _text(self, thing: Element, placed: Matrix, style: str | None) -> TextMark:
        colour = self._colour(thing, style, "FillColor") or (0, 0, 0)
        unpainted = _no(thing.get("Fill")) and not _yes(thing.get("Stroke"))
        return TextMark(_placed(thing, placed), thing, thing.get("ID", ""), colour, unpainted or _clear(thing))

    def _path(self, thing: Element, placed: Matrix, style: str | None) -> Iterator[PathMark]:
        lines = outline(text_at(thing, "AbbreviatedData"), 4000)
        self._count(sum(map(len, lines)))
        stroke = None if _no(thing.get("Stroke")) else self._colour(thing, style, "StrokeColor") or (0, 0, 0)
        fill = self._colour(thing, style, "FillColor") if _yes(thing.get("Fill")) else None  # without a colour: clear
        width = (numbers(thing.get("LineWidth") or self._styled(style, "LineWidth")) or [0.353])[0]
        if lines and not _clear(thing):
            yield PathMark(_placed(thing, placed), lines, stroke, fill, width)

    def _picture(self, thing: Element, placed: Matrix) -> PictureMark:
        key = self._resources.pictures.get(thing.get("ResourceID", ""))
        darkens = thing.get("BlendMode", "").lower() in ("darken", "multiply")
        if len(numbers(thing.get("CTM"))) >= 6:
            return PictureMark(_placed(thing, placed), key, darkens)
        box = numbers(thing.get("Boundary"))
        across, down = (box[2], box[3]) if len(box) >= 4 else (0.0, 0.0)
        return PictureMark(times((across, 0.0, 0.0, down, 0.0, 0.0), _placed(thing, placed)), key, darkens)

    def _colour(self, thing: Element, style: str | None, name: str) -> Colour | None:
        own = child(thing, name)
        if own is not None:
            return _colour(own)
        for _ in range(_DEEP):  # styles build on styles
            found = self._resources.styles.get(style or "")
            if found is None:
                return None
            if (own := child(found, name)) is not None:
                return _colour(own)
            style = found.get("Relative")
        return None

    def _styled(self, style: str | None, name: str) -> str | None:
        for _ in range(_DEEP):
            found = self._resources.styles.get(style or "")
            if found is None or found.get(name):
                return found.get(name) if found is not None else None
            style = found.get("Relative")
        return None


def _colour(element: Element) -> Colour | None:
    shades = [shade for word in (element.get("Value") or "").split()[:4] if (shade := _shade(word)) is not None]
    if len(shades) == 1:
        return shades[0], shades[0], shades[0]
    if len(shades) == 4:  # cyan, magenta, yellow, black
        c, m, y, k = shades
        return (255 - c) * (255 - k) // 255, (255 - m) * (255 - k) // 255, (255 - y) * (255 - k) // 255
    return (shades[0], shades[1], shades[2]) if len(shades) == 3 else None


def _shade(word: str) -> int | None:
    try:
        value = int(word[1:], 16) if word.startswith("#") else float(word)
    except ValueError:
        return None
    return int(min(255, max(0, value))) if value == value else None


def _placed(thing: Element, parent: Matrix) -> Matrix:
    """An object's own units on the page: its CTM, then its boundary's corner, then what it lies in."""
    own = numbers(thing.get("CTM"))
    matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) >= 6 else PLAIN
    corner = numbers(thing.get("Boundary"))
    x, y = (corner[0], corner[1]) if len(corner) >= 2 else (0.0, 0.0)
    return times(times(matrix, (1.0, 0.0, 0.0, 1.0, x, y)), parent)


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does the first and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _shown(thing: Element) -> bool:
    return not _no(thing.get("Visible"))


def _clear(thing: Element) -> bool:
    return thing.get("Alpha", "").strip() == "0"


def _yes(word: str | None) -> bool:
    return (word or "").strip().lower() in ("true", "1")


def _no(word: str | None) -> bool:
    return (word or "").strip().lower() in ("false", "0")
