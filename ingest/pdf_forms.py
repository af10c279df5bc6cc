"""Forms in a PDF: what was typed into fields, ticks as ☑ and □; what cannot be read (XFA, attachments) is said."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pypdfium2 import raw

from ingest.pdf_words import Frame
from ingest.pdfium import Handle
from records.document import Box, Notice, Word

_MOST = 2000  # annotations looked at on one page
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_TICKED = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_TYPED = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)

#: What is printed with the page: fields, text typed over it, stamps, and shapes that may cover something.
PRINTED = (
    raw.FPDF_ANNOT_WIDGET,
    raw.FPDF_ANNOT_FREETEXT,
    raw.FPDF_ANNOT_STAMP,
    raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_CIRCLE,
    raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_REDACT,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form as filled in: where it stands in points, its text, or whether it is ticked."""

    place: tuple[float, float, float, float]
    text: str = ""
    ticked: bool | None = None


@contextmanager
def form_of(document: Handle) -> Iterator[Handle | None]:
    """The form of a document, while it is open; None when it has none."""
    if raw.FPDF_GetFormType(document) == raw.FORMTYPE_NONE:
        yield None
        return
    info = raw.FPDF_FORMFILLINFO(version=2)
    form = raw.FPDFDOC_InitFormFillEnvironment(document, info)
    try:
        yield form or None
    finally:
        if form:
            raw.FPDFDOC_ExitFormFillEnvironment(form)


def fields_on(form: Handle | None, page: Handle) -> tuple[list[Field], bool]:
    """The fields of a page, and whether there is anything on it that belongs to what is printed."""
    fields: list[Field] = []
    printed = False
    if form:
        raw.FORM_OnAfterLoadPage(page, form)
    for index in range(min(_MOST, raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        printed = printed or kind in PRINTED
        if kind == raw.FPDF_ANNOT_WIDGET and form and not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            found = _field(form, annotation)
            if found:
                fields.append(found)
        raw.FPDFPage_CloseAnnot(annotation)
    return fields, printed


def _field(form: Handle, annotation: Handle) -> Field | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, rect):
        return None
    place = (
        min(rect.left, rect.right),
        min(rect.bottom, rect.top),
        max(rect.left, rect.right),
        max(rect.bottom, rect.top),
    )
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _TICKED:
        return Field(place, ticked=bool(raw.FPDFAnnot_IsChecked(form, annotation)))
    if kind in _TYPED:
        length = raw.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
        buffer = (ctypes.c_ushort * max(1, length // 2))()
        raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
        text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00").strip()
        return Field(place, text) if text else None
    return None


def with_fields(words: Sequence[Word], fields: Sequence[Field], frame: Frame) -> list[Word]:
    """The words of a page with ticks in the place of what draws them, and with values that no appearance shows."""
    result = list(words)
    for item in fields:
        box = frame.box(*item.place)
        inside = [word for word in result if _in(word.box, box)]
        if item.ticked is not None:
            result = [word for word in result if word not in inside] + [Word("☑" if item.ticked else "□", box)]
        elif not inside:
            result += _typed(item.text, box, frame)
    return result


def _in(inner: Box, outer: Box) -> bool:
    x, y = inner.middle
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _typed(text: str, box: Box, frame: Frame) -> list[Word]:
    """A value set into its field, line by line, letters of even width."""
    lines = [line for line in text.splitlines() if line.strip()]
    words: list[Word] = []
    step = box.height / max(1, len(lines))
    for row, line in enumerate(lines):
        width = min(box.width / max(1, len(line)), 0.6 * min(step * frame.size[1], 12) / frame.size[0])
        x, start = box.x0, 0
        for part in line.split():
            start = line.index(part, start)
            left = x + start * width
            words.append(
                Word(part, Box(left, box.y0 + row * step, left + len(part) * width, box.y0 + (row + 1) * step))
            )
            start += len(part)
    return words


def beyond_the_pages(document: Handle) -> list[Notice]:
    """What a PDF holds besides its pages: a dynamic form that only its own program draws, attached files."""
    notices: list[Notice] = []
    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        notices.append(Notice("xfa_form", "文件是 XFA 动态表单，只读到其静态内容；请打印为普通 PDF 后再上传。"))
    count = max(0, raw.FPDFDoc_GetAttachmentCount(document))
    if count:
        names = [_name(document, index) for index in range(min(count, 8))]
        shown = "、".join(name for name in names if name) or "未命名"
        notices.append(Notice("attachments", f"PDF 内嵌 {count} 个附件（{shown}），附件未读，请单独上传。"))
    return notices


def _name(document: Handle, index: int) -> str:
    thing = raw.FPDFDoc_GetAttachment(document, index)
    length = raw.FPDFAttachment_GetName(thing, None, 0) if thing else 0
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    raw.FPDFAttachment_GetName(thing, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")[:60]
