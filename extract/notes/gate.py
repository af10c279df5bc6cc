"""Whether a page can tell of a risk at all: one pass over its text, before anything heavy is imported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick

from extract.lexicon import tables
from extract.lexicon.situations import Situations
from extract.lexicon.ways import Ways, expression, latin, spelled
from extract.notes.squeeze import mended, same

_Entry = Mapping[str, Any]
_STOPS = frozenset("。;!?")


def _plain(word: str) -> str:
    return "".join(same(word).lower().split())


def _spaced(way: str) -> str:
    """The way without blanks inside its words."""
    return "".join(gap if index % 2 else _plain(gap) for index, gap in enumerate(re.split(r"( (?:…+|&) )", way)))


@dataclass(frozen=True, slots=True)
class _Gate:
    automaton: ahocorasick.Automaton
    terms: dict[str, list[_Entry]]
    held: Ways
    ways: tuple[tuple[str, _Entry], ...]
    pairs: Situations


@cache
def _gate() -> _Gate:
    """From the lists as written: nothing is checked or compiled yet."""
    terms: dict[str, list[_Entry]] = {}
    ways: list[tuple[str, _Entry]] = []
    for entry in tables().get("trigger", []):
        for term in entry.get("terms", ()):
            terms.setdefault(_plain(term), []).append(entry)
        ways += [(_spaced(spelled(way)), entry) for way in entry.get("ways", ())]
    moves = "|".join(word for entry in tables().get("move", []) for word in entry["words"])
    for entry in tables().get("metric", []):
        level = "|%|成" if "level" in entry else ""
        ways.append((_spaced(f"{'|'.join(entry['names'])} …… {moves}{level}"), {}))
    for entry in tables().get("part", []):
        part = "|".join((*entry["at_work"], *entry["at_rest"], "有", "of"))
        ways.append((_spaced(f"{'|'.join(entry['counters'])} …… {part}"), {}))
        ways.append((_spaced(f"{part} …… {'|'.join(entry['counters'])}"), {}))
    held = Ways(way for way, _ in ways)
    groups = {entry["name"]: [_plain(word) for word in entry["words"]] for entry in tables().get("group", [])}
    pairs = Situations(tables().get("situation", []), groups)
    automaton = ahocorasick.Automaton()
    for word in {*terms, *held.words, *pairs.words, *_STOPS}:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return _Gate(automaton, terms, held, tuple(ways), pairs)


def mentions_risk(raw: str) -> bool:
    """Whether any trigger stands in this page text (blanks, line ends and misreadings inside words do not hide it)."""
    text = mended(_plain(raw))
    gate = _gate()
    heard: defaultdict[str, list[int]] = defaultdict(list)
    begin = 0
    for last, word in gate.automaton.iter(text):
        if word in gate.terms:
            if any(_in_company(entry, text) for entry in gate.terms[word]):
                return True
        elif word in _STOPS:
            if _holds(gate, heard, text, begin, last):
                return True
            heard, begin = defaultdict(list), last
            continue
        heard[word].append(last + 1)
    return _holds(gate, heard, text, begin, len(text))


def _in_company(entry: _Entry, text: str) -> bool:
    company = entry.get("with", ())
    return not company or any(_plain(word) in text for word in company)


def _holds(gate: _Gate, heard: dict[str, list[int]], text: str, begin: int, end: int) -> bool:
    for number in gate.held.held(heard):
        way, entry = gate.ways[number]
        if _in_company(entry, text) and (latin(way) or expression(way).search(text, begin, end)):
            return True
    return next(gate.pairs.met(heard), None) is not None
