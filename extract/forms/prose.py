"""Values told in running text: a pattern finds them in a sentence, over the ends of printed lines, with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.forms.fields import make_field
from extract.grammar import Reading
from extract.kinds import Kind
from extract.layout import Strip, cut_words
from records.document import Word


def told(reading: Reading, name: str, *patterns: str) -> None:
    """Fill a field from the first of these patterns that stands in the text; its group ``v`` holds the value.

    A field that was already found by its label stays. Blanks do not count, since printed lines break anywhere; only a pattern
    that begins with ``^`` must begin a printed line, and its value must stand on it.
    """
    if name in reading.fields:
        return
    kind = reading.kinds()[name]
    text, places = _running(reading)
    for pattern in patterns:
        for found in _matches(pattern, text, places):
            start, end = found.span("v")
            if _take(reading, kind, found["v"], places[start:end]):
                return


def _matches(pattern: str, text: str, places: list[tuple[Strip, int]]) -> Iterator[re.Match[str]]:
    if not pattern.startswith("^"):
        yield from re.finditer(pattern, text)
        return
    bound = re.compile(pattern[1:])
    for at, (strip, _) in enumerate(places):
        found = bound.match(text, at) if not at or places[at - 1][0] is not strip else None
        if found and places[found.end("v") - 1][0] is strip:
            yield found


def _take(reading: Reading, kind: Kind[object], text: str, places: list[tuple[Strip, int]]) -> bool:
    picked = kind.pick(text, Decimal(1))
    if picked is None or not places:
        return False
    first = places[0][0]
    inside = [at for strip, at in places if strip is first]
    words: list[Word] = cut_words(first, min(inside), max(inside) + 1)
    reading.fields[kind.name] = make_field(kind, picked[0], words or first.words, first.page, text)
    return True


def _running(reading: Reading) -> tuple[str, list[tuple[Strip, int]]]:
    """All text without blanks, and for every character the line and the place it came from."""
    letters: list[str] = []
    places: list[tuple[Strip, int]] = []
    for strip in reading.sheet.strips:
        for at, letter in enumerate(strip.text):
            if not letter.isspace():
                letters.append(letter)
                places.append((strip, at))
    return "".join(letters), places
