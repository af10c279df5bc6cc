"""The loan book: customers and loan notes, as the bank told us about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive import feed, tables
from archive.database import writing
from archive.listing import Listing, read_cursor, write_cursor
from archive.stamps import now
from records.errors import AlreadyThere, NotFound, Refused
from records.loans import Borrower, Loan
from records.values import numbers, text


class Loans:
    """Customers and loans: put them in, find them again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def put_customer(self, borrower: Borrower, *, new: bool = False) -> bool:
        """Keep a customer as given; True when it was not there before. ``new`` refuses to change one that is."""
        with writing(self.engine) as conn:
            return put_customer(conn, borrower, new=new) == "new"

    def put_loan(self, loan: Loan, *, new: bool = False) -> bool:
        """Keep a loan as given; True when it was not there before. ``new`` refuses to change one that is."""
        with writing(self.engine) as conn:
            return put_loan(conn, loan, new=new) == "new"

    def customer(self, customer_no: str) -> Borrower:
        """The customer of this number, or ``NotFound``."""
        with self.engine.connect() as conn:
            found = customers_by(conn, tables.customer.c.customer_no == customer_no)
        if not found:
            raise NotFound(f"customer {customer_no}")
        return found[0]

    def loan(self, loan_note_no: str) -> Loan:
        """The loan of this loan note number, or ``NotFound``."""
        with self.engine.connect() as conn:
            found = loans_by(conn, tables.loan.c.loan_note_no == loan_note_no)
        if not found:
            raise NotFound(f"loan {loan_note_no}")
        return found[0]

    def customers(self, *, cursor: str | None = None, limit: int = 100) -> Listing[Borrower]:
        """All customers, by number."""
        customer = tables.customer
        with self.engine.connect() as conn:
            total = conn.execute(sa.select(sa.func.count()).select_from(customer)).scalar_one()
            after = read_cursor(cursor, 1)[0] if cursor else ""
            found = customers_by(conn, customer.c.customer_no > after, limit + 1)
        more = write_cursor(found[limit - 1].customer_no) if len(found) > limit else None
        return Listing(tuple(found[:limit]), total, more)

    def loans(self, customer_no: str | None = None, *, cursor: str | None = None, limit: int = 100) -> Listing[Loan]:
        """All loans, or those of one customer, by loan note number."""
        loan = tables.loan
        whose = loan.c.customer_no == customer_no if customer_no else sa.true()
        with self.engine.connect() as conn:
            total = conn.execute(sa.select(sa.func.count()).select_from(loan).where(whose)).scalar_one()
            after = read_cursor(cursor, 1)[0] if cursor else ""
            found = loans_by(conn, sa.and_(whose, loan.c.loan_note_no > after), limit + 1)
        more = write_cursor(found[limit - 1].loan_note_no) if len(found) > limit else None
        return Listing(tuple(found[:limit]), total, more)


Change = Literal["new", "changed", "same"]


def put_customer(conn: sa.Connection, borrower: Borrower, *, new: bool = False) -> Change:
    """Keep a customer; an item of the feed when that changed anything."""
    _sound_customer(borrower)
    known = customers_by(conn, tables.customer.c.customer_no == borrower.customer_no)
    if known and known[0] == borrower:
        return "same"
    if known and new:
        raise AlreadyThere(f"customer {borrower.customer_no}")
    row = {
        "kind": borrower.kind,
        "name": borrower.name,
        "uscc": borrower.uscc,
        "id_no": borrower.id_no,
        "manager": borrower.manager,
        "changed_at": now(),
    }
    customer = tables.customer
    if known:
        conn.execute(sa.update(customer).where(customer.c.customer_no == borrower.customer_no).values(row))
        conn.execute(sa.delete(tables.customer_key).where(tables.customer_key.c.customer_no == borrower.customer_no))
    else:
        conn.execute(sa.insert(customer).values(**row, customer_no=borrower.customer_no, created_at=now()))
    conn.execute(sa.insert(tables.customer_key), list(_keys(borrower)))
    feed.append(
        conn, "customer.changed", {"customer_no": borrower.customer_no}, {"name": borrower.name, "new": not known}
    )
    return "changed" if known else "new"


def _sound_customer(borrower: Borrower) -> None:
    if not borrower.customer_no.strip() or not borrower.name.strip():
        raise Refused("a customer needs a number and a name")
    if borrower.uscc is not None and numbers.uscc(borrower.uscc) != borrower.uscc:
        raise Refused(f"USCC {borrower.uscc} of customer {borrower.customer_no}: its check digit does not hold")
    if borrower.id_no is not None and borrower.kind == "person" and numbers.id_card(borrower.id_no) != borrower.id_no:
        raise Refused(f"the ID number of customer {borrower.customer_no}: its check digit does not hold")


