"""Which type of paper this is: anchors weighed as documents.md §15 says, look-alikes told apart by what speaks against them.

Title 5, issuer 2, the head of a declared table 4, a label 1 (to a limit), a contrary anchor −4. A type is accepted from 6
points on when it leads by 2; otherwise the paper is ``unknown`` with its candidates. Mentioning another paper is not being
it: titles count only among the first lines, and not in running text.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache

import extract.types
from extract.forms.labels import find_labels
from extract.grammar import Reading
from extract.layout import Sheet
from extract.tables.headers import find_headers
from extract.tables.labels import labels_of
from records.facts import Candidate
from records.values.text import fold

ACCEPT = 6
MARGIN = 2
HEAD_LINES = 12
MOST_LABELS = 6


@lru_cache(maxsize=1)
def all_types() -> tuple[type[Reading], ...]:
    """Every document type: the classes with a ``type_id`` found in ``extract/types``, in the order of their ids."""
    found: dict[str, type[Reading]] = {}
    for module in pkgutil.iter_modules(extract.types.__path__, "extract.types."):
        for item in vars(importlib.import_module(module.name)).values():
            if isinstance(item, type) and issubclass(item, Reading) and item.type_id and item.__module__ == module.name:
                declare(item)
                found[item.type_id] = item
    return tuple(found[name] for name in sorted(found))


def declare(kind: type[Reading]) -> None:
    """Refuse a declaration that could not work, in a whole sentence, when it is loaded and not when a customer's file comes."""
    problems = []
    if not kind.title[0] or not kind.title[1]:
        problems.append("it has no title in Chinese and English")
    if not kind.recognised_by.titles and not kind.recognised_by.words:
        problems.append("nothing says how it is recognised")
    names = {*kind.kinds(), *kind.table_specs()}
    for item in kind.identities():
        unknown = [name for name in item.proves if name not in names]
        if unknown:
            problems.append(f"the identity {item.name} proves {', '.join(unknown)}, which it does not declare")
    if problems:
        raise TypeError(f"the document type {kind.type_id!r} cannot be used: {'; '.join(problems)}")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The type a paper was taken for (None: unknown), how sure, and what else was considered."""

    type: type[Reading] | None
    confidence: float
    candidates: tuple[Candidate, ...]


def recognise(sheet: Sheet, wanted: str | None = None) -> Recognised:
    """Weigh every type. ``wanted``, a person's word at upload, settles a close race but never beats the paper."""
    scored = sorted(((score(kind, sheet), kind) for kind in all_types()), key=lambda pair: (-pair[0], pair[1].type_id))
    if wanted:
        scored = [
            (points + MARGIN if kind.type_id == wanted and points > 0 else points, kind) for points, kind in scored
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1].type_id))
    candidates = tuple(Candidate(kind.type_id, share(points)) for points, kind in scored[:3] if points > 0)
    if not scored or scored[0][0] < ACCEPT:
        return Recognised(None, candidates[0].score if candidates else 0.0, candidates)
    best, kind = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0
    if best - second < MARGIN:
        return Recognised(None, share(best) / 2, candidates)
    return Recognised(kind, share(best), candidates)


def share(points: int) -> float:
    """Points as a confidence between 0 and 1: 6 points are 0.75, 12 are 0.94, 20 are 0.99."""
    return round(1 - float(0.5 ** (max(points, 0) / 3)), 2)


def score(kind: type[Reading], sheet: Sheet) -> int:
    """The points that this paper earns as this type."""
    anchors = kind.recognised_by
    head, whole = sheet.head(HEAD_LINES).lower(), sheet.lowered()
    points = 0
    if _any(anchors.titles, sheet.title_lines(HEAD_LINES).lower()):
        points += 5
    elif _any(anchors.titles, whole[-400:]):
        points += 3  # some banks print the title at the foot
    points += 2 if _any(anchors.issuers, head) else 0
    points += min(MOST_LABELS, sum(_in(word, whole) for word in anchors.words))
    top = first_header(kind, sheet)
    above = head if top is None else sheet.head(min(top, HEAD_LINES)).lower()
    plain = "\n".join(line for line in above.split("\n") if "。" not in line)
    points -= 4 * sum(_in(word, plain) for word in anchors.against)
    points += 4 if top is not None else 0
    if points > 0:
        points += min(3, _label_points(kind, sheet))
    return points + kind.extra_score(sheet)


@lru_cache(maxsize=4096)
def _anchor(word: str) -> str:
    return fold(word).replace(" ", "").lower()


def _in(word: str, text: str) -> bool:
    """Whether an anchor stands in a text that is already squeezed and in lower case."""
    return _anchor(word) in text


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(_in(word, text) for word in words)


def first_header(kind: type[Reading], sheet: Sheet) -> int | None:
    """The line of the first head of a table of this type, if there is one: what stands under it is data, not anchors."""
    for table in kind.table_specs().values():
        labels = labels_of(table)
        before = 0
        for page in sheet.pages[:2]:
            strips = sheet.by_page[page.number]
            found = find_headers(strips[:60], table, labels)
            if found:
                return before + found[0].first
            before += len(strips)
    return None


def _label_points(kind: type[Reading], sheet: Sheet) -> int:
    labelled = [item for item in kind.kinds().values() if item.labels and item.required]
    head = Sheet.__new__(Sheet)
    head.strips = sheet.strips[:30]
    return len({label.kind.name for label in find_labels(head, labelled, set())}) if labelled else 0
