"""The scoreboard counts what it should: a figure wrong and proved is the one thing that must never be overlooked."""

from __future__ import annotations

from typing import Any

from demo import papers
from demo.score import Tally, same, score


def read_as(truth: dict[str, Any], state: str = "verified") -> dict[str, Any]:
    """A reading that says exactly what the truth says."""

    def value(text: Any) -> dict[str, Any]:
        return {"value": text, "state": state, "verified_by": []}

    tables = {name: [{k: value(v) for k, v in row.items()} for row in rows] for name, rows in truth["tables"].items()}
    fields = {name: value(text) for name, text in truth["fields"].items()}
    return {"papers": [{"type": truth["type"], "fields": fields, "tables": tables, "events": []}]}


def statement() -> dict[str, Any]:
    return papers.corporate_statement("ccb", rows=20).truth


def test_a_perfect_reading_is_perfect():
    truth = statement()
    tally = score(read_as(truth), truth)

    assert (tally.recognised, tally.fields_exact, tally.rows_exact) == (1, tally.fields, tally.rows)
    assert tally.wrong == tally.wrong_but_verified == []


def test_a_wrong_figure_is_told_apart_by_whether_it_was_called_verified():
    truth = statement()
    honest, lying = read_as(truth, "consistent"), read_as(truth)
    for reading in (honest, lying):
        reading["papers"][0]["tables"]["transactions"][3]["balance"]["value"] = "1.00"

    assert score(honest, truth).wrong_but_verified == []
    assert len(score(honest, truth).wrong) == 1
    assert len(score(lying, truth).wrong_but_verified) == 1


def test_a_row_that_was_not_read_shifts_none_of_the_others():
    truth = statement()
    reading = read_as(truth)
    del reading["papers"][0]["tables"]["transactions"][5]
    tally = score(reading, truth)

    assert tally.rows_exact == tally.rows - 1
    assert tally.wrong_but_verified == []


def test_believing_the_forger_is_wrong_but_verified():
    truth = papers.altered_statement("ccb", rows=20).truth

    assert any("forger" in words for words in score(read_as(truth), truth).wrong_but_verified)


def test_another_type_reads_nothing():
    truth = statement()
    reading = read_as(truth) | {"papers": [{"type": "unknown", "fields": {}, "tables": {}, "events": []}]}
    tally = score(reading, truth)

    assert (tally.recognised, tally.fields_exact, tally.rows) == (0, 0, len(truth["tables"]["transactions"]))


def test_values_are_compared_as_what_they_mean():
    assert same("1280.5", "1280.50")
    assert same("（2026）云", "(2026) 云")
    assert same(["周岚", "何屿"], ["周岚", "何屿"])
    assert same({"start": "2026-07-01", "end": "2026-07-31"}, {"start": "2026-07-01", "end": "2026-07-31"})
    assert not same("0123", "123")
    assert not same(None, "0.00")


def test_tallies_add_up():
    truth, total = statement(), Tally()
    total.add(score(read_as(truth), truth))
    total.add(score(read_as(truth), truth))

    assert total.papers == 2
    assert total.rows == 2 * len(truth["tables"]["transactions"])
