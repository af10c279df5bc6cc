"""What one piece of the search box means: a date, a number, a sum of money, or plainly words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.facts import Period
from records.values.days import day, month, period
from search import amounts, identifiers
from search.amounts import describe
from search.clauses import Among, AmountIn, AnyOf, Chip, Clause, DateIn, Hint, IdEnds, Phrase, Words
from search.masking import mask

QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』"}
_NUMBER_NAMES = {
    "case": ("案号", "Case no."),
    "credit": ("统一社会信用代码", "Credit code"),
    "identity": ("证件号", "Identity no."),
    "account": ("账号", "Account"),
    "reference": ("编号", "Reference"),
}
BAD_AMOUNT = Hint(
    "amount_syntax",
    "金额没有看懂，已按文字搜索。可以写：1200000、1000..2000、1200000±0.5%、>50万",
    "This amount was not understood and was searched as words. Write 1200000, 1000..2000, 1200000±0.5% or >500000.",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece, understood."""

    clause: Clause
    chip: Chip
    hint: Hint | None = None


def understand(text: str) -> Piece:
    """The first reading that fits; words fit always."""
    for reading in (_quoted, _dated, _tail, _numbered, _money, _figures):
        piece = reading(text)
        if piece is not None:
            return piece
    return Piece(Words(text), Chip("words", text, f"词 {text}", f"Words {text}"))


def _quoted(text: str) -> Piece | None:
    if len(text) < 3 or QUOTES.get(text[0]) != text[-1]:
        return None
    inner = text[1:-1]
    return Piece(Phrase(inner), Chip("phrase", text, f"短语 “{mask(inner)}”", f"Phrase “{mask(inner)}”"))


def _dated(text: str) -> Piece | None:
    """A day, a month, a quarter, a year, or from one to another. A paper of that time, or one that names the day."""
    ends = text.split("..")
    if len(ends) == 2:
        first, last = span(ends[0]), span(ends[1])
        return _between(text, first[0], last[1]) if first and last and first[0] <= last[1] else None
    found = None if text.isdigit() and len(text) != 8 else span(text)
    if found is None:
        return None
    named: list[Clause] = [Phrase(spelling) for spelling in _spellings(text)]
    if text.isdigit():
        named += [Words(text), IdEnds(text)]
    return _between(text, *found, *named)


def _between(text: str, first: date, last: date, *named: Clause) -> Piece:
    zh = f"日期 {first}" if first == last else f"日期 {first} 至 {last}"
    en = f"Date {first}" if first == last else f"Date {first} to {last}"
    clause: Clause = DateIn(first, last)
    return Piece(AnyOf((clause, *named)) if named else clause, Chip("date", text, zh, en))


def span(text: str) -> tuple[date, date] | None:
    """First and last day of what is named: a day, a month, a quarter, a year."""
    one = day(text)
    if one:
        return one, one
    whole: Period | None = period(text)
    return (whole.start, whole.end) if whole else None


def _spellings(text: str) -> list[str]:
    """How papers write this day or month."""
    one, whole = day(text), month(text)
    if one:
        y, m, d = one.year, one.month, one.day
        return [
            f"{y}-{m:02}-{d:02}", f"{y}-{m}-{d}", f"{y}{m:02}{d:02}", f"{y}.{m:02}.{d:02}", f"{y}.{m}.{d}",
            f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日",
        ]  # fmt: skip
    if whole:
        return [str(whole), f"{whole.year}年{whole.month}月", f"{whole.year}年{whole.month:02}月"]
    return []


def _tail(text: str) -> Piece | None:
    found = identifiers.tail(text)
    if found is None:
        return None
    return Piece(IdEnds(found), Chip("id", text, f"尾号 {found}", f"Ends in {found}"))


def _numbered(text: str) -> Piece | None:
    kind = identifiers.kind(text)
    if kind is None:
        return None
    zh, en = _NUMBER_NAMES[kind]
    chip = Chip(kind if kind == "case" else "id", text, f"{zh} {mask(text)}", f"{en} {mask(text)}")
    clauses: list[Clause] = [IdEnds(identifiers.normal(text)), Phrase(text)]
    if kind == "reference":
        clauses.append(Among("loan", (text, text.upper())))
    if kind == "account":
        clauses += _sum(text)
    return Piece(AnyOf(tuple(clauses)), chip)


def _money(text: str) -> Piece | None:
    if not amounts.looks_like_amount(text):
        return None
    found = amounts.asked(text)
    if found is None:
        return Piece(Words(text), Chip("words", text, f"词 {text}", f"Words {text}"), BAD_AMOUNT)
    zh, en = describe(found)
    clause: Clause = AnyOf((found, Phrase(text))) if found.low == found.high else found
    return Piece(clause, Chip("amount", text, f"金额 {zh}", f"Amount {en}"))


def _figures(text: str) -> Piece | None:
    """A bare number: it may stand so on the paper, be a sum, or be the end of an account."""
    if not text.isdigit():
        return None
    clauses: list[Clause] = [Words(text), *_sum(text)]
    if len(text) >= identifiers.SHORTEST_TAIL:
        clauses.append(IdEnds(text))
    said = text if len(text) < identifiers.SHORTEST_TAIL else f"{text}（原文、金额或尾号）"
    meant = text if len(text) < identifiers.SHORTEST_TAIL else f"{text} (as printed, amount or account tail)"
    return Piece(AnyOf(tuple(clauses)), Chip("number", text, f"数字 {said}", f"Number {meant}"))


def _sum(text: str) -> list[Clause]:
    found: AmountIn | None = amounts.asked(text)
    return [found] if found else []
