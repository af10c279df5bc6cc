"""The small language of ``ways``: 账期|回款 … 拉长|放缓 as a bounded expression, and which ways a text can hold at all.

``|`` parts alternatives, `` … `` stands for at most ten characters within a clause, `` …… `` for at most thirty within a
sentence, `` & `` for words near each other in any order (at most sixteen characters, over a comma too), ``#`` for a number.
English words stand farther apart; ways without any Chinese reach four times as far and match whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import permutations

_NUMBER = r"(?:\d[\d,.]*|[零一二两三四五六七八九十百千万数几半多]{1,5})"
_WITHIN_CLAUSE = r"(?:[^,。;:!?\n]|(?<=\d),(?=\d{{3}})){{0,{0}}}?"
_WITHIN_SENTENCE = r"[^。;!?\n]{{0,{0}}}?"
_GAPS = {"…": (_WITHIN_CLAUSE, 10), "……": (_WITHIN_SENTENCE, 30), "&": (_WITHIN_SENTENCE, 16)}
_GAP = re.compile(r" (…+|&) ")
_FARTHER = 4  #: how much farther English reaches


def pieces(way: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives of every piece of a way."""
    return tuple(tuple(word.strip() for word in part.split("|")) for part in _GAP.split(way)[::2])


def first_words(way: str) -> tuple[str, ...]:
    """The literal words a way can begin with."""
    return tuple(word.split("#")[0].strip() for word in pieces(way)[0])


def expression(way: str) -> re.Pattern[str]:
    """The way as a regular expression with bounded gaps; every literal piece is a group."""
    parts, gaps = _GAP.split(way)[::2], _GAP.split(way)[1::2]
    if "&" in gaps:
        orders = [_joined(order, ["&"] * (len(order) - 1), latin(way)) for order in permutations(parts)]
        return re.compile("|".join(orders), re.IGNORECASE)
    return re.compile(_joined(parts, gaps, latin(way)), re.IGNORECASE)


def latin(way: str) -> bool:
    """Whether a way is written without any Chinese."""
    return way.replace("…", "").isascii()


def _joined(parts: Sequence[str], gaps: Sequence[str], wide: bool) -> str:
    out = [_either(parts[0], wide)]
    for gap, part in zip(gaps, parts[1:], strict=True):
        pattern, reach = _GAPS[gap]
        out += [pattern.format(reach * _FARTHER if wide else reach), _either(part, wide)]
    return "".join(out)


def _either(part: str, whole: bool) -> str:
    words = "|".join(_literal(word) for word in sorted(part.split("|"), key=len, reverse=True))
    return rf"\b({words})\b" if whole else f"({words})"


def _literal(word: str) -> str:
    return _NUMBER.join(re.escape(part.strip()) for part in word.split("#"))


class Ways:
    """Which of many ways a text can hold: those all of whose pieces have been heard. Few are tried as expressions."""

    def __init__(self, ways: Iterable[str]) -> None:
        self.words: dict[str, list[tuple[int, int]]] = {}  #: literal word → (number of the way, bit of the piece)
        self._full: list[int] = []
        self._open: list[int] = []  #: pieces that hold a bare number are always heard
        for number, way in enumerate(ways):
            self._file(number, pieces(way))

    def _file(self, number: int, parts: tuple[tuple[str, ...], ...]) -> None:
        always = 0
        for index, words in enumerate(parts):
            for word in words:
                literal = max(word.split("#"), key=len).strip()
                if literal:
                    self.words.setdefault(literal, []).append((number, 1 << index))
                else:
                    always |= 1 << index
        self._full.append((1 << len(parts)) - 1)
        self._open.append(always)

    def held(self, words: Iterable[str]) -> list[int]:
        """The numbers of the ways that these words can make up."""
        heard: dict[int, int] = {}
        for word in words:
            for number, bit in self.words.get(word, ()):
                heard[number] = heard.get(number, self._open[number]) | bit
        return [number for number, bits in heard.items() if bits == self._full[number]]
