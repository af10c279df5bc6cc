"""One upload of many files: each is taken or refused by itself, and every byte that was taken is safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile

from api.problems import problem_dict
from api.shapes import receipt_json
from api.wiring import House
from archive.access import Person
from archive.documents import Receipt
from records.errors import PostloanError, TooLarge


@dataclass(frozen=True, slots=True)
class Hints:
    """What the uploader says about the files. Hints are checked, never believed."""

    loan_note_no: str | None = None
    customer_no: str | None = None
    type: str | None = None
    received_from: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: a receipt, or why it was refused."""

    name: str
    receipt: Receipt | None = None
    refused: PostloanError | None = None

    def as_json(self, instance: str) -> dict[str, Any]:
        """The entry of the answer."""
        if self.receipt is not None:
            return receipt_json(self.receipt)
        assert self.refused is not None
        return {
            "id": None,
            "name": self.name,
            "sha256": None,
            "status": "refused",
            "duplicate_of": None,
            "problem": problem_dict(self.refused, instance),
        }


def take_in(house: House, person: Person, files: Iterable[UploadFile], hints: Hints) -> list[Taken]:
    """Take the files one after the other; only one of them is in memory at a time."""
    return [_take(house, person, file, hints) for file in files]


def _take(house: House, person: Person, file: UploadFile, hints: Hints) -> Taken:
    name = plain_name(file.filename)
    try:
        data = _bytes_of(file, house.settings.max_file_mb << 20, name)
        receipt = house.intake.accept(
            data,
            name,
            by=person.name,
            loan_note_no=hints.loan_note_no,
            customer_no=hints.customer_no,
            type=hints.type,
            received_from=hints.received_from,
            password=hints.password,
        )
    except PostloanError as error:
        return Taken(name, refused=error)
    return Taken(name, receipt)


def _bytes_of(file: UploadFile, limit: int, name: str) -> bytes:
    """The framework spools large files to disk while they arrive; here one of them comes to memory."""
    if file.size is not None and file.size > limit:
        raise TooLarge(f"{name}: {file.size} bytes, the limit is {limit}")
    return file.file.read()


def plain_name(name: str | None) -> str:
    """The last part of a path, without control characters: a name for people, never a place on disk."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[:200] or "unnamed"
