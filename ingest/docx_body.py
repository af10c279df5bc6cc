"""The body of a Word document: paragraphs, tables, boxes, as they show when all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.docx_numbers import Numbers
from ingest.flow import BREAK
from ingest.layout import TextLine
from ingest.symbols import sign
from ingest.text import flowing, table_row

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"

#: Not on the paper: deleted or moved away, field codes, properties; pictures and boxes are taken by themselves.
_SKIPPED = frozenset(
    W + tag
    for tag in (
        *("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr", "commentReference", "sdtPr"),
        *("drawing", "pict", "object", "txbxContent"),
    )
)
_NEW_PAGE = "\x0c"
_CM = 360_000  # units of a drawing
_WIDTH = re.compile(r"(?<![-\w])width:(\d{1,5})(?:\.\d+)?pt")  # as old drawings say it


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text, by the name of its relation."""

    identity: str
    page_like: bool  #: shown large enough to be a page of its own


Block = TextLine | Picture


class Body:
    """Turns elements into lines, tables into rows, and keeps the pictures where they stand."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Everything below an element, in its order."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == _MC + "AlternateContent":
                yield from self.blocks(_chosen(child))
            elif child.tag not in _SKIPPED and not _is_prompt(child):
                yield from self.blocks(child)

    def _paragraph(self, node: Element) -> Iterator[Block]:
        for index, part in enumerate((self._numbers.of(node) + self.text(node)).split(_NEW_PAGE)):
            if index:
                yield BREAK
            for line in part.split("\n"):
                yield from flowing(line)
        for inner in _floating(node):
            if inner.tag == W + "txbxContent":
                yield from self.blocks(inner)
            elif (picture := _picture(inner)) is not None:
                yield picture

    @staticmethod
    def text(node: Element) -> str:
        """The text of a paragraph, without the boxes and pictures that are tied to it."""
        return "".join(_parts(node))

    # --- tables

    def _table(self, table: Element) -> Iterator[Block]:
        rows = _inner(table, "tr")
        spans = [[_span(cell) for cell in _inner(row, "tc")] for row in rows]
        count = max((sum(span) for span in spans), default=1)
        edges = _grid(table, count)
        for row, widths in zip(rows, spans, strict=True):
            cells = _inner(row, "tc")
            if _is_frame(cells):
                for cell in cells:
                    yield from self.blocks(cell)
                continue
            inside = [list(self._cell(cell)) for cell in cells]
            at = [0]
            for span in widths:
                at.append(min(at[-1] + span, count))
            texts = ["\n".join(line for line in lines if isinstance(line, str)) for lines in inside]
            yield from table_row(texts, [edges[index] for index in at])
            yield from (item for lines in inside for item in lines if isinstance(item, Picture))

    def _cell(self, cell: Element) -> Iterator[str | Picture]:
        """The lines of a cell; a table within it gives a line for each of its rows."""
        if _continued(cell):
            return
        for child in cell:
            if child.tag == W + "p":
                yield from self._lines(child)
            elif child.tag == W + "tbl":
                for row in _inner(child, "tr"):
                    inside = [list(self._cell(inner)) for inner in _inner(row, "tc")]
                    texts = [" ".join(line for line in lines if isinstance(line, str)) for lines in inside]
                    if any(texts):
                        yield "  ".join(text for text in texts if text)
                    yield from (item for lines in inside for item in lines if isinstance(item, Picture))
            elif child.tag == _MC + "AlternateContent":
                yield from self._cell(_chosen(child))
            elif child.tag not in _SKIPPED and not _is_prompt(child):
                yield from self._cell(child)

    def _lines(self, node: Element) -> Iterator[str | Picture]:
        text = (self._numbers.of(node) + self.text(node)).replace(_NEW_PAGE, "\n")
        yield from (line.strip() for line in text.split("\n") if line.strip())
        for inner in _floating(node):
            if inner.tag == W + "txbxContent":
                yield from self._cell(inner)
            elif (picture := _picture(inner)) is not None:
                yield picture


def _is_frame(cells: list[Element]) -> bool:
    """A row with one cell that says anything, and that cell holds a table: only there to place the other."""
    if not any(True for cell in cells for _ in cell.iter(W + "tbl")):
        return False
    full = [cell for cell in cells if any(text.text for text in cell.iter(W + "t"))]
    return len(full) == 1 and any(True for _ in full[0].iter(W + "tbl"))


def _floating(node: Element) -> Iterator[Element]:
    """Boxes and pictures tied to a paragraph, of every choice only the first."""
    for child in node:
        if child.tag == _MC + "AlternateContent":
            yield from _floating(_chosen(child))
        elif child.tag in (W + "txbxContent", _BLIP, _IMAGE):
            yield child
        elif child.tag in (W + "drawing", W + "pict", W + "object"):
            yield from _drawn(child)
        elif child.tag not in _SKIPPED and child.tag != W + "p":
            yield from _floating(child)


def _drawn(node: Element) -> Iterator[Element]:
    """A picture keeps the size it is shown at on the element around it; the whole drawing is handed on for that."""
    if any(True for _ in node.iter(W + "txbxContent")):
        yield from _floating(node)
    else:
        yield node


def _picture(drawing: Element) -> Picture | None:
    for tag, attribute in ((_BLIP, _R + "embed"), (_IMAGE, _R + "id")):
        for image in drawing.iter(tag):
            if identity := image.get(attribute):
                return Picture(identity, _large(drawing))
    return None


def _large(drawing: Element) -> bool:
    """Shown over more than half of the width of a page."""
    for extent in drawing.iter(_EXTENT):
        wide, high = extent.get("cx") or "", extent.get("cy") or ""
        return wide.isdigit() and high.isdigit() and int(wide) > 10 * _CM and int(high) > 7 * _CM
    for shape in drawing.iter():
        if found := _WIDTH.search(shape.get("style") or ""):
            return float(found[1]) > 283
    return False


def _chosen(alternatives: Element) -> Element:
    """What a program of today shows, of several ways to say the same."""
    choice = alternatives.find(_MC + "Choice")
    if choice is None:
        choice = alternatives.find(_MC + "Fallback")
    return alternatives if choice is None else choice


def _is_prompt(control: Element) -> bool:
    """A control that nobody has filled in shows a prompt, which nobody wrote."""
    return control.tag == W + "sdt" and control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _parts(node: Element) -> Iterator[str]:
    for child in node:
        tag = child.tag
        if tag == W + "t":
            yield child.text or ""
        elif tag == W + "tab":
            yield "\t"
        elif tag in (W + "br", W + "cr"):
            yield _NEW_PAGE if child.get(W + "type") == "page" else "\n"
        elif tag == W + "noBreakHyphen":
            yield "-"
        elif tag == W + "sym":
            yield _symbol(child)
        elif tag == W + "sdt" and _ticked(child) is not None:
            yield "☑" if _ticked(child) else "□"
        elif tag == W + "checkBox":
            yield "☑" if _old_tick(child) else "□"
        elif tag == _MC + "AlternateContent":
            yield from _parts(_chosen(child))
        elif tag not in _SKIPPED and not _is_prompt(child) and not _is_hidden(child):
            yield from _parts(child)


def _is_hidden(run: Element) -> bool:
    if run.tag != W + "r":
        return False
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and _on(hidden.get(W + "val"))


def _symbol(node: Element) -> str:
    try:
        return sign(node.get(W + "font") or "", int(node.get(W + "char") or "0", 16))
    except ValueError:
        return ""


def _on(value: str | None) -> bool:
    return value not in ("0", "false", "off")


def _ticked(control: Element) -> bool | None:
    """Whether a check box of today's forms is ticked; None for any other control."""
    box = control.find(f"{W}sdtPr/{_W14}checkbox")
    if box is None:
        return None
    checked = box.find(_W14 + "checked")
    return checked is not None and _on(checked.get(_W14 + "val"))


