"""Every word of the lists in one automaton: one pass over a stretch of text hears them, and adds up what they are part of.

Most of what a sentence holds adds up to nothing. So every word brings what it adds, a mark for each piece it is a word of and its
weight for each event: one number is or-ed, one is added, and only what comes out full is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ahocorasick

from extract.lexicon.adding import Signs
from extract.lexicon.situations import Situations
from extract.lexicon.ways import Ways

_RARE = re.compile("[\U00010000-\U0010ffff]")  #: characters of four bytes: pictures, and names that no list holds


@dataclass(slots=True)
class Heard:
    """The words of a stretch, and what can be made of them."""

    said: list[tuple[str, Any]]  #: the words that say something by themselves, with what they say
    ways: list[int]  #: the numbers of the ways whose words these are, however far apart
    pairs: list[int]  #: and of the situations
    enough: bool  #: whether the weak signs may tell of something in sum
    _spoken: list[tuple[int, int]]  #: where words end, and their numbers
    _texts: Sequence[str]  #: the words by their numbers
    _places: dict[str, list[int]] | None = None

    @property
    def places(self) -> dict[str, list[int]]:
        """Every word with where it ends; few sentences are asked."""
        if self._places is None:
            self._places = {}
            for end, number in self._spoken:
                self._places.setdefault(self._texts[number], []).append(end)
        return self._places


class Vocabulary:
    """The words of ways, situations and signs, and those that say something by themselves."""

    def __init__(self, said: Mapping[str, Any], ways: Ways, pairs: Situations, signs: Signs) -> None:
        lists = _Lists([*ways.pieces, *pairs.pieces])
        marks, self._free = lists.marks(), lists.free
        weights, self._short, self._reached = signs.side_by_side()
        self._texts = list(dict.fromkeys([*said, *marks, *weights]))
        self._marks = [marks.get(text, 0) for text in self._texts]
        self._weights = [weights.get(text, 0) for text in self._texts]
        self._said = {number: (text, said[text]) for number, text in enumerate(self._texts) if text in said}
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, text in enumerate(self._texts):
            self._automaton.add_word(_halved(text), number)
        self._automaton.make_automaton()
        numbers = {text: number for number, text in enumerate(self._texts)}
        self._rest = {
            number: [frozenset(numbers[word] for word in piece) for piece in rest] for number, rest in lists.rest()
        }
        self._size, self._ways = len(lists), len(ways.pieces)

    def hear(self, text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Heard]:
        """What stands in each stretch of a text, one after the other, as far as somebody asks."""
        halved = _halved(text)
        if len(halved) != 2 * len(text):
            halved = _halved(_RARE.sub("\ufffd", text))
        for begin, stop in stretches:
            found = self._automaton.iter(halved[2 * begin : 2 * stop])
            yield self._add_up([(last + 1 >> 1, number) for last, number in found if last & 1])

    def _add_up(self, spoken: list[tuple[int, int]]) -> Heard:
        numbers = {number for _, number in spoken}
        marks, weights, said = self._free, self._short, []
        for number in numbers:
            mark, weight = self._marks[number], self._weights[number]
            if mark:
                marks |= mark
            if weight:
                weights += weight
            if number in self._said:
                said.append(self._said[number])
        full = self._full(marks, numbers)
        ways = [number for number in full if number < self._ways]
        pairs = [number - self._ways for number in full[len(ways) :]]
        return Heard(said, ways, pairs, weights & self._reached != 0, spoken, self._texts)

    def _full(self, marks: int, heard: set[int]) -> list[int]:
        """The numbers of the lists that have a word heard in every piece, in order."""
        found = []
        left = marks & marks >> self._size
        while left:
            lowest = left & -left
            number = lowest.bit_length() - 1
            if number not in self._rest or not any(heard.isdisjoint(piece) for piece in self._rest[number]):
                found.append(number)
            left ^= lowest
        return found


def _halved(text: str) -> str:
    """Every character as two letters. The automaton goes through what can follow a letter one by one: behind its root these are
    some eighty first halves, and fourteen hundred whole characters (measured: the gate takes half the time)."""
    return text.encode("utf-16-be", "surrogatepass").decode("latin-1")


class _Lists:
    """Lists of pieces, to be marked by what is heard: whatever word of a piece is heard sets the bit of the piece.

    Of every list the two pieces that are heard least have a bit, those of longer and of fewer words; what else a list needs
    is asked of the few that pass.
    """

    def __init__(self, lists: Sequence[Sequence[frozenset[str]]]) -> None:
        nothing: frozenset[str] = frozenset()
        self._lists = [(*sorted(pieces, key=_commonness), nothing, nothing)[: max(2, len(pieces))] for pieces in lists]
        #: The bits of pieces that a list does not have.
        self.free = sum(
            1 << place * len(lists) + number
            for number, pieces in enumerate(self._lists)
            for place in (0, 1)
            if not pieces[place]
        )

    def __len__(self) -> int:
        return len(self._lists)

    def marks(self) -> dict[str, int]:
        """Every word with the bits of its pieces; words of the same pieces share one number."""
        bits = dict.fromkeys((piece for pieces in self._lists for piece in pieces), 0)  # many lists share a piece
        for number, (first, second, *_) in enumerate(self._lists):
            bits[first] |= 1 << number
            bits[second] |= 1 << len(self) + number
        found: dict[str, int] = {}
        for piece, mark in bits.items():
            for word in piece:
                found[word] = found.get(word, 0) | mark
        same: dict[int, int] = {}
        return {word: same.setdefault(bits, bits) for word, bits in found.items()}

    def rest(self) -> Iterator[tuple[int, Sequence[frozenset[str]]]]:
        """The lists of more than two pieces, with what is not marked of them."""
        return ((number, pieces[2:]) for number, pieces in enumerate(self._lists) if len(pieces) > 2)


def _commonness(piece: frozenset[str]) -> tuple[bool, int]:
    return min(map(len, piece)) == 1, len(piece)
