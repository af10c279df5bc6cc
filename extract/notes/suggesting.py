"""A small trained model that tells an event by the letters of a sentence, where the word lists have no word for it.

It is linear: the weights of the letter groups heard, and of the classes of words they belong to, are added for every event and
once for "anything at all"; both must speak. ``suggesting.tsv`` holds the weights as text, written by ``make train-suggester``.
It knows Chinese only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, sqrt
from struct import unpack

from extract.lexicon import tables
from extract.lexicon.heard import Automaton
from extract.notes.clauses import sentences
from extract.notes.squeeze import same, squeeze

ANYTHING = "anything"  #: the column that says whether there is any event
GRAM = 3  #: letters in the longest group
_SHORTEST = 9  #: letters of a sentence that can be spoken of; a heading or a cell is shorter
_SHORT = 8  #: shorter sentences weigh no more than one of this length
_SCALE = 100  #: the weights are kept in hundredths
_WIDTH = 32  #: bits of each column where the sums of all stand side by side; what a sentence adds up to takes some 17
_HALF = 1 << _WIDTH - 1  #: stands for nought in each, so that none borrows from the next
_FILE = "suggesting.tsv"
_NUMBER = re.compile(r"\d[\d,.]*|[零一二两三四五六七八九十百千万几]{2,}")
_MARKS = re.compile(r"[^\w%]+")
#: Which keys of the word lists make a class of words: kind → (the words, what names the class).
_CLASSES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "group": ("words", ("name",)),
    "sign": ("words", ("id",)),
    "hedge": ("phrases", ("effect",)),
    "move": ("words", ("way",)),
    "release": ("words", ()),
    "party": ("terms", ("role",)),
    "spell": ("words", ("epoch",)),
    "metric": ("names", ("id",)),
}


def plain(words: str) -> str:
    """The letters compared: every number is 0, whatever parts words is one blank."""
    return _MARKS.sub(" ", _NUMBER.sub("0", words.lower())).strip()


def breadth(text: str) -> float:
    """How much there is to add up in a plain text: what the sums are held against."""
    return 0.8 * sqrt(GRAM * max(_SHORT, len(text)))


def grams(text: str) -> Iterator[str]:
    """Every group of letters of a plain text; two letters over a blank are none."""
    for size in range(1, GRAM + 1):
        for start in range(len(text) - size + 1):
            gram = text[start : start + size]
            if size > 2 or " " not in gram:
                yield gram


@cache
def class_words() -> Mapping[str, tuple[str, ...]]:
    """The words that stand for a class, and the classes each stands for: <group gate>, <sign of operation_shutdown>."""
    found: dict[str, dict[str, None]] = {}
    for kind, (words, named) in _CLASSES.items():
        for entry in tables().get(kind, []):
            names = [" ".join((kind, *(str(entry[key]) for key in named)))]
            if kind == "sign":
                names.append(f"{'sign' if entry['weight'] > 0 else 'contrary'} of {entry['event']}")
            for word in entry[words]:
                found.setdefault(same(word).lower(), {}).update({f"<{name}>": None for name in names})
    return {word: tuple(names) for word, names in found.items()}


@cache
def _listened() -> Automaton[str]:
    return Automaton({word: word for word in class_words()})


def classes(words: str) -> Iterator[tuple[str, int, int]]:
    """The classes of words that a sentence speaks, and where."""
    for end, word in _listened().hear(words.lower()):
        for name in class_words()[word]:
            yield name, end - len(word), end


@dataclass(frozen=True, slots=True)
class Model:
    """The weights: what each letter group or class of words adds to each column. Features are numbered: they are met often."""

    columns: tuple[str, ...]  #: the events, and last ``ANYTHING``
    enough: float  #: how sure it must be to suggest anything
    nothing: int  #: all columns side by side at nought
    start: int  #: what every sentence begins with
    begins: int  #: the same for the last column alone
    numbers: Mapping[str, int]
    weights: tuple[int, ...]  #: in hundredths, all columns side by side in one number: one is added per feature
    anything: tuple[int, ...]  #: the weights of the last column, which most sentences are judged by alone
    letters: Automaton[int]  #: of the letter groups, each with its number
    words: Automaton[tuple[int, ...]]  #: of the words that belong to classes, each with their numbers
    known: Mapping[str, tuple[int, ...]]  #: the same, for words that have been heard already

    def speaks_of(self, words: str, spoken: Iterable[str] | None = None) -> str | None:
        """The event of a sentence, when it is sure enough both that it is this one and that it is anything.

        ``spoken``: the words of the lists that have been heard in it; None: it listens for them.
        """
        if len(words) < _SHORTEST or words.isascii():
            return None
        heard, share = self._heard(words, spoken)
        anything = _sure((self.begins + sum(map(self.anything.__getitem__, heard))) / _SCALE / share)
        if anything < self.enough * self.enough:
            return None  # no event could be sure enough to make up for it
        sums = self._sums(heard)
        most = max(sums[:-1])
        enough = sqrt(_sure(most / _SCALE / share) * anything) >= self.enough
        return self.columns[sums.index(most)] if enough else None

    def sure_of(self, event: str, words: str) -> float:
        """How sure the model is that a sentence tells of an event: the mean of that it is this one and that it is anything."""
        heard, share = self._heard(words)
        sums = self._sums(heard)
        this, anything = (_sure(total / _SCALE / share) for total in (sums[self.columns.index(event)], sums[-1]))
        return sqrt(this * anything)

    def weight(self, name: str, columns: Iterable[int]) -> float:
        """What a letter group or class adds to these columns; nothing if the model does not know it."""
        if name not in self.numbers:
            return 0
        row = self._apart(self.nothing + self.weights[self.numbers[name]])
        return sum(row[column] / _SCALE for column in columns)

    def _heard(self, words: str, spoken: Iterable[str] | None = None) -> tuple[set[int], float]:
        """The features of a sentence, and what their sums are held against."""
        text = plain(words)
        heard = self.letters.meant(text)
        of_words = self.words.meant(words.lower()) if spoken is None else filter(None, map(self.known.get, spoken))
        heard.update(*of_words)
        return heard, breadth(text)

    def _sums(self, heard: set[int]) -> list[int]:
        return self._apart(self.start + sum(map(self.weights.__getitem__, heard)))

    def _apart(self, numbers: int) -> list[int]:
        """The columns of a number in which they stand side by side."""
        count = len(self.columns)
        return [one - _HALF for one in unpack(f"<{count}I", numbers.to_bytes(count * _WIDTH // 8, "little"))]


def _side_by_side(weights: Iterable[tuple[int, int]]) -> int:
    """Every weight in the bits of its column."""
    return sum(weight << _WIDTH * column for column, weight in weights)


def _sure(total: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def model() -> Model:
    """The model as filed."""
    head: dict[str, str] = {}
    weights: dict[str, int] = {}
    anything: list[int] = []
    for line in (files(__package__) / _FILE).read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("@"):
            head[name] = rest
            last = head["@columns"].count(" ")
        elif not name.startswith("#"):
            parts = (part.split(":") for part in rest.split(" "))
            row = [(int(column), int(weight)) for column, weight in parts]
            weights[name] = _side_by_side(row)
            anything.append(dict(row).get(last, 0))
    start = list(map(int, head["@start"].split(" ")))
    nothing = _side_by_side((column, _HALF) for column in range(len(start)))
    numbers = {name: number for number, name in enumerate(weights)}
    letters = Automaton({name: number for name, number in numbers.items() if not name.startswith("<")})
    of_word = ((word, tuple(numbers[one] for one in names if one in numbers)) for word, names in class_words().items())
    known = {word: found for word, found in of_word if found}
    return Model(
        tuple(head["@columns"].split(" ")),
        float(head["@enough"]),
        nothing,
        nothing + _side_by_side(enumerate(start)),
        start[-1],
        numbers,
        tuple(weights.values()),
        tuple(anything),
        letters,
        Automaton(known),
        known,
    )


def suggests(raw: str) -> bool:
    """Whether a page without any word of the rules holds a sentence that the model would speak of."""
    learnt = model()
    return any(learnt.speaks_of(one.words) for one in sentences(squeeze(raw).text))


def written(columns: tuple[str, ...], enough: str, start: list[float], weights: Mapping[str, list[float]]) -> str:
    """A model as the text of its file: one line for every group or class, ``column:hundredths`` for what weighs anything."""
    lines = [
        "# The suggester's weights in hundredths, written by `make train-suggester`; see extract/notes/suggesting.py.",
        "# @columns are counted from 0; a line is: letters or <class of words>, then column:weight.",
        f"@columns\t{' '.join(columns)}",
        f"@enough\t{enough}",
        f"@start\t{' '.join(str(round(_SCALE * weight)) for weight in start)}",
    ]
    for name in sorted(weights):
        parts = [(column, round(_SCALE * weight)) for column, weight in enumerate(weights[name])]
        kept = " ".join(f"{column}:{weight}" for column, weight in parts if weight)
        if kept:
            lines.append(f"{name}\t{kept}")
    return "\n".join(lines) + "\n"