def _old_tick(box: Element) -> bool:
    """Whether a check box of the old kind of form is ticked."""
    state = box.find(W + "checked")
    if state is None:
        state = box.find(W + "default")
    return state is not None and _on(state.get(W + "val"))


def _inner(parent: Element, tag: str) -> list[Element]:
    """Rows of a table or cells of a row, also those wrapped in a content control; deleted ones left out."""
    found: list[Element] = []
    for child in parent:
        if child.tag == W + tag:
            if tag != "tr" or child.find(f"{W}trPr/{W}del") is None:
                found.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            found += _inner(child, tag)
    return found


def _property(cell: Element, tag: str) -> Any:
    return cell.find(f"{W}tcPr/{W}{tag}")


def _span(cell: Element) -> int:
    span = _property(cell, "gridSpan")
    value = span.get(W + "val") if span is not None else None
    return max(1, min(64, int(value))) if value and value.isdigit() else 1


def _continued(cell: Element) -> bool:
    """Whether the cell belongs to the one above it."""
    merge = _property(cell, "vMerge")
    return merge is not None and merge.get(W + "val") != "restart"


def _grid(table: Element, count: int) -> list[float]:
    """Where columns begin and end, as shares of the table."""
    widths = [
        int(w) for column in table.iterfind(f"{W}tblGrid/{W}gridCol") if (w := column.get(W + "w") or "").isdigit()
    ]
    if len(widths) != count or min(widths) <= 0:
        widths = [1] * count
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return [edge / edges[-1] for edge in edges]
