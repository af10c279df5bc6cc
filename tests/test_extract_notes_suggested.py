"""The trained model speaks where no rule does, never but as asserted, hardly ever of an ordinary sentence, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import eval_events
from benchmarks.events import page
from benchmarks.suggester_data import HELD, ORDINARY, Lesson, lessons, ordinary, subjects, unseen
from benchmarks.train_suggester import Learner
from extract.notes import read_events
from extract.notes.explained import explain
from extract.notes.gate import mentions_risk
from extract.notes.suggested import SUGGESTED, refused
from extract.notes.suggesting import ANYTHING, model, plain
from extract.risks import EVENTS
from records.facts import RiskEvent, Severity

TOLD = "接电话的是他嫂子，说人去了外地，没留号码。"


def read(text: str, suggest: bool = True) -> list[RiskEvent]:
    return read_events([page(text)], suggest=suggest)


def alarms(text: str, suggest: bool) -> set[str]:
    return {event.type for event in read(text, suggest) if event.polarity == "asserted"}


def test_a_sentence_without_any_word_of_the_rules_opens_the_page() -> None:
    assert not mentions_risk(TOLD)
    assert [event.type for event in read(TOLD)] == ["lost_contact"]


def test_what_is_suggested_names_itself_and_shows_its_weights() -> None:
    (event,) = read(TOLD)
    assert event.rule == "suggested.lost_contact"
    assert [cue.effect for cue in event.cues if cue.rule == event.rule] == ["told"]
    assert "电话" in event.cues[0].text
    ((_, (told,), _),) = explain([page(TOLD)])
    assert told.trigger == event.rule
    assert told.words in TOLD


def test_what_is_suggested_is_graded_one_level_lower() -> None:
    (event,) = read(TOLD)
    assert (EVENTS["lost_contact"].severity, event.severity) == (Severity.MODERATE, Severity.LIGHT)
    assert "modifier.suggested" in {cue.rule for cue in event.cues}


def test_what_is_suggested_raises_nothing_else() -> None:
    alone = {event.type: event.severity for event in read("企业已欠缴电费两个月。")}
    beside = {event.type: event.severity for event in read(f"企业已欠缴电费两个月。{TOLD}")}
    assert beside == {**alone, "lost_contact": Severity.LIGHT}


@pytest.mark.parametrize("text", [f"如果{TOLD}", f"邻居家{TOLD}", f"是否{TOLD[:-1]}：否"])
def test_what_is_supposed_denied_or_anothers_is_not_suggested(text: str) -> None:
    assert alarms(text, suggest=True) == alarms(text, suggest=False)


def test_nothing_is_suggested_where_a_rule_speaks_or_nobody_asks() -> None:
    spoken = [one.text for one in eval_events.part("open")[:60] if read(one.text, suggest=False)]
    assert len(spoken) > 40
    for text in spoken:
        if "。" not in text[:-1]:
            assert not [event for event in read(text) if event.rule.startswith(SUGGESTED)]
    assert not read(TOLD, suggest=False)


def test_ordinary_sentences_of_subjects_never_learnt_hardly_ever_alarm() -> None:
    lines = [line for subject in HELD for line in ordinary(ORDINARY / f"{subject}.txt")]
    suggested = [line for line in lines if any(event.rule.startswith(SUGGESTED) for event in read(line))]
    assert len(lines) > 350
    assert len(suggested) <= 0.01 * len(lines)
    assert sum(bool(alarms(line, suggest=True)) for line in lines) <= 0.06 * len(lines)  # nearly all of them the rules'


def test_more_is_found_on_the_parts_that_stay_unseen_at_hardly_less_precision() -> None:
    before, after = (
        eval_events.measure(
            [one for name in ("last", "round6", "round10") for one in eval_events.part(name)],
            lambda passage, suggest=suggest: [  # type: ignore[misc]
                eval_events.told(event) for event in read(passage.text, suggest)
            ],
        )
        for suggest in (False, True)
    )
    assert after.polarity("asserted")[1] >= before.polarity("asserted")[1] + 0.03
    assert after.polarity("asserted")[0] >= before.polarity("asserted")[0] - 0.01


def test_what_stays_unseen_is_not_taught() -> None:
    taught = {plain(one.words) for one in lessons()}
    assert len(taught) > 7000
    assert len(unseen()) > 1100
    assert not taught & unseen()


def test_a_third_of_the_subjects_is_held_back_and_no_sentence_stands_twice() -> None:
    assert set(HELD) < set(subjects())
    lines = [line for subject in subjects() for line in ordinary(ORDINARY / f"{subject}.txt")]
    assert len(lines) == len(set(lines))


def test_the_weights_are_a_small_file_of_text() -> None:
    file = Path(__file__).parents[1] / "extract" / "notes" / "suggesting.tsv"
    assert file.stat().st_size < 1_000_000
    assert set(model().columns) == {*(one for one in EVENTS if not one.startswith("rule_")), ANYTHING} & set(
        model().columns
    )
    assert model().columns[-1] == ANYTHING


def test_numbers_and_marks_are_compared_as_such() -> None:
    assert plain("截至3月，欠款1,280.50元！") == "截至0月 欠款0元"
    assert plain("欠了二十三万") == "欠了0"


def test_it_learns_from_what_it_is_taught_and_always_the_same() -> None:
    nothing: frozenset[str] = frozenset()
    taught = [Lesson(f"门锁{n}着没人", frozenset({"operation_shutdown"}), nothing, "gold", 0) for n in "甲乙丙丁"]
    taught += [Lesson(f"门开{n}着有人", nothing, nothing, "ordinary", 0) for n in "甲乙丙丁"]
    learner, again = Learner(taught), Learner(taught)
    (shut, anything), (open_, other) = learner.sure("门锁戊着没人"), learner.sure("门开戊着有人")
    assert min(shut, anything) > 0.5 > max(open_, other)
    assert learner.text(0.5) == again.text(0.5)


@pytest.mark.parametrize("line", ["押品查封、冻结情况", "（三）失信及被执行情况查询", "纳税及欠税情况说明"])
def test_a_heading_tells_of_nothing_that_happened(line: str) -> None:
    assert alarms(line, suggest=True) == set()
    assert alarms(f"{line}\n客户经理于本月通过公开渠道逐项查询，有关内容随本报告一并归档备查。", suggest=True) == set()
    assert alarms("Litigation search", suggest=True) == set()


@pytest.mark.parametrize("line", ["抵押厂房被查封", "借款人存在被执行情况", "涉诉情况：被供应商起诉"])
def test_a_short_line_that_says_so_still_tells(line: str) -> None:
    assert alarms(line, suggest=False)


def test_weak_signs_that_the_model_thinks_unlikely_are_quiet() -> None:
    doubted = "老板刚给货车司机结清了运费。"
    assert alarms(doubted, suggest=False) == {"management_change"}
    assert alarms(doubted, suggest=True) == set()


def test_where_a_rule_knows_the_word_and_says_nothing_nothing_is_suggested() -> None:
    assert model().speaks_of("接电话的是他嫂子,说人去了外地,没留号码") == "lost_contact"
    assert refused("lost_contact", "说人没失联")
    assert refused("credit_overdue", "贷款五级分类由关注下调为次级")
    assert not refused("lost_contact", TOLD)
    told = read("接电话的是他嫂子，说人没失联，去了外地，没留号码。")
    assert not [event for event in told if event.rule.startswith(SUGGESTED)]
