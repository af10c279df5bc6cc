"""A front door for tests: the real application over a real database and real files in a temporary folder."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from api.wiring import House

T = TypeVar("T")


@dataclass(frozen=True)
class Door:
    """The service, and clients of it by role."""

    house: House
    client: TestClient  #: an administrator
    folder: Path

    def as_role(self, role: str) -> dict[str, str]:
        """Headers of somebody with this role."""
        return {"Authorization": f"Bearer {self.house.access.create(role, role)}"}

    def upload(self, name: str, data: bytes, **hints: str) -> str:
        """Upload one file and return the id of its document."""
        answer = self.client.post("/v1/documents", files={"file": (name, data)}, data=hints)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["items"][0]["id"])

    def read(self, document_id: str, attempt: int = 1) -> None:
        """Do at once what a worker would do soon."""
        from archive.intake import story

        story(document_id, attempt, _AtOnce(self.house))

    def find(self) -> None:
        """Let the search index catch up."""
        while self.house.index.seq() < self.house.feed.last():
            self.house.follower.step()


class _AtOnce:
    """The steps of a worker, done here and now, each in its transaction."""

    def __init__(self, house: House) -> None:
        from archive.reading import Reading

        self.engine, self.jobs = house.engine, house.jobs
        self.reading = Reading(house.engine, house.blobs, reader=_read_here)

    def begin(self, document_id: str, attempt: int) -> bool:
        from archive import keeping

        return self._write(lambda conn: keeping.begin(conn, document_id, attempt))

    def read(self, document_id: str, attempt: int) -> None:
        self.reading.read(document_id, attempt)

    def keep(self, document_id: str, attempt: int) -> list[str]:
        from archive import keeping

        return self._write(lambda conn: keeping.keep(conn, document_id, attempt, self.jobs))

    def assess(self, customer_no: str) -> None:
        self.reading.assess(customer_no)

    def finish(self, document_id: str, attempt: int) -> None:
        from archive import keeping

        self._write(lambda conn: keeping.finish(conn, document_id, attempt))

    def _write(self, work: Callable[[Any], T]) -> T:
        from archive.database import writing

        with writing(self.engine) as conn:
            return work(conn)


def _read_here(
    name: str, data: bytes, options: Mapping[str, Any], on_progress: Callable[[int, int], None]
) -> dict[str, Any]:
    """The real reader, without its own process."""
    from extract.reading import job

    return job({"name": name, **options}, data, on_progress)


@pytest.fixture
def open_door(tmp_path: Path) -> Iterator[Callable[..., Door]]:
    """Opens the service with the settings given, and an administrator at its door."""
    from api.app import create_app
    from api.settings import Settings

    with ExitStack() as opened:

        def door(**settings: Any) -> Door:
            app = create_app(Settings(data=tmp_path / "data", follow_seconds=0.05, **settings))
            client = opened.enter_context(_test_client()(app))
            house = app.state.house
            client.headers["Authorization"] = f"Bearer {house.access.create('林某某', 'admin')}"
            return Door(house, client, tmp_path)

        yield door


@pytest.fixture
def door(open_door: Callable[..., Door]) -> Door:
    """The service as it is by default."""
    return open_door()


def _test_client() -> type[TestClient]:
    """Starlette prefers a package named httpx2, which is httpx under another name; it works with the one we have."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient
    return TestClient
