"""Values found by their labels: beside them, below them, in ruled cells, over wrapped lines, in two languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.forms.fields import Found, chosen, read_fields
from extract.grammar import Anchors, Reading
from extract.kinds import Card, Day, Digits, IdCard, LooseMoney, MoneyInWords, Names, Span, Text, Token, Uscc, YesNo
from extract.layout import Sheet
from records.document import Document, Ruling
from records.facts import State
from tests.paper import paper


class Form(Reading):
    """A form with one field of each kind."""

    type_id = "form"
    title = ("表", "Form")
    recognised_by = Anchors(titles=("表",))

    name = Text("户名", "客户名称", "Account Name", required=True)
    account = Card("账号", "卡号", "账号/卡号", "Account No")
    contract = Token("合同号", "借款合同编号")
    day = Day("检查日期")
    span = Span("起止日期")
    total = LooseMoney("金额合计", "金额合计(大写)")
    total_cn = MoneyInWords("金额合计", "金额合计(大写)")
    people = Names("检查人")
    same = YesNo("是否与约定用途一致")
    uscc = Uscc("纳税人识别号")
    serial = Digits("流水号")


def form(document: Document) -> dict[str, str]:
    reading = Form(Sheet(document, document.pages))
    read_fields(reading)
    return {name: str(field.value) for name, field in reading.fields.items()}


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("户名：沈某某", "name", "沈某某"),
        ("户 名： 沈某某", "name", "沈某某"),
        ("户名  沈某某", "name", "沈某某"),
        ("户名 Account Name: 沈某某", "name", "沈某某"),
        ("户名Account Name: 沈某某 账号Account No: 6228489999000004568", "name", "沈某某"),
        ("账号/卡号Account/Card No: 6228489999000004568", "account", "6228489999000004568"),
        ("ACCOUNT NO: 6228489999000004568", "account", "6228489999000004568"),
        ("account name: 沈某某", "name", "沈某某"),
        ("账号：6228 4899 9900 0004 568", "account", "6228489999000004568"),
        ("账号：6228****4568", "account", "6228****4568"),
        ("检查日期：2026年5月3日 星期日", "day", "2026-05-03"),
        ("起止日期：20260501-20260531", "span", "2026-05-01 ~ 2026-05-31"),
        ("检查人：周岚、何屿  2026年5月3日", "people", "('周岚', '何屿')"),
        ("是否与约定用途一致：☑是 □否", "same", "是"),
        ("是否与约定用途一致：□是 ☑否", "same", "否"),
        ("是否与约定用途一致 否", "same", "否"),
        ("借款合同编号：云农商2026年(借)字第0318号", "contract", "云农商2026年(借)字第0318号"),
    ],
)
def test_a_value_stands_beside_its_label(line: str, name: str, value: str):
    assert form(paper(line))[name] == value


def test_a_label_inside_a_longer_word_is_not_it():
    assert "account" not in form(paper("对方账号：6228489999000004568"))
    assert "name" not in form(paper("对方户名：沈某某"))


def test_a_box_that_is_not_ticked_says_nothing():
    assert "same" not in form(paper("是否与约定用途一致：□是 □否"))


def test_a_value_stands_below_its_label():
    assert form(paper("户名|账号", "沈某某|6228489999000004568"))["name"] == "沈某某"


def test_figures_and_words_are_two_readings():
    read = form(paper("金额合计（大写）壹拾壹万零陆佰壹拾柒元贰角捌分  ¥110,617.28"))

    assert (read["total"], read["total_cn"]) == ("110617.28", "110617.28")
    assert "total" not in form(paper("金额合计（大写）壹拾壹万零陆佰壹拾柒元贰角捌分"))


@pytest.mark.parametrize("printed", ["776,616.69 7笔", "776,616.697笔", "776,616.69元 共7笔", "7笔 776,616.69"])
def test_a_count_beside_an_amount_is_not_part_of_it(printed: str):
    assert form(paper(f"金额合计：{printed}"))["total"] == "776616.69"


def test_two_amounts_behind_one_label_are_refused_not_chosen_from():
    assert "total" not in form(paper("金额合计：1,200.00 300.00"))


def test_a_value_wraps_inside_its_ruled_cell():
    document = paper("", "|云农商2026年(借)字第082", "合同号", "|0号")
    rulings = tuple(Ruling(x, 0.06, x, 0.125) for x in (0.02, 0.15, 0.6)) + tuple(
        Ruling(0.02, y, 0.6, y) for y in (0.06, 0.125)
    )
    ruled = replace(document, pages=(replace(document.pages[0], rulings=rulings),))

    assert form(ruled)["contract"] == "云农商2026年(借)字第0820号"


def test_a_value_wraps_under_itself_and_the_next_row_of_the_form_is_not_part_of_it():
    read = form(paper("合同号|云农商2026年(借)字", "|第0318号", "授信金额|5,000,000.00"))

    assert read["contract"] == "云农商2026年(借)字第0318号"


def test_a_check_digit_proves_and_its_failure_proves_nothing():
    document = paper("纳税人识别号：91330106MA2TEXT017", "账号：6228489999000004567")
    reading = Form(Sheet(document, document.pages))
    read_fields(reading)

    assert reading.fields["uscc"].verified_by == ("uscc_check_digit",)
    assert reading.fields["account"].state is State.CONSISTENT


def test_a_scan_may_lose_the_gap_between_label_and_value():
    scanned = paper("户名沈某某", "账号6228489999000004568", "户名称谓不明", source="ocr")

    assert form(scanned) == {"name": "沈某某", "account": "6228489999000004568"}
    assert "name" not in form(paper("户名沈某某"))


def test_an_unsure_reading_says_so():
    document = paper("户名：沈某某", confidence=0.6)
    reading = Form(Sheet(document, document.pages))
    read_fields(reading)

    assert reading.fields["name"].state is State.LOW_CONFIDENCE


def test_two_places_that_disagree_are_told():
    document = paper("户名：沈某某", "余下各行", "户名：顾某某")
    reading = Form(Sheet(document, document.pages))
    read_fields(reading)

    assert [finding.code for finding in reading.findings] == ["read_twice"]


def test_a_personal_number_printed_twice_differently_is_never_told_whole():
    one, other = "999901197811040028", "999901197811040036"
    document = paper(one, other)
    reading = Reading(Sheet(document, document.pages))
    kind = IdCard("身份证号", required=True)
    kind.name = "id_no"
    found = [
        Found(value, (word,), value, 1, 1.0) for value, word in zip((one, other), document.pages[0].words, strict=True)
    ]

    chosen(kind, found, reading)

    assert [finding.code for finding in reading.findings] == ["read_twice"]
    assert "999901********0028" in reading.findings[0].message
    assert one not in reading.findings[0].message


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("柒元整（金额合计）¥7.00", "total", "7.00"),  # a label in brackets
        ("本合同（编号见下，合同号：JJ20240620000456），截至2026年9月30日", "contract", "JJ20240620000456"),
    ],
)
def test_a_bracket_holds_a_label_or_ends_a_value(line, name, value):
    assert form(paper(line))[name] == value


def test_a_bracket_that_explains_a_word_holds_no_label():
    assert form(paper("抵押余额（流水号）20260101")) == {}


@pytest.mark.parametrize("text", ["999901199003070017", "999901 19900307 0017", "999901199003070017 2025年度"])
def test_an_id_number_stands_in_groups_or_before_something_else(text):
    picked = IdCard("证件号码").pick(text, Decimal(1))

    assert picked is not None
    assert picked[0] == "999901199003070017"


def test_two_labels_apart_on_a_line_are_not_a_third():
    class Pair(Form):
        type_id = "pair"
        owner = Text("境内收货人")
        code = Uscc("统一社会信用代码", "境内收货人统一社会信用代码")

    reading = Pair(Sheet(found := paper("境内收货人|统一社会信用代码", "云洲某公司|91999901MA9HENGY0D"), found.pages))
    read_fields(reading)
    assert (reading.get("owner"), reading.get("code")) == ("云洲某公司", "91999901MA9HENGY0D")
