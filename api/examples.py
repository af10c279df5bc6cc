"""Examples of the OpenAPI document: what each call answers, on a bank that does not exist."""

from __future__ import annotations

from typing import Any

from api.bodies import COMPANY, LOAN

Responses = dict[int | str, dict[str, Any]]

PROBLEM = {
    "type": "/v1/problems/not_found",
    "title": "没有找到 · Nothing on file",
    "status": 404,
    "detail": "loan JJ-2024-999",
    "instance": "/v1/loans/JJ-2024-999",
    "remedy": "请核对编号；也可能属于其他机构。 · Check the number; it may belong to another branch.",
    "code": "not_found",
}

CUSTOMER = {**COMPANY, "id_no": None, "aliases": []}
LOAN_NOTE = {
    **LOAN, "account": None, "secured": False, "classification": "正常", "settled": None, "payees": [],
    "collection_account": None,
}  # fmt: skip

LINK = {
    "id": "l5b1c9d2e7f08",
    "document_id": "d41f0a9c3b7e2",
    "paper": 0,
    "kind": "customer",
    "to": "C-2024-0017",
    "name": "杭州临屿精密机械有限公司",
    "customer_no": "C-2024-0017",
    "role": "borrower",
    "reasons": [{"kind": "account_no", "value": "19045101040012345", "weight": 0.98}],
    "confidence": 0.98,
    "by": "machine",
    "reason": None,
    "at": "2024-07-20T06:32:08.120Z",
    "removed": None,
}

RECEIPT = {
    "id": "d41f0a9c3b7e2",
    "name": "流水-2024H1.pdf",
    "sha256": "9f2c1b7a4d0e5f6891a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708",
    "status": "received",
    "duplicate_of": None,
}

DOCUMENT = {
    **RECEIPT,
    "status": "read",
    "media_type": "application/pdf",
    "bytes": 183220,
    "progress": {"done": 12, "total": 12},
    "problem": None,
    "type": "bank_statement_corporate",
    "types": ["bank_statement_corporate"],
    "title": "对公账户流水 · 杭州临屿精密机械有限公司",
    "received_at": "2024-07-20T06:32:01.004Z",
    "read_at": "2024-07-20T06:32:08.120Z",
    "received_from": "客户",
    "by": "林某某",
    "counts": {
        "verified": 214,
        "consistent": 3,
        "conflict": 0,
        "low_confidence": 0,
        "absent": 0,
        "checks_failed": 0,
        "findings": 0,
        "events": 0,
    },
    "version": 1,
    "unclaimed": False,
    "links": [LINK],
    "within": [{"id": "d7e2f4419c0aa", "name": "资料包.zip", "path": "流水/流水-2024H1.pdf"}],
    "holds": {},
}

MEMBERS = [
    {
        "id": "d41f0a9c3b7e2",
        "path": "流水/流水-2024H1.pdf",
        "status": "read",
        "title": "对公账户流水 · 杭州临屿精密机械有限公司",
        "problem": None,
    }
]

HISTORY = [
    {"at": "2024-07-20T06:32:01.004Z", "by": "林某某", "what": "received", "detail": {}},
    {"at": "2024-07-20T06:32:08.120Z", "by": "machine", "what": "read", "detail": {"papers": 1}},
]

READING = {
    "schema": "postloan.reading/1",
    "file": {
        "name": "流水-2024H1.pdf",
        "sha256": "9f2c…",
        "media_type": "application/pdf",
        "bytes": 183220,
        "pages": 12,
    },
    "status": "read",
    "problem": None,
    "pages": [{"page": 1, "source": "text", "engine": None, "rotation": 0, "legibility": 1.0}],
    "papers": [{"type": "bank_statement_corporate", "confidence": 0.99, "pages": [1, 12], "fields": {}, "tables": {}}],
}

UNCLAIMED = {
    "document": {**DOCUMENT, "links": [], "unclaimed": True},
    "paper": 0,
    "kind": "ambiguous",
    "reasons": ["该客户有 2 笔未结清贷款，单据上没有借据号。"],
    "candidates": [
        {
            "kind": "loan",
            "to": "JJ-2024-001",
            "name": "杭州临屿精密机械有限公司",
            "shared": LINK["reasons"],
            "against": [],
        }
    ],
    "at": "2024-07-20T06:32:08.120Z",
}

EVENT = {
    "id": "e0c4d7f1a2b39",
    "type": "litigation_defendant",
    "polarity": "asserted",
    "severity": "moderate",
    "source": "text",
    "subject_role": "borrower",
    "args": {"amount": "2860000.00", "case_no": "（2024）浙0106民初12345号"},
    "date": "2024-06-18",
    "evidence": {"page": 3, "box": [0.11, 0.42, 0.88, 0.45], "quote": "借款人作为被告，因买卖合同纠纷被诉至法院"},
    "rule": "litigation.defendant",
    "cues": [],
    "status": "open",
    "document_id": "d41f0a9c3b7e2",
    "document_name": "检查报告-2024Q2.docx",
    "paper": 0,
    "customer_no": "C-2024-0017",
    "customer_name": "杭州临屿精密机械有限公司",
    "loan_note_no": "JJ-2024-001",
    "current": True,
    "opened_at": "2024-07-20T06:32:08.120Z",
    "changed_at": "2024-07-20T06:32:08.120Z",
    "due": "2024-07-27",
    "history": [],
}

