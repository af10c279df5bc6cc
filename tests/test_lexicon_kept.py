"""The parsed word lists that are kept between processes: never believed when anything about them is another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extract.lexicon as lexicon

LISTS = ['[[trigger]]\nid = "a"\nterms = ["停产"]\nwith = ["企业"]\nweight = 0.5\n', '[[trigger]]\nid = "b"\n']


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "compiled" / "lists.json"
    monkeypatch.setattr(lexicon, "_place", lambda: place)
    return place


def test_they_come_back_as_they_are_written_in_the_lists(place: Path):
    lexicon.keep(LISTS)

    assert lexicon._kept(LISTS) == lexicon._parsed(LISTS)
    assert lexicon._kept(LISTS) == {
        "trigger": [{"id": "a", "terms": ["停产"], "with": ["企业"], "weight": 0.5}, {"id": "b"}]
    }
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_all_our_lists_can_be_kept(place: Path):
    lexicon.keep()

    assert lexicon._kept(lexicon._texts()) == lexicon._parsed(lexicon._texts())


@pytest.mark.parametrize(
    "lists",
    [[LISTS[0].replace("停产", "停业"), LISTS[1]], LISTS[::-1], LISTS[:1], [*LISTS, ""], ["".join(LISTS)]],
    ids=["a word", "the order", "one fewer", "one more", "in one file"],
)
def test_those_of_other_lists_are_not_believed(place: Path, lists: list[str]):
    lexicon.keep(LISTS)

    assert lexicon._kept(lists) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-20],
        lambda data: data.replace("停产".encode(), "复产".encode()),
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\xff" + data,
    ],
    ids=["empty", "cut short", "another word", "no seal", "no text"],
)
def test_spoilt_ones_are_not_believed_and_are_kept_anew(place: Path, spoil):
    lexicon.keep(LISTS)
    place.write_bytes(spoil(place.read_bytes()))

    assert lexicon._kept(LISTS) is None

    lexicon.keep(LISTS)
    assert lexicon._kept(LISTS) == lexicon._parsed(LISTS)


def test_where_nobody_may_write_they_are_parsed(place: Path):
    place.parent.write_text("a file where the folder would be")

    lexicon.keep(LISTS)

    assert lexicon._kept(LISTS) is None


def test_what_json_would_change_is_not_kept(place: Path):
    lexicon.keep(["[[trigger]]\nsince = 2024-05-01\n"])
    lexicon.keep(["[[trigger]]\nweight = nan\n"])

    assert not place.parent.exists()


def test_the_checks_are_made_on_kept_lists_too(place: Path, monkeypatch: pytest.MonkeyPatch):
    from extract.lexicon.words import BadWordList, Release, read

    lists = ['[[release]]\nwords = ["已结清"]\nevents = []\nbefore = ""\nbeside = ""\nunknown = 1\n']
    lexicon.keep(lists)
    monkeypatch.setattr("extract.lexicon.words.tables", lambda: lexicon._kept(lists))

    assert json.loads(place.read_text(encoding="utf-8").partition("\n")[2]) == lexicon._parsed(lists)
    with pytest.raises(BadWordList, match="unknown"):
        read("release", Release)
