"""Every word of the lists in one automaton: one pass over a stretch of text hears them, and adds up what they are part of.

Most of what a sentence holds adds up to nothing. So every word carries what it adds, a mark for each piece it is in and its
weight for each event: one number is or-ed, one is added, and only what comes out full is looked at closely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import ahocorasick

from extract.lexicon.adding import Signs
from extract.lexicon.situations import Situations
from extract.lexicon.ways import Ways


class Word(str):
    """A word of the lists, and what it adds."""

    __slots__ = ("marks", "said", "weights")

    marks: int  #: of ways and situations
    weights: int  #: as a sign, for every event
    said: Any  #: what it says by itself, None for most


@dataclass(slots=True)
class Heard:
    """The words of a stretch, and what can be made of them."""

    spoken: list[tuple[int, Word]]  #: where each ends, counted from 0, and which it is
    said: list[Word]  #: those that say something by themselves
    ways: list[int]  #: the numbers of the ways whose words these are, however far apart
    pairs: list[int]  #: and of the situations
    enough: bool  #: whether the weak signs may tell of something in sum
    _places: dict[str, list[int]] | None = None

    @property
    def places(self) -> dict[str, list[int]]:
        """Every word with the places behind it; few sentences are asked."""
        if self._places is None:
            self._places = {}
            for last, word in self.spoken:
                self._places.setdefault(word, []).append(last + 1)
        return self._places


class Vocabulary:
    """The words of ways, situations and signs, and those that say something by themselves."""

    def __init__(self, said: Mapping[str, Any], ways: Ways, pairs: Situations, signs: Signs) -> None:
        self._marks = Marks([*ways.pieces, *pairs.pieces])
        self._ways = len(ways.pieces)
        weights, self._short, self._reached = signs.side_by_side()
        marks = self._marks.of_words()
        self._automaton = ahocorasick.Automaton()
        for text in {*said, *marks, *weights}:
            word = Word(text)
            word.marks, word.weights, word.said = marks.get(text, 0), weights.get(text, 0), said.get(text)
            self._automaton.add_word(text, word)
        self._automaton.make_automaton()

    def hear(self, text: str) -> Heard:
        """The words that stand in a text."""
        spoken = list(self._automaton.iter(text))
        words = {word for _, word in spoken}
        marks, weights, said = self._marks.free, self._short, []
        for word in words:
            if word.marks:
                marks |= word.marks
            if word.weights:
                weights += word.weights
            if word.said is not None:
                said.append(word)
        full = self._marks.full(marks, words)
        ways = [number for number in full if number < self._ways]
        pairs = [number - self._ways for number in full[len(ways) :]]
        return Heard(spoken, said, ways, pairs, weights & self._reached != 0)


class Marks:
    """Which of many lists of pieces are heard in full: whatever word of a piece is heard sets the bit of the piece.

    Of every list the two pieces that are heard least have a bit, those of longer and of fewer words; what else a longer list needs
    is asked of the few that pass.
    """

    def __init__(self, lists: Sequence[Sequence[Set[str]]]) -> None:
        nothing: Set[str] = frozenset()
        self._lists = [(*sorted(pieces, key=_commonness), nothing, nothing)[: max(2, len(pieces))] for pieces in lists]
        self._size = len(lists)
        #: The bits of pieces that a list does not have.
        self.free = sum(bit for piece, bit in self._bits() if not piece)

    def _bits(self) -> Iterator[tuple[Set[str], int]]:
        for number, (first, second, *rest) in enumerate(self._lists):
            yield from ((first, 1 << number), (second, 1 << self._size + number))
            yield from ((piece, 0) for piece in rest)

    def of_words(self) -> dict[str, int]:
        """Every word with its bits; words of the same pieces share one number."""
        found: dict[str, int] = {}
        for piece, bit in self._bits():
            for word in piece:
                found[word] = found.get(word, 0) | bit
        same: dict[int, int] = {}
        return {word: same.setdefault(bits, bits) for word, bits in found.items()}

    def full(self, marks: int, heard: set[Word]) -> list[int]:
        """The numbers of the lists that have a word heard in every piece, in order."""
        found = []
        left = marks & marks >> self._size
        while left:
            lowest = left & -left
            number = lowest.bit_length() - 1
            rest = self._lists[number][2:]
            if not rest or not any(heard.isdisjoint(piece) for piece in rest):
                found.append(number)
            left ^= lowest
        return found


def _commonness(piece: Set[str]) -> tuple[bool, int]:
    return min(map(len, piece)) == 1, len(piece)
