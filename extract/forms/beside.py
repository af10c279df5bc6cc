"""Where the value of a label stands on a page without ruled cells: behind it, on lines that go on with it, or below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from extract.forms.labels import Label
from extract.kinds import Text
from extract.layout import Sheet, Strip, clusters, cut_words
from records.document import Line, Word

#: White space (in ems) that ends a value that has begun: wider than any gap inside a name, narrower than between columns.
WIDE = 2.2
#: White space behind which a word that looks like a label (部门：) begins something else, declared or not.
APART = 0.35
ANOTHER = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")
_CLOSE = 1.0  # ems between a label and a value printed right behind it
_NARROW = 10.0  # ems: the least width of a column of text
_FULL = 2.5  # ems: a line that ends this near what stands to its right was broken by it
_STOPS = "。;；.!！?？"
_MOST_LINES = 4
Starts = Mapping[tuple[int, int], Sequence[int]]


def to_the_right(label: Label, starts: Starts) -> list[list[Word]]:
    """The words behind the label, up to the next label: first up to a wide gap, then all of them."""
    strip = label.strip
    others = [s for s in starts[(strip.page, strip.number)] if s >= label.end]
    stop = min([*others, _bracket_closes(label)])
    words = cut_words(strip, label.end, stop)
    if not words:
        return []
    if strip.cells:
        first = [word for word in words if word.cell == words[0].cell]
        return [first]
    close = [words[0]]
    for word in words[1:]:
        gap = (word.box.x0 - close[-1].box.x1) / strip.em()
        if gap > WIDE or (gap > APART and ANOTHER.match(word.text)):
            break
        close.append(word)
    if len(close) == len(words):
        return [words]
    rest = words[len(close)]
    return (
        [close] if ANOTHER.match(rest.text) and rest.box.x0 - close[-1].box.x1 <= WIDE * strip.em() else [close, words]
    )


def _open_brackets(text: str) -> int:
    """How many brackets are open at the end of a text."""
    depth = 0
    for letter in text:
        depth = max(0, depth + {"(": 1, ")": -1}.get(letter, 0))
    return depth


def _bracket_closes(label: Label) -> int:
    """Where the bracket closes in which a label stands (合同（编号：…（借）字…）项下): its value ends there."""
    text = label.strip.text
    depth = _open_brackets(text[: label.start])
    if not depth or text[label.start : label.end].count(")") >= depth:
        return len(text)
    depth = 0
    for place in range(label.end, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0:
            return place
    return len(text)


def with_wrapped_lines(words: list[Word], label: Label, sheet: Sheet, starts: Starts) -> list[Word]:
    """The value with the lines that go on with it, flush with its first word and close to it.

    A line above counts only where one below does too (a label in the middle of its value); a line that begins where labels
    begin is the next row of the form, not a continuation.
    """
    strip, first = label.strip, words[0]
    if strip.cells or first.box.x0 < label_right(label):
        return words
    heads = [strip.words[strip.word_at(start)].box.x0 for start in starts[(strip.page, strip.number)]]
    values = [word.box.x0 for word in strip.words]
    em = strip.em()

    def flush(other: Strip) -> list[Word]:
        groups = clusters(other.words, other.ratio, 1.0)
        begins = [group[0].box.x0 for group in groups]
        if (other.page, other.number) in starts or ":" in other.text:
            return []
        if any(_near(x, heads, em) or not _near(x, values, em) for x in begins):
            return []
        return next((group for group, x in zip(groups, begins, strict=True) if _near(x, [first.box.x0], em)), [])

    lines = sheet.by_page[strip.page]
    result = list(words)
    for lower in lines[strip.number + 1 : strip.number + 4]:
        more = flush(lower)
        if not more or lower.top - result[-1].box.y1 > 0.95 * strip.height:
            break
        result += more
    if len(result) > len(words) and strip.number:
        above = lines[strip.number - 1]
        more = flush(above)
        if more and first.box.y0 - more[-1].box.y1 < 0.5 * strip.height:
            result = more + result
    return result


def _near(x: float, others: Sequence[float], em: float) -> bool:
    return any(abs(x - other) <= 0.6 * em for other in others)


def label_right(label: Label) -> float:
    """Where the label ends on the page."""
    words = cut_words(label.strip, label.start, max(label.start + 1, label.end))
    return words[-1].box.x1 if words else 0.0


def below(label: Label, sheet: Sheet, starts: Starts) -> Iterator[list[Word]]:
    """Words on the next lines that stand under the label, when they carry no label themselves."""
    strip = label.strip
    words = cut_words(strip, label.start, max(label.start + 1, label.end))
    if not words:
        return
    left, right = words[0].box.x0, words[-1].box.x1
    lines = sheet.by_page[strip.page]
    for lower in lines[strip.number + 1 : strip.number + 3]:
        if lower.top - strip.box.y1 > 2.5 * strip.height:
            return
        if (lower.page, lower.number) in starts:
            return
        under = [
            w for w in lower.words if min(right, w.box.x1) - max(left, w.box.x0) > 0.3 * min(right - left, w.box.width)
        ]
        groups = clusters(lower.words, lower.ratio, 0.6)
        under = [w for group in groups if any(w is one for w in group for one in under) for w in group]
        under = under or _nth_below(strip, words[0], lower)
        if under:
            yield _whole_words(label, lower, under, starts) if isinstance(label.kind, Text) else under
            return


def _nth_below(strip: Strip, word: Word, lower: Strip) -> list[Word]:
    """A line of heads over a line of as many values: the value has the place of its head, however the two are aligned."""
    heads, values = (clusters(line.words, line.ratio, 1.0) for line in (strip, lower))
    if len(heads) != len(values) or len(heads) < 3:
        return []
    return next((v for h, v in zip(heads, values, strict=True) if h[0].box.x0 <= word.box.x0 <= h[-1].box.x1), [])


def _whole_words(label: Label, lower: Strip, under: Sequence[Word], starts: Starts) -> list[Word]:
    """Words under a label with those that go on after them, up to where the next label of its line begins."""
    strip = label.strip
    later = [
        strip.words[strip.word_at(start)].box.x0 for start in starts[(strip.page, strip.number)] if start > label.start
    ]
    stop = min(later, default=1.0)
    groups = [group for group in clusters(lower.words, lower.ratio, 1.0) if any(word in under for word in group)]
    return [word for group in groups for word in group if word.box.x0 < stop and word.box.x0 >= under[0].box.x0]


def flowing_on(
    words: list[Word],
    label: Label,
    sheet: Sheet,
    starts: Starts,
    taken: Collection[tuple[int, int]],
) -> list[Word]:
    """A value right behind its label with the lines it goes on in below the label, where its own line was full.

    In a column of a page without ruled cells the text wraps back to where the label begins. Lines of a table (``taken``) and
    columns too narrow to hold a value that wraps are no such text.
    """
    strip = label.strip
    name = cut_words(strip, label.start, label.end)
    if not name or not words or (words[0].box.x0 - name[-1].box.x1) / strip.em() > _CLOSE:
        return words
    left, right = name[0].box.x0, _right_of(words[-1], strip, sheet)
    if right - left < _NARROW * strip.em():
        return words
    result, last = list(words), words[-1]
    for lower in sheet.by_page[strip.page][strip.number + 1 : strip.number + 1 + _MOST_LINES]:
        if (lower.page, lower.number) in taken:
            break
        close = lower.top - last.box.y1 < 0.95 * strip.height and last.text[-1:] not in _STOPS
        more = _begins_at(left, right, lower, starts) if close else []
        if not more or right - last.box.x1 > (_FULL + _whole(more[0])) * strip.em():
            break
        result += more
        last = more[-1]
    return result


def _whole(word: Word) -> float:
    """How much of a word (in ems, roughly) goes to the next line as one: a number, a Latin word."""
    found = re.match(r"[!-~]{2,}", word.text)
    return 0.55 * len(found.group()) if found else 0.0


def _right_of(word: Word, strip: Strip, sheet: Sheet) -> float:
    """Where what stands to the right begins, on this line or in the column beside it; else where the text of the page ends."""
    lines = sheet.by_page[strip.page]
    beside = [other.box.x0 for other in strip.words]
    for near in lines[max(0, strip.number - 1) : strip.number + 2]:
        beside += [group[0].box.x0 for group in clusters(near.words, near.ratio, _CLOSE)]
    return min((x for x in beside if x >= word.box.x1), default=max(line.words[-1].box.x1 for line in lines))


def _begins_at(left: float, right: float, lower: Strip, starts: Starts) -> list[Word]:
    """The words of a line that begin at this place and announce nothing of their own."""
    em = lower.em()
    group = next((g for g in clusters(lower.words, lower.ratio, _CLOSE) if abs(g[0].box.x0 - left) <= 0.6 * em), [])
    if not group or group[-1].box.x1 > right + 0.3 * em or ":" in Line(tuple(group)).text.replace("：", ":"):
        return []
    heads = (lower.words[lower.word_at(start)] for start in starts.get((lower.page, lower.number), ()))
    return [] if any(head is word for head in heads for word in group) else group
