"""Sentences and clauses of squeezed text: the borders that cues do not cross."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

#: What a border begins with stands first in its expression, what must stand before it behind it: the search leaps to it.
_SENTENCE_END = re.compile(r"[。!?;\n.](?:(?<!\.)|(?<=[a-z]\.) (?=[A-Z])|(?<=[a-z]{2}\.)(?=\n|$))")
_COMMA = re.compile(
    r",(?<!\d,)|,(?!\d{3})|但(?<![,、]但)是?(?![书议])|然(?<![,、]然)而(?![书议])|不(?<![,、]不)过(?![书议])|却(?<![,、]却)(?![书议])"
)
_FAR = float("inf")


@dataclass(slots=True)
class Sentence:
    """One sentence: ``text[start:end]`` without its stop, and where its clauses lie."""

    text: str  #: the whole squeezed text
    start: int
    end: int
    stop: str  #: the mark it ends with, "" at the end of the text
    clauses: tuple[tuple[int, int], ...]
    words: str = field(init=False)
    _letters: frozenset[str] | None = field(init=False, default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.words = self.text[self.start : self.end]

    @property
    def letters(self) -> frozenset[str]:
        """What it is written with: an expression that needs other letters need not be tried."""
        if self._letters is None:
            self._letters = frozenset(self.words)
        return self._letters

    def clause_of(self, at: int) -> tuple[int, int]:
        """The clause in which this offset lies."""
        clauses = self.clauses
        if len(clauses) == 1 or at < clauses[1][0]:
            return clauses[0]
        return clauses[bisect_right(clauses, (at, _FAR)) - 1]


def sentences(text: str) -> list[Sentence]:
    """Cut at full stops, semicolons, question marks and line ends."""
    found: list[Sentence] = []
    last = 0
    for end in _SENTENCE_END.finditer(text):
        if text[last : end.start()].strip():
            found.append(_sentence(text, last, end.start(), end.group().strip(" ") or "\n"))
        last = end.end()
    if text[last:].strip():
        found.append(_sentence(text, last, len(text), ""))
    return found


def _sentence(text: str, start: int, end: int, stop: str) -> Sentence:
    borders, last = [], start
    for comma in _COMMA.finditer(text, start, end):
        begins = comma.end() if comma.group() == "," else comma.start()
        if comma.start() > last:
            borders.append((last, comma.start()))
        last = begins
    borders.append((last, end))
    return Sentence(text, start, end, stop, tuple(borders))
