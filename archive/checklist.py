"""What the archive of a loan must hold, by product and stage, and what of it is there (archive.md §3)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from records.facts import Period
from records.loans import Loan

Stage = Literal["S0", "S1", "S2", "S3", "S4", "S5", "S6"]
State = Literal["held", "missing", "expired", "unreadable", "conflict", "waived", "not_due"]

STAGES: dict[str, tuple[str, str]] = {
    "S0": ("放款", "Disbursement"),
    "S1": ("首次检查", "First inspection"),
    "S2": ("存续期", "Monitoring"),
    "S3": ("预警处置", "Warning and disposal"),
    "S4": ("展期/重组", "Extension"),
    "S5": ("逾期与不良处置", "Overdue and recovery"),
    "S6": ("结清归档", "Settlement"),
}
#: Where a paper of a type stands in the archive; everything else is monitoring (S2).
STAGE_OF: dict[str, Stage] = {
    **dict.fromkeys(
        ("loan_contract", "loan_note", "guarantee_contract", "collateral_contract", "mortgage_registration",
         "property_certificate", "entrusted_payment", "purchase_contract", "equity_pledge_doc"), "S0"),
    **dict.fromkeys(("first_inspection", "vat_invoice", "consumption_proof", "logistics_doc"), "S1"),
    "warning_disposal_report": "S3",
    "restructure_agreement": "S4",
    **dict.fromkeys(
        ("collection_record", "court_summons", "court_judgment", "court_preservation_ruling", "court_enforcement_ruling",
         "enforcement_notice", "auction_notice", "bankruptcy_notice"), "S5"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Requirement:
    """A kind of paper that must be on file, once or for every period."""

    id: str
    title: str
    title_en: str
    stage: Stage
    types: frozenset[str]  #: any of these satisfies it
    months: int  #: 0: once; otherwise the length of a period
    days: int  #: grace after granting (once) or after the end of a period
    about_loan: bool = False  #: must be linked to this loan note, not merely to the customer


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper on file, as far as the checklist needs to know it."""

    document_id: str
    type: str
    period: Period | None  #: what it covers, or the day it was made; None when it does not say
    received: date
    loan_note_no: str | None
    readable: bool = True
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement for one period, and how it stands."""

    requirement: Requirement
    period: Period | None
    due: date
    state: State
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """held / required of what is due by today; waived counts as held."""

    as_of: date
    held: int
    required: int
    items: tuple[Item, ...]


def _need(
    id: str, zh: str, en: str, stage: Stage, types: str, months: int, days: int, loan: bool = False
) -> Requirement:
    return Requirement(id, zh, en, stage, frozenset(types.split()), months, days, loan)


CONTRACT = _need("loan_contract", "借款合同", "Loan contract", "S0", "loan_contract", 0, 0)
NOTE = _need("loan_note", "借据", "Loan note", "S0", "loan_note", 0, 0, True)
PAYMENT = _need("entrusted_payment", "受托支付凭证", "Entrusted payment", "S0", "entrusted_payment", 0, 0, True)
VOUCHERS = "vat_invoice purchase_contract logistics_doc consumption_proof"
STATEMENTS = "bank_statement_corporate bank_statement_personal wechat_statement alipay_statement"
TAXES = "tax_payment_certificate tax_payment_voucher vat_return_general vat_return_small"
POWER = "electricity_bill water_bill gas_bill"
INCOME = "payroll_statement income_proof iit_record"
INSPECTION = "post_loan_inspection visit_note"

#: By product. Days and frequencies are the defaults of archive.md §3.
REQUIRED: dict[str, tuple[Requirement, ...]] = {
    "corporate_business": (
        CONTRACT, NOTE, PAYMENT,
        _need("first_inspection", "首次检查报告", "First inspection", "S1", "first_inspection", 0, 15, True),
        _need("vouchers", "用途凭证（发票、入库）", "Proof of use", "S1", VOUCHERS, 0, 60),
        _need("bank_statement", "银行流水（月）", "Bank statement (monthly)", "S2", STATEMENTS, 1, 15),
        _need("balance_sheet", "资产负债表（季）", "Balance sheet (quarterly)", "S2", "balance_sheet", 3, 31),
        _need("income_statement", "利润表（季）", "Income statement (quarterly)", "S2", "income_statement", 3, 31),
        _need("tax", "纳税申报表/完税证明（季）", "Tax papers (quarterly)", "S2", TAXES, 3, 31),
        _need("utilities", "电/水/气账单（季）", "Utility bills (quarterly)", "S2", POWER, 3, 31),
        _need("credit_report", "企业信用报告（季）", "Credit report (quarterly)", "S2", "credit_report_enterprise", 3, 31),
        _need("inspection", "贷后检查报告（季）", "Post-loan inspection (quarterly)", "S2", INSPECTION, 3, 7),
    ),
    "personal_business": (
        CONTRACT, NOTE, PAYMENT,
        _need("first_inspection", "首次检查报告", "First inspection", "S1", "first_inspection", 0, 30, True),
        _need("bank_statement", "银行流水（季）", "Bank statement (quarterly)", "S2", STATEMENTS, 3, 15),
        _need("tax", "纳税申报表/完税证明（半年）", "Tax papers (half-yearly)", "S2", TAXES, 6, 31),
        _need("credit_report", "个人信用报告（半年）", "Credit report (half-yearly)", "S2", "credit_report_personal", 6, 31),
        _need("income", "收入证明（年）", "Proof of income (yearly)", "S2", INCOME, 12, 31),
        _need("inspection", "贷后检查报告（半年）", "Post-loan inspection (half-yearly)", "S2", INSPECTION, 6, 7),
    ),
    "personal_consumption": (
        CONTRACT, NOTE,
        _need("first_inspection", "首次检查报告", "First inspection", "S1", "first_inspection", 0, 30, True),
        _need("vouchers", "消费凭证", "Proof of use", "S1", VOUCHERS, 0, 60),
        _need("bank_statement", "工资流水（半年）", "Salary account statement (half-yearly)", "S2",
              STATEMENTS + " payroll_statement", 6, 15),
        _need("income", "收入证明（年）", "Proof of income (yearly)", "S2", INCOME, 12, 31),
        _need("inspection", "贷后检查（年）", "Post-loan inspection (yearly)", "S2", INSPECTION, 12, 7),
    ),
}  # fmt: skip
#: In addition, where the loan is secured by collateral.
COLLATERAL: tuple[Requirement, ...] = (
    _need("collateral_contract", "抵（质）押合同", "Collateral contract", "S0", "collateral_contract guarantee_contract", 0, 0),
    _need("registration", "抵押登记证明", "Mortgage registration", "S0", "mortgage_registration equity_pledge_doc", 0, 0),
    _need("collateral_inspection", "押品检查（半年）", "Collateral inspection", "S2", "collateral_inspection", 6, 7),
    _need("appraisal", "押品重估（年）", "Revaluation (yearly)", "S2", "appraisal_report", 12, 0),
    _need("insurance", "抵押物保险（年）", "Insurance (yearly)", "S2", "insurance_policy", 12, 0),
)  # fmt: skip


def requirements(loan: Loan) -> tuple[Requirement, ...]:
    """What the archive of this loan must hold."""
    return REQUIRED[loan.product] + (COLLATERAL if loan.secured else ())


def completeness(
    loan: Loan, papers: Sequence[HeldPaper], today: date, waived: Iterable[tuple[str, str]] = ()
) -> Completeness:
    """How complete the archive is on a day. ``waived`` are (requirement, period) pairs, the period as ``period_key``."""
    without = set(waived)
    items = [
        _item(requirement, period, due, loan, papers, today, (requirement.id, period_key(period)) in without)
        for requirement in requirements(loan)
        for period, due in _occasions(requirement, loan, today)
    ]
    due_now = [item for item in items if item.state != "not_due"]
    held = sum(item.state in ("held", "waived") for item in due_now)
    return Completeness(today, held, len(due_now), tuple(items))


def period_key(period: Period | None) -> str:
    """How a period is named in a waiver: ``2024-04-01~2024-06-30``, or ``once``."""
    return f"{period.start}~{period.end}" if period else "once"


def _occasions(requirement: Requirement, loan: Loan, today: date) -> list[tuple[Period | None, date]]:
    """When the requirement falls due: once, or for every calendar period in the life of the loan up to the present one."""
    if not requirement.months:
        return [(None, loan.granted + timedelta(days=requirement.days))]
    end = min(today, loan.settled or today)
    found: list[tuple[Period | None, date]] = []
    start = _period_start(loan.granted, requirement.months)
    while start <= end:
        last = _plus_months(start, requirement.months) - timedelta(days=1)
        if last > loan.granted:
            found.append((Period(max(start, loan.granted), last), last + timedelta(days=requirement.days)))
        start = _plus_months(start, requirement.months)
    return found


def _period_start(day: date, months: int) -> date:
    """The first day of the calendar month, quarter, half-year or year that holds a day."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _plus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _item(
    requirement: Requirement,
    period: Period | None,
    due: date,
    loan: Loan,
    papers: Sequence[HeldPaper],
    today: date,
    waived: bool,
) -> Item:
    fitting = [
        paper
        for paper in papers
        if paper.type in requirement.types
        and (not requirement.about_loan or paper.loan_note_no == loan.loan_note_no)
        and _covers(paper, period)
    ]
    return Item(requirement, period, due, _state(fitting, waived, due, today, requirement, papers), _ids(fitting))


def _covers(paper: HeldPaper, period: Period | None) -> bool:
    if period is None:
        return True
    spoken = paper.period or Period(paper.received, paper.received)
    return spoken.start <= period.end and spoken.end >= period.start


def _state(
    fitting: Sequence[HeldPaper],
    waived: bool,
    due: date,
    today: date,
    requirement: Requirement,
    papers: Sequence[HeldPaper],
) -> State:
    """The best that is there decides; a doubtful paper is said to be doubtful, never counted as held."""
    sound = [paper for paper in fitting if paper.readable and not paper.conflict]
    if sound:
        return "held"
    if waived:
        return "waived"
    if any(paper.readable for paper in fitting):
        return "conflict"
    if fitting:
        return "unreadable"
    if today <= due:
        return "not_due"
    earlier = requirement.months >= 6 and any(
        paper.type in requirement.types and paper.readable and not paper.conflict for paper in papers
    )
    return "expired" if earlier else "missing"


def _ids(papers: Sequence[HeldPaper]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paper.document_id for paper in papers))
