"""What is over, what was excepted from a denial, and on whose side of a court case a party stands."""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon.words import releases
from extract.notes.clauses import Sentence
from extract.notes.cues import BREAKS
from extract.notes.hit import Hit
from extract.notes.parties import Mention
from extract.notes.place import Place
from extract.risks import EventKind
from records.document import is_cjk
from records.facts import Cue

_EXCEPT = re.compile(r"除(?!了按|息|权|夕|名|湿|尘|草)(?P<what>[^。;]{1,40}?)(?:之外|以外|外)[,]?")
_EXCEPT_FOR = re.compile(
    r"\b(?P<but>other than|apart from|except for|aside from|with the exception of) (?P<what>[^,.;]{1,80})", re.I
)
#: As in ``clauses``: the character that an alternative is about stands first in it, so that the search leaps to it.
PLANNED = re.compile(
    r"未|没|不|拟|争取|承诺|计划|预计|要求|待|若|如|能否|是否|有无|督促|打算|敦促|催促|限期|应|须|必须|无法|无力|难以|难度|拒绝|希望|力争|尽快|通知|"
    r"责令|将(?<!已将)(?!其|该|上述|全部|剩余|所欠)|申请(?!撤诉|撤回)|协商|正在|要我们|要我行|要银行|同意(?!撤)|方可|才|后可|保证(?![人金])|准备|需(?!求)|请(?=于|在|尽快|及时|您|贵|速|按)|能(?<!已能)(?=按|够|如期|正常|及时)|想办法|想让|让法院|负有?(?=连带)|要求"
)
_HARDLY = re.compile(
    r"减|不足|不满|率|少了|(?:时间|难度|费用|工作)?(?:缓慢|困难|较慢|无望|艰难|不力|遥遥|未定|未果|前[,、不方]|之前|以前|前$|责任|义务|通知)"
)
#: A release that was asked for and not given.
REFUSED = re.compile(r"(?:尚未|未|没有|没|不予|不|未予|未获)(?:同意|批准|准许|获准|答复|支持|松口)")
_BY_THEN = re.compile(r"前(?<![此之]前)(?:一次性|全部|全额)?$")
#: A day yet to come, or somebody's word for it: 月底归还, 下月结清, 客户称归还. The end of a month that is named may be past.
_AHEAD = re.compile(
    r"月(?<![\d上一二三四五六七八九十]月)[底末]|年(?<![\d上去前]年)[底末]|下个?(?:月|周|星期|礼拜|旬|季度|半年)|明[天日早晚年]|后天"
    r"|过(?:几|两|一|些|半|十)*(?:天|日|个月|阵)|[一二三五七两几\d十半]+(?:天|日|个月|个工作日)内|近期|不日|改[天日]|择日|年后|节后|届时"
    r"|next (?:week|month|year)|tomorrow|(?:称|说|讲|表示|答应)[^,。;]{0,10}$"
)
_NOT_YET = re.compile(
    r"\b(?:not|never|yet to|refus\w+|pending|will|would|may|expect\w*|plan\w*|hop(?:es?|ing)|ask\w*|appl\w+)\b[a-z ]{0,20}$",
    re.I,
)
_SURELY = re.compile(r"已|均|昨|前天|上[周月]|次日|当[日天]|随后|was|were|been|has")
_DONE_BEFORE = re.compile(
    r"已|现|均|全部|全额|业|完|经|于|次日|当日|随后|后|获|was|were|been|has|日|月|次月|本月|当月|达成|自行|已经|如期|一次性|足额|被"
)
_DONE_AFTER = re.compile(r"完毕|了|完成|[,、)]|$|并|且|至|后|到|结案|归还")
_FULLY = re.compile("了|完毕|到位")
_PAST = re.compile(r"前期|上年|去年|上次|上回|前次|前阵子|此前|早前|年初|上期|上季|之前|原先|历史|一度")
_AGAIN = re.compile(r"再次|再度|又|重新|复又|再")
#: 借款人把总包告上法庭: whom one takes to court.
_TAKES = re.compile(r"(?:把|将)[^,。]{1,16}?(?=告|起诉|诉至|诉到)")
#: 我行将借款人诉至法院: whoever is taken there is not on the favourable side.
_TAKES_US = re.compile(r"(?:把|将)(?:借款人|借款企业|该户|该企业|该公司|我公司|保证人|担保人|其(?!下游|客户))")
#: 被告向借款人支付货款: the judgment is for us.
_PAID_TO_US = re.compile(
    r"向(?:借款人|借款企业|该企业|该公司|我公司|本公司|我户|该户)[^,。]{0,4}(?:支付|偿还|给付|赔偿|返还|归还|偿付)"
)
_OURS = frozenset({"borrower", "company", "guarantor", "controller"})
_LAWFUL = frozenset(
    {
        "litigation_defendant",
        "enforcement_target",
        "collateral_seizure",
        "account_frozen",
        "equity_change",
        "dishonest_debtor",
    }
)
#: 我行对下游客户起诉: not our borrower.
_AGAINST_OTHERS = re.compile(
    r"(?:对|将|把|就)[^,。;]{0,8}?(?:下游|供应商|客户的|次债务人|第三方|承租人|买方|收款人|债务人|他人|其他)"
)
_ASKS_FOR = re.compile(r"(?:申请|请求|提请)(?:法院|人民法院)?(?:对)?[^,]{0,6}$")
_PASSIVE = re.compile(r"(?:被|遭|遭到|受到)[^,。;]{0,16}$")
_OUR_SIDE = re.compile(
    r"^了?(?:的)?(?:借款人|该企业|该公司|我公司|本公司|公司|企业|实控人|实际控制人|法定代表人|保证人|担保人|其|该户)(?!的?下游|的?客户|的?债务人)"
)
_OTHERS = re.compile(
    r"^了?(?:其|某|一家|多家)?[^,。;]{0,6}?(?:下游|客户|债务人|欠款人|供应商|对方|买方|建筑公司|某公司|乙公司|甲公司|承租人|商户|公司"
    r"|its (?:customer|buyer|supplier|debtor|tenant)|a (?:customer|buyer|debtor)|the (?:customer|buyer|debtor))"
)


