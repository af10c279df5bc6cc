"""Words as data: TOML files a loan officer can read and extend. Every entry brings an example and a counter-example."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def tables() -> dict[str, list[dict[str, Any]]]:
    """Every entry of every word list, as written: ``{"trigger": [...], "hedge": [...], ...}``, in order of file name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for kind, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found.setdefault(kind, []).extend(entries)
    return found
