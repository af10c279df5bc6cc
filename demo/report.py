"""Prints what the service knows about each loan, the queue, the unreadable, three searches and the feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demo.desk import Desk, Json
from demo.words import INDICATORS, LACKING, PRODUCTS, QUALITY, SEVERITY, TYPES, UNITS

SEARCHES = (
    ("借款人 · by borrower", "恒屿机械 产能利用率", {}),
    ("风险事件 · by event", "被告", {"event": "litigation_defendant"}),
    ("金额 · by amount", "98,765.43", {}),
)


def _plain_table(*heads: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bright_black", expand=False)
    for head in heads:
        table.add_column(head, overflow="fold", justify="right" if head in ("值 value",) else "left")
    return table


def loan(console: Console, desk: Desk, number: str, readings: Mapping[str, Json], told: set[str]) -> None:
    """One loan: its indicators, its events, what its papers must tell a person, and what is missing.

    What belongs to a borrower with several loans is told once: ``told`` keeps the customers and papers told about.
    """
    archive = desk.get(f"/v1/loans/{number}/archive")
    note, customer = archive["loan"], archive["customer"]
    title = f"[bold]{customer['name']}[/bold]  {number}  {PRODUCTS.get(note['product'], note['product'])}"
    amount = (
        f"余额 balance {Decimal(note['balance']):,.2f} / {Decimal(note['amount']):,.2f} 元 · {note['classification']}"
    )
    console.print()
    console.print(Panel(Text(amount), title=title, title_align="left", border_style="blue", box=box.HEAVY_HEAD))
    papers = [paper for stage in archive["stages"] for paper in stage["papers"]]
    _papers(console, papers)
    indicators = desk.items(f"/v1/loans/{number}/indicators")
    if customer["customer_no"] in told:
        console.print(
            f"  [bold]指标 · indicators[/bold]  {len(indicators)}，属于客户，见上一笔 · those of the borrower, above"
        )
    else:
        _indicators(console, indicators)
    _events(console, desk.items(f"/v1/loans/{number}/events"))
    ids = {paper["document_id"] for paper in papers}
    _findings(console, ids - told, readings)
    _missing(console, archive["completeness"])
    told |= ids | {customer["customer_no"]}


def _papers(console: Console, papers: Sequence[Json]) -> None:
    counts: dict[str, int] = {}
    for paper in papers:
        counts[paper["type"]] = counts.get(paper["type"], 0) + 1
    words = "，".join(f"{TYPES.get(kind, kind).split(' · ')[0]} {count}" for kind, count in counts.items())
    console.print(f"  [bold]单据 · papers[/bold]  {len(papers)}：{words}", highlight=False)


def _indicators(console: Console, indicators: Sequence[Json]) -> None:
    """The latest of each, with how many there are of it; those that could not be computed by their reasons."""
    latest: dict[str, Json] = {}
    counts: dict[str, int] = {}
    for one in indicators:
        counts[one["id"]] = counts.get(one["id"], 0) + 1
        if one["id"] not in latest or _end(one) >= _end(latest[one["id"]]):
            latest[one["id"]] = one
    table = _plain_table("指标 indicator", "值 value", "期间 period", "质量 quality", "共")
    reasons: dict[str, list[str]] = {}
    for name, one in latest.items():
        if one["value"] is None:
            reasons.setdefault(one["reason"] or "?", []).append(INDICATORS.get(name, name))
            continue
        quality, colour = QUALITY.get(one["quality"], (one["quality"], "white"))
        count = str(counts[name]) if counts[name] > 1 else ""
        table.add_row(_titled(name), _figure(one), _period(one), Text(quality, style=colour), count)
    console.print(
        f"  [bold]指标 · indicators[/bold]  {len(indicators)}，每种列最近一个 · the latest of each", highlight=False
    )
    console.print(Padding(table, (0, 2)))
    for reason, names in reasons.items():
        console.print(Text(f"    — {reason}：{'、'.join(names)}", style="bright_black"), soft_wrap=True)


def _titled(name: str) -> str:
    return f"{INDICATORS[name]} {name}" if name in INDICATORS else name


def _end(one: Json) -> str:
    return one["period"]["end"] if one["period"] else ""


def _period(one: Json) -> str:
    return f"{one['period']['start']} ~ {one['period']['end']}" if one["period"] else ""


def _figure(one: Json) -> str:
    unit = UNITS.get(one["unit"], one["unit"])
    try:
        value = Decimal(one["value"])
    except InvalidOperation:
        return f"{one['value']} {unit}".strip()
    if one["unit"] == "ratio":
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return f"{value:,} {unit}".strip()


def _events(console: Console, events: Sequence[Json]) -> None:
    """Asserted ones with their words on paper; the others are counted."""
    asserted = [event for event in events if event["polarity"] == "asserted" and event.get("current", True)]
    console.print(
        f"  [bold]风险事件 · risk events[/bold]  已断言 asserted {len(asserted)}，"
        f"否定、假设、已解除等 others {len(events) - len(asserted)}", highlight=False
    )  # fmt: skip
    order = list(SEVERITY)
    for event in sorted(asserted, key=lambda e: order.index(e["severity"]) if e["severity"] in order else 9):
        words, colour = SEVERITY.get(event["severity"], ("", "white"))
        line = Text("    ")
        line.append(f"{words:<12}", style=colour)
        line.append(f" {event['type']} ", style="bold")
        if event["source"] == "text":
            line.append(f"“{_one_line(event)}”")
            line.append(f"  {event['document_name']} 第{event['evidence']['page']}页", style="bright_black")
        else:
            line.append(_rule(event))
        console.print(line, soft_wrap=True)


def _one_line(event: Json) -> str:
    """Words on paper, without the breaks of its lines."""
    return "".join(event["evidence"]["quote"].splitlines())


def _rule(event: Json, most: int = 150) -> str:
    """What a numeric rule saw."""
    words = _one_line(event) or " ".join(f"{key}={value}" for key, value in event["args"].items())
    return words if len(words) <= most else words[: most - 1] + "…"


def _findings(console: Console, ids: set[str], readings: Mapping[str, Json], most: int = 8) -> None:
    """Sums that fail first, then what else a person should know, each with its file and page."""
    fails: list[Text] = []
    others: list[Text] = []
    for reading in sorted((readings[id] for id in ids & readings.keys()), key=lambda r: r["file"]["name"]):
        name = reading["file"]["name"]
        for paper in reading["papers"]:
            for check in paper["checks"]:
                if check["state"] == "fails":
                    words = (
                        f"{check['says']}：算得 {check['computed']}，印着 {check['printed']}  {check['where'] or ''}"
                    )
                    fails.append(Text.assemble("    ≠ ", (words, "magenta"), (f"  {name}", "bright_black")))
            for finding in paper["findings"]:
                place = f"  {name} p.{finding['page']}"
                others.append(Text.assemble("    ! ", (finding["message"], "yellow"), (place, "bright_black")))
    lines = [*fails, *others]
    console.print(f"  [bold]应当知道 · findings[/bold]  {len(lines)}", highlight=False)
    for line in lines[:most]:
        console.print(line, soft_wrap=True)
    if len(lines) > most:
        console.print(f"    … 另有 {len(lines) - most} 条 · more")


def _missing(console: Console, held: Json) -> None:
    lacking: dict[str, list[str]] = {}
    for item in held["items"]:
        if item["state"] not in ("held", "waived", "not_due"):
            lacking.setdefault(f"{item['title']}{LACKING.get(item['state'], item['state'])}", []).append(
                item["period_key"] or item["due"]
            )
    words = "；".join(f"{title}×{len(periods)}" if len(periods) > 1 else title for title, periods in lacking.items())
    console.print(
        f"  [bold]档案完整 · completeness[/bold]  {held['held']}/{held['required']}  缺 missing：{words or '无 nothing'}",
        soft_wrap=True, highlight=False,
    )  # fmt: skip


def queue(console: Console, desk: Desk) -> None:
    """Papers that belong nowhere yet, and why."""
    waiting = desk.items("/v1/unlinked")
    console.rule(f"[bold]待认领 · unclaimed[/bold]  {len(waiting)}", align="left")
    for one in waiting:
        line = (
            Text("  ? ", style="blue")
            .append(one["document"]["name"], style="bold")
            .append(f"  {one['kind']}  ", style="bright_black")
        )
        line.append("；".join(one["reasons"]), style="default")
        if one["candidates"]:
            line.append(
                "  候选 " + "、".join(f"{c['to']} {c['name']}" for c in one["candidates"]), style="bright_black"
            )
        console.print(line, soft_wrap=True)


def filed(console: Console, desk: Desk, truths: Mapping[str, Mapping[str, Any]]) -> int:
    """How many papers were filed with the loan or customer they were drawn for; those drawn for nobody belong nowhere."""
    astray = []
    for document in desk.items("/v1/documents", limit=100):
        truth = truths.get(document["id"])
        if truth is not None and _belongs(truth) != {(link["kind"], link["to"]) for link in document["links"]}:
            astray.append(document["name"])
    right = len(truths) - len(astray)
    line = f"  归入与所画相符 · filed as drawn {right}/{len(truths)}"
    console.print(line + (f"  不符 astray：{'、'.join(astray)}" if astray else ""), highlight=False, soft_wrap=True)
    return right


def _belongs(truth: Mapping[str, Any]) -> set[tuple[str, str]]:
    if truth.get("loan_note_no"):
        return {("loan", truth["loan_note_no"])}
    return {("customer", truth["customer_no"])} if truth.get("customer_no") else set()


def unreadable(console: Console, documents: Sequence[Json]) -> None:
    """Files that could not be read: the code, the sentence, what to do. Their originals are kept all the same."""
    bad = [document for document in documents if document["status"] != "read"]
    console.rule(f"[bold]不可读 · unreadable[/bold]  {len(bad)}", align="left")
    for document in bad:
        problem = document["problem"] or {"code": document["status"], "message": "", "remedy": ""}
        head = Text.assemble("  ◆ ", (document["name"], "bold"), (f"  {problem['code']}", "magenta"))
        console.print(
            Group(head, Text(f"      {problem['message']}"), Text(f"      → {problem['remedy']}", style="green"))
        )


def searches(console: Console, desk: Desk) -> None:
    """By borrower, by event, by amount: how each was understood and what was found."""
    console.rule("[bold]搜索 · three searches[/bold]", align="left")
    for title, words, filters in SEARCHES:
        found = desk.search(words, **filters)
        understood = " ".join(chip["zh"] for chip in found["understood"])
        shown = " ".join([words, *(f"{key}={value}" for key, value in filters.items())])
        console.print(
            f"  [bold]{title}[/bold]  “{shown}”  →  {found['total']}   [bright_black]{understood}[/bright_black]"
        )
        for hit in found["hits"][:3]:
            console.print(_hit(hit), soft_wrap=True)


def _hit(hit: Json) -> Text:
    line = Text("    · ").append(hit["title"] or hit["kind"], style="bold").append("  ")
    for fragment in hit["fragments"][:1]:
        for piece in fragment:
            line.append(piece["text"].replace("\n", " "), style="black on yellow" if piece["marked"] else "default")
    place = f" 第{hit['page']}页" if hit.get("page") else ""
    return line.append(f"  {hit.get('file_name') or ''}{place}", style="bright_black")


def feed(console: Console, desk: Desk, lines: int = 10) -> None:
    """The first items of the ordered feed that other systems follow."""
    page = desk.get("/v1/feed", after=0, limit=lines)
    console.rule(f"[bold]事件流 · the feed[/bold]  1–{page['last']}", align="left")
    for item in page["items"]:
        subject = " ".join(f"{key}={value}" for key, value in item["subject"].items())
        data = " ".join(f"{key}={value}" for key, value in list(item["data"].items())[:3])
        words = Text(f"  {item['seq']:>5}  ", style="bright_black").append(f"{item['type']:<20}", style="bold")
        console.print(words.append(f" {subject}  ").append(data[:90], style="bright_black"), soft_wrap=True)


def why(error: Any) -> Text:
    """An error in one line."""
    return Text(str(error), style="magenta")
