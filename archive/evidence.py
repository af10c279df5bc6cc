"""To whom the values of a paper point in the loan book, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from archive.marks import Marks, shown
from records.loans import Borrower, LinkReason, Loan
from records.values import numbers, text

#: The holder of an electricity, water or gas account may be the landlord: another name there contradicts nothing.
ANY_HOLDER = frozenset({"electricity_bill", "water_bill", "gas_bill", "utility_arrears_notice"})

WEIGHTS = {
    "loan_note_no": 0.99,
    "contract_no": 0.98,
    "uscc": 0.98,
    "id_no": 0.98,
    "account_no": 0.96,
    "user_no": 0.9,
    "name": 0.8,
    "alias": 0.7,
    "masked_account": 0.5,
    "upload": 0.6,
}


class Book(Protocol):
    """What deciding needs to ask the loan book; keys are compared in their normalised form."""

    def loan(self, loan_note_no: str) -> Loan | None: ...
    def loans_by_note(self, key: str) -> list[Loan]: ...
    def loans_by_contract(self, key: str) -> list[Loan]: ...
    def loans_of(self, customer_no: str) -> list[Loan]: ...
    def customer(self, customer_no: str) -> Borrower | None: ...
    def by_uscc(self, uscc: str) -> list[Borrower]: ...
    def by_id_no(self, id_no: str) -> list[Borrower]: ...
    def by_account(self, digits: str) -> list[Borrower]: ...
    def by_user_no(self, digits: str) -> list[Borrower]: ...
    def by_name(self, key: str) -> list[Borrower]: ...
    def by_alias(self, key: str) -> list[Borrower]: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where the paper might belong, and what speaks for and against it."""

    kind: Literal["customer", "loan"]
    to: str
    name: str
    shared: tuple[LinkReason, ...]
    against: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """A customer to whom something on the paper points."""

    borrower: Borrower
    shared: list[LinkReason]
    against: list[str]
    loans: dict[str, Loan]  #: named on the paper, by note or contract number

    @property
    def strong(self) -> bool:
        return any(reason.kind not in ("name", "alias", "masked_account", "upload") for reason in self.shared)

    def candidate(self) -> Candidate:
        no = self.borrower.customer_no
        return Candidate("customer", no, self.borrower.name, tuple(self.shared), tuple(self.against))


def pointed_to(marks: Marks, book: Book) -> list[Found]:
    """Every customer to whom a value of the paper points, with all that points there."""
    found: dict[str, Found] = {}

    def add(borrower: Borrower, kind: str, value: str, loan: Loan | None = None) -> None:
        entry = found.setdefault(borrower.customer_no, Found(borrower, [], [], {}))
        reason = LinkReason(kind, shown(kind, value), WEIGHTS[kind])
        if reason not in entry.shared:
            entry.shared.append(reason)
        if loan is not None:
            entry.loans[loan.loan_note_no] = loan

    for kind, values, search in (
        ("loan_note_no", marks.loan_notes, book.loans_by_note),
        ("contract_no", marks.contracts, book.loans_by_contract),
    ):
        for value in values:
            for loan in search(text.reference(value)):
                if (owner := book.customer(loan.customer_no)) is not None:
                    add(owner, kind, value, loan)
    for kind, values, look in (
        ("uscc", marks.usccs, book.by_uscc),
        ("id_no", marks.id_nos, book.by_id_no),
        ("account_no", marks.accounts, book.by_account),
        ("user_no", marks.user_nos, book.by_user_no),
    ):
        for value in values:
            for borrower in look(value):
                add(borrower, kind, value)
    _by_name(marks, book, add)
    _by_masked_account(marks, book, list(found.values()))
    for entry in found.values():
        entry.against += contradictions(marks, entry.borrower)
    return list(found.values())


class _Add(Protocol):
    def __call__(self, borrower: Borrower, kind: str, value: str, loan: Loan | None = None) -> None: ...


def _by_name(marks: Marks, book: Book, add: _Add) -> None:
    for name in marks.names:
        key = text.company(name)
        exact = book.by_name(key)
        for borrower in exact:
            add(borrower, "name", name)
        for borrower in [] if exact else book.by_alias(key):
            add(borrower, "alias", name)


def _by_masked_account(marks: Marks, book: Book, found: Sequence[Found]) -> None:
    """A masked account tells apart customers that something else points to already; alone it proves nothing."""
    for entry in found:
        known = [*entry.borrower.accounts]
        known += [loan.account for loan in book.loans_of(entry.borrower.customer_no) if loan.account]
        for masked in marks.masked_accounts:
            if any(numbers.same_account(masked, account) for account in known):
                entry.shared.append(LinkReason("masked_account", masked, WEIGHTS["masked_account"]))


def contradictions(marks: Marks, borrower: Borrower) -> list[str]:
    """A number on the paper that this customer also has, but a different one: a namesake."""
    against = []
    if borrower.uscc and marks.usccs and borrower.uscc not in marks.usccs:
        against.append(f"单据上的统一社会信用代码 {marks.usccs[0]} 与 {borrower.name} 登记的不同")
    if borrower.id_no and marks.id_nos and borrower.id_no not in marks.id_nos:
        against.append(f"单据上的证件号码与 {borrower.name} 登记的不同")
    return against


def told_apart(found: list[Found]) -> list[Found]:
    """Namesakes: keep those to whom something besides the name points, if nothing but names points to the others."""
    if any(entry.strong for entry in found):
        namesakes = {
            reason.value
            for entry in found
            if entry.strong
            for reason in entry.shared
            if reason.kind in ("name", "alias")
        }
        # Only somebody with the very name of the one that is strongly pointed to may be set aside.
        return [
            entry
            for entry in found
            if entry.strong
            or not {reason.value for reason in entry.shared if reason.kind != "masked_account"} <= namesakes
        ]
    clear = [entry for entry in found if not entry.against]
    masked = [entry for entry in clear if any(reason.kind == "masked_account" for reason in entry.shared)]
    return masked if len(masked) == 1 else found
