"""What the notes reader leaves out to be quick could not have changed what it reads."""

from __future__ import annotations

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
from extract.notes import mentions, shares
from extract.notes.clauses import Sentence, sentences
from extract.notes.squeeze import squeeze
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
