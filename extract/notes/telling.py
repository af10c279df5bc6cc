"""From judged hits to events with evidence on the page, each fact once per paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extract.notes import chain
from extract.notes.chain import Judged
from extract.notes.severity import families, raised
from extract.notes.squeeze import Squeezed, squeeze
from extract.notes.suggested import SUGGESTED
from extract.risks import EVENTS
from records.document import PageText
from records.facts import Cue, Evidence, Polarity, RiskEvent, Severity

_LONGEST_QUOTE = 160
_TELLING = ("amount", "case_no", "court", "from", "to")  #: what tells two facts of one kind apart
_WORSE = (None, Severity.LIGHT, Severity.MODERATE, Severity.SEVERE)
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


def events(
    pages: Sequence[PageText], *, report_date: date | None, subject: str | None, suggest: bool = True
) -> list[RiskEvent]:
    """The events of a paper: every page through the chain, told twice counted once, several families at a time weigh more."""
    facts: list[_Fact] = []
    alike: dict[tuple[str, Polarity, str], list[_Fact]] = {}
    for page in pages:
        squeezed = squeeze(page.text)
        for judged in plain(chain.read(squeezed, report_date, subject, suggest).judged):
            event = _event(page, squeezed, judged)
            known = alike.setdefault((event.type, event.polarity, event.subject_role), [])
            if not any(fact.takes(event) for fact in known):
                known.append(_Fact([event], event.args, event.date))
                facts.append(known[-1])
    return _weighed([fact.event() for fact in facts])


@dataclass(slots=True)
class _Fact:
    """One fact, and the events of one type, polarity and role that tell it."""

    told: list[RiskEvent]
    args: Mapping[str, str]
    date: date | None

    def takes(self, event: RiskEvent) -> bool:
        """File an event with this fact, if it tells the same."""
        if event.polarity is Polarity.ASSERTED and self._clashes(event):
            return False
        self.told.append(event)
        self.args = {**event.args, **self.args}
        self.date = self.date or event.date
        return True

    def _clashes(self, event: RiskEvent) -> bool:
        mine, other = self.args, event.args
        if any(mine[name] != other[name] for name in _TELLING if name in mine and name in other):
            return True
        return self.date is not None and event.date is not None and self.date != event.date

    def event(self) -> RiskEvent:
        """The fact as one event, with a quote for every time it is told."""
        first = self.told[0]
        if len(self.told) == 1:
            return first
        quotes = dict.fromkeys(one.evidence for one in self.told)
        return replace(
            first,
            args=self.args,
            date=self.date,
            severity=max((one.severity for one in self.told), key=_WORSE.index),
            cues=tuple(dict.fromkeys(cue for one in self.told for cue in one.cues)),
            more_evidence=tuple(quotes)[1:],
        )


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
    _, word = next(page.touched(first, last), (first, None))
    return Evidence(page.page, page.text[first:last], page.box(first, last), word.cell if word else None)


def _weighed(found: Sequence[RiskEvent]) -> list[RiskEvent]:
    """Two or more families of asserted events at once raise each by one (风险事件 §0.3); what is but suggested does not count."""
    told = [event for event in found if not event.rule.startswith(SUGGESTED)]
    standing = [event for event in told if event.polarity is Polarity.ASSERTED]
    together = families([event.type for event in standing])
    if len(together) < 2:
        return list(found)
    reason = Cue("、".join(sorted(EVENTS[event.type].zh for event in standing)), "raised", "modifier.families")
    return [
        replace(event, severity=raised(event.severity), cues=(*event.cues, reason))
        if event.severity and event in told
        else event
        for event in found
    ]
