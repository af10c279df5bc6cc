"""Real hostile files: whatever is in them, the answer is a document or a refusal with a code, and it comes soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.opening import open_file
from records.document import Document
from records.errors import PasswordProtected, UnreadableFile
from tests.ingest_papers import CORPUS

FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file()) if CORPUS.exists() else []

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="the corpus of real files is not beside this checkout"),
]


def opened(path: Path) -> Document | UnreadableFile:
    try:
        return open_file(path.read_bytes(), path.name, ocr="off")
    except UnreadableFile as refusal:
        return refusal


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_or_a_refusal(path):
    began = time.monotonic()
    answer = opened(path)

    assert time.monotonic() - began < 30
    if isinstance(answer, Document):
        assert answer.pages
        for page in answer.pages:
            assert all(word.text and word.box.x0 <= word.box.x1 and word.box.y0 <= word.box.y1 for word in page.words)
    else:
        assert path.name in str(answer)


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("encryption_nocopy.pdf", True),  # encrypted, the password to open is empty
        ("encryption_openpassword.pdf", False),
        ("encrypted.pdf", False),
    ],
)
def test_only_a_password_that_must_be_given_is_asked_for(name, opens):
    answer = opened(CORPUS / "hostile" / name)

    assert isinstance(answer, Document if opens else PasswordProtected)


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "statements-en"], ids=lambda p: p.name)
def test_letter_spaced_statements_give_whole_amounts(path):
    answer = opened(path)
    assert isinstance(answer, Document)
    words = {word.text for word in answer.pages[0].words}

    assert {"Opening", "Closing", "Balance"} <= words
    assert sum(word.replace(",", "").replace(".", "", 1).isdigit() and "." in word for word in words) >= 5
