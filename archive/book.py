"""The loan book as linking asks for it, from the database."""

from __future__ import annotations

import sqlalchemy as sa

from archive import tables
from archive.loans import customers_by, loans_by
from records.loans import Borrower, Loan


class LoanBook:
    """Answers of the loan book inside one transaction."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn

    def loan(self, loan_note_no: str) -> Loan | None:
        found = loans_by(self.conn, tables.loan.c.loan_note_no == loan_note_no)
        return found[0] if found else None

    def loans_by_note(self, key: str) -> list[Loan]:
        return loans_by(self.conn, tables.loan.c.loan_note_key == key) if key else []

    def loans_by_contract(self, key: str) -> list[Loan]:
        return loans_by(self.conn, tables.loan.c.contract_key == key) if key else []

    def loans_of(self, customer_no: str) -> list[Loan]:
        return loans_by(self.conn, tables.loan.c.customer_no == customer_no)

    def customer(self, customer_no: str) -> Borrower | None:
        found = customers_by(self.conn, tables.customer.c.customer_no == customer_no)
        return found[0] if found else None

    def by_uscc(self, uscc: str) -> list[Borrower]:
        return customers_by(self.conn, tables.customer.c.uscc == uscc)

    def by_id_no(self, id_no: str) -> list[Borrower]:
        return customers_by(self.conn, tables.customer.c.id_no == id_no)

    def by_account(self, digits: str) -> list[Borrower]:
        """Whoever holds the account, or repays a loan from it."""
        repaying = sa.select(tables.loan.c.customer_no).where(tables.loan.c.account_key == digits)
        holding = self._keyed("account", digits)
        return customers_by(
            self.conn, sa.or_(tables.customer.c.customer_no.in_(holding), tables.customer.c.customer_no.in_(repaying))
        )

    def by_user_no(self, digits: str) -> list[Borrower]:
        return self._by("user_no", digits)

    def by_name(self, key: str) -> list[Borrower]:
        return self._by("name", key)

    def by_alias(self, key: str) -> list[Borrower]:
        return self._by("alias", key)

    def _by(self, kind: str, key: str) -> list[Borrower]:
        if not key:
            return []
        return customers_by(self.conn, tables.customer.c.customer_no.in_(self._keyed(kind, key)))

    @staticmethod
    def _keyed(kind: str, key: str) -> sa.Select[tuple[str]]:
        table = tables.customer_key
        return sa.select(table.c.customer_no).where(table.c.kind == kind, table.c.key == key)