INDICATOR = {
    "id": "monthly_inflow_avg",
    "value": "358000.00",
    "unit": "CNY",
    "period": {"start": "2024-01-01", "end": "2024-06-30"},
    "quality": "verified",
    "formula": "inflow / months",
    "inputs": [{"field": "transactions", "page": 1, "document": "d41f0a9c3b7e2"}],
    "reason": None,
    "record": "i77aa01bc9d20",
    "customer_no": "C-2024-0017",
    "computed_at": "2024-07-20T06:32:08.300Z",
}

ENTRY = {
    "id": "n2b8c4d6e0f13",
    "version": 1,
    "loan_note_no": "JJ-2024-001",
    "kind": "contact",
    "happened_at": "2024-07-02T10:30:00+08:00",
    "by": "林某某",
    "machine": False,
    "content": {"channel": "电话", "with": "财务负责人", "summary": "提醒 7 月 15 日还款，对方确认资金已备"},
    "at": "2024-07-02T02:41:07.511Z",
    "reason": None,
    "earlier": [],
}

TIMELINE = {
    "at": "2024-01-15",
    "kind": "granted",
    "title": "放款",
    "text": "4,200,000.00 元",
    "by": "machine",
    "machine": True,
    "document_id": None,
    "event_id": None,
    "entry_id": None,
    "severity": None,
}

FEED_ITEM = {
    "seq": 128,
    "id": "f9e8d7c6b5a40",
    "type": "document.read",
    "time": "2024-07-20T06:32:08.120Z",
    "subject": {"document": "d41f0a9c3b7e2"},
    "data": {"type": "bank_statement_corporate", "pages": 12},
}


ARCHIVE = {
    "loan": LOAN_NOTE,
    "customer": {"customer_no": "C-2024-0017", "name": "杭州临屿精密机械有限公司", "kind": "company"},
    "stages": [{"stage": "S2", "title": "存续期", "title_en": "Running", "papers": []}],
    "entries": [ENTRY],
    "completeness": {
        "as_of": "2024-07-20",
        "held": 31,
        "required": 38,
        "counts": {"held": 31, "waived": 0, "missing": 5, "expired": 1, "unreadable": 1, "conflict": 0, "not_due": 4},
        "stages": [{"stage": "S2", "held": 20, "required": 26}],
        "items": [],
    },
}

SEARCH = {
    "total": 1,
    "hits": [
        {
            "kind": "event",
            "document_id": "d41f0a9c3b7e2",
            "page": 3,
            "box": [0.11, 0.42, 0.88, 0.45],
            "title": "涉诉（被告）",
            "fragments": [
                [{"text": "借款人作为被告，因买卖合同纠纷被", "marked": False}, {"text": "诉", "marked": True}]
            ],
            "customer_no": "C-2024-0017",
            "customer_name": "杭州临屿精密机械有限公司",
            "loan_note_no": "JJ-2024-001",
            "loans": ["JJ-2024-001"],
            "type": "post_loan_inspection",
            "event_id": "e0c4d7f1a2b39",
            "event_type": "litigation_defendant",
            "severity": "moderate",
            "polarity": "asserted",
            "status": "open",
            "date": "2024-06-18",
            "amount": "2860000.00",
            "unit": "CNY",
            "file_name": "检查报告-2024Q2.docx",
        }
    ],
    "facets": {"severity": [{"key": "moderate", "count": 1}]},
    "understood": [{"kind": "words", "value": "被告", "zh": "词 被告", "en": "Words 被告", "default": False}],
    "hints": [],
    "cursor": None,
    "seq": 128,
}


def listed(item: dict[str, Any]) -> dict[str, Any]:
    """A list of one."""
    return {"items": [item], "total": 1, "cursor": None}


def answers(example: object, status: int = 200, about: str = "OK", media: str = "application/json") -> Responses:
    """The good answer of a call, with its example."""
    return {status: {"description": about, "content": {media: {"example": example}}}}


def _problem(status: int, code: str, title: str) -> dict[str, Any]:
    example = {**PROBLEM, "status": status, "code": code, "title": title, "type": f"/v1/problems/{code}"}
    return {"description": title, "content": {"application/problem+json": {"example": example}}}


#: What any call may answer instead.
PROBLEMS: Responses = {
    401: _problem(401, "not_signed_in", "请先登录 · Sign in first"),
    403: _problem(403, "not_allowed", "没有权限 · You may not do this"),
    404: _problem(404, "not_found", "没有找到 · Nothing on file"),
    422: _problem(422, "invalid", "请求内容不合规 · The request does not fit its description"),
}
