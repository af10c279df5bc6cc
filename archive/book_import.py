"""Take over the bank's own lists of customers and loans (CSV): what is right goes in, what is wrong is named by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.database import writing
from archive.loans import Change, put_customer, put_loan
from records.errors import PostloanError, Refused
from records.loans import Borrower, Loan
from records.values import days, money

File = Literal["customers", "loans"]


@dataclass(frozen=True, slots=True)
class LineError:
    """Why one line of an import was not taken."""

    file: File
    line: int  #: as a spreadsheet counts: the header is line 1
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed. Lines with errors are left out; all others are in."""

    customers_new: int
    customers_changed: int
    loans_new: int
    loans_changed: int
    unchanged: int
    errors: tuple[LineError, ...]


#: Column names as banks export them → ours.
COLUMNS = {
    "客户号": "customer_no", "客户编号": "customer_no",
    "客户类型": "kind", "类型": "kind",
    "客户名称": "name", "名称": "name", "姓名": "name",
    "统一社会信用代码": "uscc", "税号": "uscc",
    "证件号": "id_no", "证件号码": "id_no", "身份证号": "id_no",
    "别名": "aliases", "曾用名": "aliases", "简称": "aliases",
    "账号": "accounts", "账户": "accounts", "结算账号": "accounts",
    "户号": "utility_nos", "水电户号": "utility_nos",
    "客户经理": "manager", "管户经理": "manager",
    "借据号": "loan_note_no", "借据编号": "loan_note_no",
    "合同号": "contract_no", "合同编号": "contract_no",
    "产品": "product", "贷款品种": "product",
    "金额": "amount", "贷款金额": "amount", "放款金额": "amount",
    "余额": "balance", "贷款余额": "balance",
    "放款日": "granted", "放款日期": "granted",
    "到期日": "due", "到期日期": "due",
    "还款账号": "account", "用途": "purpose", "贷款用途": "purpose",
    "抵押": "secured", "是否抵押": "secured",
    "五级分类": "classification", "分类": "classification",
    "结清日": "settled", "结清日期": "settled",
    "约定收款方": "payees", "收款方": "payees", "受托支付对象": "payees", "交易对手": "payees",
    "回笼账户": "collection_account", "资金回笼账户": "collection_account", "回笼账号": "collection_account",
}  # fmt: skip
NEEDED: Mapping[File, tuple[str, ...]] = {
    "customers": ("customer_no", "kind", "name"),
    "loans": ("loan_note_no", "customer_no", "product", "amount", "granted", "due"),
}
KINDS = {"company": "company", "企业": "company", "对公": "company", "法人": "company",
         "person": "person", "个人": "person", "自然人": "person", "个体工商户": "person"}  # fmt: skip
PRODUCTS = {"企业经营贷": "corporate_business", "流动资金贷款": "corporate_business", "对公经营贷": "corporate_business",
            "个人经营贷": "personal_business", "个人消费贷": "personal_consumption"}  # fmt: skip
PRODUCTS |= {name: name for name in PRODUCTS.values()}
YES, NO = ("是", "有", "1", "true", "yes", "y", "√"), ("", "否", "无", "0", "false", "no", "n")


def import_csv(engine: Engine, customers: str, loans: str) -> Imported:
    """Take over both lists in one transaction, customers first."""
    counts = {"new": 0, "changed": 0, "same": 0}
    errors: list[LineError] = []
    with writing(engine) as conn:
        new_customers, changed_customers = _take_over(conn, "customers", customers, errors, counts)
        new_loans, changed_loans = _take_over(conn, "loans", loans, errors, counts)
    return Imported(new_customers, changed_customers, new_loans, changed_loans, counts["same"], tuple(errors))


def _take_over(
    conn: sa.Connection, file: File, content: str, errors: list[LineError], counts: dict[str, int]
) -> tuple[int, int]:
    tally: dict[Change, int] = {"new": 0, "changed": 0, "same": 0}
    for line, row in _rows(file, content):
        try:
            change = put_customer(conn, _customer(row)) if file == "customers" else put_loan(conn, _loan(row))
        except PostloanError as problem:
            errors.append(LineError(file, line, str(problem), problem.message_zh))
        else:
            tally[change] += 1
    counts["same"] += tally["same"]
    return tally["new"], tally["changed"]


def _rows(file: File, content: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a list by our column names, with their number in the file; an empty text is an empty list."""
    if not content.strip():
        return
    reader = csv.reader(io.StringIO(content.removeprefix("\ufeff")))
    header = [COLUMNS.get(name.strip(), name.strip()) for name in next(reader)]
    if missing := [name for name in NEEDED[file] if name not in header]:
        raise Refused(f"{file}.csv: no column {', '.join(missing)}; the first line must name the columns")
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False))


def _customer(row: Mapping[str, str]) -> Borrower:
    kind = KINDS.get(row["kind"])
    if kind is None:
        raise Refused(f"customer kind {row['kind']!r}; known: company 企业, person 个人")
    return Borrower(
        customer_no=row["customer_no"],
        kind=cast(Literal["company", "person"], kind),
        name=row["name"],
        uscc=row.get("uscc") or None,
        id_no=row.get("id_no") or None,
        aliases=_several(row.get("aliases")),
        accounts=_several(row.get("accounts")),
        utility_nos=_several(row.get("utility_nos")),
        manager=row.get("manager") or None,
    )


def _loan(row: Mapping[str, str]) -> Loan:
    product = PRODUCTS.get(row["product"])
    if product is None:
        raise Refused(f"product {row['product']!r}; known: {', '.join(PRODUCTS)}")
    amount = _money(row["amount"], "amount")
    return Loan(
        loan_note_no=row["loan_note_no"],
        customer_no=row["customer_no"],
        product=cast(Literal["corporate_business", "personal_business", "personal_consumption"], product),
        amount=amount,
        balance=_money(row["balance"], "balance") if row.get("balance") else amount,
        granted=_day(row["granted"], "granted"),
        due=_day(row["due"], "due"),
        contract_no=row.get("contract_no") or None,
        account=row.get("account") or None,
        purpose=row.get("purpose") or None,
        secured=_yes(row.get("secured", "")),
        classification=row.get("classification") or "正常",
        settled=_day(row["settled"], "settled") if row.get("settled") else None,
        payees=_several(row.get("payees")),
        collection_account=row.get("collection_account") or None,
    )


def _several(cell: str | None) -> tuple[str, ...]:
    """Several values in one cell, set apart by semicolons or bars (a comma belongs to the file)."""
    parts = (cell or "").replace("；", ";").replace("|", ";").replace("、", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def _money(cell: str, column: str) -> Decimal:
    found = money.money(cell)
    if found is None:
        raise Refused(f"{column} {cell!r} is not an amount")
    return found.value


def _day(cell: str, column: str) -> date:
    found = days.day(cell)
    if found is None:
        raise Refused(f"{column} {cell!r} is not a day")
    return found


def _yes(cell: str) -> bool:
    if cell.lower() in YES or cell.lower() in NO:
        return cell.lower() in YES
    raise Refused(f"secured {cell!r}; say 是 or 否")
