"""What the bank's own papers of post-loan work have in common: they tell of a customer, and of what the bank itself did.

What the bank asks a court for is a disposition and no adverse event; what it means to do has not happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from extract.boxes import EMPTY, TICKED
from extract.forms.fields import make_field
from extract.forms.passages import Passage, read_passages
from extract.forms.told import SHAPES, Sentences, read_told
from extract.grammar import Reading
from extract.kinds import Choice, Day, Text
from extract.layout import Sheet, cut_words, printed
from extract.risks import EVENTS
from records.facts import Cue, Field, Polarity, Printed, RiskEvent, State, Subject, Value
from records.values.text import fold

#: Events that the bank may bring about itself, and the words for doing so.
_ACTS = {
    "litigation_defendant": r"起诉|诉讼|立案|诉至|仲裁|诉前保全",
    "enforcement_target": r"执行",
    "collateral_seizure": r"查封|保全|扣押",
    "account_frozen": r"冻结|保全|扣划|划扣|止付",
    "restructuring": r"展期|重组|续贷|调整还款|借新还旧|宽限",
}
_BANK = r"(?<!他)(?<!其他)(?:我行|本行|我部|我支行|本支行|我分行|我社|经办行|管户行|经办支行|管户支行)"
_MEANS = r"拟|建议|计划|准备|下一步|将|择机|适时|必要时|研究|同意|协商|应(?:当|尽快|立即|及时)|尽快|着手"
#: The numbers that a sentence names: 借据JJ2026…, 借款合同（编号：…）.
NUMBERS = {
    "loan_note_no": (r"借据(?:编?号|号码)?[:为是]?(?P<loan_note_no>[A-Z]{0,4}\d[\dA-Z-]{5,30})",),
    "contract_no": (
        r"合同》?[(]?(?:编号|号码|号)?(?:为|是|:)*(?P<contract_no>[A-Za-z\u4e00-\u9fa5\d]{2,12}?[\d()〔〕\[\]年字借第个-]{4,24}?号)",
    ),
}


_DAY_AT_END = rf"(?P<day>{SHAPES['day']})"


class Customer(Text):
    """Whom a paper is about; a sentence behind 客户： is what the customer said, and what has a colon is another label."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        return None if re.search(r"[。!?！？:：]", text) else super().pick(text, unit)


class Person(Text):
    """Who signed: the name, without the day beside it and the words for signing."""

    BESIDE = re.compile(
        rf"{Day.SHAPE.pattern}|[(（]?(?:签字|签名|签章|盖章)[)）]?[:：]?|(?:日期|时间|电话|Date)[:：].*$"
    )

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        bare = self.BESIDE.sub(" ", fold(text)).strip(" :;,、_")
        picked = super().pick(re.split(r"\s{2,}", bare)[0], unit) if bare else None
        return (picked[0], bare if bare in text else text) if picked else None


