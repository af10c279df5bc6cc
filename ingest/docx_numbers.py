"""The numbers of numbered paragraphs, which Word computes and does not write: 一、 （二） 3. 3.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")


class Numbers:
    """Counts along while the document is read; what is no plain counting gets no number."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # list and level → kind, text, start
        self._lists: dict[str, str] = {}  # number of a list → what it counts together with
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._learn(numbering)
        for style in styles.iterfind(_W + "style") if styles is not None else ():
            if (found := _reference(style)) is not None:
                self._styles[style.get(_W + "styleId") or ""] = found

    def _learn(self, numbering: Element) -> None:
        for abstract in numbering.iterfind(_W + "abstractNum"):
            name = abstract.get(_W + "abstractNumId") or ""
            for level in abstract.iterfind(_W + "lvl"):
                if (depth := level.get(_W + "ilvl") or "").isdigit() and int(depth) < 9:
                    start = _value(level, "start")
                    self._levels[name, int(depth)] = (
                        _value(level, "numFmt") or "decimal",
                        _value(level, "lvlText"),
                        int(start) if start.isdigit() and len(start) < 6 else 1,
                    )
        for number in numbering.iterfind(_W + "num"):
            self._lists[number.get(_W + "numId") or ""] = _value(number, "abstractNumId")

    def of(self, paragraph: Element) -> str:
        """The number that stands before a paragraph, or nothing."""
        if not self._levels:
            return ""
        found = _reference(paragraph)
        if found is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            found = self._styles.get(style.get(_W + "val") or "") if style is not None else None
        if found is None or found[0] == "0" or found[0] not in self._lists:
            return ""
        return self._next(self._lists[found[0]], found[1])

    def _next(self, name: str, depth: int) -> str:
        kind, text, start = self._levels.get((name, depth), ("none", "", 1))
        counts = self._counts.setdefault(name, [])
        for level in range(len(counts), depth + 1):
            counts.append(self._levels.get((name, level), ("", "", 1))[2] - 1 if level == depth else 1)
        counts[depth] = counts[depth] + 1 if counts[depth] >= start - 1 else start
        del counts[depth + 1 :]
        if kind in ("bullet", "none"):
            return ""

        def counted(place: re.Match[str]) -> str:
            level = int(place[1]) - 1
            shape = kind if level == depth else self._levels.get((name, level), ("decimal", "", 1))[0]
            return _shown(counts[level], shape) if level < len(counts) else ""

        return _PLACE.sub(counted, text)


def _reference(node: Element) -> tuple[str, int] | None:
    """The list and the level that a paragraph or a style says it belongs to."""
    about = node.find(f"{_W}pPr/{_W}numPr")
    if about is None:
        return None
    depth = _value(about, "ilvl")
    return _value(about, "numId"), int(depth) if depth.isdigit() and int(depth) < 9 else 0


def _value(node: Element, tag: str) -> str:
    child = node.find(_W + tag)
    return (child.get(_W + "val") or "") if child is not None else ""


def _shown(count: int, kind: str) -> str:
    if "chinese" in kind or kind in ("ideographTraditional", "japaneseCounting", "taiwaneseCounting"):
        return chinese(count)
    if kind.endswith("Letter"):
        letter = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26 % 8)
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("Roman"):
        return _roman(count).upper() if kind.startswith("upper") else _roman(count)
    if kind == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    return str(count)


def chinese(count: int) -> str:
    """A small number in Chinese: 十二, 二十; beyond 99 in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def _roman(count: int) -> str:
    if not 0 < count < 40:
        return str(count)
    text = ""
    for value, letters in _ROMAN:
        while count >= value:
            text += letters
            count -= value
    return text
