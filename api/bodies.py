"""What callers send: the bodies of the mutating calls, each with an example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from records.loans import Borrower, Loan


def _exact(value: object) -> object:
    """A JSON number with a fraction has already lost digits; money must come as text."""
    if isinstance(value, float):
        raise ValueError('send money as text, exact: "1200000.00"')
    return value


Money = Annotated[Decimal, BeforeValidator(_exact), Field(max_digits=20, decimal_places=4)]


class Body(BaseModel):
    """An unknown field is refused: a misspelt one would be lost in silence."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


COMPANY: dict[str, Any] = {
    "customer_no": "C-2024-0017",
    "kind": "company",
    "name": "杭州临屿精密机械有限公司",
    "uscc": "91330106MA2CFJ7X15",
    "accounts": ["19045101040012345"],
    "utility_nos": ["3306012345"],
    "manager": "林某某",
}

LOAN: dict[str, Any] = {
    "loan_note_no": "JJ-2024-001",
    "customer_no": "C-2024-0017",
    "product": "corporate_business",
    "amount": "4200000.00",
    "balance": "4200000.00",
    "granted": "2024-01-15",
    "due": "2025-01-14",
    "contract_no": "HT-2024-0088",
    "purpose": "采购原材料",
}


class CustomerFields(Body):
    """A borrower without its number: what PUT takes, because the address has the number."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{key: value for key, value in COMPANY.items() if key != "customer_no"}]}
    )

    kind: Literal["company", "person"]
    name: str = Field(min_length=1, max_length=200)
    uscc: str | None = None
    id_no: str | None = None
    aliases: list[str] = []
    accounts: list[str] = []
    utility_nos: list[str] = Field(default=[], description="户号 of electricity, water and gas")
    manager: str | None = None

    def borrower(self, customer_no: str) -> Borrower:
        """As the house knows it."""
        return Borrower(
            customer_no,
            self.kind,
            self.name,
            self.uscc,
            self.id_no,
            tuple(self.aliases),
            tuple(self.accounts),
            tuple(self.utility_nos),
            self.manager,
        )


class CustomerBody(CustomerFields):
    """A borrower: a company by its USCC, a person by the ID number."""

    model_config = ConfigDict(json_schema_extra={"examples": [COMPANY]})

    customer_no: str = Field(min_length=1, max_length=64)


class LoanFields(Body):
    """A loan note without its number."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{key: value for key, value in LOAN.items() if key != "loan_note_no"}]}
    )

    customer_no: str
    product: Literal["corporate_business", "personal_business", "personal_consumption"]
    amount: Money
    balance: Money
    granted: date
    due: date
    contract_no: str | None = None
    account: str | None = Field(default=None, description="repayment account")
    purpose: str | None = None
    secured: bool = False
    classification: Literal["正常", "关注", "次级", "可疑", "损失"] = "正常"
    settled: date | None = None
    payees: list[str] = Field(default=[], description="to whom the money was agreed to go")
    collection_account: str | None = Field(default=None, description="where sales are to be collected")

    def loan(self, loan_note_no: str) -> Loan:
        """As the house knows it."""
        values = {name: getattr(self, name) for name in LoanFields.model_fields}
        return Loan(loan_note_no=loan_note_no, **values | {"payees": tuple(self.payees)})


class LoanBody(LoanFields):
    """A loan note (借据): the unit of the post-loan archive."""

    model_config = ConfigDict(json_schema_extra={"examples": [LOAN]})

    loan_note_no: str = Field(min_length=1, max_length=64)


class LinkBody(Body):
    """Tie a paper to a loan or a customer by hand; exactly one of the two."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"loan_note_no": "JJ-2024-001", "reason": "客户经理确认：该流水为借款人结算户"}]
        }
    )

    loan_note_no: str | None = None
    customer_no: str | None = None
    role: str = Field(default="borrower", description="borrower, guarantor, spouse, related …")
    paper: int = Field(default=0, ge=0, description="which paper of the file, from 0")
    reason: str = Field(min_length=1, max_length=1000)


class RereadBody(Body):
    """What the next reading should know; all of it may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"password": "330106"}]})

    password: str | None = None
    type: str | None = Field(default=None, description="what kind of paper it is, as a hint")


class EventBody(Body):
    """Decide about a risk event."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "confirmed", "reason": "已电话核实，案件属实"}]}
    )

    status: Literal["open", "confirmed", "dismissed", "disposed", "resolved"]
    reason: str = Field(min_length=1, max_length=1000)


class EntryBody(Body):
    """One of the four mandatory records. A correction names the record that it corrects."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "contact",
                    "happened_at": "2024-07-02T10:30:00+08:00",
                    "content": {
                        "channel": "电话",
                        "with": "财务负责人",
                        "summary": "提醒 7 月 15 日还款，对方确认资金已备",
                    },
                }
            ]
        }
    )

    kind: Literal["inspection", "contact", "analysis", "disposition"]
    happened_at: str = Field(
        min_length=10, max_length=40, description="when it happened, as claimed: a day or a moment"
    )
    content: dict[str, Any] = Field(min_length=1)
    corrects: str | None = Field(default=None, description="the id of the entry that this corrects")
    reason: str | None = Field(default=None, description="why it is corrected")
