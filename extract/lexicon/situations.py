"""Situations as data: a thing in a state (大门 × 紧锁, 设备 × 搬空), each a group of words, met near each other in either order.

Nothing is listed as a sentence: whatever word of the one group stands near whatever word of the other tells of the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

REACH = 10  #: characters between a thing and its state, unless the entry says otherwise
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Pair:
    things: frozenset[str]
    states: frozenset[str]
    reach: int
    order: str


class Situations:
    """Which situations the words heard in a stretch of text can make up, and where their two halves stand."""

    def __init__(self, entries: Sequence[Mapping[str, Any]], groups: Mapping[str, Sequence[str]]) -> None:
        self._pairs = tuple(_pair(entry, groups) for entry in entries)
        self.words = {word for pair in self._pairs for word in pair.things | pair.states}
        self._by_state: dict[str, list[int]] = {}
        for number, pair in enumerate(self._pairs):
            for word in pair.states:
                self._by_state.setdefault(word, []).append(number)

    def met(self, heard: Mapping[str, list[int]]) -> Iterator[tuple[int, Stretch, Stretch]]:
        """Every state that has its thing within reach: the number of the situation, the thing, the state."""
        asked: dict[int, list[str]] = {}
        for word in heard.keys() & self._by_state.keys():
            for number in self._by_state[word]:
                asked.setdefault(number, []).append(word)
        for number in sorted(asked):
            pair = self._pairs[number]
            things = _stretches(heard, heard.keys() & pair.things)
            for state in _stretches(heard, asked[number]) if things else ():
                near = [thing for thing in things if _apart(thing, state, pair) is not None]
                yield from ((number, thing, state) for thing in near)


def _pair(entry: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> _Pair:
    things, states = (frozenset(word for name in entry[key] for word in groups[name]) for key in ("things", "states"))
    return _Pair(things, states, entry.get("reach", REACH), entry.get("order", "either"))


def _stretches(heard: Mapping[str, list[int]], words: set[str] | list[str]) -> list[Stretch]:
    return sorted((end - len(word), end) for word in words for end in heard[word])


def _apart(thing: Stretch, state: Stretch, pair: _Pair) -> int | None:
    """How far apart, or nothing when they overlap, stand the wrong way round or too far apart."""
    if thing[1] <= state[0] and pair.order != "state first":
        between = state[0] - thing[1]
    elif state[1] <= thing[0] and pair.order != "thing first":
        between = thing[0] - state[1]
    else:
        return None
    return between if between <= pair.reach else None