def _keys(borrower: Borrower) -> Iterable[dict[str, Any]]:
    """What the customer can be found by, each in the form in which it is compared."""
    given: list[tuple[str, str, str]] = [("name", borrower.name, text.company(borrower.name))]
    given += [("alias", alias, text.company(alias)) for alias in borrower.aliases]
    given += [("account", account, numbers.digits(account) or account) for account in borrower.accounts]
    given += [("user_no", user_no, numbers.digits(user_no) or user_no) for user_no in borrower.utility_nos]
    for place, (kind, value, key) in enumerate(dict.fromkeys(given)):
        yield {"customer_no": borrower.customer_no, "kind": kind, "value": value, "key": key, "place": place}


def put_loan(conn: sa.Connection, loan: Loan, *, new: bool = False) -> Change:
    """Keep a loan; an item of the feed when that changed anything."""
    _sound_loan(conn, loan)
    known = loans_by(conn, tables.loan.c.loan_note_no == loan.loan_note_no)
    if known and known[0] == loan:
        return "same"
    if known and new:
        raise AlreadyThere(f"loan {loan.loan_note_no}")
    row = {
        "loan_note_key": text.reference(loan.loan_note_no),
        "customer_no": loan.customer_no,
        "product": loan.product,
        "amount": str(loan.amount),
        "balance": str(loan.balance),
        "granted": loan.granted.isoformat(),
        "due": loan.due.isoformat(),
        "contract_no": loan.contract_no,
        "contract_key": text.reference(loan.contract_no) if loan.contract_no else None,
        "account": loan.account,
        "account_key": (numbers.digits(loan.account) or loan.account) if loan.account else None,
        "purpose": loan.purpose,
        "secured": loan.secured,
        "classification": loan.classification,
        "settled": loan.settled.isoformat() if loan.settled else None,
        "payees": list(loan.payees) or None,
        "collection_account": loan.collection_account,
        "changed_at": now(),
    }
    if known:
        conn.execute(sa.update(tables.loan).where(tables.loan.c.loan_note_no == loan.loan_note_no).values(row))
    else:
        conn.execute(sa.insert(tables.loan).values(**row, loan_note_no=loan.loan_note_no, created_at=now()))
    subject = {"loan_note_no": loan.loan_note_no, "customer_no": loan.customer_no}
    feed.append(conn, "loan.changed", subject, {"balance": str(loan.balance), "new": not known})
    return "changed" if known else "new"


def _sound_loan(conn: sa.Connection, loan: Loan) -> None:
    if not loan.loan_note_no.strip():
        raise Refused("a loan needs a loan note number")
    customer = tables.customer
    owner = conn.execute(sa.select(customer.c.customer_no).where(customer.c.customer_no == loan.customer_no)).scalar()
    if owner is None:
        raise Refused(f"loan {loan.loan_note_no} names customer {loan.customer_no}, who is not on file")
    if loan.due < loan.granted:
        raise Refused(f"loan {loan.loan_note_no} is due before it was granted")
    if loan.amount <= 0 or loan.balance < 0:
        raise Refused(f"loan {loan.loan_note_no}: the amount must be above zero, the balance not below")


def customers_by(conn: sa.Connection, condition: sa.ColumnElement[bool], limit: int | None = None) -> list[Borrower]:
    """The customers for whom the condition holds, by number."""
    customer, key = tables.customer, tables.customer_key
    rows = conn.execute(sa.select(customer).where(condition).order_by(customer.c.customer_no).limit(limit)).all()
    numbers_found = [row.customer_no for row in rows]
    values: dict[tuple[str, str], list[str]] = {}
    for found in conn.execute(sa.select(key).where(key.c.customer_no.in_(numbers_found)).order_by(key.c.place)):
        values.setdefault((found.customer_no, found.kind), []).append(found.value)
    return [_borrower(row, values) for row in rows]


def _borrower(row: Any, values: dict[tuple[str, str], list[str]]) -> Borrower:
    def of(kind: str) -> tuple[str, ...]:
        return tuple(values.get((row.customer_no, kind), ()))

    return Borrower(
        customer_no=row.customer_no,
        kind=row.kind,
        name=row.name,
        uscc=row.uscc,
        id_no=row.id_no,
        aliases=of("alias"),
        accounts=of("account"),
        utility_nos=of("user_no"),
        manager=row.manager,
    )


def loans_by(conn: sa.Connection, condition: sa.ColumnElement[bool], limit: int | None = None) -> list[Loan]:
    """The loans for which the condition holds, by loan note number."""
    loan = tables.loan
    rows: Sequence[Any] = conn.execute(
        sa.select(loan).where(condition).order_by(loan.c.loan_note_no).limit(limit)
    ).all()
    return [
        Loan(
            loan_note_no=row.loan_note_no,
            customer_no=row.customer_no,
            product=row.product,
            amount=Decimal(row.amount),
            balance=Decimal(row.balance),
            granted=date.fromisoformat(row.granted),
            due=date.fromisoformat(row.due),
            contract_no=row.contract_no,
            account=row.account,
            purpose=row.purpose,
            secured=bool(row.secured),
            classification=row.classification,
            settled=date.fromisoformat(row.settled) if row.settled else None,
            payees=tuple(row.payees or ()),
            collection_account=row.collection_account,
        )
        for row in rows
    ]
