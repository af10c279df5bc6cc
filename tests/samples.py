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
    corporate_statement,
    days_down,
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
from demo.papers.reports import About, first_inspection, post_loan_inspection
from demo.papers.visits import visit_text
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
    "first_inspection.form": lambda: first_inspection(LOAN, checked=date(2026, 3, 28)),
    "post_loan_inspection.report": lambda: post_loan_inspection(LOAN),
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
