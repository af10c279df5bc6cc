"""What a paper offers for finding out whose it is: loan and contract numbers, identities, accounts, 户号, names, its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from records.facts import Month, Paper, Period, State
from records.values import numbers

#: Fields by what they tell. Names follow the id registry; a type that uses these names needs no change here.
LOAN_NOTES = ("loan_note_no", "loan_note_nos", "loan_ids")
CONTRACTS = ("contract_no", "contract_nos")
IDENTITIES = ("taxpayer_id", "uscc", "owner_id", "id_no")
ACCOUNTS = ("account_no", "collection_account")
USER_NOS = ("user_no",)
NAMES = ("account_name", "taxpayer_name", "user_name", "customer", "borrower", "entity", "name", "owner")
#: Parties of a court paper, several in one field: the borrower may be any of them.
PARTIES = ("respondent", "defendant", "debtor", "applicant", "plaintiff", "third_party", "subject_name")
#: The other side of a paper between two parties, where the subject is one of them: an invoice lies in either's file.
OTHER_SIDE = {"vat_invoice": ("seller_id", "seller_name")}
DAYS = ("check_date", "date", "issue_date", "bill_month", "month", "report_date", "as_of", "doc_date", "time")


@dataclass(frozen=True, slots=True)
class Marks:
    """The identifying values of a paper, as compared."""

    loan_notes: tuple[str, ...]
    contracts: tuple[str, ...]
    usccs: tuple[str, ...]  #: check digit holds
    id_nos: tuple[str, ...]  #: check digit holds
    accounts: tuple[str, ...]  #: whole ones
    masked_accounts: tuple[str, ...]
    user_nos: tuple[str, ...]
    names: tuple[str, ...]
    day: Period | None  #: the day or month it was made, when its fields say so


def marks_of(paper: Paper) -> Marks:
    """Collect them from the fields and the subject. A value that contradicts itself on the paper is left out."""
    subject = paper.subject
    identities = [*_values(paper, IDENTITIES)]
    names = [*_values(paper, NAMES), *(name for value in _values(paper, PARTIES) for name in value.split("、"))]
    if subject is not None:
        identities += [value for value in (subject.uscc, subject.id_no) if value]
        names = [subject.name, *names] if subject.name else names
    accounts = [digits for value in _values(paper, ACCOUNTS) if (digits := numbers.digits(value))]
    return Marks(
        loan_notes=_distinct(_values(paper, LOAN_NOTES)),
        contracts=_distinct(_values(paper, CONTRACTS)),
        usccs=_valid(identities, numbers.uscc),
        id_nos=_valid(identities, numbers.id_card),
        accounts=_distinct(account for account in accounts if "*" not in account),
        masked_accounts=_distinct(account for account in accounts if "*" in account),
        user_nos=_valid(_values(paper, USER_NOS), numbers.digits),
        names=_distinct(name for name in names if "*" not in name),  # a masked name neither proves nor contradicts
        day=_day(paper),
    )


def other_side(paper: Paper) -> Marks | None:
    """What a paper offers for finding its other side: an invoice that the borrower issued names the buyer as its subject."""
    if paper.type not in OTHER_SIDE:
        return None
    number, name = OTHER_SIDE[paper.type]
    identities, names = _values(paper, (number,)), _values(paper, (name,))
    return replace(
        marks_of(paper),
        usccs=_valid(identities, numbers.uscc),
        id_nos=_valid(identities, numbers.id_card),
        names=_distinct(names),
    )


def _values(paper: Paper, names: Iterable[str]) -> list[str]:
    found = []
    for name in names:
        field = paper.fields.get(name)
        if field is None or field.state is State.CONFLICT:
            continue
        values = field.value if isinstance(field.value, tuple) else (field.value,)
        found += [str(value).strip() for value in values if str(value).strip()]
    return found


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _valid(values: Iterable[str], check: Callable[[str], str | None]) -> tuple[str, ...]:
    return _distinct(sound for value in values if (sound := check(value)) is not None)


def _day(paper: Paper) -> Period | None:
    for name in DAYS:
        field = paper.fields.get(name)
        if field is not None and (when := _period(field.value)) is not None:
            return when
    return None


def _period(value: object) -> Period | None:
    """A day, a month or a moment as a period; as typed inside a reading or as the contract writes it."""
    match value:
        case Period():
            return value
        case Month():
            return Period(date(value.year, value.month, 1), date(value.year, value.month, 28))
        case date():
            return Period(value, value)
        case str() if len(value) >= 7:
            return _written(value[:10])
        case _:
            return None


def _written(value: str) -> Period | None:
    try:
        start = date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    except ValueError:
        return None
    return Period(start, start)


def shown(kind: str, value: str) -> str:
    """A shared value as it may be shown beside a link: an ID number only in part."""
    return numbers.in_part(value) if kind == "id_no" else value
