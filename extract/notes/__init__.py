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
    suggest: bool = True,
) -> list[RiskEvent]:
    """The risk events of one paper, in reading order; the same fact told twice is one event with two quotes.

    ``suggest``: whether the trained model speaks of sentences that the word lists have no words for.
    """
    telling = [] if paper_type in CONTRACTS else [page for page in pages if may_tell(page.text, suggest)]
    if not telling:
        return []
    from extract.notes.telling import events  # most papers do without the checked lists

    return events(telling, report_date=report_date, subject=subject, suggest=suggest)


def may_tell(raw: str, suggest: bool) -> bool:
    """Whether a page is read at all: a word of the rules stands there, or the model would speak of a sentence."""
    if mentions_risk(raw):
        return True
    if not suggest:
        return False
    from extract.notes.suggesting import suggests

    return suggests(raw)
