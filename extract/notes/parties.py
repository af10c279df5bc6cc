"""Who a clause is about: the borrower, somebody tied to the loan, or somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.lexicon.words import parties
from extract.notes.clauses import Sentence

#: Roles under which an event still bears on the loan; everyone else is another party.
OURS = frozenset(
    {
        "borrower",
        "co_borrower",
        "spouse",
        "controller",
        "legal_rep",
        "shareholder",
        "executive",
        "guarantor",
        "mortgagor",
        "affiliate",
        "collateral",
    }
)
#: A party behind one of these is acted upon, acts upon us, or keeps company; the clause is not about it.
_OBLIQUE = re.compile(
    r"(?:被|遭|由|受|向|对|与|同|给|替|为|从|至|经|欠|据|还|找|问|告知|通知|报告|告诉|联系|要求|配合|催促|帮|代|起诉|追讨|(?<!所)在)(?:其|该|我行|多名|多家|第三方|某|他|她|借款人的|企业的|公司的|该户的)?$"
)
_OBLIQUE_OF = re.compile(
    r"\b(?:by|to|from|with|against|of|for|at|sued|than|like|told|asked|paid|paying) (?:the |our )?$"
)
_BORROWER = ("borrower", "company")
#: Who speaks for no clause but its own: 员工由210人减至60人，欠缴电费 is no debt of the staff.
_OF_THEIR_CLAUSE = frozenset({"counterparty", "bank", "person", "employee"})


@dataclass(slots=True)
class Mention:
    """A party named in the text."""

    start: int
    end: int
    role: str


@cache
def _roles() -> dict[str, str]:
    return {term: entry.role for entry in parties() for term in entry.terms}


@cache
def _pattern(english: bool) -> re.Pattern[str]:
    """The words for parties in Chinese, or in English, where whole words count whatever their case."""
    terms = [term for term in sorted(_roles(), key=len)[::-1] if term.isascii() is english]
    either = "|".join(map(re.escape, terms))
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE) if english else re.compile(either)


_CUSTOMER = re.compile(
    r"(?:第[一二三]大|前[三五十]大|最大的?|欠款|海外|境外|重点|主要|核心|两家|几家|多家|个别|部分)[^,。;、]{0,4}客户"
)
_NEARBY = "商圈|周边|附近|沿街|同街"
_VILLAGE = "同村|邻村|同镇|同乡|本地"
_OTHERS = "多家|另一家?|其他|其它|某|同行业|同业|同园区|园区内|周边|附近|部分|一些|几家|个别|邻近|外地"
_STALLS = "邻摊|邻铺|邻店|邻家|邻桌"
_NEXT_DOOR = "别的|别家|人家|旁边|对面|斜对面|东头|西头|前头|后头|楼下|隔街|村头|街口|街对面"
_FOREIGN = re.compile(
    rf"(?:{_NEARBY})(?:内|的)?[^,。;]{{0,6}}?(?:店铺|门店|商铺|商家|店)"
    rf"|(?:{_VILLAGE})(?:[^,。;的]{{0,4}})?(?:养猪场|养殖场|农场|工厂|农户|养殖户|种植户|商户|户|企业|厂家)"
    rf"|(?:{_OTHERS})(?:的)?(?:[^,。;的]{{0,3}})?(?:企业|公司|单位|借款人|客户|商户|工厂|人员)"
    rf"|(?:{_NEXT_DOOR})(?:的)?(?:那|这|几|一|好几)?(?:家|个)?(?:的)?(?:厂子|厂|店|公司|企业|老板|铺子|户)"
    rf"|(?:{_STALLS})(?:的)?[^,。;]{{0,4}}?(?=被|让|已|也|停|关|着|家|欠|跑)"
    r"|另一(?:名|位|家)?股东"
)
#: What it begins with: bare words, to which the search leaps.
_FOREIGN_BEGINS = re.compile(f"{_NEARBY}|{_VILLAGE}|{_OTHERS}|{_NEXT_DOOR}|{_STALLS}")


#: 其担保的张某被起诉: whom the borrower guarantees is another.
_GUARANTEED = re.compile(
    r"(?:其|所|对外|企业|公司|借款人|该户|提供|他|她)担保的(?!贷款|债务|借款|余额|金额|范围|方式|能力|责任|主债|该|本|我)"
    r"([^\W\d_被已]{1,10}?)(?=被|已|也|均|近|现|目前|上月|发生|出现|涉|贷款|逾期|停产|失联|资金|经营|到期|无力|未)"
)
#: A firm by its full name; the words before it are cut at what cannot be part of a name.
_FULL_NAME = re.compile(
    r"[^\W\d_被由向对与同和及的将把因在为给是该本我其某]{2,14}?(?:有限公司|有限责任公司|合作社|商行|经营部)"
)
_COMMON = re.compile(
    r"有限|责任|公司|股份|集团|贸易|商贸|科技|技术|建材|实业|发展|制造|机械|纺织|工程|建筑|电子|食品|化工|物流|服装|制品|材料|设备|合作社|商行|[省市县区]"
)


def _akin(name: str, subject: str) -> bool:
    """Whether a full name may be the borrower's: what is left without common words shares two characters."""
    core, known = _COMMON.sub(" ", name), _COMMON.sub(" ", subject)
    return not core.strip() or any(core[i : i + 2] in known for i in range(len(core) - 1) if " " not in core[i : i + 2])


