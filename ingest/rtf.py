"""RTF, also where it is called .doc: text in the encoding of its fonts, tables in cells; deleted and hidden text is not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.flow import Flow, most_characters
from ingest.limits import Limits
from ingest.symbols import sign
from records.document import Notice, Page
from records.errors import DamagedFile, TooLarge, TooManyPages

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|.", re.S
)
_MOST_MARKS = 4_000_000  # of a file; Word, which is wordy, makes less than two thousand to a page
_DEEPEST = 2000  # groups within groups; Word itself gives up long before

#: Destinations that are not on the paper.
_SILENT = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "annotation", "atnid", "atnauthor",
    "fldinst", "listtable", "listoverridetable", "revtbl", "rsidtbl", "filetbl", "xe", "tc", "bkmkstart",
    "bkmkend", "nonshppict", "nonesttables", "ud", "sp", "background", "themedata", "datafield", "ffname",
})  # fmt: skip
#: Destinations that are marked as optional and still say something.
_OPTIONAL = frozenset({
    "shpinst", "shptxt", "nesttableprops", "fldinst", "formfield", "pntext", "listtext",
})  # fmt: skip
#: What stands beside the body is read after it.
_BESIDE = frozenset({
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote",
    "shptxt",
})  # fmt: skip
_CODECS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 204: "cp1251", 161: "cp1253", 238: "cp1250"}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-",
    "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within one pair of braces."""

    silent: bool = False
    optional: bool = False  #: the next word says whether it is silent
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  #: characters that follow a Unicode one for readers that know none
    font: int = -1
    word: str = ""  #: the destination
    beside: bool = False  #: a story of its own begins here


#: One thing after the other: a paragraph (in a cell or not), a cell, the end of a row, of a page.
_Mark = tuple[str, str, tuple[float, ...]]


def read_rtf(data: bytes, name: str, *, limits: Limits | None = None) -> tuple[tuple[Page, ...], tuple[Notice, ...]]:
    """Read the body, then notes, headers and text boxes, on pages of our own making."""
    limits = limits or Limits()
    reader = _Reader(data.decode("latin-1"), name, most_characters(limits))
    reader.read()
    flow = Flow(name, limits)
    said: set[str] = set()
    for story, marks in enumerate(reader.stories):
        for kind, text, edges in marks:
            if kind == "par" and story and (text in said or not text.strip()):
                continue
            said.update({text} if story else ())
            _replayed(flow, kind, text, edges)
        flow.end_row()
    notices: tuple[Notice, ...] = ()
    if reader.changed:
        notices = (Notice("tracked_changes", "文档含修订痕迹：按修订后的内容读取，已删除的内容不读。"),)
    return flow.pages(), notices


def _replayed(flow: Flow, kind: str, text: str, edges: tuple[float, ...]) -> None:
    if kind == "cell":
        flow.cell(text)
    elif kind == "row":
        flow.end_row(edges)
    elif kind == "page":
        flow.new_page()
    else:
        flow.paragraph(text, in_cell=kind == "in cell")


