"""Did it happen? Cues and their scopes decide, in a fixed order, and every decision keeps its cue and rule.

Order: forms, then words that ask or suppose around everything, then the outermost of denial and supposition before the risk
word, then what ends it, whose side, whose affair, and history. What no cue touches has happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import ahocorasick

from extract.lexicon.words import Hedge, hedges, releases
from extract.notes import parties
from extract.notes.clauses import Sentence
from extract.notes.forms import Answer
from extract.notes.parties import Mention
from extract.notes.triggers import Hit
from extract.risks import EventKind
from records.facts import Cue, Polarity

_POLARITY = {
    "denies": Polarity.NEGATED,
    "resolves": Polarity.RESOLVED,
    "supposes": Polarity.HYPOTHETICAL,
    "elsewhere": Polarity.OTHER_PARTY,
    "stands": Polarity.ASSERTED,
}
#: A denial does not reach over a cause to its effect, nor over what contradicts it.
_BREAKS = re.compile(r"导致|致使|造成|因此|因而|从而|引发|形成|但|却|反而|仍|只有|仅有|只是|遂|以致|使得|被迫")
_LIST_END = re.compile(r"等|情况|情形|现象|迹象|记录|信息|问题|行为|风险|事项|及|或|和")
_SAYS_MORE = re.compile(r"已|被|为|现|出现|发生|仍|是|达|降|升|下|逾期\d|\d")
_EXCEPT = re.compile(r"除(?!了按|息|权|夕|名|湿|尘|草)(?P<what>[^。;]{1,40}?)(?:之外|以外|外)[,]?")
_PLANNED = re.compile(
    r"未|没|不|拟|争取|承诺|计划|预计|要求|待|若|如|能否|是否|有无|督促|打算|敦促|催促|限期|应|须|必须|无法|无力|难以|难度|拒绝|希望|力争|尽快|"
    r"责令|(?<!已)将(?!其|该|上述|全部|剩余|所欠)|申请|协商|正在|同意(?!撤)|方可|才|后可|保证(?![人金])|准备"
)
_HARDLY = re.compile(
    r"(?:时间|难度|费用|工作)?(?:缓慢|困难|较慢|无望|艰难|不力|遥遥|未定|未果|前[,、不方]|之前|以前|前$)"
)
_DONE_BEFORE = re.compile(
    r"已|现|均|全部|全额|业|完|经|于|次日|当日|随后|后|获|was|were|been|has|[日月]|次月|本月|当月|达成|自行|已经|如期|一次性|足额|被"
)
_DONE_AFTER = re.compile(r"完毕|了|完成|[,、)]|$|并|且|至|后|到|结案|归还")
_PAST = re.compile(r"前期|上年|去年|上次|前次|此前|早前|年初|上期|之前|原先|历史|一度")
_AGAIN = re.compile(r"再次|再度|又|重新|复又|再")
#: 借款人逾期的，按日计收罚息: a rule, not a report.
_RULE = re.compile(
    r"的(?:贷款人|我行)有权|(?:的|时|情形之一的),(?:(?:贷款人|我行|本行|银行|出借人|债权人|甲方|乙方|抵押人|保证人|借款人)?(?:有权|可以?|应|须|必须|不得|将按|将有权)"
    r"|按日|按月|按照|视为|即视|由其承担|一律|启动|处以|承担违约)"
)
_PASSIVE = re.compile(r"(?:被|遭|遭到|受到)[^,。;]{0,16}$")
_OUR_SIDE = re.compile(
    r"^了?(?:的)?(?:借款人|该企业|该公司|我公司|本公司|公司|企业|实控人|实际控制人|法定代表人|保证人|担保人|其|该户)(?!的?下游|的?客户|的?债务人)"
)
_OTHERS = re.compile(
    r"^了?(?:其|某|一家|多家)?[^,。;]{0,6}?(?:下游|客户|债务人|欠款人|供应商|对方|买方|建筑公司|某公司|乙公司|甲公司|承租人|商户|公司)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A hit in its sentence, with everything needed to judge it."""

    hit: Hit
    sentence: Sentence
    named: Sequence[Mention]
    following: str = ""  #: the next sentence, which may tell of the end
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a hit: its polarity (None: no event at all), whom it is about, and why."""

    polarity: Polarity | None
    role: str = "borrower"
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in the text."""

    start: int
    end: int
    hedge: Hedge | None = field(compare=False)

    def cue(self, text: str, effect: str | None = None) -> Cue:
        assert self.hedge is not None
        return Cue(text[self.start : self.end], effect or self.hedge.effect, f"hedge.{self.hedge.phrases[0]}")


