"""The small language of ``ways``: 账期|回款 … 拉长|放缓 as a bounded expression.

``|`` parts alternatives, `` … `` stands for at most ten characters within a clause, `` …… `` for at most thirty within a
sentence, ``#`` for a number.
"""

from __future__ import annotations

import re

_NUMBER = r"(?:\d[\d,.]*|[零一二两三四五六七八九十百千万数几半多]{1,5})"
_WITHIN_CLAUSE = r"(?:[^,。;:!?\n]|(?<=\d),(?=\d{3})){0,10}?"
_WITHIN_SENTENCE = r"[^。;!?\n]{0,30}?"


def first_words(way: str) -> tuple[str, ...]:
    """The literal words a way can begin with; what the automaton looks for."""
    return tuple(part.split("#")[0].strip() for part in re.split(r" …+ ", way)[0].split("|"))


def expression(way: str) -> re.Pattern[str]:
    """The way as a regular expression with bounded gaps; every literal piece is a group."""
    out = []
    for piece in re.split(r"( …+ )", way):
        if piece.strip() == "…":
            out.append(_WITHIN_CLAUSE)
        elif piece.strip() == "……":
            out.append(_WITHIN_SENTENCE)
        else:
            alternatives = sorted(piece.split("|"), key=len, reverse=True)
            out.append("(" + "|".join(_literal(word) for word in alternatives) + ")")
    return re.compile("".join(out), re.IGNORECASE)


def _literal(word: str) -> str:
    return _NUMBER.join(re.escape(part.strip()) for part in word.split("#"))
