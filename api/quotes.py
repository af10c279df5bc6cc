"""The words on paper that raised an event, cut so that a page can underline what mattered in them."""

from __future__ import annotations

import re

from api.masks import text as masked
from records.facts import Polarity, RiskEvent
from search.cards import SENSITIVE

LEVEL = {"light": "c1", "moderate": "c2", "severe": "c3"}

Piece = tuple[str, str]  #: words, and the class of their underline ("" for none)


def sealed(event: RiskEvent) -> bool:
    """Whether only the class of the event is shown away from its paper: illness, divorce, loss of work (archive.md §6)."""
    return event.type in SENSITIVE


def pieces(event: RiskEvent) -> tuple[Piece, ...]:
    """The quotation in pieces: solid under what raised the event, dotted under what took it back."""
    quote = masked(event.evidence.quote)
    marks = {cue.text: _mark(event) for cue in event.cues if cue.text and cue.text in quote}
    if not marks:
        return ((quote, ""),)
    words = re.compile("|".join(re.escape(text) for text in sorted(marks, key=len, reverse=True)))
    found: list[Piece] = []
    at = 0
    for match in words.finditer(quote):
        found += [(quote[at : match.start()], ""), (match.group(), marks[match.group()])]
        at = match.end()
    return tuple(piece for piece in [*found, (quote[at:], "")] if piece[0])


def _mark(event: RiskEvent) -> str:
    if event.polarity is not Polarity.ASSERTED:
        return "off"
    return LEVEL.get(str(event.severity), "c1")
