"""``postloan show``: a picture per page with what was read drawn on it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from api.cells import places
from api.cli_read import Answer, Readers, expand
from api.names import field_title, title_of
from api.pictures import drawn
from ingest.child import Child
from ingest.limits import Limits
from ingest.picture import draw_boxes
from records.contract import loads
from records.document import Box
from records.errors import UnreadableFile

console = Console(highlight=False)


def show_files(paths: Sequence[Path], out: Path, *, password: str | None, ocr: str) -> int:
    """Read each file, write its pages as pictures, and say where."""
    out.mkdir(parents=True, exist_ok=True)
    readers = Readers(1, password=password, ocr=ocr, pictures=True)
    drawer = Child(job="api.pictures:draw", limits=Limits())
    bad = 0
    try:
        for path in expand(paths):
            for answer in readers.read(path):
                bad += not answer.read
                _show(answer, out, drawer, password)
    finally:
        readers.close()
        drawer.close()
    return 1 if bad else 0


def _show(answer: Answer, out: Path, drawer: Child, password: str | None) -> None:
    reading = json.loads(answer.reading)
    console.print(Text(answer.name, style="bold"))
    if problem := reading["problem"]:
        console.print(f"  ◆ {problem['message']} {problem['remedy']}", markup=False)
    words = {page["page"]: page["words"] for page in answer.layout}
    for page in reading["pages"]:
        number = page["page"]
        request = {
            "name": answer.name,
            "page": number,
            "rotation": page["rotation"],
            "width": 1240,
            "words": words.get(number, []),
            "password": password,
        }
        try:
            png = drawn(drawer.run(request, answer.data))
        except UnreadableFile as error:
            console.print(f"  第 {number} 页：{error.message_zh}", markup=False)
            continue
        cells = places(loads(answer.reading).papers, number, words.get(number, []))
        marks = list(marks_on(reading, number, cells))
        target = out / f"{_stem(answer)}-{number}.png"
        target.write_bytes(draw_boxes(png, marks))
        console.print(f"  第 {number} 页：{len(marks)} 处 → {target}", markup=False)


def _stem(answer: Answer) -> str:
    """What the pictures of a file are called; a path inside another file is no place on disk."""
    inside = answer.name.removeprefix(answer.path.name).rpartition(".")[0] or answer.name.removeprefix(answer.path.name)
    return answer.path.stem + re.sub(r"[^\w().-]+", "_", inside)[:150]


def marks_on(
    reading: Mapping[str, Any], page: int, cells: Mapping[str, Box] | None = None
) -> Iterable[tuple[Box, str, str]]:
    """Every value and every event that stands on this page: its place (or that of its cell), its state, its name."""
    cells = cells or {}
    for paper in reading["papers"]:
        for name, field in paper["fields"].items():
            yield from _mark(field, page, field_title(paper["type"], name, "zh"), cells)
        for rows in paper["tables"].values():
            for row in rows:
                for field in row.values():
                    yield from _mark(field, page, "", cells)
        for event in paper["events"]:
            box = event["evidence"].get("box")
            if box and event["evidence"]["page"] == page:
                yield Box(*box), "event" if event["polarity"] == "asserted" else "absent", title_of(event["type"], "zh")


def _mark(field: Mapping[str, Any], page: int, label: str, cells: Mapping[str, Box]) -> Iterable[tuple[Box, str, str]]:
    box = Box(*field["box"]) if field.get("box") else cells.get(field.get("cell", ""))
    if field.get("page") == page and box is not None:
        yield box, field["state"], label
