"""Everything in the life of a loan in time order: its own dates, papers, risk events, entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.entries import TITLES as ENTRY_TITLES
from archive.entries import EntryRecord
from archive.event_records import EventRecord
from archive.papers import FiledPaper
from records.facts import Polarity
from records.loans import Loan


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing in the life of a loan."""

    at: str  #: a day or a moment
    kind: str  #: granted, due, settled, paper, event, inspection, contact, analysis, disposition
    title: str
    text: str
    by: str
    machine: bool
    document_id: str | None = None
    event_id: str | None = None
    entry_id: str | None = None
    severity: str | None = None


def timeline(
    loan: Loan, papers: Sequence[FiledPaper], events: Sequence[EventRecord], entries: Sequence[EntryRecord]
) -> Sequence[TimelineItem]:
    """All of it, newest first."""
    items = [*_dates(loan), *_papers(papers), *_events(events), *_entries(entries)]
    return sorted(items, key=lambda item: item.at, reverse=True)


def _dates(loan: Loan) -> Iterator[TimelineItem]:
    yield TimelineItem(loan.granted.isoformat(), "granted", "放款", f"{loan.amount:,.2f} 元", "", True)
    if loan.settled:
        yield TimelineItem(loan.settled.isoformat(), "settled", "结清", "", "", True)
    else:
        yield TimelineItem(loan.due.isoformat(), "due", "到期", f"余额 {loan.balance:,.2f} 元", "", True)


def _papers(papers: Sequence[FiledPaper]) -> Iterator[TimelineItem]:
    from extract.titles import TITLES

    for paper in papers:
        document = paper.document
        why = "、".join(str(reason) for reason in paper.link.reasons)
        title = TITLES.get(paper.type, (paper.type, paper.type))[0]
        yield TimelineItem(
            document.received_at, "paper", title, f"{document.name}（{why}）", document.by, False, document.id
        )


def _events(events: Sequence[EventRecord]) -> Iterator[TimelineItem]:
    """Asserted events, at the day they happened where the paper says so."""
    from extract.titles import TITLES

    for record in events:
        event = record.event
        if event.polarity is Polarity.ASSERTED and record.current:
            title = TITLES.get(event.type, (event.type, event.type))[0]
            severity = event.severity.value if event.severity else None
            at = event.date.isoformat() if event.date else record.opened_at
            quote = event.evidence.quote
            yield TimelineItem(at, "event", title, quote, "", True, record.document_id, record.id, None, severity)


def _entries(entries: Sequence[EntryRecord]) -> Iterator[TimelineItem]:
    for entry in entries:
        content = entry.content
        text = next((str(content[name]) for name in ("summary", "content", "text", "result") if content.get(name)), "")
        yield TimelineItem(
            entry.happened_at, entry.kind, ENTRY_TITLES[entry.kind], text, entry.by, entry.machine, None, None, entry.id
        )
