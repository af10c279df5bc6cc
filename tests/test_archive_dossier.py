"""The archive of a loan: what it must hold, what it holds, and everything in time order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.checklist import REQUIRED, HeldPaper, completeness, period_key, requirements
from archive.database import open_database
from archive.event_records import working_days_after
from records.errors import NotFound, Refused
from records.facts import Period
from tests.archive_tools import L1, L2, L4, TinyHouse, fresh_database

DAY = date(2024, 7, 20)


def held(type, period=None, **more):
    known = {"document_id": f"d-{type}", "received": date(2024, 7, 1), "loan_note_no": None, **more}
    return HeldPaper(type=type, period=period, **known)


def state_of(found, requirement, period="once"):
    return next(i.state for i in found.items if (i.requirement.id, period_key(i.period)) == (requirement, period))


def test_a_new_loan_lacks_what_is_due_and_only_that():
    found = completeness(L1, [], date(2024, 3, 23))

    assert {item.requirement.id for item in found.items if item.state == "missing"} == {
        "loan_contract", "loan_note", "entrusted_payment",
    }  # fmt: skip
    assert state_of(found, "first_inspection") == "not_due"
    assert (found.held, found.required) == (0, 3)


def test_the_first_inspection_is_due_fifteen_days_after_granting():
    due = L1.granted + timedelta(days=15)

    assert state_of(completeness(L1, [], due), "first_inspection") == "not_due"
    assert state_of(completeness(L1, [], due + timedelta(days=1)), "first_inspection") == "missing"


def test_a_statement_holds_for_every_month_it_covers():
    statement = held("bank_statement_corporate", Period(date(2024, 4, 1), date(2024, 5, 31)))
    found = completeness(L1, [statement], DAY)

    assert state_of(found, "bank_statement", "2024-04-01~2024-04-30") == "held"
    assert state_of(found, "bank_statement", "2024-05-01~2024-05-31") == "held"
    assert state_of(found, "bank_statement", "2024-06-01~2024-06-30") == "missing"
    assert state_of(found, "bank_statement", "2024-07-01~2024-07-31") == "not_due"


@pytest.mark.parametrize(
    ("more", "state"),
    [({}, "held"), ({"conflict": True}, "conflict"), ({"readable": False}, "unreadable")],
    ids=["好的", "有冲突", "不可读"],
)
def test_a_doubtful_paper_is_said_to_be_doubtful_and_not_counted(more, state):
    paper = held("first_inspection", loan_note_no=L1.loan_note_no, **more)
    found = completeness(L1, [paper], DAY)

    assert state_of(found, "first_inspection") == state


def test_a_paper_about_another_loan_does_not_count():
    paper = held("first_inspection", loan_note_no="JJ-other")

    assert state_of(completeness(L1, [paper], DAY), "first_inspection") == "missing"


def test_what_is_waived_counts_as_held():
    before = completeness(L1, [], DAY)
    after = completeness(L1, [], DAY, [("entrusted_payment", "once")])

    assert state_of(after, "entrusted_payment") == "waived"
    assert after.held == before.held + 1


def test_an_old_insurance_has_expired_rather_than_gone_missing():
    last_year = held("insurance_policy", Period(date(2024, 6, 1), date(2024, 12, 31)))
    found = completeness(L2, [last_year], date(2026, 1, 15))

    assert state_of(found, "insurance", "2024-06-01~2024-12-31") == "held"
    assert state_of(found, "insurance", "2025-01-01~2025-12-31") == "expired"


def test_collateral_adds_its_own_papers():
    assert {need.id for need in requirements(L2)} - {need.id for need in requirements(L1)} == {
        "collateral_contract", "registration", "collateral_inspection", "appraisal", "insurance",
    }  # fmt: skip


@given(st.sampled_from(sorted(REQUIRED)), st.dates(date(2024, 3, 22), date(2027, 1, 1)), st.booleans())
def test_any_loan_on_any_day_is_between_empty_and_complete(product, day, secured):
    found = completeness(replace(L1, product=product, secured=secured), [], day)

    assert 0 <= found.held <= found.required <= len(found.items)
    keys = [(item.requirement.id, period_key(item.period)) for item in found.items]
    assert len(keys) == len(set(keys))


def test_deadlines_count_working_days():
    assert working_days_after(date(2026, 11, 20), 1) == date(2026, 11, 23)  # Friday → Monday
    assert working_days_after(date(2026, 11, 24), 5) == date(2026, 12, 1)


@pytest.fixture
def house(tmp_path):
    house = TinyHouse(open_database(fresh_database(tmp_path)))
    house.open_the_bank()
    yield house
    house.engine.dispose()


NO = L1.loan_note_no


def test_the_archive_shows_papers_by_stage_with_why_they_are_there(house):
    house.take(f"type: first_inspection\nloan_note_no: {NO}\ncheck_date: 2024-04-01\n")
    house.take("type: electricity_bill\nuser_no: 3301234567\nbill_month: 2024-05\nkwh_total: 1\n")

    archive = house.dossier.archive(NO, DAY)

    stages = {stage["stage"]: [paper["type"] for paper in stage["papers"]] for stage in archive["stages"]}
    assert (stages["S1"], stages["S2"]) == (["first_inspection"], ["electricity_bill"])
    [inspection] = archive["stages"][1]["papers"]
    assert inspection["link"]["reasons"] == [{"kind": "loan_note_no", "value": NO, "weight": 0.99}]
    items = {(item["id"], item["period_key"]): item["state"] for item in archive["completeness"]["items"]}
    assert items["first_inspection", "once"] == "held"
    assert items["utilities", "2024-04-01~2024-06-30"] == "held"
    assert archive["completeness"]["held"] == 2
    assert archive["customer"]["name"] == "杭州临屿机械有限公司"


def test_no_account_in_full_goes_out_with_the_archive(house):
    house.loans.put_loan(replace(L1, account="1202026209900054321", collection_account="1202026209900012345"))

    told = str(house.dossier.archive(NO, DAY))

    assert "1202026209900054321" not in told
    assert "1202026209900012345" not in told


def test_a_waiver_has_a_reason_and_a_name(house):
    with pytest.raises(Refused, match="reason"):
        house.dossier.waive(NO, "entrusted_payment", "once", by="王某", reason=" ")
    with pytest.raises(NotFound, match="nonsense"):
        house.dossier.waive(NO, "nonsense", "once", by="王某", reason="x")
    house.dossier.waive(NO, "entrusted_payment", "once", by="王某", reason="自主支付，已批准")

    items = house.dossier.archive(NO, DAY)["completeness"]["items"]
    [waived] = [item for item in items if item["state"] == "waived"]
    assert waived["waived"] == {"by": "王某", "reason": "自主支付，已批准"}


def test_entries_are_appended_and_corrected_by_versions(house):
    first = house.dossier.add_entry(NO, "contact", {"summary": "电话提醒还款"}, by="王某", happened_at="2024-06-18")
    fixed = house.dossier.add_entry(
        NO, "contact", {"summary": "电话提醒还款，承诺 6 月 20 日"}, by="王某", corrects=first.id, reason="漏记承诺"
    )

    [entry] = house.dossier.entries(NO)
    assert (entry.id, entry.version, entry.reason) == (first.id, 2, "漏记承诺")
    assert [version.content for version in entry.earlier] == [{"summary": "电话提醒还款"}]
    assert fixed == entry
    assert [item.data["version"] for item in house.feed("entry.added")] == [1, 2]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"kind": "gossip"}, "known: inspection"),
        ({"content": {}}, "content"),
        ({"happened_at": "昨天"}, "no day"),
        ({"corrects": "n404"}, "n404"),
    ],
    ids=["种类", "内容", "时间", "更正对象"],
)
def test_an_entry_that_makes_no_sense_is_refused(house, more, says):
    asked = {"kind": "contact", "content": {"summary": "x"}, **more}
    with pytest.raises((Refused, NotFound), match=says):
        house.dossier.add_entry(NO, asked.pop("kind"), asked.pop("content"), by="王某", **asked)


def test_the_timeline_holds_dates_papers_events_and_entries_newest_first(house):
    house.take(
        "type: visit_note\ncustomer: 杭州临屿机械有限公司\ndate: 2024-06-18\n"
        "event: litigation_defendant asserted 被诉\nevent: business_stopped negated 未停产\n"
    )
    house.dossier.add_entry(NO, "inspection", {"summary": "现场正常"}, by="王某", happened_at="2024-06-18")

    items = house.dossier.timeline(NO)

    assert sorted(item.kind for item in items) == ["due", "event", "granted", "inspection", "paper"]
    assert [item.at for item in items] == sorted((item.at for item in items), reverse=True)
    [event] = [item for item in items if item.kind == "event"]
    assert (event.severity, event.text, event.machine) == ("moderate", "被诉", True)


def test_a_loan_that_is_not_on_file_has_no_archive(house):
    for ask in (house.dossier.archive, house.dossier.timeline, house.dossier.indicators, house.dossier.events):
        with pytest.raises(NotFound, match="JJ404"):
            ask("JJ404")


def test_another_loan_of_the_customer_does_not_see_its_events(house):
    house.take(
        "type: visit_note\ncustomer: 杭州青禾线缆有限公司\ndate: 2024-06-18\nevent: litigation_defendant asserted 被诉\n"
    )

    assert [event.loan_note_no for event in house.dossier.events(L2.loan_note_no)] == [L2.loan_note_no]
    assert house.dossier.events("JJ20240715000003") == []
    assert house.dossier.events(L4.loan_note_no) == []
