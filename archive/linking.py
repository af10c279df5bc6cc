"""Where a paper belongs: decided from values it shares with the loan book, never from a name that merely looks alike.

The order of evidence: loan note and contract numbers, USCC and ID numbers, accounts, 户号, and last the exact name. Values
that point to different borrowers are never weighed against each other: the paper waits for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from archive.evidence import ANY_HOLDER, WEIGHTS, Book, Candidate, Found, contradictions, pointed_to, told_apart
from archive.marks import Marks, marks_of, other_side
from records.facts import Paper, Period
from records.loans import Borrower, Link, LinkKind, LinkReason, Loan

#: Papers about one loan note. All others (statements, returns, bills, reports ...) are about the customer.
LOAN_LEVEL = frozenset(
    {
        "loan_note",
        "entrusted_payment",
        "repayment_record",
        "restructure_agreement",
        "first_inspection",
        "post_loan_inspection",
        "visit_note",
        "contact_record",
        "collection_record",
        "warning_disposal_report",
        "classification_sheet",
        "consumption_proof",
        "purchase_contract",
    }
)
BEFORE, AFTER = 366, 30  #: days before granting and after settling that a paper may speak of


@dataclass(frozen=True, slots=True)
class Hint:
    """What the uploader said: a hint, to be verified."""

    customer_no: str | None = None
    loan_note_no: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """It belongs there, for these reasons."""

    link: Link


@dataclass(frozen=True, slots=True)
class Queued:
    """A person must say where it belongs: several fit, or none."""

    kind: Literal["ambiguous", "unknown"]
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Its values point to different borrowers, or not to the one it was uploaded for: never linked by machine."""

    kind: Literal["conflict", "mismatch"]
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


Decision = Linked | Queued | Conflict


def decide(paper: Paper, book: Book, hint: Hint | None = None) -> Decision:
    """Say where a paper belongs and why, or why a person must say so."""
    marks, hint = marks_of(paper), hint or Hint()
    found = pointed_to(marks, book)
    hinted = _hinted(hint, book)
    marks, found = _either_side(paper, marks, found, hinted, book)
    if len(found) > 1:
        found = told_apart(found)
    if len(found) > 1:
        return _several(found, hinted)
    if hinted is not None:
        return _with_hint(paper, marks, found[0] if found else None, hinted, hint, book)
    if not found:
        return Queued("unknown", (_nobody(marks),))
    return _one(paper, marks, found[0], hint, book)


def _either_side(
    paper: Paper, marks: Marks, found: list[Found], hinted: Borrower | None, book: Book
) -> tuple[Marks, list[Found]]:
    """A paper between two parties belongs to the one in the book; where both are, to the one that the uploader said."""
    other = other_side(paper)
    if other is None:
        return marks, found
    beyond = pointed_to(other, book)
    said = hinted is not None and any(entry.borrower.customer_no == hinted.customer_no for entry in beyond)
    return (other, beyond) if beyond and (said or not found) else (marks, found)


def _several(found: list[Found], hinted: Borrower | None) -> Decision:
    candidates = tuple(entry.candidate() for entry in found)
    names = "、".join(f"{entry.borrower.name}（{entry.borrower.customer_no}）" for entry in found)
    if any(entry.strong for entry in found):
        says = [f"{'、'.join(str(r) for r in entry.shared)} 指向 {entry.borrower.name}" for entry in found]
        return Conflict("conflict", ("单据上的信息指向不同客户：" + "；".join(says),), candidates)
    if hinted is not None and all(entry.borrower.customer_no != hinted.customer_no for entry in found):
        reason = f"上传时指定的是 {hinted.name}，单据上的名称属于 {names}"
        return Conflict("mismatch", (reason,), (*candidates, _hint_candidate(hinted)))
    return Queued("ambiguous", (f"几位客户同名，单据上没有证件号或账号可以区分：{names}",), candidates)


def _hinted(hint: Hint, book: Book) -> Borrower | None:
    if hint.loan_note_no and (loan := book.loan(hint.loan_note_no)) is not None:
        return book.customer(loan.customer_no)
    return book.customer(hint.customer_no) if hint.customer_no else None


def _hint_candidate(hinted: Borrower) -> Candidate:
    reason = LinkReason("upload", hinted.customer_no, WEIGHTS["upload"])
    return Candidate("customer", hinted.customer_no, hinted.name, (reason,), ("单据上没有信息支持",))


def _with_hint(paper: Paper, marks: Marks, found: Found | None, hinted: Borrower, hint: Hint, book: Book) -> Decision:
    """Verify what the uploader said against the paper: agreement, silence, or a paper in the wrong place (错挂)."""
    upload = LinkReason("upload", hint.loan_note_no or hinted.customer_no, WEIGHTS["upload"])
    if found is not None and found.borrower.customer_no == hinted.customer_no:
        found.shared.append(upload)
        return _one(paper, marks, found, hint, book)
    if found is not None:
        shared = "、".join(str(reason) for reason in found.shared)
        reason = f"疑似错挂：上传时指定 {hinted.name}，而单据上的 {shared} 属于 {found.borrower.name}"
        return Conflict("mismatch", (reason,), (found.candidate(), _hint_candidate(hinted)))
    against = contradictions(marks, hinted)
    if against or (marks.names and paper.type not in ANY_HOLDER):
        named = f"单据写的是 {'、'.join(marks.names)}" if marks.names else "；".join(against)
        reason = f"疑似错挂：上传时指定 {hinted.name}，{named}，无法核对为同一客户"
        return Conflict("mismatch", (reason,), (_hint_candidate(hinted),))
    # The paper names nobody: nothing contradicts the person who chose where it belongs, and nothing proves it.
    return _one(paper, marks, Found(hinted, [upload], [], {}), hint, book)


