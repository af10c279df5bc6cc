"""What everything is called by people: document types, indicators and events, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property


class Titles(Mapping[str, tuple[str, str]]):
    """Id → (中文, English) of every type, indicator and event; gathered from their declarations when first asked."""

    @cached_property
    def _known(self) -> dict[str, tuple[str, str]]:
        from extract.indicators import definitions
        from extract.recognise import all_types
        from extract.risks import EVENTS

        known = {"unknown": ("未识别", "Not recognised")}
        known |= {kind.type_id: kind.title for kind in all_types()}
        known |= {name: definition.title for name, definition in definitions().items()}
        return known | {name: (kind.name_zh, kind.name_en) for name, kind in EVENTS.items()}

    def __getitem__(self, name: str) -> tuple[str, str]:
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


TITLES: Mapping[str, tuple[str, str]] = Titles()
