"""Money: what documents.md §0.2 lists is read to the cent, everything else is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from records.values.money import from_cells, from_words, in_words, money, nil, quantity, unit_of

FULL_WIDTH = str.maketrans("0123456789,.-()", "０１２３４５６７８９，．－（）")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,234,567.89", "1234567.89"),
        ("１，２３４，５６７．８９", "1234567.89"),
        ("１，２３４．５０", "1234.50"),
        ("¥1，234．50", "1234.50"),
        ("1 234 567.89", "1234567.89"),
        ("1\u2009234\u2009567.89", "1234567.89"),
        ("¥1,234,567.89", "1234567.89"),
        ("￥ 1,234.50", "1234.50"),
        ("RMB1,234,567.89", "1234567.89"),
        ("CNY 12.00", "12.00"),
        ("人民币1,234.50元", "1234.50"),
        ("人民币：￥1,234.50元整", "1234.50"),
        ("0.00", "0.00"),
        ("0-00", "0.00"),
        (".50", "0.50"),
        ("123456", "123456"),
        ("+88.00", "88.00"),
        ("5000元整", "5000"),
        ("52万元", "520000"),
        ("１２０．５万", "1205000.0"),
        ("123.45万元", "1234500.00"),
        ("2,860万元", "28600000"),
        ("3.2亿", "320000000.0"),
        ("1.5万亿", "1500000000000.0"),
        ("1亿2千万", "120000000"),
        ("1亿2,000万元", "120000000"),
        ("1亿零500万元", "105000000"),
        ("0.5个亿", "50000000.0"),
        ("3万5千元", "35000"),
        ("12万3456.78元", "123456.78"),
        ("三百万元", "3000000"),
        ("一百二十万", "1200000"),
        ("两百万", "2000000"),
        ("二百五十元", "250"),
        ("500块钱", "500"),
        ("叁佰万零伍佰元伍角", "3000500.50"),
        ("人民币贰佰叁拾万元整", "2300000.00"),
        ("人民币（大写）伍佰万元整", "5000000.00"),
        ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "1234567.89"),
    ],
)
def test_an_amount_is_read_to_the_digit_printed(printed, value):
    amount = money(printed)

    assert amount is not None
    assert f"{amount.value:f}" == value
    assert (amount.raw, amount.negative_by, amount.approximate) == (printed, None, False)


@pytest.mark.parametrize(
    ("printed", "by"),
    [
        ("(1,234.56)", "brackets"),
        ("（1,234.56）", "brackets"),
        ("¥(1,234.56)", "brackets"),
        ("-1,234.56", "minus"),
        ("－1,234.56", "minus"),
        ("—1,234.56", "minus"),
        ("−1,234.56", "minus"),
        ("-¥1,234.56", "minus"),
        ("¥-1,234.56", "minus"),
        ("1,234.56-", "trailing minus"),
        ("红字 1,234.56", "红字"),
        ("（红字）1,234.56", "红字"),
        ("（负数）壹仟贰佰叁拾肆元伍角陆分", "负"),
        ("负壹仟贰佰叁拾肆元伍角陆分", "负"),
    ],
)
def test_a_negative_amount_says_what_made_it_negative(printed, by):
    amount = money(printed)

    assert amount is not None
    assert (amount.value, amount.negative_by) == (Decimal("-1234.56"), by)


@pytest.mark.parametrize(
    "printed",
    [
        "1.234.567,89",  # an OCR error, not a locale
        "64.004.70",
        "7,379,447,00",
        "1,23",
        "1,2345",
        "12,34.56",
        "1,,234.56",
        "1234,567.89",
        "0,123.45",
        "1,2345,6789",  # groups of four are not how amounts are printed here
        "1,234.",
        "00123",
        "0123.45",
        "12 345",  # two columns, perhaps
        "1 234",
        "6.22E+18",
        "10²",
        "①",
        "١٢٣",
        "１２3l",
        "12O.00",
        "65%",
        "65％",
        "5‰",
        "--5",
        "-(5.00)",
        "(-5.00)",
        "(5.00)-",
        "-5.00-",
        "红字 -5.00",
        "- 1,234.56",  # the dash may be the cell before
        "(1,234.56",
        "1,234.56)",
        "(¥5,000,000.00)",  # how contracts repeat an amount
        "（500万元）",
        "100-200万",
        "100万至200万",
        "100~200万元",
        "近百万",
        "约三成",
        "数百万",
        "几十万",
        "二三十万",
        "百万元",
        "三百五",
        "3万5",
        "1.5亿2千万",
        "2千万1亿",
        "一",
        "五百",
        "10万吨",
        "300万美元",
        "USD 5.00",
        "$5.00",
        "0.52元/千瓦时",
        "50W",
        "不超过500万元",
        "500万元以上",
        "1,234.56*",
        "1,234.56 CR",
        "2024-03-05",
        "2024年3月5日",
        "元",
        "元整",
        "¥",
        ".",
        ",",
        "",
        "   ",
    ],
)
def test_what_is_not_clearly_one_amount_is_refused(printed):
    assert money(printed) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("500余万", 5000000),
        ("500多万元", 5000000),
        ("500万余元", 5000000),
        ("五百余万元", 5000000),
        ("约500万元", 5000000),
        ("近500万", 5000000),
        ("逾１,200万元", 12000000),
        ("500万元左右", 5000000),
        ("10余元", 10),
    ],
)
def test_a_rough_amount_keeps_its_figure_and_says_that_it_is_rough(printed, value):
    amount = money(printed)

    assert amount is not None
    assert (amount.value, amount.approximate) == (value, True)


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [
        ("123.45", 10000, "1234500.00"),
        ("-123.45", 10000, "-1234500.00"),
        ("(123.45)", 10000, "-1234500.00"),
        ("¥123.45", 1000, "123450.00"),
        ("123.45元", 10000, "123.45"),
        ("123.45万元", 1000, "1234500.00"),
        ("壹佰元整", 10000, "100.00"),
    ],
)
def test_the_unit_of_the_heading_counts_unless_the_cell_names_its_own(printed, unit, value):
    amount = money(printed, Decimal(unit))

    assert amount is not None
    assert f"{amount.value:f}" == value


@pytest.mark.parametrize(
    "printed", ["", " ", "-", "--", "—", "——", "——————", "－", "- -", "/", "*", "***", "¥ -", "N/A"]
)
def test_a_mark_for_nothing_is_nil_and_not_money(printed):
    assert nil(printed)
    assert money(printed) is None
    assert quantity(printed) is None


@pytest.mark.parametrize("printed", ["0.00", "0", "-5", "无", "一", "1/2", "¥", "a-b", "N", "Na2"])
def test_a_value_or_a_word_is_not_nil(printed):
    assert not nil(printed)


# --- characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("1234.5", "壹仟贰佰叁拾肆元伍角整"),
        ("3000500.5", "叁佰万零伍佰元伍角整"),
        ("100000", "壹拾万元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000001.00", "壹万亿零壹元整"),
        ("-100", "负壹佰元整"),
    ],
)
def test_a_number_in_words(number, words):
    assert in_words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("人民币贰佰叁拾万圆正", "2300000.00"),
        ("拾万元整", "100000.00"),
        ("⊗壹佰元整", "100.00"),
        ("壹 佰 元 整", "100.00"),
        ("貳佰參拾陸萬元整", "2360000.00"),
        ("廿伍元整", "25.00"),
        ("卅元整", "30.00"),
        ("两仟元整", "2000.00"),
        ("零拾叁万零仟伍佰零拾零元零角零分", "30500.00"),
        ("叁万元零伍角整", "30000.50"),
        ("壹拾万柒仟元零伍角叁分", "107000.53"),
        ("壹亿零仟零佰零拾零万零仟零佰零拾伍元整", "100000005.00"),
        ("一百二十元五角", "120.50"),
    ],
)
def test_other_spellings_of_words(words, number):
    value = from_words(words)

    assert value is not None
    assert f"{value:f}" == number


@pytest.mark.parametrize(
    "words",
    [
        "壹佰贰拾叁万肆仟",  # cut off: 元 is missing
        "佰叁拾万元整",  # cut off in front
        "万伍仟元整",
        "壹贰叁元整",
        "壹佰佰元整",
        "壹拾佰元整",
        "壹佰仟元整",
        "壹佰万亿万元整",
        "壹佰元整元整",
        "壹佰元伍分伍角",
        "壹佰元捌分整",
        "元整",
        "整",
        "123元整",
        "壹佰2拾元整",
        "壹佰元整（¥100.00）",
        "亿" * 5000,
        "",
    ],
)
def test_words_that_no_one_writes_are_refused(words):
    assert from_words(words) is None


@pytest.mark.parametrize("number", ["0.005", "10000000000000000", "NaN", "Infinity"])
def test_what_cannot_be_written_in_words_is_refused_aloud(number):
    with pytest.raises(ValueError, match="cannot be written"):
        in_words(Decimal(number))


CENTS = st.one_of(
    st.integers(0, 10**18 - 1),
    st.integers(0, 10**6),
    st.builds(lambda a, b: a * 10**b, st.integers(0, 99), st.integers(0, 15)),
)


@given(CENTS, st.booleans())
def test_a_number_written_in_words_is_read_as_the_same_number(cents, negative):
    value = Decimal(-cents if negative else cents).scaleb(-2)

    words = in_words(value)

    assert from_words(words) == value
    assert value == 0 or from_words(words.replace("零", "")) == value
    assert from_words("人民币" + words.replace("元", "圆")) == value
    amount = money(words)
    assert amount is not None
    assert amount.value == value


@given(CENTS, st.data())
def test_a_word_misread_never_gives_the_same_amount(cents, data):
    words = in_words(Decimal(cents).scaleb(-2))
    place = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from("壹贰叁肆伍陆柒捌玖拾佰仟万亿"))
    assume(words[place] not in (other, "零"))

    assert from_words(words[:place] + other + words[place + 1 :]) != Decimal(cents).scaleb(-2)


# --- any number, printed in any listed way ---------------------------------------------------------------------------

VALUES = st.decimals(0, 10**12, places=2, allow_nan=False, allow_infinity=False)

WAYS = {
    "plain": lambda text, plain: plain,
    "thousands": lambda text, plain: text,
    "full width": lambda text, plain: text.translate(FULL_WIDTH),
    "yen sign": lambda text, plain: "¥" + text,
    "full-width yen sign": lambda text, plain: "￥" + text,
    "RMB": lambda text, plain: "RMB " + text,
    "CNY": lambda text, plain: "CNY" + plain,
    "元": lambda text, plain: text + "元",
    "blanks": lambda text, plain: text.replace(",", " "),
    "blanks around": lambda text, plain: f"\t {text}\u3000",
    "plus": lambda text, plain: "+" + text,
}
NEGATIVE_WAYS = {
    "minus": lambda text: "-" + text,
    "full-width minus": lambda text: ("-" + text).translate(FULL_WIDTH),
    "brackets": lambda text: f"({text})",
    "full-width brackets": lambda text: f"（{text}）",
    "trailing minus": lambda text: text + "-",
    "红字": lambda text: "红字 " + text,
    "minus and yen": lambda text: "-¥" + text,
}


@pytest.mark.parametrize("way", WAYS)
@given(value=VALUES)
def test_any_amount_printed_any_listed_way_is_read_the_same(way, value):
    printed = WAYS[way](f"{value:,.2f}", f"{value:.2f}")

    amount = money(printed)

    assert amount is not None
    assert f"{amount.value:f}" == f"{value:f}"


@pytest.mark.parametrize("way", NEGATIVE_WAYS)
@given(value=VALUES)
def test_any_negative_amount_printed_any_listed_way_is_read_the_same(way, value):
    amount = money(NEGATIVE_WAYS[way](f"{value:,.2f}"))

    assert amount is not None
    assert amount.value == -value
    assert amount.negative_by


@given(value=st.decimals(0, 10**10, places=4, allow_nan=False, allow_infinity=False))
def test_ten_thousands_are_multiplied_out_exactly(value):
    in_text, by_heading = money(f"{value:,f}万元"), money(f"{value:,f}", Decimal(10000))

    assert in_text is not None
    assert by_heading is not None
    assert in_text.value == by_heading.value == value * 10000
    assert "E" not in str(in_text.value)


@given(st.text(alphabet="0123456789,. ", max_size=16))
def test_separators_stand_where_they_belong_or_nothing_is_read(text):
    amount = money(text)

    if amount is not None:
        whole, _, _ = text.strip().partition(".")
        groups = whole.replace(" ", ",").split(",")
        assert all(len(group) == 3 for group in groups[1:])
        assert (
            f"{amount.value:f}".lstrip("0") == text.replace(",", "").replace(" ", "").lstrip("0") or amount.value == 0
        )


CONFUSING = st.text(
    alphabet="0123456789,.-+()（）¥￥％%元万亿千百十个余约角分整零壹贰拾佰仟 /*OlS红字负人民币", max_size=24
)


@given(st.one_of(st.text(max_size=80), CONFUSING))
def test_no_text_ever_raises(text):
    for read in (money, nil, from_words, unit_of, quantity):
        read(text)
    from_cells([text])


@given(
    st.text().filter(
        lambda text: not set(text) & set("元圆圓块角分整正万亿萬億") and not any(c.isdigit() for c in text)
    )
)
def test_a_text_without_figures_and_money_words_is_no_amount(text):
    assert money(text) is None


# --- headings, quantities, cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("单位：万元", 10000),
        ("单位:元", 1),
        ("单位：千元", 1000),
        ("单位：百万元", 10**6),
        ("单位：亿元", 10**8),
        ("单 位 ： 万 元", 10000),
        ("金额单位：人民币万元", 10000),
        ("金额单位：元（列至角分）", 1),
        ("金额单位：人民币元（列至角分）", 1),
        ("（单位：人民币元）", 1),
        ("编制单位：元亨贸易有限公司   2024年3月31日   单位：千元", 1000),
        ("币种：人民币 单位：元 第1页", 1),
        ("余额（万元）", 10000),
        ("金额(元)", 1),
        ("万元", 10000),
    ],
)
def test_a_heading_gives_its_unit(heading, unit):
    assert unit_of(heading) == unit


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "单位：吨",
        "单位：万美元",
        "单价（元/千瓦时）",
        "编制单位：元亨贸易有限公司",
        "余额（元） 授信额度（万元）",
        "元旦放假",
        "单位：人民币",
    ],
)
def test_a_heading_without_one_clear_unit_gives_none(heading):
    assert unit_of(heading) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [("128,400", "128400"), ("0.6543", "0.6543"), ("-312.45", "-312.45"), ("000123.45", "123.45"), ("１２", "12")],
)
def test_a_quantity_is_a_plain_number(printed, value):
    assert quantity(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed", ["¥5", "5元", "5万", "5%", "128,400kWh", "1,23", "(5)", "5-", "1.2.3", "", "-", "五"]
)
def test_a_quantity_has_no_currency_and_no_unit(printed):
    assert quantity(printed) is None


@pytest.mark.parametrize(
    ("cells", "value"),
    [(["1", "2", "3", "4", "5", "6"], "1234.56"), (["¥", "5", "０", "0"], "5.00"), (["0", "0", "0"], "0.00")],
)
def test_figures_in_cells_are_joined_and_end_in_角分(cells, value):
    assert from_cells(cells) == Decimal(value)


@pytest.mark.parametrize("cells", [[], ["1"], ["1", "2"], ["1", "x", "3"], ["1", "", "."]])
def test_cells_without_enough_figures_give_nothing(cells):
    assert from_cells(cells) is None
