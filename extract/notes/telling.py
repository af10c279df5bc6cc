"""From judged hits to events with evidence on the page, each fact once per paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extract.notes import frame
from extract.notes.frame import Judged
from extract.notes.severity import families, raised
from extract.notes.squeeze import Squeezed, squeeze
from extract.risks import EVENTS
from records.document import PageText
from records.facts import Cue, Evidence, Polarity, RiskEvent, Severity

_LONGEST_QUOTE = 160
_GUARANTOR_INSTEAD = frozenset(
    {
        "loan_overdue",
        "credit_overdue",
        "operation_shutdown",
        "lost_contact",
        "cashflow_deterioration",
        "operation_decline",
    }
)


def events(pages: Sequence[PageText], *, report_date: date | None, subject: str | None) -> list[RiskEvent]:
    """The events of a paper: every page through the chain, told twice counted once, several families at a time weigh more."""
    found: list[RiskEvent] = []
    for page in pages:
        squeezed = squeeze(page.text)
        held = frame.notes(frame.read(squeezed, report_date, subject))
        told = [_event(page, squeezed, judged) for judged in plain(held.judged)]
        for event in told:
            _add(found, event)
    return _weighed(found)


def plain(judged: Sequence[Judged]) -> list[Judged]:
    """Without what is no event, and without assurances (经营正常) beside a real finding of the same kind."""
    real = [one for one in judged if one.verdict.polarity is not None]
    spoken = {
        (one.place.sentence.start, one.place.hit.trigger.event)
        for one in real
        if one.place.hit.trigger.says != "negated"
    }
    return [
        one
        for one in real
        if one.place.hit.trigger.says != "negated"
        or (one.place.sentence.start, one.place.hit.trigger.event) not in spoken
    ]


def _event(page: PageText, squeezed: Squeezed, judged: Judged) -> RiskEvent:
    trigger, verdict = judged.place.hit.trigger, judged.verdict
    kind = trigger.event
    if verdict.role == "guarantor" and kind in _GUARANTOR_INSTEAD:
        kind = "guarantor_risk"
    return RiskEvent(
        type=kind,
        polarity=verdict.polarity or Polarity.ASSERTED,
        severity=judged.severity,
        evidence=_evidence(page, squeezed, judged),
        rule=trigger.id,
        subject_role=verdict.role,
        args=judged.args,
        date=judged.day,
        cues=(*because(judged), *verdict.cues, *judged.reasons),
    )


def because(judged: Judged) -> tuple[Cue, ...]:
    """The weak signs that only together told of it, each with its weight."""
    hit = judged.place.hit
    return (Cue(hit.because, "told", hit.trigger.id),) if hit.because else ()


def _evidence(page: PageText, squeezed: Squeezed, judged: Judged) -> Evidence:
    """The sentence as it stands on the page (the part around the trigger when it is long), and its box."""
    sentence, hit = judged.place.sentence, judged.place.hit
    start, end = judged.place.shown or (sentence.start, sentence.end)
    if end - start > _LONGEST_QUOTE:
        start, end = max(start, hit.start - _LONGEST_QUOTE // 2), min(end, hit.end + _LONGEST_QUOTE // 2)
    while start < hit.start and squeezed.text[start] in " \n,、":
        start += 1
    first, last = squeezed.on_page(start, end)
    words = page.between(first, last)
    return Evidence(page.page, page.text[first:last], page.box(first, last), words[0].cell if words else None)


def _add(found: list[RiskEvent], event: RiskEvent) -> None:
    """File an event, or its quote under the one that tells the same fact."""
    for index, known in enumerate(found):
        if _same_fact(known, event):
            more = known.more_evidence
            if event.evidence not in (known.evidence, *more):
                more = (*more, event.evidence)
            found[index] = replace(
                known,
                args={**event.args, **known.args},
                date=known.date or event.date,
                severity=_worse(known.severity, event.severity),
                cues=tuple(dict.fromkeys((*known.cues, *event.cues))),
                more_evidence=more,
            )
            return
    found.append(event)


def _same_fact(one: RiskEvent, other: RiskEvent) -> bool:
    if (one.type, one.polarity, one.subject_role) != (other.type, other.polarity, other.subject_role):
        return False
    if one.polarity is not Polarity.ASSERTED:
        return True
    telling = ("amount", "case_no", "court", "from", "to")
    clash = any(one.args[name] != other.args[name] for name in telling if name in one.args and name in other.args)
    return not clash and (one.date is None or other.date is None or one.date == other.date)


def _worse(one: Severity | None, other: Severity | None) -> Severity | None:
    order = (None, Severity.LIGHT, Severity.MODERATE, Severity.SEVERE)
    return max(one, other, key=order.index)


def _weighed(found: Sequence[RiskEvent]) -> list[RiskEvent]:
    """Two or more families of asserted events at the same time raise each by one (风险事件 §0.3)."""
    standing = [event for event in found if event.polarity is Polarity.ASSERTED]
    together = families([event.type for event in standing])
    if len(together) < 2:
        return list(found)
    reason = Cue("、".join(sorted(EVENTS[event.type].zh for event in standing)), "raised", "modifier.families")
    return [
        replace(event, severity=raised(event.severity), cues=(*event.cues, reason)) if event.severity else event
        for event in found
    ]
