"""The twin of Lucene's ``cjk`` analysis: text as overlapping pairs of characters, every token knowing where it stands.

Both engines are fed with exactly these tokens, and highlights are cut with them, so that a hit and its mark never
disagree. Chinese needs no dictionary: 司法扣划 becomes 司法, 法扣, 扣划; a company's name is found by any piece of it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

VERSION = 1  #: raise it when any token changes; the index is then rebuilt by itself

_LONGEST = 255  # Lucene cuts words there
_UNIT = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_UNIT += "\uf900-\ufaff\U00020000-\U0003ffff"
# Letters: what Python calls a word character, less digits, units, and the numbers that are ornaments (②, ², ½).
_ORNAMENT = (
    "²³¹¼-¾\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3192-\u3195\u3220-\u32bf"
)
_LETTER = rf"[^\W\d_{_UNIT}{_ORNAMENT}]"
_WORD = rf"""(?:{_LETTER}|[\d_]
    |(?<={_LETTER})[.:'·‘’․：．＇](?={_LETTER})     # a.b
    |(?<=\d)[.,;'‘’․，；．＇](?=\d)                 # 1,234.56
    )+"""
_PIECES = re.compile(
    rf"""(?P<spaced>(?<![{_UNIT}])[{_UNIT}](?:[ \u3000][{_UNIT}])+(?![{_UNIT}]))   # 户 名 : letter-spaced, one word
    |(?P<run>[{_UNIT}](?:\n?[{_UNIT}])*)                                           # a line break is no word break
    |(?P<word>(?:{_LETTER}|[\d_]){_WORD}|{_LETTER}|[\d_])""",
    re.VERBOSE,
)
# Full-width forms and the written variants of documents.md §0.1; one character for one, so offsets stay true.
_FOLD = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)} | str.maketrans("帐馀佔週", "账余占周")


class Token(NamedTuple):
    """One term and the stretch of text it came from: ``text[start:end]``."""

    term: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; the place in the list is the position."""
    out: list[Token] = []
    folded = text.translate(_FOLD)
    for piece in _PIECES.finditer(text):
        if piece.lastgroup == "word":
            out += _word(folded, *piece.span())
        else:
            out += _pairs(folded, *piece.span())
    return out


def terms(text: str) -> list[str]:
    """Only the terms."""
    return [token.term for token in tokens(text)]


def _word(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(text[at : min(at + _LONGEST, end)].lower(), at, min(at + _LONGEST, end))
        for at in range(start, end, _LONGEST)
    ]


def _pairs(text: str, start: int, end: int) -> list[Token]:
    """Overlapping pairs of the characters between; a lone one stays alone."""
    places = [at for at in range(start, end) if not text[at].isspace()]
    if len(places) == 1:
        return [Token(text[start], start, end)]
    return [Token(text[a] + text[b], a, b + 1) for a, b in pairwise(places)]