class BankPaper(Reading):
    """A paper that the bank's own people wrote about a customer."""

    prose = True
    #: How it tells what stands beside no label.
    sentences: ClassVar[Sentences] = NUMBERS

    @classmethod
    def also_titled(cls, sheet: Sheet, pattern: re.Pattern[str]) -> int:
        """The points of a title where the first lines are titled in words that the anchors do not list one by one."""
        listed = any(title.lower() in sheet.title_lines().lower() for title in cls.recognised_by.titles)
        return 5 if not listed and pattern.search(sheet.title_lines(3)) else 0

    def complete(self) -> None:
        read_passages(self)
        self._unsure_ticks()
        read_told(self, self.sentences)

    def _unsure_ticks(self) -> None:
        """An option that only stands without a box is taken for ticked where ink may be lost, and said to be unsure."""
        for name, value in list(self.fields.items()):
            raw = value.source.raw if isinstance(value.source, Printed) else ""
            if any(mark in raw for mark in EMPTY) and not any(mark in raw for mark in (*TICKED, "[", "(")):
                if self.sheet.by_ocr:
                    self.fields[name] = replace(value, state=State.LOW_CONFIDENCE)
                elif isinstance(self.kinds()[name], Choice | Text) and not isinstance(self.kinds()[name], Passage):
                    del self.fields[name]

    def signed_on(self, name: str) -> None:
        """The day at the foot of a paper, alone on its line or behind who signed; not one that a label beside it claims."""
        kind = self.kinds()[name]
        claimed = {(p.page, p.raw) for f in self.fields.values() if isinstance(p := f.source, Printed)}
        for strip in reversed(self.sheet.strips if name not in self.fields else ()):
            found = re.search(rf"(?:^|[ )]){_DAY_AT_END}$", strip.text)
            if found is None or strip.cells or len(strip.text) > 40 or ":" in strip.text[: found.start()]:
                continue
            picked = kind.pick(found["day"], Decimal(1))
            words = cut_words(strip, *found.span("day"))
            if picked and words and (strip.page, printed(words, strip.page).raw) not in claimed:
                self.fields[name] = make_field(kind, picked[0], words, strip.page)
                return

    def about(self) -> Subject | None:
        name = self.get("customer")
        return Subject(name=str(name)) if name else None

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """What the bank did or means to do is its own measure, not the customer's misfortune."""
        return [_measure(event) for event in events]


def _measure(event: RiskEvent) -> RiskEvent:
    acts = _ACTS.get(event.type)
    quote = "".join(event.evidence.quote.split())
    if (
        acts
        and event.polarity is Polarity.OTHER_PARTY
        and re.search(rf"已?(?:被|遭)(?!我行|本行)[^,，。;；]{{2,24}}?(?:{acts})", quote)
    ):
        suffered = Cue(
            "被", "stands", "bank.suffered"
        )  # 已被法院查封，我行拟申请轮候: the second does not undo the first
        return replace(
            event, polarity=Polarity.ASSERTED, severity=EVENTS[event.type].severity, cues=(*event.cues, suffered)
        )
    if acts is None or event.polarity is not Polarity.ASSERTED:
        return event
    for pattern, polarity, effect, rule in (
        (
            rf"^关于(?:申请|拟|提请|对|同意)[^。]{{0,40}}?(?:{acts})[^。]{{0,12}}(?:签报|请示|申请|建议|方案|报告)",
            Polarity.HYPOTHETICAL,
            "supposes",
            "bank.measure_asked",
        ),
        (rf"(?:{_MEANS})[^。;；被遭]{{0,30}}?(?:{acts})", Polarity.HYPOTHETICAL, "supposes", "bank.measure_planned"),
        (
            rf"(?!.*(?:展期|重组|续贷)){_BANK}[^。;；被]{{0,30}}?(?:{acts})",
            Polarity.OTHER_PARTY,
            "elsewhere",
            "bank.measure",
        ),
    ):
        found = re.search(pattern, quote)
        if found and not re.search(
            rf"(?:被|遭|已由)[^。;；]{{0,24}}?(?:{acts})", quote[: found.start()] + quote[found.end() :]
        ):
            return turned(event, polarity, found.group(), effect, rule)
    return event


def turned(event: RiskEvent, polarity: Polarity, words: str, effect: str, rule: str) -> RiskEvent:
    """The same event with another polarity, and the words and rule that turned it."""
    return replace(event, polarity=polarity, severity=None, cues=(*event.cues, Cue(words, effect, rule)))


LEADS = ("主办", "主办客户经理", "主办人", "主办检查人", "主查人", "主办人员")
SECONDS = ("协办", "协办客户经理", "协办人", "协办检查人", "协查人", "协办人员")


def both_inspectors(reading: Reading) -> None:
    """Who leads and who goes along (主办、协办), where nobody is called 检查人: the inspectors in one field."""
    signed = [reading.fields.pop(name) for name in ("_lead", "_second") if name in reading.fields]
    if signed and "inspectors" not in reading.fields:
        names = tuple(dict.fromkeys(name for one in signed if isinstance(one.value, tuple) for name in one.value))
        reading.fields["inspectors"] = Field("inspectors", names, signed[0].source, signed[0].state)
