"""What a figure may have been where an engine read something else: glyphs, separators and signs mistaken, lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.values.text import fold

#: Glyphs that engines take for one another in figures (documents.md §0.1, 5).
CONFUSED = {
    "0": "86", "1": "74", "2": "7", "3": "85", "4": "19", "5": "683", "6": "508", "7": "12", "8": "30659", "9": "84",
}  # fmt: skip
#: Letters and marks that stand for a figure.
LETTERS = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "!": "1", "Z": "2", "z": "2",
                         "S": "5", "s": "5", "B": "8", "g": "9", "q": "9", "。": ".", "·": ".", "'": ",", "、": ","})  # fmt: skip


def spellings(raw: str) -> Iterator[str]:
    """The texts that a printer may have meant where an engine read this one: one slip each."""
    text = re.sub(r"\s+", "", fold(raw))
    plain = text.translate(LETTERS)
    if plain != text:
        yield plain
    for place, glyph in enumerate(plain):
        for other in CONFUSED.get(glyph, ""):
            yield plain[:place] + other + plain[place + 1 :]
        if glyph in ",.":
            yield plain[:place] + (".," if glyph == "," else ",.")[0] + plain[place + 1 :]
            yield plain[:place] + plain[place + 1 :]
    whole, digits = re.fullmatch(r"[+-]?[¥￥]?[\d,]+", plain), re.sub(r"\D", "", plain)
    if whole and len(digits) > 2:
        yield f"{'-' if plain.startswith('-') else ''}{digits[:-2]}.{digits[-2:]}"
    points = re.fullmatch(r"([+-]?)([\d.,]*\d)[.,](\d\d)", plain)
    if points:  # 1.280.00: every mark but the last one parts thousands
        yield f"{points[1]}{re.sub(r'[.,]', '', points[2])}.{points[3]}"
    if not signed(plain):
        yield f"-{plain}"
    elif plain.startswith(("-", "+")):
        yield plain[1:].lstrip("-+")
        yield ("+" if plain[0] == "-" else "-") + plain[1:].lstrip("-+")


def signed(text: str) -> bool:
    """Whether a figure is printed with a sign of its own."""
    return any(mark in fold(text) for mark in "+-(")
