"""Words as data: TOML files a loan officer can read and extend. Every entry brings an example and a counter-example."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

Tables = dict[str, list[dict[str, Any]]]


@cache
def tables() -> Tables:
    """Every entry of every word list, as written: ``{"trigger": [...], "hedge": [...], ...}``, in order of file name."""
    texts = _texts()
    found = _kept(texts)
    if found is None:
        found = _parsed(texts)
        if not sys.dont_write_bytecode:
            keep(texts, found)
    return found


def _texts() -> list[str]:
    lists = sorted(
        (file for file in files(__name__).iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    return [file.read_text(encoding="utf-8") for file in lists]


def _parsed(texts: list[str]) -> Tables:
    import tomllib  # not needed where the parsed lists are kept

    found: Tables = {}
    for text in texts:
        for kind, entries in tomllib.loads(text).items():
            found.setdefault(kind, []).extend(entries)
    return found


# --- the parsed lists, kept beside the compiled modules: to parse them takes a seventh of the first reading's time ---------


def keep(texts: list[str] | None = None, found: Tables | None = None) -> None:
    """Keep the parsed lists for the processes to come, where that is allowed and they come back as they were.

    What is kept begins with a seal over itself, the lists and this module: once any of them is another, it is not believed.
    """
    texts = texts or _texts()
    found = found or _parsed(texts)
    place = _place()
    part = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        said = json.dumps(found, ensure_ascii=False)
        if json.loads(said) == found:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(f"{_seal(texts, said)}\n{said}", encoding="utf-8")
            part.replace(place)  # whole or not at all: another process may be reading or writing
    except (OSError, TypeError):  # nobody may write here, or the lists hold what JSON has no word for
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _kept(texts: list[str]) -> Tables | None:
    """The parsed lists as they were kept; None where nothing is, or it is not of these very lists, or spoilt."""
    try:
        seal, _, said = _place().read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if seal != _seal(texts, said):
        return None
    found: Tables = json.loads(said)
    return found


def _place() -> Path:
    return Path(cache_from_source(__file__)).with_name("lists.json")


def _seal(texts: list[str], said: str) -> str:
    parts = [Path(__file__).read_text(encoding="utf-8"), *texts, said]
    return sha256("\0".join(parts).encode()).hexdigest()
