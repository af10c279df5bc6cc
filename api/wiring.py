"""The one place where interfaces meet implementations, chosen by address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from api.metrics import Metrics
from api.pictures import Pictures
from api.settings import Settings
from api.stream import Feed
from archive.access import Access
from archive.blobs import Blobs, FolderBlobs
from archive.database import open_database
from archive.documents import Documents
from archive.dossier import Dossier
from archive.intake import Intake
from archive.jobs import Jobs
from archive.loans import Loans
from ingest.limits import Limits
from records.errors import UnknownScheme
from search.embedded import TantivyIndex
from search.finder import Finder
from search.follow import Follower
from search.index import Index


@dataclass(frozen=True, slots=True)
class House:
    """Everything the service is made of, opened and wired."""

    settings: Settings
    engine: Engine
    blobs: Blobs
    jobs: Jobs
    loans: Loans
    documents: Documents
    intake: Intake
    dossier: Dossier
    index: Index
    finder: Finder
    follower: Follower
    feed: Feed
    access: Access
    pictures: Pictures
    metrics: Metrics

    def close(self) -> None:
        """Let go of processes and connections."""
        self.feed.close()
        self.pictures.close()
        self.engine.dispose()


def open_blobs(address: str) -> Blobs:
    """Open the blob store at an address such as ``file:./originals``."""
    scheme, _, rest = address.partition(":")
    match scheme:
        case "file":
            return FolderBlobs(Path(rest))
        case "s3":
            raise UnknownScheme(f"blobs address {address!r}: s3 (MinIO) comes with a later version; known today: file")
        case _:
            raise UnknownScheme(f"blobs address {address!r} begins with {scheme!r}; known: file")


def open_index(address: str) -> Index:
    """Open the search index at an address: a folder, or ``file:`` and a folder."""
    scheme, found, rest = address.partition(":")
    if not found:
        return TantivyIndex(Path(address))
    match scheme:
        case "file":
            return TantivyIndex(Path(rest))
        case "http" | "https":
            raise UnknownScheme(
                f"index address {address!r}: Elasticsearch comes with a later version; known today: a folder"
            )
        case _:
            raise UnknownScheme(f"index address {address!r} begins with {scheme!r}; known: a folder, file")


def open_house(settings: Settings) -> House:
    """Open everything. Nothing is read or written yet, except that folders are made."""
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database_address)
    blobs = open_blobs(settings.blobs_address)
    jobs = Jobs(engine)
    index = open_index(settings.index_address)
    return House(
        settings=settings,
        engine=engine,
        blobs=blobs,
        jobs=jobs,
        loans=Loans(engine),
        documents=Documents(engine, blobs, jobs),
        intake=Intake(engine, blobs, jobs),
        dossier=Dossier(engine),
        index=index,
        finder=Finder(engine, index),
        follower=Follower(engine, index, every=settings.follow_seconds),
        feed=Feed(engine),
        access=Access(engine),
        pictures=Pictures(settings.pictures_folder, Limits()),
        metrics=Metrics(),
    )
