"""Two misreadings planted in a paper: digits mistaken, points lost, two figures exchanged, one slip in two places alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.paper_cases import Layout
from demo.papers import collateral
from extract.reading import read_document
from records.document import Document, Page, Word
from records.facts import Field, Paper, Printed, State

#: What engines take for what in figures (documents.md §0.1, 5), both ways.
CONFUSED = {
    "0": "86",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "19",
    "5": "683",
    "6": "508",
    "7": "12",
    "8": "30659",
    "9": "84",
}
FIGURE = re.compile(r"[+-]?[¥￥]?\d[\d,]*(?:\.\d+)?(?:元|kWh|立方米)?")
Spot = tuple[int, int]  #: page and word
WAYS = ("digits", "points", "exchanged", "alike", "digit and point")


def appraisals() -> Layout:
    return Layout("appraisal_report", "plant", lambda s, m: collateral.appraisal())


def planted(document: Document, seed: int, way: str) -> Document:
    """The document with two figures misread this way; the same seed plants the same."""
    rng = Random(seed)
    spots = [(p, w) for p, page in enumerate(document.pages) for w, word in enumerate(page.words) if _figure(word)]
    if len(spots) < 2:
        return document
    first, second = rng.sample(spots, 2)
    one, two = (document.pages[p].words[w].text for p, w in (first, second))
    for _ in range(20):
        changed = _misread(one, two, way, rng)
        if changed is not None:
            return _put(document, {first: changed[0], second: changed[1]})
        first, second = rng.sample(spots, 2)
        one, two = (document.pages[p].words[w].text for p, w in (first, second))
    return document


def _figure(word: Word) -> bool:
    return FIGURE.fullmatch(word.text) is not None and sum(c.isdigit() for c in word.text) < 12


def _misread(one: str, two: str, way: str, rng: Random) -> tuple[str, str] | None:
    match way:
        case "digits":
            return _digit(one, rng), _digit(two, rng)
        case "points":
            return (one.replace(".", ""), two.replace(".", "")) if "." in one and "." in two else None
        case "exchanged":
            return (two, one) if one != two else None
        case "alike":
            return _alike(one, two, rng)
    return (_digit(one, rng), two.replace(".", "")) if "." in two else None


def _digit(text: str, rng: Random) -> str:
    place = rng.choice([n for n, letter in enumerate(text) if letter.isdigit()])
    return text[:place] + rng.choice(CONFUSED[text[place]]) + text[place + 1 :]


def _alike(one: str, two: str, rng: Random) -> tuple[str, str] | None:
    """The same number too much in both, or in one and too little in the other: at one place, by confusable digits."""
    ways = []
    for place in range(1, min(len(one), len(two)) + 1):
        a, b = one[-place], two[-place]
        if not (a.isdigit() and b.isdigit()):
            continue
        ways += [
            (one[:-place] + x + one[len(one) - place + 1 :], two[:-place] + y + two[len(two) - place + 1 :])
            for x in CONFUSED[a]
            for y in CONFUSED[b]
            if abs(int(x) - int(a)) == abs(int(y) - int(b))
        ]
    return rng.choice(ways) if ways else None


def _put(document: Document, texts: dict[Spot, str]) -> Document:
    pages = []
    for p, page in enumerate(document.pages):
        words = tuple(
            replace(word, text=texts[p, w], edges=()) if (p, w) in texts else word for w, word in enumerate(page.words)
        )
        pages.append(replace(page, words=words))
    return replace(document, pages=tuple(pages))


def as_scanned(document: Document) -> Document:
    """The same words as if an engine had read them, all of them surely."""
    pages: list[Page] = [
        replace(page, source="ocr", engine="simulated", words=tuple(replace(w, confidence=0.97) for w in page.words))
        for page in document.pages
    ]
    return replace(document, pages=tuple(pages), traits=None)


def values(paper: Paper) -> Iterator[tuple[tuple[object, ...], Field]]:
    """Every value of a paper by its name and the place where it stands."""
    cells = [*paper.fields.items(), *(cell for rows in paper.tables.values() for row in rows for cell in row.items())]
    for name, value in cells:
        if isinstance(value.source, Printed):
            yield (name, value.source.page, value.source.box), value


def wrong_but_verified(honest: Document, misread: Document) -> list[str]:
    """What is verified on the paper with misreadings and is not what stands on the honest one."""
    right = {place: value.value for paper in read_document(honest).papers for place, value in values(paper)}
    return [
        f"{place[0]} = {value.value}, {right[place]} is printed, by {value.verified_by}"
        for paper in read_document(misread).papers
        for place, value in values(paper)
        if value.state is State.VERIFIED and place in right and value.value != right[place]
    ]
