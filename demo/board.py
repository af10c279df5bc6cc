"""The scoreboard: what was read against what was drawn, by type of paper and by how it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.desk import Json
from demo.papers import Drawn
from demo.score import Tally, score
from demo.words import TYPES


def medium_of(drawn: Drawn) -> str:
    """How the paper came: its own text, cells, or a picture."""
    kind = drawn.name.rsplit(".", 1)[1]
    if drawn.truth.get("picture"):
        return "扫描/照片 scan, photo"
    return {"xlsx": "表格 cells", "csv": "表格 cells"}.get(kind, "文本 text")


def tallies(drawn: Sequence[Drawn], readings: Mapping[str, Json]) -> dict[tuple[str, str], Tally]:
    """(type, medium) -> what became of those papers; readings by file name."""
    found: dict[tuple[str, str], Tally] = {}
    for paper in drawn:
        if paper.truth["status"] != "read" or paper.name not in readings:
            continue
        one = score(readings[paper.name], paper.truth)
        one.wrong = [f"{paper.name}: {words}" for words in one.wrong]
        one.wrong_but_verified = [f"{paper.name}: {words}" for words in one.wrong_but_verified]
        one.false_alarms = [f"{paper.name}: {words}" for words in one.false_alarms]
        found.setdefault((paper.truth["type"], medium_of(paper)), Tally()).add(one)
    return found


def board(console: Console, found: Mapping[tuple[str, str], Tally], *, detail: int = 6) -> Tally:
    """Print the board; the sum of everything."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bright_black")
    heads = (
        "单据 paper",
        "来源 medium",
        "张数",
        "认对 type",
        "字段 fields",
        "行 rows",
        "金额已证 figures",
        "错而称已证",
        "事件 events",
    )
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place < 2 else "right")
    total = Tally()
    for (kind, medium), one in sorted(found.items()):
        table.add_row(TYPES.get(kind, kind), medium, *_cells(one))
        total.add(one)
    table.add_section()
    table.add_row("[bold]合计 all[/bold]", "", *_cells(total))
    console.rule(
        "[bold]记分牌 · scoreboard[/bold]  读到的与画上去的 · what was read against what was drawn", align="left"
    )
    console.print(table)
    _detail(console, "错而称已证 · wrong but verified", total.wrong_but_verified, "bold red", detail)
    _detail(console, "误报 · false alarms", total.false_alarms, "magenta", detail)
    _detail(
        console,
        "未读出或读错（未称已证） · missed or wrong, never called verified",
        total.wrong,
        "bright_black",
        detail,
    )
    return total


def _cells(one: Tally) -> list[str | Text]:
    wrong, alarms = len(one.wrong_but_verified), len(one.false_alarms)
    return [
        str(one.papers),
        f"{one.recognised}/{one.papers}",
        f"{one.fields_exact}/{one.fields}",
        f"{one.rows_exact}/{one.rows}" if one.rows else "",
        f"{one.verified / one.values:.0%}" if one.values else "",
        Text(str(wrong), style="bold red" if wrong else "green"),
        (f"{one.found}/{one.told}" if one.told else "") + (f" +{alarms} 误报" if alarms else ""),
    ]


def _detail(console: Console, title: str, lines: Sequence[str], style: str, limit: int) -> None:
    if not lines:
        return
    console.print(f"  {title}: {len(lines)}", style=style)
    for line in lines[:limit]:
        console.print(Text(f"    {line}", style=style), soft_wrap=True)
    if len(lines) > limit:
        console.print(f"    … {len(lines) - limit}", style=style)
