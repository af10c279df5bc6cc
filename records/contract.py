"""The contract ``postloan.reading/1``: a file's reading as JSON, and back.

The same reading always gives the same bytes: keys in a fixed order, no clock, no float. Downstream rooms keep the JSON
and load it again with ``from_json``; a field that a newer version added is kept out of the dataclasses and harms nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from records.document import Box
from records.facts import (
    Candidate,
    Check,
    Cue,
    Evidence,
    Field,
    FileReading,
    Finding,
    Held,
    Indicator,
    Input,
    Month,
    Outcome,
    PageReading,
    Paper,
    Period,
    Polarity,
    Printed,
    Problem,
    Quality,
    Repair,
    RiskEvent,
    Severity,
    Sign,
    State,
    Stated,
    Subject,
    Tampering,
    Value,
    Verdict,
)

SCHEMA = "postloan.reading/1"


def dumps(reading: FileReading) -> str:
    """One line of JSON, UTF-8 text, the same for the same reading."""
    return json.dumps(to_json(reading), ensure_ascii=False, separators=(",", ":"))


def loads(text: str | bytes) -> FileReading:
    """The reading that ``dumps`` wrote."""
    return from_json(json.loads(text))


def to_json(reading: FileReading) -> dict[str, Any]:
    """The object of the contract."""
    return {
        "schema": SCHEMA,
        "file": {
            "name": reading.name,
            "sha256": reading.sha256 or None,
            "media_type": reading.media_type,
            "bytes": reading.bytes,
            "pages": len(reading.pages),
        },
        "status": reading.status,
        "problem": problem_json(reading.problem),
        "pages": [
            {
                "page": page.page,
                "source": page.source,
                "engine": page.engine,
                "rotation": page.rotation,
                "legibility": round(page.legibility, 2),
            }
            for page in reading.pages
        ],
        "papers": [_paper(paper) for paper in reading.papers],
        **_of_the_file(reading),
    }


def _of_the_file(reading: FileReading) -> dict[str, Any]:
    """What is said of a file as a whole; most files say nothing beyond their papers."""
    out: dict[str, Any] = {}
    if reading.findings:
        out["findings"] = [_finding(finding) for finding in reading.findings]
    if reading.members:
        out["members"] = [
            {"path": one.path, "sha256": one.sha256, "bytes": one.bytes, "problem": problem_json(one.problem)}
            for one in reading.members
        ]
    return out


def problem_json(problem: Problem | None) -> dict[str, str] | None:
    """Why a file could not be read, and what a person can do."""
    return {"code": problem.code, "message": problem.message, "remedy": problem.remedy} if problem else None


def value_text(value: Value) -> Any:
    """A value as the contract writes it: decimal strings, ISO days, periods as two days."""
    match value:
        case bool():
            return value
        case Decimal():
            return f"{value:f}"
        case Period():
            return {"start": value.start.isoformat(), "end": value.end.isoformat()}
        case date() | Month() | int():
            return str(value)
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case _:
            return value


def _place(box: Box | None, cell: str | None) -> dict[str, Any]:
    if cell is not None:
        return {"cell": cell}
    return {"box": box.as_list() if box else None}


def field_json(field: Field) -> dict[str, Any]:
    """One value with its place, its state and what proves it."""
    source = field.source
    out: dict[str, Any] = {"value": value_text(field.value)}
    if isinstance(source, Printed):
        out |= {"raw": source.raw, "page": source.page, **_place(source.box, source.cell)}
        out["confidence"] = round(source.confidence, 3)
    else:
        out |= {"stated": {"by": source.person, "at": source.at.isoformat(), "reason": source.reason}}
    out |= {"state": field.state.value, "verified_by": list(field.verified_by)}
    if field.repaired:
        out["repaired"] = {"from": field.repaired.was, "by": field.repaired.by}
    return out


def _period(period: Period | None) -> dict[str, str] | None:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None


def _paper(paper: Paper) -> dict[str, Any]:
    fields = {name: field_json(field) for name, field in paper.fields.items()}
    for name in paper.absent:
        fields[name] = {"value": None, "state": State.ABSENT.value, "verified_by": []}
    subject = paper.subject
    out = {
        "type": paper.type,
        "confidence": round(paper.confidence, 2),
        "candidates": [{"type": c.type, "score": round(c.score, 2)} for c in paper.candidates],
        "pages": list(paper.pages),
        "period": _period(paper.period),
        "subject": {"name": subject.name, "uscc": subject.uscc, "id_no": subject.id_no} if subject else None,
        "fields": fields,
        "tables": {
            name: [{column: field_json(field) for column, field in row.items()} for row in rows]
            for name, rows in paper.tables.items()
        },
        "checks": [_check(check) for check in paper.checks],
        "indicators": [indicator_json(indicator) for indicator in paper.indicators],
        "events": [event_json(event) for event in paper.events],
        "findings": [_finding(finding) for finding in paper.findings],
    }
    if paper.tampering:
        out["tampering"] = _tampering(paper.tampering)
    return out


def _tampering(tampering: Tampering) -> dict[str, Any]:
    return {
        "verdict": tampering.verdict.value,
        "reason": tampering.reason,
        "signs": [_finding(Finding(s.code, s.message, s.page, s.box)) for s in tampering.signs],
    }


def _tampering_from(data: Mapping[str, Any] | None) -> Tampering | None:
    if data is None:
        return None
    signs = tuple(Sign(s["code"], s["message"], s["page"], _box_from(s)) for s in data["signs"])
    return Tampering(Verdict(data["verdict"]), signs, data["reason"])


def _check(check: Check) -> dict[str, Any]:
    return {
        "identity": check.identity,
        "state": check.state.value,
        "says": check.says,
        "computed": check.computed,
        "printed": check.printed,
        "where": check.where,
        "page": check.page,
        "values": list(check.values),
    }


def indicator_json(indicator: Indicator) -> dict[str, Any]:
    """One indicator with its inputs, quality and, when there is no value, the reason."""
    out: dict[str, Any] = {
        "id": indicator.id,
        "value": indicator.value,
        "unit": indicator.unit,
        "period": _period(indicator.period),
        "quality": indicator.quality.value,
        "formula": indicator.formula,
        "inputs": [
            {
                key: value
                for key, value in (
                    ("field", given.field),
                    ("page", given.page),
                    ("document", given.document),
                    ("value", given.value),
                )
                if value is not None
            }
            for given in indicator.inputs
        ],
        "reason": indicator.reason,
    }
    if indicator.loan_note_no is not None:
        out["loan_note_no"] = indicator.loan_note_no
    return out


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"page": evidence.page, **_place(evidence.box, evidence.cell), "quote": evidence.quote}


def event_json(event: RiskEvent) -> dict[str, Any]:
    """One risk event with its evidence, and what made it so (rule and cues)."""
    out: dict[str, Any] = {
        "type": event.type,
        "polarity": event.polarity.value,
        "severity": event.severity.value if event.severity else None,
        "source": event.source,
        "subject_role": event.subject_role,
        "args": dict(event.args),
        "date": event.date.isoformat() if event.date else None,
        "evidence": _evidence(event.evidence),
        "rule": event.rule,
        "cues": [{"text": cue.text, "effect": cue.effect, "rule": cue.rule} for cue in event.cues],
    }
    if event.more_evidence:
        out["more_evidence"] = [_evidence(evidence) for evidence in event.more_evidence]
    return out


def _finding(finding: Finding) -> dict[str, Any]:
    out: dict[str, Any] = {"code": finding.code, "message": finding.message, "page": finding.page}
    if finding.box:
        out["box"] = finding.box.as_list()
    return out


# --- and back -----------------------------------------------------------------------------------------------------


def from_json(data: Mapping[str, Any]) -> FileReading:
    """Load a reading. Values come back as the contract writes them: text stays text (money too; see ``Decimal``)."""
    file = data["file"]
    return FileReading(
        name=file["name"],
        sha256=file["sha256"] or "",
        media_type=file["media_type"],
        bytes=file["bytes"],
        pages=tuple(
            PageReading(p["page"], p["source"], p["engine"], p["rotation"], p["legibility"]) for p in data["pages"]
        ),
        papers=tuple(_paper_from(paper) for paper in data["papers"]),
        problem=_problem_from(data["problem"]),
        findings=_findings_from(data.get("findings", ())),
        members=tuple(
            Held(one["path"], one["sha256"], one["bytes"], _problem_from(one["problem"]))
            for one in data.get("members", ())
        ),
    )


def _problem_from(data: Mapping[str, str] | None) -> Problem | None:
    return Problem(data["code"], data["message"], data["remedy"]) if data else None


def _findings_from(data: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(f["code"], f["message"], f["page"], _box_from(f)) for f in data)


def _box_from(data: Mapping[str, Any]) -> Box | None:
    return Box(*data["box"]) if data.get("box") else None


def _period_from(data: Mapping[str, str] | None) -> Period | None:
    return Period(date.fromisoformat(data["start"]), date.fromisoformat(data["end"])) if data else None


def _value_from(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict) and set(value) == {"start", "end"}:
        period = _period_from(value)
        assert period is not None
        return period
    result: Value = value
    return result


def field_from(name: str, data: Mapping[str, Any]) -> Field:
    """The field that ``field_json`` wrote, its value as written (decimal and date strings stay strings)."""
    stated = data.get("stated")
    source: Printed | Stated
    if stated:
        source = Stated(stated["by"], datetime.fromisoformat(stated["at"]), stated["reason"])
    else:
        source = Printed(data["page"], _box_from(data), data["raw"], data.get("confidence", 1.0), data.get("cell"))
    repaired = data.get("repaired")
    return Field(
        name,
        _value_from(data["value"]),
        source,
        State(data["state"]),
        tuple(data["verified_by"]),
        Repair(repaired["from"], repaired["by"]) if repaired else None,
    )


def _paper_from(data: Mapping[str, Any]) -> Paper:
    subject = data["subject"]
    present = {name: field for name, field in data["fields"].items() if field["state"] != State.ABSENT.value}
    first, last = data["pages"]
    return Paper(
        type=data["type"],
        confidence=data["confidence"],
        candidates=tuple(Candidate(c["type"], c["score"]) for c in data["candidates"]),
        pages=(first, last),
        period=_period_from(data["period"]),
        subject=Subject(subject["name"], subject["uscc"], subject["id_no"]) if subject else None,
        fields={name: field_from(name, field) for name, field in present.items()},
        tables={
            name: tuple({column: field_from(column, field) for column, field in row.items()} for row in rows)
            for name, rows in data["tables"].items()
        },
        checks=tuple(
            Check(
                c["identity"],
                Outcome(c["state"]),
                c["says"],
                c["computed"],
                c["printed"],
                c["where"],
                c.get("page"),
                tuple(c.get("values", ())),
            )
            for c in data["checks"]
        ),
        indicators=tuple(indicator_from(i) for i in data["indicators"]),
        events=tuple(event_from(e) for e in data["events"]),
        findings=_findings_from(data["findings"]),
        absent=tuple(name for name in data["fields"] if name not in present),
        tampering=_tampering_from(data.get("tampering")),
    )


def indicator_from(data: Mapping[str, Any]) -> Indicator:
    """The indicator that ``indicator_json`` wrote."""
    return Indicator(
        data["id"],
        data["value"],
        data["unit"],
        _period_from(data["period"]),
        Quality(data["quality"]),
        data["formula"],
        tuple(Input(i["field"], i.get("page"), i.get("document"), i.get("value")) for i in data["inputs"]),
        data["reason"],
        data.get("loan_note_no"),
    )


def _evidence_from(data: Mapping[str, Any]) -> Evidence:
    return Evidence(data["page"], data["quote"], _box_from(data), data.get("cell"))


def event_from(data: Mapping[str, Any]) -> RiskEvent:
    """The event that ``event_json`` wrote."""
    return RiskEvent(
        type=data["type"],
        polarity=Polarity(data["polarity"]),
        severity=Severity(data["severity"]) if data["severity"] else None,
        evidence=_evidence_from(data["evidence"]),
        rule=data["rule"],
        source=data["source"],
        subject_role=data["subject_role"],
        args=data["args"],
        date=date.fromisoformat(data["date"]) if data["date"] else None,
        cues=tuple(Cue(c["text"], c["effect"], c["rule"]) for c in data.get("cues", ())),
        more_evidence=tuple(_evidence_from(e) for e in data.get("more_evidence", ())),
    )
