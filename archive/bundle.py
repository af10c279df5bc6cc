"""The archive of a loan as one zip: originals unchanged, readings, and an index with the checksum of every file in it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from archive.documents import Documents
from archive.dossier import Dossier
from records.errors import NotFound

INDEX = "index.csv"
COLUMNS = ("file", "sha256", "document_id", "type", "stage", "received_at", "name")
_LONGEST = 120  # characters of a name inside the zip; some systems unpack no longer paths


def bundle(no: str, documents: Documents, dossier: Dossier, target: IO[bytes]) -> None:
    """Write the zip to ``target``; raises ``NotFound`` for a loan that is not on file."""
    archive = dossier.archive(no)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundled:
        rows = [row for paper in _papers(archive) for row in _written(paper, documents, bundled)]
        bundled.writestr("archive.json", json.dumps(archive, ensure_ascii=False, indent=1, default=str))
        bundled.writestr(INDEX, _index(rows))


def _papers(archive: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each document once, with the stage it stands in."""
    seen: set[str] = set()
    for stage in archive["stages"]:
        for paper in stage["papers"]:
            if paper["document_id"] not in seen:
                seen.add(paper["document_id"])
                yield {**paper, "stage": stage["stage"]}


def _written(paper: dict[str, Any], documents: Documents, bundled: zipfile.ZipFile) -> Iterator[dict[str, str]]:
    """The original and what was read from it."""
    document = documents.get(paper["document_id"])
    stem = f"{paper['stage']}/{document.id}-{_plain(document.name)}"
    files = [(stem, documents.original(document.id))]
    with suppress(NotFound):  # a paper that was never read has no reading; its original is all the more wanted
        files.append((f"{stem}.reading.json", documents.reading_json(document.id).encode()))
    for name, content in files:
        bundled.writestr(name, content)
        yield {
            "file": name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "document_id": document.id,
            "type": str(paper.get("type") or ""),
            "stage": paper["stage"],
            "received_at": str(document.received_at),
            "name": document.name,
        }


def _plain(name: str) -> str:
    """A file name that any system can unpack, its ending kept."""
    plain = "".join("_" if character in '\\/:*?"<>|' or ord(character) < 32 else character for character in name)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 12] + plain[-12:]


def _index(rows: list[dict[str, str]]) -> bytes:
    """The list as CSV that Excel opens with Chinese names intact."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
