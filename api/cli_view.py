"""A reading as a person likes to see it in a terminal: what needs attention first, what is proved stays quiet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.names import field_title, title_of

#: State → mark and colour; each state has a word of its own, never a colour alone.
STATES = {
    "conflict": ("≠ 冲突", "magenta"),
    "low_confidence": ("? 低置信", "blue"),
    "absent": ("− 缺失", "bright_black"),
    "consistent": ("= 一致", "white"),
    "verified": ("✓ 已证实", "green"),
}
SEVERITY = {"light": ("▂ 轻度", "yellow"), "moderate": ("▂▄ 中度", "dark_orange"), "severe": ("▂▄▆ 重度", "red")}
POLARITY = {"negated": "已否认", "resolved": "已解除", "hypothetical": "假设", "other_party": "他人"}
OUTCOME = {
    "fails": ("≠ 不成立", "magenta"),
    "cannot_tell": ("− 无法判断", "bright_black"),
    "holds": ("✓ 成立", "green"),
}

console = Console(highlight=False)


def print_reading(text: str) -> None:
    """Print one file."""
    reading = json.loads(text)
    console.print(Panel(_body(reading), title=escape(reading["file"]["name"]), title_align="left", border_style="cyan"))


def _body(reading: Mapping[str, Any]) -> Group:
    file = reading["file"]
    parts: list[Any] = [
        Text(f"{file['media_type']} · {file['pages']} 页 · {file['bytes']:,} 字节", style="bright_black")
    ]
    if problem := reading["problem"]:
        parts.append(Text(f"◆ 不可读 {problem['message']}", style="magenta"))
        parts.append(Text(f"  {problem['remedy']}"))
    parts += [Text(f"· {finding['message']}", style="bright_black") for finding in reading.get("findings", ())]
    for paper in reading["papers"]:
        parts += _paper(paper)
    return Group(*parts)


def _paper(paper: Mapping[str, Any]) -> Iterable[Any]:
    first, last = paper["pages"]
    title = title_of(paper["type"], "zh") if paper["type"] != "unknown" else "未识别类型"
    head = Text(f"\n{title}", style="bold")
    head.append(f"  {paper['type']} · 第 {first}{'–' + str(last) if last != first else ''} 页", style="bright_black")
    if period := paper["period"]:
        head.append(f" · {period['start']} 至 {period['end']}", style="bright_black")
    yield head
    if paper["fields"]:
        yield _fields(paper)
    for name, rows in paper["tables"].items():
        if rows:
            yield _rows(paper["type"], name, rows)
    yield from _checks(paper["checks"])
    yield from _indicators(paper["indicators"])
    yield from _events(paper["events"])
    for finding in paper["findings"]:
        place = f"第 {finding['page']} 页"
        place = "" if not finding["page"] or finding["message"].startswith(place) else f"{place} "
        yield Text(f"! {place}{finding['message']}", style="yellow")


def _fields(paper: Mapping[str, Any]) -> Table:
    table = Table("字段", "值", "", "页", box=None, header_style="bright_black", padding=(0, 2, 0, 0))
    order = list(STATES)
    for name, field in sorted(paper["fields"].items(), key=lambda pair: order.index(pair[1]["state"])):
        word, colour = STATES[field["state"]]
        place = str(field.get("page") or "")
        table.add_row(
            field_title(paper["type"], name, "zh"), escape(_value(field["value"])), Text(word, style=colour), place
        )
    return table


def _value(value: object) -> str:
    if isinstance(value, dict) and set(value) == {"start", "end"}:
        return f"{value['start']} 至 {value['end']}"
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _rows(paper_type: str, name: str, rows: list[Mapping[str, Any]], shown: int = 6) -> Table:
    """The first and last rows; the rest is counted."""
    columns = list(dict.fromkeys(column for row in rows for column in row))[:8]
    table = Table(
        title=f"{field_title(paper_type, name, 'zh')}（{len(rows)} 行）",
        box=None,
        title_justify="left",
        header_style="bright_black",
    )
    for column in columns:
        right = any(_is_number(row[column]["value"]) for row in rows[:3] if column in row)
        table.add_column(
            field_title(paper_type, column, "zh"),
            justify="right" if right else "left",
            overflow="ellipsis",
            max_width=28,
        )
    first, last = (rows, []) if len(rows) <= shown else (rows[: shown // 2], rows[-shown // 2 :])
    for row in first:
        table.add_row(*_cells(row, columns))
    if last:
        table.add_row(*(["⋯"] * len(columns)), style="bright_black")
    for row in last:
        table.add_row(*_cells(row, columns))
    return table


def _is_number(value: object) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).replace("-", "", 1).isdigit()


def _cells(row: Mapping[str, Any], columns: Iterable[str]) -> Iterable[Text]:
    for column in columns:
        field = row.get(column)
        style = STATES[field["state"]][1] if field and field["state"] == "conflict" else ""
        yield Text(_value(field["value"]) if field else "", style=style)


def _checks(checks: list[Mapping[str, Any]]) -> Iterable[Text]:
    """What does not hold in full; what holds in one line."""
    for check in checks:
        if check["state"] == "fails":
            place = f"（{check['where']}）" if check["where"] else ""
            yield Text(
                f"≠ 不成立 {check['says']}{place}：应为 {check['computed']}，印着 {check['printed']}", style="magenta"
            )
    for state in ("holds", "cannot_tell"):
        names = list(dict.fromkeys(check["identity"] for check in checks if check["state"] == state))
        if names:
            word, colour = OUTCOME[state]
            yield Text(f"{word} {len(names)}：{'、'.join(names)}", style=colour)


def _indicators(indicators: list[Mapping[str, Any]]) -> Iterable[Any]:
    known = [indicator for indicator in indicators if indicator["value"] is not None]
    if known:
        table = Table("指标", "值", "单位", "", box=None, header_style="bright_black", padding=(0, 2, 0, 0))
        for indicator in known:
            table.add_row(
                title_of(indicator["id"], "zh"),
                indicator["value"],
                indicator["unit"],
                Text(indicator["quality"], style="bright_black"),
            )
        yield table


def _events(events: list[Mapping[str, Any]]) -> Iterable[Text]:
    """Risks with the words on paper; what is no risk in grey, with the reason why not."""
    for event in events:
        quote = f"第 {event['evidence']['page']} 页「{event['evidence']['quote']}」"
        if event["polarity"] == "asserted":
            word, colour = SEVERITY.get(event["severity"] or "light", SEVERITY["light"])
            yield Text(f"{word} {title_of(event['type'], 'zh')}：{quote}", style=colour)
        else:
            yield Text(
                f"○ {POLARITY[event['polarity']]}，不计入风险 {title_of(event['type'], 'zh')}：{quote}",
                style="bright_black",
            )
