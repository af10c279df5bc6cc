"""Papers that waited unclaimed find their place when the borrower is registered after them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from archive import assess
from archive.database import open_database
from archive.reconsider import Reconsider
from records.facts import Indicator, Quality
from tests.archive_tools import CABLES, DATABASES, L1, MACHINES, SHEN, TinyHouse, empty_database

NOTE = "type: visit_note\nname: 杭州临屿机械有限公司\nevent: litigation_defendant asserted 借款人被诉\n"
BILL = "type: electricity_bill\nname: 杭州临屿机械有限公司\n"


@pytest.fixture(params=DATABASES)
def house(request, tmp_path):
    house = TinyHouse(open_database(empty_database(request.param, tmp_path)))
    yield house
    house.engine.dispose()


def reconsider(house: TinyHouse) -> None:
    """A worker's look at the book, to the end."""
    worker = Reconsider(house.engine, house.jobs)
    while worker.step():
        pass
    house.work()


def test_a_paper_is_placed_when_its_borrower_is_registered(house):
    document_id = house.take(NOTE)
    house.loans.put_customer(MACHINES)
    house.loans.put_loan(L1)
    reconsider(house)

    assert [link.to for link in house.documents.get(document_id).links] == [L1.loan_note_no]
    assert house.documents.counts()["unclaimed"] == 0
    assert [record.event.type for record in house.dossier.events(L1.loan_note_no)] == ["litigation_defendant"]


def test_half_the_news_changes_the_reason_and_the_rest_places_the_paper(house):
    document_id = house.take(NOTE)
    house.loans.put_customer(MACHINES)
    reconsider(house)
    (waiting,) = house.documents.unlinked()

    assert waiting.kind == "ambiguous"
    assert "没有在贷借据" in waiting.reasons[0]

    house.loans.put_loan(L1)
    reconsider(house)

    assert house.documents.get(document_id).links


def test_a_change_that_concerns_nobody_who_waits_says_nothing(house):
    house.take(BILL)
    house.loans.put_customer(CABLES)
    told = len(house.feed())
    reconsider(house)

    assert len(house.feed()) == told


def test_without_a_change_of_the_book_nothing_is_looked_at(house):
    house.loans.put_customer(MACHINES)
    reconsider(house)

    assert not Reconsider(house.engine, house.jobs)._begin()


def test_what_a_person_took_away_is_not_put_back(house):
    house.loans.put_customer(MACHINES)
    document_id = house.take(BILL)
    (link,) = house.documents.get(document_id).links
    house.documents.unlink(document_id, link.id, by="李某", reason="不是这家")
    house.loans.put_customer(replace(MACHINES, manager="林某某"))
    reconsider(house)

    assert not house.documents.get(document_id).links
    assert house.documents.unlinked()[0].reasons == ("李某 解除了归入：不是这家",)


def test_many_waiting_papers_are_taken_a_few_at_a_time(house):
    papers = [house.take(f"{BILL}no: {number}\n") for number in range(45)]
    house.loans.put_customer(MACHINES)
    worker = Reconsider(house.engine, house.jobs)

    assert [worker.step(), worker.step(), worker.step(), worker.step()] == [True, True, False, False]
    assert all(house.documents.get(document_id).links for document_id in papers)


def test_two_workers_place_a_paper_once(house):
    document_id = house.take(BILL)
    house.loans.put_customer(MACHINES)
    first, second = Reconsider(house.engine, house.jobs), Reconsider(house.engine, house.jobs)
    first._begin()
    second._begin()
    first.step()
    second.step()

    assert len(house.documents.get(document_id).links) == 1
    assert len(house.feed("document.linked")) == 1


def owed_only(papers, whose=None, loans=()):
    """Figures that rest on the book alone: one per loan."""
    return [
        Indicator("owed", str(loan.balance), "CNY", None, Quality.VERIFIED, "余额", loan_note_no=loan.loan_note_no)
        for loan in loans
    ], []


def test_figures_that_rest_on_the_book_follow_it(house, monkeypatch):
    monkeypatch.setattr(assess, "computed", owed_only)
    house.loans.put_customer(MACHINES)
    house.loans.put_loan(L1)
    house.take(BILL)
    house.loans.put_loan(replace(L1, balance=Decimal("12.00")))
    reconsider(house)

    assert [record.indicator.value for record in house.dossier.indicators(L1.loan_note_no)] == ["12.00"]


def test_a_loan_shows_its_own_figures_and_not_those_of_another(house, monkeypatch):
    monkeypatch.setattr(assess, "computed", owed_only)
    second = replace(L1, loan_note_no="JJ-second", balance=Decimal("7.00"))
    house.loans.put_customer(MACHINES)
    for loan in (L1, second):
        house.loans.put_loan(loan)
    house.take(BILL)
    reconsider(house)

    shown = [record.indicator for record in house.dossier.indicators("JJ-second")]
    assert [(one.loan_note_no, one.value) for one in shown] == [("JJ-second", "7.00")]
    assert len(house.dossier.customer_indicators("C1")) == 2
    assert house.feed("indicator.computed")[-1].data["loan_note_no"] in (L1.loan_note_no, "JJ-second")


def test_who_has_no_papers_is_not_computed(house):
    house.loans.put_customer(SHEN)
    worker = Reconsider(house.engine, house.jobs)
    while worker.step():
        pass

    assert house.jobs.customers == []
