"""What the suggester is taught with, and what it never sees: the split, decided before anything was trained.

It is taught the open gold, the sentences of ``taught.txt``, ordinary sentences of all subjects but ``HELD``, and the examples of
the word lists as the rules read them. It never sees blind, last, round6, round10, the unseen halves of rounds 5 and 7, nor a
held subject.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import gold
from benchmarks.events import page
from extract.lexicon import tables
from extract.notes import read_events
from extract.notes.squeeze import squeeze
from extract.notes.suggesting import plain

TAUGHT = ("open", "desk", "plain", "fresh", "round8", "round9", "taught", "round5-seen", "round7-seen")
UNSEEN = (
    *("blind", "last", "round5-unseen", "round6", "round7-unseen", "round10"),
    *("round14", "round15", "english-unseen", "english4", "english5"),
)
ORDINARY = gold.HERE / "ordinary"
#: A third of the subjects, never trained on: they say how often an ordinary sentence alarms.
HELD = ("farms", "insurance", "meetings", "messages", "seasons", "shops")
FOLDS = 5
_EXAMPLES = ("yes", "no", "before", "beside")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with the events it asserts, and those that are neither asked nor refused."""

    words: str
    told: frozenset[str]
    open: frozenset[str]
    kind: str  #: gold, ordinary, example or term
    fold: int

    @property
    def weight(self) -> float:
        """Ordinary sentences count twice, counter-examples of the word lists thrice: a false alarm is worse than a miss."""
        return 2.0 if self.kind == "ordinary" else 3.0 if self.kind == "example" and not self.told else 1.0


def passages(name: str) -> list[gold.Passage]:
    """The single sentences of a part; whole notes teach nothing about which sentence tells."""
    name, _, which = name.partition("-")
    found = list(gold.sentences(gold.HERE / f"{name}.txt"))
    return gold.half(found, which) if which else found


def subjects() -> tuple[str, ...]:
    """The subjects of ordinary sentences."""
    return tuple(sorted(path.stem for path in ORDINARY.glob("*.txt")))


def ordinary(path: Path) -> list[str]:
    """The sentences of a file in which nothing has happened."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def lessons() -> list[Lesson]:
    """Everything that is taught, each text once, and none that stands in a part that stays unseen: word lists quote some."""
    never = unseen()
    found: dict[str, Lesson] = {}
    for one in (*_gold(), *_ordinary(), *_examples(), *_terms()):
        if plain(one.words) not in never:
            found.setdefault(one.words, one)
    return list(found.values())


def unseen() -> set[str]:
    """The texts that are never taught, as they are compared."""
    told = {plain(squeeze(one.text).text) for name in UNSEEN for one in passages(name)}
    return told | {plain(squeeze(line).text) for subject in HELD for line in ordinary(ORDINARY / f"{subject}.txt")}


def _lesson(text: str, told: frozenset[str], unclear: frozenset[str], kind: str, fold: int | None = None) -> Lesson:
    own = hashlib.sha256(text.encode()).digest()[3] % FOLDS
    return Lesson(squeeze(text).text, told, unclear - told, kind, own if fold is None else fold)


def _gold() -> Iterator[Lesson]:
    for name in TAUGHT:
        for one in passages(name):
            told = frozenset(told.type for told in one.told if told.polarity == "asserted")
            yield _lesson(one.text, told, one.accept, "gold")


def _ordinary() -> Iterator[Lesson]:
    """A subject is in one fold as a whole: what is tried on it was not learnt from it."""
    for number, subject in enumerate(one for one in subjects() if one not in HELD):
        for line in ordinary(ORDINARY / f"{subject}.txt"):
            yield _lesson(line, frozenset(), frozenset(), "ordinary", number % FOLDS)
    for line in ordinary(gold.HERE / "ordinary.txt"):
        yield _lesson(line, frozenset(), frozenset(), "ordinary")


def _examples() -> Iterator[Lesson]:
    """The sentences beside the entries of the word lists, which tests hold the rules to."""
    for entries in tables().values():
        for entry in entries:
            for text in (entry[key] for key in _EXAMPLES if isinstance(entry.get(key), str)):
                read = read_events([page(text)], suggest=False)
                told = frozenset(one.type for one in read if one.polarity == "asserted")
                yield _lesson(text, told, frozenset(one.type for one in read), "example")


def _terms() -> Iterator[Lesson]:
    for entry in tables()["trigger"]:
        if not entry.get("says") and not entry.get("with"):
            for term in entry.get("terms", ()):
                yield _lesson(term, frozenset({entry["event"]}), frozenset(), "term")
