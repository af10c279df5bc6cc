"""What is on file, as the JSON that other systems get. Money and amounts are text, moments are UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from archive.documents import CandidateLink, DocumentRecord, HistoryLine, LinkRecord, MemberRecord, Receipt, Unclaimed
from archive.dossier import EventRecord, IndicatorRecord, TimelineItem
from archive.listing import Listing
from records.contract import event_json, indicator_json
from records.facts import Problem
from records.loans import Borrower, LinkReason, Loan
from search.clauses import Chip
from search.results import Hit, Results

T = TypeVar("T")


def listing_json(listing: Listing[T], item: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    """One page of a list; ``cursor`` asks for the next one, and is null on the last."""
    return {"items": [item(one) for one in listing.items], "total": listing.total, "cursor": listing.cursor}


def all_json(items: Iterable[T], item: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    """A list that is never long, in the same form."""
    found = [item(one) for one in items]
    return {"items": found, "total": len(found), "cursor": None}


def money(amount: Decimal) -> str:
    """Exact, as it was told to us."""
    return f"{amount:f}"


def customer_json(customer: Borrower) -> dict[str, Any]:
    """A borrower."""
    return {
        "customer_no": customer.customer_no,
        "kind": customer.kind,
        "name": customer.name,
        "uscc": customer.uscc,
        "id_no": customer.id_no,
        "aliases": list(customer.aliases),
        "accounts": list(customer.accounts),
        "utility_nos": list(customer.utility_nos),
        "manager": customer.manager,
    }


def loan_json(loan: Loan) -> dict[str, Any]:
    """A loan note."""
    return {
        "loan_note_no": loan.loan_note_no,
        "customer_no": loan.customer_no,
        "product": loan.product,
        "amount": money(loan.amount),
        "balance": money(loan.balance),
        "granted": loan.granted.isoformat(),
        "due": loan.due.isoformat(),
        "contract_no": loan.contract_no,
        "account": loan.account,
        "purpose": loan.purpose,
        "secured": loan.secured,
        "classification": loan.classification,
        "settled": loan.settled.isoformat() if loan.settled else None,
        "payees": list(loan.payees),
        "collection_account": loan.collection_account,
    }


def problem_json(problem: Problem | None) -> dict[str, str] | None:
    """Why a file could not be read, and what a person can do."""
    return {"code": problem.code, "message": problem.message, "remedy": problem.remedy} if problem else None


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """One file of an upload: its bytes are safe."""
    return {
        "id": receipt.id,
        "name": receipt.name,
        "sha256": receipt.sha256,
        "status": receipt.status,
        "duplicate_of": receipt.duplicate_of,
    }


def document_json(document: DocumentRecord) -> dict[str, Any]:
    """A document and where it stands."""
    return {
        "id": document.id,
        "sha256": document.sha256,
        "name": document.name,
        "media_type": document.media_type,
        "bytes": document.bytes,
        "status": document.status,
        "progress": {"done": document.pages_done, "total": document.pages_total},
        "problem": problem_json(document.problem),
        "type": document.type,
        "types": list(document.types),
        "title": document.title,
        "received_at": document.received_at,
        "read_at": document.read_at,
        "received_from": document.received_from,
        "by": document.by,
        "duplicate_of": document.duplicate_of,
        "counts": dict(document.counts),
        "version": document.version,
        "unclaimed": document.unclaimed,
        "links": [link_json(link) for link in document.links],
        "within": [{"id": one.id, "name": one.name, "path": one.path} for one in document.within],
        "holds": dict(document.holds),
    }


def member_json(member: MemberRecord) -> dict[str, Any]:
    """One file inside a container; without an id when its bytes could not be had."""
    return {
        "id": member.id,
        "path": member.path,
        "status": member.status,
        "title": member.title,
        "problem": problem_json(member.problem),
    }


def reason_json(reason: LinkReason) -> dict[str, Any]:
    """A value that a paper and the loan book share."""
    return {"kind": reason.kind, "value": reason.value, "weight": reason.weight}


def link_json(link: LinkRecord) -> dict[str, Any]:
    """A paper tied to a customer or a loan, and why."""
    return {
        "id": link.id,
        "document_id": link.document_id,
        "paper": link.paper,
        "kind": link.kind,
        "to": link.to,
        "name": link.name,
        "customer_no": link.customer_no,
        "role": link.role,
        "reasons": [reason_json(reason) for reason in link.reasons],
        "confidence": link.confidence,
        "by": link.by,
        "reason": link.reason,
        "at": link.at,
        "removed": {"at": link.removed_at, "by": link.removed_by, "reason": link.removed_reason}
        if link.removed_at
        else None,
    }


def history_json(line: HistoryLine) -> dict[str, Any]:
    """One thing that happened to a document."""
    return {"at": line.at, "by": line.by, "what": line.what, "detail": dict(line.detail)}


def candidate_json(candidate: CandidateLink) -> dict[str, Any]:
    """Where an unclaimed paper might belong."""
    return {
        "kind": candidate.kind,
        "to": candidate.to,
        "name": candidate.name,
        "shared": [reason_json(reason) for reason in candidate.shared],
        "against": list(candidate.against),
    }


def unclaimed_json(waiting: Unclaimed) -> dict[str, Any]:
    """A paper in the queue, why it waits, and its candidates."""
    return {
        "document": document_json(waiting.document),
        "paper": waiting.paper,
        "kind": waiting.kind,
        "reasons": list(waiting.reasons),
        "candidates": [candidate_json(candidate) for candidate in waiting.candidates],
        "at": waiting.at,
    }


def indicator_record_json(record: IndicatorRecord) -> dict[str, Any]:
    """An indicator with its formula, inputs and quality."""
    return {
        **indicator_json(record.indicator),
        "record": record.id,
        "customer_no": record.customer_no,
        "computed_at": record.computed_at,
    }


def event_record_json(record: EventRecord) -> dict[str, Any]:
    """A risk event with its evidence and its life so far."""
    return {
        "id": record.id,
        **event_json(record.event),
        "status": record.status,
        "document_id": record.document_id,
        "document_name": record.document_name,
        "paper": record.paper,
        "customer_no": record.customer_no,
        "customer_name": record.customer_name,
        "loan_note_no": record.loan_note_no,
        "current": record.current,
        "opened_at": record.opened_at,
        "changed_at": record.changed_at,
        "due": record.due,
        "history": [
            {"at": step.at, "by": step.by, "status": step.status, "reason": step.reason} for step in record.history
        ],
    }


def timeline_json(item: TimelineItem) -> dict[str, Any]:
    """One thing in the life of a loan."""
    return {
        "at": item.at,
        "kind": item.kind,
        "title": item.title,
        "text": item.text,
        "by": item.by,
        "machine": item.machine,
        "document_id": item.document_id,
        "event_id": item.event_id,
        "entry_id": item.entry_id,
        "severity": item.severity,
    }


def results_json(results: Results) -> dict[str, Any]:
    """What a search found: hits with their place and marks, facets, and how the question was understood."""
    facets = {name: [{"key": key, "count": count} for key, count in counts] for name, counts in results.facets.items()}
    return {
        "total": results.total,
        "hits": [_hit_json(hit) for hit in results.hits],
        "facets": facets,
        "understood": [_chip_json(chip) for chip in results.understood],
        "hints": [{"code": hint.code, "zh": hint.zh, "en": hint.en} for hint in results.hints],
        "cursor": results.cursor,
        "seq": results.seq,
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind.value,
        "document_id": hit.document_id,
        "page": hit.page,
        "box": hit.box.as_list() if hit.box else None,
        "title": hit.title,
        "fragments": [[{"text": text, "marked": marked} for text, marked in passage] for passage in hit.passages],
        "customer_no": hit.customer_no,
        "customer_name": hit.customer_name,
        "loan_note_no": hit.loan_note_no,
        "loans": list(hit.loans),
        "type": hit.type,
        "event_id": hit.event_id,
        "event_type": hit.event_type,
        "severity": hit.severity,
        "polarity": hit.polarity,
        "status": hit.status,
        "date": hit.date.isoformat() if hit.date else None,
        "amount": hit.amount,
        "unit": hit.unit,
        "file_name": hit.file_name,
    }


def _chip_json(chip: Chip) -> dict[str, Any]:
    return {"kind": chip.kind, "value": chip.value, "zh": chip.zh, "en": chip.en, "default": chip.default}
