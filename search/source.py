"""What the index is made from: the cards of a document, a customer, a loan, as the archive knows them now.

A source is replaced as a whole. Which sources a feed item concerns is said here and nowhere else; making one again when
nothing changed does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import sqlalchemy as sa

from archive import entries, event_records, tables
from archive.entries import TITLES as ENTRY_TITLES
from archive.entries import EntryRecord
from archive.event_records import EventRecord
from archive.feed import FeedItem
from archive.indicator_records import IndicatorRecord, indicators_of
from archive.loans import customers_by, loans_by
from archive.stamps import day_of
from extract.titles import TITLES
from records.loans import Loan
from search.amounts import cents, sums
from search.cards import Card, Kind
from search.identifiers import identifiers, normal
from search.owners import Owner, owner
from search.paper_cards import document_cards, event_card, title_of

_SILENT = frozenset({"document.reading"})  #: how far reading has come changes nothing that can be found
PRODUCTS = {
    "corporate_business": "企业经营贷款",
    "personal_business": "个人经营性贷款",
    "personal_consumption": "个人消费贷款",
}


def sources_of(conn: sa.Connection, item: FeedItem) -> Iterator[str]:
    """The sources that a feed item concerns."""
    subject = item.subject
    if item.type in _SILENT:
        return
    match item.type.partition(".")[0]:
        case "document" | "event" if subject.get("document_id"):
            yield f"document:{subject['document_id']}"
        case "event" | "indicator":
            yield f"customer:{subject['customer_no']}"
        case "entry":
            yield f"loan:{subject['loan_note_no']}"
        case "customer":
            yield from _whole(conn, subject["customer_no"], new=bool(item.data.get("new")))
        case "loan":
            yield f"loan:{subject['loan_note_no']}"
            if item.data.get("new"):  # what is linked to its customer as a whole now belongs to it too
                yield from _whole(conn, subject["customer_no"], new=False)


def _whole(conn: sa.Connection, customer_no: str, *, new: bool) -> Iterator[str]:
    """Everything that carries the name and the loans of a customer."""
    yield f"customer:{customer_no}"
    if new:
        return
    link, loan = tables.link, tables.loan
    notes = list(conn.execute(sa.select(loan.c.loan_note_no).where(loan.c.customer_no == customer_no)).scalars())
    yield from (f"loan:{note}" for note in notes)
    belongs = sa.or_(
        sa.and_(link.c.kind == "customer", link.c.to_no == customer_no),
        sa.and_(link.c.kind == "loan", link.c.to_no.in_(notes)),
    )
    documents = conn.execute(sa.select(link.c.document_id).where(belongs, link.c.removed_at.is_(None)).distinct())
    yield from (f"document:{document_id}" for document_id in documents.scalars())


def all_sources(conn: sa.Connection) -> Iterator[str]:
    """Every source there is, for an index written from nothing."""
    for kind, column in (
        ("customer", tables.customer.c.customer_no),
        ("loan", tables.loan.c.loan_note_no),
        ("document", tables.document.c.id),
    ):
        yield from (f"{kind}:{one}" for one in conn.execute(sa.select(column).order_by(column)).scalars().all())


def cards_of(conn: sa.Connection, source: str) -> list[Card]:
    """The cards of a source now; none when it is gone."""
    kind, _, key = source.partition(":")
    match kind:
        case "document":
            return document_cards(conn, key)
        case "customer":
            return _customer_cards(conn, key)
        case "loan":
            return _loan_cards(conn, key)
        case _:
            raise ValueError(f"no source {source!r}")


def _customer_cards(conn: sa.Connection, customer_no: str) -> list[Card]:
    """The indicators of a customer and the events that figures raised."""
    found = customers_by(conn, tables.customer.c.customer_no == customer_no)
    if not found:
        return []
    whose = owner(found[0], loans_by(conn, tables.loan.c.customer_no == customer_no))
    event, source = tables.event, f"customer:{customer_no}"
    raised = sa.and_(event.c.customer_no == customer_no, event.c.document_id.is_(None), event.c.current)
    events = [record for record in event_records.where(conn, raised) if record.status != "dismissed"]
    return [
        *(_indicator(source, whose, record) for record in indicators_of(conn, customer_no)),
        *(_rule_event(source, whose, record) for record in events),
    ]


def _owned(key: str, source: str, kind: Kind, whose: Owner) -> Card:
    return Card(
        key,
        source,
        kind,
        heading=whose.heading,
        customers=whose.customers,
        customer_name=whose.name,
        loans=whose.loans,
        suggest=whose.suggest,
    )


def _indicator(source: str, whose: Owner, record: IndicatorRecord) -> Card:
    """A figure of a customer; it leads to the paper of its first input."""
    one = record.indicator
    place = next((put for put in one.inputs if put.document), None)
    base = _owned(f"indicator:{record.id}", source, Kind.INDICATOR, whose)
    return replace(
        base,
        text=" ".join(part for part in (one.formula, one.reason) if part),
        title=title_of(one.id),
        heading="\n".join([base.heading, one.id, *TITLES.get(one.id, ())]),
        document_id=place.document if place else None,
        page=place.page if place else None,
        day=one.period.end if one.period else day_of(record.computed_at),
        starts=one.period.start if one.period else None,
        ends=one.period.end if one.period else None,
        amount=one.value,
        unit=one.unit,
        amounts=_money(one.value) if one.unit == "CNY" else (),
    )


def _money(value: str | None) -> tuple[int, ...]:
    found = cents(Decimal(value)) if value else None
    return (found,) if found is not None else ()


def _rule_event(source: str, whose: Owner, record: EventRecord) -> Card:
    card = event_card(_owned(f"event:{record.id}", source, Kind.EVENT, whose), record, record.event)
    return replace(card, day=record.event.date or day_of(record.opened_at))


def _loan_cards(conn: sa.Connection, loan_note_no: str) -> list[Card]:
    """A loan as the book has it, and the records people wrote about it."""
    found = loans_by(conn, tables.loan.c.loan_note_no == loan_note_no)
    if not found:
        return []
    [customer] = customers_by(conn, tables.customer.c.customer_no == found[0].customer_no)
    whose = owner(customer, found)
    numbers = [customer.uscc, customer.id_no, *customer.accounts, *customer.utility_nos]
    written = entries.of_loan(conn, loan_note_no)
    return [_loan(found[0], whose, [one for one in numbers if one]), *(_entry(whose, record) for record in written)]


def _loan(loan: Loan, whose: Owner, numbers: list[str]) -> Card:
    """The loan itself, so that a borrower without papers is found too."""
    base = _owned(f"loan:{loan.loan_note_no}", f"loan:{loan.loan_note_no}", Kind.ENTRY, whose)
    told = [
        f"借款人 {whose.name}，{PRODUCTS[loan.product]} {loan.amount:,.2f} 元，余额 {loan.balance:,.2f} 元",
        f"{loan.granted} 放款，{loan.due} 到期，{loan.classification}",
        f"合同 {loan.contract_no}" if loan.contract_no else "",
        f"用途 {loan.purpose}" if loan.purpose else "",
    ]
    numbers = [*numbers, loan.loan_note_no, *(one for one in (loan.contract_no, loan.account) if one)]
    return replace(
        base,
        text="，".join(part for part in told if part),
        title=f"借据 {loan.loan_note_no}",
        day=loan.granted,
        starts=loan.granted,
        ends=loan.settled or loan.due,
        amount=str(loan.amount),
        unit="CNY",
        amounts=tuple(sorted({one for one in (cents(loan.amount), cents(loan.balance)) if one is not None})),
        ids=tuple(sorted({normal(one) for one in numbers})),
    )


def _entry(whose: Owner, record: EntryRecord) -> Card:
    """One of the mandatory records, in its latest version."""
    text = "\n".join(_spoken(dict(record.content)))
    base = _owned(f"entry:{record.id}", f"loan:{record.loan_note_no}", Kind.ENTRY, whose)
    return replace(
        base,
        text=text,
        title=ENTRY_TITLES[record.kind],
        heading="\n".join([base.heading, ENTRY_TITLES[record.kind], record.kind, record.by]),
        day=day_of(record.happened_at if len(record.happened_at) > 10 else f"{record.happened_at}T00:00:00+08:00"),
        amounts=tuple(sorted({value for _, _, value in sums(text)})),
        ids=tuple(sorted({number for _, _, number in identifiers(text)})),
    )


def _spoken(content: object) -> Iterator[str]:
    """The words in the content of a record, however deep."""
    match content:
        case dict():
            for value in content.values():
                yield from _spoken(value)
        case list() | tuple():
            for value in content:
                yield from _spoken(value)
        case bool() | None:
            return
        case _:
            yield str(content)
