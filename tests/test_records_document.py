"""A page's words become lines and running text, and every character still knows where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.document import Box, Page, Word, around, is_cjk, lines_of, text_of, usual_height

HEIGHT, WIDE, NARROW = 0.012, 0.012, 0.006  #: of a line, a Chinese character, a Latin one


def word(text: str, x: float, y: float, *, height: float = HEIGHT, cell: str | None = None) -> Word:
    """A word set in type: as wide as its characters are."""
    width = sum(WIDE if is_cjk(character) else NARROW for character in text)
    return Word(text, Box(x, y, x + width, y + height), cell=cell)


def page(*words: Word) -> Page:
    return Page(1, words, "text")


def texts(*words: Word) -> list[str]:
    return [line.text for line in lines_of(words)]


def test_words_at_one_height_are_one_line_from_left_to_right():
    assert texts(word("1,250.00", 0.5, 0.1), word("期末余额", 0.1, 0.1)) == ["期末余额 1,250.00"]


def test_lines_run_from_top_to_bottom_whatever_the_order_of_the_words():
    assert texts(word("丙", 0.1, 0.3), word("甲", 0.1, 0.1), word("乙", 0.1, 0.2)) == ["甲", "乙", "丙"]


def test_a_slightly_tilted_line_stays_one_line():
    tilted = [word("余额", 0.1 + i * 0.08, 0.1 + i * 0.0007) for i in range(10)]

    assert len(lines_of(tilted)) == 1


def test_two_lines_set_close_together_stay_two():
    upper = [word("上期", 0.1 + i * 0.1, 0.1) for i in range(5)]
    lower = [word("本期", 0.1 + i * 0.1, 0.1 + 1.1 * HEIGHT) for i in range(5)]

    assert texts(*upper, *lower) == ["上期 上期 上期 上期 上期", "本期 本期 本期 本期 本期"]


def test_small_print_beside_large_print_of_twice_its_size_is_on_the_same_line():
    assert len(lines_of([word("对账单", 0.1, 0.1, height=0.02), word("1/3", 0.5, 0.105, height=0.01)])) == 1


def test_a_seal_over_two_lines_does_not_glue_them_together():
    seal = Word("业务章", Box(0.4, 0.09, 0.5, 0.15), 0.8)
    lines = texts(word("甲方", 0.1, 0.1), seal, word("乙方", 0.1, 0.13))

    assert sorted(lines) == sorted(["甲方", "业务章", "乙方"])


def test_chinese_words_that_touch_are_joined_and_those_apart_are_not():
    assert texts(word("期末", 0.1, 0.1), word("余额", 0.124, 0.1), word("账号", 0.4, 0.1)) == ["期末余额 账号"]


def test_latin_words_are_always_apart():
    assert texts(word("Paid", 0.1, 0.1), word("in", 0.125, 0.1)) == ["Paid in"]


def test_words_of_two_cells_are_apart_however_close():
    assert texts(word("借方", 0.1, 0.1, cell="A1"), word("贷方", 0.124, 0.1, cell="B1")) == ["借方 贷方"]
    assert texts(word("借方", 0.1, 0.1, cell="A1"), word("金额", 0.124, 0.1, cell="A1")) == ["借方金额"]


def test_no_words_are_no_lines():
    assert lines_of([]) == ()
    assert text_of(page()).text == ""
    assert usual_height([]) == 0.012


# --- running text ----------------------------------------------------------------------------------------------------


def test_a_quotation_knows_its_place():
    text = text_of(page(word("借款人被诉", 0.1, 0.1), word("标的286万元", 0.1, 0.2)))
    start = text.text.index("286")

    assert text.text == "借款人被诉\n标的286万元"
    box = text.box(start, start + 3)
    assert box is not None
    assert (box.y0, box.y1) == (0.2, 0.2 + HEIGHT)
    assert 0.1 < box.x0 < box.x1 < 0.2
    assert [found.text for found in text.between(start, start + 3)] == ["标的286万元"]


def test_a_quotation_is_cut_at_the_character_borders_where_they_are_known():
    edges = (0.1, 0.12, 0.14, 0.15, 0.16, 0.17)
    text = text_of(page(Word("余额123", Box(0.1, 0.1, 0.17, 0.112), edges=edges)))

    assert text.box(2, 5) == Box(0.14, 0.1, 0.17, 0.112)


def test_a_quotation_over_two_lines_covers_both():
    text = text_of(page(word("借款人", 0.1, 0.1), word("被诉", 0.1, 0.2)))

    box = text.box(0, len(text.text))

    assert box is not None
    assert (box.y0, box.y1) == (0.1, 0.2 + HEIGHT)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (99, 120), (2, 3)])
def test_a_place_between_words_has_no_box(start, end):
    text = text_of(page(word("甲方", 0.1, 0.1), word("乙方", 0.4, 0.1)))

    assert text.text == "甲方 乙方"
    assert text.box(start, end) is None
    assert text.between(start, end) == []


PLACED = st.builds(
    word,
    st.text(alphabet="余额账户期末12,.-AB", min_size=1, max_size=6),
    st.integers(0, 80).map(lambda hundredths: hundredths / 100),
    st.integers(0, 60).map(lambda line: line / 62),
    height=st.sampled_from([0.008, HEIGHT, 0.016, 0.05]),
)


@given(st.lists(PLACED, max_size=40))
def test_every_word_is_in_exactly_one_line(words):
    lines = lines_of(words)

    def key(placed: Word) -> tuple[str, list[float]]:
        return placed.text, placed.box.as_list()

    assert sorted((found for line in lines for found in line.words), key=key) == sorted(words, key=key)
    for line in lines:
        lefts = [found.box.x0 for found in line.words]
        assert lefts == sorted(lefts)


@given(st.lists(PLACED, max_size=40))
def test_every_word_stands_in_the_text_where_it_says(words):
    text = text_of(page(*words))

    assert len(text.words) == len(text.starts) == len(words)
    assert list(text.starts) == sorted(text.starts)
    for start, found in zip(text.starts, text.words, strict=True):
        end = start + len(found.text)
        assert text.text[start:end] == found.text
        assert found in text.between(start, end)
        box = text.box(start, end)
        assert box is not None
        assert box.as_list() == pytest.approx(found.box.as_list(), abs=1e-4)


@given(st.lists(PLACED, max_size=20), st.randoms())
def test_the_order_in_which_words_arrive_does_not_matter_on_separate_lines(words, random):
    apart = [word(placed.text, 0.1, i / 40) for i, placed in enumerate(words)]
    shuffled = list(apart)
    random.shuffle(shuffled)

    assert lines_of(shuffled) == lines_of(apart)


# --- boxes -----------------------------------------------------------------------------------------------------------


def test_boxes_joined_and_shared():
    left, right = Box(0.1, 0.1, 0.3, 0.2), Box(0.25, 0.15, 0.5, 0.4)

    assert left.joined(right) == around([left, right]) == Box(0.1, 0.1, 0.5, 0.4)
    assert left.shared_width(right) == pytest.approx(0.05)
    assert left.shared_height(right) == pytest.approx(0.05)
    assert left.shared_width(Box(0.6, 0.1, 0.7, 0.2)) == 0
    assert left.middle == pytest.approx((0.2, 0.15))


def test_a_box_is_written_to_a_ten_thousandth_of_the_page():
    assert Box(0.123456, 0, 1, 0.99999).as_list() == [0.1235, 0, 1, 1.0]


@pytest.mark.parametrize(
    ("character", "chinese"),
    [("余", True), ("〇", True), ("（", True), ("，", True), ("A", False), ("1", False), (" ", False)],
)
def test_which_characters_stand_without_blanks(character, chinese):
    assert is_cjk(character) is chinese
