"""Where a paper belongs: decided from values it shares with the loan book, never from a name that merely looks alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from records.loans import Borrower, Link, LinkReason, Loan


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
class Hint:
    """What the uploader said: a hint, to be verified."""

    customer_no: str | None = None
    loan_note_no: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where the paper might belong, and what speaks for and against it."""

    kind: Literal["customer", "loan"]
    to: str
    name: str
    shared: tuple[LinkReason, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """It belongs there, for these reasons."""

    link: Link


@dataclass(frozen=True, slots=True)
class Queued:
    """A person must say where it belongs: several fit, or none."""

    kind: Literal["ambiguous", "unknown"]
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Its values point to different borrowers, or not to the one it was uploaded for: never linked by machine."""

    kind: Literal["conflict", "mismatch"]
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


Decision = Linked | Queued | Conflict
