"""Every type has a sample, every sample is read as expected, and the same bytes give the same reading."""

from __future__ import annotations

import pytest

from extract.reading import job, read_file
from extract.recognise import all_types
from records.contract import dumps, loads
from tests.samples import FOLDER, SAMPLES, expected, text


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_read_as_expected(name: str):
    assert text(expected(SAMPLES[name]())) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind.type_id for kind in all_types()])
def test_every_type_has_a_sample(kind: str):
    assert [name for name in SAMPLES if name.startswith(f"{kind}.")]


def test_no_expectation_is_left_without_its_sample():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_same_bytes_give_the_same_reading_byte_for_byte(name: str):
    drawn = SAMPLES[name]()
    first = dumps(read_file(drawn.bytes, drawn.name))

    assert dumps(read_file(drawn.bytes, drawn.name)) == first
    assert dumps(loads(first)) == first


def test_the_job_of_the_reading_process_gives_reading_and_layout():
    drawn = SAMPLES["bank_statement_personal.miniature"]()
    seen: list[tuple[int, int]] = []
    answer = job({"name": drawn.name}, drawn.bytes, lambda done, total: seen.append((done, total)))

    assert loads(answer["reading"]).papers[0].type == "bank_statement_personal"
    (page,) = answer["layout"]
    start, word, *_ = page["words"][0]
    assert page["text"][start : start + len(word)] == word
    assert seen == [(1, 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nothing follows", "damaged"),
        (bytes(range(256)) * 8, "not_a_document"),
        (b"PK\x03\x04" + b"0" * 60, "damaged"),
    ],
    ids=["empty", "broken", "noise", "cut zip"],
)
def test_a_file_that_cannot_be_read_is_a_reading_with_a_problem(data: bytes, code: str):
    reading = read_file(data, "流水.pdf")

    assert reading.status == "unreadable"
    assert reading.problem is not None
    assert reading.problem.code == code
    assert reading.problem.remedy
    assert reading.bytes == len(data)
