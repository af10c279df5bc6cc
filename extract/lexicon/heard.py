"""Every word of the lists in one automaton: one pass over a stretch of text hears them, and adds up what they are part of.

Most of what a sentence holds adds up to nothing. So every word brings what it adds, a mark for each piece it is a word of and its
weight for each event: one number is or-ed, one is added, and only what comes out full is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import ahocorasick

from extract.lexicon.adding import Signs
from extract.lexicon.situations import Situations
from extract.lexicon.ways import Ways

_RARE = re.compile("[\U00010000-\U0010ffff]")  #: characters of four bytes: pictures, and names that no list holds
V = TypeVar("V")


class Automaton(Generic[V]):
    """Words that are all listened for at once, each with what it stands for.

    Every character is two letters to it. It goes through what can follow a letter one by one: behind its root these are some
    eighty first halves, and fourteen hundred whole characters (measured: the gate takes half the time).
    """

    def __init__(self, words: Mapping[str, V]) -> None:
        self._halves = ahocorasick.Automaton()
        for word, value in words.items():
            self._halves.add_word(_halved(word), value)
        self._halves.make_automaton()

    def hear(self, text: str) -> list[tuple[int, V]]:
        """Where words end in a text, and what they stand for."""
        return [(last + 1 >> 1, value) for last, value in self._halves.iter(_halved(text)) if last & 1]

    def meant(self, text: str) -> set[V]:
        """What the words of a text stand for, wherever they are."""
        return {value for last, value in self._halves.iter(_halved(text)) if last & 1}


def _halved(text: str) -> str:
    halved = text.encode("utf-16-be", "surrogatepass").decode("latin-1")
    return halved if len(halved) == 2 * len(text) else _halved(_RARE.sub("\ufffd", text))


@dataclass(slots=True, eq=False)
class _Word:
    """A word of the lists, and what it brings."""

    text: str
    mark: int  #: the pieces it is a word of
    weight: int  #: what it adds to the sums of weak signs
    says: Any  #: what it says by itself; None: nothing


@dataclass(slots=True)
class Heard:
    """The words of a stretch, and what can be made of them."""

    said: list[tuple[str, int, Any]]  #: the words that say something by themselves, where they end, and what they say
    ways: list[int]  #: the numbers of the ways whose words these are, however far apart
    pairs: list[int]  #: and of the situations
    weight: int  #: what its weak signs add to the sums of all events
    enough: bool  #: whether they may tell of something
    spoken: list[tuple[int, _Word]]  #: every word, and where it ends
    _places: dict[str, list[int]] | None = None

    @property
    def texts(self) -> Iterator[str]:
        """Every word, as often as it is heard."""
        return (word.text for _, word in self.spoken)

    @property
    def places(self) -> dict[str, list[int]]:
        """Every word with where it ends; few sentences are asked."""
        if self._places is None:
            self._places = {}
            for end, word in self.spoken:
                self._places.setdefault(word.text, []).append(end)
        return self._places


class Vocabulary:
    """The words of ways, situations and signs, those that say something by themselves, and ``others`` somebody asks for."""

    def __init__(
        self, said: Mapping[str, Any], ways: Ways, pairs: Situations, signs: Signs, others: Iterable[str] = ()
    ) -> None:
        lists = _Lists([*ways.pieces, *pairs.pieces])
        marks, self._free = lists.marks(), lists.free
        weights, self._sums = signs.side_by_side()
        texts = dict.fromkeys([*said, *marks, *weights, *others])
        words = {text: _Word(text, marks.get(text, 0), weights.get(text, 0), said.get(text)) for text in texts}
        self._words = Automaton(words)
        self.signs = signs
        self._rest = {
            number: [frozenset(map(words.__getitem__, piece)) for piece in rest] for number, rest in lists.rest()
        }
        self._size, self._ways = len(lists), len(ways.pieces)

    def hear(self, text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Heard]:
        """What stands in each stretch of a text, one after the other, as far as somebody asks."""
        for begin, stop in stretches:
            yield self._add_up(self._words.hear(text[begin:stop]))

    def enough(self, *heard: Heard) -> bool:
        """Whether the weak signs of several stretches may tell of something together; what is said twice counts once."""
        if not self._sums.enough(sum(one.weight for one in heard)):
            return False
        words = {word for one in heard for _, word in one.spoken}
        return self._sums.enough(sum(word.weight for word in words))

    def _add_up(self, spoken: list[tuple[int, _Word]]) -> Heard:
        words = {word for _, word in spoken}
        marks, weight = self._free, 0
        for word in words:
            if word.mark:
                marks |= word.mark
            if word.weight:
                weight += word.weight
        said = [(word.text, end, word.says) for end, word in spoken if word.says is not None]
        full = self._full(marks, words)
        ways = [number for number in full if number < self._ways]
        pairs = [number - self._ways for number in full[len(ways) :]]
        return Heard(said, ways, pairs, weight, self._sums.enough(weight), spoken)

    def _full(self, marks: int, heard: set[_Word]) -> list[int]:
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
