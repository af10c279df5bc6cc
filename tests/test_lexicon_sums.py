"""Figures and weak signs as data: every entry does what its example says, and a list with a mistake is refused."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.events import page
from extract.lexicon.sums import (
    Burden,
    Comparison,
    Contrast,
    Sign,
    Spell,
    burdens,
    check,
    comparisons,
    contrasts,
    signs,
    spells,
)
from extract.lexicon.words import BadWordList, read
from extract.notes import read_events
from extract.notes.gate import mentions_risk


def told(text: str, event: str) -> set[str]:
    """The polarities in which an event is told."""
    return {one.polarity.value for one in read_events([page(text)], suggest=False) if one.type == event}


@pytest.mark.parametrize("entry", [*contrasts(), *comparisons(), *burdens()], ids=lambda entry: entry.id)
def test_figures_held_together_tell_in_their_example_only(entry: Contrast | Comparison | Burden) -> None:
    assert "asserted" in told(entry.yes, entry.event)
    assert "asserted" not in told(entry.no, entry.event)


@pytest.mark.parametrize("entry", spells(), ids=lambda entry: entry.epoch)
def test_words_of_time_say_which_figure_came_first(entry: Spell) -> None:
    assert "operation_decline" in {one.type for one in read_events([page(entry.yes)])}
    assert not read_events([page(entry.no)], suggest=False)


@pytest.mark.parametrize("entry", signs(), ids=lambda entry: entry.id)
def test_a_sign_tells_with_another_and_not_by_itself(entry: Sign) -> None:
    """A sign of the contrary: its yes tells without it, its no holds it."""
    assert "asserted" in told(entry.yes, entry.event)
    assert "asserted" not in told(entry.no, entry.event)
    spoken = any(word in entry.yes.lower() for word in entry.words)
    assert spoken == (entry.weight > 0)


def test_the_sum_of_weak_signs_is_shown_with_its_parts() -> None:
    (event,) = (one for one in read_events([page("招牌卸下来，灯泡上积了灰。")]) if one.type == "operation_shutdown")
    assert event.rule == "signs.operation_shutdown"
    assert [cue.text for cue in event.cues if cue.effect == "told"] == ["招牌卸 0.6 + 积了灰 0.5"]


def test_one_weak_sign_does_not_even_open_the_gate() -> None:
    assert not mentions_risk("招牌卸下来。")


def test_of_several_things_only_one_weighs() -> None:
    """Things alone, however many, are no event: somebody or something must be in a state."""
    assert "asserted" not in told("师傅、司机和客户都在印刷机旁。", "operation_decline")


GOOD: dict[str, Any] = {"id": "s.a", "event": "divorce", "weight": 0.5, "words": ["分开过"], "yes": "a", "no": "b"}


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([GOOD | {"wait": 1}], "Extra inputs are not permitted"),
        ([GOOD | {"weight": 1.5}], "less than 1"),
        ([GOOD | {"weight": 0}], "a weight of 0 says nothing"),
        ([GOOD, GOOD], "written twice"),
        ([GOOD, GOOD | {"id": "s.b"}], "written twice"),
        ([GOOD | {"words": ["分开过", "分开过了"]}], "shadowed"),
    ],
    ids=["unknown key", "too heavy", "weightless", "same id", "same word", "shadowed"],
)
def test_a_list_of_signs_with_a_mistake_is_refused_with_a_sentence(entries: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(BadWordList, match=says):
        check(read("sign", Sign, entries))
