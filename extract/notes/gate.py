"""Whether a page can tell of a risk at all: one pass over its text, before anything heavy is imported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import ahocorasick

from extract.lexicon import tables
from extract.lexicon.ways import expression, first_words
from extract.notes.squeeze import mended, same

_Entry = Mapping[str, Any]


def _plain(word: str) -> str:
    return "".join(same(word).lower().split())


@cache
def _gate() -> ahocorasick.Automaton:
    """First words → the terms and ways that begin so; from the lists as written, nothing is checked or compiled yet."""
    known: dict[str, list[tuple[str, _Entry]]] = {}
    for entry in tables().get("trigger", []):
        for term in entry.get("terms", ()):
            known.setdefault(_plain(term), []).append(("", entry))
        for way in entry.get("ways", ()):
            for word in first_words(way):
                known.setdefault(_plain(word), []).append((way, entry))
    automaton = ahocorasick.Automaton()
    for word, places in known.items():
        automaton.add_word(word, (len(word), places))
    automaton.make_automaton()
    return automaton


@cache
def _compiled(way: str) -> re.Pattern[str]:
    return expression(same(way))


def mentions_risk(raw: str) -> bool:
    """Whether any trigger stands in this page text (blanks, line ends and misreadings inside words do not hide it)."""
    text = mended(_plain(raw))
    for last, (length, places) in _gate().iter(text):
        for way, entry in places:
            company = entry.get("with", ())
            if company and not any(_plain(word) in text for word in company):
                continue
            if not way or _compiled(way).match(text, last + 1 - length):
                return True
    return False
