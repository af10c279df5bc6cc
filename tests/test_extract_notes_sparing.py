"""What the notes reader leaves out to be quick could not have changed what it reads."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import gold
from extract.lexicon.adding import Signs
from extract.lexicon.heard import Vocabulary
from extract.lexicon.situations import Situations
from extract.lexicon.ways import Ways, expression
from extract.notes import assertion, endings, figures, forms, mentions, quantities, shares
from extract.notes.clauses import Sentence, sentences
from extract.notes.cues import by_phrase, cues
from extract.notes.listed import lists
from extract.notes.squeeze import squeeze
from extract.notes.suggesting import class_words, model
from records.document import Box, PageText, Word

FORMS = {name: form for name, form in vars(mentions).items() if isinstance(form, mentions._Form)}
#: One place at least for every expression, in every spelling that could do without a letter of the others.
SAID = """人民币500 RMB 500 CNY500 ¥1,280.50 欠息3万 五百圆 12亿；2024/03/05到2024-3-5到2024.03.05到二〇二四年三月五日
2024年3月起
3月5日和上月8日，本月9日；苏州市吴中区人民法院与南京仲裁委员会（2024）苏0506执123号；降12.5%，百分之三十，三成半；逾期47天，3日，
三个月，连续5期，2笔4次1件3条5户6起7宗8份9台；八台设备开了三台，3 of the 9 lines were running."""


def _texts() -> Iterator[str]:
    yield SAID
    for name in ("open.txt", "desk.txt"):
        yield from (passage.text for passage in gold.sentences(gold.HERE / name))


SENTENCES: list[Sentence] = [one for text in _texts() for one in sentences(squeeze(text).text)]


@pytest.mark.parametrize("name", FORMS)
def test_an_expression_stands_nowhere_without_a_letter_it_needs(name: str) -> None:
    form = FORMS[name]
    found = [one for one in SENTENCES if form.expression.search(one.text, one.start, one.end)]
    assert found
    assert [one.words for one in found if form.letters.isdisjoint(one.letters)] == []


@pytest.mark.parametrize(
    ("expression", "letters", "said"),
    [
        (forms._BOX, forms._BOXED, "[x]有"),
        (forms._ZERO_AFTER, "0零", "记录共0笔"),
        (forms._AFTER_ENGLISH, forms._DASHES, "lawsuits: none"),
        (forms._COLON, ":(", "情况:"),
        (assertion._RULE, "的时", "逾期的,贷款人有权"),
        (assertion._RULE, "的时", "逾期时,应"),
        (assertion._THREAT, "的", "不缴的,我局将"),
        (assertion._TOWARDS, "对凡遇", "针对"),
        (endings._PAID_TO_US, "向", "向借款人支付"),
        (endings._TAKES, "把将", "把总包告"),
        (endings._ASKS_FOR, "请", "提请法院"),
    ],
)
def test_what_turns_a_risk_word_stands_nowhere_without_its_letters(
    expression: re.Pattern[str], letters: str, said: str
) -> None:
    assert expression.search(said)
    assert not expression.search("".join(" " if letter in letters else letter for letter in said))
    found = [one for one in SENTENCES if expression.search(one.text, one.start, one.end)]
    assert [one.words for one in found if one.letters.isdisjoint(letters)] == []


def test_an_item_is_numbered_by_a_mark_or_a_blank() -> None:
    numbered = ["一、涉诉情况", "3.查封", "(二) 其他", "\u2003查封", "3查封", "一查封"]
    assert [forms._unnumbered(one, 0, len(one)) != one for one in numbered] == [True] * 4 + [False] * 2
    assert [forms._NUMBERS.isdisjoint(one) for one in numbered] == [False] * 4 + [True] * 2


@pytest.mark.parametrize(
    ("number", "begins"), [(figures._NUMBER, figures._BEGINS), (quantities._FOUND, quantities._BEGINS)]
)
def test_a_number_is_found_by_what_it_begins_with(number: re.Pattern[str], begins: re.Pattern[str]) -> None:
    found = [match for one in SENTENCES for match in number.finditer(one.text, one.start, one.end)]
    assert len(found) > 100
    assert [match.group() for match in found if not begins.match(match.group())] == []
    for said in ("一大半", "过半", "减半", "零头", "百分之三十", "四分之一", "半数", "万八千", "几十台"):
        assert all(begins.match(match.group()) for match in number.finditer(said))


def test_what_the_lists_have_heard_the_model_and_the_cues_need_not_hear_again() -> None:
    learnt = model()
    assert by_phrase().keys() <= class_words().keys()
    for one in SENTENCES:
        [heard] = lists().words.hear(one.text.lower(), [(one.start, one.end)])
        assert learnt._heard(one.words, heard.texts) == learnt._heard(one.words)
        assert cues(one, heard) == cues(one)


def test_sums_side_by_side_are_those_of_each_column() -> None:
    learnt = model()
    heard, _ = learnt._heard("厂门上了锁,电话无人接听,门口贴着招租")
    rows = [learnt._apart(learnt.nothing + learnt.weights[number]) for number in heard]
    begins = learnt._apart(learnt.start)
    assert min(min(row) for row in rows) < 0 < max(max(row) for row in rows)
    assert learnt._sums(heard) == [sum(column) for column in zip(begins, *rows, strict=True)]
    assert [row[-1] for row in rows] == [learnt.anything[number] for number in heard]
    assert begins[-1] == learnt.begins


def test_a_sentence_without_a_number_names_at_most_a_court() -> None:
    plain = [one for one in SENTENCES if not mentions._COUNTED.search(one.words)]
    assert len(plain) > 100
    assert {name for name in FORMS for one in plain if FORMS[name].expression.search(one.words)} <= {"_COURT"}


def test_shares_stand_nowhere_without_their_letters() -> None:
    found = [
        needed not in one.words.lower()
        for one in SENTENCES
        for _, needed, pattern in shares._expressions()
        if pattern.search(one.words.lower())
    ]
    assert len(found) > 3
    assert not any(found)


@pytest.mark.parametrize(
    ("way", "text", "tried"),
    [
        ("甲 … 乙", "甲在这里，乙在那里", True),
        ("甲 … 乙", "乙在甲前", True),
        ("甲 … 乙", "只有甲", False),
        ("甲 & 乙|丙", "丙与甲", True),
        ("甲 … 乙|丁 … 丙", "甲、丁、丙", True),
        ("甲 … 乙|丁 … 丙", "甲、丙", False),
        ("甲 … 乙|丁 … 丙", "丁、丙", False),
    ],
)
def test_a_way_is_tried_where_all_its_words_are_spoken(way: str, text: str, tried: bool) -> None:
    ways = Ways([way])
    [heard] = Vocabulary({}, ways, Situations((), {}), Signs((), str)).hear(text, [(0, len(text))])
    assert heard.ways == ([0] if tried else [])
    assert not (expression(way).search(text) and not tried)
    assert not (ways.stands(0, heard.places) and not tried)


@pytest.mark.parametrize(
    ("text", "enough", "met"),
    [
        ("招租,灯灭", True, True),
        ("招租", False, False),
        ("灯灭,客人", False, False),  # enough between them, but of two events
        ("招租,客人", True, False),  # one sign in two words: looked at closely, and then not
        ("没有字", False, False),
    ],
)
def test_signs_are_weighed_where_all_that_speaks_for_one_event_is_enough(text: str, enough: bool, met: bool) -> None:
    signs = Signs(
        [
            {"event": "停", "weight": "0.5", "words": ["招租"]},
            {"event": "停", "weight": "0.5", "words": ["灯灭"]},
            {"event": "走", "weight": "0.9", "words": ["招租", "客人"]},
            {"event": "停", "weight": "-0.2", "words": ["客人"]},
        ],
        str,
    )
    [heard] = Vocabulary({}, Ways(()), Situations((), {}), signs).hear(text, [(0, len(text))])
    assert heard.enough == enough
    assert bool(list(signs.met(heard.places))) == met


def test_signs_of_two_sentences_are_weighed_together_and_what_both_say_once() -> None:
    signs = Signs([{"event": "停", "weight": "0.6", "words": [word]} for word in ("招租", "灯灭")], str)
    vocabulary = Vocabulary({}, Ways(()), Situations((), {}), signs)
    let, dark, again = vocabulary.hear("招租。灯灭。招租", [(0, 2), (3, 5), (6, 8)])
    assert not any(one.enough for one in (let, dark, again))
    assert vocabulary.enough(let, dark)
    assert not vocabulary.enough(let, again)


@given(st.text("甲乙丙😀\ud800。", max_size=30))
def test_what_is_heard_in_a_stretch_is_what_stands_in_it(text: str) -> None:
    words = ["甲", "甲乙", "乙丙甲", "丙"]
    stretches = [(0, len(text) // 3), (len(text) // 3 + 1, len(text))]
    vocabulary = Vocabulary(dict.fromkeys(words, True), Ways(()), Situations((), {}), Signs((), str))
    for (begin, end), heard in zip(stretches, vocabulary.hear(text, stretches), strict=True):
        part = text[begin:end]
        stands = {word: [at + len(word) for at in range(len(part)) if part.startswith(word, at)] for word in words}
        assert heard.places == {word: places for word, places in stands.items() if places}
        assert sorted(heard.said) == [(word, end, True) for word in sorted(words) for end in stands[word]]


@given(
    st.lists(st.text("查封ab1", min_size=1, max_size=4), min_size=1, max_size=8), st.integers(0, 30), st.integers(0, 12)
)
def test_the_words_of_a_stretch_are_those_that_touch_it(texts: list[str], start: int, length: int) -> None:
    starts = [sum(len(text) + 1 for text in texts[:number]) for number in range(len(texts))]
    words = tuple(Word(text, Box(0, number, 1, number + 1)) for number, text in enumerate(texts))
    page = PageText(1, "\n".join(texts), tuple(starts), words)
    touched = [
        word
        for begin, word in zip(starts, words, strict=True)
        if begin < start + length and begin + len(word.text) > start
    ]
    assert page.between(start, start + length) == touched
    box = page.box(start, start + length)
    assert (box is None) == (not touched)
    if box:
        assert (box.y0, box.y1) == (touched[0].box.y0, touched[-1].box.y1)


def test_events_are_read_without_spacy() -> None:
    script = (
        "import sys\n"
        "from benchmarks.events import page\n"
        "from extract.notes import read_events\n"
        "assert read_events([page('企业已停产，工人放假。')])\n"
        "print('spacy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
        check=True,
    )
    assert done.stdout.split() == ["False"]
