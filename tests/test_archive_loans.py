"""The loan book: what the bank told us, checked at the door, found again by its keys."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from archive.book_import import import_csv
from archive.database import open_database
from records.errors import AlreadyThere, NotFound, Refused
from tests.archive_tools import CABLES, L1, MACHINES, SHEN, TinyHouse, fresh_database

CUSTOMERS = """客户号,客户类型,客户名称,统一社会信用代码,账号,户号,曾用名,客户经理
C1,企业,杭州临屿机械有限公司,91330106MA2TEXT017,1202026209900012345;1202026209900099999,3301234567,临屿机械厂,林某某
C9,企业,坏号有限公司,91330106MA2TEXT018,,,,
P1,个人,沈知远,,6222020000001234566,,,
"""
LOANS = """借据号,客户号,贷款品种,放款金额,余额,放款日,到期日,合同号,是否抵押
JJ1,C1,企业经营贷,"5,000,000.00",480万元,2024-03-22,2025年3月21日,杭余2024年(借)字第0318号,是
JJ2,C404,企业经营贷,100000,100000,2024-01-01,2025-01-01,,否
JJ3,P1,个人消费贷,若干,,2024-01-10,2027-01-09,,否
JJ4,P1,个人消费贷,200000,,2024/1/10,2027-01-09,,
"""


@pytest.fixture
def house(tmp_path):
    house = TinyHouse(open_database(fresh_database(tmp_path)))
    yield house
    house.engine.dispose()


def test_a_customer_and_a_loan_come_back_as_given(house):
    assert house.loans.put_customer(MACHINES)
    assert house.loans.put_loan(L1)

    assert house.loans.customer("C1") == MACHINES
    assert house.loans.loan(L1.loan_note_no) == L1


def test_what_was_agreed_on_the_money_comes_back_as_given(house):
    agreed = replace(L1, payees=("云洲钢材有限公司", "云洲合金有限公司"), collection_account="1202026209900012345")
    house.loans.put_customer(MACHINES)
    house.loans.put_loan(agreed)

    assert house.loans.loan(L1.loan_note_no) == agreed
    assert not house.loans.put_loan(agreed)


def test_the_banks_list_may_say_what_was_agreed(house):
    loans = (
        "借据号,客户号,贷款品种,放款金额,放款日,到期日,受托支付对象,资金回笼账户\n"
        "JJ1,C1,企业经营贷,100,2024-03-22,2025-03-21,云洲钢材有限公司；云洲合金有限公司,1202026209900012345\n"
    )
    assert not import_csv(
        house.engine, CUSTOMERS.replace("C9,企业,坏号有限公司,91330106MA2TEXT018,,,,\n", ""), loans
    ).errors

    found = house.loans.loan("JJ1")
    assert found.payees == ("云洲钢材有限公司", "云洲合金有限公司")
    assert found.collection_account == "1202026209900012345"


def test_putting_the_same_again_changes_nothing_and_tells_nobody(house):
    house.loans.put_customer(MACHINES)
    assert not house.loans.put_customer(MACHINES)
    assert not house.loans.put_customer(replace(MACHINES, manager="林某某"))

    assert [item.data["new"] for item in house.feed("customer.changed")] == [True, False]
    assert house.loans.customer("C1").manager == "林某某"


def test_new_refuses_to_change_what_is_there(house):
    house.loans.put_customer(MACHINES, new=True)
    with pytest.raises(AlreadyThere, match="C1"):
        house.loans.put_customer(replace(MACHINES, name="别的公司"), new=True)


@pytest.mark.parametrize(
    ("customer", "says"),
    [
        (replace(MACHINES, uscc="91330106MA2TEXT018"), "check digit"),
        (replace(SHEN, id_no="999901197811040029"), "check digit"),
        (replace(CABLES, name=" "), "a number and a name"),
    ],
    ids=["税号校验位", "身份证校验位", "没有名称"],
)
def test_a_customer_that_cannot_be_right_is_refused(house, customer, says):
    with pytest.raises(Refused, match=says):
        house.loans.put_customer(customer)


@pytest.mark.parametrize(
    ("loan", "says"),
    [
        (replace(L1, customer_no="C404"), "not on file"),
        (replace(L1, due=date(2020, 1, 1)), "due before"),
        (replace(L1, amount=Decimal(0)), "above zero"),
    ],
    ids=["没有客户", "到期早于放款", "金额为零"],
)
def test_a_loan_that_cannot_be_right_is_refused(house, loan, says):
    house.loans.put_customer(MACHINES)
    with pytest.raises(Refused, match=says):
        house.loans.put_loan(loan)


def test_what_is_not_there_is_not_found(house):
    with pytest.raises(NotFound, match="C404"):
        house.loans.customer("C404")
    with pytest.raises(NotFound, match="JJ404"):
        house.loans.loan("JJ404")


def test_an_import_takes_what_is_right_and_names_the_lines_that_are_wrong(house):
    done = import_csv(house.engine, CUSTOMERS, LOANS)

    assert (done.customers_new, done.loans_new) == (2, 2)
    assert [(error.file, error.line) for error in done.errors] == [("customers", 3), ("loans", 3), ("loans", 4)]
    assert "若干" in done.errors[2].message
    assert house.loans.customer("C1").accounts == ("1202026209900012345", "1202026209900099999")
    loan = house.loans.loan("JJ1")
    assert (loan.amount, loan.balance, loan.due, loan.secured) == (
        Decimal(5000000), Decimal(4800000), date(2025, 3, 21), True,
    )  # fmt: skip


def test_importing_again_changes_nothing(house):
    import_csv(house.engine, CUSTOMERS, LOANS)
    told = len(house.feed())
    again = import_csv(house.engine, "\ufeff" + CUSTOMERS, LOANS)

    assert (again.customers_new, again.customers_changed, again.loans_new, again.unchanged) == (0, 0, 0, 4)
    assert len(house.feed()) == told


def test_a_list_without_its_columns_is_refused_whole(house):
    with pytest.raises(Refused, match="no column kind, name"):
        import_csv(house.engine, "客户号\nC1\n", "")


def test_lists_page_by_cursor(house):
    house.open_the_bank()
    first = house.loans.customers(limit=3)
    second = house.loans.customers(cursor=first.cursor, limit=3)

    assert [c.customer_no for c in (*first.items, *second.items)] == ["C1", "C2", "P1", "P2"]
    assert (first.total, second.cursor) == (4, None)
    assert [loan.loan_note_no for loan in house.loans.loans("C2").items] == ["JJ20240601000002", "JJ20240715000003"]