def _one(paper: Paper, marks: Marks, found: Found, hint: Hint, book: Book) -> Decision:
    """One customer it is. Is it sure, and is it the customer or one of the loans?"""
    if found.against:
        return Conflict("conflict", tuple(found.against), (found.candidate(),))
    if _account_of_another(paper, marks, found):
        reason = f"账号属于 {found.borrower.name}，户名却是 {'、'.join(marks.names)}"
        return Queued("ambiguous", (reason,), (found.candidate(),))
    about_a_loan = paper.type in LOAN_LEVEL or (paper.type == "unknown" and (found.loans or hint.loan_note_no))
    if not about_a_loan:
        return Linked(_link(LinkKind.CUSTOMER, found.borrower.customer_no, found.shared))
    return _which_loan(paper, found, hint, book)


def _account_of_another(paper: Paper, marks: Marks, found: Found) -> bool:
    """An account number has no check digit: alone it does not outweigh a holder's name that is not the customer's."""
    kinds = {reason.kind for reason in found.shared} - {"upload"}
    if not marks.names or paper.type in ANY_HOLDER:
        return False
    return kinds <= {"account_no", "user_no", "masked_account"} and bool(kinds)


def _which_loan(paper: Paper, found: Found, hint: Hint, book: Book) -> Decision:
    """A paper about a loan must come down to exactly one."""
    name, spoken = found.borrower.name, _speaks_of(paper)
    named = list(found.loans.values())
    fitting = [loan for loan in named if _in_life(loan, spoken)]
    if named and not fitting:
        reason = f"单据日期 {spoken} 不在 {named[0].loan_note_no} 的存续期内"
        return Queued("ambiguous", (reason,), _loan_candidates(named, found))
    if not named:
        fitting = [loan for loan in book.loans_of(found.borrower.customer_no) if _active(loan, spoken)]
    if hint.loan_note_no:
        chosen = [loan for loan in fitting if loan.loan_note_no == hint.loan_note_no]
        if fitting and not chosen:
            says = f"单据写的是 {fitting[0].loan_note_no}" if named else "该借据当时不在存续期内"
            reason = f"疑似错挂：上传时指定 {hint.loan_note_no}，{says}"
            return Conflict("mismatch", (reason,), _loan_candidates(fitting, found))
        fitting = chosen
    if len(fitting) == 1:
        return Linked(_link(LinkKind.LOAN, fitting[0].loan_note_no, found.shared))
    if not fitting:
        return Queued("ambiguous", (f"{name} 当时没有在贷借据，单据也没有写明借据号",), (found.candidate(),))
    reason = f"{name} 有 {len(fitting)} 笔借据可选，单据没有写明是哪一笔"
    return Queued("ambiguous", (reason,), _loan_candidates(fitting, found))


def _loan_candidates(loans: Sequence[Loan], found: Found) -> tuple[Candidate, ...]:
    shared = tuple(found.shared)
    return tuple(Candidate("loan", loan.loan_note_no, found.borrower.name, shared) for loan in loans)


def _speaks_of(paper: Paper) -> Period | None:
    """The time the paper speaks of: its period, or the day it was made."""
    return paper.period or marks_of(paper).day


def _in_life(loan: Loan, spoken: Period | None) -> bool:
    """Whether the paper's time touches the loan's: from a year before granting to a month after settling."""
    if spoken is None:
        return True
    late = loan.settled is not None and (spoken.start - loan.settled).days > AFTER
    return not late and (loan.granted - spoken.end).days <= BEFORE


def _active(loan: Loan, spoken: Period | None) -> bool:
    """Whether a paper that names no loan may mean this one: it ran at that time (now, if the paper has no date)."""
    if loan.settled is not None and (spoken is None or (spoken.start - loan.settled).days > AFTER):
        return False
    return spoken is None or (loan.granted - spoken.end).days <= 0


def _link(kind: LinkKind, to: str, shared: Sequence[LinkReason]) -> Link:
    doubt = 1.0
    for reason in shared:
        doubt *= 1.0 - reason.weight
    ordered = tuple(sorted(shared, key=lambda reason: -reason.weight))
    return Link(kind, to, "borrower", ordered, round(min(0.99, 1.0 - doubt), 2))


def _nobody(marks: Marks) -> str:
    said = [*marks.names, *marks.loan_notes, *marks.contracts, *marks.usccs, *marks.accounts, *marks.user_nos]
    if not said:
        return "单据上没有户名、借据号、税号、账号或户号"
    return "贷款台账中没有找到：" + "、".join(said[:4])
