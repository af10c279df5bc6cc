"""Cues of a sentence and how far they reach: next word, clause, list, sentence; the longest phrase of a place counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from extract.lexicon.heard import Automaton, Heard
from extract.lexicon.words import Hedge, hedges
from extract.notes.clauses import Sentence
from extract.notes.place import Place
from records.facts import Cue

#: A denial does not reach over a cause to its effect, nor over what contradicts it.
BREAKS = re.compile(
    r"导致|致使|造成|因此|因而|从而|引发|形成|但|却|反而|仍|只有|仅有|只是|遂|以致|使得|被迫|\b(?:and|but|while|because|although|who|which)\b"
)
#: A short denial ends where something is told as done: 没有订单已停产, 未交租被锁门.
_DONE = re.compile(r"已|(?<=.)被|遭|早就|正在")
#: Behind it stands what is so, whatever was said before: 说是检修，实际半年没有生产.
_IN_FACT = re.compile(
    r"实际(?!控制|投资|用途|经营人)|其实|事实上|(?:但|可|然而|不过)[^,。;]{0,6}(?:已|早|发现|看到|显示|反映|查到)"
    r"|in fact|actually"
)
_LIST_END = re.compile(r"等|情况|情形|现象|迹象|记录|信息|问题|行为|风险|事项|及|或|和")
_SAYS_MORE = re.compile(r"已|被|为|现|出现|发生|仍|是|达|降|升|下|逾期\d|\d")

_TOLD = re.compile(r"已|早就|正在")
#: What is asked about it takes for granted that it is so: 停产原因待核实.
_PRESUPPOSED = re.compile(r"原因|影响|后续|进展|进度|金额|数额|程度|细节|经过|去向|下落|时间")
#: What is denied of the rest is not denied of this: 企业已停产，其他方面未见异常.
_THE_REST = re.compile(r"其他|其它|其余|另外|别的")


_NUMBER_SIGN = re.compile(r"\.? ?\d|\. ?[(\[〔#]")


@dataclass(slots=True)
class Found:
    """A cue in the text."""

    start: int
    end: int
    hedge: Hedge = field(compare=False)

    def cue(self, text: str, effect: str | None = None) -> Cue:
        return Cue(text[self.start : self.end], effect or self.hedge.effect, f"hedge.{self.hedge.phrases[0]}")


@cache
def by_phrase() -> dict[str, list[Hedge]]:
    """The hedges that each phrase is of."""
    found: dict[str, list[Hedge]] = {}
    for entry in hedges():
        for phrase in entry.phrases:
            found.setdefault(phrase.lower(), []).append(entry)
    return found


@cache
def _automaton() -> Automaton[str]:
    return Automaton({phrase: phrase for phrase in by_phrase()})


#: So many letters of what assures of the whole sentence (一分没少, 抵押率更低) are no mere part of the risk word they share.
_SAYS_SO = 3


def cues(sentence: Sentence, heard: Heard | None = None) -> list[Found]:
    """The cues of a sentence; of overlapping ones the longest stays, so that 并非没有 is not 没有.

    ``heard``: what has been heard in it of the words of the lists; None: it is listened to.
    """
    known, places = by_phrase(), []
    if heard is None:
        spoken = _automaton().hear(sentence.words.lower())
    else:
        spoken = [(end, word.text) for end, word in heard.spoken if word.text in known]
    for end, phrase in spoken:
        start = sentence.start + end - len(phrase)
        if phrase == "no" and _NUMBER_SIGN.match(sentence.text, start + 2):
            continue  # instalment no. 14
        if phrase == "万一" and start and sentence.text[start - 1] in "0123456789一二三四五六七八九十百千两几多":
            continue  # 九十万一路见底
        if phrase.isascii() and not _latin_word(sentence, start, phrase):
            continue
        places.append((start, start + len(phrase), phrase))
    if not places:
        return []
    if len(places) == 1:
        return [Found(start, end, hedge) for start, end, phrase in places for hedge in known[phrase]]
    kept: list[Found] = []
    taken: list[tuple[int, int]] = []
    for start, end, phrase in sorted(places, key=lambda p: (p[0] - p[1], p[0])):
        if not any(s < end and start < e for s, e in taken):
            taken.append((start, end))
            kept += [Found(start, end, hedge) for hedge in known[phrase]]
    return sorted(kept, key=lambda f: (f.start, f.end))


def _latin_word(sentence: Sentence, start: int, phrase: str) -> bool:
    """Not letters of a longer word, and not the month."""
    text, end = sentence.text, start + len(phrase)
    if phrase == "may" and text[start] == "M" and start > sentence.start:
        return False
    beside = text[start - 1 : start] if start else "", text[end : end + 1]
    return not any(letter.isascii() and letter.isalpha() for letter in beside)


def concerns(hedge: Hedge, families: frozenset[str]) -> bool:
    if hedge.unless and not families.isdisjoint(hedge.unless):
        return False
    return not hedge.events or not families.isdisjoint(hedge.events)


def reaches(found: Found, place: Place) -> bool:
    """Whether the cue governs the hit."""
    hit, sentence = place.hit, place.sentence
    if "否认" in sentence.text[found.start : found.end] and _IN_FACT.search(sentence.text, hit.end, sentence.end):
        return False  # 否认民间借贷，但流水显示…: what somebody says of himself, and what is so
    if found.start < hit.end and hit.start < found.end:
        says_so = found.hedge.effect == "denies" and found.end - found.start >= _SAYS_SO
        return (found.hedge.reach == "whole" and (says_so or found.hedge.effect == "elsewhere")) or _overlaps(
            found, place
        )
    match found.hedge.reach:
        case "whole":
            told_apart = found.hedge.effect == "denies" and found.end <= hit.start
            return not (told_apart and _IN_FACT.search(sentence.text[found.end : hit.start]))
        case "clause":
            return sentence.clause_of(found.start) == sentence.clause_of(hit.start)
        case "backward":
            return found.end == hit.start or (hit.end <= found.start and _behind(found, place))
        case "next":
            return found.end <= hit.start and _next(sentence.text[found.end : hit.start])
    if found.end > hit.start:
        return False
    return found.hedge.reach == "onward" or _same_breath(found, place)


def _next(between: str) -> bool:
    """A short negator governs the next verb, or the list that begins with it."""
    if "," in between or _DONE.search(between):
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
    if touches or not behind or found.hedge.effect not in ("denies", "supposes"):
        return False
    between = text[found.end : behind[0]]
    far = len(between) > 4 and found.end - found.start <= 2
    if found.hedge.effect == "denies" and ("," in between or far) and not between.isascii():
        return False
    return found.hedge.reach != "next" or _next(text[found.end : behind[0]])


def _behind(found: Found, place: Place) -> bool:
    """Directly behind the risk word; a denial (查询失信名单，无记录) and what makes a clause of its own also after a comma."""
    between = place.sentence.text[place.hit.end : found.start]
    start, end = place.sentence.clause_of(found.start)
    alone = found.start - start <= 2 and end - found.end <= 1
    far = len(between) > 8 or between.count(",") > (found.hedge.effect == "denies" or alone)
    elsewhere = _PRESUPPOSED if found.hedge.effect == "supposes" else _THE_REST
    return not far and not elsewhere.search(between)


def _same_breath(found: Found, place: Place) -> bool:
    """Forward in the clause, and over a comma only into a bare item of the same list."""
    sentence, hit = place.sentence, place.hit
    between = sentence.text[found.end : hit.start]
    if BREAKS.search(between) or (
        found.hedge.effect == "denies" and found.end - found.start <= 2 and _TOLD.search(between)
    ):
        return False
    _, clause_end = sentence.clause_of(found.start)
    if hit.start < clause_end:
        return True
    if found.end == clause_end:  # 建议重点关注，企业已停产
        return False
    start, end = sentence.clause_of(hit.start)
    rest = sentence.text[start : hit.start] + sentence.text[hit.end : end]
    listed = found.hedge.effect != "denies" or any(found.end <= peer < clause_end for peer in place.peers)
    bare = len(rest) <= (30 if rest.isascii() else 6) and not _SAYS_MORE.search(rest)
    return (
        listed
        and bare
        and len(between) <= 30
        and (not sentence.text[start : hit.start].strip() or _LIST_END.match(sentence.text, start) is not None)
    )
