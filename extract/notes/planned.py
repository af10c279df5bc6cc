"""What is numbered under 下一步 or Next steps is yet to be done: on the lines below the heading, and behind its colon."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extract.notes.clauses import Sentence
from extract.risks import EventKind

#: What a bank takes as a step; a leaking roof is a leaking roof in a plan too.
_STEPS = frozenset({"涉诉", "collateral_seizure", "account_frozen", "restructuring"})
_NAMES = (
    r"(?:(?:下一?步|下一?阶段|后续|拟采取的?|清收|处置|催收|风险化解|行动|整改|贷后管理|工作)"
    r"(?:工作|管理|风险|处置|清收|的|主要)*(?:计划|措施|安排|打算|方案|建议|意见|思路)|下一?步|下一?阶段"
    r"|next steps?|action plan|actions? (?:planned|proposed|to take)|(?:proposed|planned) (?:measures|actions?|steps))"
    r"(?:如下|包括)?"
)
#: How an item of a list begins.
_MARK = r" ?(?:[(（]?[\d一二三四五六七八九十]{1,2}(?:[)）、]|\.(?!\d))|[①-⑳]|[一二三四五六七八九]是|[-*•·●◆–] ?)"
_ITEM = re.compile(_MARK)
_HEADING = re.compile(_NAMES + r" ?[:：]? ?$", re.IGNORECASE)
_INTO = re.compile(_NAMES + r" ?[:：](?=" + _MARK + ")", re.IGNORECASE)
#: In an item, what is said to have been done or is only followed stands.
_STANDS = re.compile(
    r"已|被|正在|目前|仍|了|跟踪|跟进|了解|核实|督促|关注|进展|\b(?:has|have|had|was|were|been|already)\b"
)
_LONGEST = 30  #: of a heading


def heading_over(sentences: Sequence[Sentence], sentence: Sentence, at: int, kind: EventKind) -> str | None:
    """The heading of things to do under which an item tells of a step at ``at``; None where it tells of what has happened."""
    if _STEPS.isdisjoint((kind.id, kind.family)):
        return None
    index = bisect_right(sentences, at, key=lambda one: one.start) - 1
    if not _ITEM.match(sentences[index].words) or _STANDS.search(sentence.words):
        return None
    for one in reversed(sentences[:index]):
        words = one.words.strip()
        found = (_HEADING.search(words) if len(words) <= _LONGEST else None) or _INTO.search(words)
        if found:
            return found.group()
        if not _ITEM.match(words):
            return None
    return None
