"""Weak signs that only in sum tell of an event (门口贴着招租 and 房东接电话): their weights are added per event and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

ENOUGH = 100
WIDTH = 44  #: characters from the first sign to the last
Place = tuple[int, int, int]  #: start, end, number of the entry


@dataclass(frozen=True, slots=True)
class Sum:
    """The signs of one event heard in a stretch: where each stands, and which entry it is of."""

    event: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The sums of all events in one number, each in bits of its own."""

    short: int  #: by how much every sum falls short of enough
    reached: int  #: the bits that show, when all weights are added, which events can have got enough

    def enough(self, weights: int) -> bool:
        return (self.short + weights) & self.reached != 0


class Signs:
    """Which events the signs heard in a stretch of text add up to. Weights are kept in hundredths: they are added often."""

    def __init__(self, entries: Sequence[Mapping[str, Any]], plain: Callable[[str], str]) -> None:
        self._weights = [round(100 * Decimal(str(entry["weight"]))) for entry in entries]
        self._events = [entry["event"] for entry in entries]
        self._things = frozenset(number for number, entry in enumerate(entries) if entry.get("thing"))
        self._entries = [(self._events[n], self._weights[n], n in self._things) for n in range(len(entries))]
        self._of: dict[str, list[int]] = {}
        self._outright: dict[str, set[str]] = {}
        for number, entry in enumerate(entries):
            for word in entry["words"]:
                self._of.setdefault(plain(word), []).append(number)
                if self._weights[number] <= -ENOUGH:
                    self._outright.setdefault(plain(word), set()).add(entry["event"])

    @property
    def words(self) -> frozenset[str]:
        """All that is listened for."""
        return frozenset(self._of)

    def side_by_side(self) -> tuple[dict[str, int], SideBySide]:
        """What every word adds at most, and how the sums are held against what is enough; two stretches may be added up."""
        width = (ENOUGH * sum(map(len, self._of.values()))).bit_length() + 2
        ones = {event: 1 << width * place for place, event in enumerate(sorted(set(self._events)))}
        adds = [max(0, weight) * ones[event] for event, weight, _ in self._entries]
        shared = {numbers: sum(adds[number] for number in numbers) for numbers in set(map(tuple, self._of.values()))}
        most = {word: shared[tuple(numbers)] for word, numbers in self._of.items()}
        half, each = 1 << width - 1, sum(ones.values())
        return most, SideBySide((half - ENOUGH) * each, half * each)

    def met(self, heard: Mapping[str, list[int]]) -> Iterator[Sum]:
        """The events whose signs weigh enough, near each other; what speaks against one may stand anywhere."""
        spoken = [word for word in heard if word in self._of]
        if len(spoken) < 2:
            return
        states: dict[str, int] = {}
        things: dict[str, int] = {}
        against: dict[str, int] = {}
        for number in {number for word in spoken for number in self._of[word]}:
            event, weight, thing = self._entries[number]
            if thing:
                things[event] = max(weight, things.get(event, 0))
            else:
                side = states if weight > 0 else against
                side[event] = side.get(event, 0) + weight
        for event in sorted(states):
            most = states[event] + things.get(event, 0) + against.get(event, 0)
            if most < ENOUGH:
                continue
            best = self._nearest(self._places(event, spoken, heard))
            if self._weigh(best) + against.get(event, 0) >= ENOUGH:
                yield Sum(event, best)

    def _places(self, event: str, spoken: Sequence[str], heard: Mapping[str, list[int]]) -> list[Place]:
        """Where the signs that speak for an event stand, in reading order."""
        mine = [(word, n) for word in spoken for n in self._of[word] if self._events[n] == event]
        return sorted((end - len(word), end, n) for word, n in mine if self._weights[n] > 0 for end in heard[word])

    def against(self, heard: Mapping[str, list[int]]) -> set[str]:
        """The events that something heard speaks against outright."""
        return set().union(*(self._outright[word] for word in self._outright.keys() & heard.keys()))

    def _nearest(self, mine: list[Place]) -> tuple[Place, ...]:
        """The heaviest signs that stand together: each once, none on the characters of another."""
        best: tuple[Place, ...] = ()
        longest = sorted(mine, key=lambda one: (one[0] - one[1], one[0]))
        for first in mine:
            kept: list[Place] = []
            for start, end, number in longest:
                near = first[0] <= start and end <= first[0] + WIDTH
                if near and not any(n == number or (a < end and start < b) for a, b, n in kept):
                    kept.append((start, end, number))
            if self._weigh(kept) > self._weigh(best):
                best = tuple(sorted(kept))
        return best

    def _weigh(self, places: Sequence[Place]) -> int:
        """States add up; of the things only the heaviest counts."""
        thing = max((self._weights[n] for _, _, n in places if n in self._things), default=0)
        return thing + sum(self._weights[n] for _, _, n in places if n not in self._things)
