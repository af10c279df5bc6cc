"""Why an event was read: its trigger, the cues around it, and the rules that set polarity and severity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.notes import may_tell
from extract.notes.chain import Judged
from extract.notes.frame import notes, read
from extract.notes.squeeze import Squeezed, squeeze
from extract.notes.telling import because, plain
from extract.risks import EVENTS
from records.document import PageText
from records.facts import Cue

_GRADES = frozenset({"light", "moderate", "severe", "raised", "lowered"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of the page text that mattered, and how."""

    start: int
    end: int
    label: str  #: the event with its polarity, or the effect of a cue


@dataclass(frozen=True, slots=True)
class Explained:
    """One place that tells of an event, and what decided about it."""

    event: str
    polarity: str
    role: str
    severity: str | None
    default: str  #: the severity the event has when nothing moves it
    trigger: str  #: the id of the entry in the word lists
    words: str  #: the words on the page it stands on
    quote: str
    decided: tuple[Cue, ...]  #: what set the polarity; empty: nothing turned it, so it happened
    moved: tuple[Cue, ...]  #: what set the severity
    args: dict[str, str]
    page: int


def explain(
    pages: Sequence[PageText], *, report_date: date | None = None, subject: str | None = None, suggest: bool = True
) -> Iterator[tuple[PageText, list[Explained], list[Mark]]]:
    """Every page with the places that tell of an event, one by one and not merged, and the marks on its text."""
    for page in pages:
        squeezed = squeeze(page.text)
        if not may_tell(page.text, suggest):
            yield page, [], []
            continue
        doc = read(squeezed, report_date, subject, suggest)
        judged = plain(notes(doc).judged)
        told = [_explained(page, squeezed, one) for one in judged]
        cues = [(span.start_char, span.end_char, span.label_) for span in doc.spans["cue"]]
        yield page, told, _marks(squeezed, judged, cues)


def _explained(page: PageText, squeezed: Squeezed, one: Judged) -> Explained:
    hit, sentence = one.place.hit, one.place.sentence
    first, last = squeezed.on_page(sentence.start, sentence.end)
    start, end = squeezed.on_page(hit.start, hit.end)
    cues = (*because(one), *one.verdict.cues)
    return Explained(
        event=hit.trigger.event,
        polarity=str(one.verdict.polarity),
        role=one.verdict.role,
        severity=str(one.severity) if one.severity else None,
        default=str(EVENTS[hit.trigger.event].severity),
        trigger=hit.trigger.id,
        words=page.text[start:end],
        quote=page.text[first:last],
        decided=tuple(cue for cue in cues if cue.effect not in _GRADES),
        moved=tuple(cue for cue in (*cues, *one.reasons) if cue.effect in _GRADES),
        args=dict(one.args),
        page=page.page,
    )


def _marks(squeezed: Squeezed, judged: Sequence[Judged], cues: Sequence[tuple[int, int, str]]) -> list[Mark]:
    """Triggers before cues, none over another, in the order of the page."""
    wanted = [
        (one.place.hit.start, one.place.hit.end, f"{EVENTS[one.place.hit.trigger.event].zh} {one.verdict.polarity}")
        for one in judged
    ] + list(cues)
    kept: list[tuple[int, int, str]] = []
    for start, end, label in wanted:
        if not any(start < last and first < end for first, last, _ in kept):
            kept.append((start, end, label))
    return [Mark(*squeezed.on_page(start, end), label) for start, end, label in sorted(kept)]
