"""One box of anything and a few filters, understood: what to ask the index, and what to tell the person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from records.errors import Refused
from records.facts import Polarity, Severity
from search import amounts, identifiers
from search.cards import Kind
from search.clauses import Among, AnyOf, Chip, Clause, DateIn, Hint, IdEnds, Phrase, Query, Sort, Words
from search.masking import mask
from search.pieces import BAD_AMOUNT, QUOTES, Piece, span, understand

Given = str | Sequence[str] | None
MOST = 100  #: hits on one page
_LONGEST = 300  #: characters of a question; what follows is not read

POLARITIES = {
    "asserted": ("已发生", "Asserted"),
    "negated": ("已否认", "Negated"),
    "resolved": ("已解除", "Resolved"),
    "hypothetical": ("假设", "Hypothetical"),
    "other_party": ("他人", "Somebody else"),
}
SEVERITIES = {"light": ("轻度", "Light"), "moderate": ("中度", "Moderate"), "severe": ("重度", "Severe")}
KINDS = {
    "page": ("单据", "Papers"),
    "event": ("事件", "Events"),
    "indicator": ("指标", "Indicators"),
    "entry": ("记录", "Entries"),
}
#: Filters over exact values: what they are called, and the words for their values where these are few.
_FILTERS: dict[str, tuple[str, str, Mapping[str, tuple[str, str]]]] = {
    "kind": ("种类", "Kind", KINDS),
    "customer": ("客户", "Customer", {}),
    "loan": ("借据", "Loan", {}),
    "type": ("类型", "Type", {}),
    "event": ("事件", "Event", {}),
    "severity": ("严重程度", "Severity", SEVERITIES),
}
_PIECES = re.compile(
    "|".join(f"{re.escape(a)}[^{re.escape(b)}]+{re.escape(b)}" for a, b in QUOTES.items())
    + r"|[^\s、，；]+(?:[、，；](?=\d))*\S*"
)
_LOOSE = re.compile(r"(?<=[\d%元万亿])\s*(±|\+-|\.\.|~)\s*(?=[\d])")
assert {*POLARITIES} == {*Polarity}
assert {*SEVERITIES} == {*Severity}
assert {*KINDS} == {*Kind}


def parse(q: str = "", filters: Mapping[str, Given] | None = None) -> Query:
    """The question of a person. A filter that makes no sense is refused; the box never is."""
    given = {name: _values(value) for name, value in (filters or {}).items()}
    text = _LOOSE.sub(r"\1", " ".join(q.split()))[:_LONGEST]
    pieces = [(match.start(), match.end(), understand(match.group())) for match in _PIECES.finditer(text)]
    pieces = [(start, end, piece) for start, end, piece in pieces if not _empty(piece)]
    chips = [_with_rest(piece.chip, text, start, end) for start, end, piece in pieces]
    hints = [piece.hint for _, _, piece in pieces if piece.hint]
    clauses = [piece.clause for _, _, piece in pieces]
    more, more_chips, more_hints = _filtered(given)
    words = [clause for name, clause in more if name == ""]
    return Query(
        clauses=(*clauses, *words),
        filters=tuple((name, clause) for name, clause in more if name),
        sort=_sort(given),
        cursor=_one(given, "cursor"),
        limit=_limit(given),
        text=q,
        understood=(*chips, *more_chips),
        hints=tuple(dict.fromkeys((*hints, *more_hints))),
    )


def _values(value: Given) -> list[str]:
    """Repeated parameters and commas mean the same."""
    several = [value] if isinstance(value, str) else list(value or ())
    return [one.strip() for one in several if one and one.strip()]


def _one(given: Mapping[str, list[str]], name: str) -> str | None:
    return given[name][0] if given.get(name) else None


def _empty(piece: Piece) -> bool:
    """Only punctuation: nothing that could be found."""
    return isinstance(piece.clause, Words | Phrase) and not re.search(r"\w", piece.clause.text)


def _with_rest(chip: Chip, text: str, start: int, end: int) -> Chip:
    rest = " ".join((text[:start] + " " + text[end:]).split())
    return Chip(chip.kind, chip.value, chip.zh, chip.en, "q", rest)


def _filtered(given: Mapping[str, list[str]]) -> tuple[list[tuple[str, Clause]], list[Chip], list[Hint]]:
    """All filters; one under the name "" is no filter but words (an amount that was not understood)."""
    clauses: list[tuple[str, Clause]] = []
    chips: list[Chip] = []
    hints: list[Hint] = []
    for name in _FILTERS:
        values = [part for value in given.get(name, []) for part in re.split(r"[,，]", value) if part]
        if values:
            clauses.append((name, Among(name, tuple(_known(name, value) for value in values))))
            chips += [_chip(name, _known(name, value), values) for value in values]
    for clause, chip in _days(given), _polarity(given), _number(given):
        if clause:
            clauses.append(clause)
        if chip:
            chips.append(chip)
    amount = _one(given, "amount")
    if amount:
        found = amounts.asked(amount)
        zh, en = amounts.describe(found) if found else (amount, amount)
        clauses.append(("amount", found) if found else ("", Words(amount)))
        chips.append(Chip("amount", amount, f"金额 {zh}" if found else f"词 {zh}", f"Amount {en}", "amount"))
        hints += [] if found else [BAD_AMOUNT]
    return clauses, chips, hints


def _known(name: str, value: str) -> str:
    """An exact value, or the Chinese word for it; where the values are few, others are refused."""
    words = _FILTERS[name][2]
    for key, (zh, _) in words.items():
        if value in {key, zh}:
            return key
    if words:
        raise Refused(f"{name}={value}: one of {', '.join(words)}")
    return value


def _chip(name: str, value: str, values: Sequence[str]) -> Chip:
    zh, en, words = _FILTERS[name]
    value_zh, value_en = words.get(value, (value, value))
    rest = ",".join(other for other in values if other != value)
    return Chip(name, value, f"{zh} {value_zh}", f"{en} {value_en}", name, rest)


_Part = tuple[tuple[str, Clause] | None, Chip | None]


def _days(given: Mapping[str, list[str]]) -> _Part:
    first, last = _one(given, "from"), _one(given, "to")
    if not first and not last:
        return None, None
    start = _day("from", first)[0] if first else date(1900, 1, 1)
    end = _day("to", last)[1] if last else date(2999, 12, 31)
    zh = f"日期 {start if first else '…'} 至 {end if last else '…'}"
    en = f"Date {start if first else '…'} to {end if last else '…'}"
    return ("month", DateIn(start, end)), Chip("date", f"{first or ''}..{last or ''}", zh, en, "from,to")


def _day(name: str, text: str) -> tuple[date, date]:
    found = span(text)
    if found is None:
        raise Refused(f"{name}={text}: a day or a month, such as 2024-06-30 or 2024-06")
    return found


def _polarity(given: Mapping[str, list[str]]) -> _Part:
    """Only what happened, unless somebody asks otherwise; cards that are no events have no polarity."""
    asked = [part for value in given.get("polarity", []) for part in re.split(r"[,，]", value) if part]
    by_word = {zh: key for key, (zh, _) in POLARITIES.items()}
    values = [by_word.get(value, value) for value in asked]
    if "all" in values:
        return None, Chip("polarity", "all", "极性 全部", "Polarity all", "polarity")
    for value in values:
        if value not in POLARITIES:
            raise Refused(f"polarity={value}: one of {', '.join(POLARITIES)} or all")
    if not values:
        chip = Chip(
            "polarity", "asserted", "极性 已发生（默认）", "Polarity asserted (default)", "polarity", default=True
        )
        return ("polarity", Among("polarity", ("asserted", "none"))), chip
    zh, en = "、".join(POLARITIES[v][0] for v in values), ", ".join(POLARITIES[v][1] for v in values)
    chip = Chip("polarity", ",".join(values), f"极性 {zh}", f"Polarity {en}", "polarity")
    return ("polarity", Among("polarity", tuple(values))), chip


def _number(given: Mapping[str, list[str]]) -> _Part:
    """An account tail, a credit code, a case number."""
    text = _one(given, "id")
    if not text:
        return None, None
    found = identifiers.tail(text) or identifiers.normal(text)
    if len(found) < identifiers.SHORTEST_TAIL:
        raise Refused(f"id={text}: at least the last {identifiers.SHORTEST_TAIL} characters of a number")
    clause: Clause = AnyOf((IdEnds(found), Phrase(text))) if identifiers.kind(text) == "case" else IdEnds(found)
    return ("id", clause), Chip("id", text, f"编号 {mask(text)}", f"Number {mask(text)}", "id")


def _sort(given: Mapping[str, list[str]]) -> Sort:
    text = _one(given, "sort") or Sort.RELEVANCE
    named = {"date": Sort.NEWEST, "-date": Sort.NEWEST, "+date": Sort.OLDEST}
    try:
        return named.get(text) or Sort(text)
    except ValueError as error:
        raise Refused(f"sort={text}: one of {', '.join(Sort)}") from error


def _limit(given: Mapping[str, list[str]]) -> int:
    text = _one(given, "limit") or "20"
    if not text.isdigit() or not 1 <= int(text) <= MOST:
        raise Refused(f"limit={text}: from 1 to {MOST}")
    return int(text)
