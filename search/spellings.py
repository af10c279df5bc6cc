"""How people begin to type a name: as it stands, without its city, in pinyin, by initials; and numbers as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SEPARATOR = "|"
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}?(?:自治区|省|市|县|区)|[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{4})")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be meant by what was typed so far, and how many cards carry it."""

    kind: str  #: customer, loan, type, event
    key: str  #: customer_no, loan_note_no, id of a type or event
    label: str
    count: int


def spellings(kind: str, key: str, label: str, *more: str) -> tuple[str, ...]:
    """The terms under which a thing is offered while somebody types; ``more`` are other names of it."""
    ways = dict.fromkeys(way for name in (label, key, *more) for way in _ways(name))
    return tuple(_SEPARATOR.join((way, kind, key, label.replace(_SEPARATOR, " "))) for way in ways)


def suggestion(term: str, count: int) -> Suggestion:
    """What a term of the index stands for."""
    _, kind, key, label = term.split(_SEPARATOR, 3)
    return Suggestion(kind, key, label, count)


def typed(text: str) -> str:
    """What was typed, as spellings are kept."""
    return re.sub(r"\s", "", text).lower().replace(_SEPARATOR, "")


@lru_cache(maxsize=4096)
def _ways(name: str) -> tuple[str, ...]:
    plain = typed(name)
    short = _PLACE.sub("", plain)
    whole = [plain, short, *(way for one in {plain, short} if _HAN.search(one) for way in _sounds(one))]
    return tuple(dict.fromkeys(way for way in whole if way))


def _sounds(name: str) -> tuple[str, str]:
    """In pinyin: in full, and by initials. Loaded when first needed."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name)
    return "".join(syllables), "".join(one if one.isdigit() else one[:1] for one in syllables)
