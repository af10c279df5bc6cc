"""A place on which a trigger stands, however it was found."""

from __future__ import annotations

from dataclasses import dataclass

from extract.lexicon.words import Trigger


@dataclass(slots=True)
class Hit:
    """A trigger and the characters it stands on."""

    start: int
    end: int
    trigger: Trigger
    literal: bool  #: a term as it stands, not a way with gaps
    pieces: tuple[tuple[int, int], ...] = ()  #: the literal pieces of a way; between them are gaps
    told: tuple[tuple[str, str], ...] = ()  #: arguments that the hit itself tells: from, to, percent
    composed: bool = False  #: a thing and its state: a party that is the thing (租户不让进门) is not whose affair it is
    because: str = ""  #: the weak signs that only in sum tell of the event, with their weights

    @property
    def length(self) -> int:
        return self.end - self.start
