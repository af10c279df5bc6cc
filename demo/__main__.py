"""``python -m demo [--once]``: a made-up bank, its papers sent through the front door of a fresh service, and what came out."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from demo import bank, report
from demo.board import board, tallies
from demo.book import LOANS
from demo.desk import ENDED, Desk, Json, batches
from demo.papers import Drawn
from demo.service import COMMAND, DidNotStart, Service

OUT = Path(__file__).resolve().parent / "out"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; 0 when every paper that was sent is safe and has been dealt with."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end when everything has been shown, instead of serving on")
    parser.add_argument(
        "--board", action="store_true", help="no service: read with `postloan read`, print the scoreboard"
    )
    chosen = parser.parse_args(arguments)
    once = chosen.once
    console = Console(
        highlight=False, width=None if sys.stdout.isatty() else max(120, int(os.environ.get("COLUMNS", "150")))
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    try:
        drawn = _draw(console)
        if chosen.board:
            return _board_only(console, drawn)
        console.print("启动服务 · starting the service: API, pages, two workers …")
        service = Service(OUT / "data", OUT / "service.log")
    except DidNotStart as error:
        console.print(report.why(error))
        return 1
    except KeyboardInterrupt:
        return 130
    try:
        lost = _show(console, service, drawn)
        console.print(f"\n用时 · took {time.monotonic() - started:.0f} s")
        if not once and not lost:
            _serve(console, service)
    except KeyboardInterrupt:
        lost = ["interrupted"]
    finally:
        console.print("停止服务 · stopping the service …")
        status = service.stop()
    if status:
        console.print(
            f"服务以 {status} 结束 · the service ended with status {status}; see {service.log}", style="magenta"
        )
    for words in lost:
        console.print(f"◆ {words}", style="bold red", markup=False)
    return 1 if lost or status else 0


def _draw(console: Console) -> list[Drawn]:
    drawn: list[Drawn] = []
    with _bar(console) as bar:
        task = bar.add_task("画一家不存在的银行 · drawing a bank that does not exist", total=None)
        for paper in bank.write(OUT):
            drawn.append(paper)
            bar.update(task, advance=1)
        bar.update(task, total=len(drawn))
    console.print(f"{len(drawn)} 份单据，答案在旁 · papers with their truth in {OUT}")
    return drawn


def _show(console: Console, service: Service, drawn: Sequence[Drawn]) -> list[str]:
    """The whole afternoon; what was lost on the way (nothing, one hopes)."""
    done = service.command("import", str(OUT / "customers.csv"), str(OUT / "loans.csv"))
    console.print((done.stdout + done.stderr).strip(), style="bright_black", markup=False)
    lost = [] if done.returncode == 0 else ["the import of customers and loans failed"]
    with service.client() as client:
        desk = Desk(client)
        sent = _send(console, desk, drawn)
        ended = _watch(console, desk, sent)
        lost += _lost(_changed(desk, sent, drawn), sent, ended, drawn)
        readings = {id: desk.get(f"/v1/documents/{id}/reading") for id, d in ended.items() if d["status"] == "read"}
        told: set[str] = set()
        for loan in LOANS:
            report.loan(console, desk, loan.loan_note_no, readings, told)
        console.print()
        report.queue(console, desk)
        report.filed(console, desk, {sent[paper.name]: paper.truth for paper in drawn if paper.name in sent})
        report.unreadable(console, [d for d in ended.values() if d["status"] != "read"])
        report.searches(console, desk)
        report.feed(console, desk)
        board(console, tallies(drawn, {name: readings[id] for name, id in sent.items() if id in readings}))
    return lost


def _board_only(console: Console, drawn: Sequence[Drawn]) -> int:
    """How good the readers are, without a service around them."""
    files = [str(OUT / "papers" / paper.name) for paper in drawn]
    done = subprocess.run([str(COMMAND), "read", "--json", *files], capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    readings = {one["file"]["name"]: one for one in found}
    for paper in drawn:
        status = readings.get(paper.name, {}).get("status", "not answered")
        if status != paper.truth["status"]:
            console.print(
                f"{paper.name}: {status} {readings.get(paper.name, {}).get('problem')}", style="magenta", markup=False
            )
    total = board(console, tallies(drawn, readings), detail=400)
    return 1 if total.wrong_but_verified or len(found) != len(drawn) else 0


def _send(console: Console, desk: Desk, drawn: Sequence[Drawn]) -> dict[str, str]:
    """Upload everything, several files a request, and one of them twice; file name -> document id."""
    files = [OUT / "papers" / paper.name for paper in drawn]
    sent: dict[str, str] = {}
    began = time.monotonic()
    for batch in batches(files):
        for path, entry in zip(batch, desk.upload(batch, received_from="demo"), strict=True):
            if entry["id"]:
                sent[path.name] = entry["id"]
    console.print(f"上传 · uploaded {len(sent)}/{len(files)} files in {time.monotonic() - began:.1f} s")
    twin = OUT / "papers" / f"再传一次-{files[0].name}"
    shutil.copyfile(files[0], twin)
    entry = desk.upload([twin])[0]
    same = entry["duplicate_of"] == sent.get(files[0].name) or entry["id"] == sent.get(files[0].name)
    words = "同一份单据 · one document" if same else f"另成一份 · another document: {entry}"
    console.print(f"同一份再传一次 · the same bytes again: {words}", style="bright_black", markup=False)
    return sent


def _watch(console: Console, desk: Desk, sent: Mapping[str, str]) -> dict[str, Json]:
    with _bar(console) as bar:
        task = bar.add_task("读单据 · reading", total=len(sent))
        spoken = 0

        def tell(seen: Mapping[str, Json]) -> None:
            nonlocal spoken
            over = sum(document["status"] in ENDED for document in seen.values())
            now = [d["name"] for d in seen.values() if d["status"] == "reading"]
            bar.update(task, completed=over, description=f"读单据 · reading {'，'.join(now[:2])[:44]}")
            if not console.is_terminal and over >= spoken + 10:
                spoken = over
                console.print(f"  已读 · done {over}/{len(sent)}")

        return desk.watch(list(sent.values()), tell)


def _changed(desk: Desk, sent: Mapping[str, str], drawn: Sequence[Drawn]) -> list[str]:
    """Which originals did not come back as the bytes that were sent."""
    by_name = {paper.name: hashlib.sha256(paper.bytes).hexdigest() for paper in drawn}
    return [name for name, id in sent.items() if hashlib.sha256(desk.original(id)).hexdigest() != by_name[name]]


def _lost(
    changed: Sequence[str], sent: Mapping[str, str], ended: Mapping[str, Json], drawn: Sequence[Drawn]
) -> list[str]:
    """Every file must be on file, unchanged, and read or called unreadable: exactly as drawn."""
    lost = [f"the original of {name} is not what was sent" for name in changed]
    for paper in drawn:
        document = ended.get(sent.get(paper.name, ""))
        if document is None:
            lost.append(f"{paper.name} is not on file")
        elif document["status"] not in ("read", "unreadable"):
            lost.append(f"{paper.name} ended as {document['status']}: {document['problem']}")
        elif document["status"] != paper.truth["status"]:
            lost.append(f"{paper.name} was called {document['status']}: {document['problem']}")
    return lost


def _serve(console: Console, service: Service) -> None:
    """Keep the pages open until Ctrl-C."""
    console.print(f"\n[bold]登录看页面 · sign in and look around[/bold]  {service.link}", soft_wrap=True)
    console.print("Ctrl-C 结束 · ends", style="bright_black")
    try:
        while service.running:
            time.sleep(0.5)
    except KeyboardInterrupt:
        console.print()


def _bar(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=False,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
