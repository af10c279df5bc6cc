"""Whether a page can tell of a risk at all: one pass over its text, before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import ahocorasick

from extract.lexicon import tables
from extract.lexicon.ways import first_words
from extract.notes.squeeze import mended, same


@cache
def _gate() -> ahocorasick.Automaton:
    """Every word an event can begin with; from the lists as written, so that a paper without any costs nothing."""
    automaton = ahocorasick.Automaton()
    for entry in tables().get("trigger", []):
        words: Iterable[str] = (
            *entry.get("terms", ()),
            *(w for way in entry.get("ways", ()) for w in first_words(way)),
        )
        for word in words:
            automaton.add_word("".join(same(word).lower().split()), 1)
    automaton.make_automaton()
    return automaton


def mentions_risk(raw: str) -> bool:
    """Whether any trigger word stands in this page text (blanks, line ends and misreadings inside words do not hide it)."""
    squeezed = mended("".join(same(raw).lower().split()))
    return next(_gate().iter(squeezed), None) is not None
