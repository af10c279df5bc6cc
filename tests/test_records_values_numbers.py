"""Identifiers: a number passes when its check digit holds, and no slip of one character gets through."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.values.numbers import card, case_no, digits, id_card, looks_like_uscc, percent, same_account, uscc

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def with_uscc_check(body: str) -> str:
    """The check character by the sum of documents.md §0.4, not by the code under test."""
    total = sum(USCC_ALPHABET.index(character) * 3**i for i, character in enumerate(body))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def with_id_check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(figure) * weight for figure, weight in zip(body, weights, strict=True)) % 11]


def with_luhn(body: str) -> str:
    total = sum(sum(divmod(int(figure) * (2 - i % 2), 10)) for i, figure in enumerate(reversed(body)))
    return body + str(-total % 10)


USCCS = st.builds(
    lambda office, region, body: with_uscc_check(office + region + body),
    st.sampled_from(["91", "92", "93", "11", "12", "51", "52", "N2", "Y1"]),
    st.from_regex(r"[1-6][0-9]{5}", fullmatch=True),
    st.text(USCC_ALPHABET, min_size=9, max_size=9),
)
ID_CARDS = st.builds(
    lambda region, born, serial: with_id_check(f"{region}{born:%Y%m%d}{serial:03d}"),
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date(2024, 1, 1)),
    st.integers(0, 999),
)
CARDS = st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True).map(with_luhn)


@pytest.mark.parametrize(
    ("read", "number"),
    [
        (uscc, "91330106MA2TEXT017"),
        (uscc, "91440300MA5DEMQ12M"),
        (id_card, "999901197811040028"),
        (card, "6222020000001234566"),
        (digits, "1202026209900012345"),
        (digits, "24332000000012345678"),
        (digits, "310120240519876543"),
    ],
)
def test_the_made_up_numbers_of_the_specification_pass(read, number):
    assert read(number) == number


@pytest.mark.parametrize(
    ("read", "printed", "number"),
    [
        (uscc, " 9133 0106 MA2T EXT0 17", "91330106MA2TEXT017"),
        (uscc, "９１３３０１０６ＭＡ２ＴＥＸＴ０１７", "91330106MA2TEXT017"),
        (uscc, "91330106ma2text017", "91330106MA2TEXT017"),
        (card, "6222 0200 0000 1234 566", "6222020000001234566"),
        (id_card, "999901 19781104 0028", "999901197811040028"),
    ],
)
def test_blanks_and_widths_do_not_matter(read, printed, number):
    assert read(printed) == number


@given(USCCS, st.data())
def test_a_credit_code_passes_and_with_one_character_changed_does_not(number, data):
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from(USCC_ALPHABET + "IOZSV*").filter(lambda character: character != number[place]))

    assert uscc(number) == number
    assert uscc(number[:place] + other + number[place + 1 :]) is None


@given(ID_CARDS, st.data())
def test_an_identity_card_passes_and_with_one_character_changed_does_not(number, data):
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from("0123456789X*").filter(lambda character: character != number[place]))

    assert id_card(number) == number
    assert id_card(number[:place] + other + number[place + 1 :]) is None


@given(CARDS, st.data())
def test_a_bank_card_passes_and_with_one_figure_changed_does_not(number, data):
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda character: character != number[place]))

    assert card(number) == number
    assert card(number[:place] + other + number[place + 1 :]) is None


@given(CARDS, st.data())
def test_neighbours_swapped_are_noticed_except_0_and_9(number, data):
    place = data.draw(st.integers(0, len(number) - 2))
    pair = number[place : place + 2]
    swapped = number[:place] + pair[::-1] + number[place + 2 :]

    assert card(swapped) is None or pair[0] == pair[1] or set(pair) == {"0", "9"} or swapped[0] == "0"


@given(ID_CARDS, st.integers(13, 99), st.integers(0, 99))
def test_an_identity_card_with_an_impossible_birthday_is_refused(number, month, day):
    assert id_card(with_id_check(f"{number[:10]}{month:02d}{day:02d}{number[14:17]}")) is None


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (uscc, "91330106MA2TEXT018"),
        (uscc, "9133O106MA2TEXT017"),
        (uscc, "91330106MA2TEXT01"),
        (uscc, "91330106MA2TEXT0177"),
        (id_card, "999901197811040029"),
        (id_card, with_id_check("99990119780230002")),
        (id_card, "130503670401001"),  # fifteen figures carry no check digit
        (card, "6222020000001234567"),
        (card, "622202****1234566"),
        (card, "123456789"),
        (card, "0000000000000000"),
    ],
)
def test_a_number_that_fails_its_check_is_refused(read, printed):
    assert read(printed) is None


def test_a_credit_code_with_a_failing_check_digit_still_looks_like_one():
    assert looks_like_uscc("91330106MA2TEXT018") == "91330106MA2TEXT018"
    assert looks_like_uscc("91330106MA2TEXTO18") is None


# --- accounts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("6222 0200 0000 1234 566", "6222020000001234566"),
        ("6222 **** **** 4566", "6222********4566"),
        ("６２２２＊＊＊＊４５６６", "6222****4566"),
        ("6222XXXX4566", "6222****4566"),
        ("尾号4566", "*4566"),
        ("（尾号 4566）", "*4566"),
        ("1202-0262-0990-0012345", "1202026209900012345"),
        ("'1202026209900012345\t", "1202026209900012345"),
    ],
)
def test_an_account_number_keeps_its_masks(printed, number):
    assert digits(printed) == number


@pytest.mark.parametrize(
    "printed", ["6.22E+18", "1,234", "12.50", "2024-03-05", "****", "-", "账号", "12a", "(12)", "尾号", ""]
)
def test_what_is_no_account_number_is_refused(printed):
    assert digits(printed) is None


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("6222020000001234566", "6222 0200 0000 1234 566", True),
        ("6222****4566", "6222020000001234566", True),
        ("6222020000001234566", "622202*********4566", True),
        ("尾号4566", "6222020000001234566", True),
        ("6222****4566", "622202*****4566", True),
        ("6222****4566", "6222****4566", True),
        ("6222****4567", "6222020000001234566", False),
        ("6228****4566", "6222020000001234566", False),
        ("6222****4566", "6222****4567", False),
        ("6222****4566", "62224566", False),  # nothing left to hide
        ("6*6", "6222020000001234566", False),  # fits too many
        ("***4566", "6222***", False),  # nothing in common to compare
        ("", "", False),
        ("账号", "账号", False),
    ],
)
def test_masked_accounts_match_on_what_is_visible(a, b, same):
    assert same_account(a, b) is same_account(b, a) is same


@given(CARDS, st.integers(0, 8), st.integers(4, 8))
def test_a_masked_card_matches_its_own_number(number, front, back):
    hidden = len(number) - min(front, len(number) - 5) - min(back, 4)
    masked = number[: min(front, len(number) - 5)] + "*" * hidden + number[-min(back, 4) :]

    assert same_account(masked, number)


# --- case numbers and percentages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("（2024）浙0106民初12345号", "（2024）浙0106民初12345号"),
        ("(2024)浙0106民初12345号", "（2024）浙0106民初12345号"),
        ("〔2024〕浙 0106 执恢 12 号之一", "（2024）浙0106执恢12号之一"),
        ("案号：［２０２４］浙０１０６民初１２３４５号，案由买卖合同纠纷", "（2024）浙0106民初12345号"),
        ("（2024）最高法民申123号", "（2024）最高法民申123号"),
        ("（2024）浙01破申5号", "（2024）浙01破申5号"),
        ("（2014）杭余商初字第1234号", "（2014）杭余商初字第1234号"),
        ("（2024）杭仲字第123号", "（2024）杭仲字第123号"),
        ("杭余劳人仲案〔2024〕第123号", "杭余劳人仲案（2024）第123号"),
    ],
)
def test_a_case_number_has_one_form(printed, number):
    assert case_no(printed) == number


@pytest.mark.parametrize(
    "printed",
    [
        "（2024）银监罚字第12号",
        "国发〔2024〕12号",
        "浙（2023）杭州市不动产权第0012345号",
        "（2024）第12号",
        "（2024）浙0106民初号",
        "（20245）浙0106民初1号",
        "合同第12号",
        "",
    ],
)
def test_other_document_numbers_are_no_case_numbers(printed):
    assert case_no(printed) is None


@pytest.mark.parametrize(
    ("printed", "share"),
    [
        ("65%", "0.65"),
        ("65.32％", "0.6532"),
        ("-3.50 %", "-0.0350"),
        ("5‰", "0.005"),
        ("百分之六十五", "0.65"),
        ("百分之65.5", "0.655"),
    ],
)
def test_a_percentage_is_an_exact_share(printed, share):
    assert str(percent(printed)) == str(Decimal(share))


@pytest.mark.parametrize("printed", ["65", "0.65", "65个百分点", "%", "1,2%", "百分之", "约三成", ""])
def test_what_is_no_percentage_is_refused(printed):
    assert percent(printed) is None


CONFUSING = st.text(alphabet="0123456789X*- ()（）〔〕浙民初号之第仲百分%‰IOSZ", max_size=30)


@given(st.one_of(st.text(max_size=100), CONFUSING))
def test_no_text_ever_raises(text):
    for read in (uscc, looks_like_uscc, id_card, card, digits, case_no, percent):
        result = read(text)
        assert result is None or result != ""
    assert same_account(text, text) in (True, False)
