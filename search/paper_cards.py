"""The cards of one document: its pages, with what was read on each, and the risk events it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from archive import event_records, tables
from archive.assess import papers_in_reading
from archive.event_records import EventRecord
from archive.marks import marks_of
from archive.on_file import LinkRecord, links_where
from archive.stamps import day_of
from extract.titles import TITLES
from records.facts import Field, Paper, Printed, RiskEvent
from search.amounts import cents, sums
from search.cards import SENSITIVE, Card, Kind
from search.identifiers import identifiers, normal
from search.owners import Owner, owners_of
from search.spellings import spellings

_MONEY = re.compile(r"-?\d{1,15}\.\d{2}")
_WHOLE = re.compile(r"-?\d{1,15}")
_MONEY_NAME = re.compile(r"(amount|balance|total|tax|fee|debit|credit|paid|price)(_|$)")
_NO_MONEY = re.compile(r"(kwh|rate|ratio|share|percent|count|quantity|multiplier|reading)")
_NUMBER_NAME = re.compile(r"(^|_)(no|nos|id|ids|account|uscc|code)$")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One paper of a document and whose it is."""

    paper: Paper
    owner: Owner
    day: date  #: of the paper, or the day it came in
    starts: date | None
    ends: date | None


def document_cards(conn: sa.Connection, document_id: str) -> list[Card]:
    """Everything to be found of a document. One that could not be read (or not yet) is found by its name."""
    document, page_text = tables.document, tables.page_text
    row = conn.execute(sa.select(document).where(document.c.id == document_id)).one_or_none()
    if row is None:
        return []
    papers = papers_in_reading(conn, document_id, row.version) if row.version else ()
    sheets = _sheets(conn, row, papers)
    texts = conn.execute(
        sa.select(page_text.c.page, page_text.c.text)
        .where(page_text.c.document_id == document_id, page_text.c.version == row.version)
        .order_by(page_text.c.page)
    ).all()
    if not texts:
        return [_unread(row, sheets)]
    events = event_records.where(conn, sa.and_(tables.event.c.document_id == document_id, tables.event.c.current))
    pages = [_page(row, sheets, one.page, one.text) for one in texts]
    return [*pages, *(_event(row, sheets, one) for one in events if one.status != "dismissed")]


def _sheets(conn: sa.Connection, row: Any, papers: Sequence[Paper]) -> list[_Sheet]:
    links = links_where(conn, sa.and_(tables.link.c.document_id == row.id, tables.link.c.removed_at.is_(None)))
    by_paper: dict[int, list[LinkRecord]] = {}
    for link in links:
        by_paper.setdefault(link.paper, []).append(link)
    received = day_of(row.received_at)
    sheets = []
    for number, paper in enumerate(papers):
        spoken = paper.period or marks_of(paper).day
        starts, ends = (spoken.start, spoken.end) if spoken else (None, None)
        sheets.append(_Sheet(paper, owners_of(conn, by_paper.get(number, ())), ends or received, starts, ends))
    return sheets


def title_of(name: str) -> str:
    """What a type, event or indicator is called; its id when nobody named it."""
    return TITLES.get(name, (name, name))[0]


def _base(row: Any, owner: Owner, key: str, kind: Kind, type: str | None) -> Card:
    """What every card of a document has in common."""
    names = " ".join(TITLES.get(type, (type, type))) if type else ""
    return Card(
        key=key,
        source=f"document:{row.id}",
        kind=kind,
        heading="\n".join(part for part in (owner.heading, names, row.name) if part),
        document_id=row.id,
        customers=owner.customers,
        customer_name=owner.name,
        loans=owner.loans,
        type=type,
        file_name=row.name,
        suggest=(*owner.suggest, *(spellings("type", type, title_of(type)) if type else ())),
    )


def _unread(row: Any, sheets: Sequence[_Sheet]) -> Card:
    owner = sheets[0].owner if sheets else Owner()
    card = _base(row, owner, f"page:{row.id}:0", Kind.PAGE, row.type or row.hint_type)
    return replace(card, title=row.title or row.name, day=day_of(row.received_at))


def _page(row: Any, sheets: Sequence[_Sheet], page: int, text: str) -> Card:
    """A page of a document; of several papers on one sheet the first gives it its type."""
    here = [sheet for sheet in sheets if sheet.paper.pages[0] <= page <= sheet.paper.pages[1]]
    owner = Owner.together([sheet.owner for sheet in here])
    first = here[0] if here else None
    fields = [field for sheet in here for field in _fields_on(sheet.paper, page)]
    card = _base(row, owner, f"page:{row.id}:{page}", Kind.PAGE, first.paper.type if first else row.type)
    return replace(
        card,
        text=text,
        title=_title(first.paper) if first else row.name,
        heading="\n".join([card.heading, *_subjects(here)]),
        page=page,
        day=first.day if first else day_of(row.received_at),
        starts=first.starts if first else None,
        ends=first.ends if first else None,
        sealed=tuple(sorted({place for sheet in here for place in _sealed(sheet.paper, page, text)})),
        amounts=tuple(sorted({*_sums_in(text), *_money_in(fields)})),
        ids=tuple(sorted({*_numbers_in(text), *_ids_in(fields), *_subject_ids(here)})),
    )