@cache
def _automaton() -> tuple[ahocorasick.Automaton, dict[str, list[Hedge]]]:
    by_phrase: dict[str, list[Hedge]] = {}
    for entry in hedges():
        for phrase in entry.phrases:
            by_phrase.setdefault(phrase.lower(), []).append(entry)
    automaton = ahocorasick.Automaton()
    for phrase in by_phrase:
        automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return automaton, by_phrase


def cues(sentence: Sentence) -> list[Found]:
    """The cues of a sentence; of overlapping ones the longest stays, so that 并非没有 is not 没有."""
    automaton, by_phrase = _automaton()
    places = []
    for last, phrase in automaton.iter(sentence.words.lower()):
        start = sentence.start + last + 1 - len(phrase)
        if phrase.isascii() and _inside_word(sentence.text, start, start + len(phrase)):
            continue
        places.append((start, start + len(phrase), phrase))
    kept: list[Found] = []
    taken: list[tuple[int, int]] = []
    for start, end, phrase in sorted(places, key=lambda p: (p[0] - p[1], p[0])):
        if not any(s < end and start < e for s, e in taken):
            taken.append((start, end))
            kept += [Found(start, end, hedge) for hedge in by_phrase[phrase]]
    return sorted(kept, key=lambda f: (f.start, f.end))


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()) or (
        text[end : end + 1].isascii() and text[end : end + 1].isalpha()
    )


def judge(place: Place, found: Sequence[Found], kind: EventKind) -> Verdict:
    """The polarity of one hit."""
    mention = parties.about(place.sentence, list(place.named), place.hit.start)
    told = _by_form(place, parties.role_of(mention))
    if told is not None:
        return told
    verdict = _by_words(place, found, kind, mention)
    return _told_by_trigger(place, verdict) if place.hit.trigger.says else verdict


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
    text = place.sentence.text
    families = frozenset({kind.id, kind.family})
    role = parties.role_of(mention)
    ours = role if role in parties.OURS else "borrower"
    mine = [f for f in found if f.hedge and _concerns(f.hedge, families) and _reaches(f, place)]
    ended = _ended(place, families)
    excepted = _excepted(place)
    if excepted:
        return Verdict(Polarity.RESOLVED if ended else Polarity.ASSERTED, ours, (ended or excepted,))
    for effect in ("stands", "supposes"):
        for cue in mine:
            if cue.hedge and cue.hedge.effect == effect and cue.hedge.reach == "whole":
                return Verdict(_POLARITY[effect], ours, (cue.cue(text),))
    clause = _RULE.search(text, place.hit.end, place.sentence.end)
    if clause:
        return Verdict(Polarity.HYPOTHETICAL, ours, (Cue(clause.group(), "supposes", "clause.…的，"),))
    governing = [f for f in mine if f.hedge and f.hedge.effect in ("denies", "supposes")]
    if governing:
        outermost = governing[0]
        return Verdict(_POLARITY[outermost.hedge.effect if outermost.hedge else ""], ours, (outermost.cue(text),))
    if ended:
        return Verdict(Polarity.RESOLVED, ours, (ended,))
    for cue in mine:
        if cue.hedge and cue.hedge.effect in ("elsewhere", "resolves"):
            return Verdict(_POLARITY[cue.hedge.effect], role, (cue.cue(text),))
    side = _side(place, mention)
    if side:
        return Verdict(Polarity.OTHER_PARTY, role, (side,))
    if mention and role not in kind.natural and (role not in parties.OURS or role in kind.others):
        return Verdict(
            Polarity.OTHER_PARTY, role, (Cue(text[mention.start : mention.end], "elsewhere", f"party.{role}"),)
        )
    return Verdict(Polarity.ASSERTED, ours)


