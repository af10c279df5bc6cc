"""The head of a table: the lines that carry its column labels, one line or several, in one language or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.grammar import Table
from extract.layout import Strip, clusters, folded, part
from extract.tables.labels import Labels, in_chinese, key_of
from records.document import Box, Word

#: An amount: no head of a table prints one.
FIGURE = re.compile(r"\d\.\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """One column head: where it stands, what it says, and which column it names (None: one we do not read)."""

    box: Box
    texts: tuple[str, ...]
    column: str | None = None
    rank: int = 0
    confidence: float = 1.0  #: of the reading of its words


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table on one page: lines ``first`` to ``last`` (inclusive), its columns left to right."""

    first: int
    last: int
    heads: tuple[Head, ...]

    def named(self) -> set[str]:
        return {head.column for head in self.heads if head.column}


def find_headers(strips: Sequence[Strip], table: Table, labels: Labels) -> list[Header]:
    """Every head of this table among the lines of one page, top to bottom."""
    hits = [_hits(strip, labels) for strip in strips]
    found: list[Header] = []
    index = 0
    while index < len(strips):
        if hits[index] == 0:
            index += 1
            continue
        best = _best_block(strips, index, table, labels)
        if best is None:
            index += 1
            continue
        if found and found[-1].last + 1 == best.first and len(best.named()) <= len(found[-1].named()):
            found[-1] = replace(found[-1], last=best.last)  # the same head said again in another language
        else:
            found.append(best)
        index = best.last + 1
    return found


def _hits(strip: Strip, labels: Labels) -> int:
    """How many words of a line are labels by themselves (a cheap first look)."""
    keys = [key_of(word.text) for word in strip.words]
    return sum(key in labels.exact or in_chinese(key) in labels.exact for key in keys)


def _best_block(strips: Sequence[Strip], index: int, table: Table, labels: Labels) -> Header | None:
    best: tuple[float, Header] | None = None
    for first, last in (
        (index, index),
        (index, index + 1),
        (index - 1, index),
        (index - 1, index + 1),
        (index, index + 2),
        (index + 1, index + 1),  # the first hit may be a line above that only happens to hold a label
        (index + 1, index + 2),
    ):
        if first < 0 or last >= len(strips) or not _one_block(strips[first : last + 1]):
            continue
        header = _with_substitutes(_header(strips, first, last, labels), table)
        named = header.named()
        if not all(named & set(group) for group in table.needs) or len(named) < min(3, len(table.columns)):
            continue
        score = len(named) - 0.3 * (last - first) - 0.01 * sum(head.rank for head in header.heads if head.column)
        if best is None or score > best[0]:
            best = (score, header)
    return best[1] if best else None


def _with_substitutes(header: Header, table: Table) -> Header:
    """Let a column stand for a missing one where the table says it may."""
    named = header.named()
    swaps = {other: name for name, other in table.instead.items() if name not in named and other in named}
    if not swaps:
        return header
    heads = tuple(replace(head, column=swaps.get(head.column or "", head.column)) for head in header.heads)
    return Header(header.first, header.last, heads)


def _one_block(strips: Sequence[Strip]) -> bool:
    """Whether lines stand close together and none of them carries data (amounts, dates)."""
    for strip in strips:
        digits = sum(character.isdigit() for character in strip.text)
        if digits > max(4, 0.25 * len(strip.text)) or FIGURE.search(strip.text):
            return False
    return all(below.top - above.box.y1 < 1.2 * max(above.height, below.height) for above, below in pairwise(strips))


def _header(strips: Sequence[Strip], first: int, last: int, labels: Labels) -> Header:
    heads: list[Head] = []
    for strip in strips[first : last + 1]:
        groups = _cells(strip, labels)
        parents = strip.cells and 0 < len(heads) < len(groups)
        heads = _stacked(_widened(heads) if parents else heads, groups)
    named: dict[str, Head] = {}
    result: list[Head] = []
    for head in sorted(heads, key=lambda head: head.box.x0):
        match = labels.find(head.texts)
        current = replace(head, column=match[0], rank=match[1]) if match else head
        if match:
            earlier = named.get(match[0])
            second = labels.spare.get(match[0])
            if earlier is not None and earlier.rank <= match[1]:
                current = replace(current, column=second)
            elif earlier is not None:
                result[result.index(earlier)] = replace(earlier, column=second)
                named[match[0]] = current
            else:
                named[match[0]] = current
        result.append(current)
    return Header(first, last, tuple(result))


def _cells(strip: Strip, labels: Labels) -> list[list[Word]]:
    """The heads on one line: words that stand close together, cut where labels touch or each is one by itself."""
    groups: list[list[Word]] = []
    for group in clusters(strip.words, strip.ratio, 0.6):
        pieces = [piece for word in group for piece in _touching(word, labels)]
        whole = key_of("".join(word.text for word in group))
        if len(pieces) > 1 and not labels.knows(whole) and _stand_alone(pieces, labels):
            groups += [[piece] for piece in pieces]
        else:
            groups.append(pieces)
    return _closed_up(groups, labels)


