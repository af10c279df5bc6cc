"""Word 97–2003 documents: the text as it shows, tables in cells; deleted and hidden text and comments are not read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

from ingest import doc_parts as parts
from ingest.flow import Flow, most_characters
from ingest.limits import Limits
from ingest.symbols import in_symbol_font, sign
from records.document import Notice, Page
from records.errors import DamagedFile, PasswordProtected, TooManyPages, Unsupported

_WORD_97 = 0xC1
_CHINESE = frozenset({0x0404, 0x0804, 0x0C04, 0x1004, 0x1404})
#: Modifiers of runs and paragraphs that bear on what is read.
_DELETED, _INSERTED, _HIDDEN, _SYMBOL, _FONT, _PICTURE = 0x0800, 0x0801, 0x083C, 0x6A09, 0x4A4F, 0x6A03
_IN_TABLE, _ROW_END, _ROW = 0x2416, 0x2417, 0xD608
_BEGIN, _RESULT, _END = "\x13", "\x14", "\x15"  # of a field
_FORM = "\x01"  # a picture, or what stands for the check box of a form
_SHOWN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": " ", "\t": "\t", "\n": "\n"}
_BODY, _COMMENTS = 0, 4  # among the stories


def read_doc(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read the body, then notes, headers and text boxes; pages of our own making, for Word keeps none."""
    limits = limits or Limits()
    try:
        story = _Stories(_streams(data, name), name, limits)
        story.read()
    except (struct.error, IndexError, OverflowError) as error:
        raise DamagedFile(name) from error
    notices: tuple[Notice, ...] = ()
    if story.changed:
        notices = (Notice("tracked_changes", "文档含修订痕迹：按修订后的内容读取，已删除的内容不读。"),)
    return story.flow.pages(), notices


