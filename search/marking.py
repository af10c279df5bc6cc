"""Why a card was found, in its own words: which stretches to mark, and the passages around them, with numbers masked.

The marks come from the same tokens the index was fed with, whatever engine found the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from search import amounts, identifiers
from search.analyzer import Token, terms, tokens
from search.clauses import AmountIn, AnyOf, Clause, IdEnds, Noisy, Phrase, Words
from search.masking import Masked, masked

Span = tuple[int, int]
Piece = tuple[str, bool]  #: words, and whether they are marked
Passage = tuple[Piece, ...]

BEFORE, AFTER = 24, 48  #: characters shown around a mark
PASSAGES = 3
_PLAIN = 90  #: characters shown where nothing is marked
_WHOLE = re.compile(r"(?<![\d.,*])\d{3,15}(?:\.\d{1,2})?(?![\d,*]|\.\d)")
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_HAN})\s*\n\s*(?={_HAN})")


def marks(text: str, clauses: Sequence[Clause]) -> list[Span]:
    """The stretches of a text that answer these clauses, in order, joined where they touch."""
    found = tokens(text)
    return _joined(_trimmed(text, span) for clause in clauses for span in _spans(clause, text, found))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    return start, start + len(text[start:end].rstrip())


def _spans(clause: Clause, text: str, found: Sequence[Token]) -> Iterable[Span]:
    match clause:
        case Words(asked):
            return _words(terms(asked), found)
        case Phrase(asked):
            return list(_runs(terms(asked), found))
        case Noisy(asked):
            wanted = set(terms(asked))
            return [(token.start, token.end) for token in found if token.term in wanted]
        case AmountIn(low, high):
            return _sums(text, low, high)
        case IdEnds(tail):
            return [(start, end) for start, end, number in identifiers.identifiers(text) if number.endswith(tail)]
        case AnyOf(clauses):
            return [span for one in clauses for span in _spans(one, text, found)]
        case _:
            return []


def _words(asked: list[str], found: Sequence[Token]) -> list[Span]:
    """The words in one piece where they stand so; otherwise each pair of them."""
    if len(asked) == 1 and len(asked[0]) == 1 and not asked[0].isascii():
        return _character(asked[0], found)
    whole = list(_runs(asked, found))
    wanted = set(asked)
    return whole or [(token.start, token.end) for token in found if token.term in wanted]


def _character(sign: str, found: Sequence[Token]) -> list[Span]:
    spans = []
    for token in found:
        if sign in token.term and len(token.term) <= 2:
            at = token.start if token.term[0] == sign else token.end - 1
            spans.append((at, at + 1))
    return spans


def _runs(asked: list[str], found: Sequence[Token]) -> Iterator[Span]:
    if not asked:
        return
    for at, token in enumerate(found):
        if token.term == asked[0] and [one.term for one in found[at : at + len(asked)]] == asked:
            yield token.start, found[at + len(asked) - 1].end


def _sums(text: str, low: int, high: int) -> list[Span]:
    """The sums between these; where one exact sum was asked for, also its bare figures (1200000)."""
    spans = [(start, end) for start, end, value in amounts.sums(text) if low <= value <= high]
    if low == high:
        for match in _WHOLE.finditer(text):
            asked = amounts.asked(match.group())
            if asked and asked.low == low:
                spans.append(match.span())
    return spans


def _joined(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        elif start < end:
            out.append((start, end))
    return out


def passages(text: str, spans: Sequence[Span], most: int = PASSAGES) -> tuple[Passage, ...]:
    """The passages that say most, in the order of the page; the beginning of the text where nothing is marked."""
    if not text.strip():
        return ()
    hidden = masked(text)
    windows = _best(text, spans, most) or [(0, min(len(text), _PLAIN))]
    return tuple(_passage(text, _widened(window, hidden), spans, hidden) for window in windows)


def _best(text: str, spans: Sequence[Span], most: int) -> list[Span]:
    """Windows around the marks; those with most different words first, then in order."""
    windows = _joined((max(0, start - BEFORE), min(len(text), end + AFTER)) for start, end in spans)
    windows = [piece for window in windows for piece in _cut(window, spans)]

    def different(window: Span) -> int:
        return len({text[start:end] for start, end in spans if window[0] <= start < window[1]})

    return sorted(sorted(windows, key=different, reverse=True)[:most])


def _cut(window: Span, spans: Sequence[Span]) -> Iterator[Span]:
    """A window full of marks may be long: it is cut before a mark, never inside one."""
    longest = 4 * (BEFORE + AFTER)
    begin, end = window
    while end - begin > longest:
        starts = [start for start, _ in spans if begin + longest // 2 < start <= begin + longest]
        cut = starts[-1] if starts else begin + longest
        yield begin, cut
        begin = cut
    yield begin, end


def _widened(window: Span, hidden: Sequence[Masked]) -> Span:
    """Numbers that are masked are never cut: half of one would not be known again."""
    start, end = window
    for one in hidden:
        if one.start < end and start < one.end:
            start, end = min(start, one.start), max(end, one.end)
    return start, end


def _passage(text: str, window: Span, spans: Sequence[Span], hidden: Sequence[Masked]) -> Passage:
    begin, end = window
    pieces = [("…", False)] if text[:begin].strip() else []
    pieces += [piece for piece in _pieces(text, begin, end, spans, hidden) if piece[0]]
    if text[end:].strip():
        pieces.append(("…", False))
    return tuple(_together(pieces))


def _pieces(text: str, begin: int, end: int, spans: Sequence[Span], hidden: Sequence[Masked]) -> Iterator[Piece]:
    at = begin
    for start, stop, shown in hidden:
        if begin <= start < end:
            yield from _marked(text, at, start, spans)
            yield shown, any(first < stop and start < last for first, last in spans)
            at = stop
    yield from _marked(text, at, end, spans)


def _marked(text: str, begin: int, end: int, spans: Sequence[Span]) -> Iterator[Piece]:
    at = begin
    for start, stop in spans:
        first, last = max(start, at), min(stop, end)
        if first < last:
            yield _plain(text, at, first), False
            yield _plain(text, first, last), True
            at = last
    yield _plain(text, at, end), False


def _plain(text: str, start: int, end: int) -> str:
    """Printed lines as one: a break between Chinese characters is none, any other is a space."""
    whole = _BROKEN.sub(lambda match: "\0" * len(match.group()), text[max(0, start - 8) : end + 8])
    piece = whole[start - max(0, start - 8) :][: end - start]
    return re.sub(r"\s+", " ", piece.replace("\0", ""))


def _together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece."""
    last: Piece | None = None
    for words, on in pieces:
        if last is not None and last[1] == on:
            last = (last[0] + words, on)
            continue
        if last is not None:
            yield last
        last = (words, on)
    if last is not None:
        yield last
