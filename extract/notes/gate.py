"""Whether a page can tell of a risk at all: one pass over its text, before anything heavy is imported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from extract.lexicon import tables
from extract.lexicon.adding import Signs
from extract.lexicon.heard import Automaton, Heard, Vocabulary
from extract.lexicon.situations import Situations
from extract.lexicon.ways import Ways, expression, latin, spelled
from extract.notes.squeeze import mended, same

_Entry = Mapping[str, Any]
_FIGURES: _Entry = {"figures": True}  #: the ways whose figures must be held together to tell of anything
_PERIODS = ("季度", "月", "年末", "年底")
_STOP = re.compile("[。;!?]")


def _plain(word: str) -> str:
    return "".join(same(word).lower().split())


def _spaced(way: str) -> str:
    """The way without blanks inside its words."""
    return "".join(gap if index % 2 else _plain(gap) for index, gap in enumerate(re.split(r"( (?:…+|&) )", way)))


@dataclass(frozen=True, slots=True)
class _Gate:
    terms: Automaton[list[_Entry]]
    words: Vocabulary
    held: Ways
    ways: tuple[tuple[str, _Entry], ...]
    pairs: Situations
    signs: Signs


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
    ways += [(_spaced(way), _FIGURES) for way in _sums()]
    held = Ways(way for way, _ in ways)
    groups = {entry["name"]: [_plain(word) for word in entry["words"]] for entry in tables().get("group", [])}
    pairs = Situations(tables().get("situation", []), groups)
    adding = Signs(tables().get("sign", []), _plain)
    return _Gate(Automaton(terms), Vocabulary({}, held, pairs, adding), held, tuple(ways), pairs, adding)


def _sums() -> list[str]:
    """Where two figures can stand to be held together: 以前 …… 现在, 账上 …… 要扣, either way round."""
    times = "|".join((*(word for entry in tables().get("spell", []) for word in entry["words"]), *_PERIODS))
    sides = [("|".join(entry["left"]), "|".join(entry["right"])) for entry in tables().get("comparison", [])]
    both = [(left, right) for one, other in sides for left, right in ((one, other), (other, one))]
    return [f"{left} …… {right}" for left, right in ((times, times), *both)]


def _figures_tell(words: str) -> bool:
    from extract.notes.clauses import sentences
    from extract.notes.sums import can_sum, summed  # the lists of figures are checked when they are first asked

    if words.isascii():
        return can_sum(words)  # without its blanks English cannot be read closer
    return can_sum(words) and any(not said.better for sentence in sentences(words) for said in summed(words, sentence))


def mentions_risk(raw: str) -> bool:
    """Whether any trigger stands in this page text (blanks, line ends and misreadings inside words do not hide it)."""
    text = mended(_plain(raw))
    stops = [-1, *(stop.start() for stop in _STOP.finditer(text)), len(text)]
    stretches = [(begin + 1, end) for begin, end in pairwise(stops)]
    gate = _gate()
    if any(_in_company(entry, text) for _, entries in gate.terms.hear(text) for entry in entries):
        return True
    heard = gate.words.hear(text, stretches)
    if any(_holds(one, text[begin:end], text) for one, (begin, end) in zip(heard, stretches, strict=True)):
        return True
    return _in_a_paragraph(raw)


_ENDS = re.compile(r"[。；;！!？?]|\. |\.$")


@cache
def _figures_of() -> tuple[re.Pattern[str], ...]:
    """What stands in a paragraph whose figures may tell in sum: a debt, or a thing told of twice."""
    debts = [word for entry in tables().get("burden", []) for word in entry["debts"]]
    things = [word for entry in tables().get("contrast", []) for word in entry.get("about", ()) if len(word) > 1]
    left = [
        "剩",
        "降到",
        "降至",
        "减到",
        "减至",
        "跌到",
        "跌至",
        "掉到",
        "掉至",
        "缩到",
        "缩至",
    ]  # 一千多只羊剩三百来只
    lists = (debts, things, left)
    return tuple(re.compile("|".join(re.escape(word) for word in sorted(words, key=len)[::-1])) for words in lists)


def _in_a_paragraph(raw: str) -> bool:
    """Whether sentences tell together what none of them tells alone."""
    debts, things, left = _figures_of()
    ends = len(_ENDS.findall(raw))  # of sentences: a form has hardly any
    if not (left.search(raw) or (ends and debts.search(raw)) or (ends > 1 and things.search(raw))):
        return False
    from extract.notes.clauses import sentences
    from extract.notes.paragraphs import together
    from extract.notes.squeeze import squeeze
    from extract.notes.sums import can_sum, summed

    text = squeeze(raw).text
    cut = sentences(text)
    lower, words = text.lower(), _gate().words
    heard = list(words.hear(lower, [(one.start, one.end) for one in cut]))
    alone = (one for one in cut if can_sum(one.words))
    return bool(together(lower, cut, (), words, heard)) or any(
        not said.better for one in alone for said in summed(lower, one)
    )


def _in_company(entry: _Entry, text: str) -> bool:
    company = entry.get("with", ())
    return not company or any(_plain(word) in text for word in company)


def _holds(heard: Heard, stretch: str, text: str) -> bool:
    """Whether a stretch between two stops can tell of a risk."""
    gate = _gate()
    for number in heard.ways:
        way, entry = gate.ways[number]
        if not gate.held.stands(number, heard.places):
            continue
        if entry is _FIGURES:
            if _figures_tell(stretch):
                return True
        elif _in_company(entry, text) and (latin(way) or expression(way).search(stretch)):
            return True
    if heard.pairs and next(gate.pairs.met(heard.pairs, heard.places), None) is not None:
        return True
    return heard.enough and next(gate.signs.met(heard.places), None) is not None
