"""The gold of ``tests/events``: it is well written, and the open part is read as well as it was."""

from __future__ import annotations

import pytest

from benchmarks import eval_events, gold
from benchmarks.event_scores import Score
from benchmarks.gold import Passage, Told
from extract.lexicon.words import BadWordList, Trigger, read
from extract.risks import EVENTS


@pytest.mark.parametrize(
    "name",
    [
        *("open", "desk", "plain", "blind", "fresh", "last", "round5", "round6"),
        *("round7", "round8", "round9", "round10", "round11", "round12", "round13", "round14", "round15"),
        *("taught", "english", "english2", "english3", "english4", "english5", "formal", "reports"),
    ],
)
def test_every_label_names_an_event_and_no_passage_stands_twice(name: str) -> None:
    passages = eval_events.part(name)
    named = {told.type for passage in passages for told in passage.told} | {
        kind for passage in passages for kind in passage.accept
    }
    assert named <= set(EVENTS)
    assert len({passage.text for passage in passages}) == len(passages)


def test_about_half_tells_of_nothing_that_happened() -> None:
    passages = [passage for name in ("open", "blind") for passage in eval_events.part(name)]
    quiet = [passage for passage in passages if not any(told.polarity == "asserted" for told in passage.told)]
    assert len(passages) >= 460
    assert len(quiet) >= 0.35 * len(passages)


def test_the_open_part_is_read_as_well_as_it_was() -> None:
    score = eval_events.measure(eval_events.part("open"), eval_events.ours)
    assert score.polarity("asserted")[2] >= 0.95
    assert score.pairs["asserted", "negated"] == 0


def test_what_was_mended_stays_mended() -> None:
    mended = (
        ("desk", 0.9),
        ("plain", 0.96),
        ("round5-seen", 0.94),
        ("round7-seen", 0.9),
        ("round8", 0.88),
        ("round9", 0.9),
        ("english-seen", 0.95),
        ("english2", 0.92),
        ("round11", 0.94),
        ("round12", 0.94),
        ("english3", 0.92),
        ("round13", 0.92),
    )
    for name, least in mended:
        score = eval_events.measure(eval_events.part(name), eval_events.ours)
        assert score.polarity("asserted")[2] >= least
        assert score.pairs["asserted", "negated"] == 0


def test_the_halves_of_a_round_are_cut_by_the_text_itself() -> None:
    whole = eval_events.part("round5")
    assert sorted(one.text for which in ("seen", "unseen") for one in gold.half(whole, which)) == sorted(
        one.text for one in whole
    )


def test_an_event_told_without_its_word_is_counted_apart(tmp_path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("伸缩门落了锁。 | operation_shutdown:A3~\n", "utf-8")
    (passage,) = gold.sentences(path)
    assert passage.told[0].plain
    assert passage.told[0].severity == "severe"
    score = Score()
    score.add(passage, [])
    assert (score.graded["plain met"], score.graded["plain asked"]) == (0, 1)


def test_a_false_alarm_a_miss_and_a_wrong_polarity_are_counted_apart() -> None:
    score = Score()
    passage = Passage("…", (Told("divorce", "asserted"), Told("job_loss", "negated"), Told("tax_arrears", "asserted")))
    score.add(passage, [Told("divorce", "negated"), Told("job_loss", "negated"), Told("loan_overdue", "asserted")])
    assert dict(score.pairs) == {
        ("negated", "negated"): 1,
        ("asserted", "negated"): 1,
        ("asserted", "none"): 1,
        ("none", "asserted"): 1,
    }


def test_a_line_of_gold_is_read_with_severity_role_and_arguments(tmp_path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("企业停产，\\n欠税41万元。 | tax_arrears:A2@guarantor{amount=410000} | divorce\n", "utf-8")
    (passage,) = gold.sentences(path)
    assert passage.text == "企业停产，\n欠税41万元。"
    assert passage.told == (Told("tax_arrears", "asserted", "moderate", "guarantor", (("amount", "410000"),)),)
    assert passage.accept == {"divorce"}


def test_a_way_that_names_no_group_is_refused() -> None:
    entry = {"id": "t.a", "event": "divorce", "ways": ["<nosuch> … 离婚"], "yes": "已离婚。", "no": "未离婚。"}
    with pytest.raises(BadWordList, match="names no group: nosuch"):
        read("trigger", Trigger, [entry])
