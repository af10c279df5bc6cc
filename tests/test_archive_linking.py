"""Where a paper belongs: shared numbers decide, names only when alone and unique; whatever is doubtful waits for a person."""

from dataclasses import replace
from datetime import date

import pytest

from archive.book import LoanBook
from archive.database import open_database
from archive.linking import Conflict, Hint, Linked, Queued, decide
from records.facts import Period, State, Subject
from tests.archive_tools import CABLES, MACHINES, TinyHouse, a_paper, field, fresh_database

JUNE = Period(date(2024, 6, 1), date(2024, 6, 30))
AUGUST = Period(date(2024, 8, 1), date(2024, 8, 31))


@pytest.fixture
def book(tmp_path):
    house = TinyHouse(open_database(fresh_database(tmp_path)))
    house.open_the_bank()
    with house.engine.connect() as conn:
        yield LoanBook(conn)
    house.engine.dispose()


def linked_to(decision):
    assert isinstance(decision, Linked), decision
    return decision.link.kind.value, decision.link.to, [reason.kind for reason in decision.link.reasons]


@pytest.mark.parametrize(
    ("paper", "to", "why"),
    [
        (a_paper("tax_payment_certificate", taxpayer_id="91330106MA2TEXT017"), ("customer", "C1"), ["uscc"]),
        (a_paper("electricity_bill", user_no="3301234567", name="某园区物业"), ("customer", "C1"), ["user_no"]),
        (a_paper("bank_statement_corporate", account_no="1202026209900012345", name="杭州临屿机械有限公司"),
         ("customer", "C1"), ["account_no", "name"]),
        (a_paper("bank_statement_corporate", account_no="9999888877776666", name="杭州临屿机械有限责任公司"),
         ("customer", "C1"), ["name"]),
        (a_paper("bank_statement_corporate", name="临屿机械厂"), ("customer", "C1"), ["alias"]),
        (a_paper("bank_statement_personal", account_no="6222 0200 0000 1234 566", name="沈知远"),
         ("customer", "P1"), ["account_no", "name"]),
        (a_paper("bank_statement_personal", account_no="6222****4566", name="沈知远"),
         ("customer", "P1"), ["name", "masked_account"]),
        (a_paper("post_loan_inspection", loan_note_no="JJ2024 0322 000187"), ("loan", "JJ20240322000187"),
         ["loan_note_no"]),
        (a_paper("post_loan_inspection", contract_no="杭余2024年（借）字第0318号", customer="杭州临屿机械有限公司"),
         ("loan", "JJ20240322000187"), ["contract_no", "name"]),
        (a_paper("visit_note", customer="杭州临屿机械有限公司", date="2024-06-18"), ("loan", "JJ20240322000187"), ["name"]),
        (a_paper("visit_note", customer="杭州青禾线缆有限公司", date="2024-06-18"), ("loan", "JJ20240601000002"), ["name"]),
        (a_paper("unknown", contract_no="HT20240715003"), ("loan", "JJ20240715000003"), ["contract_no"]),
    ],
    ids=["税号", "户号，户名是物业", "账号与户名", "只有户名，有限责任公司", "曾用名", "卡号", "遮掩的卡号分清同名",
         "借据号带空格", "合同号全角括号", "走访笔记，一笔在贷", "走访笔记，当时只有一笔", "类型不明但写了合同号"],
)  # fmt: skip
def test_links_by_the_order_of_evidence(book, paper, to, why):
    kind, number, reasons = linked_to(decide(paper, book))

    assert (kind, number) == to
    assert reasons == why


@pytest.mark.parametrize(
    ("paper", "kind", "says"),
    [
        (a_paper("visit_note", customer="杭州青禾线缆有限公司", date="2024-08-18"), "ambiguous", "2 笔借据可选"),
        (a_paper("bank_statement_personal", name="沈知远"), "ambiguous", "同名"),
        (a_paper("bank_statement_corporate", name="杭州临屿机诫有限公司"), "unknown", "没有找到：杭州临屿机诫有限公司"),
        (a_paper("unknown"), "unknown", "没有户名"),
        (a_paper("bank_statement_corporate", account_no="1202026209900012345", name="某某贸易有限公司"), "ambiguous", "户名却是"),
        (a_paper("post_loan_inspection", loan_note_no="JJ20240322000187", check_date="2019-01-05"), "ambiguous", "存续期"),
        (a_paper("bank_statement_personal", account_no="6222****4566"), "unknown", "户名、借据号"),
    ],
    ids=["多笔在贷未写明", "同名无证件号", "名称差一字不猜", "什么都没写", "账号对户名不对", "日期不在存续期", "只有遮掩的账号"],
)  # fmt: skip
def test_what_is_doubtful_waits_with_its_reason(book, paper, kind, says):
    decision = decide(paper, book)

    assert isinstance(decision, Queued), decision
    assert decision.kind == kind
    assert says in decision.reasons[0]


