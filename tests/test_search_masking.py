"""Numbers of persons never leave the search in full, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.masking import mask


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("身份证999901197811040028。", "197811040028"),
        ("手机 13812345678 接通", "12345678"),
        ("卡号6222020000001234566", "0000001234"),
        ("账号 1202026209900012345", "2620990001"),
    ],
)
def test_a_number_of_a_person_is_masked(text: str, hidden: str):
    assert hidden not in mask(text)


@pytest.mark.parametrize(
    "text", ["标的额286万元", "2024-06-18", "1,234,567.89", "JJ20240318", "（2024）浙0106民初12345号"]
)
def test_what_is_no_number_of_a_person_stays(text: str):
    assert mask(text) == text


@given(st.text(max_size=80))
def test_masking_twice_is_masking_once_and_never_fails(text: str):
    assert mask(mask(text)) == mask(text)
