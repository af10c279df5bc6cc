"""Which text names which column of a table: labels of one language or two, whole or in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from extract.grammar import Table
from extract.kinds import Kind
from records.values.text import fold


@lru_cache(maxsize=8192)
def key_of(text: str) -> str:
    """A label as headers are compared: folded, no blanks, no colon, lower case."""
    return re.sub(r"[\s:：*]", "", fold(text)).lower()


def in_chinese(key: str) -> str:
    """The Chinese part of a head in two languages (借方(出账)debit); the key itself when it has none in front."""
    found = re.match(r"[^a-z]*[\u4e00-\u9fff)][^a-z]*(?=[a-z])", key)
    return found.group().rstrip("/([") if found else key


class Labels:
    """Which text names which column of a table."""

    def __init__(self, columns: dict[str, Kind[Any]], spare: dict[str, str] | None = None) -> None:
        self.spare = spare or {}
        self.exact: dict[str, tuple[str, int]] = {}
        for name, kind in columns.items():
            for rank, label in enumerate(kind.labels):
                self.exact.setdefault(key_of(label), (name, rank))
        self.longest = sorted(self.exact, key=lambda label: -len(label))
        self._found: dict[tuple[str, ...], tuple[str, int] | None] = {}
        self._cuts: dict[str, tuple[int, ...]] = {}

    def knows(self, key: str) -> bool:
        """Whether these words are a label by themselves, whatever stands in brackets behind it (交易金额(元))."""
        return key in self.exact or re.sub(r"[(\[].*?[)\]]$", "", key) in self.exact

    def find(self, texts: Sequence[str]) -> tuple[str, int] | None:
        """The column that a head's lines name, taken together or one by one; the same words come again on every page."""
        asked = tuple(texts)
        if asked not in self._found:
            _bounded(self._found)[asked] = self._named(asked)
        return self._found[asked]

    def cuts(self, text: str) -> tuple[int, ...]:
        """Where a word parts into the labels it consists of; its two ends where it is one label, or none."""
        if text not in self._cuts:
            _bounded(self._cuts)[text] = self._parted(text)
        return self._cuts[text]

    @cached_property
    def _piece(self) -> re.Pattern[str]:
        """Any of the labels; most tables are not met, and are never asked."""
        return re.compile("|".join(re.escape(label) for label in self.longest if len(label) > 1) or r"(?!)")

    def _parted(self, text: str) -> tuple[int, ...]:
        key, whole = key_of(text), (0, len(text))
        if key in self.exact or len(key) != len(text):
            return whole
        cuts = [0]
        while cuts[-1] < len(key):
            label = self._piece.match(key, cuts[-1])
            if label is None:
                return whole
            cuts.append(label.end())
        return tuple(cuts)

    def _named(self, texts: Sequence[str]) -> tuple[str, int] | None:
        joined = key_of("".join(texts))
        ways = [joined, *(key_of(text) for text in texts if len(texts) > 1)]
        ways += [chinese for way in ways if (chinese := in_chinese(way)) != way]
        for way in ways:
            if way in self.exact:
                return self.exact[way]
        for way in ways:
            bare = re.sub(r"[(\[].*?[)\]]", "", way)
            if bare in self.exact:
                name, rank = self.exact[bare]
                return name, rank + 20
        for label in self.longest:
            if (
                len(label) >= 2
                and label in joined
                and len(joined) <= 2 * len(label) + 6
                and _chinese_border(label, joined)
            ):
                name, rank = self.exact[label]
                return name, rank + 40
        return None


_K = TypeVar("_K")
_V = TypeVar("_V")


def _bounded(memory: dict[_K, _V]) -> dict[_K, _V]:
    """A memory that begins anew when it is full: a reading process sees the words of many papers."""
    if len(memory) >= 2000:
        memory.clear()
    return memory


@lru_cache(maxsize=512)
def labels_of(table: Table) -> Labels:
    """The labels of a table's columns; made once, for every paper is held against every table."""
    return Labels(table.columns, table.spare)


def _chinese_border(label: str, text: str) -> bool:
    """A Latin label must not be a piece of a longer Latin word (``date`` in ``update``)."""
    if not label.isascii():
        return True
    return re.search(rf"(?<![a-z]){re.escape(label)}(?![a-z])", text) is not None