def _told_by_trigger(place: Place, verdict: Verdict) -> Verdict:
    """解除查封 tells of an end unless the end is denied or only planned: then the seizure stands."""
    trigger, sentence = place.hit.trigger, place.sentence
    if verdict.polarity is None:
        return verdict
    if trigger.says == "negated":
        polarity = Polarity.NEGATED if verdict.polarity in (Polarity.ASSERTED, Polarity.RESOLVED) else None
        return Verdict(
            polarity,
            verdict.role,
            (Cue(trigger.terms[0] if trigger.terms else trigger.id, "denies", trigger.id), *verdict.cues),
        )
    before = sentence.text[max(sentence.clause_of(place.hit.start)[0], place.hit.start - 9) : place.hit.start]
    pending = _PLANNED.search(before)
    if verdict.polarity is Polarity.OTHER_PARTY or any(cue.rule == "hedge.如" for cue in verdict.cues):
        return verdict
    if pending or verdict.polarity in (Polarity.NEGATED, Polarity.HYPOTHETICAL):
        said = (Cue(pending.group(), "stands", "release.pending"),) if pending else verdict.cues
        return Verdict(Polarity.ASSERTED, verdict.role, said)
    return Verdict(Polarity.RESOLVED, verdict.role, (Cue(trigger.id, "resolves", trigger.id), *verdict.cues))


def _concerns(hedge: Hedge, families: frozenset[str]) -> bool:
    if hedge.unless and not families.isdisjoint(hedge.unless):
        return False
    return not hedge.events or not families.isdisjoint(hedge.events)


def _reaches(found: Found, place: Place) -> bool:
    """Whether the cue governs the hit."""
    assert found.hedge is not None
    hit, sentence = place.hit, place.sentence
    if found.start < hit.end and hit.start < found.end:
        return _overlaps(found, place)
    match found.hedge.reach:
        case "whole":
            return True
        case "clause":
            return sentence.clause_of(found.start) == sentence.clause_of(hit.start)
        case "backward":
            return hit.end <= found.start and _behind(sentence.text[hit.end : found.start], found.hedge.effect)
        case "next":
            return found.end <= hit.start and _next(sentence.text[found.end : hit.start])
    if found.end > hit.start:
        return False
    return found.hedge.reach == "onward" or _same_breath(found, place)


def _next(between: str) -> bool:
    """A short negator governs the next verb, or the list that begins with it."""
    if "," in between:
        return False
    items = re.split(r"[、或及和与]", between)
    if len(items) == 1:
        return len(between) <= 3
    return len(items[0]) <= 5 and all(len(item) <= 8 for item in items[1:])


def _overlaps(found: Found, place: Place) -> bool:
    """A cue that is part of the trigger says nothing; one in a gap of it, or leading into it, governs what follows."""
    hit, text = place.hit, place.sentence.text
    if found.start < hit.start:
        return found.end >= hit.end or text[hit.start] not in "未无没不拒"
    behind = [start for start, end in hit.pieces if start >= found.end]
    touches = any(start < found.end and found.start < end for start, end in hit.pieces)
    if touches or not behind or found.hedge is None or found.hedge.effect not in ("denies", "supposes"):
        return False
    return found.hedge.reach != "next" or _next(text[found.end : behind[0]])


def _behind(between: str, effect: str) -> bool:
    """Directly behind the risk word; a denial (查询失信名单，无记录) also after one comma."""
    return len(between) <= 8 and between.count(",") <= (effect == "denies")


def _same_breath(found: Found, place: Place) -> bool:
    """Forward in the clause, and over a comma only into a bare item of the same list."""
    sentence, hit = place.sentence, place.hit
    between = sentence.text[found.end : hit.start]
    if _BREAKS.search(between):
        return False
    _, clause_end = sentence.clause_of(found.start)
    if hit.start < clause_end:
        return True
    start, end = sentence.clause_of(hit.start)
    rest = sentence.text[start : hit.start] + sentence.text[hit.end : end]
    bare = len(rest) <= 6 and not _SAYS_MORE.search(rest)
    return bare and len(between) <= 30 and (hit.start == start or _LIST_END.match(sentence.text, start) is not None)


def _excepted(place: Place) -> Cue | None:
    """除一笔劳动争议诉讼外，未发现其他涉诉信息: the exception happened."""
    sentence, hit = place.sentence, place.hit
    for found in _EXCEPT.finditer(sentence.text, sentence.start, sentence.end):
        if found.start("what") <= hit.start and hit.end <= found.end("what"):
            return Cue(f"除…{'外'}", "stands", "exception")
    return None


