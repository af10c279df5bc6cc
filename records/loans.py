"""Borrowers, loans, and the ties between papers and loans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Borrower:
    """A customer of the bank: a company (by USCC) or a person (by ID number)."""

    customer_no: str
    kind: Literal["company", "person"]
    name: str
    uscc: str | None = None
    id_no: str | None = None
    aliases: tuple[str, ...] = ()  #: former names, short names
    accounts: tuple[str, ...] = ()  #: settlement and repayment accounts known to the bank
    utility_nos: tuple[str, ...] = ()  #: 户号 of electricity, water, gas
    manager: str | None = None


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan note (借据): the unit of the post-loan archive."""

    loan_note_no: str
    customer_no: str
    product: Literal["corporate_business", "personal_business", "personal_consumption"]
    amount: Decimal
    balance: Decimal
    granted: date
    due: date
    contract_no: str | None = None
    account: str | None = None  #: repayment account
    purpose: str | None = None
    secured: bool = False  #: carries collateral: the additional checklist applies
    classification: str = "正常"
    settled: date | None = None
    payees: tuple[str, ...] = ()  #: to whom the money was agreed to go (受托支付对象、约定交易对手)
    collection_account: str | None = (
        None  #: the account with the bank on which sales are to be collected (资金回笼账户)
    )


class LinkKind(StrEnum):
    """What a paper is tied to."""

    CUSTOMER = "customer"
    LOAN = "loan"


@dataclass(frozen=True, slots=True)
class LinkReason:
    """A value that a paper and the loan book share: the evidence of a link."""

    kind: str  #: contract_no, loan_note_no, uscc, id_no, account_no, user_no, amount_date, name, alias, upload, person
    value: str
    weight: float  #: 0 to 1

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


@dataclass(frozen=True, slots=True)
class Link:
    """A paper tied to a customer or a loan, and why. It never rests on a fuzzy name alone."""

    kind: LinkKind
    to: str  #: customer_no or loan_note_no
    role: str  #: borrower, guarantor, spouse ...
    reasons: tuple[LinkReason, ...]
    confidence: float
    by: str = "machine"