def test_values_that_point_to_different_customers_are_a_conflict_and_never_linked(book):
    paper = a_paper("tax_payment_certificate", taxpayer_id=CABLES.uscc, taxpayer_name=MACHINES.name)
    decision = decide(paper, book)

    assert isinstance(decision, Conflict)
    assert decision.kind == "conflict"
    assert {candidate.to for candidate in decision.candidates} == {"C1", "C2"}


def test_a_namesake_with_another_uscc_is_a_conflict(book):
    paper = a_paper("tax_payment_certificate", taxpayer_id="91110000600037341L", taxpayer_name=MACHINES.name)
    decision = decide(paper, book)

    assert isinstance(decision, Conflict)
    assert "登记的不同" in decision.reasons[0]


def test_a_value_that_contradicts_itself_on_paper_is_no_evidence(book):
    paper = a_paper("tax_payment_certificate", taxpayer_id=field("taxpayer_id", MACHINES.uscc, State.CONFLICT))

    assert isinstance(decide(paper, book), Queued)


def test_the_uploader_settles_which_of_several_loans(book):
    paper = a_paper("visit_note", customer="杭州青禾线缆有限公司", date="2024-08-18")

    kind, number, reasons = linked_to(decide(paper, book, Hint(loan_note_no="JJ20240715000003")))
    assert (kind, number) == ("loan", "JJ20240715000003")
    assert reasons == ["name", "upload"]


def test_a_paper_that_names_nobody_goes_where_the_uploader_said(book):
    paper = a_paper("visit_note", date="2024-08-18")

    kind, number, reasons = linked_to(decide(paper, book, Hint(loan_note_no="JJ20240322000187")))
    assert (kind, number, reasons) == ("loan", "JJ20240322000187", ["upload"])


@pytest.mark.parametrize(
    "paper",
    [
        a_paper("tax_payment_certificate", taxpayer_id=CABLES.uscc),
        a_paper("bank_statement_corporate", name="从未听说有限公司"),
        a_paper("bank_statement_personal", name="沈知远"),
        a_paper("post_loan_inspection", loan_note_no="JJ20240601000002"),
    ],
    ids=["税号属于别人", "名称不在台账", "别人的同名", "写着别人的借据"],
)
def test_a_paper_uploaded_to_the_wrong_place_is_not_linked(book, paper):
    decision = decide(paper, book, Hint(loan_note_no="JJ20240322000187"))

    assert isinstance(decision, Conflict)
    assert decision.kind == "mismatch"
    assert any(candidate.to == "C1" for candidate in decision.candidates)


def test_the_wrong_loan_of_the_right_customer_is_a_mismatch_too(book):
    paper = a_paper("post_loan_inspection", loan_note_no="JJ20240601000002", check_date="2024-08-20")
    decision = decide(paper, book, Hint(loan_note_no="JJ20240715000003"))

    assert isinstance(decision, Conflict)
    assert "JJ20240601000002" in decision.reasons[0]


def test_confidence_grows_with_evidence_and_never_reaches_certainty(book):
    one = decide(a_paper("bank_statement_corporate", name=MACHINES.name), book)
    two = decide(a_paper("bank_statement_corporate", name=MACHINES.name, account_no="1202026209900012345"), book)

    assert isinstance(one, Linked)
    assert isinstance(two, Linked)
    assert one.link.confidence < two.link.confidence < 1
    assert one.link.confidence < 0.95 <= two.link.confidence


def test_an_id_number_is_not_shown_whole_in_a_reason(book):
    decision = decide(a_paper("bank_statement_personal", id_no="999901197811040028"), book)

    assert isinstance(decision, Linked)
    assert [reason.value for reason in decision.link.reasons] == ["999901********0028"]


def test_statements_belong_to_the_customer_even_when_the_loan_is_named(book):
    paper = a_paper("bank_statement_corporate", loan_note_no="JJ20240322000187", period=JUNE)

    assert linked_to(decide(paper, book))[:2] == ("customer", "C1")


# --- a paper between two parties -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seller", "buyer", "hint", "to"),
    [
        (MACHINES.uscc, "91330108MA28TEST0Y", None, "C1"),
        ("91330108MA28TEST0Y", MACHINES.uscc, None, "C1"),
        (MACHINES.uscc, CABLES.uscc, None, "C2"),
        (MACHINES.uscc, CABLES.uscc, Hint(customer_no="C1"), "C1"),
        (MACHINES.uscc, CABLES.uscc, Hint(customer_no="C2"), "C2"),
    ],
    ids=[
        "the seller is ours",
        "the buyer is ours",
        "both are: the buyer's",
        "both are: as said",
        "both are: as said too",
    ],
)
def test_an_invoice_lies_in_the_file_of_whichever_side_is_in_the_book(book, seller, buyer, hint, to):
    paper = replace(a_paper("vat_invoice", seller_id=seller), subject=Subject(uscc=buyer))

    assert linked_to(decide(paper, book, hint))[:2] == ("customer", to)


def test_an_invoice_between_others_waits(book):
    paper = replace(a_paper("vat_invoice", seller_id="91330108MA28TEST0Y"), subject=Subject(name="某某商行"))

    assert isinstance(decide(paper, book), Queued)
