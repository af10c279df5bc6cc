"""Where an embedded index lives: a folder per schema, a pointer to the one that answers, a lock for whoever rebuilds."""

from __future__ import annotations

import fcntl
import os
import shutil
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import tantivy
from tantivy import SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from records.errors import BackendUnavailable, IndexBusy
from search import analyzer
from search.translate import EXACT

_WORDS = ("text", "heading", "sealed")  #: pairs of characters, with positions
_RAW = ("key", "source", *EXACT, "id", "suggest")  #: exact values; ``id`` is kept backwards, so that a tail is a prefix
_NUMBERS = ("amount", "starts", "ends", "sort_date", "sort_severity", "seq")
_MADE = 1  #: raise it when cards are made otherwise; every index is then written anew


def schema_name() -> str:
    """What the folder of an index is called: changes whenever fields, tokens or the engine's format do."""
    shape = repr((_WORDS, _RAW, _NUMBERS, analyzer.VERSION, version("tantivy"), _MADE))
    return f"v{analyzer.VERSION}-{blake2b(shape.encode(), digest_size=6).hexdigest()}"


def build_schema() -> tantivy.Schema:
    """Text is not kept: the archive has it. ``face`` is what a hit shows."""
    builder = SchemaBuilder()
    for name in _WORDS:
        builder.add_text_field(name, tokenizer_name="ws")
    for name in _RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in EXACT)
    for name in _NUMBERS:
        builder.add_integer_field(name, stored=name == "seq", indexed=True, fast=True)
    builder.add_bytes_field("face", stored=True)
    return builder.build()


def opened(schema: tantivy.Schema, place: Path) -> tantivy.Index:
    """The index in this folder, made if there is none."""
    place.mkdir(exist_ok=True)
    try:
        index = tantivy.Index(schema, str(place))
    except ValueError as error:
        raise BackendUnavailable(f"search index in {place} ({error}); write it anew: postloan reindex") from error
    index.config_reader("manual")
    index.register_tokenizer("ws", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


class Folder:
    """The folder of one index; ``current`` in it names the sub-folder that answers."""

    def __init__(self, path: Path, *, sub: str | None = None, lock: int | None = None) -> None:
        self.path = path
        self._sub = sub  #: fixed while an index is being built beside the current one
        self._rebuild_lock = lock
        path.mkdir(parents=True, exist_ok=True)

    def place(self) -> Path:
        """The sub-folder that answers now; another process may have switched since we looked."""
        return self.path / (self._sub or self._pointed())

    def beside(self) -> Folder:
        """A sub-folder for a new index. The kernel lets go of the lock when its holder dies."""
        lock = os.open(self.path / "rebuild.lock", os.O_CREAT | os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise IndexBusy(f"{self.path} is being rebuilt") from error
        number = 1
        while (self.path / f"{schema_name()}-{number}").exists():
            number += 1
        return Folder(self.path, sub=f"{schema_name()}-{number}", lock=lock)

    def become_current(self) -> None:
        """Answer from this sub-folder from now on; the others are deleted."""
        assert self._sub is not None
        self._point(self._sub)
        self._delete_others(self._sub)
        if self._rebuild_lock is not None:
            os.close(self._rebuild_lock)
            self._rebuild_lock = None

    def _pointed(self) -> str:
        """What the pointer says. An index of another schema is as good as none: it is written anew from the feed."""
        try:
            sub = (self.path / "current").read_text()
        except FileNotFoundError:
            sub = ""
        if not sub.startswith(schema_name()):
            sub = f"{schema_name()}-0"
            self._point(sub)
            self._delete_others(sub)
        return sub

    def _point(self, sub: str) -> None:
        """A reader sees the old name or the new one, never half of it."""
        draft = self.path / f"current.{os.getpid()}"
        draft.write_text(sub)
        draft.replace(self.path / "current")

    def _delete_others(self, sub: str) -> None:
        for other in self.path.iterdir():
            if other.is_dir() and other.name != sub:
                shutil.rmtree(other, ignore_errors=True)