def _streams(data: bytes, name: str) -> dict[str, bytes]:
    """The streams of the container that we know the use of."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            wanted = [entry for entry in ("WordDocument", "0Table", "1Table", "Data") if ole.exists(entry)]
            if sum(ole.get_size(entry) for entry in wanted) > 2 * len(data):
                raise DamagedFile(name)
            return {entry: ole.openstream(entry).read() for entry in wanted}
    except (
        OSError,
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        AttributeError,
        RecursionError,
        struct.error,
    ) as error:
        raise DamagedFile(name) from error


class _Stories:
    """Walks through the text of every story and says it to the flow."""

    def __init__(self, streams: dict[str, bytes], name: str, limits: Limits) -> None:
        self._main, self._data = streams.get("WordDocument", b""), streams.get("Data", b"")
        head = parts.header(self._main)
        if head.encrypted:
            raise PasswordProtected(name)
        if head.version < _WORD_97:
            raise Unsupported(
                f"{name}（Word 95 或更早的文档，请另存为 docx 或 PDF · Word 95 or older; save it as docx）"
            )
        table = streams.get(head.table) or streams.get("0Table") or streams.get("1Table") or b""
        self._pieces = parts.pieces(table, head.pieces, len(self._main))
        if sum(piece.count for piece in self._pieces) > most_characters(limits):
            raise TooManyPages(f"{name}: {sum(piece.count for piece in self._pieces)} characters")
        self._runs = parts.Formatting(self._main, self._data, table, head.characters, paragraphs=False)
        self._paragraphs = parts.Formatting(self._main, self._data, table, head.paragraphs, paragraphs=True)
        self._fonts = parts.font_names(table, head.fonts)
        self._lengths, self._chinese = head.lengths, head.language in _CHINESE
        self.flow = Flow(name, limits)
        self.changed = False
        self._last = ""
        self._said: set[str] = set()  # headers repeat themselves in every section

    def read(self) -> None:
        start = 0
        for story, length in enumerate(self._lengths):
            if story != _COMMENTS:
                self._story(start, start + length, once=story != _BODY)
            start += length

    def _story(self, start: int, end: int, *, once: bool) -> None:
        text: list[str] = []
        fields: list[bool] = []  # for every open field, whether its result has begun
        for char, place in self._characters(start, end):
            if char in (_BEGIN, _RESULT, _END):
                _follow(fields, char)
            elif char[0] == _FORM:
                text.append(char[1:])
            elif not all(fields):
                continue
            elif char in "\r\x07\x0c":
                self._mark(char, "".join(text), place, once=once)
                text = []
            else:
                text.append(char)
        if text:
            self._mark("\r", "".join(text), None, once=once)
        self.flow.end_row()

    def _mark(self, char: str, text: str, place: int | None, *, once: bool) -> None:
        """The end of a paragraph, a cell, a row or a page."""
        found = self._paragraphs.at(place)[0] if place is not None else {}
        bare = char == "\x07" and not found and not text  # nothing is said of paragraphs: a mark alone ends the row
        if _flag(found, _ROW_END) or (bare and self._last == "\x07"):
            char = ""
            self.flow.end_row(_edges(found.get(_ROW, b"")))
        elif char == "\x07":
            self.flow.cell(text)
        elif char == "\x0c":
            self.flow.paragraph(text)
            self.flow.new_page()
        elif _flag(found, _IN_TABLE):
            self.flow.paragraph(text, in_cell=True)
        elif not once:
            self.flow.paragraph(text)
        elif text.strip() and text not in self._said:
            self._said.add(text)
            self.flow.paragraph(text)
        self._last = char

    def _characters(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """Every character of a story that shows, with its place in the stream."""
        at = 0
        for piece in self._pieces:
            first, last = max(start, at) - at, min(end, at + piece.count) - at
            at += piece.count
            place, stop = piece.start + first * piece.size, piece.start + last * piece.size
            while place < stop:
                found, border = self._runs.at(place)
                border = min(stop, place + max(1, (border - place) // piece.size) * piece.size)
                yield from self._run(piece, place, border, {**found, **piece.changes})
                place = border

    def _run(
        self, piece: parts.TextPiece, place: int, border: int, found: parts.Modifiers
    ) -> Iterator[tuple[str, int]]:
        deleted = _flag(found, _DELETED)
        self.changed |= deleted or _flag(found, _INSERTED)
        if deleted or _flag(found, _HIDDEN):
            return
        text = self._decoded(self._main[place:border], wide=piece.wide)
        font = self._font(found.get(_FONT, b""))
        if len(symbol := found.get(_SYMBOL, b"")) == 4:
            yield sign(self._font(symbol[:2]), symbol[2] | symbol[3] << 8), place
            return
        if _FORM in text and (tick := self._tick(found)):
            yield _FORM + tick, place
        one_each = len(text) == (border - place) // piece.size
        for index, char in enumerate(text):
            where = place + index * piece.size if one_each else border - piece.size
            if char in "\x07\x0c\r\x13\x14\x15":
                yield char, where
            elif char >= " " or char in _SHOWN:
                shown = in_symbol_font(font, char) if "\uf000" <= char <= "\uf0ff" else _SHOWN.get(char, char)
                if shown:
                    yield shown, where

    def _decoded(self, raw: bytes, *, wide: bool) -> str:
        if wide:
            return raw.decode("utf-16-le", "replace")
        if self._chinese and _is_gb(raw):
            return raw.decode("gbk", "replace")
        return raw.decode("cp1252", "replace")

    def _font(self, number: bytes) -> str:
        index = int.from_bytes(number, "little")
        return self._fonts[index] if len(number) == 2 and index < len(self._fonts) else ""

    def _tick(self, found: parts.Modifiers) -> str:
        """The state of a check box of a form, which is kept with the picture that stands for it."""
        if len(where := found.get(_PICTURE, b"")) != 4:
            return ""
        at = int.from_bytes(where, "little")
        form = self._data[at + 68 :]
        if len(form) < 8 or form[:4] != b"\xff\xff\xff\xff" or form[4] & 3 != 1:
            return ""
        state = form[4] >> 2 & 31
        if state == 25:  # as it was by default, which stands behind the name
            after = 6 + 2 + 2 * int.from_bytes(form[6:8], "little") + 2
            state = int.from_bytes(form[after : after + 2], "little")
        return "☑" if state == 1 else "□"


def _follow(fields: list[bool], char: str) -> None:
    """Codes of fields are not shown, their results are."""
    if char == _BEGIN:
        fields.append(False)
    elif fields and char == _RESULT:
        fields[-1] = True
    elif fields:
        fields.pop()


def _flag(found: parts.Modifiers, code: int) -> bool:
    return found.get(code, b"\x00")[:1] not in (b"\x00", b"")


def _edges(row: bytes) -> list[float]:
    """Where the columns of a row begin and end."""
    count = row[0] if row else 0
    if len(row) < 1 + 2 * (count + 1):
        return []
    return [float(edge) for edge in struct.unpack_from(f"<{count + 1}h", row, 1)]


def _is_gb(raw: bytes) -> bool:
    """Chinese written in bytes by programs that do not know better: pairs beyond 0xA0, most of common characters."""
    high = [byte for byte in raw if byte > 0x7F]
    if len(high) < 8 or len(high) % 2 or min(high) < 0xA1:
        return False
    common = sum(0xB0 <= lead <= 0xD7 for lead in high[::2])
    return common >= 0.6 * len(high) / 2
