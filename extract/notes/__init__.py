"""Risk events in prose and forms: which, whether they happened, how bad, and the words on paper that say so.

A page without any trigger word is put aside by one pass of an automaton; the lists are checked for the first page that has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extract.notes.gate import mentions_risk
from records.document import PageText
from records.facts import RiskEvent

#: Papers that consist of clauses: what they say of default or seizure is always a condition, never an event.
CONTRACTS = frozenset({"loan_contract", "loan_note", "guarantee_contract", "collateral_contract", "purchase_contract"})


def read_events(
    pages: Sequence[PageText],
    *,
    report_date: date | None = None,
    subject: str | None = None,
    paper_type: str | None = None,
) -> list[RiskEvent]:
    """The risk events of one paper, in reading order; the same fact told twice is one event with two quotes."""
    telling = [] if paper_type in CONTRACTS else [page for page in pages if mentions_risk(page.text)]
    if not telling:
        return []
    from extract.notes.telling import events  # most papers do without the checked lists

    return events(telling, report_date=report_date, subject=subject)