def mentions(sentence: Sentence, subject: str | None) -> list[Mention]:
    """Every party named in the sentence, in order; the longest name of a place wins."""
    roles = _roles()
    text, stretch = sentence.text, (sentence.start, sentence.end)
    found: list[Mention] = []
    if subject:
        found += [Mention(*m.span(), "borrower") for m in re.compile(re.escape(subject)).finditer(text, *stretch)]
    if "担保的" in sentence.words:
        found += [Mention(*m.span(1), "stranger") for m in _GUARANTEED.finditer(text, *stretch)]
    begins = _FOREIGN_BEGINS.search(text, *stretch)
    if begins:
        found += [Mention(*m.span(), "stranger") for m in _FOREIGN.finditer(text, begins.start(), sentence.end)]
    if "客" in sentence.words:
        found += [Mention(*m.span(), "counterparty") for m in _CUSTOMER.finditer(text, *stretch)]
    if subject:
        found += [
            Mention(*m.span(), "borrower" if _akin(m.group(), subject) else "counterparty")
            for m in _FULL_NAME.finditer(text, *stretch)
        ]
    for m in _pattern(english=False).finditer(text, *stretch):
        found.append(Mention(*m.span(), _led(found, text, m.start(), roles[m.group()])))
    if " " in sentence.words:
        found += [Mention(*m.span(), roles[m.group().lower()]) for m in _pattern(english=True).finditer(text, *stretch)]
    if not found:
        return []
    kept: list[Mention] = []
    for mention in found:
        if not any(other.start < mention.end and mention.start < other.end for other in kept):
            kept.append(mention)
    return _by_their_part(text, sorted(kept, key=lambda mention: mention.start))


def _by_their_part(text: str, kept: list[Mention]) -> list[Mention]:
    """保证人为恒通实业有限公司: a firm named right behind what it is to the loan is that."""
    for index in range(1, len(kept)):
        before, one = kept[index - 1], kept[index]
        if one.role == "counterparty" and before.role in _NAMERS and text[before.end : one.start] in _IS:
            kept[index] = Mention(one.start, one.end, before.role)
    return kept


def _led(found: list[Mention], text: str, start: int, role: str) -> str:
    """下游公司 and 其他借款人的担保人 are one party each: what follows directly belongs to the one before."""
    near = start - 1 if text.startswith("的", start - 1) else start
    leads = [other.role for other in found if other.end == near]
    if role == "company" and not leads:
        return next((other.role for other in found if _named_by(other, text, start)), role)
    if not leads or leads[0] in ("borrower", "company", "bank"):
        return role
    return leads[0] if role == "company" or leads[0] in ("counterparty", "stranger") else role


#: 供应商宏达公司, 保证人为恒通公司: the firm that the word before names; 供应商反映公司停产 names none.
_FIRM = re.compile(
    r"(?!.*(?:发现|表示|反映|要求|认为|告知|起诉|催))(?:为|是|系|即|:)?[^\W\d_被由向对与同和及的将把因在给该本我其某说称诉欠占拖让已未也拒停到]{2,6}"
)
_NAMERS = frozenset({"counterparty", "guarantor", "mortgagor", "affiliate"})
_IS = frozenset({"", "为", "是", "系", "即", ":"})


def _named_by(other: Mention, text: str, start: int) -> bool:
    """Whether the words between a party and 公司 are but the firm's name."""
    return other.role in _NAMERS and other.end < start and _FIRM.fullmatch(text, other.end, start) is not None


def about(sentence: Sentence, named: Sequence[Mention], at: int) -> Mention | None:
    """The party that the words at this place are about: the nearest one before them in the clause that is no object."""
    if not named:
        return None
    start, _ = sentence.clause_of(at)
    for one in reversed(named):
        if start <= one.start <= at and is_subject(sentence, one):
            return one
    for one in reversed(named):
        if one.end <= start and one.role not in _OF_THEIR_CLAUSE and is_subject(sentence, one):
            return one
    return None


#: Who merely tells of it (邻居讲, 家属电话里哭着说) is not the one it happened to.
_TELLS = re.compile(r"[^,。;]{0,5}?(?:说|讲|称(?!职)|表示|反映|透露|介绍|坦言|证实|告诉|告知)")
_TELLERS = frozenset({"stranger", "person", "employee", "counterparty", "bank"})

#: 我行抵押的土地, 我行贷款: the bank only says whose it is.
_WHOSE = re.compile(r"的?(?:抵押|质押|押品|贷款|授信|信贷|账户|结算)")


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether a clause can be about this party: neither acted upon nor merely telling of it."""
    if sentence.text.startswith(":", mention.end):
        return False
    if mention.role == "bank" and _WHOSE.match(sentence.text, mention.end, sentence.end):
        return False
    if mention.role in _TELLERS and _TELLS.match(sentence.text, mention.end, sentence.end):
        return False
    left = sentence.text[max(sentence.start, mention.start - 9) : mention.start]
    return (_OBLIQUE_OF if left.isascii() else _OBLIQUE).search(left) is None


def role_of(mention: Mention | None) -> str:
    """The role in the words of the contract; whoever is not named is the borrower."""
    if mention is None or mention.role in _BORROWER:
        return "borrower"
    return mention.role
