"""The contract ``postloan.reading/1``: what is written is read back, and the same reading always gives the same text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.contract import SCHEMA, dumps, field_from, field_json, loads, to_json, value_text
from records.document import Box
from records.facts import (
    Candidate,
    Check,
    Cue,
    Evidence,
    Field,
    FileReading,
    Finding,
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
    State,
    Stated,
    Subject,
)

# What a reading may hold once it is written: numbers are rounded as the contract rounds them.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NAME = st.from_regex(r"[a-z][a-z_]{0,11}", fullmatch=True)
CELL = st.from_regex(r"[A-Z]{1,2}[1-9][0-9]{0,2}", fullmatch=True)
PAGE = st.integers(1, 2000)
SHARE = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
THOUSANDTH = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
EDGE = st.integers(0, 10000).map(lambda ten_thousandths: ten_thousandths / 10000)
BOX = st.builds(Box, EDGE, EDGE, EDGE, EDGE)
DAY = st.dates(date(1950, 1, 1), date(2150, 1, 1))
PERIOD = st.builds(lambda a, b: Period(min(a, b), max(a, b)), DAY, DAY)
NONE = st.none()


def optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(NONE, strategy)


def several(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


PLACE = st.one_of(
    st.builds(lambda page, box, raw, sure: Printed(page, box, raw, sure), PAGE, optional(BOX), TEXT, THOUSANDTH),
    st.builds(lambda page, cell, raw: Printed(page, None, raw, 1.0, cell), PAGE, CELL, TEXT),
)
STATED = st.builds(Stated, TEXT, st.datetimes(timezones=st.just(UTC)), TEXT)
WRITTEN = st.one_of(TEXT, st.booleans(), PERIOD, several(TEXT), st.just({"name": "沈某某", "role": "buyer"}))
VALUE = st.one_of(WRITTEN, st.decimals(allow_nan=False, allow_infinity=False, places=2), DAY, st.integers(-999, 9999))


def fields(value: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(
        Field,
        NAME,
        value,
        st.one_of(PLACE, STATED),
        st.sampled_from([state for state in State if state is not State.ABSENT]),
        several(NAME),
        optional(st.builds(Repair, TEXT, NAME)),
    )


def by_name(entries: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(entries, max_size=4).map(lambda read: {field.name: field for field in read})


EVIDENCE = st.one_of(
    st.builds(Evidence, PAGE, TEXT, optional(BOX)),
    st.builds(lambda page, quote, cell: Evidence(page, quote, None, cell), PAGE, TEXT, CELL),
)
EVENT = st.builds(
    RiskEvent,
    type=NAME,
    polarity=st.sampled_from(Polarity),
    severity=optional(st.sampled_from(Severity)),
    evidence=EVIDENCE,
    rule=NAME,
    source=st.sampled_from(["text", "rule"]),
    subject_role=NAME,
    args=st.dictionaries(NAME, TEXT, max_size=3),
    date=optional(DAY),
    cues=several(st.builds(Cue, TEXT, NAME, NAME)),
    more_evidence=several(EVIDENCE),
)
INDICATOR = st.builds(
    Indicator,
    NAME,
    optional(TEXT),
    NAME,
    optional(PERIOD),
    st.sampled_from(Quality),
    TEXT,
    several(st.builds(Input, NAME, optional(PAGE), optional(NAME), optional(TEXT))),
    optional(TEXT),
)
CHECK = st.builds(
    Check,
    NAME,
    st.sampled_from(Outcome),
    TEXT,
    optional(TEXT),
    optional(TEXT),
    optional(TEXT),
    optional(PAGE),
    several(NAME),
)
FINDING = st.builds(Finding, NAME, TEXT, optional(PAGE), optional(BOX))


def papers(value: st.SearchStrategy) -> st.SearchStrategy:
    field = fields(value)
    return st.builds(
        Paper,
        type=NAME,
        confidence=SHARE,
        candidates=several(st.builds(Candidate, NAME, SHARE)),
        pages=st.tuples(PAGE, PAGE),
        period=optional(PERIOD),
        subject=optional(st.builds(Subject, optional(TEXT), optional(TEXT), optional(TEXT))),
        fields=by_name(field),
        tables=st.dictionaries(NAME, several(by_name(field)), max_size=2),
        checks=several(CHECK),
        indicators=several(INDICATOR),
        events=several(EVENT),
        findings=several(FINDING),
        absent=several(NAME.map(lambda name: f"{name}-absent")).map(lambda names: tuple(dict.fromkeys(names))),
    )


def readings(value: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(
        FileReading,
        name=TEXT,
        sha256=st.just("5f" * 32),
        media_type=st.just("application/pdf"),
        bytes=st.integers(0, 10**9),
        pages=several(
            st.builds(
                PageReading,
                PAGE,
                st.sampled_from(["text", "ocr", "cells", "text file"]),
                optional(NAME),
                st.sampled_from([0, 90, 180, 270]),
                SHARE,
            )
        ),
        papers=several(papers(value), 2),
        problem=optional(st.builds(Problem, NAME, TEXT, TEXT)),
    )


@settings(max_examples=60, deadline=None)
@given(readings(WRITTEN))
def test_a_reading_comes_back_as_it_was(reading):
    assert loads(dumps(reading)) == reading


@settings(max_examples=60, deadline=None)
@given(readings(VALUE))
def test_writing_what_was_read_back_gives_the_same_text(reading):
    text = dumps(reading)

    assert dumps(loads(text)) == text
    assert dumps(loads(text.encode())) == text
    assert "\n" not in text


@settings(max_examples=30, deadline=None)
@given(readings(VALUE))
def test_no_value_is_written_as_a_binary_float(reading):
    for paper in json.loads(dumps(reading))["papers"]:
        rows = [row for table in paper["tables"].values() for row in table]
        for field in [*paper["fields"].values(), *(field for row in rows for field in row.values())]:
            assert not isinstance(field["value"], float)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234.50"), "1234.50"),
        (Decimal("-0.6532"), "-0.6532"),
        (Decimal("1E+3"), "1000"),
        (date(2024, 3, 5), "2024-03-05"),
        (Month(2024, 3), "2024-03"),
        (Period(date(2024, 1, 1), date(2024, 3, 31)), {"start": "2024-01-01", "end": "2024-03-31"}),
        (214, "214"),
        (True, True),
        ("人民币", "人民币"),
        (("甲", "乙"), ["甲", "乙"]),
    ],
)
def test_how_the_contract_writes_a_value(value, written):
    assert value_text(value) == written


def account(**changes: object) -> Field:
    printed = Printed(1, Box(0.112, 0.08, 0.291, 0.096), "6222 0200 0000 1234 566", 0.98)
    field = Field("account_no", "6222020000001234566", printed, State.VERIFIED, ("card_check_digit",))
    return replace(field, **changes)


def paper(**changes: object) -> Paper:
    bare = Paper("bank_statement_personal", 0.99, (), (1, 12), None, None, {"account_no": account()}, {})
    return replace(bare, **changes)


def file(*papers: Paper, problem: Problem | None = None) -> FileReading:
    return FileReading("流水-2024H1.pdf", "ab" * 32, "application/pdf", 183220, (), papers, problem)


def test_a_field_says_what_where_and_why_it_is_believed():
    assert field_json(account()) == {
        "value": "6222020000001234566",
        "raw": "6222 0200 0000 1234 566",
        "page": 1,
        "box": [0.112, 0.08, 0.291, 0.096],
        "confidence": 0.98,
        "state": "verified",
        "verified_by": ["card_check_digit"],
    }


def test_a_cell_takes_the_place_of_a_box():
    written = field_json(account(source=Printed(1, None, "6222", cell="C12")))

    assert written["cell"] == "C12"
    assert "box" not in written


def test_a_repaired_value_keeps_what_was_printed():
    written = field_json(account(repaired=Repair("1.280.00", "row_chain")))

    assert written["repaired"] == {"from": "1.280.00", "by": "row_chain"}
    assert field_from("account_no", written).repaired == Repair("1.280.00", "row_chain")


def test_a_required_field_that_was_not_found_is_written_as_absent_and_never_as_a_value():
    reading = file(paper(absent=("period",)))

    written = to_json(reading)["papers"][0]["fields"]["period"]

    assert written == {"value": None, "state": "absent", "verified_by": []}
    assert loads(dumps(reading)).papers[0].absent == ("period",)
    assert "period" not in loads(dumps(reading)).papers[0].fields


def test_an_unreadable_file_says_why_and_holds_no_papers():
    written = to_json(file(problem=Problem("password_protected", "文件有密码保护。", "请填写密码。")))

    assert (written["schema"], written["status"], written["papers"]) == (SCHEMA, "unreadable", [])
    assert written["problem"]["code"] == "password_protected"


def test_a_field_of_a_newer_version_harms_nobody():
    written = to_json(file(paper()))
    written["seen_by"] = "a newer version"
    written["papers"][0]["fields"]["account_no"]["colour"] = "red"

    assert loads(json.dumps(written)) == file(paper())


def test_chinese_stays_readable_in_the_text():
    assert "流水-2024H1.pdf" in dumps(file())