def excepted(place: Place) -> Cue | None:
    """除一笔劳动争议诉讼外，未发现其他涉诉信息: the exception happened."""
    sentence, hit = place.sentence, place.hit
    pattern = _EXCEPT if "除" in sentence.words else _EXCEPT_FOR if " " in sentence.words else None
    if pattern is None:
        return None
    for found in pattern.finditer(sentence.text, sentence.start, sentence.end):
        if found.start("what") <= hit.start and hit.end <= found.end("what"):
            return Cue("除…外" if pattern is _EXCEPT else found["but"], "stands", "exception")
    return None


@cache
def _ends_of(families: frozenset[str]) -> tuple[re.Pattern[str], dict[str, str]] | None:
    words = {
        word: entry.words[0] for entry in releases() if not families.isdisjoint(entry.events) for word in entry.words
    }
    if not words:
        return None
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))), words


def ended(place: Place, families: frozenset[str]) -> Cue | None:
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


#: 归还本金20万元，余80万元未还: what was paid ends nothing of what is left.
_REST = re.compile(r"(?:余|剩|尚|仍)[^。;]{0,12}(?:未|没|欠)")


def _meets(sentence: Sentence, hit: Hit, found: re.Match[str]) -> bool:
    if found.start() >= hit.end:
        between = sentence.text[hit.end : found.start()]
        after = sentence.text[found.end() : sentence.end]
        return not _AGAIN.search(sentence.text[max(sentence.start, hit.start - 6) : hit.start]) and not re.search(
            r"仍(?!能)|但.{0,6}(?:目前|至今)|其余|余款|尚有|[尚还]欠|尚余|剩余.{0,8}未", between + after
        )
    if _REST.search(sentence.text, found.end(), hit.end):
        return False
    same_clause = sentence.clause_of(found.start()) == sentence.clause_of(hit.start)
    return same_clause and hit.start - found.end() <= 14 and not BREAKS.search(sentence.text[found.end() : hit.start])


def _done(text: str, sentence_start: int, clause: tuple[int, int], found: re.Match[str]) -> bool:
    """Not planned, not denied, not a condition; and told as done."""
    start, end = clause
    before = text[max(start, found.start() - 14) : found.start()]
    if before.endswith(("部分", "少量")):
        return False
    told = _DONE_BEFORE.search(before + found.group()[:1]) or _DONE_AFTER.match(text[found.end() : end])
    if not told and not _PAST.search(text, sentence_start, found.start()):
        return False
    if PLANNED.search(before[-9:]) or _BY_THEN.search(before) or _HARDLY.match(text[found.end() : found.end() + 8]):
        return False
    if not is_cjk(before[-1:] or " ") and _NOT_YET.search(text[max(start, found.start() - 30) : found.start()]):
        return False
    return not _AHEAD.search(before) or bool(_SURELY.search(before) or _FULLY.match(text, found.end()))


