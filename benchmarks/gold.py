"""Sentences and notes with what they tell, as written in ``tests/events``: the measure of the notes reader.

A line is ``text | event:POLARITY[severity][~][@role]{arguments} ... | other events that may defensibly be read``;
``~`` marks an event told without a word of the taxonomy.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "tests" / "events"
POLARITIES = ("asserted", "negated", "resolved", "hypothetical", "other_party")
_LETTERS = {name[0].upper(): name for name in POLARITIES}
_SEVERITIES = {"1": "light", "2": "moderate", "3": "severe"}
_LABEL = re.compile(r"(\w+):([ANRHO])([123])?(~)?(?:@(\w+))?(?:\{([^}]*)\})?")


@dataclass(frozen=True, slots=True)
class Told:
    """One event that a passage tells; severity, role and arguments only where somebody wrote them down."""

    type: str
    polarity: str
    severity: str | None = None
    role: str | None = None
    args: tuple[tuple[str, str], ...] = ()
    plain: bool = False  #: told by a situation, a number or a consequence, without a word of the taxonomy


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a whole note, and everything it tells."""

    text: str
    told: tuple[Told, ...]
    accept: frozenset[str] = frozenset()
    report_date: date | None = None
    subject: str | None = None


def sentences(path: Path) -> Iterator[Passage]:
    """The passages of a file of single lines; ``\\n`` in a line is a line end on paper."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, *labels = (part.strip() for part in line.split("|"))
            yield _passage(text.replace("\\n", "\n"), labels)


def notes(path: Path) -> Iterator[Passage]:
    """The passages of a file of whole notes: ``@@ kind | report date | subject``, the text, ``>>`` and the labels."""
    for block in re.split(r"(?m)^@@ ", path.read_text(encoding="utf-8"))[1:]:
        head, _, rest = block.partition("\n")
        text, _, labels = rest.partition("\n>> ")
        _, day, subject = (part.strip() for part in head.split("|"))
        yield _passage(text, labels.strip().split(" | "), date.fromisoformat(day), subject or None)


def _passage(text: str, labels: list[str], day: date | None = date(2024, 8, 15), who: str | None = None) -> Passage:
    told = tuple(
        Told(
            found[1],
            _LETTERS[found[2]],
            _SEVERITIES.get(found[3] or ""),
            found[5],
            tuple(
                (name, value) for name, _, value in (arg.partition("=") for arg in (found[6] or "").split(",")) if name
            ),
            found[4] is not None,
        )
        for found in _LABEL.finditer(labels[0])
    )
    return Passage(text, told, frozenset(labels[1].split()) if len(labels) > 1 else frozenset(), day, who)


def half(passages: Iterable[Passage], which: str) -> list[Passage]:
    """The ``seen`` or the ``unseen`` half: what a text's own hash says, whatever its place or its neighbours."""
    return [one for one in passages if _half(one.text) == which]


def _half(text: str) -> str:
    return "seen" if hashlib.sha256(text.encode()).digest()[0] % 2 else "unseen"
