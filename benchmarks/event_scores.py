"""Counting what was read against what is told: per event type, per polarity, severity and arguments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.gold import POLARITIES, Passage, Told

NONE = "none"


@dataclass(slots=True)
class Score:
    """Tallies over passages; asserted where nothing is told counts as read against ``none``."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)  #: (told, read) polarity
    right: Counter[str] = field(default_factory=Counter)  #: asserted events read as asserted, by type
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    graded: Counter[str] = field(default_factory=Counter)  #: "severity", "role", "args", "plain": asked and met

    def add(self, passage: Passage, read: Sequence[Told]) -> list[str]:
        """Count one passage; the answer names what was read wrongly."""
        left, wrong = list(read), list[str]()
        waiting = [told for told in passage.told if not self._met(told, left)]
        for told in waiting:
            other = next((one for one in left if one.type == told.type), None)
            if other:
                left = [one for one in left if one != other]
            polarity = other.polarity if other else NONE
            if not (polarity == NONE and told.type in passage.accept):
                self._wrong(told, polarity)
                wrong.append(f"{told.type}: {told.polarity} read as {polarity}")
        for extra in sorted({one.type for one in left if one.polarity == "asserted"} - passage.accept):
            if not any(told.type == extra and told.polarity == "asserted" for told in passage.told):
                self.pairs[NONE, "asserted"] += 1
                self.false[extra] += 1
                wrong.append(f"{extra}: asserted out of nothing")
        return wrong

    def _met(self, told: Told, left: list[Told]) -> bool:
        same = [one for one in left if (one.type, one.polarity) == (told.type, told.polarity)]
        if not same:
            return False
        best = max(same, key=lambda one: (one.role == told.role, len(set(told.args) & set(one.args))))
        left.remove(best)
        self.pairs[told.polarity, told.polarity] += 1
        if told.polarity == "asserted":
            self.right[told.type] += 1
        for name, asked, met in (
            ("severity", told.severity, best.severity == told.severity),
            ("role", told.role, best.role == told.role),
        ):
            if asked:
                self.graded.update({f"{name} asked": 1, f"{name} met": int(met)})
        self._plain(told, met=True)
        for argument in told.args:
            self.graded.update({"args asked": 1, "args met": int(argument in best.args)})
        return True

    def _plain(self, told: Told, met: bool) -> None:
        if told.plain and told.polarity == "asserted":
            self.graded.update({"plain asked": 1, "plain met": int(met)})

    def _wrong(self, told: Told, polarity: str) -> None:
        self._plain(told, met=False)
        self.pairs[told.polarity, polarity] += 1
        if told.polarity == "asserted":
            self.missed[told.type] += 1
        if polarity == "asserted":
            self.false[told.type] += 1

    def polarity(self, name: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of one polarity."""
        hit = self.pairs[name, name]
        read = sum(count for (_, got), count in self.pairs.items() if got == name)
        told = sum(count for (want, _), count in self.pairs.items() if want == name)
        return f1(hit, read - hit, told - hit)

    def summary(self) -> str:
        """The line that is quoted."""
        asserted = sum(count for (want, _), count in self.pairs.items() if want == "asserted")
        swallowed = self.pairs["asserted", "negated"]
        precision, recall, both = self.polarity("asserted")
        macro = sum(self.polarity(name)[2] for name in POLARITIES) / len(POLARITIES)
        return (
            f"asserted P {precision:.3f} R {recall:.3f} F1 {both:.3f}; polarity macro-F1 {macro:.3f}; "
            f"asserted called negated {swallowed}/{asserted} = {swallowed / max(1, asserted):.4f}; "
            + ", ".join(
                f"{name} {self.graded[f'{name} met']}/{self.graded[f'{name} asked']}"
                for name in ("severity", "role", "args", "plain")
            )
        )

    def confusion(self) -> str:
        """Told down, read across."""
        across = (*POLARITIES, NONE)
        lines = ["told \\ read".ljust(16) + "".join(name[:9].rjust(10) for name in across)]
        for want in across:
            row = [self.pairs[want, got] for got in across]
            if sum(row):
                lines.append(want.ljust(16) + "".join(str(count or "·").rjust(10) for count in row))
        return "\n".join(lines)

    def by_type(self) -> str:
        """P, R and F1 of asserted events for every type that was told or read."""
        lines = ["asserted".ljust(26) + "     n      P      R     F1"]
        for name in sorted({*self.right, *self.missed, *self.false}):
            scores = f1(self.right[name], self.false[name], self.missed[name])
            told = self.right[name] + self.missed[name]
            lines.append(name.ljust(26) + f"{told:6}" + "".join(f"{score:7.2f}" for score in scores))
        return "\n".join(lines)

    def by_polarity(self) -> str:
        """P, R and F1 of every polarity."""
        lines = ["polarity".ljust(16) + "      P      R     F1"]
        lines += [name.ljust(16) + "".join(f"{score:7.3f}" for score in self.polarity(name)) for name in POLARITIES]
        return "\n".join(lines)


def f1(right: int, false: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall, F1; nothing asked and nothing read is 0."""
    precision = right / (right + false) if right + false else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * right / (2 * right + false + missed) if right else 0.0