#: How the next sentence goes on about the same matter.
_TAKES_UP = re.compile(
    r"[^,]{0,8}?(?:\d|该|上述|现|目前|后|经|随后|次日|截至|本息|欠款|逾期|已|款项|问题|核查|系|客户)"
)


def _ended_next(place: Place, pattern: re.Pattern[str], words: dict[str, str]) -> Cue | None:
    """逾期12天。4月2日已全部结清。"""
    if place.sentence.stop not in "。;" or "已" not in place.following or len(place.following) > 80:
        return None
    if not _TAKES_UP.match(place.following):
        return None
    found = pattern.search(place.following)
    if (
        found
        and "已" in place.following[: found.start() + 1]
        and _done(place.following, 0, (0, len(place.following)), found)
    ):
        return Cue(found.group(), "resolves", f"release.{words[found.group()]}")
    return None


def suffered(place: Place) -> bool:
    """自己被乙公司诉至法院: whoever suffers it is not on the favourable side."""
    start, _ = place.sentence.clause_of(place.hit.start)
    return re.search(r"(?:自己|自身|又|同时|也)[^,]{0,4}被", place.sentence.text[start : place.hit.end]) is not None


#: 供应商被起诉 tells of the supplier; 供应商起诉 and 员工被欠薪后起诉 of the borrower, whom they sue.
_SUED = re.compile(
    r"被(?!迫|拖|欠)[^,。;后]{0,6}(?:诉|告|立案|仲裁)|涉诉|涉案|败诉|\b(?:was|were|been|being|is|are|got) (?:being )?sued\b"
)


def sued(place: Place, mention: Mention) -> bool:
    """Whether it is the party before the words that is taken to court, not the one that goes there."""
    return _SUED.search(place.sentence.text, mention.end, place.hit.end) is not None


def _taken(place: Place, clause: int, takes: re.Match[str]) -> Cue | None:
    """我行将借款人诉至法院, 借款人将下游诉至法院: who takes whom to court."""
    if _TAKES_US.match(takes.group()):
        return None
    before = [one for one in place.named if clause <= one.start < takes.start()]
    if not before or before[-1].role not in (*_OURS, "bank"):
        return None
    return Cue(place.sentence.text[before[-1].start : place.hit.end], "elsewhere", "side.plaintiff")


def side(place: Place, mention: Mention | None, kind: EventKind) -> Cue | None:
    """起诉: who sues is not in trouble. 申请查封: who asks for it is not seized. 判令被告向借款人支付: who is paid has won."""
    sentence, hit = place.sentence, place.hit
    letters, lawful = sentence.letters, kind.id in _LAWFUL
    start, end = sentence.clause_of(hit.start)
    won = _PAID_TO_US.search(sentence.text, start, end) if lawful and "向" in letters else None
    if won:
        return Cue(won.group(), "elsewhere", "side.paid")
    takes = _TAKES.search(sentence.text, start, hit.end) if "把" in letters or "将" in letters else None
    if takes and takes.end() >= hit.start:
        return _taken(place, start, takes)
    left = sentence.text[start : hit.start]
    asks = lawful and "请" in letters and _ASKS_FOR.search(left) is not None
    if hit.trigger.side != "active" and not asks:
        return None
    right = sentence.text[hit.end : end]
    ours = mention is not None and mention.role == "bank" and kind.id == "litigation_defendant"
    if ours and not _OTHERS.match(right) and not _AGAINST_OTHERS.search(left):
        return None  # whom we sue is our borrower, unless another is named
    if _PASSIVE.search(left) or (not asks and _OUR_SIDE.match(right)):
        return None
    if mention is not None and mention.role in ("counterparty", "stranger", "person", "employee"):
        return None
    if mention is None and not asks and not _OTHERS.match(right):
        return None
    who = sentence.text[mention.start : mention.end] if mention else ""
    return Cue(who + sentence.text[hit.start : hit.end], "elsewhere", "side.plaintiff")
