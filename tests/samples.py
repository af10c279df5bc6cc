"""The samples of every document type: which papers they are, and the part of a reading that a reviewer compares.

A sample is drawn by the made-up bank, so nothing but its expected reading is kept, beside the types, in
``extract/types/samples/<type>.<sample>.json``. ``make snapshots`` writes them anew; the diff is the review.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from demo.papers import (
    Drawn,
    altered_statement,
    collateral,
    contacts,
    corporate_statement,
    court,
    days_down,
    desk_work,
    english_statement,
    miniature_corporate,
    miniature_electricity,
    miniature_personal,
    miniature_tax,
    mishap_statement,
    personal_statement,
    taken_back,
    twice,
    two_currencies,
)
from demo.papers.invoices import miniature_invoice, old_invoice, red_invoice, vat_invoice
from demo.papers.loans import entrusted_payment, loan_note, repayment
from demo.papers.payments import bank_receipt, customs_declaration, payroll
from demo.papers.reports import About, first_inspection, post_loan_inspection
from demo.papers.returns import small_filing, small_return, vat_return
from demo.papers.taxes import cit_return, iit_record, tax_status, tax_voucher
from demo.papers.utilities import arrears_notice, gas_bill, water_bill
from demo.papers.visits import visit_text
from demo.papers.wallets import alipay_statement, wechat_statement
from extract.reading import read_file
from records.contract import to_json

FOLDER = Path(__file__).resolve().parent.parent / "extract" / "types" / "samples"
LOAN = About(
    "云洲恒屿精密机械有限公司", "JJ20260318000101", "云农商2026年(借)字第0318号", Decimal("5000000.00"), Decimal("4500000.00"),
    date(2026, 3, 18),
)  # fmt: skip

SAMPLES: dict[str, Callable[[], Drawn]] = {
    "bank_statement_personal.miniature": miniature_personal,
    "bank_statement_personal.newest-first": lambda: personal_statement("boc", rows=12, seed=1),
    "bank_statement_personal.debit-credit-flag": lambda: personal_statement("bocom", rows=12, seed=2),
    "bank_statement_personal.export": lambda: personal_statement("icbc_csv", rows=12, seed=3, medium="csv"),
    "bank_statement_corporate.miniature": miniature_corporate,
    "bank_statement_corporate.carried-pages": lambda: corporate_statement("boc", rows=40, seed=4),
    "bank_statement_corporate.two-languages": lambda: corporate_statement("cmb", rows=12, seed=5),
    "bank_statement_corporate.altered": lambda: altered_statement("ccb", rows=12, seed=6),
    "bank_statement_corporate.days-down": lambda: mishap_statement(days_down, "rural", rows=14, seed=7),
    "bank_statement_corporate.row-twice": lambda: mishap_statement(twice(5), rows=12, seed=8),
    "bank_statement_personal.english": lambda: english_statement("columns", rows=12, seed=9),
    "bank_statement_personal.english-marks": lambda: english_statement("marks", rows=12, seed=10),
    "bank_statement_personal.taken-back": lambda: taken_back(rows=12, seed=11),
    "bank_statement_personal.two-currencies": lambda: two_currencies(rows=12, seed=12),
    "tax_payment_certificate.miniature": miniature_tax,
    "electricity_bill.miniature": miniature_electricity,
    "wechat_statement.certificate": wechat_statement,
    "wechat_statement.export": lambda: wechat_statement(style="export", seed=2),
    "alipay_statement.certificate": alipay_statement,
    "alipay_statement.web-export": lambda: alipay_statement(style="web", seed=2),
    "vat_return_general.official": lambda: vat_return(seed=3),
    "vat_return_small.altered": lambda: small_return(
        small_filing(4, alter={"line_20_cur": Decimal("99.99")}), style="list"
    ),
    "tax_payment_voucher.bank": tax_voucher,
    "tax_payment_voucher.office": lambda: tax_voucher(style="office"),
    "tax_status_certificate.no-arrears": tax_status,
    "tax_status_certificate.reply": lambda: tax_status("reply"),
    "cit_return.quarter": cit_return,
    "cit_return.year": lambda: cit_return("year"),
    "iit_record.office": iit_record,
    "iit_record.app": lambda: iit_record("app"),
    "water_bill.fees": lambda: water_bill("fees"),
    "water_bill.slip": lambda: water_bill("slip"),
    "gas_bill.steps": lambda: gas_bill("steps"),
    "gas_bill.card": lambda: gas_bill("card"),
    "utility_arrears_notice.letter": arrears_notice,
    "utility_arrears_notice.form": lambda: arrears_notice("form"),
    "bank_statement_personal.no-year": lambda: personal_statement("no_year", rows=12, seed=13),
    "bank_statement_personal.flag-close": lambda: personal_statement("flag_close", rows=12, seed=14),
    "bank_statement_personal.american": lambda: english_statement("american", rows=12, seed=15),
    "bank_statement_corporate.payer-payee": lambda: corporate_statement("sides", rows=12, seed=16, medium="csv"),
    "loan_note.form": loan_note,
    "loan_note.lines": lambda: loan_note("lines", seed=2),
    "repayment_record.plan": repayment,
    "repayment_record.settled": lambda: repayment("settled", seed=2),
    "entrusted_payment.form": entrusted_payment,
    "entrusted_payment.letter": lambda: entrusted_payment("letter", seed=2),
    "bank_receipt.boxes": bank_receipt,
    "bank_receipt.sides": lambda: bank_receipt("sides"),
    "payroll_statement.works": payroll,
    "payroll_statement.person": lambda: payroll("person"),
    "customs_declaration.export": customs_declaration,
    "customs_declaration.import": lambda: customs_declaration("import"),
    "vat_invoice.miniature": miniature_invoice,
    "vat_invoice.ofd": lambda: vat_invoice(medium="ofd"),
    "vat_invoice.xml": lambda: vat_invoice(medium="xml"),
    "vat_invoice.data-differs": lambda: vat_invoice(
        medium="ofd", altered={"SellerName": "星桥明岑电器有限公司", "ComTaxAm": "1.00"}
    ),
    "vat_invoice.old": lambda: old_invoice(medium="ofd"),
    "vat_invoice.red": red_invoice,
    "first_inspection.form": lambda: first_inspection(LOAN, checked=date(2026, 3, 28)),
    "post_loan_inspection.report": lambda: post_loan_inspection(LOAN),
    "court_summons.form": court.summons,
    "court_judgment.first-instance": court.judgment,
    "court_preservation_ruling.freeze": court.preservation,
    "court_enforcement_ruling.money": court.enforcement_ruling,
    "enforcement_notice.pay": court.enforcement_notice,
    "seizure_notice.plant": court.seizure,
    "consumption_restriction.company": court.spending_order,
    "auction_notice.first-round": court.auction,
    "bankruptcy_notice.claims": court.insolvency,
    "admin_penalty.environment": court.penalty,
    "public_credit_printout.categories": lambda: court.register_printout(
        (("行政处罚", 0), ("经营异常名录", 0), ("被执行人", 2))
    ),
    "property_certificate.plant": collateral.title_certificate,
    "mortgage_registration.plant": collateral.mortgage_certificate,
    "collateral_inspection.form": collateral.collateral_check,
    "appraisal_report.plant": collateral.appraisal,
    "appraisal_report.altered": lambda: collateral.appraisal(total=Decimal(9950503)),
    "equity_pledge_doc.shares": collateral.equity_pledge,
    "insurance_policy.plant": collateral.insurance,
    "business_license.company": collateral.licence,
    "registration_change.legal-representative": collateral.change_notice,
    "contact_record.form": contacts.contact_form,
    "contact_record.export": contacts.contact_export,
    "contact_record.english": contacts.contact_note,
    "collection_record.visit": contacts.collection_form,
    "collection_record.letter": contacts.collection_letter,
    "collection_record.list": contacts.collection_list,
    "warning_disposal_report.form": desk_work.warning_form,
    "warning_disposal_report.lifted": desk_work.warning_report,
    "bank_memo.request": desk_work.memo,
    "bank_memo.minutes": desk_work.minutes,
    "bank_memo.circular": desk_work.circular,
    "classification_sheet.form": desk_work.classification_form,
    "classification_sheet.list": desk_work.classification_list,
    "visit_note.text": lambda: visit_text(
        "云洲恒屿精密机械有限公司", date(2026, 10, 22), ("车间三条线仅开一条。", "未见拖欠工资情况。")
    ),
}


def expected(drawn: Drawn) -> list[dict[str, Any]]:
    """The papers of a reading, down to what a person would check: values with states, rows, identities, events, findings."""
    return [_paper(paper) for paper in to_json(read_file(drawn.bytes, drawn.name))["papers"]]


def _paper(paper: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": paper["type"],
        "pages": paper["pages"],
        "period": paper["period"],
        "fields": {name: _value(value) for name, value in paper["fields"].items()},
        "tables": {
            name: [" · ".join(f"{column}={_value(cell)}" for column, cell in row.items()) for row in rows]
            for name, rows in paper["tables"].items()
        },
        "checks": [
            f"{check['identity']}: {check['state']}" + (f" ({check['where']})" if check["where"] else "")
            for check in paper["checks"]
        ],
        "events": [f"{event['type']}: {event['polarity']} “{event['evidence']['quote']}”" for event in paper["events"]],
        "findings": [finding["message"] for finding in paper["findings"]],
    }


MARKS = {"verified": "✓", "consistent": "", "conflict": "≠", "low_confidence": "?", "absent": "−"}


def _value(value: dict[str, Any]) -> str:
    return f"{value['value']}{MARKS[value['state']]}"


def text(papers: list[dict[str, Any]]) -> str:
    """As it is kept: readable, one value a line."""
    return json.dumps(papers, ensure_ascii=False, indent=1) + "\n"
