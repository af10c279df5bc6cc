"""The loan book of a bank that does not exist: two companies, two persons, five loans; every number checks and none is real."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from decimal import Decimal

from demo.identity import card, id_card, uscc


@dataclass(frozen=True, slots=True)
class Customer:
    """A line of customers.csv."""

    customer_no: str
    kind: str
    name: str
    uscc: str = ""
    id_no: str = ""
    aliases: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    utility_nos: tuple[str, ...] = ()
    manager: str = "周岚"


@dataclass(frozen=True, slots=True)
class LoanNote:
    """A line of loans.csv."""

    loan_note_no: str
    customer_no: str
    product: str
    amount: Decimal
    balance: Decimal
    granted: date
    due: date
    contract_no: str
    account: str
    purpose: str
    secured: bool = False
    classification: str = "正常"


MACHINES = Customer(
    "C9990001", "company", "云洲恒屿精密机械有限公司", uscc=uscc("91999901MA9HENGY0"), aliases=("恒屿机械",),
    accounts=("33050199990000012345", "1202099909900088990", "19099901040001122", "999901000510808"),
    utility_nos=("9901234567",),
)  # fmt: skip
TEXTILES = Customer(
    "C9990002", "company", "星桥锦岚纺织有限公司", uscc=uscc("91999902MA9JNLAN0"), aliases=("锦岚纺织",),
    accounts=("400099990120100999", "1202099909900077001", "33050199990000066778", "201000999900456"),
)  # fmt: skip
GROCER = Customer(
    "C9990003", "person", "沈砚秋", id_no=id_card("999901", date(1985, 3, 12), 452), aliases=("云洲砚秋食品商行",),
    accounts=(card("622848999900000456"), card("622202999900000123"), card("623099990000000178")), manager="何屿",
)  # fmt: skip
ENGINEER = Customer(
    "C9990004", "person", "顾临川", id_no=id_card("999903", date(1990, 11, 5), 317),
    accounts=(card("621486999900001"), card("622260999900000045"), card("621700999900000788"), card("621785999900000321")),
    manager="何屿",
)  # fmt: skip
CUSTOMERS = (MACHINES, TEXTILES, GROCER, ENGINEER)

_N = "云农商2026年"
STEEL = LoanNote(
    "JJ20260318000101", "C9990001", "corporate_business", Decimal("5000000.00"), Decimal("4500000.00"),
    date(2026, 3, 18), date(2027, 3, 17), f"{_N}(借)字第0318号", MACHINES.accounts[0], "采购钢材", secured=True,
)  # fmt: skip
TOOLS = LoanNote(
    "JJ20260820000102", "C9990001", "corporate_business", Decimal("2000000.00"), Decimal("2000000.00"),
    date(2026, 8, 20), date(2027, 8, 19), f"{_N}(借)字第0820号", MACHINES.accounts[0], "采购刀具及备件",
)  # fmt: skip
YARN = LoanNote(
    "JJ20260112000201", "C9990002", "corporate_business", Decimal("3000000.00"), Decimal("2600000.00"),
    date(2026, 1, 12), date(2027, 1, 11), f"{_N}(借)字第0112号", TEXTILES.accounts[0], "采购棉纱", secured=True,
    classification="关注",
)  # fmt: skip
FOOD = LoanNote(
    "JJ20260506000301", "C9990003", "personal_business", Decimal("800000.00"), Decimal("742000.00"),
    date(2026, 5, 6), date(2029, 5, 5), f"{_N}(个借)字第0506号", GROCER.accounts[0], "采购粮油食品",
)  # fmt: skip
HOME = LoanNote(
    "JJ20251128000401", "C9990004", "personal_consumption", Decimal("300000.00"), Decimal("258400.00"),
    date(2025, 11, 28), date(2028, 11, 27), "云农商2025年(个借)字第1128号", ENGINEER.accounts[0], "房屋装修",
)  # fmt: skip
LOANS = (STEEL, TOOLS, YARN, FOOD, HOME)


def _csv(rows: Sequence[Customer] | Sequence[LoanNote]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in fields(rows[0])])
    for row in rows:
        writer.writerow([_cell(value) for value in astuple(row)])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def customers_csv() -> str:
    """customers.csv as ``postloan import`` takes it."""
    return _csv(CUSTOMERS)


def loans_csv() -> str:
    """loans.csv as ``postloan import`` takes it."""
    return _csv(LOANS)
