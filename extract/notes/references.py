"""Whom 该公司, 后者, 其 mean, and whose affair a sentence goes on about that names nobody: what was named before decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.notes.clauses import Sentence
from extract.notes.parties import Mention, is_subject, mentions

#: Words that point back to a firm or person named before.
_REFERS = re.compile(
    r"(?:该|上述|前述|此|这家|那家)(?:企业|公司|客户|单位|厂家?|店|户)|后者|前者|其(?:(?<=^其)|(?<=[,。;!?\n]其))(?=已|被|现|目前|近|也|于|因|仍|又|还)"
)
#: A firm without a word for it, beside the borrower: 借款人与宏达机械签有长约，后者…
_BESIDE = re.compile(r"[与和同跟向及](?=[\u4e00-\u9fff]{2})(?!我行|本行|该行|银行)")
#: A sentence that begins so goes on about whoever the last one was about.
_GOES_ON = re.compile(r"[ \n]*(?:目前|现已|现|已|并且|并|且|同时|随后|此后|后来|至今|仍|近期|又|也)")
#: Who only says so is not meant by it: 供应商反映，该公司已停产.
_SAYS = re.compile(r"[^,。;]{0,8}?(?:说|讲|称(?!职)|表示|反映|透露|介绍|坦言|证实|告诉|告知|起诉|催|要求)")
_OTHERS = frozenset(
    {"counterparty", "stranger", "person", "affiliate", "guarantor", "mortgagor", "spouse", "controller", "employer"}
)
_FIRMS = frozenset({"counterparty", "stranger", "affiliate", "guarantor", "mortgagor", "borrower", "company"})


def resolved(sentence: Sentence, named: list[Mention], before: Sequence[Mention]) -> list[Mention]:
    """The mentions of a sentence, each word that points back in the role of whom it means."""
    if not _REFERS.search(*_stretch(sentence)):
        return named
    pointing = [(found.start(), found.end(), found.group()) for found in _REFERS.finditer(*_stretch(sentence))]
    out = [one for one in named if not any(start <= one.start < end for start, end, _ in pointing)]
    for start, end, word in pointing:
        again = any(word == other and end <= start for _, end, other in pointing)  # 该公司…该公司: still the same
        earlier = [] if again else [*before, *(one for one in named if one.end <= start and not _points(one, pointing))]
        meant = _meant(word, _subjects(sentence, earlier, word))
        if word == "后者" and meant and meant.end > sentence.start and _beside(sentence, meant, start):
            meant = Mention(start, end, "counterparty")
        role = meant.role if meant else next((one.role for one in named if one.start == start), "borrower")
        if word != "其" or role in _OTHERS:
            out.append(Mention(start, end, role))
    return sorted(out, key=lambda one: one.start)


def _beside(sentence: Sentence, one: Mention, end: int) -> bool:
    """Whether somebody unnamed to us stands beside the last one that is named, in his clause."""
    return _BESIDE.match(sentence.text, one.end) is not None and sentence.clause_of(one.end - 1)[1] < end


def _stretch(sentence: Sentence) -> tuple[str, int, int]:
    return sentence.text, sentence.start, sentence.end


def _points(one: Mention, pointing: Sequence[tuple[int, int, str]]) -> bool:
    return any(start <= one.start < end for start, end, _ in pointing)


def _subjects(sentence: Sentence, earlier: Sequence[Mention], word: str) -> list[Mention]:
    """Who can be meant: whoever the words before were about; the two of 前者 and 后者 need not have been."""
    firms = [one for one in earlier if one.role in _FIRMS or word == "其"]
    if word in ("后者", "前者"):
        return firms
    return [one for one in firms if one.end <= sentence.start or _can_be_meant(sentence, one)]


def _can_be_meant(sentence: Sentence, one: Mention) -> bool:
    return is_subject(sentence, one) and not _SAYS.match(sentence.text, one.end)


def _meant(word: str, earlier: Sequence[Mention]) -> Mention | None:
    if not earlier:
        return None
    return earlier[-2 if word == "前者" and len(earlier) > 1 else -1]


def before(text: str, sentences: Sequence[Sentence], index: int, subject: str | None) -> list[Mention]:
    """The parties of the sentence before, of the same paragraph; none are asked for where nothing points back."""
    sentence = sentences[index]
    pointing = _REFERS.search(*_stretch(sentence)) if index else None
    if not pointing:
        return []
    last = sentences[index - 1]
    if pointing.group() != "其" and pointing.group() in last.words:
        return []  # 该公司主营…。该公司已停产: whoever it was before
    named = [] if "\n" in text[last.end : sentence.start] else mentions(last, subject)
    return [one for one in named if _can_be_meant(last, one)]


def carried(text: str, last: Sentence, sentence: Sentence, role: str, named: Sequence[Mention]) -> list[Mention]:
    """下游恒通公司老板失联。目前已停产。: whoever the sentence before told of is still spoken of."""
    if named or role not in _OTHERS or "\n" in text[last.end : sentence.start]:
        return []
    return [Mention(sentence.start, sentence.start, role)] if _GOES_ON.match(text, sentence.start) else []
