"""What a workbook says of its cells besides their values: formats, hidden rows, errors, formulas never computed."""

from __future__ import annotations

import re
import zipfile
from array import array
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from ingest.container import checked, member, whole
from ingest.limits import MB, Limits
from ingest.number_format import BUILT_IN
from ingest.sheet_guards import bearable, guard_xlsb
from records.errors import Bomb, DamagedFile

_ROW = 1 << 14  # columns of a sheet
_SAID = 256 * MB  # of text in the cells of one sheet
_LARGEST = 24 * MB  # of a description; more is none


@dataclass(slots=True)
class Looks:
    """What is said of the cells of one sheet; places are row * 16384 + column, from 0."""

    formats: dict[int, str] = field(default_factory=dict)
    errors: list[tuple[int, int]] = field(default_factory=list)
    missing: list[tuple[int, int]] = field(default_factory=list)  #: formulas without a computed value
    rows: set[int] = field(default_factory=set)  #: hidden
    columns: set[int] = field(default_factory=set)  #: hidden

    def format(self, row: int, column: int) -> str:
        return self.formats.get(row * _ROW + column, "")

    def remember(self, row: int, column: int, code: str) -> None:
        self.formats[row * _ROW + column] = code


@dataclass(slots=True)
class Book:
    """What is said of a whole workbook."""

    sheets: dict[str, Looks] = field(default_factory=dict)
    from_1904: bool = False


def xlsx_looks(data: bytes, name: str, limits: Limits) -> Book:
    """Look through the sheets; refuses one with more cells than the limit, or a few cells far apart, before it is laid out."""
    book = Book()
    with checked(data, name, limits) as archive:
        main = _parsed(archive, "xl/workbook.xml", name, limits)
        styles = _style_codes(_parsed(archive, "xl/styles.xml", name, limits))
        strings = _string_sizes(archive, name, limits)
        titles = _titles(main, _parsed(archive, "xl/_rels/workbook.xml.rels", name, limits))
        if main is not None:
            about = main.find("{*}workbookPr")
            book.from_1904 = about is not None and about.get("date1904") in ("1", "true")
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                looks = _sheet_looks(archive, info, name, limits, styles, strings)
                book.sheets[titles.get(info.filename, info.filename)] = looks
            elif info.filename.startswith("xl/worksheets/") and info.filename.endswith(".bin"):
                guard_xlsb(archive, info, name, limits)
    return book