#: A head in Chinese that needs no word beside it (交易地点): two of these in a row are two heads, however close.
_CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff/()]+")


def _stand_alone(pieces: Sequence[Word], labels: Labels) -> bool:
    """Whether each word of a group is a head: all are labels, or all are Chinese and one of them is."""
    known = [labels.knows(key_of(piece.text)) for piece in pieces]
    return all(known) or (any(known) and all(_CHINESE.fullmatch(key_of(piece.text)) for piece in pieces))


#: What a scan sets apart from the head before it: 实缴税额 (元).
_BRACKETED = re.compile(r"\((?:人民币)?(?:[万千百]?元|%|吨|度|立方米|千瓦时|kwh|m3|笔|天|月)\)", re.IGNORECASE)


def _closed_up(groups: list[list[Word]], labels: Labels) -> list[list[Word]]:
    """Heads of two characters set far apart (金　　额), or in two cells of a sheet (月 | 日), and a unit in brackets behind its
    head, put together."""
    closed: list[list[Word]] = []
    for group in groups:
        last = closed[-1] if closed else []
        if len(last) == len(group) == 1 and len(last[0].text) == len(group[0].text) == 1:
            near = group[0].box.x0 - last[0].box.x1 < 8 * max(last[0].box.width, group[0].box.width)
            if (near or group[0].cell is not None) and key_of(last[0].text + group[0].text) in labels.exact:
                closed[-1] = [*last, *group]
                continue
        if last and len(group) == 1 and group[0].cell is None and _BRACKETED.fullmatch(folded(group[0].text)):
            closed[-1] = [*last, *group]
            continue
        closed.append(group)
    return closed


def _touching(word: Word, labels: Labels) -> list[Word]:
    """A word cut into the labels it consists of (交易金额(收入)交易金额(支出)), or left whole."""
    cuts = labels.cuts(word.text)
    if len(cuts) == 2:
        return [word]
    return [part(word, a, b) for a, b in pairwise(cuts)]


def _head(words: Sequence[Word]) -> Head:
    box = words[0].box
    for word in words[1:]:
        box = box.joined(word.box)
    said = " ".join(folded(word.text) for word in words)
    return Head(box, (said,), confidence=min(word.confidence for word in words))


def _stacked(above: list[Head], below: list[list[Word]]) -> list[Head]:
    """Put the groups of the next line under the heads above: one that lies under several is shared out among them by its
    words, a head above several is the parent of each."""
    if not above:
        return [_head(group) for group in below]
    lower: list[Head] = []
    for group in below:
        over = [head for head in above if _overlap(head.box, _head(group).box)]
        lower += [_head(words) for words in _shared_out(group, over)] if len(over) > 1 else [_head(group)]
    result: list[Head] = []
    used: set[int] = set()
    for head in above:
        under = [i for i, item in enumerate(lower) if i not in used and _overlap(head.box, item.box)]
        used.update(under)
        for i in under:
            if len(under) > 1:
                result.append(Head(lower[i].box, _below(head.texts, lower[i].texts)))
            else:
                result.append(Head(head.box.joined(lower[i].box), head.texts + lower[i].texts))
        if not under:
            result.append(head)
    return result + [item for i, item in enumerate(lower) if i not in used]


def _widened(heads: Sequence[Head]) -> list[Head]:
    """Heads of merged cells: each as wide as the room up to the next."""
    ends = [*(head.box.x0 for head in heads[1:]), 1.0]
    return [
        replace(head, box=replace(head.box, x1=max(head.box.x1, end))) for head, end in zip(heads, ends, strict=True)
    ]


def _below(parent: tuple[str, ...], child: tuple[str, ...]) -> tuple[str, ...]:
    """What a head says that shares its parent with others: both together (对方信息 over 户名), else what is its own."""
    above, own = "".join(parent), "".join(child)
    return (above + own, re.sub(r"(?:信息|情况)$", "", above) + own, own)


def _shared_out(words: Sequence[Word], heads: Sequence[Head]) -> list[list[Word]]:
    """Words by the head whose middle is nearest to theirs, keeping their order."""
    middles = [head.box.middle[0] for head in heads]
    parts: list[list[Word]] = [[] for _ in heads]
    for word in words:
        nearest = min(range(len(heads)), key=lambda i: abs(middles[i] - word.box.middle[0]))
        parts[nearest].append(word)
    return [part for part in parts if part]


def _overlap(one: Box, other: Box) -> bool:
    return one.shared_width(other) > 0.3 * min(one.width, other.width)
