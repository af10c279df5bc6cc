"""Money, shares and days as the pages write them; numbers of persons as anybody may see them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import masks
from api.formats import day, figure, money, number, place_words, share, short_money, size, unit_name


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("4200000.00"), "4,200,000.00"),
        ("-1280.5", "−1,280.5"),
        ("0.00", "0.00"),
        ("1E+3", "1,000"),
        ("not a number", "not a number"),
    ],
)
def test_money_keeps_every_digit(value, shown):
    assert money(value) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_money_says_the_very_number(value):
    assert Decimal(money(value).replace(",", "").replace("−", "-")) == value


def test_large_sums_are_short_in_chinese_and_in_full_in_english():
    assert short_money(Decimal("4200000"), "zh") == "420.0 万"
    assert short_money(Decimal("120000000"), "zh") == "1.2 亿"
    assert short_money(Decimal("4200000.00"), "en") == "4,200,000.00"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("0.6532", "ratio", "65.3"),
        ("1486300.42", "CNY", "1,486,300"),
        ("15.20", "CNY", "15.20"),
        ("1221318.27", "CNY/month", "1,221,318"),
        ("128400", "kWh", "128,400"),
        ("92.50", "days", "92.5"),
        ("2026-09-21", "date", "2026-09-21"),
        (None, "CNY", "—"),
    ],
)
def test_a_figure_is_written_by_its_unit(value, unit, shown):
    assert figure(value, unit) == shown


def test_small_things():
    assert share(Decimal("-0.2361")) == "−23.6%"
    assert unit_name("CNY", "zh") == "元"
    assert unit_name("kWh", "zh") == "kWh"
    assert size(900) == "1 kB"
    assert size(3 << 20) == "3.0 MB"
    assert number("NaN") is None
    assert day("2026-06-30T17:00:00.000Z") == "2026-07-01"  # on the bank's clock
    assert day(date(2026, 6, 30)) == "2026-06-30"
    assert place_words("rows 1–24, 26", "zh") == "第 1–24, 26 行"
    assert place_words("缺 opening_balance", "zh") == "缺期初余额"
    assert place_words("last row", "zh") == "last row"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("account_no", "6222020000001234566", "6222 **** **** 4566"),
        ("counterparty_account", "12345678", "****5678"),
        ("account_no", "6222 **** **** 4566", "6222 **** **** 4566"),
        ("id_no", "330106199001011238", "330106********1238"),
        ("summary", "电话 13812345678", "电话 138****5678"),
        ("account_name", "杭州临屿精密机械有限公司", "杭州临屿精密机械有限公司"),
    ],
)
def test_numbers_of_persons_keep_their_ends_only(name, value, shown):
    assert masks.field(name, value) == shown