def _parsed(archive: zipfile.ZipFile, path: str, name: str, limits: Limits) -> Any:
    """A small part of the workbook; None when it is missing, broken or no small part."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if path not in archive.NameToInfo or archive.NameToInfo[path].file_size > _LARGEST:
        return None
    try:
        return fromstring(whole(archive, path, name, limits))
    except DefusedXmlException as error:  # entities: a workbook has none
        raise Bomb(f"{name}: {type(error).__name__}") from error
    except (ParseError, ValueError, RecursionError, DamagedFile):
        return None


def _titles(main: Any, relations: Any) -> dict[str, str]:
    """The name of the sheet that each part holds."""
    if main is None or relations is None:
        return {}
    targets = {about.get("Id"): about.get("Target") or "" for about in relations.iterfind("{*}Relationship")}
    found: dict[str, str] = {}
    for sheet in main.iterfind("{*}sheets/{*}sheet"):
        identity = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = targets.get(identity, "").lstrip("/")
        found[target if target.startswith("xl/") else f"xl/{target}"] = sheet.get("name") or ""
    return found


def _style_codes(styles: Any) -> list[str]:
    """The format of every style of cells, empty where it shows numbers as they are."""
    if styles is None:
        return []
    codes = dict(BUILT_IN)
    for about in styles.iterfind("{*}numFmts/{*}numFmt"):
        if (number := about.get("numFmtId") or "").isdigit():
            codes[int(number)] = about.get("formatCode") or ""
    return [
        codes.get(int(number), "") if (number := style.get("numFmtId") or "").isdigit() else ""
        for style in styles.iterfind("{*}cellXfs/{*}xf")
    ]


def _string_sizes(archive: zipfile.ZipFile, name: str, limits: Limits) -> array[int]:
    """How long each shared text is, with its markup; a workbook may use one long text a million times."""
    sizes = array("I")
    tail, size = b"", 0
    info = archive.NameToInfo.get("xl/sharedStrings.xml")
    for chunk in member(archive, info, name, limits) if info else ():
        first, *others = (tail + chunk).split(b"</si>")
        for part in (first, *others)[:-1]:
            sizes.append(min(size + len(part), 1 << 31))
            size = 0
        last = others[-1] if others else first
        tail, size = last[-4:], size + max(0, len(last) - 4)
    sizes.append(min(size, 1 << 31))
    return sizes


_TAG = re.compile(
    rb"<(?:\w{1,9}:)?(?:(?P<cell>c)(?=[\s/>])"
    rb'(?:(?=[^>]{0,200}?\sr="(?P<column>[A-Z]{1,3})(?P<line>\d{1,7})"))?'
    rb'(?:(?=[^>]{0,200}?\ss="(?P<style>\d{1,6})"))?(?:(?=[^>]{0,200}?\st="(?P<type>\w{1,10})"))?'
    rb"|(?P<formula>f)[\s/>]|(?P<value>v>(?=[^<])(?P<text>\d{0,9})|is>)|(?P<row>row)\s(?P<about_row>[^>]{0,400})>|col\s(?P<about_column>[^>]{0,400})>)"
)


def _sheet_looks(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    limits: Limits,
    styles: list[str],
    strings: array[int],
) -> Looks:
    scan = _Scan(styles, strings)
    tail = b""
    for chunk in member(archive, info, name, limits):
        tail += chunk
        cut = tail.rfind(b"<")
        scan.feed(tail[:cut] if cut > 0 else b"")
        tail = tail[cut:][-4096:] if cut >= 0 else b""
        bearable(scan.count, 0, 0, name, limits)
        if scan.said > _SAID or b"<!ENTITY" in chunk:
            raise Bomb(f"{name}: {info.filename}")
    scan.feed(tail)
    scan.end_cell()
    bearable(scan.count, scan.bottom + 1, scan.right + 1, name, limits)
    return scan.looks


class _Scan:
    """Goes through the tags of a sheet, cell by cell."""

    def __init__(self, styles: list[str], strings: array[int]) -> None:
        self.looks = Looks()
        self.count = self.bottom = self.right = 0
        self.said = 0  #: bytes of shared text, each time it is used
        self._styles, self._strings = styles, strings
        self._row, self._column = -1, -1
        self._type = b""
        self._formula = self._value = False

    def feed(self, text: bytes) -> None:
        for tag in _TAG.finditer(text):
            if tag["cell"]:
                self._begin_cell(tag)
            elif tag["value"]:
                self._value = True
                if self._type == b"s" and tag["text"]:
                    self.said += self._strings[min(int(tag["text"]), len(self._strings) - 1)]
            elif tag["formula"]:
                self._formula = True
            elif tag["row"]:
                self._begin_row(tag["about_row"])
            else:
                self._hide_columns(tag["about_column"])

    def _begin_cell(self, tag: re.Match[bytes]) -> None:
        self.end_cell()
        self.count += 1
        if tag["line"]:
            self._row, self._column = int(tag["line"]) - 1, _index(tag["column"]) - 1
        else:
            self._column += 1
        self.bottom, self.right = max(self.bottom, self._row), max(self.right, self._column)
        self._type = tag["type"] or b"n"
        if self._type == b"e":
            self.looks.errors.append((self._row, self._column))
        elif tag["style"] and self._type == b"n":
            style = int(tag["style"])
            if style < len(self._styles) and self._styles[style]:
                self.looks.remember(self._row, self._column, self._styles[style])

    def end_cell(self) -> None:
        if self._formula and not self._value and self._type not in (b"str", b"e"):
            self.looks.missing.append((self._row, self._column))
        self._formula = self._value = False

    def _begin_row(self, about: bytes) -> None:
        self.end_cell()
        number = re.search(rb'\br="(\d{1,7})"', about)
        self._row, self._column = int(number[1]) - 1 if number else self._row + 1, -1
        if re.search(rb'\bhidden="(?:1|true)"', about):
            self.looks.rows.add(self._row)

    def _hide_columns(self, about: bytes) -> None:
        first, last = re.search(rb'\bmin="(\d{1,5})"', about), re.search(rb'\bmax="(\d{1,5})"', about)
        if first and last and re.search(rb'\bhidden="(?:1|true)"', about):
            self.looks.columns |= set(range(int(first[1]) - 1, min(_ROW, int(last[1]))))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index
