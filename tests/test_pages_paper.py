"""A reading as a page shows it: what needs eyes first, a box for every value, the proof in words."""

from dataclasses import replace
from decimal import Decimal

from api.paper_view import paper_at, view
from api.quotes import pieces
from api.table_view import ROWS_AT_ONCE
from records.document import Box
from records.facts import (
    Check,
    Cue,
    Evidence,
    Field,
    FileReading,
    Outcome,
    PageReading,
    Paper,
    Polarity,
    Printed,
    RiskEvent,
    Severity,
    State,
)

PLACE = Box(0.1, 0.1, 0.2, 0.12)


def value(name, text, page=1, state=State.CONSISTENT, by=()):
    return Field(name, text, Printed(page, PLACE, str(text)), state, by)


def statement(**changes):
    rows = tuple(
        {"date": value("date", f"row {n}", page=1 if n < 100 else 2), "amount": value("amount", Decimal(n))}
        for n in range(120)
    )
    paper = Paper(
        type="bank_statement_corporate",
        confidence=0.99,
        candidates=(),
        pages=(1, 2),
        period=None,
        subject=None,
        fields={
            "account_no": value("account_no", "6222020000001234566"),
            "closing_balance": value(
                "closing_balance", Decimal("519607.50"), page=2, state=State.VERIFIED, by=("four",)
            ),
            "total_in": value("total_in", Decimal("892428.67"), state=State.CONFLICT),
        },
        tables={"transactions": rows},
        checks=(
            Check("four", Outcome.HOLDS, "期初 + 贷 − 借 = 期末"),
            Check("sum_in", Outcome.FAILS, "各行贷方之和 = 贷方合计", "992428.67", "892428.67", values=("total_in",)),
            Check("row_chain", Outcome.FAILS, "余额链", "10", "20", where="row 3"),
        ),
        absent=("bank_name",),
    )
    return FileReading(
        "a.pdf", "0" * 64, "application/pdf", 1,
        (PageReading(1, "text", None, 0, 1.0), PageReading(2, "text", None, 0, 1.0)),
        (replace(paper, **changes),),
    )  # fmt: skip


def test_what_needs_eyes_comes_first():
    seen = view(statement(), 0, 1, "zh")

    assert [state for state, _ in seen.groups] == ["conflict", "absent", "verified", "consistent"]
    assert [item.check.identity for item in seen.look] == ["sum_in", "row_chain"]


def test_a_proved_value_names_its_proof_and_a_doubted_one_the_two_numbers():
    values = {shown.label: shown for _, group in view(statement(), 0, 1, "zh").groups for shown in group}

    assert values["期末余额"].by == "期初 + 贷 − 借 = 期末"
    assert values["贷方合计"].by == "应为 992,428.67，印着 892,428.67"
    assert values["银行"].text == "—"


def test_an_account_is_masked_and_says_so():
    account = next(
        shown for _, group in view(statement(), 0, 1, "zh").groups for shown in group if shown.label == "账号"
    )

    assert account.text == "6222 **** **** 4566"
    assert account.masked


def test_only_rows_of_the_page_are_shown_and_never_thousands_at_once():
    first = view(statement(), 0, 1, "zh").tables[0]
    rest = view(statement(), 0, 1, "zh", first=ROWS_AT_ONCE).tables[0]

    assert (first.on_page, first.total, len(first.rows)) == (100, 120, ROWS_AT_ONCE)
    assert [row.number for row in rest.rows] == list(range(ROWS_AT_ONCE + 1, 101))
    assert first.rows[2].broken == "余额链：应为 10，印着 20"


def test_every_value_of_the_page_has_a_box_with_its_name_and_no_other_has():
    places = view(statement(), 0, 1, "zh").places

    names = {place.id for place in places}
    assert {"0.account_no", "0.total_in", "0.0.0.1"} <= names
    assert "0.closing_balance" not in names
    assert next(place for place in places if place.id == "0.total_in").mark == "clash"


def test_a_page_belongs_to_the_paper_that_spans_it():
    reading = statement()
    second = replace(reading.papers[0], pages=(3, 4))

    assert paper_at(replace(reading, papers=(*reading.papers, second)), 4) == 1


def event(polarity, severity, quote, *cues):
    return RiskEvent(
        "account_freeze",
        polarity,
        severity,
        Evidence(1, quote, PLACE),
        "r",
        cues=tuple(Cue(cue, "x", "y") for cue in cues),
    )


def test_the_words_that_raised_an_event_are_underlined_in_its_severity():
    raised = pieces(event(Polarity.ASSERTED, Severity.SEVERE, "账户已被法院冻结。", "冻结"))

    assert raised == (("账户已被法院", ""), ("冻结", "c3"), ("。", ""))


def test_a_denied_event_carries_no_colour_of_risk():
    calm = pieces(event(Polarity.NEGATED, None, "未发现账户冻结，电话 13812345678。", "未发现"))

    assert ("未发现", "off") in calm
    assert not any(mark.startswith("c") for _, mark in calm)
    assert "13812345678" not in "".join(words for words, _ in calm)
