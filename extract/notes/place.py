"""A risk word in its sentence, with everything needed to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.notes.clauses import Sentence
from extract.notes.forms import Answer
from extract.notes.hit import Hit
from extract.notes.parties import Mention


@dataclass(slots=True)
class Place:
    """A hit in its sentence, with everything needed to judge it."""

    hit: Hit
    sentence: Sentence
    named: Sequence[Mention]
    following: str = ""  #: the next sentence, which may tell of the end
    answer: Answer | None = None
    peers: tuple[int, ...] = ()  #: where the risk words of the sentence begin, this one's too
    shown: tuple[int, int] | None = None  #: what to quote when it is more than the sentence judged
