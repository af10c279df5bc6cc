"""Where originals are kept: bytes in, their sha256 out, the same bytes back for ever."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from records.errors import NotKept


class Blobs(Protocol):
    """A place that keeps bytes for ever and gives them back unchanged."""

    def keep(self, data: bytes) -> str:
        """Keep these bytes and return their sha256, the name to ask for them by. Safe when it returns."""

    def fetch(self, digest: str) -> bytes:
        """Return the bytes kept under this name, or raise ``NotKept``."""

    def has(self, digest: str) -> bool:
        """Whether bytes are kept under this name."""


class FolderBlobs:
    """Blobs as files in a folder, two levels deep by digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        target = self._path(digest)
        if not target.exists():
            self._write(target, data)
        return digest

    def fetch(self, digest: str) -> bytes:
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            raise NotKept(digest) from None

    def has(self, digest: str) -> bool:
        return self._path(digest).exists()

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest[2:4] / digest

    def _write(self, target: Path, data: bytes) -> None:
        """Write beside, sync, rename, sync the folders: the name exists only when the bytes are on the disk."""
        made = [folder for folder in (target.parent.parent, target.parent) if not folder.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        for folder in (target.parent, *(path.parent for path in made)):
            _sync(folder)


def _sync(folder: Path) -> None:
    """Make new names in a folder outlive the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class MemoryBlobs:
    """Blobs in memory: a first-class implementation for tests and one-off readings."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._kept.setdefault(digest, data)
        return digest

    def fetch(self, digest: str) -> bytes:
        try:
            return self._kept[digest]
        except KeyError:
            raise NotKept(digest) from None

    def has(self, digest: str) -> bool:
        return digest in self._kept