class _Reader:
    """Follows the marks through the file and keeps every story apart."""

    def __init__(self, source: str, name: str, most: int) -> None:
        self._source, self._name, self._most = source, name, most
        self.stories: list[list[_Mark]] = [[]]
        self.changed = False
        self._open = [0]  # stories begun and not ended; the last one is spoken to
        self._texts: list[list[str]] = [[]]
        self._raw = bytearray()
        self._group = _Group()
        self._stack: list[_Group] = []
        self._page = "cp1252"
        self._fonts: dict[int, tuple[int, str]] = {}
        self._font = -1  # that is being described
        self._edges: list[float] = []
        self._in_table = False
        self._skip = 0
        self._said = 0
        self._form: dict[str, int] = {}
        self._code = ""  # of the field that is open
        self._symbol = False

    def read(self) -> None:
        at, end = 0, len(self._source)
        left = _MOST_MARKS
        while at < end:
            found = _TOKEN.match(self._source, at)
            if found is None:
                break
            at = found.end()
            left -= 1
            if not left:
                raise TooLarge(f"{self._name}: more than {_MOST_MARKS} marks")
            word, argument, code, char, brace, text = found.groups()
            if word:
                at += self._word(word, int(argument) if argument else None)
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif text:
                self._bytes(text.encode("latin-1"))
            elif brace == "{":
                self._begin()
            elif brace:
                self._finish()
            elif char:
                self._char(char)
        self._flush()
        if self._stack and not any(self.stories):
            raise DamagedFile(self._name)
        self._mark("par")

    # --- groups

    def _begin(self) -> None:
        self._flush()
        if len(self._stack) > _DEEPEST:
            raise DamagedFile(f"{self._name}: {_DEEPEST} groups deep")
        self._stack.append(self._group)
        self._group = replace(self._group, optional=False, beside=False, word="")

    def _finish(self) -> None:
        self._flush()
        if self._group.word == "formfield" and self._form.get("fftype") == 1:
            state = self._form.get("ffres", 25)
            self._add("☑" if (self._form.get("ffdefres", 0) if state == 25 else state) == 1 else "□")
        if self._group.word == "fldinst":
            self._field()
        if self._group.beside:
            self._mark("par")
            self._open.pop()
        if self._stack:
            self._group = self._stack.pop()
        self._skip = 0

    def _destination(self, word: str) -> None:
        silent = self._group.silent or word in _SILENT or (self._group.optional and word not in _OPTIONAL)
        self._group = replace(self._group, silent=silent, optional=False, word=word)
        if word == "formfield":
            self._form = {}
        if word == "fldinst":
            self._code = ""
        if word == "fldrslt" and self._symbol:  # it shows what was said already
            self._symbol = False
            self._group = replace(self._group, silent=True)
        if word in _BESIDE and not self._group.silent:
            self._group = replace(self._group, beside=True)
            self.stories.append([])
            self._texts.append([])
            self._open.append(len(self.stories) - 1)

    # --- words

    def _word(self, word: str, argument: int | None) -> int:
        """Obey a control word; the number of bytes to leap over."""
        if word == "bin":
            return max(0, argument or 0)
        self._skip = 0
        if word == "u" and argument is not None:
            self._flush()
            self._add(chr(argument % 0x10000))
            self._skip = self._group.fallback
            return 0
        self._flush()
        if self._group.optional or word in _SILENT or word in _BESIDE or word in ("formfield", "fldrslt"):
            self._destination(word)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in ("fftype", "ffres", "ffdefres"):
            self._form[word] = argument or 0
        elif not self._structure(word, argument):
            self._format(word, argument)
        return 0

    def _structure(self, word: str, argument: int | None) -> bool:
        """Paragraphs, cells, rows, pages."""
        if self._group.silent:
            return False
        marks: dict[str, Callable[[], None]] = {
            "par": lambda: self._mark("in cell" if self._in_table else "par"),
            "cell": lambda: self._mark("cell"),
            "row": lambda: self._mark("row"),
            "nestcell": lambda: self._add("\t"),
            "nestrow": lambda: self._mark("in cell"),
            "page": lambda: self._mark("page"),
            "sect": lambda: self._mark("par"),
            "trowd": self._edges.clear,
        }
        if word in marks:
            marks[word]()
        elif word == "cellx":
            self._edges.append(float(argument or 0))
        elif word in ("pard", "intbl"):
            self._in_table = word == "intbl"
        else:
            return False
        return True

    def _format(self, word: str, argument: int | None) -> None:
        on = argument != 0
        match word:
            case "v":
                self._group = replace(self._group, hidden=on)
            case "deleted":
                self._group = replace(self._group, deleted=on)
                self.changed |= on and not self._group.silent
            case "revised":
                self.changed |= not self._group.silent
            case "plain":
                self._group = replace(self._group, hidden=False, deleted=False)
            case "uc":
                self._group = replace(self._group, fallback=min(8, max(0, argument or 0)))
            case "ansicpg":
                self._page = _PAGES.get(argument or 0, f"cp{argument}" if 1250 <= (argument or 0) <= 1258 else "cp1252")
            case "f":
                self._group = replace(self._group, font=argument or 0)
                self._font = argument or 0
            case "fcharset":
                self._fonts[self._font] = (argument or 0, "")

    def _char(self, char: str) -> None:
        if char == "*":
            self._group = replace(self._group, optional=True)
        elif char in "\r\n":
            self._word("par", None)
        elif char in _CHARACTERS:
            self._bytes(_CHARACTERS[char].encode("latin-1"))

    # --- text

    def _bytes(self, raw: bytes) -> None:
        if self._skip:
            taken = min(self._skip, len(raw))
            self._skip -= taken
            raw = raw[taken:]
        if self._group.word == "fldinst" or "fldinst" in (group.word for group in self._stack[-3:]):
            self._code += raw.decode("latin-1")[: 400 - len(self._code)]
        elif self._group.silent and self._font in self._fonts and not self._fonts[self._font][1]:
            self._fonts[self._font] = (self._fonts[self._font][0], raw.decode("latin-1").split(";")[0].strip())
        elif not self._group.silent:
            self._raw += raw

    def _flush(self) -> None:
        """What came in bytes becomes text, in the encoding of its font."""
        if not self._raw:
            return
        raw, self._raw = bytes(self._raw), bytearray()
        charset, font = self._fonts.get(self._group.font, (0, ""))
        if charset == 2:
            self._add("".join(" " if byte == 32 else sign(font, byte) for byte in raw))
        else:
            self._add(raw.decode(_CODECS.get(charset, self._page), "replace"))

    def _field(self) -> None:
        """A symbol may be kept as a field that names font and code."""
        found = re.search(r'SYMBOL\s+(\d{1,5})\s.{0,20}?\\f\s+"([^"]{1,40})"', self._code.replace("\\\\", "\\"))
        if found and self._stack and not self._stack[-1].silent:
            self._group = self._stack[-1]
            self._add(sign(found[2], int(found[1])))
            self._symbol = True

    def _add(self, text: str) -> None:
        if self._group.silent and self._group.word != "formfield":
            return
        if self._group.hidden or self._group.deleted:
            return
        self._said += len(text)
        if self._said > self._most:
            raise TooManyPages(f"{self._name}: {self._said} characters")
        self._texts[self._open[-1]].append(text)

    def _mark(self, kind: str) -> None:
        story = self._open[-1]
        text = "".join(self._texts[story]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._texts[story] = []
        if kind in ("row", "page") and text.strip():
            self.stories[story].append(("in cell" if kind == "row" else "par", text, ()))
        edges = (min(0.0, self._edges[0] - 1), *self._edges) if kind == "row" and self._edges else ()
        self.stories[story].append((kind, text, edges))
