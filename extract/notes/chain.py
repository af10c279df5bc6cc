"""The chain that turns a page into judged events, step by step; what the words mean is decided in the modules beside this one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from extract.lexicon.heard import Heard
from extract.notes import assertion, forms, mentions, paragraphs, parties, references
from extract.notes.assertion import Verdict
from extract.notes.clauses import Sentence, sentences
from extract.notes.cues import Found, cues
from extract.notes.event_args import arguments
from extract.notes.headings import is_heading
from extract.notes.hit import Hit
from extract.notes.listed import lists
from extract.notes.mentions import Thing
from extract.notes.place import Place
from extract.notes.planned import heading_over
from extract.notes.severity import lowered, severity
from extract.notes.squeeze import Squeezed
from extract.notes.suggested import added, doubtful, is_suggested
from extract.notes.triggers import hits
from extract.risks import EVENTS, EventKind
from records.facts import Cue, Polarity, Severity

#: Words by which a sentence speaks of our own loan.
_HERE = re.compile(r"我行|本行|该笔|该户|我部|本息|本期|房贷|按揭|our")

#: What no word list tells is for a person to look at: one level less than what is told.
_LEARNT = Cue("suggested", "lowered", "modifier.suggested")


@dataclass(slots=True, eq=False)
class Judged:
    """A hit with everything that became of it, filled in by one step after the other."""

    place: Place
    verdict: Verdict
    args: dict[str, str] = field(default_factory=dict)
    day: date | None = None
    severity: Severity | None = None
    reasons: tuple[Cue, ...] = ()


@dataclass(slots=True)
class Notes:
    """What the steps hand to each other about one page."""

    squeezed: Squeezed
    sentences: list[Sentence]
    report_date: date | None = None
    subject: str | None = None
    suggest: bool = True  #: whether the trained model speaks where the rules hear nothing
    heard: list[Heard] = field(default_factory=list)  #: what stands in each sentence of the words of the lists
    hits: list[tuple[Sentence, Hit]] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    cues: list[Found] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)


def find(held: Notes) -> None:
    """Risk words, longest match, each with the trigger it came from."""
    lower = held.squeezed.text.lower()
    held.heard = list(lists().words.hear(lower, [(sentence.start, sentence.end) for sentence in held.sentences]))
    held.hits = hits(lower, held.sentences, held.heard)
    held.hits += paragraphs.together(lower, held.sentences, held.hits, lists().words, held.heard)
    if held.suggest:
        held.hits = added(held.sentences, held.hits, held.heard)


def name_things(held: Notes) -> None:
    """Amounts, days, courts ... of the sentences that hold a risk word."""
    named = [thing for _, sentence, _ in _touched(held) for thing in mentions.things(sentence, held.report_date)]
    held.things += {(thing.kind, thing.start): thing for thing in named}.values()


def _touched(held: Notes) -> Iterator[tuple[int, Sentence, list[Hit]]]:
    """The sentences that hold a risk word, or several read as one: the place of the last among all, and their hits."""
    hits: dict[tuple[int, int], tuple[Sentence, list[Hit]]] = {}
    for sentence, hit in held.hits:
        hits.setdefault((sentence.start, sentence.end), (sentence, []))[1].append(hit)
    ends = {one.end: index for index, one in enumerate(held.sentences)} if hits else {}
    for place in sorted(hits):
        yield ends[place[1]], *hits[place]


def assert_or_not(held: Notes) -> None:
    """Polarity, whom it is about, and the cues that say so."""
    for index, sentence, inside in _touched(held):
        following = held.sentences[index + 1].words if index + 1 < len(held.sentences) else ""
        peers = tuple([hit.start for hit in inside])
        for part in forms.parts(held.squeezed, sentence):
            spoken = cues(part.sentence, held.heard[index] if part.sentence is held.sentences[index] else None)
            held.cues += spoken
            named = _named(held, part.sentence, index)
            for hit in inside:
                if part.sentence.start <= hit.start and hit.end <= part.sentence.end:
                    held.judged.append(_judged(held, part, hit, spoken, following, peers, named))
    held.judged = _elsewhere_only(_without_earlier_links(held.judged))


def _named(held: Notes, sentence: Sentence, index: int) -> list[parties.Mention]:
    """The parties of a sentence, those among them that only point back to one named before, and whom it goes on about."""
    text = held.squeezed.text
    earlier = references.before(text, held.sentences, index, held.subject)
    named = references.resolved(sentence, parties.mentions(sentence, held.subject), earlier)
    told = held.judged[-1] if held.judged and index else None
    if told and told.place.sentence.end == held.sentences[index - 1].end:
        named = [*references.carried(text, told.place.sentence, sentence, told.verdict.role, named), *named]
    return named


def _judged(
    held: Notes,
    part: forms.Part,
    hit: Hit,
    spoken: Sequence[Found],
    following: str,
    peers: tuple[int, ...],
    named: Sequence[parties.Mention],
) -> Judged:
    kind = EVENTS[hit.trigger.event]
    answer = part.answer or forms.answer(held.squeezed, part.sentence, hit.start, hit.end, following)
    place = Place(hit, part.sentence, named, following, answer, peers, part.shown)
    return Judged(place, _upheld(held, place, kind, assertion.judge(place, spoken, kind)))


def _upheld(held: Notes, place: Place, kind: EventKind, verdict: Verdict) -> Verdict:
    """The verdict, unless what is asserted is but a heading, a thing to do, or unlikely to the model."""
    sentence, hit = place.sentence, place.hit
    if verdict.polarity is not Polarity.ASSERTED:
        # the model has learnt what happens, not what is denied, supposed or another's
        return Verdict(None) if is_suggested(hit) else verdict
    if not place.answer and is_heading(sentence):
        return Verdict(None)
    heading = heading_over(held.sentences, sentence, hit.start, kind)
    if heading:
        return Verdict(Polarity.HYPOTHETICAL, verdict.role, (Cue(heading, "supposes", "plan.listed"),))
    return Verdict(None) if held.suggest and doubtful(sentence, hit) else verdict


def _without_earlier_links(judged: list[Judged]) -> list[Judged]:
    """3月逾期，4月补缴，5月再次逾期: of a chain told in one sentence the last link is the state."""
    kept = []
    for index, one in enumerate(judged):
        over = one.verdict.polarity is Polarity.RESOLVED
        if not (over and any(_again(other) for other in judged[index + 1 :] if _same_chain(one, other))):
            kept.append(one)
    return kept


def _same_chain(one: Judged, later: Judged) -> bool:
    return (
        later.place.sentence.start == one.place.sentence.start
        and later.place.hit.trigger.event == one.place.hit.trigger.event
        and later.verdict.polarity is Polarity.ASSERTED
    )


def _elsewhere_only(judged: list[Judged]) -> list[Judged]:
    """名下两张信用卡没还上: what is overdue elsewhere is not overdue here, unless the sentence says that it is."""
    elsewhere = {
        one.place.sentence.start
        for one in judged
        if one.place.hit.trigger.event == "credit_overdue"
        and one.verdict.polarity
        and not _HERE.search(one.place.sentence.words)
    }
    return [
        one
        for one in judged
        if one.place.hit.trigger.event != "loan_overdue" or one.place.sentence.start not in elsewhere
    ]


def _again(judged: Judged) -> bool:
    sentence, hit = judged.place.sentence, judged.place.hit
    return (
        re.search(r"再次|再度|又|重新|再|仍|目前", sentence.text[max(sentence.start, hit.start - 8) : hit.end])
        is not None
    )


def gather(held: Notes) -> None:
    """Give every event its amounts, days and names."""
    together: dict[int, list[Judged]] = {}
    for one in held.judged:
        together.setdefault(one.place.sentence.start, []).append(one)
    starts = [thing.start for thing in held.things]
    for inside in together.values():
        events = [one for one in inside if one.verdict.polarity is not None]
        for one in inside:
            sentence = one.place.sentence
            near = held.things[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            here = [thing for thing in near if thing.end <= sentence.end]
            others = [other.place.hit.start for other in events if other is not one] if here else []
            one.args, one.day = arguments(one.place, one.place.hit.trigger.event, here, others)


def grade(held: Notes) -> None:
    """How bad, for what has happened."""
    for one in held.judged:
        if one.verdict.polarity is Polarity.ASSERTED:
            event, sentence = one.place.hit.trigger.event, one.place.sentence
            one.severity, one.reasons = severity(event, sentence, one.args, one.verdict.role)
            if is_suggested(one.place.hit):
                one.severity, one.reasons = lowered(one.severity), (*one.reasons, _LEARNT)


#: The steps in their order; ``frame`` makes components of spaCy of them.
STEPS: Mapping[str, Callable[[Notes], None]] = {
    "risk_triggers": find,
    "mentions": name_things,
    "assertion": assert_or_not,
    "event_args": gather,
    "severity": grade,
}


def read(squeezed: Squeezed, report_date: date | None, subject: str | None, suggest: bool = True) -> Notes:
    """One page through all steps."""
    held = Notes(squeezed, sentences(squeezed.text), report_date, subject, suggest)
    for step in STEPS.values():
        step(held)
    return held
