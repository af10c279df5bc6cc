"""Did it happen? Cues and their scopes decide, in a fixed order, and every decision keeps its cue and rule.

Order: forms, then words that ask or suppose around everything, then the outermost of denial and supposition before the risk
word, then what ends it, whose side, whose affair, and history. What no cue touches has happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.notes import parties
from extract.notes.cues import Found, concerns, reaches
from extract.notes.endings import PLANNED, REFUSED, ended, excepted, side, sued, suffered
from extract.notes.parties import Mention
from extract.notes.place import Place
from extract.risks import EventKind
from records.facts import Cue, Polarity

_POLARITY = {
    "denies": Polarity.NEGATED,
    "resolves": Polarity.RESOLVED,
    "supposes": Polarity.HYPOTHETICAL,
    "elsewhere": Polarity.OTHER_PARTY,
    "stands": Polarity.ASSERTED,
}
#: 借款人逾期的，按日计收罚息: a rule, not a report.
_RULE = re.compile(
    r"的(?:贷款人有权|我行有权|应|须|一律|不得)|(?:的|时|情形之一的),(?:(?:贷款人|我行|本行|银行|出借人|债权人|甲方|乙方|抵押人|保证人|借款人|客户经理|经办人员?|管户人员?|支行|经营机构)?"
    r"(?:有权|可以?|应|须|必须|不得|将按|将有权)|(?<=的,)(?:我|本|贵)(?:行|公司|司|局|所|院|单位|方)将"
    r"|按日|按月|按照|视为|即视|由其承担|一律|启动|处以|承担违约)"
)


#: 逾期不缴的，我局将依法强制执行: what follows from a condition.
_THREAT = re.compile(
    r"的,(?:(?:我|本|贵)(?:行|公司|司|局|所|院|单位|方)|贷款人|银行|法院)?(?:将|有权|可以?)[^,。;]{0,24}$"
)

#: Behind 对, 凡, 针对: a kind of customer, and what has to be done with it.
_TOWARDS = re.compile(r"(?:^|[,:])?(?:对(?![方外账面象手接此])|凡|对于|针对|遇)[^,。]{0,6}$")
_TO_DO = re.compile(r"[^,。;]{0,10}?,?(?:应当?|须|必须|要(?!求)|一律|逐户|及时|立即)")

#: 经营正常，但…: an assurance with a reservation assures of nothing.
_CONTRAST = re.compile(r"但(?!书)|只有|仅有|只剩|不过|却|唯一|一般|基本上|勉强")


@dataclass(slots=True)
class Verdict:
    """What became of a hit: its polarity (None: no event at all), whom it is about, and why."""

    polarity: Polarity | None
    role: str = "borrower"
    cues: tuple[Cue, ...] = ()


def judge(place: Place, found: Sequence[Found], kind: EventKind) -> Verdict:
    """The polarity of one hit."""
    mention = parties.about(place.sentence, _apart(place), place.hit.start)
    told = _by_form(place, parties.role_of(mention))
    if told is not None:
        return told
    verdict = _by_words(place, found, kind, mention)
    if place.hit.trigger.yields and verdict.polarity is Polarity.NEGATED:
        return Verdict(None)  # what is told obliquely, and denied, assures of nothing
    return _told_by_trigger(place, verdict) if place.hit.trigger.says else verdict


def _apart(place: Place) -> Sequence[Mention]:
    """The parties named in the sentence, without those who are but the thing of a situation."""
    start, end = place.hit.start, place.hit.end
    if not place.hit.composed:
        return place.named
    return [one for one in place.named if one.role in parties.OURS or not (one.start < end and start < one.end)]


def _by_form(place: Place, role: str) -> Verdict | None:
    answer, inverse = place.answer, place.hit.trigger.form
    if answer is None:
        return None
    if answer.says == "nothing" or (place.hit.trigger.says == "negated" and not inverse):
        return Verdict(None)
    happened = (answer.says == "yes") != inverse
    polarity = Polarity.ASSERTED if happened else Polarity.NEGATED
    return Verdict(
        polarity,
        role if role in parties.OURS else "borrower",
        (Cue(answer.text, "stands" if happened else "denies", answer.rule),),
    )


def _by_words(place: Place, found: Sequence[Found], kind: EventKind, mention: Mention | None) -> Verdict:
    """The first claim that is made decides; without any it has happened."""
    role = parties.role_of(mention)
    ours = role if role in parties.OURS else "borrower"
    for polarity, cue in _claims(place, found, kind, mention):
        return Verdict(polarity, role if polarity is Polarity.OTHER_PARTY else ours, (cue,))
    return Verdict(Polarity.ASSERTED, ours)


def _claims(
    place: Place, found: Sequence[Found], kind: EventKind, mention: Mention | None
) -> Iterator[tuple[Polarity, Cue]]:
    """What the words around a hit claim, the strongest first."""
    text, families = place.sentence.text, _families(kind.id, kind.family)
    mine = [cue for cue in found if concerns(cue.hedge, families) and reaches(cue, place)]
    exception = excepted(place)
    if exception:
        over = ended(place, families)
        was = next((cue.cue(text) for cue in mine if cue.hedge.effect == "resolves"), over)
        yield (Polarity.RESOLVED, was) if was else (Polarity.ASSERTED, exception)
    around = [
        cue for cue in mine if cue.hedge.reach == "whole" and cue.hedge.effect in ("denies", "stands", "supposes")
    ]
    for cue in sorted(around, key=lambda cue: cue.hedge.effect):
        yield _POLARITY[cue.hedge.effect], cue.cue(text)
    clause = _condition(place)
    if clause:
        yield Polarity.HYPOTHETICAL, Cue(clause.group(), "supposes", "clause.…的，")
    for cue in mine:  # the outermost governs
        if cue.hedge.effect in ("denies", "supposes"):
            yield _POLARITY[cue.hedge.effect], cue.cue(text)
    over = ended(place, families)
    if over:
        yield Polarity.RESOLVED, over
    for cue in mine:
        if cue.hedge.effect in ("elsewhere", "resolves") and not (cue.hedge.effect == "elsewhere" and suffered(place)):
            yield _POLARITY[cue.hedge.effect], cue.cue(text)
    favourable = side(place, mention, kind) if place.hit.trigger.says != "resolved" else None
    if favourable:
        yield Polarity.OTHER_PARTY, favourable
    role = parties.role_of(mention)
    if (
        mention
        and (role not in kind.natural or place.hit.trigger.own or (kind.family == "涉诉" and sued(place, mention)))
        and (role not in parties.OURS or role in kind.others)
    ):
        yield Polarity.OTHER_PARTY, Cue(text[mention.start : mention.end], "elsewhere", f"party.{role}")


@cache
def _families(event: str, family: str) -> frozenset[str]:
    return frozenset({event, family})


def _condition(place: Place) -> re.Match[str] | None:
    """A rule, a threat or a duty: what is tried are the expressions that the letters of the sentence allow."""
    sentence, hit = place.sentence, place.hit
    letters = sentence.letters
    found = None
    if "的" in letters or "时" in letters:
        found = _RULE.search(sentence.text, hit.end, sentence.end)
    if not found and "的" in letters:
        found = _THREAT.search(sentence.text, sentence.start, hit.start)
    return found or (None if letters.isdisjoint("对凡遇") else _duty(place))


def _duty(place: Place) -> re.Match[str] | None:
    """对逾期客户应及时催收: what is to be done with whoever is in such a state."""
    start, _ = place.sentence.clause_of(place.hit.start)
    return _TOWARDS.search(place.sentence.text, start, place.hit.start) and _TO_DO.match(
        place.sentence.text, place.hit.end, place.sentence.end
    )


def _told_by_trigger(place: Place, verdict: Verdict) -> Verdict:
    """解除查封 tells of an end unless the end is denied or only planned: then the seizure stands."""
    trigger, sentence = place.hit.trigger, place.sentence
    if verdict.polarity is None:
        return verdict
    if trigger.says == "negated":
        if _CONTRAST.search(sentence.words):
            return Verdict(None)
        polarity = Polarity.NEGATED if verdict.polarity in (Polarity.ASSERTED, Polarity.RESOLVED) else None
        return Verdict(
            polarity,
            verdict.role,
            (Cue(trigger.terms[0] if trigger.terms else trigger.id, "denies", trigger.id), *verdict.cues),
        )
    before = sentence.text[max(sentence.clause_of(place.hit.start)[0], place.hit.start - 9) : place.hit.start]
    pending = PLANNED.search(before) or REFUSED.search(sentence.text, place.hit.end, sentence.end)
    if verdict.polarity is Polarity.OTHER_PARTY or any(cue.rule == "hedge.如" for cue in verdict.cues):
        return verdict
    if pending or verdict.polarity in (Polarity.NEGATED, Polarity.HYPOTHETICAL):
        said = (Cue(pending.group(), "stands", "release.pending"),) if pending else verdict.cues
        return Verdict(Polarity.ASSERTED, verdict.role, said)
    return Verdict(Polarity.RESOLVED, verdict.role, (Cue(trigger.id, "resolves", trigger.id), *verdict.cues))