@cache
def _ends_of(families: frozenset[str]) -> tuple[re.Pattern[str], dict[str, str]] | None:
    words = {
        word: entry.words[0] for entry in releases() if not families.isdisjoint(entry.events) for word in entry.words
    }
    if not words:
        return None
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))), words


def _ended(place: Place, families: frozenset[str]) -> Cue | None:
    """The event is over: a release that is done, behind the hit or right before it, or in the next sentence."""
    known = _ends_of(families)
    if known is None:
        return None
    pattern, words = known
    sentence, hit = place.sentence, place.hit
    for found in pattern.finditer(sentence.text, sentence.start, sentence.end):
        if found.start() < hit.end and hit.start < found.end():
            continue
        if _done(sentence.text, sentence.start, _clause_behind(sentence, hit, found.start()), found) and _meets(
            sentence, hit, found
        ):
            return Cue(found.group(), "resolves", f"release.{words[found.group()]}")
    return _ended_next(place, pattern, words)


def _clause_behind(sentence: Sentence, hit: Hit, at: int) -> tuple[int, int]:
    """The clause of a release, from the end of the hit when both share it: 未接来电后次日回复 is told by 次日, not by 未."""
    start, end = sentence.clause_of(at)
    return (max(start, hit.end) if hit.end <= at else start), end


def _meets(sentence: Sentence, hit: Hit, found: re.Match[str]) -> bool:
    if found.start() >= hit.end:
        between = sentence.text[hit.end : found.start()]
        after = sentence.text[found.end() : sentence.end]
        return not _AGAIN.search(sentence.text[max(sentence.start, hit.start - 6) : hit.start]) and not re.search(
            r"仍(?!能)|但.{0,6}(?:目前|至今)|其余|余款|尚有|剩余.{0,8}未", between + after
        )
    same_clause = sentence.clause_of(found.start()) == sentence.clause_of(hit.start)
    return same_clause and hit.start - found.end() <= 14 and not _BREAKS.search(sentence.text[found.end() : hit.start])


def _done(text: str, sentence_start: int, clause: tuple[int, int], found: re.Match[str]) -> bool:
    """Not planned, not denied, not a condition; and told as done."""
    start, end = clause
    before = text[max(start, found.start() - 14) : found.start()]
    past = _PAST.search(text, sentence_start, found.start())
    if _PLANNED.search(before[-9:]) or _HARDLY.match(text[found.end() : found.end() + 8]):
        return False
    told = _DONE_BEFORE.search(before + found.group()[:1]) or _DONE_AFTER.match(text[found.end() : end])
    return bool(told) or past is not None


def _ended_next(place: Place, pattern: re.Pattern[str], words: dict[str, str]) -> Cue | None:
    """逾期12天。4月2日已全部结清。"""
    if place.sentence.stop not in "。;" or not place.following or len(place.following) > 40:
        return None
    if not re.match(
        r"[^,]{0,8}?(?:\d|该|上述|现|目前|后|经|随后|次日|截至|本息|欠款|逾期|已|款项|问题)", place.following
    ):
        return None
    found = pattern.search(place.following)
    if (
        found
        and "已" in place.following[: found.start() + 1]
        and _done(place.following, 0, (0, len(place.following)), found)
    ):
        return Cue(found.group(), "resolves", f"release.{words[found.group()]}")
    return None


def _side(place: Place, mention: Mention | None) -> Cue | None:
    """起诉: who sues is not in trouble. 申请查封: who asks for it is not seized."""
    sentence, hit = place.sentence, place.hit
    start, end = sentence.clause_of(hit.start)
    left, right = sentence.text[start : hit.start], sentence.text[hit.end : end]
    asks = re.search(r"(?:申请|请求|提请)(?:法院|人民法院)?(?:对)?[^,]{0,6}$", left) is not None
    if hit.trigger.side != "active" and not asks:
        return None
    if _PASSIVE.search(left) or (not asks and _OUR_SIDE.match(right)):
        return None
    if mention is not None and mention.role in ("counterparty", "stranger", "person", "employee"):
        return None
    if mention is None and not asks and not _OTHERS.match(right):
        return None
    who = sentence.text[mention.start : mention.end] if mention else ""
    return Cue(who + sentence.text[hit.start : hit.end], "elsewhere", "side.plaintiff")
