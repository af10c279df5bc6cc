"""What one would write in an afternoon: risk words as they stand, and a word of denial in the ten characters before.

It is given the literal terms of our own lexicon, so it measures what scopes, ways, forms and parties add to the words.
(negspacy would be the usual yardstick; it works the same way, with the same four lists, and cannot be installed here.)
"""

from __future__ import annotations

import re
from functools import cache

import ahocorasick

from benchmarks.gold import Told
from extract.lexicon.words import triggers

_WINDOW = 10
_DENIES = re.compile(r"未|无|没有|没|不|非|否认|排除|no |not |without ", re.IGNORECASE)
_SUPPOSES = re.compile(r"如|若|可能|拟|计划|预计|防范|警惕|承诺|一旦|if |may ", re.IGNORECASE)
_ENDS = re.compile(r"已结清|已解除|已撤|已恢复|结案|还清|缴清|withdrawn|lifted|paid", re.IGNORECASE)


@cache
def _automaton() -> ahocorasick.Automaton:
    words: dict[str, set[str]] = {}
    for entry in triggers():
        if not entry.says:
            for term in entry.terms:
                words.setdefault(term.lower(), set()).add(entry.event)
    automaton = ahocorasick.Automaton()
    for word, events in words.items():
        automaton.add_word(word, (word, frozenset(events)))
    automaton.make_automaton()
    return automaton


def read(text: str) -> list[Told]:
    """The events of a text; the strongest polarity of each type."""
    found: dict[str, str] = {}
    order = ("asserted", "resolved", "hypothetical", "negated")
    for sentence in re.split(r"[。;；!?！？\n]", text.lower()):
        for last, (word, events) in _automaton().iter(sentence):
            begin = last + 1 - len(word)
            polarity = _polarity(sentence[max(0, begin - _WINDOW) : begin], sentence[last + 1 : last + 1 + _WINDOW])
            for event in events:
                found[event] = min(found.get(event, polarity), polarity, key=order.index)
    return [Told(event, polarity) for event, polarity in sorted(found.items())]


def _polarity(before: str, after: str) -> str:
    if _SUPPOSES.search(before):
        return "hypothetical"
    if _DENIES.search(before):
        return "negated"
    return "resolved" if _ENDS.search(after) else "asserted"
