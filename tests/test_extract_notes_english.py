"""English notes: what is denied, over, supposed or another's, in several phrasings and beside its like."""

from __future__ import annotations

import pytest

from benchmarks import events
from extract.notes import read_events
from extract.risks import EVENTS


def told(text: str, kind: str) -> set[str]:
    return {one.polarity.value for one in read_events([events.page(text)]) if one.type == kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No evidence of misuse of the proceeds was found.", "fund_diversion"),
        ("There has been no stoppage of production.", "operation_shutdown"),
        ("Neither unpaid wages nor overdue supplier bills were seen.", "cashflow_deterioration"),
        ("The mortgaged house has not been attached.", "collateral_seizure"),
        ("A search of the list of dishonest debtors returned nothing.", "dishonest_debtor"),
        ("No suits, no arrears, no attachments.", "litigation_defendant"),
    ],
)
def test_denials(text: str, kind: str) -> None:
    assert told(text, kind) == {"negated"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The attachment of the mortgaged house was lifted.", "collateral_seizure"),
        ("The plaintiff withdrew the action.", "litigation_defendant"),
        ("The overdue amount has since been repaid.", "loan_overdue"),
        ("The penalty decision was set aside by the court.", "tax_penalty"),
        ("The arrears were paid and the supply was restored.", "utility_arrears"),
        ("He missed our call but rang back the next day.", "lost_contact"),
    ],
)
def test_ends(text: str, kind: str) -> None:
    assert told(text, kind) == {"resolved"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("If the collateral is seized, the lender may accelerate the loan.", "collateral_seizure"),
        ("Should the borrower cease operations, the lender may accelerate the loan.", "operation_shutdown"),
        ("In the event of the borrower's death, the heirs are liable up to the estate.", "borrower_death"),
        ("The supplier threatens to sue.", "litigation_defendant"),
        ("We recommend starting legal action against the borrower.", "litigation_defendant"),
        ("The client asked by phone whether the loan could be extended.", "restructuring"),
        ("The mortgagor shall not change the use of the building.", "collateral_defect"),
    ],
)
def test_conditions_plans_and_questions(text: str, kind: str) -> None:
    assert told(text, kind) == {"hypothetical"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("One of its suppliers was shut down.", "operation_shutdown"),
        ("The late payments belong to a namesake with a different ID number.", "credit_overdue"),
        ("The borrower's father died last month.", "borrower_death"),
        ("The borrower has sued a customer for payment.", "litigation_defendant"),
        ("Our client is the creditor in the enforcement proceedings.", "enforcement_target"),
        ("Another building of the estate burned down; our collateral was not touched.", "collateral_damage"),
    ],
)
def test_what_is_anothers(text: str, kind: str) -> None:
    assert told(text, kind) == {"other_party"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Other than one labour dispute, no litigation is recorded.", "litigation_defendant"),
        ("The direct debit bounced and the shortfall has not been made good.", "loan_overdue"),
        ("Instalment no. 14 went unpaid.", "loan_overdue"),
        ("The borrower was sued by a supplier.", "litigation_defendant"),
        ("The plant was shut down, said one of its suppliers.", "operation_shutdown"),
        ("Sixty days after drawdown no purchase invoice has been handed in.", "purpose_mismatch"),
    ],
)
def test_what_stands_in_spite_of_a_no_or_another_party(text: str, kind: str) -> None:
    assert "asserted" in told(text, kind)


@pytest.mark.parametrize("kind", [kind for kind in EVENTS if not kind.startswith("rule_")])
def test_every_kind_of_event_is_told_in_english(kind: str) -> None:
    from extract.lexicon.words import triggers

    english = [one for one in triggers() if one.event == kind and one.yes.isascii() and not one.says]
    assert english
    assert any("asserted" in told(one.yes, kind) for one in english)
