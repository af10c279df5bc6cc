"""The chain as a pipeline of spaCy: a tokenizer for mixed text, a component for every step, layers of spans to look at.

Events are read without it: to lay out tokens and spans costs a page a tenth of its time, and spaCy more than a second to import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

import numpy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.vocab import Vocab

from extract.notes.chain import STEPS, Notes
from extract.notes.clauses import sentences
from extract.notes.squeeze import Squeezed

_WHOLE = re.compile(r"[\dA-Za-z](?:(?<=\d)[\d,.]*|[A-Za-z]*)")


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


def _component(step: Callable[[Notes], None]) -> Callable[[Doc], Doc]:
    def run(doc: Doc) -> Doc:
        step(notes(doc))
        return doc

    return run


for _name, _step in STEPS.items():
    Language.component(f"postloan_{_name}", func=_component(_step))


@Language.component("postloan_layers")
def lay(doc: Doc) -> Doc:
    """What the steps found, as spans."""
    held = notes(doc)
    _layer(doc, "risk", [(hit.start, hit.end, hit.trigger.event) for _, hit in held.hits])
    _layer(doc, "things", [(thing.start, thing.end, thing.kind) for thing in held.things])
    _layer(doc, "cue", [(cue.start, cue.end, cue.hedge.effect) for cue in held.cues])
    return doc


def _layer(doc: Doc, name: str, places: Sequence[tuple[int, int, str]]) -> None:
    spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in places]
    doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])


@cache
def pipeline() -> Language:
    """The chain, built once per process."""
    nlp = Language()
    nlp.tokenizer = MixedTokenizer(nlp.vocab)
    for name in (*STEPS, "layers"):
        nlp.add_pipe(f"postloan_{name}", name=name)
    return nlp


def read(squeezed: Squeezed, report_date: date | None, subject: str | None, suggest: bool = True) -> Doc:
    """One page through the chain; the judged events are in ``notes(doc).judged``, the spans in ``doc.spans``."""
    nlp = pipeline()
    cut = sentences(squeezed.text)
    tokenizer: MixedTokenizer = nlp.tokenizer  # type: ignore[assignment]
    doc = tokenizer(squeezed.text, frozenset(sentence.start for sentence in cut))
    doc.user_data["notes"] = Notes(squeezed, cut, report_date, subject, suggest)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc
