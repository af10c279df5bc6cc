"""Words as data: every entry of every word list does what its own example says, and leaves its counter-example alone."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.events import page
from extract.lexicon.words import (
    BadWordList,
    Grade,
    Group,
    Harmless,
    Hedge,
    Metric,
    Move,
    Part,
    Party,
    Release,
    Situation,
    Trigger,
    check,
    grades,
    groups,
    harmless,
    hedges,
    metrics,
    moves,
    parties,
    parts,
    read,
    releases,
    situations,
    triggers,
)
from extract.notes import read_events
from extract.risks import EVENTS
from records.facts import RiskEvent

TURNED = {"denies": "negated", "supposes": "hypothetical", "resolves": "resolved", "elsewhere": "other_party"}


def told(text: str) -> list[RiskEvent]:
    return read_events([page(text)], suggest=False)  # what the lists say by themselves


def polarities(text: str, events: tuple[str, ...] = ()) -> set[str]:
    """The polarities of all events in a text, or of those kinds and families only."""
    wanted = [e for e in told(text) if not events or {e.type, EVENTS[e.type].family} & set(events)]
    return {event.polarity.value for event in wanted}


@pytest.mark.parametrize("entry", triggers(), ids=lambda entry: entry.id)
def test_a_trigger_tells_of_its_event_in_its_example_and_not_in_its_counter_example(entry: Trigger) -> None:
    expected = entry.says or "asserted"
    assert expected in {event.polarity.value for event in told(entry.yes) if event.type == entry.event}
    assert expected not in {event.polarity.value for event in told(entry.no) if event.type == entry.event}


@pytest.mark.parametrize("entry", hedges(), ids=lambda entry: entry.phrases[0])
def test_a_hedge_turns_the_risk_word_in_its_example_and_lets_it_stand_in_the_other(entry: Hedge) -> None:
    before = polarities(entry.before, entry.events)
    if entry.effect == "stands":
        assert "asserted" in before
    else:
        assert TURNED[entry.effect] in before
        assert "asserted" not in before
    assert "asserted" in polarities(entry.beside, entry.events)


@pytest.mark.parametrize("entry", releases(), ids=lambda entry: entry.words[0])
def test_a_release_ends_the_event_in_its_example_and_not_where_it_is_wished_for(entry: Release) -> None:
    assert "asserted" not in polarities(entry.before, entry.events)
    assert "resolved" in polarities(entry.before, entry.events)
    assert "asserted" in polarities(entry.beside, entry.events)


@pytest.mark.parametrize("entry", parties(), ids=lambda entry: entry.role)
def test_a_party_is_found_where_the_event_is_its_own(entry: Party) -> None:
    role = "borrower" if entry.role == "company" else entry.role
    assert role in {event.subject_role for event in told(entry.before)}
    assert "borrower" in {event.subject_role for event in told(entry.beside) if event.polarity == "asserted"}


@pytest.mark.parametrize("entry", grades(), ids=lambda entry: f"{entry.event}-{entry.to}")
def test_a_grade_moves_the_severity_in_its_example_only(entry: Grade) -> None:
    assert entry.to in {event.severity for event in told(entry.yes) if event.type == entry.event}
    assert entry.to not in {event.severity for event in told(entry.no) if event.type == entry.event}


@pytest.mark.parametrize("entry", harmless(), ids=lambda entry: entry.terms[0])
def test_harmless_words_tell_of_nothing(entry: Harmless) -> None:
    assert "asserted" not in polarities(entry.yes)
    assert "asserted" in polarities(entry.no)


def test_every_event_of_the_table_has_a_trigger_and_every_trigger_an_event() -> None:
    kinds = {kind for kind in EVENTS if not kind.startswith("rule_")}
    assert len(kinds) == 38
    assert {entry.event for entry in triggers()} == kinds


def test_hedges_and_releases_name_only_events_and_families_that_exist() -> None:
    known = set(EVENTS) | {kind.family for kind in EVENTS.values()}
    named = {name for entry in (*hedges(), *releases()) for name in entry.events}
    assert named <= known


GOOD: dict[str, Any] = {"id": "t.a", "event": "divorce", "terms": ["离婚"], "yes": "已离婚。", "no": "未离婚。"}


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([GOOD | {"polarity": "asserted"}], "Extra inputs are not permitted"),
        ([{key: GOOD[key] for key in GOOD if key != "no"}], "Field required"),
        ([GOOD | {"terms": []}], "give terms or ways"),
        ([GOOD | {"ways": ["#天 … 离婚"]}], "must begin with a word"),
        ([GOOD, GOOD], "written twice"),
        ([GOOD, GOOD | {"id": "t.b"}], "written twice"),
        ([GOOD | {"terms": ["离婚", "已离婚"]}], "shadowed"),
    ],
    ids=["unknown key", "no counter-example", "no words", "begins with a number", "same id", "same term", "shadowed"],
)
def test_a_word_list_with_a_mistake_is_refused_with_a_sentence(entries: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(BadWordList, match=says):
        check(read("trigger", Trigger, entries))


@pytest.mark.parametrize(
    "entry", [*metrics(), *moves(), *parts()], ids=lambda entry: getattr(entry, "id", None) or entry.words[0]
)
def test_a_figure_speaks_where_it_got_worse_only(entry: Metric | Move | Part) -> None:
    kinds = () if isinstance(entry, Move) else (entry.event,)
    assert "asserted" in polarities(entry.yes, kinds)
    assert "asserted" not in polarities(entry.no, kinds)


@pytest.mark.parametrize("entry", situations(), ids=lambda entry: entry.id)
def test_a_thing_in_a_state_tells_of_its_event_in_its_example_only(entry: Situation) -> None:
    expected = entry.says or "asserted"
    assert expected in polarities(entry.yes, (entry.event,))
    assert expected not in polarities(entry.no, (entry.event,))


PAIR: dict[str, Any] = {
    "id": "s.a", "event": "operation_shutdown", "things": ["doors"], "states": ["closed"], "yes": "a", "no": "b"
}  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (PAIR | {"state": ["closed"]}, "Extra inputs are not permitted"),
        (PAIR | {"things": ["nosuch"]}, "names no group: nosuch"),
        (PAIR | {"states": []}, "at least 1 item"),
        (PAIR | {"reach": 200}, "less than or equal to 60"),
    ],
    ids=["unknown key", "unknown group", "no state", "too far"],
)
def test_a_situation_with_a_mistake_is_refused_with_a_sentence(entry: dict[str, Any], says: str) -> None:
    with pytest.raises(BadWordList, match=says):
        read("situation", Situation, [entry])


@pytest.mark.parametrize("entry", groups(), ids=lambda entry: entry.name)
def test_a_group_of_words_is_named_by_ways_or_situations_that_tell(entry: Group) -> None:
    named = {name for situation in situations() for name in (*situation.things, *situation.states)}
    assert entry.name in named or any(f"<{entry.name}>" in way for trigger in triggers() for way in trigger.ways)
    assert "asserted" in polarities(entry.yes)
    assert "asserted" not in polarities(entry.no)
