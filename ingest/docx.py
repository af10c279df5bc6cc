"""Word documents (docx): paragraphs and tables in the order of the document; what was deleted or commented is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from ingest.container import checked, whole
from ingest.flow import BREAK, broken
from ingest.layout import LINES, TextLine, text_pages
from ingest.limits import Limits
from ingest.symbols import sign
from ingest.text import flowing, table_row
from records.document import Notice, Page
from records.errors import Bomb, DamagedFile, EmptyFile, TooManyPages

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: Not on the paper: deleted or moved away, field codes, properties, the twin of a picture for old programs.
_SKIPPED = frozenset(
    {
        _W + tag
        for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr", "commentReference")
    }
    | {_MC + "Fallback"}
)
_NEW_PAGE = "\x0c"


def read_docx(
    data: bytes,
    name: str,
    *,
    ocr: str = "auto",
    limits: Limits | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read the running text with its headers; pages of our own making, for Word keeps none."""
    limits = limits or Limits()
    with checked(data, name, limits) as archive:
        body = _parsed(whole(archive, "word/document.xml", name, limits), name)
        if body is None:
            raise DamagedFile(name)
        heads = sorted(path for path in archive.namelist() if path.startswith("word/header") and path.endswith(".xml"))
        roots = [_parsed(whole(archive, path, name, limits), name) for path in heads]
    lines = list(_header(roots))
    notices: list[Notice] = []
    if any(body.iter(_W + "del")) or any(body.iter(_W + "ins")):
        notices.append(Notice("tracked_changes", "文档含修订痕迹：按修订后的内容读取，已删除的内容不读。"))
    lines += _blocks(body)
    if not any(piece.text.strip() for line in lines for piece in line):
        raise EmptyFile(name)
    if len(lines) > limits.pages * LINES:
        raise TooManyPages(f"{name}: {len(lines)} lines")
    return text_pages(broken(lines), "text"), tuple(notices)


def _parsed(data: bytes | None, name: str) -> Element | None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if data is None:
        return None
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:  # entities: a Word document has none
        raise Bomb(f"{name}: {type(error).__name__}") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise DamagedFile(name) from error
    return root


def _header(roots: list[Element | None]) -> Iterator[TextLine]:
    """What stands at the head of the pages, once."""
    seen: set[str] = set()
    for root in roots:
        for paragraph in root.iter(_W + "p") if root is not None else ():
            text = _text(paragraph).strip()
            if text and text not in seen:
                seen.add(text)
                yield from flowing(text)


def _blocks(parent: Element) -> Iterator[TextLine]:
    for child in parent:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "p":
            for index, part in enumerate(_text(child).split(_NEW_PAGE)):
                if index:
                    yield BREAK
                for line in part.split("\n"):
                    yield from flowing(line)
        elif child.tag == _W + "tbl":
            yield from _table(child)
        else:
            yield from _blocks(child)


def _text(node: Element) -> str:
    """The text of a paragraph or of a cell's paragraph as it shows when all changes are accepted."""
    return "".join(_parts(node))


def _parts(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag == _W + "tab":
            yield "\t"
        elif child.tag in (_W + "br", _W + "cr"):
            yield _NEW_PAGE if child.get(_W + "type") == "page" else "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "-"
        elif child.tag == _W + "sym":
            yield _symbol(child)
        elif child.tag == _W + "sdt" and _ticked(child) is not None:
            yield "☑" if _ticked(child) else "□"
        elif child.tag == _W + "checkBox":
            yield "☑" if _old_tick(child) else "□"
        elif child.tag == _W + "p":  # a text box inside the paragraph
            yield "\n" + _text(child)
        else:
            yield from _parts(child)


def _symbol(node: Element) -> str:
    font = node.get(_W + "font") or ""
    try:
        code = int(node.get(_W + "char") or "0", 16)
    except ValueError:
        return ""
    return sign(font, code)


def _on(value: str | None) -> bool:
    return value not in ("0", "false", "off")


def _ticked(control: Element) -> bool | None:
    """Whether a check box of today's forms is ticked; None for any other control."""
    box = control.find(f"{_W}sdtPr/{_W14}checkbox")
    if box is None:
        return None
    checked = box.find(_W14 + "checked")
    return checked is not None and _on(checked.get(_W14 + "val"))


def _old_tick(box: Element) -> bool:
    """Whether a check box of the old kind of form is ticked."""
    state = box.find(_W + "checked")
    if state is None:
        state = box.find(_W + "default")
    return state is not None and _on(state.get(_W + "val"))


def _table(table: Element) -> Iterator[TextLine]:
    rows = _inner(table, "tr")
    spans = [[_span(cell) for cell in _inner(row, "tc")] for row in rows]
    count = max((sum(span) for span in spans), default=1)
    edges = _grid(table, count)
    for row, widths in zip(rows, spans, strict=True):
        texts: list[str] = []
        at = [0]
        for cell, span in zip(_inner(row, "tc"), widths, strict=True):
            texts.append("" if _continued(cell) else _cell_text(cell))
            at.append(min(at[-1] + span, count))
        yield from table_row(texts, [edges[index] for index in at])


def _inner(parent: Element, tag: str) -> list[Element]:
    """Rows of a table or cells of a row, also those wrapped in a content control; deleted ones left out."""
    found: list[Element] = []
    for child in parent:
        if child.tag == _W + tag:
            if tag != "tr" or child.find(f"{_W}trPr/{_W}del") is None:
                found.append(child)
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            found += _inner(child, tag)
    return found


def _cell_text(cell: Element) -> str:
    lines: list[str] = []
    for child in cell.iter():
        if child.tag == _W + "p":
            lines.append(_text(child).replace(_NEW_PAGE, "\n").strip())
    return "\n".join(line for line in lines if line)


def _property(cell: Element, tag: str) -> Any:
    return cell.find(f"{_W}tcPr/{_W}{tag}")


def _span(cell: Element) -> int:
    span = _property(cell, "gridSpan")
    value = span.get(_W + "val") if span is not None else None
    return max(1, min(64, int(value))) if value and value.isdigit() else 1


def _continued(cell: Element) -> bool:
    """Whether the cell belongs to the one above it."""
    merge = _property(cell, "vMerge")
    return merge is not None and merge.get(_W + "val") != "restart"


def _grid(table: Element, count: int) -> list[float]:
    """Where columns begin and end, as shares of the table."""
    widths = [
        int(w) for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol") if (w := column.get(_W + "w") or "").isdigit()
    ]
    if len(widths) != count or min(widths) <= 0:
        widths = [1] * count
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return [edge / edges[-1] for edge in edges]
