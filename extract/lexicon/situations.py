"""Situations as data: a thing in a state (大门 × 紧锁, 设备 × 搬空), each a group of words, met near each other in either order.

Nothing is listed as a sentence: whatever word of the one group stands near whatever word of the other tells of the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

REACH = 10  #: characters between a thing and its state, unless the entry says otherwise
_FARTHER = 40  #: and between two English words
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Pair:
    number: int  #: of the entry it is written in
    things: frozenset[str]  #: sets: what was heard meets them without walking all of their words
    states: frozenset[str]
    reach: int
    order: str


class Situations:
    """Which situations the words heard in a stretch of text can make up, and where their two halves stand."""

    def __init__(self, entries: Sequence[Mapping[str, Any]], groups: Mapping[str, Sequence[str]]) -> None:
        self._pairs = [pair for number, entry in enumerate(entries) for pair in _pairs(number, entry, groups)]
        self.pieces = [(pair.things, pair.states) for pair in self._pairs]

    def met(self, spoken: Iterable[int], heard: Mapping[str, list[int]]) -> Iterator[tuple[int, Stretch, Stretch]]:
        """Every state with every thing in its reach, of the pairs that are spoken of: the situation's number, thing, state."""
        for index in spoken:
            pair = self._pairs[index]
            things = _stretches(heard, pair.things.intersection(heard))
            for state in _stretches(heard, pair.states.intersection(heard)):
                yield from ((pair.number, thing, state) for thing in things if _near(thing, state, pair))


def _pairs(number: int, entry: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Iterator[_Pair]:
    """The Chinese words of an entry within its reach; its English words farther, and whichever way round."""
    for latin in (False, True):
        things, states = (
            frozenset(word for name in entry[key] for word in groups[name] if _latin(word) == latin)
            for key in ("things", "states")
        )
        if things and states:
            reach, order = entry.get("reach", REACH), entry.get("order", "either")
            yield _Pair(number, things, states, _FARTHER if latin else reach, "either" if latin else order)


def _latin(word: str) -> bool:
    return word.isascii() and word[0].isalpha()


def _stretches(heard: Mapping[str, list[int]], words: Iterable[str]) -> list[Stretch]:
    return sorted((end - len(word), end) for word in words for end in heard[word])


def _near(thing: Stretch, state: Stretch, pair: _Pair) -> bool:
    """Within reach of each other, the right way round, not overlapping."""
    if thing[1] <= state[0]:
        return pair.order != "state first" and state[0] - thing[1] <= pair.reach
    return state[1] <= thing[0] and pair.order != "thing first" and thing[0] - state[1] <= pair.reach
