"""The words types are written in: declarations checked when defined, missing values never a crash, new types without editing."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

import extract.types
from extract.forms.fields import read_fields
from extract.grammar import Anchors, Reading, Table, identity
from extract.kinds import Day, LooseMoney, Money, NotRead
from extract.layout import Sheet
from extract.proof.prove import prove
from extract.reading import read_document
from extract.recognise import all_types, declare
from records.facts import Outcome, State
from tests.paper import paper


class Slip(Reading):
    """Three sums that belong together."""

    type_id = "slip"
    title = ("小票", "Slip")
    recognised_by = Anchors(titles=("小票",))

    opening = LooseMoney("期初余额")
    paid_in = LooseMoney("贷方合计")
    closing = LooseMoney("期末余额", required=True)

    @identity("期初 + 贷方 = 期末", proves=("opening", "paid_in", "closing"))
    def adds_up(self) -> tuple[Decimal, Decimal]:
        return self.opening + self.paid_in, self.closing


def slip(*lines: str) -> Slip:
    document = paper(*lines)
    reading = Slip(Sheet(document, document.pages))
    read_fields(reading)
    return reading


def test_a_value_is_read_with_its_place_on_the_page():
    reading = slip("小票", "期末余额 1,250.00")

    assert reading.closing == Decimal("1250.00")
    assert str(reading.fields["closing"].source) == "'1,250.00' on page 1"


@pytest.mark.parametrize(
    ("closing", "state", "computed"),
    [
        ("1,500.00", Outcome.HOLDS, "1500.00"),
        ("1,250.00", Outcome.FAILS, "1500.00"),
        ("模糊", Outcome.CANNOT_TELL, None),
    ],
)
def test_an_identity_holds_fails_or_cannot_be_told(closing: str, state: Outcome, computed: str | None):
    reading = slip("小票", "期初余额 1,000.00", "贷方合计 500.00", f"期末余额 {closing}")

    (check,) = prove(reading)
    assert (check.state, check.computed) == (state, computed)


def test_one_sum_that_holds_supports_its_values_and_one_that_fails_accuses_them():
    good = slip("小票", "期初余额 1,000.00", "贷方合计 500.00", "期末余额 1,500.00")
    bad = slip("小票", "期初余额 1,000.00", "贷方合计 500.00", "期末余额 1,400.00")
    prove(good)
    prove(bad)

    assert {field.state for field in good.fields.values()} == {
        State.CONSISTENT
    }  # any two may be misread by the same sum
    assert good.supported == set(good.fields)
    assert {field.state for field in bad.fields.values()} == {State.CONFLICT}


def test_a_missing_value_says_which_one():
    with pytest.raises(NotRead, match="opening"):
        _ = slip("小票", "期末余额 1,250.00").opening


def test_on_the_class_a_field_is_its_specification():
    assert Slip.closing.labels == ("期末余额",)
    assert Slip.closing.required


def test_a_table_that_names_columns_it_does_not_have_is_refused_when_it_is_defined():
    with pytest.raises(TypeError, match="names columns that it does not have: balance"):
        Table(key=("date", "balance"), date=Day("日期"), amount=Money("金额"))


def test_a_type_that_could_not_work_is_refused_in_a_whole_sentence():
    class Nameless(Reading):
        type_id = "nameless"

    with pytest.raises(
        TypeError, match="'nameless' cannot be used: it has no title in Chinese and English; nothing says"
    ):
        declare(Nameless)


NEW_TYPE = '''
    """Toll receipts: what a lorry paid on the motorway."""

    from extract.grammar import Anchors, Reading
    from extract.kinds import Day, LooseMoney


    class TollReceipt(Reading):
        """通行费收据."""

        type_id = "toll_receipt"
        title = ("通行费收据", "Toll receipt")
        recognised_by = Anchors(titles=("通行费收据",), words=("收费站",))

        date = Day("通行日期", required=True)
        amount = LooseMoney("通行费", required=True)
'''


def test_adding_a_type_edits_no_existing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "toll_receipt.py").write_text(dedent(NEW_TYPE), encoding="utf-8")
    monkeypatch.setattr(extract.types, "__path__", [*extract.types.__path__, str(tmp_path)])
    all_types.cache_clear()
    try:
        reading = read_document(paper("通行费收据", "收费站：临屿南", "通行日期：2026-05-03", "通行费：35.00元"))
    finally:
        all_types.cache_clear()
        sys.modules.pop("extract.types.toll_receipt", None)

    (read,) = reading.papers
    assert read.type == "toll_receipt"
    assert {name: str(field.value) for name, field in read.fields.items()} == {"date": "2026-05-03", "amount": "35.00"}
