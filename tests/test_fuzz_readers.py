"""Spoilt files of every kind: a document or a refusal with a code, soon, and nothing else. ``make fuzz`` runs many more."""

from __future__ import annotations

import os
import time

import pytest

from extract.reading import read_file
from tests.ingest_papers import answer
from tests.spoil import MADE, spoilt

CASES = int(os.environ.get("FUZZ_CASES", "1000"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
SECONDS = 20.0  # of processor time, which is all that a quick run takes
LIMIT = 10.0  # for one small file

pytestmark = pytest.mark.filterwarnings("ignore")  # what other people's readers have to say about broken files


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_is_spoilt_below_was_sound(name):
    assert answer(MADE[name](), name) == "read"


def test_a_spoilt_file_is_a_document_or_a_refusal():
    began = time.process_time()
    for number in range(FIRST, FIRST + CASES):
        name, data = spoilt(number)
        start = time.process_time()
        try:
            answer(data, name)
        except Exception as error:
            raise AssertionError(f"case {number}: {name}") from error
        assert time.process_time() - start < LIMIT, f"case {number}: {name}"
        if "FUZZ_CASES" not in os.environ and time.process_time() - began > SECONDS:
            break


def test_whatever_is_in_a_file_it_has_a_reading():
    began = time.process_time()
    for number in range(FIRST, FIRST + CASES, 20):
        name, data = spoilt(number)
        try:
            reading = read_file(data, name, ocr="off")
        except Exception as error:
            raise AssertionError(f"case {number}: {name}") from error
        assert reading.status in ("read", "unreadable")
        if "FUZZ_CASES" not in os.environ and time.process_time() - began > SECONDS / 4:
            break
