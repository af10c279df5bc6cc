"""``make train-suggester``: teach the suggester and write its weights; ``--folds`` tries it first on what each fold left out.

A logistic regression per event, and one for "anything", learnt together one text after the other (FTRL-proximal: most weights
stay nought). How sure it must be is read off the folds: the level at which two in a hundred ordinary sentences of a subject it
had not learnt would alarm, were there no rules beside it. The order of the texts is drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.suggester_data import FOLDS, Lesson, lessons
from extract.notes import suggesting
from extract.notes.suggesting import ANYTHING, breadth, classes, grams, plain

HERE = Path(suggesting.__file__).with_name("suggesting.tsv")
ROUNDS = 12
SEED = 7
L1, L2, RATE = 3.0, 0.02, 0.2
FOR = 6.0  #: what a told event counts against all the texts that do not tell it
LIGHT = 0.15  #: weights below this are left out
ALARMS = 0.02
LEVELS = (0.005, 0.01, 0.02)
Array = np.ndarray[Any, np.dtype[Any]]


class Learner:
    """The weights of every feature for every column, as they are being learnt."""

    def __init__(self, taught: Sequence[Lesson]) -> None:
        heard = [features(one.words) for one in taught]
        counted = Counter(name for names in heard for name in names)
        self.names = sorted(name for name, count in counted.items() if count > 1)
        self.columns = (*sorted({event for one in taught for event in one.told}), ANYTHING)
        self.number = {name: index for index, name in enumerate(self.names)}
        rare = np.log(len(taught) / 3)
        shares = [np.log(len(taught) / counted[name]) / rare for name in self.names]
        self.worth = np.array([*shares, 1.0])  #: what is rare says more; the last is what every text begins with
        shape = (len(self.worth), len(self.columns))
        self._sum, self._squares = np.zeros(shape), np.zeros(shape)
        self._learn([self._row(one.words) for one in taught], *self._asked(taught))

    def weights(self, rows: Any = slice(None)) -> Array:
        held, scale = self._sum[rows], (1 + np.sqrt(self._squares[rows])) / RATE + L2
        return np.where(np.abs(held) <= L1, 0, (np.sign(held) * L1 - held) / scale)

    def sure(self, words: str) -> Array:
        """How sure every column is of a text."""
        rows, worth = self._row(words)
        return _sigmoid((self.weights(rows) * worth).sum(0))

    def _row(self, words: str) -> tuple[Array, Array]:
        known = [self.number[name] for name in sorted(features(words)) if name in self.number]
        rows = np.array([*known, len(self.names)])
        return rows, (self.worth[rows] / breadth(plain(words)))[:, None]

    def _asked(self, taught: Sequence[Lesson]) -> tuple[Array, Array]:
        """What every column should say of every text, and how much that counts."""
        asked = np.array([[event in one.told for event in self.columns] for one in taught], dtype=float)
        counts = np.array([[one.weight * (event not in one.open) for event in self.columns] for one in taught])
        counts[:, :-1] *= np.where(asked[:, :-1] > 0, FOR, 1)
        for index, one in enumerate(taught):
            asked[index, -1] = bool(one.told)
            if one.open and not one.told and one.kind == "gold":
                counts[index, -1] = 0
        return asked, counts

    def _learn(self, rows: Sequence[tuple[Array, Array]], asked: Array, counts: Array) -> None:
        order = np.random.RandomState(SEED)
        for _ in range(ROUNDS):
            for index in order.permutation(len(rows)):
                touched, worth = rows[index]
                weights, squares = self.weights(touched), self._squares[touched]
                slope = ((_sigmoid((weights * worth).sum(0)) - asked[index]) * counts[index])[None, :] * worth
                step = (np.sqrt(squares + slope * slope) - np.sqrt(squares)) / RATE
                self._sum[touched] += slope - step * weights
                self._squares[touched] = squares + slope * slope

    def text(self, enough: float) -> str:
        """The model as the text of its file."""
        weights = self.weights() * self.worth[:, None]
        weights = np.where(np.abs(weights) < LIGHT, 0, weights)
        told = {name: weights[index].tolist() for index, name in enumerate(self.names)}
        return suggesting.written(self.columns, f"{enough:.2f}", weights[-1].tolist(), told)


def features(words: str) -> set[str]:
    """The letter groups and classes of words of a text."""
    return {*grams(plain(words)), *(name for name, _, _ in classes(words))}


def _sigmoid(total: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def folds(taught: Sequence[Lesson]) -> float:
    """Print what is found in every fold by the others, and answer how sure the suggester must be."""
    alarms: list[float] = []
    told: list[tuple[float, bool, bool]] = []
    for number in range(FOLDS):
        learner = Learner([one for one in taught if one.fold != number])
        for one in taught:
            if one.fold != number or one.kind not in ("gold", "ordinary"):
                continue
            *events, anything = learner.sure(one.words)
            best = int(np.argmax(events))
            sure = float(np.sqrt(events[best] * anything))
            if one.kind == "ordinary":
                alarms.append(sure)
            elif one.told:
                told.append((sure, learner.columns[best] in one.told, learner.columns[best] in one.open))
    alarms.sort(reverse=True)
    for share in LEVELS:
        level = alarms[int(share * len(alarms))]
        right = sum(good for sure, good, _ in told if sure > level)
        wrong = sum(not good and not unclear for sure, good, unclear in told if sure > level)
        print(f"{share:.1%} of {len(alarms)} ordinary sentences alarm at {level:.2f}: "
              f"{right}/{len(told)} told events are found, {wrong} others named")  # fmt: skip
    return alarms[int(ALARMS * len(alarms))]


def main() -> None:
    """Teach it, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true", help="try it on every fold, and set how sure it must be anew")
    options = parser.parse_args()
    taught = lessons()
    enough = folds(taught) if options.folds else suggesting.model().enough
    text = Learner(taught).text(enough)
    HERE.write_text(text, encoding="utf-8")
    print(
        f"{len(taught)} texts, {text.count(chr(10)) - 5} lines, {len(text.encode()) / 1024:.0f} KB, enough {enough:.2f}"
    )


if __name__ == "__main__":
    main()