def _title(paper: Paper) -> str:
    name = paper.subject.name if paper.subject else None
    return f"{title_of(paper.type)} · {name}" if name else title_of(paper.type)


def _subjects(sheets: Iterable[_Sheet]) -> list[str]:
    return [name for sheet in sheets if sheet.paper.subject and (name := sheet.paper.subject.name)]


def _subject_ids(sheets: Iterable[_Sheet]) -> set[str]:
    subjects = [sheet.paper.subject for sheet in sheets if sheet.paper.subject]
    return {normal(one) for subject in subjects for one in (subject.uscc, subject.id_no) if one}


def _fields_on(paper: Paper, page: int) -> Iterator[Field]:
    """The values printed on a page; those said by a person stand on the first."""
    rows = (row for table in paper.tables.values() for row in table)
    for fields in (paper.fields, *rows):
        for field in fields.values():
            if (field.source.page if isinstance(field.source, Printed) else paper.pages[0]) == page:
                yield field


def _money_in(fields: Iterable[Field]) -> set[int]:
    """The sums of money among these values, in cents; a value in 万元 counts as what it is worth."""
    return {value for field in fields if (value := _money(field.name, field.value)) is not None}


def _money(name: str, value: object) -> int | None:
    text = str(value) if isinstance(value, str | Decimal | int) and not isinstance(value, bool) else ""
    if _NO_MONEY.search(name) or not (_MONEY.fullmatch(text) or (_WHOLE.fullmatch(text) and _MONEY_NAME.search(name))):
        return None
    return cents(Decimal(text))


def _ids_in(fields: Iterable[Field]) -> set[str]:
    found = set()
    for field in fields:
        if _NUMBER_NAME.search(field.name):
            values = field.value if isinstance(field.value, tuple) else (field.value,)
            found |= {normal(value) for value in values if isinstance(value, str) and value.strip()}
    return found


def _sums_in(text: str) -> set[int]:
    return {value for _, _, value in sums(text)}


def _numbers_in(text: str) -> set[str]:
    return {number for _, _, number in identifiers(text)}


def _sealed(paper: Paper, page: int, text: str) -> Iterator[tuple[int, int]]:
    """Where a page tells of 疾病, 离婚, 失业: the quotation, wherever lines broke."""
    for event in paper.events:
        if event.type in SENSITIVE:
            for evidence in (event.evidence, *event.more_evidence):
                words = [re.escape(sign) for sign in evidence.quote if not sign.isspace()]
                if evidence.page == page and words:
                    yield from (match.span() for match in re.finditer(r"\s*".join(words), text))


def _event(row: Any, sheets: Sequence[_Sheet], record: EventRecord) -> Card:
    """A risk event, at the borrower it is on file for."""
    event = record.event
    sheet = sheets[record.paper] if record.paper is not None and record.paper < len(sheets) else None
    owner = sheet.owner if sheet else Owner()
    card = _base(row, owner, f"event:{record.id}", Kind.EVENT, sheet.paper.type if sheet else row.type)
    card = event_card(card, record, event)
    day = event.date or (sheet.day if sheet else day_of(row.received_at))
    return replace(card, day=day, page=event.evidence.page, box=event.evidence.box)


def event_card(base: Card, record: EventRecord, event: RiskEvent) -> Card:
    """The part of a card that comes from the event itself; of a sensitive one only the class is open."""
    quotes = list(dict.fromkeys([event.evidence.quote, *(one.quote for one in event.more_evidence)]))
    text, title = "\n".join(quotes), title_of(event.type)
    sensitive = event.type in SENSITIVE
    args = {} if sensitive else event.args
    return replace(
        base,
        text=text,
        title=title,
        heading="\n".join([base.heading, *TITLES.get(event.type, (event.type,)), *_spoken(args)]),
        loans=(record.loan_note_no,) if record.loan_note_no else base.loans,
        event_id=record.id,
        event_type=event.type,
        severity=event.severity.value if event.severity else None,
        polarity=event.polarity.value,
        status=record.status,
        amount=args.get("amount"),
        sealed=((0, len(text)),) if sensitive else (),
        amounts=() if sensitive else tuple(sorted({*_sums_in(text), *_argued(args)})),
        ids=tuple(sorted({*_numbers_in(text), *(normal(v) for k, v in args.items() if _NUMBER_NAME.search(k))})),
        suggest=(*base.suggest, *spellings("event", event.type, title)),
    )


def _spoken(args: Mapping[str, str]) -> list[str]:
    """Arguments that are words: the court, the bank, the case number."""
    return [value for name, value in args.items() if re.search(r"[\u4e00-\u9fff]", value)]


def _argued(args: Mapping[str, str]) -> set[int]:
    found = set()
    for name, value in args.items():
        if "amount" in name or "balance" in name:
            try:
                found.add(cents(Decimal(value)))
            except InvalidOperation:
                continue
    return {value for value in found if value is not None}
