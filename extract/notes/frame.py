"""The spaCy frame: a tokenizer for mixed text and the chain of components that turns a page into judged events.

spaCy carries the text, its tokens and the layers of spans with their offsets; what the words mean is decided in the modules
beside this one. Building it costs an import of more than a second, so only a page that holds a trigger comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby, pairwise

import numpy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.vocab import Vocab

from extract.notes import assertion, forms, mentions, parties
from extract.notes.assertion import Verdict
from extract.notes.clauses import Sentence, sentences
from extract.notes.cues import Found, cues
from extract.notes.event_args import arguments
from extract.notes.hit import Hit
from extract.notes.mentions import Thing
from extract.notes.place import Place
from extract.notes.severity import severity
from extract.notes.squeeze import Squeezed
from extract.notes.triggers import hits
from extract.risks import EVENTS
from records.facts import Cue, Polarity, Severity

#: Words by which a sentence speaks of our own loan.
_HERE = re.compile(r"我行|本行|该笔|该户|我部|本息|本期|房贷|按揭|our")
_WHOLE = re.compile(r"[\dA-Za-z](?:(?<=\d)[\d,.]*|[A-Za-z]*)")


@dataclass(slots=True, eq=False)
class Judged:
    """A hit with everything that became of it, filled in by one component after the other."""

    place: Place
    verdict: Verdict
    args: dict[str, str] = field(default_factory=dict)
    day: date | None = None
    severity: Severity | None = None
    reasons: tuple[Cue, ...] = ()


@dataclass(slots=True)
class Notes:
    """What the components hand to each other about one page; the doc carries it."""

    squeezed: Squeezed
    sentences: list[Sentence]
    report_date: date | None = None
    subject: str | None = None
    hits: list[tuple[Sentence, Hit]] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)


class MixedTokenizer:
    """One token per Chinese character; numbers and Latin words whole; sentence starts known from the beginning."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str, starts: frozenset[int] = frozenset()) -> Doc:
        words: list[str] = []
        begins: list[int] = []
        for start, end in pairwise(sorted({0, *starts, len(text)})):
            begins.append(len(words))
            words += _words(text[start:end])
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        marks = numpy.full(len(words), -1)  # three times as fast as to hand the sentences to Doc
        marks[begins] = 1
        return doc.from_array(["SENT_START"], marks.astype(numpy.uint64))  # type: ignore[arg-type]  # thinc's own types


def _words(text: str) -> list[str]:
    found: list[str] = []
    last = 0
    for whole in _WHOLE.finditer(text):
        found += text[last : whole.start()]  # one by one
        found.append(whole.group())
        last = whole.end()
    found += text[last:]
    return found


def notes(doc: Doc) -> Notes:
    """The notes of a doc that came through ``read``."""
    found: Notes = doc.user_data["notes"]
    return found


@cache
def pipeline() -> Language:
    """The chain, built once per process."""
    nlp = Language()
    nlp.tokenizer = MixedTokenizer(nlp.vocab)
    for name in ("risk_triggers", "mentions", "assertion", "event_args", "severity"):
        nlp.add_pipe(f"postloan_{name}", name=name)
    return nlp


def read(squeezed: Squeezed, report_date: date | None, subject: str | None) -> Doc:
    """One page through the chain; the judged events are in ``notes(doc).judged``, the spans in ``doc.spans``."""
    nlp = pipeline()
    cut = sentences(squeezed.text)
    tokenizer: MixedTokenizer = nlp.tokenizer  # type: ignore[assignment]
    doc = tokenizer(squeezed.text, frozenset(sentence.start for sentence in cut))
    doc.user_data["notes"] = Notes(squeezed, cut, report_date, subject)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def _layer(doc: Doc, name: str, places: Sequence[tuple[int, int, str]]) -> None:
    spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in places]
    doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])


@Language.component("postloan_risk_triggers")
def risk_triggers(doc: Doc) -> Doc:
    """Risk words, longest match, each with the trigger it came from."""
    held = notes(doc)
    held.hits = hits(held.squeezed.text, held.sentences)
    _layer(doc, "risk", [(hit.start, hit.end, hit.trigger.event) for _, hit in held.hits])
    return doc


@Language.component("postloan_mentions")
def name_things(doc: Doc) -> Doc:
    """Amounts, days, courts ... of the sentences that hold a risk word."""
    held = notes(doc)
    found = [thing for sentence, _ in _touched(held) for thing in mentions.things(sentence, held.report_date)]
    _layer(doc, "things", [(thing.start, thing.end, thing.kind) for thing in found])
    doc.user_data["things"] = found
    return doc


def _touched(held: Notes) -> Iterator[tuple[Sentence, list[Hit]]]:
    """The sentences that hold a risk word, each with its hits."""
    for _, group in groupby(held.hits, key=lambda one: one[0].start):
        together = list(group)
        yield together[0][0], [hit for _, hit in together]


@Language.component("postloan_assertion")
def assert_or_not(doc: Doc) -> Doc:
    """Polarity, whom it is about, and the cues that say so."""
    held = notes(doc)
    order = {sentence.start: index for index, sentence in enumerate(held.sentences)}
    shown: list[tuple[int, int, str]] = []
    for sentence, inside in _touched(held):
        index = order[sentence.start]
        following = held.sentences[index + 1].words if index + 1 < len(held.sentences) else ""
        peers = tuple(hit.start for hit in inside)
        for part in forms.parts(held.squeezed, sentence):
            spoken = cues(part.sentence)
            shown += [(cue.start, cue.end, cue.hedge.effect) for cue in spoken]
            named = parties.mentions(part.sentence, held.subject)
            for hit in inside:
                if part.sentence.start <= hit.start and hit.end <= part.sentence.end:
                    held.judged.append(_judged(held, part, hit, spoken, following, peers, named))
    _layer(doc, "cue", shown)
    held.judged = _elsewhere_only(_without_earlier_links(held.judged))
    return doc


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
    return Judged(place, assertion.judge(place, spoken, kind))


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


@Language.component("postloan_event_args")
def gather(doc: Doc) -> Doc:
    """Give every event its amounts, days and names."""
    things: list[Thing] = doc.user_data["things"]
    together: dict[int, list[Judged]] = {}
    for one in notes(doc).judged:
        together.setdefault(one.place.sentence.start, []).append(one)
    for inside in together.values():
        events = [one for one in inside if one.verdict.polarity is not None]
        for one in inside:
            sentence = one.place.sentence
            here = [thing for thing in things if sentence.start <= thing.start and thing.end <= sentence.end]
            others = [other.place.hit.start for other in events if other is not one] if here else []
            one.args, one.day = arguments(one.place, one.place.hit.trigger.event, here, others)
    return doc


@Language.component("postloan_severity")
def grade(doc: Doc) -> Doc:
    """How bad, for what has happened."""
    for one in notes(doc).judged:
        if one.verdict.polarity is Polarity.ASSERTED:
            event, sentence = one.place.hit.trigger.event, one.place.sentence
            one.severity, one.reasons = severity(event, sentence, one.args, one.verdict.role)
    return doc
