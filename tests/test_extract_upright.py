"""A column of single letters that OCR took for one word is shared out among its lines."""

from __future__ import annotations

from extract.layout import Strip
from extract.tables.upright import stood_up
from records.document import Box, Word


def word(text: str, x: float, y: float, *, high: float = 0.02, wide: float = 0.02) -> Word:
    return Word(text, Box(x, y, x + wide * max(len(text), 1), y + high), 0.95)


def lines(upright: Word, *, scanned: bool = True) -> list[Strip]:
    """Three rows of a table, the upright word between the first and the second of them."""
    rows = [(word("轴承座", 0.1, y), word("12", 0.6, y), word("96.00", 0.8, y)) for y in (0.40, 0.44, 0.48)]
    found = [rows[0], rows[1], (upright,), rows[2]]
    return [Strip(1, number, words, 1.0, scanned=scanned) for number, words in enumerate(found)]


def test_each_letter_goes_to_its_own_line():
    column = Word("个套米", Box(0.5, 0.398, 0.53, 0.502), 0.9)
    found = stood_up(lines(column))

    assert [strip.text for strip in found] == ["轴承座 个 12 96.00", "轴承座 套 12 96.00", "轴承座 米 12 96.00"]
    assert [strip.number for strip in found] == [0, 1, 3]


def test_a_word_that_crosses_more_lines_than_it_has_letters_stays():
    column = Word("备注", Box(0.5, 0.398, 0.55, 0.502), 0.9)

    assert [strip.text for strip in stood_up(lines(column))][2] == "备注"


def test_what_a_file_itself_says_is_left_alone():
    column = Word("个套米", Box(0.5, 0.398, 0.53, 0.502))
    given = lines(column, scanned=False)

    assert stood_up(given) is given
