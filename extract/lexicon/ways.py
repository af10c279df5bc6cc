"""The small language of ``ways``: 账期|回款 … 拉长|放缓 as a bounded expression, and which ways a text can hold at all.

``|`` parts alternatives, `` … `` stands for at most ten characters within a clause, `` …… `` for at most thirty within a
sentence, `` & `` for words near each other in any order (at most sixteen characters, over a comma too), ``#`` for a number.
``<name>`` stands for a group of words (groups.toml).
English words stand farther apart; ways without any Chinese reach four times as far and match whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from extract.lexicon import tables

_NUMBER = r"(?:\d[\d,.]*|[零一二两三四五六七八九十百千万数几半多]{1,5})"
_WITHIN_CLAUSE = r"(?:[^,。;:!?\n]|(?<=\d),(?=\d{{3}})){{0,{0}}}?"
_WITHIN_SENTENCE = r"[^。;!?\n]{{0,{0}}}?"
_GAPS = {"…": (_WITHIN_CLAUSE, 10), "……": (_WITHIN_SENTENCE, 30), "&": (_WITHIN_SENTENCE, 16)}
_GAP = re.compile(r" (…+|&) ")
_FARTHER = 4  #: how much farther English reaches
_NUMBERS = 16  #: how much the numbers inside a piece may take up


@cache
def _groups() -> dict[str, str]:
    return {entry["name"]: "|".join(entry["words"]) for entry in tables().get("group", [])}


def spelled(way: str) -> str:
    """The way with its groups of words written out."""
    return re.sub(r"<(\w+)>", lambda found: _groups()[found[1]], way)


def pieces(way: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives of every piece of a way."""
    return tuple(tuple(word.strip() for word in part.split("|")) for part in _GAP.split(way)[::2])


def first_words(way: str) -> tuple[str, ...]:
    """The literal words a way can begin with."""
    return tuple(word.split("#")[0].strip() for word in pieces(way)[0])


@cache
def expression(way: str) -> re.Pattern[str]:
    """The way as a regular expression with bounded gaps; every literal piece is a group. Made when it is first tried."""
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
    spelt = _NUMBER.join(re.escape(part.strip()) for part in word.split("#"))
    return spelt + "(?![现生])" if word.endswith("发") else spelt  # 未发 is not 未发现


class Ways:
    """Many ways: the pieces of each, and whether those that are heard stand near enough."""

    def __init__(self, ways: Iterable[str]) -> None:
        self._ways = tuple(map(_way, ways))
        self.pieces = [way.pieces for way in self._ways]

    def stands(self, number: int, heard: Mapping[str, list[int]]) -> bool:
        """Whether the words of a way, which are all heard (with where they end), can make it up."""
        return self._ways[number].stands(heard)


@dataclass(frozen=True, slots=True)
class _Way:
    pieces: tuple[frozenset[str], ...]  #: their literal words; a piece that may be a bare number is left out
    reach: tuple[int, ...]  #: how far apart they may stand; none when a piece was left out
    ordered: bool

    def stands(self, heard: Mapping[str, list[int]]) -> bool:
        """Whether pieces that are all heard can follow each other within reach."""
        if not self.reach or (len(self.pieces) > 2 and not self.ordered):
            return True
        return self._follow(self.pieces, heard) or (not self.ordered and self._follow(self.pieces[::-1], heard))

    def _follow(self, pieces: Sequence[frozenset[str]], heard: Mapping[str, list[int]]) -> bool:
        ends = [end for word in pieces[0].intersection(heard) for end in heard[word]]
        for piece, reach in zip(pieces[1:], self.reach, strict=True):
            before, ends = ends, []
            for word in piece.intersection(heard):
                for end in heard[word]:
                    start = end - len(word)
                    for last in before:
                        if last <= start <= last + reach:
                            ends.append(end)
                            break
        return bool(ends)


@cache
def _words(piece: str) -> frozenset[str]:
    """The literal words of a piece, without its numbers. Groups of words stand in many ways and are taken apart once."""
    return frozenset(max(word.strip().split("#"), key=len).strip() for word in piece.split("|"))


def _way(way: str) -> _Way:
    found = [_words(piece) for piece in _GAP.split(way)[::2]]
    times, more = (_FARTHER if latin(way) else 1), (_NUMBERS if "#" in way else 0)
    gaps = _GAP.split(way)[1::2]
    whole = all("" not in piece for piece in found)
    reach = tuple(_GAPS[gap][1] * times + more for gap in gaps) if whole else ()
    return _Way(tuple(piece for piece in found if "" not in piece), reach, "&" not in gaps)
