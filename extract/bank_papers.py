"""What the bank's own papers of post-loan work have in common: they tell of a customer, and of what the bank itself did.

What the bank asks a court for is a disposition and no adverse event; what it means to do has not happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from extract.grammar import Reading
from extract.passages import read_passages
from extract.told import Sentences, read_told
from records.facts import Cue, Polarity, RiskEvent, Subject

#: Events that the bank may bring about itself, and the words for doing so.
_ACTS = {
    "litigation_defendant": r"起诉|诉讼|立案|诉至|仲裁",
    "enforcement_target": r"执行",
    "collateral_seizure": r"查封|保全|扣押",
    "account_frozen": r"冻结|保全|扣划|划扣|止付",
}
_BANK = r"(?<!他)(?<!其他)(?:我行|本行|我部|我支行|本支行|我分行|我社|经办行|管户行|经办支行|管户支行)"
_MEANS = r"拟|建议|计划|准备|下一步|将|择机|适时|必要时|研究|同意|应|尽快|着手"


class BankPaper(Reading):
    """A paper that the bank's own people wrote about a customer."""

    prose = True
    #: How it tells what stands beside no label.
    sentences: ClassVar[Sentences] = {}

    def complete(self) -> None:
        read_passages(self)
        read_told(self, self.sentences)

    def about(self) -> Subject | None:
        name = self.get("customer")
        return Subject(name=str(name)) if name else None

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """What the bank did or means to do is its own measure, not the customer's misfortune."""
        return [_measure(event) for event in events]


def _measure(event: RiskEvent) -> RiskEvent:
    acts = _ACTS.get(event.type)
    if acts is None or event.polarity is not Polarity.ASSERTED:
        return event
    quote = "".join(event.evidence.quote.split())
    for pattern, polarity, effect, rule in (
        (rf"(?:{_MEANS})[^。;；]{{0,30}}?(?:{acts})", Polarity.HYPOTHETICAL, "supposes", "bank.measure_planned"),
        (rf"{_BANK}[^。;；被]{{0,30}}?(?:{acts})", Polarity.OTHER_PARTY, "elsewhere", "bank.measure"),
    ):
        found = re.search(pattern, quote)
        if found and not re.search(rf"(?:被|遭|已由)[^。;；]{{0,24}}?(?:{acts})", quote[: found.start()] + quote[found.end() :]):
            return turned(event, polarity, found.group(), effect, rule)
    return event


def turned(event: RiskEvent, polarity: Polarity, words: str, effect: str, rule: str) -> RiskEvent:
    """The same event with another polarity, and the words and rule that turned it."""
    return replace(event, polarity=polarity, severity=None, cues=(*event.cues, Cue(words, effect, rule)))
