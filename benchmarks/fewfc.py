"""Detection on FewFC, public Chinese finance news with labelled events; only where the corpus lies on the disk.

Its two halves are labelled with five types each, so each half is scored on its own types, whatever the polarity.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.event_scores import f1
from benchmarks.gold import Told

#: Our event ← the labels of a half that tell of it.
_HALVES = {
    "fewfc_train_base.json": {
        "litigation_defendant": {"起诉"},
        "equity_change": {"质押", "股份股权转让", "减持"},
    },
    "fewfc_train_trans.json": {"litigation_defendant": {"判决", "起诉"}},
}


def _sentences(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        yield raw["content"], frozenset(event["type"] for event in raw["events"])


def report(folder: Path, readers: dict[str, Callable[[str], list[Told]]]) -> str:
    """P, R and F1 of every reader on every half."""
    lines = []
    for name, wanted in _HALVES.items():
        if not (folder / name).exists():
            continue
        held = list(_sentences(folder / name))
        for reader, read in readers.items():
            found = [{one.type for one in read(text)} for text, _ in held]
            for event, labels in wanted.items():
                right = sum(event in got and bool(labels & told) for got, (_, told) in zip(found, held, strict=True))
                false = sum(event in got and not labels & told for got, (_, told) in zip(found, held, strict=True))
                missed = sum(
                    event not in got and bool(labels & told) for got, (_, told) in zip(found, held, strict=True)
                )
                scores = f1(right, false, missed)
                lines.append(f"{name:24}{event:22}{reader:10}" + "  ".join(f"{score:.3f}" for score in scores))
    return "\n".join(lines) or f"no FewFC in {folder}"
