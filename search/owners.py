"""Whose a card is: the customers and loans it counts under, and the names by which it is found with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive import tables
from archive.loans import customers_by, loans_by
from archive.on_file import LinkRecord
from records.loans import Borrower, Loan
from search.spellings import spellings


@dataclass(frozen=True, slots=True)
class Owner:
    """Nobody yet, or the customers and loans behind a paper."""

    customers: tuple[str, ...] = ()
    name: str | None = None  #: of the first customer
    loans: tuple[str, ...] = ()
    heading: str = ""
    suggest: tuple[str, ...] = ()

    @staticmethod
    def together(owners: Sequence[Owner]) -> Owner:
        """The owners of all papers on one page."""
        if len(owners) == 1:
            return owners[0]
        return Owner(
            _distinct(no for one in owners for no in one.customers),
            next((one.name for one in owners if one.name), None),
            _distinct(no for one in owners for no in one.loans),
            "\n".join(_distinct(one.heading for one in owners if one.heading)),
            _distinct(term for one in owners for term in one.suggest),
        )


def owners_of(conn: sa.Connection, links: Sequence[LinkRecord]) -> Owner:
    """Behind these links. What is linked to a customer as a whole belongs to the file of each of its loans."""
    ordered = sorted(links, key=lambda link: link.role != "borrower")
    return Owner.together([_of_link(conn, link) for link in ordered]) if ordered else Owner()


def _of_link(conn: sa.Connection, link: LinkRecord) -> Owner:
    loans = loans_by(conn, tables.loan.c.customer_no == link.customer_no)
    if link.kind == "loan":
        loans = [loan for loan in loans if loan.loan_note_no == link.to]
    [customer] = customers_by(conn, tables.customer.c.customer_no == link.customer_no)
    return owner(customer, loans)


def owner(customer: Borrower, loans: Sequence[Loan]) -> Owner:
    """A customer with these of its loans."""
    numbers = [loan.loan_note_no for loan in loans]
    contracts = [loan.contract_no for loan in loans if loan.contract_no]
    words = [customer.name, *customer.aliases, customer.customer_no, *numbers, *contracts]
    offered = [spellings("customer", customer.customer_no, customer.name, *customer.aliases)]
    offered += [spellings("loan", number, number) for number in numbers]
    return Owner(
        (customer.customer_no,),
        customer.name,
        tuple(numbers),
        "\n".join(words),
        tuple(term for terms in offered for term in terms),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
